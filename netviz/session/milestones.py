"""What a run reaches on its way: seen at the frames that arrive, then pinned to its exact step by replay."""

from collections.abc import Callable
from typing import NamedTuple

from netviz.core.analysis import affine_fit, misfit
from netviz.session.readings import answers, class_outputs, is_affine, points, stall_of
from netviz.session.state import Milestone, State

BENT = 0.05  # of the distance between two classes: so far from every flat surface counts as bent


def bends(state: State, twin: int) -> bool:
    """Whether the answers at the training points are further than BENT from every affine map's."""
    if is_affine(state, twin):
        return False
    x, found = points(state, twin).x, class_outputs(state, twin)
    low, high = points(state, twin).targets
    return misfit(affine_fit(x, found), x, found).largest > BENT * (high - low)


def all_right(state: State, twin: int) -> bool:
    """Whether every training point has its answer."""
    found = answers(state, twin)
    return 0 < len(found) == found.count("right")


def stalls(state: State, twin: int) -> bool:
    """Whether it has come to rest above its goal, though another start could reach that."""
    found = stall_of(state, twin)
    return found is not None and found.kind != "cannot"


class Row(NamedTuple):
    """One milestone: how the timeline tells of it, and whether a state has reached it."""

    text: str
    reached: Callable[[State, int], bool]


MILESTONES = {
    "bends": Row("starts to bend", bends),
    "right": Row("has all right", all_right),
    "stalls": Row("stalls", stalls),
}


def noted(before: State, now: State, new: bool = True) -> tuple[Milestone, ...]:
    """The milestones when the frame of `now` has been seen after that of `before`.

    `new` steps of the run can reach one; any others narrow down where it was.
    """
    kept = tuple(_narrowed(one, now) for one in now.milestones)
    if not new or now.step <= before.step:
        return now.milestones if kept == now.milestones else kept
    known = {(one.twin, one.name) for one in kept}
    found = [
        _found(name, twin, before, now)
        for twin, trained in enumerate(now.frame.states)
        for name, row in MILESTONES.items()
        if (twin, name) not in known and not trained.stopped and row.reached(now, twin)
    ]
    return (*kept, *found) if found or kept != now.milestones else now.milestones


def _narrowed(one: Milestone, now: State) -> Milestone:
    if not one.since < now.step < one.step:
        return one
    reached = MILESTONES[one.name].reached(now, one.twin)
    return one._replace(step=now.step) if reached else one._replace(since=now.step)


def _found(name: str, twin: int, before: State, now: State) -> Milestone:
    if MILESTONES[name].reached(before, twin):
        return Milestone(before.step, -1, twin, name)
    return Milestone(now.step, before.step, twin, name)


def until(state: State, step: int) -> tuple[Milestone, ...]:
    """The milestones of a run that goes on differently from `step`."""
    return tuple(one for one in state.milestones if one.step < step)


def unpinned(state: State) -> int | None:
    """The step to replay next so that a milestone is known more exactly; None when all are."""
    wide = next((one for one in state.milestones if one.step - one.since > 1), None)
    return None if wide is None else (wide.since + wide.step) // 2


def passed(state: State, twin: int) -> list[tuple[int, str]]:
    """Each milestone of a twin with its text; what was so from the start has not happened."""
    happened = (one for one in state.milestones if one.twin == twin and one.step)
    return [(one.step, MILESTONES[one.name].text) for one in happened]
