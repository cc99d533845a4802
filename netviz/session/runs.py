"""A run without a window: the same functions, the same State, one after the other."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from netviz.session.engine import Frame, Request, advance
from netviz.session.experiment import FOREVER, Experiment
from netviz.session.state import State, opening

SLICE = 0.2  # seconds between two looks at how far it is


class Limits(NamedTuple):
    """When a run ends and when it tells of itself."""

    steps: int
    until_loss: float | None = None  # of the first twin
    every: int | None = None  # steps


def state_at(experiment: Experiment, step: int) -> State:
    """The state of an experiment that was trained to a step and paused there."""
    state = opening(experiment)
    return _with(state, advance(Request(experiment, state.frame.states, until=step)))


def run(experiment: Experiment, limits: Limits) -> Iterator[State]:
    """Train from the start to the limit, giving the state whenever a slice of time is over or a report is due."""
    state = opening(experiment)
    yield state
    while state.step < limits.steps and not _reached(state, limits) and not _all_stopped(state):
        before = state
        goal = min(limits.steps, (state.step // limits.every + 1) * limits.every if limits.every else FOREVER)
        state = _with(state, advance(Request(experiment, state.frame.states, goal, SLICE)))
        if _reached(state, limits):
            first = state.history.first_below(0, limits.until_loss or 0.0)
            exact = advance(Request(experiment, before.frame.states, until=first))
            state = replace(_with(before, exact), history=state.history.until((first or 0) + 1))
        yield state


def _with(state: State, frame: Frame) -> State:
    history = state.history.extended(frame.losses)
    return replace(state, frame=frame, history=history, playhead=frame.step, furthest=frame.step)


def _reached(state: State, limits: Limits) -> bool:
    return limits.until_loss is not None and state.history.first_below(0, limits.until_loss) is not None


def _all_stopped(state: State) -> bool:
    return all(twin.stopped for twin in state.frame.states)


def failure(state: State, limits: Limits) -> str:
    """Why the run failed, in one sentence; empty when it did not."""
    for twin, one in enumerate(state.frame.states):
        if one.stopped:
            return f"twins[{twin}] left the range of numbers; lower its learning rate"
    if limits.until_loss is not None and not _reached(state, limits):
        return f"the loss did not fall below {limits.until_loss:g} in {state.step} steps"
    return ""
