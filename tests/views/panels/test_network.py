"""The canvas shows the twin's own numbers and passes on what hands do with it."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from netviz.core.network import Params
from netviz.session import selectors as say
from netviz.session.actions import FrameArrived, MoveProbe, Select
from netviz.session.experiment import with_value
from netviz.session.presets import PRESETS
from netviz.session.state import FASTEST, UnitId
from netviz.views.canvas.items import UNDECIDED_PAPER
from netviz.views.canvas.layout import READABLE
from netviz.views.panels.network import NetworkPanel
from netviz.views.theme import THEMES, Look
from tests.views.seen import shades

XOR = PRESETS["xor"].experiment
LANE = (968, 424)


@pytest.fixture
def panel(put, trained):
    made = put(NetworkPanel, trained(172), *LANE)
    made.set_header_height(68)
    return made


def units(panel):
    return panel._scene.units


def numbers(panel):
    return [edge.pill.text.text() for edge in panel._scene.edges]


def move(panel, at, held=Qt.MouseButton.NoButton):
    """Move the mouse now; QTest's own way waits for the window system."""
    place = QPointF(at)
    none, no_keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(
        panel.view.viewport(), QMouseEvent(QEvent.Type.MouseMove, place, place, none, held, no_keys)
    )


def point(panel, place):
    return panel.view.unit_box(place).center().toPoint()


def test_it_shows_weights_values_and_biases_of_the_picture(panel):
    assert numbers(panel) == [
        "−0.94",
        "+0.88",
        "+0.88",
        "−0.87",
        "+1.04",
        "+1.19",
    ]  # first-start.png, by target
    assert [unit.value.text.text() for unit in units(panel)] == ["1", "0", "0.00", "0.88", "0.99"]
    assert [unit.bias.text() for unit in units(panel)[2:]] == ["+0.11", "0.00", "−0.06"]
    assert [unit.name.text.text() for unit in units(panel)] == ["x₁", "x₂", "h₁", "h₂", "ŷ"]


def test_a_wrong_weight_would_be_seen(panel, trained):
    state = trained(172)
    twin = state.frame.states[0]
    flat = twin.params.flat.copy()
    flat[0] = 5.0  # w[0][0][0]
    changed = twin._replace(params=Params(twin.params.sizes, flat))
    frame = state.frame._replace(states=(changed, state.frame.states[1]))
    panel.store.dispatch(FrameArrived(frame))
    panel.show_state(state, replace(state, frame=frame))
    assert numbers(panel)[0] == "+5.00"
    assert units(panel)[2].value.text.text() == "5.11"  # 1 * 5.00 + 0.11


def test_the_line_of_a_weight_says_its_sign_twice_and_its_size(panel):
    first, second = panel._scene.edges[0].line.pen(), panel._scene.edges[1].line.pen()
    assert first.style() == Qt.PenStyle.CustomDashLine
    assert second.style() == Qt.PenStyle.SolidLine
    assert first.color() != second.color()
    assert first.widthF() > second.widthF()  # 0.94 > 0.88


def test_the_probe_moves_every_value(panel):
    panel.store.dispatch(MoveProbe(0.0, 1.0))
    wanted = say.values_at(panel.store.state, 0, (0.0, 1.0))
    assert units(panel)[2].value.text.text() == f"{wanted[1][0]:.2f}"
    assert [unit.value.text.text() for unit in units(panel)[:2]] == ["0", "1"]
    assert units(panel)[4].value.text.text() == "0.97"


def test_its_sentence_is_what_a_screen_reader_hears(panel):
    said = panel.view.accessibleDescription()
    assert said == "With ReLU at x₁ = 1, x₂ = 0: h₁ = 0.00, h₂ = 0.88, so ŷ = 0.99."


def test_an_undecided_output_is_hatched(put, trained, qtbot, look):
    panel = NetworkPanel(1)
    qtbot.addWidget(panel)
    panel.resize(*LANE)
    panel.set_look(look)
    panel.show_state(None, trained(172))
    output = panel._scene.units[-1]
    assert output.hatch.isVisibleTo(None) or output.hatch.isVisible()
    assert output.frame.brush().color() == UNDECIDED_PAPER
    assert not panel._scene.units[0].hatch.isVisible()


def test_a_click_selects_the_unit(panel, qtbot):
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=point(panel, (1, 1)))
    assert panel.actions == [Select(UnitId(0, 1, 1))]
    assert units(panel)[3].selection.isVisible()
    assert units(panel)[3].selection.pen().widthF() == pytest.approx(6, abs=0.5)  # px, of ink
    assert not units(panel)[2].selection.isVisible()


