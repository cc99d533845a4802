"""What an instrument does for a racing frame is done piece by piece, and nothing of it is lost."""

from functools import partial
from itertools import pairwise

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from netviz.views.pace import Pace
from netviz.views.rounds import Rounds


@pytest.fixture
def parent(qapp):
    return QObject()


def pieces(done, names):
    return [partial(done.append, name) for name in names]


def test_others_have_their_turn_between_two_pieces(parent, qtbot):
    rounds, done, other = Rounds(parent, Pace()), [], QTimer(parent)
    other.timeout.connect(lambda: done.append("other"))
    other.start(0)
    rounds.begin(pieces(done, "abc"))
    assert done == []
    qtbot.waitUntil(lambda: "c" in done)
    other.stop()
    assert [one for one in done if one != "other"] == ["a", "b", "c"]
    assert all("other" in pair for pair in pairwise(done))


def test_what_is_left_comes_before_what_is_new(parent, qtbot):
    rounds, done = Rounds(parent, Pace()), []
    rounds.begin(pieces(done, "ab"))
    rounds.begin(pieces(done, "cd"))
    assert done == ["a", "b"]
    qtbot.waitUntil(lambda: done == ["a", "b", "c", "d"])


def test_what_is_shown_at_once_takes_the_place_of_what_is_left(parent):
    rounds, done = Rounds(parent, Pace()), []
    rounds.begin(pieces(done, "ab"))
    rounds.at_once(pieces(done, "cd"))
    assert done == ["c", "d"]
    QApplication.processEvents()
    assert done == ["c", "d"]


def test_each_piece_counts_towards_the_pace(parent, monkeypatch):
    clock = iter(range(100))
    monkeypatch.setattr("netviz.views.pace.perf_counter", lambda: next(clock))
    pace = Pace()
    Rounds(parent, pace).at_once(pieces([], "abc"))
    assert pace._spent == 3
