"""By hand: the nine numbers are set by mouse and keys, and the lamps tell the truth."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt

from netviz.session import selectors
from netviz.session.actions import Open, OpenPanel, Pause, SetField, SetTarget, SetView, Train, Undo
from netviz.session.instruments import by_hand
from netviz.session.instruments.by_hand import ENOUGH, LESSONS
from netviz.session.presets import PRESETS
from netviz.session.store import reduce
from netviz.session.text import signed
from netviz.views.drawing.sheet import Sheet
from netviz.views.panels.hand import EMPTY, UNDO, HandPanel
from netviz.views.theme import THEMES, Look

SIZE = (432, 457)


@pytest.fixture
def hand(put, trained):
    """Open the panel on a trained state, with the lamps of one twin."""

    def hand(state=None, twin=None):
        panel = put(HandPanel, trained(0) if state is None else state, *SIZE)
        if twin is not None:
            panel.twins[twin].click()
        return panel

    return hand


def drag(qtbot, slider, *values):
    at = [QPoint(slider.place_of(round(value / 0.05)), slider.height() // 2) for value in values]
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=at[0])
    for point in at[1:]:
        qtbot.mouseMove(slider, point)
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=at[-1])


def write(qtbot, cell, text):
    cell.entry.setFocus()
    cell.entry.selectAll()
    cell.entry.insert(text)  # QTest's keys know ASCII alone
    qtbot.keyClick(cell.entry, Qt.Key.Key_Return)


def now(panel, twin=0):
    return by_hand.numbers(panel.store.state, twin)


def test_it_begins_without_a_bend_and_with_todays_numbers(hand):
    panel = hand()
    assert panel.told.twin == 1
    assert [cell.entry.text() for cell in panel.cells] == [signed(value) for value in now(panel, 1)]
    assert panel.cells[0].entry.text() == "−0.64"
    assert panel.accessibleName() == (
        "Light all four lamps without a bend. 2 of 4 lit, loss 0.927. 00 right, 01 wrong, 10 wrong, 11 right."
    )


@pytest.mark.parametrize("index", range(9))
def test_a_drag_sets_one_number_of_both_twins_and_one_undo_brings_the_start_back(hand, trained, qtbot, index):
    panel = hand()
    before = now(panel)
    drag(qtbot, panel.cells[index].slider, 1.2, 1.5, -1.75)
    expected = (*before[:index], -1.75, *before[index + 1 :])
    assert now(panel, 0) == now(panel, 1) == expected
    assert panel.cells[index].entry.text() == "−1.75"
    assert panel.told.feet == (UNDO,)
    assert len(panel.store.state.past) == 1
    panel.store.dispatch(Undo())
    assert now(panel) == before
    assert panel.store.state.experiment == trained(0).experiment


def test_a_key_moves_a_number_by_a_snap(hand, qtbot):
    panel = hand()
    drag(qtbot, panel.cells[2].slider, 0.5)
    qtbot.keyClick(panel.cells[2].slider, Qt.Key.Key_Right)
    assert now(panel)[2] == 0.55
    qtbot.keyClick(panel.cells[2].slider, Qt.Key.Key_PageDown)
    assert now(panel)[2] == 0.3


@pytest.mark.parametrize(("text", "value"), [("1.23", 1.23), ("-2", -2.0), ("−0.5", -0.5), ("+1", 1.0)])
def test_a_number_can_be_typed(hand, qtbot, text, value):
    panel = hand()
    write(qtbot, panel.cells[4], text)
    assert now(panel)[4] == value
    assert panel.cells[4].entry.text() == signed(value)


def test_lamps_that_are_chosen_during_training_are_those_of_the_frame_shown_last(hand, trained):
    first, second = (replace(trained(step), playing=True) for step in (20, 60))
    panel = hand(first)
    for _ in panel.showing(first, second):
        pass
    panel.twins[0].click()
    assert (panel.told.twin, panel.told.loss) == (0, selectors.loss(second, 0))


@pytest.mark.parametrize("text", ["3", "x", ""])
def test_a_wrong_number_is_refused_with_a_sentence(hand, qtbot, text):
    panel = hand()
    before = now(panel)
    write(qtbot, panel.cells[4], text or " ")
    assert panel.actions == []
    assert panel.wrong.startswith("Expected a number from −2 to 2, got")
    assert panel.cells[4].entry.text() == signed(before[4])
    write(qtbot, panel.cells[4], "1")
    assert panel.wrong == ""


def test_the_number_that_stands_there_is_no_change(hand, qtbot):
    panel = hand()
    write(qtbot, panel.cells[4], panel.cells[4].entry.text())
    assert panel.actions == []


def test_goodfellows_numbers_win_by_drags(hand, qtbot):
    panel = hand(twin=0)
    for cell, value in zip(panel.cells, LESSONS[-1].numbers, strict=True):
        drag(qtbot, cell.slider, value)
    assert [lamp.output for lamp in panel.told.lamps] == [0.0, 1.0, 1.0, 0.0]
    assert [lamp.answer for lamp in panel.told.lamps] == ["right"] * 4
    assert panel.told.loss == 0.0
    assert selectors.verdict(panel.store.state, 0).kind == "learned"
    assert panel.accessibleName().startswith("Done: all four lamps are lit and the loss is below 0.001.")


@pytest.mark.parametrize(("step", "twin"), [(0, 0), (60, 0), (172, 0), (172, 1)])
def test_lamps_and_meter_show_the_chosen_twin(hand, trained, step, twin):
    state = trained(step)
    panel = hand(state, twin)
    assert [lamp.answer for lamp in panel.told.lamps] == list(selectors.answers(state, twin))
    assert [lamp.output for lamp in panel.told.lamps] == selectors.outputs(state, twin).tolist()
    assert [lamp.target for lamp in panel.told.lamps] == [0, 1, 1, 0]
    assert panel.told.loss == selectors.loss(state, twin)
    assert panel.told.floor == pytest.approx(0.25)
    assert panel.twins[twin].isChecked()
    assert not panel.twins[1 - twin].isChecked()


def test_a_lit_lamp_looks_different(hand, trained):
    panel = hand(trained(172), 0)
    lit = panel.grab().toImage()
    panel.told = panel.told._replace(lamps=tuple(one._replace(answer="wrong") for one in panel.told.lamps))
    assert panel.grab().toImage() != lit


def test_a_loss_beyond_the_scale_has_an_arrow(hand):
    panel = hand()
    panel.told = panel.told._replace(loss=1.0)
    full = panel.grab().toImage()
    panel.told = panel.told._replace(loss=1.0001)
    assert panel.grab().toImage() != full


def test_after_enough_tries_the_proof_offers_itself(hand, qtbot):
    panel = hand()
    for i in range(ENOUGH):
        assert not panel.why.isVisible()
        drag(qtbot, panel.cells[0].slider, 0.05 * (i + 1))
    assert panel.why.isVisible()
    qtbot.mouseClick(panel.why, Qt.MouseButton.LeftButton)
    assert panel.actions[-1] == OpenPanel("bend")
    panel.twins[0].click()
    assert not panel.why.isVisible()  # with a bend it can be done


def test_show_me_goes_step_by_step_and_one_undo_brings_all_back(hand, qtbot):
    panel = hand(twin=0)
    drag(qtbot, panel.cells[8].slider, 0.75)
    before = now(panel)
    qtbot.mouseClick(panel.show_me, Qt.MouseButton.LeftButton)
    for step, lesson in enumerate(LESSONS):
        assert now(panel) == lesson.numbers
        assert panel.told.words == f"{step + 1} {lesson.text}"
        assert panel.back.isVisible() == (step > 0)
        assert panel.next.isVisible() == (step < len(LESSONS) - 1)
        if panel.next.isVisible():
            qtbot.mouseClick(panel.next, Qt.MouseButton.LeftButton)
    assert [lamp.answer for lamp in panel.told.lamps] == ["right"] * 4
    qtbot.mouseClick(panel.back, Qt.MouseButton.LeftButton)
    assert now(panel) == LESSONS[-2].numbers
    panel.store.dispatch(Undo())
    assert now(panel) == before
    assert panel.show_me.isVisible()


def test_the_solution_is_shown_only_where_it_is_one(hand, trained):
    assert not hand(twin=1).show_me.isVisible()
    assert hand(twin=0).show_me.isVisible()
    assert not hand(reduce(trained(0), SetTarget(3, 1)), 0).show_me.isVisible()
    assert not hand(reduce(trained(0), SetField("activation", "tanh", 0)), 0).show_me.isVisible()


def test_a_hand_at_the_sliders_ends_training(hand, trained, qtbot):
    panel = hand(reduce(trained(60), Train()))
    drag(qtbot, panel.cells[0].slider, 1.0)
    assert panel.actions[0] == Pause()
    state = panel.store.state
    assert not state.playing
    assert state.step == 0
    assert now(panel, 1)[1:] == by_hand.numbers(trained(60), 1)[1:]  # it goes on from what was trained


def test_the_sliders_follow_training(hand, trained):
    panel = hand(twin=0)
    panel.show_state(trained(0), trained(172))
    assert [cell.entry.text() for cell in panel.cells][:3] == ["−0.94", "+0.88", "+0.11"]
    assert (
        panel.cells[0].slider.value() == -19  # −0.94 / 0.05
    )


def test_a_number_beyond_the_slider_is_still_told(hand, trained):
    weights = by_hand.as_weights((3.5, *LESSONS[-1].numbers[1:]))
    panel = hand(reduce(trained(0), SetField("weights", weights)))
    assert panel.cells[0].entry.text() == "+3.50"
    assert panel.cells[0].slider.value() == panel.cells[0].slider.maximum()


@pytest.mark.parametrize(
    "change", [SetField("hidden", (3,)), SetField("features", ("x", "sin_x")), SetField("hidden", ())]
)
def test_elsewhere_it_offers_2_2_1_on_xor(hand, trained, qtbot, change):
    panel = hand(reduce(trained(0), change))
    assert panel.accessibleName() == EMPTY
    assert not any(cell.isVisible() for cell in panel.cells)
    panel.grab()
    qtbot.mouseClick(panel.use, Qt.MouseButton.LeftButton)
    assert panel.actions == [Open(PRESETS["xor"].experiment, "2-2-1 on XOR")]
    assert all(cell.isVisible() for cell in panel.cells)
    assert not panel.use.isVisible()


def test_one_twin_shown_alone_needs_no_switch(hand):
    panel = hand()
    panel.store.dispatch(SetView("with"))
    assert panel.told.twin == 0
    assert not any(button.isVisible() for button in panel.twins)


@pytest.mark.parametrize(("width", "height"), [(432, 457), (692, 544), (1877, 883)])
def test_nothing_leaves_the_panel_and_nothing_overlaps(put, trained, width, height):
    panel = put(HandPanel, trained(172), width, height)
    panel.twins[0].click()
    parts = [*panel.cells, *panel.twins, panel.show_me]
    boxes = [part.geometry() for part in parts]
    assert all(panel.rect().contains(box) for box in boxes)
    assert not any(a.intersects(b) for i, a in enumerate(boxes) for b in boxes[:i])


@pytest.mark.parametrize("size", [(760, 401), (980, 500), (958, 566), (625, 440)])  # the first at 800x600
def test_on_a_projector_the_handles_are_whole_and_the_foot_keeps_off_the_buttons(put, trained, size):
    panel, feet, runs = put(HandPanel, trained(0), *size), [], Sheet.runs
    panel.set_look(Look(THEMES["projector"], 20, "wide"))
    panel.twins[0].click()
    panel.show_me.click()
    assert all(cell.slider.geometry().bottom() <= cell.height() + 2 for cell in panel.cells)
    panel.wrong = "What was typed is refused."

    def run(self, parts, left, middle, ems=1.0):
        feet.extend((left, middle) for part in parts if part.words == panel.wrong)
        return runs(self, parts, left, middle, ems)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Sheet, "runs", run)
        panel.grab()
    [(left, middle)] = feet
    for button in (panel.why, panel.next):  # the widest one, and the one on the right
        assert not button.geometry().contains(round(left), round(middle))
        assert panel.rect().contains(button.geometry())


def test_an_unchanged_state_is_not_read_again(hand, trained, monkeypatch):
    panel = hand()
    monkeypatch.setattr(panel, "read", lambda state: pytest.fail("read again"))
    panel.show_state(trained(0), replace(trained(0), probe=(0.1, 0.1), log_loss=True))
