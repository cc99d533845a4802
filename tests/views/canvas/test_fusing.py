"""An affine twin's layers fuse on its canvas into one: what moves, what is read there, and hands off."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt

from netviz.session.actions import SetField, SetFused, SetReducedMotion, Train, Walk
from netviz.session.experiment import with_edit, with_value
from netviz.session.parameters import Parameter
from netviz.session.text import signed
from netviz.views.canvas.layout import PILL, Rect, crosses, plan
from netviz.views.canvas.one_layer import caption, fused_plan, on_the_way, zoom
from netviz.views.panels.network import NetworkPanel
from netviz.views.theme import THEMES, Look

from .fused import numbers, one_layer, written
from .mouse import LANE, LEFT, WEIGHT, XOR, drag, drop, grab, hover, locks, mouse, sees, spot, value, wheel

EM = 21.0
BANDS = [(968.0, 356.0), (717.0, 232.0)]
SIZES = [(2, 2, 1), (2, 8, 8, 8, 1), (1, 3, 1), (5, 4, 2, 1), (2, 2, 3), (2, 2, 4), (2, 64, 64, 64, 1)]


@pytest.fixture
def flat(put, trained):
    """The twin without an activation, not yet fused."""

    def make(experiment=XOR, step=100, twin=1):
        made = put(lambda _: NetworkPanel(twin), trained(step, experiment), *LANE)
        made.set_header_height(68)
        return made

    return make


def tiles(panel):
    """Where each unit is seen, by layer and index."""
    return {(tile.layer, tile.unit): tile.box for tile in panel._scene.plan.tiles}


def said(panel):
    return panel._fusing.words.text.text() if panel._fusing and panel._fusing.words else ""


# ------------------------------------------------------------------------------------- what is read
def test_fused_its_numbers_are_those_of_the_one_layer_and_follow_the_frame(flat):
    panel = flat(step=20)
    panel.store.dispatch(SetFused(1.0))
    assert sorted(tiles(panel)) == [(0, 0), (0, 1), (2, 0)]
    before = numbers(one_layer(panel.store.state))
    assert written(panel) == before
    assert said(panel) == "9 numbers act as 3"
    panel.store.dispatch(Train())
    sees(panel, 10)
    assert panel.store.state.step == 30
    assert written(panel) == numbers(one_layer(panel.store.state))
    assert written(panel) != before


def test_its_one_layer_is_told_to_the_pointer_and_to_readers(flat):
    panel = flat(step=20)
    panel.store.dispatch(SetFused(1.0))
    one = one_layer(panel.store.state)
    assert panel.told(None, 1) == f"x₂ to ŷ: weight {signed(one.weight[0, 1], 4)}"
    assert f"bias {signed(one.bias[0], 4)} in it" in panel.told((2, 0), None)
    assert "9 numbers act as 3, so ŷ" in panel.view.accessibleDescription()
    panel.store.dispatch(SetFused(0.0))
    assert "h₁" in panel.view.accessibleDescription()


def test_words_on_their_way_are_as_large_as_the_camera_wants_them(flat):
    panel = flat(with_value(XOR, "hidden", (8, 8)))

    def scale():
        return panel._scene.units[0].name.frame.scale()

    panel.store.dispatch(SetFused(0.5))
    fitted = scale()
    panel.view.zoom(0.5, QPointF(100.0, 100.0))
    far = scale()
    panel.store.dispatch(SetFused(0.5001))
    assert scale() == pytest.approx(far, rel=0.01)
    assert far != pytest.approx(fitted, rel=0.01)  # from afar nothing is read
    panel.view.fit()
    assert scale() == pytest.approx(fitted, rel=0.01)


def test_hidden_units_on_their_way_carry_no_words_that_others_would_lie_on(flat):
    panel = flat()

    def worded():
        hidden = [unit for unit in panel._scene.units if unit.tile.layer == 1]
        return [pill.frame.isVisible() for unit in hidden for pill in (unit.name, unit.value)]

    for share, seen in ((0.0, True), (0.2, False), (0.9, False), (0.0, True)):
        panel.store.dispatch(SetFused(share))
        assert worded() == [seen] * 4
        wheel(panel, QPoint(400, 200), 120)
        assert worded() == [seen] * 4


def test_a_twin_that_bends_stays_as_it_is(flat):
    panel = flat(twin=0)
    scene, before = panel._scene, written(panel)
    panel.store.dispatch(SetFused(1.0))
    assert panel._scene is scene
    assert (written(panel), said(panel), panel.view.editable) == (before, "", True)


def test_frozen_numbers_show_their_locks_only_where_they_are(flat):
    panel = flat(with_edit(XOR, 0, "frozen", ("layer[0]",), 1))
    before = locks(panel)
    assert before > 0
    panel.store.dispatch(SetFused(1.0))
    assert locks(panel) == 0
    panel.store.dispatch(SetFused(0.0))
    assert locks(panel) == before


MANY = ("x", "y", "x2", "y2", "xy", "sin_x", "sin_y", "cos_x", "cos_y")


@pytest.mark.parametrize("share", [0.5, 1.0])
@pytest.mark.parametrize("change", [("features", MANY), ("hidden", (16, 16))])
def test_what_is_said_is_as_large_however_small_the_network_is_seen(flat, change, share):
    few, many = flat(), flat(with_value(XOR, *change), step=0)
    for panel in (few, many):
        panel.store.dispatch(SetFused(share))
    (one, other) = (seen_heights(panel) for panel in (few, many))
    assert other == pytest.approx(one, abs=1)


def seen_heights(panel):
    """How high on the screen the words and the button are, and where a press counts as one on it."""
    (button,), (pill,) = panel.view.extras.lasting, panel.view.extras._lasting
    frames = panel._fusing.words.frame, pill.frame
    pressed = panel.view._camera.to_window(QRectF(*button.box)).height()
    return [*(frame.sceneBoundingRect().height() for frame in frames), pressed]


# ------------------------------------------------------------------------------------- the way
def test_on_the_way_units_and_lines_move_and_numbers_are_away(flat):
    panel = flat()
    start, before = tiles(panel), written(panel)
    panel.store.dispatch(SetFused(0.5))
    half = tiles(panel)
    output = half[2, 0]
    for unit in ((1, 0), (1, 1)):
        assert start[unit].x < half[unit].x < output.x
    assert written(panel) == []
    for item, edge in zip(panel._scene.edges, panel._scene.plan.edges, strict=True):
        assert (item.line.line().x2(), item.line.line().y2()) == pytest.approx(edge.end)
    hidden = panel._scene.units[2]
    seen = hidden.frame.mapToScene(QPointF(hidden.tile.box.x, hidden.tile.box.y))
    box = panel.view.unit_box((1, 0))
    assert (seen.x(), seen.y()) == pytest.approx((box.x(), box.y()))
    panel.store.dispatch(SetFused(0.0))
    assert (tiles(panel), written(panel), said(panel)) == (start, before, "")


def test_a_way_begun_goes_on_in_another_size(flat):
    panel = flat()
    panel.store.dispatch(SetFused(0.5))
    panel.resize(700, 300)
    assert written(panel) == []
    assert said(panel) == "9 numbers act as 3"


def test_fused_it_is_as_near_as_before(flat):
    panel = flat()
    panel.view.zoom(2.0, QPointF(100, 200))
    camera = panel.view._camera
    panel.store.dispatch(SetFused(1.0))
    assert panel.view._camera == camera


def test_without_motion_there_is_nothing_in_between(flat):
    panel = flat()
    panel.store.dispatch(SetFused(0.7))
    assert (1, 0) in tiles(panel)
    panel.store.dispatch(SetReducedMotion(True))
    assert (1, 0) not in tiles(panel)
    assert written(panel) == numbers(one_layer(panel.store.state))


def test_the_walk_brings_the_layers_back(flat):
    panel = flat()
    panel.store.dispatch(SetFused(1.0))
    panel.store.dispatch(Walk(0))
    assert (1, 0) in tiles(panel)


def test_an_activation_that_bends_brings_them_back_too(flat):
    panel = flat()
    panel.store.dispatch(SetFused(1.0))
    panel.store.dispatch(SetField("activation", "tanh", 1))
    assert (1, 0) in tiles(panel)
    assert panel.view.editable


# ------------------------------------------------------------------------------------- hands
@pytest.mark.parametrize("share", [0.4, 1.0])
def test_nothing_is_changed_by_hand_while_layers_are_away(flat, share):
    panel = flat()
    at = spot(panel, WEIGHT)
    before = value(panel, WEIGHT, 1)
    panel.store.dispatch(SetFused(share))
    panel.actions.clear()
    places = [at, *(box.center().toPoint() for box in map(panel.view.unit_box, tiles(panel)))]
    for place in places:
        hover(panel, place)
        mouse(panel, QEvent.Type.MouseButtonPress, place, LEFT, LEFT)
        drag(panel, place, 60)
        drop(panel, place)
        wheel(panel, place, 120, Qt.KeyboardModifier.ControlModifier)
    assert not any(isinstance(action, SetField) for action in panel.actions)
    assert value(panel, WEIGHT, 1) == before
    assert panel.view.extras.buttons == ()


def test_a_number_in_the_hand_is_put_down(flat):
    panel = flat()
    at = grab(panel, Parameter(0, 0, 0))
    drag(panel, at, 42)
    panel.store.dispatch(SetFused(0.1))
    panel.actions.clear()
    drag(panel, at, 84)
    assert panel.actions == []


def test_the_menu_offers_but_the_way_back(flat):
    panel = flat()
    panel.store.dispatch(SetFused(1.0))
    panel.view.menued.emit(panel.view.target_at(QPointF(400, 200)), QPoint(0, 0))
    (entry,) = panel.hands.menu.actions()
    assert entry.text() == "Unfuse"
    entry.trigger()
    assert panel.store.state.fused == 0
    panel.hands.menu.close()


def press_unfuse(panel):
    (button,) = panel.view.extras.lasting
    x, y, wide, high = button.box
    middle = panel.view._scene.root.mapToScene(QPointF(x + wide / 2, y + high / 2)).toPoint()
    mouse(panel, QEvent.Type.MouseButtonPress, middle, LEFT, LEFT)


def test_the_button_on_the_canvas_leads_back(flat, qtbot):
    panel = flat()
    panel.store.dispatch(SetFused(1.0))
    press_unfuse(panel)
    assert 0 < panel.store.state.fused < 1  # it moves
    qtbot.waitUntil(lambda: panel.store.state.fused == 0)
    assert panel.view.extras.lasting == ()
    assert panel.view.editable


def test_whoever_takes_hold_of_it_stops_the_button(flat):
    panel = flat()
    panel.store.dispatch(SetFused(1.0))
    press_unfuse(panel)
    assert panel.hands.glide.running
    panel.store.dispatch(SetFused(0.9))
    assert not panel.hands.glide.running


# ------------------------------------------------------------------------------------- places
@pytest.mark.parametrize("sizes", SIZES)
@pytest.mark.parametrize("band", BANDS)
@pytest.mark.parametrize("compact", [False, True])
def test_as_one_layer_nothing_covers_anything(sizes, band, compact):
    end = fused_plan(sizes, *band, EM, compact)
    wide, high = PILL[0] * EM, PILL[1] * EM
    pills = [Rect(x - wide / 2, y - high / 2, wide, high) for x, y in filter(None, end.numbers)]
    biases = [bias for bias in end.biases if bias is not None]
    words = caption(end, 12 * EM, 4.6 * EM, 1.35 * EM, EM)
    boxes = [*(tile.box for tile in end.tiles), *pills, *biases, *words]
    for i, one in enumerate(boxes):
        assert not any(one.meets(other) for other in boxes[i + 1 :])
    if sizes[-1] == 1:
        assert None not in (*end.numbers, end.biases[-1])


@pytest.mark.parametrize(("sizes", "band"), [((2, 2, 2), (450.0, 270.0)), ((3, 2, 3), (600.0, 300.0))])
def test_no_line_passes_through_the_bias_of_the_fused_plan(sizes, band):
    end = fused_plan(sizes, *band, EM, False)
    assert not any(crosses(edge, bias) for edge in end.edges for bias in end.biases if bias)


@pytest.mark.parametrize("sizes", SIZES)
@pytest.mark.parametrize("band", BANDS)
def test_the_way_leads_from_the_network_to_its_fused_plan(sizes, band):
    start, end = plan(sizes, *band, EM), fused_plan(sizes, *band, EM, False)
    assert on_the_way(start, end, 0.0).layers == start.layers
    there, by = on_the_way(start, end, 1.0), zoom(start, end)
    for tile, goal in zip(there.layers[-1], end.layers[-1], strict=True):
        assert tile.box == pytest.approx([by * one for one in goal.box])
    output = there.layers[-1][0].box
    if sizes[-1] == 1:  # hidden units end below it
        for tile in (tile for layer in there.layers[1:-1] for tile in layer):
            assert output.x <= tile.box.x
            assert tile.box.x + tile.box.width <= output.x + output.width + 1e-9


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("shape", [(1,), (8, 8, 8), (16,) * 8])
def test_every_shape_fuses_while_it_is_pointed_at(qtbot, trained, qapp, theme, shape):
    state = trained(2, with_value(XOR, "hidden", shape))
    panel = NetworkPanel(1)
    qtbot.addWidget(panel)
    panel.resize(*LANE)
    panel.set_look(Look(THEMES[theme], 21, "wide"))
    panel.show_state(None, state)
    for share in (0.0, 0.3, 1.0, 0.6, 0.0):
        old, state = state, replace(state, fused=share)
        panel.show_state(old, state)
        for x in range(0, LANE[0], 80):
            hover(panel, QPoint(x, 200))
        assert not panel.grab().isNull()
