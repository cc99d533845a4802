"""A run without a window: the same functions, the same State, one after the other."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from netviz.core.stalls import Stall
from netviz.session import milestones
from netviz.session.engine import Frame, Request, advance, epoch_steps
from netviz.session.experiment import Experiment
from netviz.session.readings import stall_of, stopped_at
from netviz.session.state import State, opening
from netviz.session.stops import stop_between

SLICE = 0.2  # seconds between two looks at how far it is
MOST = 1_000_000  # steps of one slice: twins that have stopped take them in no time, but each has its row
LOOK = 1000  # epochs between two looks at whether a run that waits for a loss has stalled


class Limits(NamedTuple):
    """When a run ends and when it tells of itself."""

    steps: int
    until_loss: float | None = None  # of the first twin; a run that has stalled above it ends too
    every: int | None = None  # steps


def state_at(experiment: Experiment, step: int) -> State:
    """The state of an experiment that was trained to a step and paused there."""
    return _to(opening(experiment), step)


def with_milestones(state: State) -> State:
    """The same state with what its run has reached on the way, as a window knows it once it has rested."""
    kept = {0: opening(state.experiment)}
    state = replace(state, milestones=milestones.noted(kept[0], state))
    while (step := milestones.unpinned(state)) is not None:
        nearest = kept[max(known for known in kept if known <= step)]
        kept[step] = _to(nearest, step)
        seen = replace(state, frame=kept[step].frame)
        state = replace(state, milestones=milestones.noted(state, seen, new=False))
    return state


def run(experiment: Experiment, limits: Limits) -> Iterator[State]:
    """Train from the start to the limit, giving the state after every slice of time and when a report is due.

    The last state stands at the very step where the run ended. ValueError says why it cannot be trained.
    """
    state = opening(experiment)
    if limits.steps:
        advance(Request(experiment, state.frame.states, until=1))  # refuse before anything is told
    yield state
    while not ended(state, limits):
        step, marks = state.step, [state.step + MOST]
        marks += [(step // every + 1) * every for every in (limits.every, _look(state, limits)) if every]
        goal = min(limits.steps, *marks)
        ahead = _with(state, advance(Request(experiment, state.frame.states, goal, SLICE)))
        first = _end(ahead, limits)
        if first is not None:
            ahead = _to(state, first) if first > state.step else _over(state, ahead, limits)
        state = ahead
        yield state


def ended(state: State, limits: Limits) -> bool:
    """Whether the run is over."""
    over = state.step >= limits.steps or _end(state, limits) is not None
    return over or _stalled(state, limits) is not None


def _to(state: State, step: int) -> State:
    return _with(state, advance(Request(state.experiment, state.frame.states, until=step)))


def _over(state: State, ahead: State, limits: Limits) -> State:
    """The first state after one that is not over, where what ends the run ahead held at its step or before.

    A number set by hand costs the loss at its step, and stops the twin at the next; a rule set during the run
    looks back to its start.
    """
    while ahead.step - state.step > 1:
        middle = _to(state, (state.step + ahead.step) // 2)
        state, ahead = (middle, ahead) if _end(middle, limits) is None else (state, middle)
    return ahead


def _with(state: State, frame: Frame) -> State:
    history = state.history.extended(frame.losses)
    return replace(state, frame=frame, history=history, playhead=frame.step, furthest=frame.step)


def _end(state: State, limits: Limits) -> int | None:
    """The step at which the loss was reached, a stop rule held or the last twin left the range."""
    ends = [_reached(state, limits), stop_between(state, 0, state.step)]
    if all(twin.stopped for twin in state.frame.states):
        ends.append(max(stopped_at(state, twin) for twin in range(len(state.frame.states))))
    return min((step for step in ends if step is not None), default=None)


def _reached(state: State, limits: Limits) -> int | None:
    return None if limits.until_loss is None else state.history.first_below(0, limits.until_loss)


def _look(state: State, limits: Limits) -> int:
    return 0 if limits.until_loss is None else LOOK * epoch_steps(state.experiment)


def _stalled(state: State, limits: Limits) -> Stall | None:
    """Why the first twin will not reach the loss, at a step where that is looked at."""
    look = _look(state, limits)
    if not look or not state.step or state.step % look:
        return None
    return stall_of(state, 0, limits.until_loss)


def failure(state: State, limits: Limits) -> str:
    """Why the run failed, in one sentence; empty when it did not."""
    for twin, one in enumerate(state.frame.states):
        if one.stopped:
            return f"twins[{twin}] left the range of numbers; lower its learning rate"
    if limits.until_loss is not None and _reached(state, limits) is None:
        return f"the loss did not fall below {limits.until_loss:g} in {state.step} steps"
    return ""
