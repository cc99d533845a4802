"""The dial panel turns nonlinearity up and down, and shows what was learned at each setting."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt

from netviz.session import selectors
from netviz.session.actions import OpenPanel, SetField, SetView, Undo
from netviz.session.engine import Request, advance
from netviz.session.presets import PRESETS
from netviz.session.sides import DIALS, side_experiment
from netviz.session.store import reduce
from netviz.session.text import shown
from netviz.views import dial_parts
from netviz.views.canvas import surfaces
from netviz.views.drawing.sheet import Sheet
from netviz.views.panels import dial
from netviz.views.panels.dial import NO_HIDDEN, NO_STRIP, WAITING, DialPanel


def drag(qtbot, slider, *values):
    at = [QPoint(slider.place_of(value), slider.height() // 2) for value in values]
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=at[0])
    for point in at[1:]:
        qtbot.mouseMove(slider, point)
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=at[-1])


def now(panel, twin=0):
    return selectors.settings(panel.store.state, twin).dial


def test_a_drag_turns_the_first_twins_dial_and_one_undo_takes_it_back(put, trained, qtbot):
    panel = put(DialPanel, trained(172))
    drag(qtbot, panel.sliders[0], 90, 60, 25)
    assert [action.value for action in panel.actions] == [0.9, 0.6, 0.25]
    assert now(panel) == 0.25
    assert panel.told.rows[0].dial == 0.25
    assert len(panel.store.state.past) == 1
    panel.store.dispatch(Undo())
    assert now(panel) == 1.0
    assert panel.sliders[0].value() == 100


def test_two_drags_are_two_undos(put, trained, qtbot):
    panel = put(DialPanel, trained(0))
    drag(qtbot, panel.sliders[0], 50, 40)
    drag(qtbot, panel.sliders[0], 70, 80)
    assert len(panel.store.state.past) == 2
    panel.store.dispatch(Undo())
    assert now(panel) == 0.4


def test_a_key_turns_it_by_5_percent(put, trained, qtbot):
    panel = put(DialPanel, trained(172))
    qtbot.keyClick(panel.sliders[0], Qt.Key.Key_Left)
    qtbot.keyClick(panel.sliders[0], Qt.Key.Key_Left)
    assert panel.actions == [SetField("dial", 0.95, 0), SetField("dial", 0.9, 0)]


def test_an_affine_twin_has_nothing_to_dial(put, trained):
    panel = put(DialPanel, trained(172))
    assert list(panel.sliders) == [0]
    assert panel.told.rows[1].whole is None
    assert "Without (identity) has nothing to dial." in panel.accessibleName()


def test_a_second_twin_that_bends_has_its_own_slider(put, trained, qtbot):
    panel = put(DialPanel, reduce(trained(172), SetField("activation", "tanh", 1)))
    drag(qtbot, panel.sliders[1], 30)
    assert (now(panel, 0), now(panel, 1)) == (1.0, 0.3)
    assert "With tanh: 30 %." in panel.accessibleName()
    panel.store.dispatch(SetField("activation", "identity", 1))
    assert not panel.sliders[1].isVisible()


@pytest.mark.parametrize("t", DIALS)
def test_the_curve_is_the_activation_at_t(put, trained, t):
    panel = put(DialPanel, reduce(trained(172), SetField("dial", t, 0)))
    value = panel.told.rows[0].now.value
    for z in (-2.0, -0.5, 0.0, 1.5):
        assert value(z) == pytest.approx((1 - t) * z + t * max(0.0, z))


def test_the_strip_shows_losses_marks_and_surfaces_of_the_five_copies(put, trained):
    panel = put(DialPanel, trained(172))
    copies = [one.copy for one in panel.told.strip]
    assert [shown(one.loss, 3) for one in copies] == ["0.250", "0.245", "0.217", "0.006", "0.001"]
    assert [one.kind for one in copies] == ["cannot", "on_the_way", "on_the_way", "on_the_way", "learned"]
    assert panel.told.strip[0].picture is None  # one half everywhere: hatched
    answers = surfaces.responses(
        copies[4].settings, copies[4].params, selectors.section(trained(172)), dial_parts.SIDE
    )
    expected = surfaces.pixmaps(surfaces.as_answers(answers.output[None]))[0].toImage()
    assert panel.told.strip[4].picture.toImage() == expected


def test_the_panel_says_what_was_learned_where(put, trained):
    said = put(DialPanel, trained(172)).accessibleName()
    assert said == (
        "With ReLU: 100 %. Without (identity) has nothing to dial. "
        "What ReLU learns from the same start, and its loss, at epoch 172: "
        "At 0 % it cannot; from 25 % to 75 % it is on the way; at 100 % all answers are right."
    )


@pytest.mark.parametrize(("place", "value"), list(enumerate(DIALS[:4])))
def test_a_click_on_a_small_surface_sets_the_dial(put, trained, qtbot, place, value):
    panel = put(DialPanel, trained(172))
    qtbot.mouseClick(panel.thumbs[place], Qt.MouseButton.LeftButton)
    assert panel.actions == [SetField("dial", value, 0)]
    assert panel.sliders[0].value() == 100 * value
    assert panel.told.strip[place].dial == value


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_a_small_surface_is_pressed_by_keys_and_says_what_it_is(put, trained, qtbot, key):
    panel = put(DialPanel, trained(172))
    assert panel.thumbs[3].accessibleName() == "Set the dial to 75 %: there it is on the way, loss 0.006"
    qtbot.keyClick(panel.thumbs[3], key)
    assert now(panel) == 0.75
    qtbot.keyClick(panel.thumbs[3], Qt.Key.Key_X)
    assert len(panel.actions) == 1


def test_while_the_copies_are_trained_along_the_strip_says_where_they_are(put, trained):
    state = reduce(trained(172), OpenPanel("dial"))
    panel = put(DialPanel, state)
    assert panel.told.said == WAITING
    assert not any(thumb.isVisible() for thumb in panel.thumbs)
    wanted = side_experiment(state)
    frame = advance(Request(wanted, trained(0, wanted).frame.states, until=60))
    panel.show_state(state, replace(state, side=frame))
    assert panel.told.heads[0] == "What ReLU learns from the same start, and its loss, at epoch 60"
    assert all("loss" in head for head in panel.told.heads)  # what the numbers are, in any width
    assert all(thumb.isVisible() for thumb in panel.thumbs)


def test_a_first_twin_that_does_not_bend_has_no_strip(put, trained):
    panel = put(DialPanel, reduce(trained(0), SetField("activation", "identity", 0)))
    assert panel.told.said == NO_STRIP
    assert not any(thumb.isVisible() for thumb in panel.thumbs)
    assert not any(slider.isVisible() for slider in panel.sliders.values())


def test_without_hidden_units_there_is_nothing_to_dial(put, trained):
    panel = put(DialPanel, reduce(trained(0), SetField("hidden", ())))
    assert panel.accessibleName() == NO_HIDDEN
    panel.grab()


def test_one_twin_can_be_shown_alone(put, trained):
    panel = put(DialPanel, trained(60))
    panel.store.dispatch(SetView("without"))
    assert [row.twin for row in panel.told.rows] == [1]
    assert not panel.sliders[0].isVisible()


@pytest.mark.parametrize(("width", "height"), [(432, 457), (692, 544), (1877, 883)])
def test_nothing_leaves_the_panel_and_nothing_overlaps(put, trained, width, height):
    panel = put(DialPanel, trained(172), width, height)
    boxes = [part.geometry() for part in (*panel.sliders.values(), *panel.thumbs)]
    assert all(panel.rect().contains(box) for box in boxes)
    assert not any(a.intersects(b) for i, a in enumerate(boxes) for b in boxes[:i])
    assert not panel.grab().isNull()


def test_an_unchanged_state_is_not_read_again(put, trained, monkeypatch):
    state = trained(10)
    panel = put(DialPanel, state)
    monkeypatch.setattr(panel, "_read", lambda state: pytest.fail("read again"))
    panel.show_state(state, replace(state, probe=(0.1, 0.1), log_loss=True))


@pytest.mark.parametrize(
    ("width", "em"), [(308, 15.4), (448, 21.6), (900, 43.2)], ids=["1366", "1920", "3840"]
)
def test_a_loss_stands_nearer_to_its_own_mark_than_to_the_next_loss(put, trained, monkeypatch, width, em):
    losses, marks, write = [], [], Sheet.runs

    def runs(self, what, left, *rest):
        end = write(self, what, left, *rest)
        losses.extend((left, end) for run in what if run.words.startswith("0."))
        return end

    monkeypatch.setattr(Sheet, "runs", runs)
    monkeypatch.setattr(dial, "draw_mark", lambda painter, kind, box, *colors: marks.append(box))
    panel = put(DialPanel, trained(600, PRESETS["moons"].experiment), width, round(26 * em))
    panel.set_look(panel.look._replace(em=em))
    losses.clear()
    marks.clear()
    panel.grab()
    own = [mark.left() - end for mark in marks for _, end in losses if 0 <= mark.left() - end < em]
    following = [left - mark.right() for mark in marks for left, _ in losses if left > mark.right()]
    assert (len(losses), len(marks), len(own)) == (5, 4, 4)
    assert min(following) > 2 * max(own)
