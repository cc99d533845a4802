"""The surface shows the twin's answers where they belong, and lets the probe be moved by hand and key."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtWidgets import QApplication

from netviz.core.network import Params
from netviz.session.actions import MoveProbe, SetRegions
from netviz.session.experiment import with_value
from netviz.session.presets import PRESETS
from netviz.session.selectors import output_at
from netviz.views.panels.surface import SurfacePanel
from netviz.views.theme import THEMES, Look, value_color

SIDE = 424
LOW, HIGH = -0.35, 1.35


@pytest.fixture
def panel(put, trained):
    return put(SurfacePanel, trained(172), SIDE, SIDE)


@pytest.fixture
def without(qtbot, look, trained):
    made = SurfacePanel(1)
    qtbot.addWidget(made)
    made.resize(SIDE, SIDE)
    made.set_look(look)
    made.show_state(None, trained(172))
    return made


def pixel(x, y):
    """A point of the plane as a point of the panel."""
    return QPoint(round((x - LOW) / (HIGH - LOW) * SIDE), round((HIGH - y) / (HIGH - LOW) * SIDE))


def answers(panel):
    return [mark.answer.text.text() for mark in panel.view.plane._marks]


def digits(panel):
    return [mark.digit.text.text() for mark in panel.view.plane._marks]


def drag(qtbot, panel, *places):
    port = panel.view.viewport()
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=pixel(*places[0]))
    for place in places[1:]:
        at, none = QPointF(pixel(*place)), Qt.MouseButton.NoButton
        held, no_keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(port, QMouseEvent(QEvent.Type.MouseMove, at, at, none, held, no_keys))
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=pixel(*places[-1]))


def test_targets_and_answers_are_those_of_the_picture(panel):
    assert digits(panel) == ["0", "1", "1", "0"]  # XOR in the order 00, 01, 10, 11
    assert answers(panel) == ["0.05", "0.97", "0.99", "0.00"]  # first-start.png


def test_a_wrong_answer_would_be_seen(panel, trained):
    state = trained(172)
    twin = state.frame.states[0]
    flat = twin.params.flat.copy()
    flat[-1] += 1.0  # the output's bias lifts every answer by 1
    changed = twin._replace(params=Params(twin.params.sizes, flat))
    frame = state.frame._replace(states=(changed, state.frame.states[1]))
    panel.show_state(state, replace(state, frame=frame))
    assert answers(panel) == ["1.05", "1.97", "1.99", "1.00"]


@pytest.mark.parametrize(("at", "answer"), [((-0.3, 1.0), 1.25), ((0.5, 0.5), 0.02), ((1.3, 0.3), 1.0)])
def test_the_colour_is_that_of_the_answer(panel, at, answer):
    exact = float(output_at(panel.store.state, 0, [at])[0])
    assert exact == pytest.approx(answer, abs=0.02)
    color = panel.grab().toImage().pixelColor(pixel(*at))
    wanted = value_color(2 * exact - 1)
    assert [color.red(), color.green(), color.blue()] == pytest.approx(list(wanted.getRgb()[:3]), abs=12)


def test_the_half_contour_runs_where_the_answer_is_half(panel):
    path = panel.view.plane.contour.path()
    assert path.elementCount() == 4  # two straight lines: ReLU with two units
    on_line = path.elementAt(0)
    x, y = LOW + on_line.x / SIDE * (HIGH - LOW), HIGH - on_line.y / SIDE * (HIGH - LOW)
    assert float(output_at(panel.store.state, 0, [(x, y)])[0]) == pytest.approx(0.5, abs=0.01)


def test_a_constant_half_is_hatched_with_its_value_in_words(without):
    plane = without.view.plane
    assert plane.hatch.isVisible()
    assert not plane.surface.isVisible()
    assert plane.banner.text.text() == "0.50 everywhere"
    assert without.view.accessibleDescription() == "Without (identity) answers 0.50 everywhere."


@pytest.mark.parametrize("probe", [(0.5, 0.5), (0.3, 0.6), (0.7, 0.42), (0.5, 0.3)])
def test_the_words_across_the_middle_make_way_for_the_probe(without, trained, probe):
    without.show_state(None, replace(trained(172), probe=probe))
    plane = without.view.plane
    assert plane.banner.frame.isVisible()
    words = plane.banner.frame.sceneBoundingRect()
    assert not words.contains(plane.probe.root.pos())
    assert plane.box.contains(words)


@pytest.mark.parametrize("layout", ["tabs", "compact", "short"])
def test_small_layouts_say_it_shorter(without, layout):
    without.set_look(Look(THEMES["projector"], 20.7, layout))
    assert without.view.plane.banner.text.text() == "½ everywhere"


def test_dragging_moves_the_probe_and_every_answer_with_it(panel, qtbot):
    drag(qtbot, panel, (1.0, 0.0), (0.5, 0.6))
    assert panel.store.state.probe == pytest.approx((0.5, 0.6), abs=0.005)
    assert panel.view.plane.answer.text.text() == "0.11"
    at = panel.view.plane.probe.root.pos().toPoint()
    assert (at - pixel(0.5, 0.6)).manhattanLength() <= 2


def test_the_probe_snaps_to_a_corner(panel, qtbot):
    drag(qtbot, panel, (0.5, 0.5), (0.97, 1.03))
    assert panel.store.state.probe == (1.0, 1.0)
    assert not panel.view.plane.answer.frame.isVisible()  # the corner's own answer is there


def test_the_probe_stays_in_the_plane(panel, qtbot):
    drag(qtbot, panel, (0.5, 0.5), (3.0, -3.0))
    assert panel.store.state.probe == (HIGH, LOW)


@pytest.mark.parametrize(
    ("key", "held", "probe"),
    [
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier, (0.95, 0.0)),
        (Qt.Key.Key_Up, Qt.KeyboardModifier.NoModifier, (1.0, 0.05)),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier, (0.0, 0.0)),
        (Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier, (1.0, 1.0)),
    ],
)
def test_arrow_keys_move_the_probe(panel, qtbot, key, held, probe):
    panel.setFocus()
    qtbot.keyClick(panel.view, key, held)
    assert panel.actions == [MoveProbe(*probe)]


def test_the_last_corner_is_the_last(panel, qtbot):
    qtbot.keyClick(panel.view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert panel.actions == []


@pytest.mark.parametrize(("hints", "said"), [(frozenset({"train"}), "Drag me"), (None, "")])
def test_the_hint_is_there_when_it_is_due(put, trained, hints, said):
    panel = put(SurfacePanel, replace(trained(172), hints=hints), SIDE, SIDE)
    assert panel.view.plane.hint.root.isVisible() is bool(said)
    assert panel.view.plane.hint.words.text.text() == said


def test_the_hint_covers_no_mark_and_no_answer(put, trained):
    panel = put(SurfacePanel, replace(trained(172), hints=frozenset({"train"})), 282, 282)
    panel.set_look(Look(THEMES["projector"], 20.7, "compact"))
    bubble = panel.view.plane.hint.root.sceneBoundingRect()
    assert panel.view.plane.box.contains(bubble)
    assert not any(bubble.intersects(QRectF(*box)) for box in panel.view.plane._taken())


@pytest.mark.parametrize("em", [14.5, 15.4, 17.0])
def test_answers_stand_beside_the_names_of_the_axes(panel, em):
    panel.resize(286, 286)
    panel.set_look(Look(THEMES["light"], em, "tabs"))
    plane = panel.view.plane
    assert len(plane.tags) == 2
    assert not any(tag.meets(mark.boxes[1]) for tag in plane.tags for mark in plane._marks)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("side", "em"), [(280, 14), (282, 20.7), (848, 43)])
def test_every_answer_stays_inside_the_square(panel, theme, side, em):
    panel.resize(side, side)
    panel.set_look(Look(THEMES[theme], em, "compact"))
    for mark in panel.view.plane._marks:
        pill = mark.answer.frame.sceneBoundingRect()
        assert panel.view.plane.box.adjusted(-1e-9, -1e-9, 1e-9, 1e-9).contains(pill)
        assert not pill.intersects(mark.digit.frame.sceneBoundingRect())


def test_a_twin_that_diverged_keeps_its_last_numbers_under_a_banner(put, trained):
    rate = with_value(PRESETS["xor"].experiment, "learning_rate", 3.0)
    state = trained(400, rate)
    assert state.frame.states[0].stopped
    panel = put(SurfacePanel, state, SIDE, SIDE)
    assert panel.view.plane.banner.text.text() == "The last before it stopped"
    assert panel.grab().toImage().pixelColor(SIDE - 20, 20) != QColor("#f6f6f7")


def test_its_sentence_names_every_corner(panel):
    said = panel.view.accessibleDescription()
    assert said == "With ReLU answers 0.05 at 00, 0.97 at 01, 0.99 at 10 and 0.00 at 11; at the probe 0.99."


def test_the_same_state_is_not_drawn_again(panel, monkeypatch):
    monkeypatch.setattr(panel, "_draw", lambda: pytest.fail("drawn"))
    state = panel.store.state
    panel.show_state(state, replace(state, playing=True))


@pytest.mark.parametrize(("ems", "answered", "said"), [(20, True, True), (9, True, False), (6, False, False)])
def test_words_leave_a_surface_that_is_too_small_for_them(without, trained, ems, answered, said):
    side = round(ems * without._look.em)
    without.resize(side, side)
    without.show_state(None, trained(172))
    plane = without.view.plane
    assert [mark.answer.frame.isVisible() for mark in plane._marks] == [answered] * 4
    assert plane.banner.frame.isVisible() == said
    assert digits(without) == ["0", "1", "1", "0"]  # these stay


def point(panel, x, y):
    """Move the mouse to a point of the plane, and return what is told beside it when it rests."""
    port, at, none = panel.view.viewport(), pixel(x, y), Qt.MouseButton.NoButton
    keys = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(
        port, QMouseEvent(QEvent.Type.MouseMove, QPointF(at), QPointF(at), none, none, keys)
    )
    return panel.view.toolTip()


def test_the_piece_under_the_mouse_says_its_map_while_the_pieces_are_shown(panel):
    assert point(panel, 0.2, 0.8) == ""
    panel.store.dispatch(SetRegions(True))
    state = panel.store.state
    assert point(panel, 0.2, 0.8) == "Here: ŷ = −0.98 x₁ + 0.91 x₂ + 0.05."  # what the panel Regions says
    assert float(output_at(state, 0, [(0.2, 0.8)])[0]) == pytest.approx(
        -0.98 * 0.2 + 0.91 * 0.8 + 0.05, abs=0.01
    )
    assert point(panel, 0.8, 0.2) == "Here: ŷ = 1.05 x₁ − 1.04 x₂ − 0.06."
    assert point(panel, 1.5, 0.2) == ""  # outside the square
    point(panel, 0.8, 0.2)
    panel.store.dispatch(SetRegions(False))
    assert panel.view.toolTip() == ""  # though the mouse has not moved


def test_the_pieces_of_a_large_network_come_back_at_a_pause(put, trained):
    experiment = with_value(PRESETS["xor"].experiment, "hidden", (16,))
    resting = replace(trained(5, experiment), regions=True)
    should = put(SurfacePanel, resting, SIDE, SIDE).grab().toImage()
    panel = put(SurfacePanel, replace(resting, playing=True), SIDE, SIDE)
    assert panel.grab().toImage() != should  # counting them takes too long while it trains
    panel.show_state(panel.store.state, resting)
    assert panel.grab().toImage() == should
