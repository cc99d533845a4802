"""States that go from action to action, as the store takes them."""

from netviz.session import actions as act
from netviz.session.engine import Frame, Request, advance
from netviz.session.state import State, opening
from netviz.session.store import reduce
from tests.session.made import XOR

OPEN = opening(XOR)


def done(state: State, *actions: act.Action) -> State:
    for action in actions:
        state = reduce(state, action)
    return state


def frame(state: State, until: int) -> Frame:
    """What the worker answers to a request from the state that is shown."""
    return advance(Request(state.experiment, state.frame.states, until=until))


def ran(state: State, until: int) -> State:
    """Trained to a step, in one piece, and paused."""
    playing = reduce(state, act.Train())
    return done(playing, act.FrameArrived(frame(playing, until)), act.Pause())


AT_60 = ran(OPEN, 60)
