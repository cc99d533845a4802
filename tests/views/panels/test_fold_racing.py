"""While frames race by, Fold shows them piece by piece, and nobody sees half of anything."""

from dataclasses import replace
from itertools import count

import numpy as np
import pytest

from netviz.session import selectors
from netviz.session.instruments import folding
from netviz.session.presets import PRESETS
from netviz.session.state import FASTEST
from netviz.views.pace import Pace
from netviz.views.panels.fold import WORDS_EVERY, FoldPanel
from tests.views.seen import Painted, marks, plane_of, shades


def square(panel):
    """The first twin's plane as it is painted."""
    return panel.view.grab(plane_of(panel, 0).box.toRect())


def test_marks_that_race_by_are_stamped_and_look_like_those_at_rest(put, trained):
    spiral = PRESETS["spiral"].experiment
    resting = put(FoldPanel, trained(30, spiral), 700, 500)
    racing = put(FoldPanel, replace(trained(30, spiral), playing=True, speed=FASTEST), 700, 500)
    small = [plane_of(panel, 0).small for panel in (resting, racing)]
    assert [one.moving.isVisible() for one in small] == [False, True]
    assert [one.halo.isVisible() for one in small] == [True, False]
    seen = [shades(square(panel)) for panel in (resting, racing)]
    small[1].moving.setVisible(False)
    without = shades(square(racing))
    off, all_of_them = (np.abs(seen[0] - other).mean() for other in (seen[1], without))
    assert off < 0.3 * all_of_them  # each mark is half a pixel off at most
    racing.show_state(racing.store.state, trained(30, spiral))
    assert (small[1].moving.isVisible(), small[1].halo.isVisible()) == (False, True)


def at_hidden(plane, state, twin):
    """Where the marks of a plane of two units belong."""
    return pytest.approx(plane.at(folding.hidden_at(state, twin, selectors.points(state).x)))


def test_a_racing_frame_is_shown_by_and_by(put, trained, qtbot):
    first, second, third = (replace(trained(step), playing=True, speed=FASTEST) for step in (170, 171, 172))
    panel = put(FoldPanel, first)
    panel.pace, twins = Pace(0.0), (0, 1)

    def shows(state):
        planes = [plane_of(panel, twin) for twin in twins]
        return [np.array(marks(planes[twin])) == at_hidden(planes[twin], state, twin) for twin in twins]

    panel.show_state(first, second)
    qtbot.waitUntil(lambda: all(shows(second)))
    painted = Painted(panel.view.viewport())
    panel.show_state(second, third)
    assert not any(shows(third))
    qtbot.waitUntil(lambda: all(shows(third)))
    boxes = [plane_of(panel, twin).box.toRect() for twin in twins]
    qtbot.waitUntil(lambda: all(painted.all.contains(box) for box in boxes))


def test_what_stops_a_race_is_shown_at_once(put, trained):
    first, second = (replace(trained(step), playing=True, speed=FASTEST) for step in (170, 171))
    panel = put(FoldPanel, first)
    panel.pace = Pace(0.0)
    panel.show_state(first, second)
    panel.show_state(second, trained(172))
    for twin in (0, 1):
        plane = plane_of(panel, twin)
        assert np.array(marks(plane)) == at_hidden(plane, trained(172), twin)


def test_planes_that_new_words_make_room_for_are_never_seen_empty(put, trained, qtbot):
    first, second = (replace(trained(step), playing=True, speed=FASTEST) for step in (20, 172))
    panel, old, seen = put(FoldPanel, first), [], []

    def look():
        if panel.planes is not old:
            planes = [(twin, plane_of(panel, twin)) for twin in (0, 1)]
            seen.append([np.array(marks(plane)) == at_hidden(plane, second, twin) for twin, plane in planes])

    panel.pace, old, panel.shows = Pace(0.0), panel.planes, WORDS_EVERY - 1  # words are due
    panel.view.resize(panel.view.width(), panel.view.height() - 20)  # as if they had been longer so far
    panel.rounds._timer.timeout.connect(look)
    panel.show_state(first, second)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0] == [True, True]


def test_what_a_hand_makes_it_show_hides_no_frame(put, trained, monkeypatch):
    first, second = (replace(trained(step), playing=True) for step in (170, 171))
    panel, clock = put(FoldPanel, first), count()
    monkeypatch.setattr("netviz.views.pace.perf_counter", lambda: 0.001 * next(clock))
    panel.show_state(None, first)
    for percent in range(100):  # half a second in all: a single showing that long would be the last for six
        panel.motion.set_share(percent / 100)
    panel.motion.set_share(1.0)
    for _ in range(200):
        next(clock)
    panel.show_state(first, second)
    plane = plane_of(panel, 0)
    assert np.array(marks(plane)) == at_hidden(plane, second, 0)
