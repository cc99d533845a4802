"""Undo with real keys in a real window: the trained networks come back with their experiment."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from netviz.app.playback import Playback
from netviz.session import changes
from netviz.session.actions import SetField
from netviz.session.runs import state_at
from netviz.session.selectors import verdict
from netviz.session.state import FASTEST
from tests.app.conftest import XOR

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(window_of, trained):
    """A window with its playback, in which the first experiment has been trained to epoch 0 only."""
    made = window_of(trained(0, speed=FASTEST))
    playback = Playback(made.store)
    playback.follow(made.painting)
    yield made
    playback.close()


def train(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not window.store.state.playing)
    return window.store.state


def numbers(state):
    return [twin.params.flat for twin in state.frame.states]


def new_start(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_N)


def more_units(qtbot, window):
    window.store.dispatch(SetField("hidden", (3,)))


@pytest.mark.parametrize("change", [new_start, more_units])
@pytest.mark.parametrize("most_kept", [changes.MOST_KEPT, 0], ids=["at hand", "long ago"])
def test_undo_and_redo_bring_what_was_learned_back(qtbot, window, monkeypatch, change, most_kept):
    monkeypatch.setattr(changes, "MOST_KEPT", most_kept)
    mine = train(qtbot, window)
    assert verdict(mine, 0).kind == "learned"
    assert mine.step >= 172
    change(qtbot, window)
    assert window.store.state.furthest == 0
    qtbot.keyClick(window, Qt.Key.Key_N)  # with this, the run is no longer the last one
    qtbot.keyClick(window, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: window.store.state.step == 1)
    other = window.store.state
    for _ in range(2):
        qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: window.store.state.step == mine.step)
    qtbot.waitUntil(lambda: window.store.state.history.covers(mine.step))
    back = window.store.state
    assert (back.experiment, back.furthest, back.playing) == (mine.experiment, mine.furthest, False)
    assert np.array_equal(back.history.rows, mine.history.rows)
    assert all(map(np.array_equal, numbers(back), numbers(mine)))
    assert verdict(back, 0) == verdict(mine, 0)

    qtbot.keyClick(window, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: window.store.state.step == mine.step - 1)
    assert all(map(np.array_equal, numbers(window.store.state), numbers(state_at(XOR, mine.step - 1))))

    for _ in range(2):
        qtbot.keyClick(window, Qt.Key.Key_Y, CONTROL)
    qtbot.waitUntil(lambda: window.store.state.step == 1)
    assert window.store.state.experiment == other.experiment
    assert np.array_equal(window.store.state.history.rows, other.history.rows)
