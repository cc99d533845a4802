"""Hands add and remove units, layers and inputs on the canvas; the menus can do all of it."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication

from netviz.session import selectors
from netviz.session.experiment import with_value
from netviz.views.canvas.edges import widths
from netviz.views.canvas.menus import entries
from netviz.views.panels.network import NetworkPanel
from netviz.views.theme import THEMES, Look

from .mouse import (
    LANE,
    LEFT,
    WEIGHT,
    XOR,
    hover,
    mouse,
    place_rect,
    spot,
    value,
)


def press(panel, kind):
    button = next(button for button in panel.view.extras.buttons if button.kind == kind)
    box = panel.view._camera.to_window(place_rect(button.box))
    at = box.center().toPoint()
    hover(panel, at)
    mouse(panel, QEvent.Type.MouseButtonPress, at, LEFT, LEFT)


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
        "Histograms of the weights\tH",
    ]
    ask(panel, QPoint(640, 410))
    choose(panel, "Biases")
    assert panel._scene.units[2].dot.isVisible()


def test_lines_are_wider_where_a_hall_looks_at_them():
    light, hall = (
        widths(np.array([1.0]), Look(THEMES[name], 20, "wide"))[0] for name in ("light", "projector")
    )
    assert hall == pytest.approx(1.4 * light, rel=0.05)
