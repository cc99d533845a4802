"""While frames race by, Fold shows them piece by piece, and nobody sees half of anything."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication

from netviz.session import selectors
from netviz.session.instruments import folding
from netviz.session.presets import PRESETS
from netviz.session.state import FASTEST
from netviz.views.panels.fold import SAID, FoldPanel
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


def test_a_racing_frame_is_shown_by_and_by(put, trained):
    first, second, third = (replace(trained(step), playing=True, speed=FASTEST) for step in (170, 171, 172))
    panel = put(FoldPanel, first)
    twins = (0, 1)

    def shows(state):
        planes = [plane_of(panel, twin) for twin in twins]
        return [np.array(marks(planes[twin])) == at_hidden(planes[twin], state, twin) for twin in twins]

    for _ in panel.showing(first, second):
        QCoreApplication.processEvents()
    assert all(shows(second))
    painted, by_and_by = Painted(panel.view.viewport()), []
    for _ in panel.showing(second, third):
        QCoreApplication.processEvents()
        by_and_by.append(shows(third))
    assert by_and_by[-3:] == [[False, False], [True, False], [True, True]]
    boxes = [plane_of(panel, twin).box.toRect() for twin in twins]
    assert all(painted.all.contains(box) for box in boxes)
    assert not any(all(region.contains(box.center()) for box in boxes) for region in painted.regions)
    panel.show_state(third, replace(third, playing=False))
    QCoreApplication.processEvents()
    before = len(painted.regions)
    plane_of(panel, 0).small.moving.setVisible(True)  # at rest whatever changes is painted
    QCoreApplication.processEvents()
    assert len(painted.regions) > before


@pytest.mark.parametrize("done", [1, 2, 3])
def test_what_stops_a_race_half_way_through_a_frame_is_shown_at_once(put, trained, done):
    first, second = (replace(trained(step), playing=True, speed=FASTEST) for step in (170, 171))
    panel = put(FoldPanel, first)
    portions = iter(panel.showing(first, second))
    for _ in range(done):
        next(portions)
    panel.show_state(None, trained(172))
    assert list(portions) == []
    for twin in (0, 1):
        plane = plane_of(panel, twin)
        assert np.array(marks(plane)) == at_hidden(plane, trained(172), twin)


def test_planes_that_new_words_make_room_for_are_never_seen_empty(put, trained):
    first, second = (replace(trained(step), playing=True, speed=FASTEST) for step in (20, 172))
    panel = put(FoldPanel, first)
    old, panel.said = panel.planes, 0.0  # words are due
    panel.view.resize(panel.view.width(), panel.view.height() - 20)  # as if they had been longer so far
    assert list(panel.showing(first, second)) == []
    assert panel.planes is not old
    for twin in (0, 1):
        plane = plane_of(panel, twin)
        assert np.array(marks(plane)) == at_hidden(plane, second, twin)


@pytest.mark.parametrize("speed", [5.0, FASTEST])
def test_words_follow_each_frame_but_in_a_race_and_whatever_a_hand_does(put, trained, monkeypatch, speed):
    now = [100.0]
    monkeypatch.setattr("netviz.views.panels.fold.perf_counter", lambda: now[0])
    early, late = (replace(trained(step), playing=True, speed=speed) for step in (20, 172))
    panel = put(FoldPanel, early)
    said = [panel.words.text()]
    for old, new, passed in ((early, late, 1.1 * SAID), (late, early, SAID / 2)):
        now[0] += passed
        for _ in panel.showing(old, new):
            pass
        said.append(panel.words.text())
    assert said[0] != said[1]
    assert (said[1] == said[2]) == (speed == FASTEST)  # nobody reads so fast
    panel.show_state(early, replace(early, probe=(0.5, 0.5)))
    assert panel.words.text() == said[0]
