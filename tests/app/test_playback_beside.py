"""What playback trains beside the twins catches up with them, at a pace and at rest."""

import pytest

from netviz.app.playback import REPLAY, Playback
from netviz.session import actions as act
from netviz.session import engine
from netviz.session.presets import PRESETS
from netviz.session.state import opening
from netviz.session.store import Store

COPIES, PIECE = 5, 10


@pytest.fixture
def asked(monkeypatch):
    """The requests for the dial's copies; each is answered some steps further on."""
    found = []

    def advance(request):
        if len(request.states) == COPIES:
            found.append(request)
            until = min(request.until, request.states[0].step + PIECE)
            request = request._replace(until=until, seconds=None)
        return engine.advance(request)

    monkeypatch.setattr("netviz.worker.advance", advance)
    return found


@pytest.fixture
def store(qapp, qtbot, asked):
    """A run that stands at step 100, with its playback."""
    store = Store(opening(PRESETS["xor"].experiment))
    playback = Playback(store)
    store.dispatch(act.Step(10 * PIECE))
    qtbot.waitUntil(lambda: store.state.step == 10 * PIECE)
    yield store
    playback.close()


def caught_up(store):
    """Whether the copies stand where the twins do."""
    return store.state.side is not None and store.state.side.step == store.state.step


def test_copies_catch_up_between_two_steps_of_slow_training(qtbot, store):
    store.dispatch(act.SetSpeed(1.0))
    store.dispatch(act.Train())
    store.dispatch(act.OpenPanel("dial"))
    qtbot.waitUntil(lambda: caught_up(store))
    assert store.state.step <= 10 * PIECE + 4  # not one piece a step
    step = store.state.step
    qtbot.waitUntil(lambda: store.state.step > step)


def test_at_rest_copies_are_trained_in_pieces_as_long_as_a_replays(qtbot, store, asked):
    store.dispatch(act.OpenPanel("dial"))
    qtbot.waitUntil(lambda: caught_up(store))
    assert {request.seconds for request in asked} == {REPLAY}
