"""How one experiment takes another's place: changes, branches in the middle of a run, undo and redo."""

from dataclasses import replace

from netviz.session import milestones
from netviz.session.engine import standing
from netviz.session.experiment import FOREVER, Experiment, common_steps, sizes
from netviz.session.state import Change, Run, State, beginning

MOST_KEPT = 4_000_000  # numbers of the runs that undo has at hand, 32 MB; older ones are trained again


def before(state: State, label: str, whole: bool = False) -> Change:
    """What brings this state back, and what is done to it."""
    run = Run(
        state.playhead, state.furthest, state.milestones, state.settled_once, (state.frame, state.history)
    )
    return Change(state.experiment, run, label, state.bookmarks, state.file, whole)


def put(state: State, experiment: Experiment, label: str, same_gesture: bool = False) -> State:
    """Put another experiment in place of this one, which undo brings back."""
    past = (*state.past, before(state, label))
    if same_gesture and state.past:  # from where it began to where it is now
        began = state.past[-1]
        start, to, _ = began.label.rpartition(" to ")
        whole = f"{start}{to}{label.rpartition(to)[2]}" if to else began.label
        past = (*state.past[:-1], began._replace(label=whole))
    return replace(_with_experiment(state, experiment), past=within_reason(past), future=())


def within_reason(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """These changes, oldest first, with the latest runs at hand; of the others only how far they went."""
    numbers, last = 0, len(changes) - 1
    for at in range(last, -1, -1):
        kept = changes[at].run.kept
        if kept is None:
            break  # so is every older one
        frame, history = kept
        numbers += history.count * history.twins + sum(state.params.flat.size for state in frame.states)
        if numbers > MOST_KEPT and at < last:
            gone = (one._replace(run=one.run._replace(kept=None)) for one in changes[: at + 1])
            return (*gone, *changes[at + 1 :])
    return changes


def _with_experiment(state: State, experiment: Experiment) -> State:
    """Go on from the last step that both experiments share."""
    common = common_steps(state.experiment, experiment)
    if common == FOREVER:
        return replace(state, experiment=experiment, frame=state.frame._replace(experiment=experiment))
    if common == 0:
        return restarted(state, experiment)
    frame, history = state.frame._replace(experiment=experiment), state.history.until(common)
    if state.step <= common:
        frame = standing(experiment, frame.trained)
        history = history.extended(frame.losses)
    # Otherwise the old states stay a moment longer, until the worker has replayed the shared ones.
    cut = state.history.count > history.count
    playhead = min(state.playhead, common)
    reached = common if history.covers(common) else common - 1
    return replace(
        state, experiment=experiment, frame=frame, history=history, playhead=playhead,
        furthest=max(playhead, min(state.furthest, reached)), milestones=milestones.until(state, common),
        ghost=state.history if cut else state.ghost,
    )  # fmt: skip


def restarted(state: State, experiment: Experiment) -> State:
    """At the start of an experiment; a unit stays selected where there still is one like it."""
    frame, history = beginning(experiment)
    unit, old, new = state.selected, state.experiment.twins, experiment.twins
    fits = unit and unit.twin < len(new) and sizes(old[unit.twin]) == sizes(new[unit.twin])
    return replace(
        state, experiment=experiment, frame=frame, history=history, playhead=0, furthest=0,
        selected=unit if fits else None, milestones=(), settled_once=False, ghost=None,
    )  # fmt: skip


def _resumed(state: State, change: Change) -> State:
    """The run of a change as it stood, paused; one that is no longer at hand is trained again."""
    playhead, furthest, reached, settled_once, kept = change.run
    state = restarted(state, change.experiment)
    frame, history = kept or (state.frame, state.history)
    return replace(
        state, frame=frame, history=history, playhead=playhead, furthest=furthest, milestones=reached,
        settled_once=settled_once, playing=False,
    )  # fmt: skip


def undo(state: State) -> State:
    """Take the last change back."""
    if not state.past:
        return state
    *past, change = state.past
    future = within_reason((*state.future, before(state, change.label, change.whole)))
    return replace(_back_to(state, change), past=tuple(past), future=future)


def redo(state: State) -> State:
    """Make the change again that was taken back last."""
    if not state.future:
        return state
    *future, change = state.future
    past = within_reason((*state.past, before(state, change.label, change.whole)))
    return replace(_back_to(state, change), past=past, future=tuple(future))


def _back_to(state: State, change: Change) -> State:
    """The experiment of a change, and the file of that time: of the same file today's content counts.

    Where the two experiments share steps, the run goes on from them; any other run comes back as it was.
    """
    same = state.file and change.file and state.file.path == change.file.path
    file = state.file if same else change.file
    other = change.whole or common_steps(state.experiment, change.experiment) == 0
    back = _resumed(state, change) if other else _with_experiment(state, change.experiment)
    return replace(back, bookmarks=change.bookmarks, file=file)
