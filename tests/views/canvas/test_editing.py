"""Hands on the canvas change the network: turned, typed, frozen, built, and taken back by undo."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from netviz.session import engine, selectors, walk
from netviz.session.actions import FrameArrived, SetField, SetReducedMotion, Tell, Train, Undo, Walk
from netviz.session.experiment import with_edit, with_value
from netviz.session.parameters import BIAS, Parameter
from netviz.session.presets import PRESETS
from netviz.views.canvas.editing import ENTRY, PER_EM
from netviz.views.canvas.menus import entries
from netviz.views.canvas.targets import place_of
from netviz.views.panels.network import NetworkPanel
from netviz.views.theme import THEMES, Look

XOR = PRESETS["xor"].experiment
LANE = (968, 424)
WEIGHT, OTHER, BIAS_1 = Parameter(0, 0, 0), Parameter(1, 0, 1), Parameter(0, 0, BIAS)
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
SHIFT, PLAIN = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def panel(put, trained):
    made = put(NetworkPanel, trained(100), *LANE)
    made.set_header_height(68)
    return made


@pytest.fixture
def first(put, trained):
    made = put(NetworkPanel, trained(0), *LANE)
    made.set_header_height(68)
    return made


def mouse(panel, kind, at, button=NONE, held=NONE, keys=PLAIN):
    place = QPointF(at)
    port = panel.view.viewport()
    QApplication.sendEvent(port, QMouseEvent(kind, place, port.mapToGlobal(place), button, held, keys))


def spot(panel, number):
    """Where a number is seen."""
    return panel.view._camera.to_window(place_of(panel._scene, number)).center().toPoint()


def hover(panel, at):
    mouse(panel, QEvent.Type.MouseMove, at)


def grab(panel, number):
    at = spot(panel, number)
    hover(panel, at)
    mouse(panel, QEvent.Type.MouseButtonPress, at, LEFT, LEFT)
    return at


def drag(panel, at, up, keys=PLAIN):
    mouse(panel, QEvent.Type.MouseMove, at - QPoint(0, up), held=LEFT, keys=keys)


def drop(panel, at):
    mouse(panel, QEvent.Type.MouseButtonRelease, at, LEFT)


def wheel(panel, at, angle, keys=PLAIN):
    port = panel.view.viewport()
    place, phase = QPointF(at), Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(place, port.mapToGlobal(place), QPoint(), QPoint(0, angle), NONE, keys, phase, False)
    QApplication.sendEvent(port, event)


def value(panel, number, twin=0):
    return float(selectors.params(panel.store.state, twin).layers[number.layer][number.to, number.source])


def shown_at(panel, number):
    if number.source == BIAS:
        return next(
            u for u in panel._scene.units if (u.tile.layer, u.tile.unit) == (number.layer + 1, number.to)
        ).bias.text()
    return next(
        e for e in panel._scene.edges if (e.edge.layer, e.edge.target, e.edge.source) == number
    ).pill.text.text()


def sees(panel, steps):
    """Let training go on by some steps, as the worker would."""
    state = panel.store.state
    request = engine.Request(state.experiment, state.frame.states, until=state.step + steps)
    panel.store.dispatch(FrameArrived(engine.advance(request)))


# ------------------------------------------------------------------------------------- turning
@pytest.mark.parametrize("number", [WEIGHT, OTHER, BIAS_1])
def test_a_number_dragged_up_grows_and_one_undo_takes_it_back(panel, number):
    before = value(panel, number)
    at = grab(panel, number)
    for up in (20, 42, 84):
        drag(panel, at, up)
    drop(panel, at)
    assert value(panel, number) == round(before + PER_EM * 84 / 21, 2)  # four em up: one more
    assert shown_at(panel, number) == f"{value(panel, number):+.2f}".replace("-", "−")
    assert (
        value(panel, number, 1)
        == selectors.params(panel.store.state, 1).layers[number.layer][number.to, number.source]
    )
    assert len(panel.store.state.past) == 1
    assert panel.store.state.past[-1].label.endswith(f"{value(panel, number):.2f}".replace("-", "−"))
    panel.store.dispatch(Undo())
    assert value(panel, number) == before


def test_with_shift_it_goes_a_tenth_as_far(panel):
    before, at = value(panel, WEIGHT), grab(panel, WEIGHT)
    drag(panel, at, -84, SHIFT)
    assert value(panel, WEIGHT) == round(before - 0.1, 3)


def test_at_the_start_a_number_changes_in_both_and_they_still_start_alike(first):
    at = grab(first, WEIGHT)
    drag(first, at, 42)
    assert value(first, WEIGHT, 0) == value(first, WEIGHT, 1)
    assert selectors.same_start(first.store.state)
    assert first.actions[-1].twin is None


def test_on_the_way_only_this_network_changes(panel):
    other = value(panel, WEIGHT, 1)
    drag(panel, grab(panel, WEIGHT), 42)
    assert value(panel, WEIGHT, 1) == other
    assert panel.store.state.experiment.edits[-1][:3] == (100, 0, "w[0][0][0]")


def test_two_drags_are_two_changes(panel):
    for number in (WEIGHT, WEIGHT):
        at = grab(panel, number)
        drag(panel, at, 30)
        drag(panel, at, 50)
        drop(panel, at)
    assert len(panel.store.state.past) == 2


def test_a_press_without_a_move_changes_nothing(panel):
    at = grab(panel, WEIGHT)
    drag(panel, at, 2)
    drop(panel, at)
    assert panel.actions == []


def test_escape_while_dragging_brings_the_number_back(panel, qtbot):
    before, at = value(panel, WEIGHT), grab(panel, WEIGHT)
    drag(panel, at, 60)
    qtbot.keyClick(panel.view, Qt.Key.Key_Escape)
    assert value(panel, WEIGHT) == before
    drag(panel, at, 80)
    assert value(panel, WEIGHT) == before


def test_the_wheel_over_a_number_turns_it_and_elsewhere_it_zooms(panel):
    before, at = value(panel, WEIGHT), spot(panel, WEIGHT)
    wheel(panel, at, 120)
    wheel(panel, at, 120)
    assert value(panel, WEIGHT) == round(round(before + 0.05, 2) + 0.05, 2)
    assert len(panel.store.state.past) == 1
    wheel(panel, at, -120, SHIFT)
    assert value(panel, WEIGHT) == round(before + 0.1 - 0.005, 2) or value(panel, WEIGHT) == round(
        round(before + 0.1, 2) - 0.005, 3
    )
    scale = panel.view._camera.scale
    wheel(panel, QPoint(640, 410), 120)
    assert panel.view._camera.scale > scale


def test_while_training_a_held_number_stays_where_it_is_held(panel):
    panel.store.dispatch(Train())
    at = grab(panel, WEIGHT)
    drag(panel, at, 84)
    held = round(value(panel, WEIGHT) + 1, 2)
    assert panel.actions == []  # nothing is sent faster than frames come
    for step in (103, 106, 109):
        sees(panel, 3)
        assert panel.store.state.step == step
        assert value(panel, WEIGHT) == held
    drop(panel, at)
    assert len(panel.store.state.past) == 1
    assert [edit.step for edit in panel.store.state.experiment.edits] == [103, 106, 109]
    again = engine.advance(engine.Request(panel.store.state.experiment, engine.start(XOR).states, until=109))
    assert again.states[0].params.flat.tolist() == panel.store.state.frame.states[0].params.flat.tolist()
    sees(panel, 3)
    assert value(panel, WEIGHT) != held


def test_the_number_under_the_mouse_is_ringed_and_nothing_else_is(panel):
    assert not panel.view.extras._ring.isVisible()
    hover(panel, spot(panel, WEIGHT))
    assert panel.view.extras._ring.isVisible()
    assert panel.view.cursor().shape() == Qt.CursorShape.SizeVerCursor
    hover(panel, QPoint(640, 410))
    assert not panel.view.extras._ring.isVisible()


def test_a_network_that_stopped_is_not_turned(put, trained):
    wild = with_value(XOR, "learning_rate", 50.0)
    panel = put(NetworkPanel, trained(400, wild), *LANE)
    assert panel.store.state.frame.states[0].stopped
    drag(panel, grab(panel, WEIGHT), 60)
    assert not [action for action in panel.actions if isinstance(action, SetField)]


# ------------------------------------------------------------------------------------- typing
def typed(panel, qtbot, number, text, key=Qt.Key.Key_Return):
    qtbot.mouseDClick(panel.view.viewport(), LEFT, pos=spot(panel, number))
    entry = panel.view.entry
    entry.selectAll()
    if text.isascii():
        qtbot.keyClicks(entry, text)
    else:
        entry.insert(text)  # QTest has no key for a true minus
    qtbot.keyClick(entry, key)


@pytest.mark.parametrize(("text", "wanted"), [("1.25", 1.25), ("-3", -3.0), ("−0.5", -0.5), ("0,75", 0.75)])
@pytest.mark.parametrize("number", [WEIGHT, BIAS_1])
def test_a_double_click_lets_type_a_number(panel, qtbot, number, text, wanted):
    typed(panel, qtbot, number, text)
    assert value(panel, number) == wanted
    assert panel.view.entry is None


def test_escape_leaves_the_typed_number_alone(panel, qtbot):
    before = value(panel, WEIGHT)
    typed(panel, qtbot, WEIGHT, "9", Qt.Key.Key_Escape)
    assert value(panel, WEIGHT) == before
    typed(panel, qtbot, WEIGHT, "")
    assert panel.view.entry is None


def test_what_is_no_number_is_refused_in_one_sentence(panel, qtbot):
    typed(panel, qtbot, WEIGHT, "much")
    assert panel.actions == [Tell('Weight x₁→h₁: expected a number, got "much".')]


def test_enter_types_at_the_number_under_the_mouse(panel, qtbot):
    hover(panel, spot(panel, OTHER))
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    assert panel.view.entry.text() == f"{value(panel, OTHER):.4f}".rstrip("0")
    qtbot.keyClick(panel.view.entry, Qt.Key.Key_Return)
    assert panel.actions == []  # nothing was typed: all decimals stay


def test_the_line_to_type_in_lies_inside_the_canvas(panel):
    for number in (WEIGHT, OTHER, BIAS_1, Parameter(1, 0, BIAS)):
        panel.view.type(number)
        assert panel.view.viewport().rect().contains(panel.view.entry.geometry())
        assert panel.view.entry.width() == pytest.approx(ENTRY * 21, abs=1)


# ------------------------------------------------------------------------------------- freezing
def locks(panel):
    return len(panel.view.extras._locks)


def test_f_freezes_the_number_under_the_mouse_and_lets_go_of_it(panel, qtbot):
    hover(panel, spot(panel, WEIGHT))
    qtbot.keyClick(panel.view, Qt.Key.Key_F)
    assert selectors.settings(panel.store.state, 0).frozen == ("w[0][0][0]",)
    assert selectors.settings(panel.store.state, 1).frozen == ()
    assert locks(panel) == 1
    qtbot.keyClick(panel.view, Qt.Key.Key_F)
    assert selectors.settings(panel.store.state, 0).frozen == ()
    assert locks(panel) == 0


def test_f_freezes_all_that_comes_into_the_unit_under_the_mouse(panel, qtbot):
    hover(panel, panel.view.unit_box((1, 1)).center().toPoint())
    qtbot.keyClick(panel.view, Qt.Key.Key_F)
    assert selectors.settings(panel.store.state, 0).frozen == ("b[0][1]", "w[0][1][0]", "w[0][1][1]")
    before = value(panel, Parameter(0, 1, 0))
    sees(replace_playing(panel), 20)
    assert value(panel, Parameter(0, 1, 0)) == before
    assert locks(panel) == 3


def replace_playing(panel):
    panel.store.dispatch(Train())
    return panel


def test_without_numbers_on_the_edges_a_whole_unit_has_one_lock(put, trained):
    frozen = with_value(with_value(XOR, "hidden", (8, 4)), "frozen", ("layer[1]", "w[0][0][1]"))
    panel = put(NetworkPanel, trained(0, frozen), *LANE)
    assert locks(panel) == 4 + 1


# ------------------------------------------------------------------------------------- building
def press(panel, kind):
    button = next(button for button in panel.view.extras.buttons if button.kind == kind)
    box = panel.view._camera.to_window(place_rect(button.box))
    at = box.center().toPoint()
    hover(panel, at)
    mouse(panel, QEvent.Type.MouseButtonPress, at, LEFT, LEFT)


def place_rect(box):
    return QRectF(*box)


def hidden(panel):
    return selectors.settings(panel.store.state, 0).hidden


def column(panel, layer):
    hover(panel, panel.view.unit_box((layer, 0)).center().toPoint())


def gap(panel, layer):
    left, right = panel.view.unit_box((layer - 1, 0)), panel.view.unit_box((layer, 0))
    hover(panel, QPoint(int((left.right() + right.left()) / 2) + 30, 90))


def test_no_button_is_there_before_the_mouse_is(first):
    assert first.view.extras.buttons == ()
    assert first.view.extras._buttons == []


def test_the_buttons_of_a_column_add_and_remove_a_unit(first):
    column(first, 1)
    press(first, "add")
    assert hidden(first) == (3,)
    assert first.store.state.past[-1].label == "hidden units 2 to 3, weights drawn anew"
    for left in ((2,), (1,), ()):
        column(first, 1)
        press(first, "remove")
        assert hidden(first) == left


def test_a_button_between_two_columns_adds_a_layer(first):
    gap(first, 1)
    press(first, "layer")
    assert hidden(first) == (2, 2)
    gap(first, 3)
    press(first, "layer")
    assert hidden(first) == (2, 2, 2)


def test_sixteen_units_and_eight_layers_are_the_most_and_it_says_so(put, trained):
    panel = put(NetworkPanel, trained(0, with_value(XOR, "hidden", (16,) * 8)), *LANE)
    column(panel, 2)
    press(panel, "add")
    assert panel.store.state.message == "A network has 0 to 8 hidden layers of 1 to 16 units."
    assert hidden(panel) == (16,) * 8


def test_insert_and_delete_add_and_remove_at_the_focused_unit(first, qtbot):
    first.view.focused = (1, 0)
    qtbot.keyClick(first.view, Qt.Key.Key_Insert)
    assert hidden(first) == (3,)
    qtbot.keyClick(first.view, Qt.Key.Key_Delete)
    assert hidden(first) == (2,)
    first.view.focused = (0, 1)
    qtbot.keyClick(first.view, Qt.Key.Key_Delete)
    assert selectors.settings(first.store.state, 0).features == ("x",)
    first.view.focused = (0, 0)
    qtbot.keyClick(first.view, Qt.Key.Key_Delete)
    assert first.store.state.message == "A network needs at least one input."


def choose(panel, *words):
    menu = panel.hands.menu
    for word in words:
        action = next(one for one in menu.actions() if one.text().split("\t")[0] == word)
        menu = action.menu() or menu
    action.trigger()


def test_a_click_on_a_badge_offers_activations_for_that_layer(put, trained):
    panel = put(NetworkPanel, trained(0, with_value(XOR, "hidden", (2, 2))), *LANE)
    tile = panel._scene.plan.layers[1][0]
    at = panel.view._camera.to_window(place_rect(tile.badge)).center().toPoint()
    mouse(panel, QEvent.Type.MouseButtonPress, at, LEFT, LEFT)
    choose(panel, "tanh")
    assert selectors.settings(panel.store.state, 0).activation == ("tanh", "relu")
    mouse(panel, QEvent.Type.MouseButtonPress, at, LEFT, LEFT)
    assert panel.hands.menu.actions()[0].text() == "All layers"
    choose(panel, "All layers", "sin")
    assert selectors.settings(panel.store.state, 0).activation == "sin"
    assert selectors.settings(panel.store.state, 1).activation == "identity"


def test_plus_inputs_offers_every_feature(first):
    column(first, 0)
    press(first, "inputs")
    told, *texts = [one.text() for one in first.hands.menu.actions()]
    assert told == "The other place where nonlinearity can sit."
    assert texts == ["x₁", "x₂", "x₁²", "x₂²", "x₁x₂", "sin x₁", "sin x₂", "cos x₁", "cos x₂"]
    assert [one.isChecked() for one in first.hands.menu.actions()][1:4] == [True, True, False]
    choose(first, "x₁x₂")
    assert selectors.settings(first.store.state, 1).features == ("x", "y", "xy")


# ------------------------------------------------------------------------------------- menus
def ask(panel, at):
    port = panel.view.viewport()
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(port, QContextMenuEvent(reason, at, port.mapToGlobal(at)))


def test_the_menu_of_a_number_sets_and_freezes_it(panel):
    ask(panel, spot(panel, WEIGHT))
    title = panel.hands.menu.actions()[0]
    assert title.text() == f"Weight x₁→h₁ = {value(panel, WEIGHT):+.2f}".replace("-", "−")
    assert not title.isEnabled()
    choose(panel, "Set to 0")
    assert value(panel, WEIGHT) == 0
    ask(panel, spot(panel, WEIGHT))
    choose(panel, "Frozen in both networks")
    assert [selectors.settings(panel.store.state, twin).frozen for twin in (0, 1)] == [("w[0][0][0]",)] * 2
    assert len(panel.store.state.past) == 2  # the zero, and one for both locks
    ask(panel, spot(panel, WEIGHT))
    choose(panel, "Set to…")
    assert panel.view.entry is not None


def test_the_menu_of_a_unit_does_all_that_hands_can(panel):
    at = panel.view.unit_box((1, 0)).center().toPoint()
    ask(panel, at)
    choose(panel, "Frozen", "Its layer")
    assert selectors.settings(panel.store.state, 0).frozen == ("layer[0]",)
    ask(panel, at)
    choose(panel, "Add a layer behind")
    assert hidden(panel) == (2, 2)
    ask(panel, panel.view.unit_box((1, 0)).center().toPoint())
    choose(panel, "Remove this layer")
    assert hidden(panel) == (2,)
    ask(panel, panel.view.unit_box((0, 1)).center().toPoint())
    choose(panel, "Remove the input x₂")
    assert selectors.settings(panel.store.state, 0).features == ("x",)


def test_the_menu_key_asks_for_the_focused_units_menu(panel):
    panel.view.focused = (2, 0)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
    QApplication.sendEvent(panel.view.viewport(), event)
    texts = [one.text() for one in panel.hands.menu.actions()]
    assert texts[:2] == ["Numbers of ŷ", "Frozen"]
    choose(panel, "Numbers of ŷ", "Bias ŷ…")
    assert panel.view.entry is not None


def test_biases_are_switched_off_with_their_dots_and_back(panel):
    ask(panel, QPoint(640, 410))
    choose(panel, "Biases")
    state = panel.store.state
    assert [selectors.settings(state, twin).bias for twin in (0, 1)] == [False, True]
    assert not any(unit.dot.isVisible() or unit.bias.isVisible() for unit in panel._scene.units)
    assert [found.words for found in entries(state, 0, panel.view.target_at(QPointF(640, 410)))] == [
        "Inputs",
        "Biases",
    ]
    ask(panel, QPoint(640, 410))
    choose(panel, "Biases")
    assert panel._scene.units[2].dot.isVisible()


# ------------------------------------------------------------------------------------- the walk
def tags(panel):
    return {tag.text.text() for tag in panel.hands.walking._tags}


def at_phase(panel, phase):
    found = [i for i, one in enumerate(walk.moments(panel.store.state)) if one.phase == phase]
    panel.store.dispatch(Walk(found[0]))
    return walk.highlight(panel.store.state)


@pytest.mark.parametrize("phase", ["product", "backward", "mean", "update"])
def test_the_walk_writes_its_numbers_at_the_edges(put, trained, phase):
    panel = put(NetworkPanel, trained(20), *LANE)
    panel.store.dispatch(SetReducedMotion(True))
    now = at_phase(panel, phase)
    assert tags(panel) == {text.text for text in now.edges}
    assert len(panel.hands.walking._tags) == len(now.edges)
    panel.store.dispatch(Walk(None))
    assert tags(panel) == set()
    assert all(unit.bright for unit in panel._scene.units)


def test_the_walk_dims_what_it_is_not_about_and_only_its_own_twin(put, trained):
    panel = put(NetworkPanel, trained(20), *LANE)
    panel.store.dispatch(SetReducedMotion(True))
    at_phase(panel, "backward")  # into the output first
    assert [unit.bright for unit in panel._scene.units] == [False, False, True, True, True]
    assert [edge.bright for edge in panel._scene.edges] == [False] * 4 + [True] * 2
    hover(panel, panel.view.unit_box((0, 0)).center().toPoint())
    hover(panel, QPoint(640, 410))
    assert [unit.bright for unit in panel._scene.units] == [False, False, True, True, True]
    other = NetworkPanel(1)
    other.resize(*LANE)
    other.set_look(Look(THEMES["light"], 21, "wide"))
    other.show_state(None, panel.store.state)
    assert all(unit.bright for unit in other._scene.units)
    other.deleteLater()


def test_a_pulse_runs_once_along_the_edges_and_not_where_motion_is_unwanted(put, trained, qtbot):
    panel = put(NetworkPanel, trained(20), *LANE)
    at_phase(panel, "forward")
    walking = panel.hands.walking
    assert walking.running
    assert len(walking._dots) == 4
    start = walking._dots[0][0].pos().x()
    qtbot.waitUntil(lambda: walking._dots and walking._dots[0][0].pos().x() > start, timeout=2000)
    qtbot.waitUntil(lambda: not walking.running, timeout=2000)
    assert walking._dots == []
    panel.store.dispatch(SetReducedMotion(True))
    at_phase(panel, "backward")
    assert not walking.running


def test_the_walk_shows_the_values_of_its_own_point(put, trained):
    state = replace(trained(20), probe=(0.5, 0.5), reduced_motion=True)
    panel = put(NetworkPanel, state, *LANE)
    now = at_phase(panel, "forward")
    assert now.at == (0.0, 0.0)
    assert [unit.value.text.text() for unit in panel._scene.units[:2]] == ["0", "0"]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("shape", [(), (1,), (16,), (8, 4), (16,) * 8])
def test_every_shape_can_be_hovered_locked_and_walked(qtbot, look, trained, theme, shape):
    built = with_value(XOR, "hidden", shape)
    state = replace(trained(2, with_edit(built, 1, "frozen", ("layer[0]",), 0)), walk=0)
    panel = NetworkPanel(0)
    qtbot.addWidget(panel)
    panel.resize(*LANE)
    panel.set_look(Look(THEMES[theme], 21, "wide"))
    for step, moment in enumerate(walk.moments(state)[:12]):
        panel.show_state(None, replace(state, walk=step))
        assert panel.hands.walking.now.phase == moment.phase
    for x in range(0, LANE[0], 40):
        hover(panel, QPoint(x, 200))
        for button in panel.view.extras.buttons:
            assert panel.view.band.contains(panel.view._camera.to_window(place_rect(button.box)).center())
    assert not panel.grab().isNull()
