"""What a frame makes of the State: numbers that are shown, milestones that are kept, training that ends."""

from dataclasses import replace

from netviz.session import milestones
from netviz.session.actions import FrameArrived
from netviz.session.engine import Frame
from netviz.session.lessons import teaching
from netviz.session.selectors import all_settled
from netviz.session.sides import side_experiment
from netviz.session.state import State
from netviz.session.stops import stop_between


def frame_arrived(state: State, action: FrameArrived) -> State:
    """Show a frame only if it answers today's wish."""
    frame = action.frame
    if frame.experiment == side_experiment(state):
        return replace(state, side=frame)
    training = state.playing and state.step == state.playhead
    if frame.experiment != state.experiment:
        return state
    if not (training or frame.step == state.playhead):
        return _seen_by_the_way(state, frame)
    if not state.history.reaches(frame.losses.first):
        return state  # late, from before a reset
    history = state.history.extended(frame.losses)
    furthest = max(state.furthest, frame.step)
    new = replace(state, frame=frame, history=history, playhead=frame.step, furthest=furthest)
    new = _with_milestones(state, new, new)
    if not state.playing:
        return new
    stop = stop_between(new, state.step, frame.step)
    if stop is not None:
        return teaching.arrived(_stopped(state, new, stop), stop)
    if all(twin.stopped for twin in frame.states):
        return replace(new, playing=False)
    if not state.settled_once and state.reading is None and all_settled(new):
        return replace(new, playing=False, settled_once=True)
    return new


def _stopped(state: State, new: State, stop: int) -> State:
    """Paused at the very step of a stop rule, which the frame may have run past."""
    if new.step == stop:
        return replace(new, playing=False)
    furthest = max(state.furthest, stop)
    history = new.history.until(furthest + 1)
    return replace(state, playing=False, playhead=stop, furthest=furthest, history=history)


def _seen_by_the_way(state: State, frame: Frame) -> State:
    """A frame of this run on the way to another one: its losses and milestones are kept, nothing moves."""
    if frame.step > state.furthest:
        return state  # late, from before a reset
    history = state.history.extended(frame.losses)
    new = state if history is state.history else replace(state, history=history)
    return _with_milestones(state, new, replace(new, frame=frame), history is not state.history)


def _with_milestones(before: State, new: State, seen: State, fresh: bool = True) -> State:
    noted = milestones.noted(before, seen, fresh)
    return new if noted is new.milestones else replace(new, milestones=noted)
