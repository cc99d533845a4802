"""The gallery: one sum through all activations, each to be chosen for a twin, one to be drawn."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetricsF

from netviz.core.activations import ACTIVATIONS
from netviz.core.drawn import HINGE
from netviz.session.actions import SetField
from netviz.views.controls.activation_cards import exactly, fact, value_text
from netviz.views.panels.gallery import PANEL, GalleryPanel
from netviz.views.theme import LABEL, THEMES, Look

LEFT = Qt.MouseButton.LeftButton
SIGMOID = ACTIVATIONS["sigmoid"]
FILLED = (1880, 940)


def chip_texts(panel):
    return {name: chip.accessibleDescription() for name, chip in panel.chips.items()}


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_a_key_shows_a_small_one_whole(put, trained, qtbot, key):
    panel = put(GalleryPanel, trained(0))
    qtbot.keyClick(panel.chips["sigmoid"], key)
    assert panel.chosen.label.text() == "sigmoid"


@pytest.mark.parametrize(("button", "value"), [(0, "0.95"), (1, "0.99995")])
def test_the_sigmoid_of_3_and_of_10(put, trained, qtbot, button, value):
    panel = put(GalleryPanel, trained(0))
    qtbot.mouseClick(panel.presets[button], LEFT)
    assert chip_texts(panel)["sigmoid"] == value  # 0.9525741, 0.9999546
    qtbot.mouseClick(panel.chips["sigmoid"], LEFT)
    assert panel.chosen.value.text() == value
    assert panel.accessibleName() == panel.sentence(panel.store.state)  # its z is the panel's own
    assert panel.chosen.label.text() == "sigmoid"
    assert "= 1." in panel.chosen.fact.text()


def test_one_sum_goes_through_all(put, trained, qtbot):
    panel = put(GalleryPanel, trained(0), *FILLED)
    assert all(card.isVisible() for card in panel.cards.values())
    qtbot.mouseClick(panel.presets[0], LEFT)
    assert {name: card.value.text() for name, card in panel.cards.items()} == {
        "identity": "3.00", "relu": "3.00", "leaky_relu": "3.00", "elu": "3.00", "softplus": "3.05",
        "sigmoid": "0.95", "tanh": "0.995", "silu": "2.86", "gelu": "3.00", "sin": "0.14", "cos": "−0.99",
        "gaussian": "0.0001", "step": "1.00", "drawn": "3.00",
    }  # fmt: skip
    assert "sigmoid 0.95" in panel.sentence(panel.store.state)


def test_the_sum_is_dragged_on_any_curve(put, trained, qtbot):
    panel = put(GalleryPanel, trained(0), *FILLED)
    curve = panel.cards["tanh"].curve
    at = curve.frame().at(-2.0, 0.0).toPoint()
    qtbot.mousePress(curve, LEFT, pos=QPoint(curve.width() // 2, 20))
    assert panel.z == pytest.approx(0, abs=0.02)
    qtbot.mouseMove(curve, at)
    qtbot.mouseRelease(curve, LEFT, pos=at)
    assert panel.z == pytest.approx(-2, abs=0.02)
    assert panel.cards["relu"].value.text() == "0.00"
    assert panel.cards["relu"].fact.text() == "Gate shut: nothing passes."
    assert panel.slider.value() == round(100 * panel.z)


def test_the_sum_is_moved_by_keys_and_by_the_slider(put, trained, qtbot):
    panel = put(GalleryPanel, trained(0))
    qtbot.keyClick(panel.chosen.curve, Qt.Key.Key_Right)
    assert panel.z == pytest.approx(1.1)
    qtbot.keyClick(panel.slider, Qt.Key.Key_Left)
    assert panel.z == pytest.approx(1.0)
    panel.slider.setValue(-300)
    assert chip_texts(panel)["sigmoid"] == "0.05"
    assert panel.sum.text() == "z = −3"


def test_an_activation_is_chosen_for_a_twin(put, trained, qtbot):
    panel = put(GalleryPanel, trained(0))
    assert panel.name == "relu"
    assert [button.isChecked() for button in panel.chosen.buttons] == [True, False]
    qtbot.mouseClick(panel.chips["tanh"], LEFT)
    assert panel.actions == []
    qtbot.mouseClick(panel.chosen.buttons[1], LEFT)
    assert panel.actions == [SetField("activation", "tanh", 1)]
    assert panel.store.state.experiment.twins[1].activation == "tanh"
    assert [button.isChecked() for button in panel.chosen.buttons] == [False, True]
    assert panel.chips["tanh"].accessibleName() == "tanh, without"


def test_a_choice_that_is_there_already_stays_chosen(put, trained, qtbot):
    panel = put(GalleryPanel, trained(0))
    qtbot.mouseClick(panel.chosen.buttons[0], LEFT)
    assert panel.chosen.buttons[0].isChecked()


def drawing(put, trained, qtbot):
    panel = put(GalleryPanel, trained(0), 483, 570)
    qtbot.mouseClick(panel.chips["drawn"], LEFT)
    return panel, panel.chosen.curve


def drag(qtbot, curve, begin, *ends):
    qtbot.mousePress(curve, LEFT, pos=begin)
    for end in ends:
        qtbot.mouseMove(curve, end)
    qtbot.mouseRelease(curve, LEFT, pos=ends[-1])


def test_a_point_is_dragged_in_one_gesture(put, trained, qtbot):
    panel, curve = drawing(put, trained, qtbot)
    frame = curve.frame()
    drag(qtbot, curve, frame.at(-2, 0).toPoint(), frame.at(-2, 1).toPoint(), frame.at(-3, 2).toPoint())
    assert [action.same_gesture for action in panel.actions] == [False, True]
    assert panel.actions[-1].key == "curve"
    first, *others = panel.store.state.experiment.twins[0].curve
    assert first == pytest.approx((-3, 2), abs=0.06)
    assert tuple(others) == HINGE[1:]
    assert len(panel.store.state.past) == 1
    assert chip_texts(panel)["drawn"] == "1.00"


def test_a_point_never_passes_its_neighbour(put, trained, qtbot):
    panel, curve = drawing(put, trained, qtbot)
    frame = curve.frame()
    drag(qtbot, curve, frame.at(-2, 0).toPoint(), frame.at(1, 0).toPoint())
    assert panel.store.state.experiment.twins[0].curve[0][0] == pytest.approx(-0.1)


def test_a_double_click_adds_a_point_and_dragging_it_out_takes_it_away(put, trained, qtbot):
    panel, curve = drawing(put, trained, qtbot)
    frame = curve.frame()
    spot = frame.at(-1, 1.5).toPoint()
    qtbot.mouseDClick(curve, LEFT, pos=spot)
    knots = panel.store.state.experiment.twins[0].curve
    assert len(knots) == 4
    assert knots[1] == pytest.approx((-1, 1.5), abs=0.06)
    drag(qtbot, curve, spot, frame.at(-1, 4).toPoint(), QPoint(spot.x(), -60))
    assert len(panel.store.state.experiment.twins[0].curve) == 3


def test_the_drawing_can_be_made_by_keys(put, trained, qtbot):
    panel, curve = drawing(put, trained, qtbot)
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(curve, Qt.Key.Key_Right, control)
    qtbot.keyClick(curve, Qt.Key.Key_Up, shift)
    assert panel.store.state.experiment.twins[0].curve[0] == (-2.0, 0.1)
    qtbot.keyClick(curve, Qt.Key.Key_Left, control)
    qtbot.keyClick(curve, Qt.Key.Key_Delete)
    assert panel.store.state.experiment.twins[0].curve == ((-2.0, 0.1), (0.0, 0.0))
    qtbot.keyClick(curve, Qt.Key.Key_Right, control)
    qtbot.keyClick(curve, Qt.Key.Key_Delete)  # two points stay
    assert len(panel.store.state.experiment.twins[0].curve) == 2
    qtbot.keyClick(curve, Qt.Key.Key_Insert)
    assert panel.store.state.experiment.twins[0].curve[2][0] == panel.z == 1.0


def test_a_twin_can_have_the_drawn_one(put, trained, qtbot):
    panel, _ = drawing(put, trained, qtbot)
    qtbot.mouseClick(panel.chosen.buttons[0], LEFT)
    assert panel.actions == [SetField("activation", "drawn", 0)]
    assert panel.store.state.experiment.twins[0].activation == "drawn"


@pytest.mark.parametrize(
    ("row", "z", "text"),
    [
        ("sigmoid", 10.0, "0.99995"),
        ("sigmoid", -10.0, "0.00005"),
        ("tanh", 10.0, "1 − 4e−9"),
        ("tanh", -10.0, "−1 + 4e−9"),
        ("gaussian", 10.0, "4e−44"),
        ("relu", -3.0, "0.00"),
        ("step", 1.0, "1.00"),
        ("elu", -10.0, "−0.99995"),
    ],
)
def test_no_value_looks_like_a_bound_that_it_does_not_reach(row, z, text):
    assert value_text(ACTIVATIONS[row], z) == text


def test_plain_values_have_two_decimals():
    assert exactly(0.5, 0.0, 1.0) == "0.50"


@pytest.mark.parametrize("z", [-10.0, 0.0, 3.0, 12.0])
def test_the_sigmoid_is_symmetric_about_a_half(z):
    assert fact(SIGMOID, z).endswith(" = 1.")


@pytest.mark.parametrize(
    ("name", "z", "text"),
    [
        ("relu", 2.0, "Gate open: the sum gets through."),
        ("step", -1.0, "Gate shut: nothing passes."),
        ("tanh", 0.0, "Squashed: always between −1 and 1."),
        ("softplus", 0.0, "Never below 0."),
        ("identity", 1.0, ""),
    ],
)
def test_each_activation_has_its_fact(name, z, text):
    assert fact(ACTIVATIONS[name], z) == text


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", [(483, 570), (980, 640), FILLED])
def test_nothing_lies_on_anything_or_sticks_out(put, trained, theme, size):
    panel = put(GalleryPanel, trained(0), *size)
    panel.set_look(Look(THEMES[theme], 21, "wide"))
    panel.grab()
    shown = [
        part for part in (*panel.cards.values(), panel.chosen, *panel.chips.values()) if part.isVisible()
    ]
    boxes = [part.geometry() for part in shown]
    assert all(panel.area.rect().contains(box) for box in boxes)
    assert not any(a.intersects(b) for i, a in enumerate(boxes) for b in boxes[:i])
    assert len(boxes) == (len(ACTIVATIONS) if size == FILLED else len(ACTIVATIONS) + 1)


def test_its_place_is_that_of_the_brief():
    assert (PANEL.title, PANEL.where, PANEL.order, PANEL.key, PANEL.tab, PANEL.door) == (
        "Activations", "instrument", 60, "G", "", False,
    )  # fmt: skip


def test_a_small_page_still_says_that_points_are_dragged(put, trained, qtbot):
    panel = put(GalleryPanel, trained(0), 430, 460)
    qtbot.mouseClick(panel.chips["drawn"], LEFT)
    assert panel.chosen.fact.text() == "Drag its points to draw your own."
    qtbot.mouseClick(panel.chips["sigmoid"], LEFT)
    assert "= 1." in panel.chosen.fact.text()  # 0.73 + 0.27


@pytest.mark.parametrize(
    ("theme", "em", "width", "height"),
    [("projector", 20, 680, 460), ("light", 15, 688, 528), ("light", 15, 309, 408)],
)
def test_small_cards_are_as_high_as_their_words_and_fill_their_page(put, trained, theme, em, width, height):
    panel = put(GalleryPanel, replace(trained(0), theme=theme), width, height)
    panel.set_look(Look(THEMES[theme], em, "tabs"))
    chips = [chip for chip in panel.chips.values() if chip.isVisible()]
    assert len(chips) == len(panel.chips)
    words = QFontMetricsF(chips[0].look.font(LABEL, 700)).capHeight()
    assert all(chip.height() - 0.32 * em > 1.3 * words for chip in chips)  # inside a frame
    assert max(chip.geometry().bottom() for chip in chips) > 0.8 * panel.area.height()


@pytest.mark.parametrize(("size", "whole"), [((309, 408), False), ((980, 640), False), (FILLED, True)])
def test_a_page_says_once_what_is_dashed(put, trained, size, whole):
    panel = put(GalleryPanel, trained(0), *size)
    told = [panel.slope, *(card.slope for card in (panel.chosen, *panel.cards.values()))]
    assert [label for label in told if label.isVisible()] == [panel.slope if whole else panel.chosen.slope]
    assert panel.chosen.slope.text() == panel.slope.text() == "dashed: slope"
    assert "all values" in panel.chosen.curve.toolTip()  # the bar


@pytest.mark.parametrize(("room", "seen"), [(1, True), (-1, False)])
def test_what_is_dashed_gives_way_to_name_and_buttons(put, trained, room, seen):
    card = put(GalleryPanel, trained(0)).chosen
    row = (card.label, card.slope, *card.buttons)
    card.resize(sum(part.sizeHint().width() + card._head.spacing() for part in row) + room, card.height())
    assert card.slope.isVisible() is seen


def test_its_buttons_say_which_sum_they_send(put, trained):
    assert [button.text() for button in put(GalleryPanel, trained(0)).presets] == ["z = 3", "z = 10"]
