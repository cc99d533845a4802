from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt

from netviz.session.actions import Bookmark, Scrub, Step, ToEnd
from netviz.session.presets import PRESETS
from netviz.session.runs import state_at
from netviz.session.selectors import Event
from netviz.views.panels.timeline import PANEL, Label, place_labels
from netviz.views.theme import THEMES, Look

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def state():
    return state_at(PRESETS["xor"].experiment, 172)


@pytest.fixture
def timeline(qtbot, state):
    panel = PANEL.make(0)
    qtbot.addWidget(panel)
    panel.resize(600, 56)
    panel.set_look(Look(THEMES["light"], 21, "wide"))
    panel.show_state(None, state)
    panel.show()
    return panel


@pytest.fixture
def sent(timeline):
    actions = []
    timeline.acted.connect(actions.append)
    return actions


def test_it_runs_from_the_start_to_the_furthest_step(timeline):
    assert timeline.x_of(0) == pytest.approx(600 - timeline.x_of(172))
    assert timeline.x_of(86) == pytest.approx(300)  # half of 172


def test_a_click_scrubs_to_the_step_there(qtbot, timeline, sent):
    qtbot.mouseClick(timeline, LEFT, pos=QPoint(300, 28))
    assert sent == [Scrub(86)]


def test_a_drag_scrubs_on_and_stops_at_the_ends(qtbot, timeline, sent):
    qtbot.mousePress(timeline, LEFT, pos=QPoint(round(timeline.x_of(43)), 28))
    qtbot.mouseMove(timeline, QPoint(round(timeline.x_of(100)), 28))
    qtbot.mouseMove(timeline, QPoint(599, 28))
    qtbot.mouseRelease(timeline, LEFT)
    assert sent == [Scrub(43), Scrub(100), Scrub(172)]


@pytest.mark.parametrize(
    ("key", "action"),
    [
        (Qt.Key.Key_Left, Step(-1)),
        (Qt.Key.Key_Right, Step(1)),
        (Qt.Key.Key_Home, Scrub(0)),
        (Qt.Key.Key_End, ToEnd()),
    ],
)
def test_its_keys_step_and_jump(qtbot, timeline, sent, key, action):
    qtbot.keyClick(timeline, key)
    assert sent == [action]


def knob(panel):
    """Where the panel-coloured disc with its ink ring is, by the pixels of a row below the line."""
    picture = panel.grab().toImage()
    y = round(panel.height() * 0.52) + 14  # the ring's lower edge: 0.62 em below the line
    dark = [x for x in range(picture.width()) if picture.pixelColor(x, y).lightness() < 80]
    return sum(dark) / len(dark)


def test_the_knob_stands_at_the_playhead(timeline, state):
    timeline.resize(1200, 56)  # wide enough for all texts above the line
    earlier = replace(state, playhead=100)
    timeline.show_state(state, earlier)
    assert knob(timeline) == pytest.approx(timeline.x_of(100), abs=2)


def test_it_says_what_happened_when(timeline, state):
    told = timeline.sentence(state)
    assert told.startswith("Epoch 172 of 172. 42: without reaches ¼")
    assert told.endswith("172: with has learned.")
    assert timeline.accessibleDescription() == timeline.sentence(state)


def test_an_event_is_marked_in_its_twins_colour(timeline):
    picture = timeline.grab().toImage()
    color = picture.pixelColor(round(timeline.x_of(42)), round(56 * 0.52))
    assert color.name() == THEMES["light"].without


@pytest.mark.parametrize(
    ("ticks", "widths", "expected"),
    [
        ([40], [100], [Label(50, 0)]),  # right of its tick
        ([490], [100], [Label(380, 0)]),  # left of it at the end
        ([40, 60], [100, 100], [Label(50, 0), Label(70, 1)]),  # below where the row is taken
        ([40, 60, 70], [100, 100, 100], [Label(50, 0), Label(70, 1), None]),  # no room: the mark alone
        ([40, 490], [100, 100], [Label(50, 0), Label(380, 0)]),
    ],
)
def test_no_text_lies_over_another(ticks, widths, expected):
    assert place_labels(ticks, widths, 0, 500, 10) == expected


def test_what_came_of_it_has_room_before_what_was_passed():
    # the first two would take the room above of the third, which came of it
    placed = place_labels([20, 40, 60], [100, 100, 100], 0, 500, 10, [True, True, False])
    assert placed == [None, None, Label(70, 0)]


def test_a_mark_under_the_mouse_says_what_it_marks(qtbot, timeline):
    qtbot.mouseMove(timeline, QPoint(round(timeline.x_of(42)), 28))
    assert timeline.toolTip() == "42: without reaches ¼"
    qtbot.mouseMove(timeline, QPoint(round(timeline.x_of(100)), 28))
    assert timeline.toolTip() == ""


def test_a_bookmark_stands_on_the_line_until_it_is_taken_away(put, trained):
    panel = put(PANEL.make, trained(120))
    panel.store.dispatch(Bookmark())
    assert "120: bookmark." in panel.sentence(panel.store.state)
    assert panel._events[-1] == Event(120, None, "120: bookmark")
    panel.store.dispatch(Bookmark())
    assert "bookmark" not in panel.sentence(panel.store.state)
