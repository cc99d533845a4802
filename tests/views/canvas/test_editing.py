"""Hands turn, type and freeze a number on the canvas, and undo takes one gesture back."""

import pytest
from PySide6.QtCore import QPoint, Qt

from netviz.session import engine, selectors
from netviz.session.actions import SetField, Tell, Train, Undo
from netviz.session.experiment import with_value
from netviz.session.parameters import BIAS, Parameter
from netviz.views.canvas.editing import ENTRY, PER_EM
from netviz.views.panels.network import NetworkPanel

from .mouse import (
    BIAS_1,
    LANE,
    LEFT,
    OTHER,
    SHIFT,
    WEIGHT,
    XOR,
    drag,
    drop,
    grab,
    hover,
    locks,
    sees,
    shown_at,
    spot,
    value,
    wheel,
)


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
    sees(playing(panel), 20)
    assert value(panel, Parameter(0, 1, 0)) == before
    assert locks(panel) == 3


def playing(panel):
    panel.store.dispatch(Train())
    return panel


def test_without_numbers_on_the_edges_a_whole_unit_has_one_lock(put, trained):
    frozen = with_value(with_value(XOR, "hidden", (8, 4)), "frozen", ("layer[1]", "w[0][0][1]"))
    panel = put(NetworkPanel, trained(0, frozen), *LANE)
    assert locks(panel) == 4 + 1