def test_tab_walks_the_units_and_enter_selects(panel, qtbot):
    QApplication.sendEvent(panel.view, QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.TabFocusReason))
    assert panel.view.focused == (0, 0)
    for _ in range(2):
        qtbot.keyClick(panel.view, Qt.Key.Key_Tab)
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    qtbot.keyClick(panel.view, Qt.Key.Key_Backtab)
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    assert panel.actions == [Select(UnitId(0, 1, 0)), Select(UnitId(0, 0, 1))]


def test_pointing_dims_what_is_not_connected(panel):
    move(panel, point(panel, (1, 0)))
    assert [unit.bright for unit in units(panel)] == [True, True, True, False, True]
    assert [edge.bright for edge in panel._scene.edges] == [True, True, False, False, True, False]
    move(panel, QPoint(5, 5))
    assert all(unit.bright for unit in units(panel))


def test_resting_on_things_tells_exact_numbers(panel):
    params = say.params(panel.store.state, 0)
    weight, bias = params.weights[0][0, 0], params.biases[0][0]
    assert panel.told(None, 0) == f"x₁ to h₁: weight −{-weight:.4f}"
    assert f"bias +{bias:.4f}" in panel.told((1, 0), None)
    assert panel.told((0, 0), None) == "x₁ = 1.0000"
    assert panel.told(None, None) == ""


def wheel(panel, at, angle):
    event = QWheelEvent(
        QPointF(at), QPointF(panel.view.mapToGlobal(at)), QPoint(), QPoint(0, angle), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(panel.view.viewport(), event)


def test_zoom_pan_and_fit_are_the_views_own(panel, qtbot):
    fitted = panel.unit_rect(UnitId(0, 1, 0))
    wheel(panel, fitted.center(), 120)
    larger = panel.unit_rect(UnitId(0, 1, 0))
    assert larger.width() == pytest.approx(1.25 * fitted.width(), abs=2)
    assert larger.center().x() == pytest.approx(fitted.center().x(), abs=2)
    empty = QPoint(640, LANE[1] - 6)
    port = panel.view.viewport()
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=empty)
    move(panel, empty + QPoint(30, -10), Qt.MouseButton.LeftButton)
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=empty + QPoint(30, -10))
    assert panel.unit_rect(UnitId(0, 1, 0)).x() == pytest.approx(larger.x() + 30, abs=2)
    qtbot.mouseDClick(port, Qt.MouseButton.LeftButton, pos=empty)
    assert panel.unit_rect(UnitId(0, 1, 0)) == fitted
    assert panel.actions == []


