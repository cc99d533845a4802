"""Instruments follow training at a pace that can be read, and everything else at once."""

from dataclasses import replace

import pytest

from netviz.session.actions import FrameArrived, MoveProbe, Pause
from netviz.session.engine import Request, advance
from netviz.session.store import reduce
from netviz.views import pace as pace_module
from netviz.views.pace import Pace
from netviz.views.panels.bend import BendPanel
from netviz.views.panels.neuron import NeuronPanel

NEVER = 1e9  # seconds


@pytest.fixture
def playing(trained):
    return replace(trained(10), playing=True)


def later(state):
    """The state one training step on."""
    frame = advance(Request(state.experiment, state.frame.states, until=state.step + 1))
    return reduce(state, FrameArrived(frame))


def test_the_first_state_is_shown(playing):
    assert Pace(NEVER).since(None, playing) is None


def test_training_waits_and_what_is_shown_stays_known(playing):
    pace, second = Pace(NEVER), later(playing)
    pace.since(None, playing)
    third = later(second)
    assert pace.since(playing, second) is second  # nothing to do
    paused = reduce(third, Pause())
    assert pace.since(second, paused) is playing  # what the panel has shown all the while
    assert pace.since(paused, paused) is paused


def test_a_hand_is_never_kept_waiting(playing):
    pace, moved = Pace(NEVER), reduce(playing, MoveProbe(0.0, 1.0))
    pace.since(None, playing)
    assert pace.since(playing, moved) is playing


def test_after_its_time_training_is_shown(playing):
    pace, second = Pace(0.0), later(playing)
    pace.since(None, playing)
    assert pace.since(playing, second) is playing


def test_what_takes_long_to_show_is_shown_less_often(playing, monkeypatch):
    now = [100.0]
    monkeypatch.setattr(pace_module, "perf_counter", lambda: now[0])
    pace, second = Pace(0.1), later(playing)
    pace.since(None, playing)
    with pace.timed():
        now[0] += 0.04  # reading the state
    with pace.timed():
        now[0] += 0.04  # painting it
    now[0] = 100.0 + 0.08 / pace_module.SHARE - 0.001
    assert pace.since(playing, second) is second
    now[0] += 0.002
    assert pace.since(second, second) is playing
    now[0] += 0.11  # the next showing took no time
    assert pace.since(second, playing) is second


@pytest.mark.parametrize("make", [BendPanel, NeuronPanel])
def test_a_panel_shows_the_last_numbers_once_training_pauses(put, playing, make):
    panel = put(make, playing)
    panel.pace._seconds = NEVER
    at_10 = panel.accessibleName()
    for _ in range(3):
        panel.store.dispatch(
            FrameArrived(
                advance(
                    Request(
                        playing.experiment, panel.store.state.frame.states, until=panel.store.state.step + 1
                    )
                )
            )
        )
    assert (panel.store.state.step, panel.accessibleName()) == (13, at_10)
    panel.store.dispatch(Pause())
    assert panel.accessibleName() == panel.sentence(panel.store.state) != at_10