@pytest.mark.parametrize(("key", "grows"), [(Qt.Key.Key_Plus, True), (Qt.Key.Key_Minus, False)])
def test_control_with_plus_and_minus_zooms_and_with_0_fits(panel, qtbot, key, grows):
    fitted = panel.unit_rect(UnitId(0, 1, 0))
    qtbot.keyClick(panel.view, key, Qt.KeyboardModifier.ControlModifier)
    assert (panel.unit_rect(UnitId(0, 1, 0)).width() > fitted.width()) is grows
    qtbot.keyClick(panel.view, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert panel.unit_rect(UnitId(0, 1, 0)) == fitted


def test_the_header_strip_stays_clear(panel):
    boxes = [panel.unit_rect(UnitId(0, *place)) for place in ((0, 0), (1, 0), (2, 0))]
    assert min(box.y() for box in boxes) > 68


def test_the_wedge_leads_from_the_output_to_the_panels_right_corners(panel):
    corners = [(p.x(), p.y()) for p in panel._scene.wedge.polygon().toList()]
    output = panel.unit_rect(UnitId(0, 2, 0))
    assert (LANE[0], 0) in corners
    assert (LANE[0], LANE[1]) in corners
    assert min(x for x, _ in corners) == pytest.approx(output.x() + output.width(), abs=2)


def test_inputs_and_output_keep_their_names_where_the_network_is_seen_small(put, trained):
    panel = put(NetworkPanel, trained(1, with_value(XOR, "hidden", (8, 8))), 720, 285)
    scale = panel._scene.root.transform().m11()
    ends, between = [*units(panel)[:2], units(panel)[-1]], units(panel)[2:-1]
    assert scale < READABLE
    assert [unit.name.text.text() for unit in ends] == ["x₁", "x₂", "ŷ"]
    assert all(unit.name.frame.isVisible() for unit in ends)
    assert not any(unit.name.frame.isVisible() for unit in between)
    seen = [unit.name.frame.deviceTransform(panel.view.viewportTransform()).m11() for unit in ends]
    assert seen == [1.0] * 3  # as large as elsewhere


@pytest.mark.parametrize("hidden", [(), (1,), (16,), (3, 2), (8, 8, 8), (16,) * 8])
@pytest.mark.parametrize("theme", THEMES)
def test_every_shape_of_network_is_drawn_whole(qtbot, look, trained, hidden, theme):
    state = trained(1, with_value(XOR, "hidden", hidden))
    panel = NetworkPanel(0)
    qtbot.addWidget(panel)
    panel.resize(*LANE)
    panel.set_look(Look(THEMES[theme], 21, "wide"))
    panel.show_state(None, state)
    assert not panel.grab().isNull()
    assert len(panel._scene.units) == 2 + sum(hidden) + 1
    for layer, size in enumerate((2, *hidden, 1)):
        for index in (0, size - 1):
            assert panel.rect().contains(panel.unit_rect(UnitId(0, layer, index)))


def test_the_same_state_is_not_drawn_again(panel, monkeypatch):
    monkeypatch.setattr(panel, "_draw", lambda: pytest.fail("drawn"))
    state = panel.store.state
    panel.show_state(state, replace(state, playing=True))


DEEP = with_value(with_value(XOR, "hidden", (8, 8, 8)), "activation", "tanh")


def look_of(panel):
    """Everything a canvas shows of a frame: its pictures, and the pens of its edges."""
    pictures = [unit.picture.pixmap().toImage() for unit in units(panel)]
    return pictures, [edge.line.pen() for edge in panel._scene.edges]


@pytest.mark.parametrize("experiment", [XOR, DEEP])
def test_after_a_race_it_shows_what_a_new_canvas_shows(put, trained, experiment):
    panel = put(NetworkPanel, trained(5, experiment), *LANE)
    last = panel.store.state
    for step in (6, 40):
        last, old = replace(trained(step, experiment), playing=True, speed=FASTEST), last
        panel.show_state(old, last)
    panel.show_state(last, trained(40, experiment))
    assert look_of(panel) == look_of(put(NetworkPanel, trained(40, experiment), *LANE))


def test_every_tile_of_a_racing_canvas_is_of_this_very_frame(put, trained):
    panel = put(NetworkPanel, replace(trained(5, DEEP), playing=True, speed=FASTEST), *LANE)
    before, _ = look_of(panel)
    panel.show_state(panel.store.state, replace(trained(400, DEEP), playing=True, speed=FASTEST))
    after, _ = look_of(panel)
    changed = [old != new for old, new in zip(before, after, strict=True)]
    assert changed == [False, False] + [True] * 25  # the inputs are what they were


def test_a_racing_frame_renews_the_edges_of_one_gap_and_all_gaps_have_their_turn(put, trained):
    panel = put(NetworkPanel, replace(trained(5, DEEP), playing=True, speed=FASTEST), *LANE)
    wanted = look_of(put(NetworkPanel, trained(400, DEEP), *LANE))[1]
    seen, last = [], panel.store.state
    for _ in range(4):
        state = replace(trained(400, DEEP), playing=True, speed=FASTEST)
        last, old = replace(state, frame=state.frame._replace()), last  # the same numbers once more
        panel.show_state(old, last)
        pairs = zip(panel._scene.edges, look_of(panel)[1], wanted, strict=True)
        behind = {edge.edge.layer for edge, pen, other in pairs if pen != other}
        seen.append(len(behind))
    assert seen == [3, 2, 1, 0]


@pytest.mark.parametrize("speed", [1, 1000])
def test_where_frames_do_not_race_all_lines_are_of_the_frame(put, trained, speed):
    panel = put(NetworkPanel, replace(trained(5, DEEP), playing=True, speed=FASTEST), *LANE)
    race = replace(trained(50, DEEP), playing=True, speed=FASTEST)
    panel.show_state(panel.store.state, race)
    slower = replace(race, speed=speed)  # what has not had its turn does not wait for a step that takes 1 s
    panel.show_state(race, slower)
    assert look_of(panel)[1] == look_of(put(NetworkPanel, trained(50, DEEP), *LANE))[1]
    panel.show_state(slower, replace(trained(400, DEEP), playing=True, speed=speed))
    assert look_of(panel)[1] == look_of(put(NetworkPanel, trained(400, DEEP), *LANE))[1]


def test_lines_from_a_kept_picture_look_as_they_are(put, trained):
    panel = put(NetworkPanel, trained(400, DEEP), *LANE)
    resting = shades(panel.grab())
    panel._scene.keep_still(True)
    kept = shades(panel.grab())
    assert np.abs(kept - resting).max() <= 6  # of 255
    for gap in panel._scene._gaps:
        gap.root.setVisible(False)
    assert np.abs(shades(panel.grab()) - resting).max() > 100


def test_a_picture_has_a_pixel_for_each_of_the_screens_also_after_zooming(panel):
    tile = units(panel)[2]
    assert tile.picture.pixmap().width() == round(panel.unit_rect(UnitId(0, 1, 0)).width())
    panel.view.zoom(1.5, QPointF(300, 200))
    assert tile.picture.pixmap().width() == pytest.approx(panel.unit_rect(UnitId(0, 1, 0)).width(), abs=1)
