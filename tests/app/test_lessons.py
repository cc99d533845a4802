"""Lessons and presenting in the real window, by clicks and keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QSlider

from netviz.app.commands import commands
from netviz.app.hall.stage import stage_em
from netviz.app.hall.words import HEADING, PAD, SECOND, Band, Side, Steps
from netviz.session import actions as act
from netviz.session.lessons.reading import lesson, lessons
from netviz.session.lessons.teaching import card_state
from netviz.views.lesson_parts import ChoiceButton
from netviz.views.registry import panel_names, place, places
from netviz.views.theme import THEMES, Look, presented

WHY = lesson("why")
LEFT = Qt.MouseButton.LeftButton
HALLS = ((1920, 1080), (1024, 768), (1280, 720), (3840, 2160))


def button(window, name):
    (found,) = [
        one
        for one in window.findChildren(QAbstractButton)
        if one.accessibleName() == name and one.isVisible()
    ]
    return found


def words(window):
    return " ".join(one.text() for one in window.findChildren(QLabel) if one.isVisible())


def shown(window, kind):
    (found,) = [one for one in window.findChildren(kind) if one.isVisible()]
    return found


@pytest.fixture
def window(window_of, trained):
    return window_of(trained(30), (1920, 1080))


def press(qtbot, window, *keys):
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget() or window, key)


# ------------------------------------------------------------------------------------ in normal use
def test_the_list_opens_at_the_left_and_starts_a_lesson(qtbot, window):
    press(qtbot, window, Qt.Key.Key_L)
    assert window.store.state.opened == "lesson"
    qtbot.mouseClick(button(window, "Why activation?"), LEFT)
    assert window.store.state.reading.card_index == 0
    assert "Why activation? 1 of 8" in words(window)
    assert "XOR: say 1 exactly where the inputs differ." in words(window)


def test_a_card_chosen_from_the_list_opens_its_instrument_and_next_stands_under_its_text(qtbot, window):
    press(qtbot, window, Qt.Key.Key_L)
    qtbot.mouseClick(button(window, "Why activation?"), LEFT)
    qtbot.mouseClick(button(window, "Card 4"), LEFT)
    assert window.store.state.opened == "bend"
    assert window._parts["bend"].isVisible()
    QApplication.sendPostedEvents()  # layouts
    card, ahead = window._parts["lesson"].card, button(window, "Next")
    below = ahead.mapTo(card, ahead.rect().topLeft()).y() - card.hint.geometry().bottom()
    assert 0 <= below <= 2 * window._look.em


def test_the_top_bar_lists_the_lessons_and_the_way_out(qtbot, window):
    menu = button(window, "Lessons").menu()
    menu.aboutToShow.emit()
    assert [one.text() for one in menu.actions()] == [one.title for one in lessons().values()]
    menu.actions()[0].trigger()
    assert window.store.state.reading.lesson is WHY
    menu.aboutToShow.emit()
    menu.actions()[-1].trigger()
    assert window.store.state.reading is None
    qtbot.mouseClick(button(window, "Present"), LEFT)
    assert window.store.state.presenting


def test_every_lesson_and_both_keys_stand_among_the_commands(window):
    rows = {row.label: row for row in commands(places())}
    assert {one.title for one in lessons().values()} <= rows.keys()
    assert (rows["Present"].keys, rows["All lessons"].keys) == (("F5",), ("L",))
    rows["Deeper does not help"].run(window)
    assert window.store.state.reading.lesson.name == "deeper"
    assert rows["All lessons"].told(window.store.state) == "Back to the card"


def test_the_card_takes_three_tenths_and_the_column_hides(window):
    assert window._parts["column"].isVisible()
    window.store.dispatch(act.StartLesson(WHY))
    assert not window._parts["column"].isVisible()
    card = window._parts["card"]
    assert card.x() == 0
    assert card.width() == pytest.approx(0.3 * window.width(), abs=1)
    assert window._parts["network 0"].x() >= card.width()


def test_a_lesson_is_read_by_clicks_from_the_question_to_what_came_of_it(qtbot, window):
    window.store.dispatch(act.StartLesson(WHY, 5))
    assert "Two units see the plane. Which corners will meet?" in words(window)
    qtbot.mouseClick(button(window, "none meet"), LEFT)
    assert "ReLU folds the plane: 00 and 11 land together." in words(window)
    assert button(window, "none meet, predicted, wrong").isVisible()
    assert button(window, "00 meets 11, the right answer").isVisible()
    assert window._parts["fold"].isVisible()
    qtbot.mouseClick(button(window, "Next"), LEFT)
    assert window.store.state.reading.card_index == 6
    qtbot.mouseClick(button(window, "Back"), LEFT)
    qtbot.mouseClick(button(window, "Card 1"), LEFT)
    assert window.store.state.reading.card_index == 0


@pytest.mark.parametrize("size", [(1920, 1080), (1024, 768)])
def test_pages_turn_wherever_a_card_is_open(qtbot, window_of, trained, size):
    window = window_of(trained(30), size)
    window.store.dispatch(act.StartLesson(WHY))
    press(qtbot, window, Qt.Key.Key_PageDown)
    assert (window.store.state.reading.card_index, window.store.state.reading.beat) == (1, "ask")
    press(qtbot, window, Qt.Key.Key_PageUp)
    assert window.store.state.reading.card_index == 0
    window.store.dispatch(act.LeaveLesson())
    before = window.store.state
    press(qtbot, window, Qt.Key.Key_PageDown)
    assert window.store.state == before


def test_leaving_brings_the_own_experiment_back(qtbot, window):
    before = window.store.state
    window.store.dispatch(act.StartLesson(WHY, 7))
    qtbot.mouseClick(button(window, "Leave"), LEFT)
    assert window.store.state.experiment is before.experiment
    assert window.store.state.frame is before.frame
    assert window._parts["column"].isVisible()


def test_the_last_card_finishes(qtbot, window):
    window.store.dispatch(act.StartLesson(WHY, 7))
    qtbot.mouseClick(button(window, "Skip to the end"), LEFT)
    qtbot.mouseClick(button(window, "Finish"), LEFT)
    assert window.store.state.reading is None


def test_in_a_narrow_window_the_card_is_a_tab_that_leads_to_the_instrument(qtbot, window_of, trained):
    window = window_of(trained(0, theme="projector"), (1024, 768))
    window.store.dispatch(act.StartLesson(WHY, 3))
    assert window.store.state.opened == "lesson"
    assert "XOR needs a bend of −2. Flat surfaces have 0." in words(window)
    qtbot.mouseClick(button(window, "Look at Bend"), LEFT)
    assert window._parts["bend"].isVisible()
    qtbot.mouseClick(button(window, "Lesson"), LEFT)
    assert window._parts["lesson"].isVisible()


def test_l_leads_back_to_the_card(qtbot, window):
    window.store.dispatch(act.StartLesson(WHY, 3))
    window.store.dispatch(act.SetField("hidden", (7,)))
    press(qtbot, window, Qt.Key.Key_L)
    assert window.store.state.experiment == WHY.experiments[3]
    assert window.store.state.opened == "bend"


# ------------------------------------------------------------------------------------ presenting
def test_f5_presents_and_ends(qtbot, window):
    window.store.dispatch(act.StartLesson(WHY, 5))
    press(qtbot, window, Qt.Key.Key_F5)
    assert window.store.state.presenting
    assert window.window().isFullScreen()
    assert shown(window, Band).lines[0] == "Why activation? 6 of 8"
    assert not window._parts["top"].isVisible()
    press(qtbot, window, Qt.Key.Key_F5)
    assert not window.store.state.presenting
    assert not window.window().isFullScreen()


def test_a_remote_leads_through_the_beats(qtbot, window):
    window.store.dispatch(act.StartLesson(WHY, 0))
    window.store.dispatch(act.Present(True))
    press(qtbot, window, Qt.Key.Key_PageDown)
    assert shown(window, Band).lines[1] == "Which of the two will learn XOR?"
    press(qtbot, window, Qt.Key.Key_PageDown)
    assert window.store.state.playing
    press(qtbot, window, Qt.Key.Key_Space)
    assert not window.store.state.playing
    press(qtbot, window, Qt.Key.Key_PageDown)
    assert shown(window, Band).lines[1] == "With ReLU it learns. Without, it never will."
    press(qtbot, window, Qt.Key.Key_PageUp, Qt.Key.Key_PageUp)
    assert window.store.state.reading.card_index == 0


def test_pages_turn_even_where_a_slider_has_the_keys(qtbot, window):
    window.store.dispatch(act.StartLesson(WHY, 6))
    window.store.dispatch(act.Present(True))
    press(qtbot, window, Qt.Key.Key_PageDown)
    slider = next(one for one in window._parts["collapse"].findChildren(QSlider) if one.isVisible())
    slider.setFocus()
    value = slider.value()
    qtbot.keyClick(slider, Qt.Key.Key_PageDown)
    assert window.store.state.reading.card_index == 7
    assert slider.value() == value


def test_digits_and_enter_jump_to_a_card(qtbot, window):
    window.store.dispatch(act.StartLesson(WHY))
    window.store.dispatch(act.Present(True))
    press(qtbot, window, Qt.Key.Key_4)
    assert window.store.state.opened is None  # the key of an instrument, elsewhere
    press(qtbot, window, Qt.Key.Key_Return)
    assert window.store.state.reading.card_index == 3
    press(qtbot, window, Qt.Key.Key_1, Qt.Key.Key_Period, Qt.Key.Key_Period, Qt.Key.Key_Return)
    assert window.store.state.reading.card_index == 3  # another key has come in between


@pytest.mark.parametrize("key", [Qt.Key.Key_Period, Qt.Key.Key_B])
def test_the_screen_turns_black_and_back(qtbot, window, key):
    window.store.dispatch(act.Present(True))
    press(qtbot, window, key)
    black = window._parts["black"]
    assert black.isVisible()
    assert black.geometry() == window.rect()
    assert window.grab().toImage().pixelColor(200, 300).name() == "#000000"
    press(qtbot, window, key)
    assert not black.isVisible()
    press(qtbot, window, key, Qt.Key.Key_Escape, Qt.Key.Key_Escape)
    assert not window.store.state.presenting


def test_what_is_presented_can_be_touched(qtbot, window):
    window.store.dispatch(act.StartLesson(WHY, 5))
    window.store.dispatch(act.Present(True))
    qtbot.mouseClick(button(window, "00 meets 11"), LEFT)
    fold = window._parts["fold"]
    assert fold.motion.share == 0.0  # it folds before one's eyes
    qtbot.waitUntil(lambda: fold.motion.share == 1.0)
    window.resize(1920, 1080)  # the tests' screen is smaller, and full
    _, inputs = fold.planes[0]
    qtbot.mouseClick(fold.view.viewport(), LEFT, pos=inputs.box.center().toPoint())
    assert window.store.state.probe == pytest.approx((0.5, 0.5), abs=0.01)
    qtbot.mouseClick(button(window, "Next: press it all into one layer"), LEFT)
    assert window.store.state.reading.card_index == 6
    qtbot.mouseClick(button(window, "Card 2"), LEFT)
    assert window.store.state.reading.card_index == 1


def test_the_arrow_of_a_presented_fold_unfolds_it(qtbot, window):
    window.store.dispatch(act.SetReducedMotion(True))
    window.store.dispatch(act.StartLesson(WHY, 5))
    window.store.dispatch(act.Present(True))
    window.store.dispatch(act.Predict(1))
    fold = window._parts["fold"]
    assert fold.motion.share == 1.0  # at once, where motion is unwanted
    qtbot.mouseClick(fold.view.viewport(), LEFT, pos=fold.view.arrow.center().toPoint())
    assert fold.motion.share == 0.0
    window.store.dispatch(act.ToCard(5))
    window.store.dispatch(act.Turn())
    assert fold.motion.share == 0.0
    window.store.dispatch(act.StartLesson(lesson("chance"), 2))
    assert fold.motion.share == 1.0  # each card begins folded


def test_without_a_lesson_both_lanes_stand_large_with_their_verdicts(window_of, trained):
    window = window_of(trained(172), (1920, 1080))
    window.store.dispatch(act.Present(True))
    assert {"header 0", "network 0", "surface 0", "header 1", "surface 1"} <= window._rects.keys()
    assert "With ReLU: learned" in words(window)
    assert not window._parts["band"].isVisible()


def test_the_other_keys_still_do_what_they_do(qtbot, window):
    window.store.dispatch(act.Present(True))
    press(qtbot, window, Qt.Key.Key_Right)
    assert window.store.state.playhead == 31
    qtbot.keyClick(window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert not window.isVisible()


@pytest.mark.parametrize("size", HALLS)
def test_the_list_of_lessons_opens_in_a_hall_too(qtbot, window_of, trained, size):
    window = window_of(trained(30), size)
    press(qtbot, window, Qt.Key.Key_F5)
    window.resize(*size)  # the tests' screen is smaller, and full
    press(qtbot, window, Qt.Key.Key_L)
    last = button(window, "Squashing is not the point")
    assert window._parts["foot"].y() >= last.mapTo(window, last.rect().bottomLeft()).y()
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.store.state.presenting
    assert "Each card sets up an experiment." not in words(window)
    press(qtbot, window, Qt.Key.Key_L)
    qtbot.mouseClick(button(window, "Why activation?"), LEFT)
    assert shown(window, Band).lines[0] == "Why activation? 1 of 8"


def test_the_open_list_stays_when_presenting_begins(qtbot, window):
    press(qtbot, window, Qt.Key.Key_L, Qt.Key.Key_F5)
    assert "Each card sets up an experiment." in words(window)


def test_no_hint_points_at_anything_in_a_hall(window_of, trained):
    window = window_of(trained(172, hints=frozenset({"train", "probe"})), (1024, 768))
    assert window._bubble.isVisible()
    window.store.dispatch(act.Present(True))
    assert not window._bubble.isVisible()


def test_a_removed_screen_ends_presenting(window):
    window.store.dispatch(act.Present(True))
    QApplication.instance().screenRemoved.emit(window.screen())
    assert not window.store.state.presenting
    assert not window.window().isFullScreen()


def test_outside_presenting_nothing_is_filtered(qtbot, window):
    window.store.dispatch(act.Present(True))
    window.store.dispatch(act.Present(False))
    press(qtbot, window, Qt.Key.Key_B)
    assert window.store.state.bookmarks == (30,)


# ------------------------------------------------------------------------------------ how it looks
@pytest.mark.parametrize("size", HALLS)
@pytest.mark.parametrize("name", lessons())
def test_every_card_is_whole_in_every_hall(window_of, name, size):
    window = window_of(card_state(lesson(name), 0), size)
    for index in range(len(lesson(name).cards)):
        window.store.dispatch(act.StartLesson(lesson(name), index))
        while window.store.state.reading.beat_index < len(window.store.state.reading.card.beats) - 1:
            assert_whole(window)
            window.store.dispatch(act.Turn())
        assert_whole(window)


def assert_whole(window):
    QApplication.sendPostedEvents()  # layouts
    em = stage_em(window.width(), window.height())
    least = 0.027 * window.height()
    assert em >= least
    side = window._parts["side"]
    if side.isVisible():
        assert side.childrenRect().bottom() <= side.height()
    for one in window.findChildren(ChoiceButton):
        if one.isVisible() and side.isAncestorOf(one):
            room = one.width() - one.look.px(0.8 + 0.85 + 0.56)
            assert QFontMetrics(one.look.font(1, 600)).horizontalAdvance(one.words) <= room, one.words
    steps = shown(window, Steps)
    hint = QFontMetrics(steps.hint.font()).horizontalAdvance(steps.hint.text())
    assert hint <= steps.hint.width(), steps.hint.text()
    for one in window.findChildren(QLabel):
        if one.isVisible() and one.text():
            assert one.fontInfo().pixelSize() >= least - 1, one.text()


@pytest.mark.parametrize("name", lessons())
def test_every_sentence_fits_its_line(window_of, name):
    window_of(card_state(lesson(name), 0))  # brings the typeface
    look = Look(presented(THEMES["projector"]), 30, "present")
    room = 1920 - 2 * look.px(PAD)
    for card in lesson(name).cards:
        asks = [card.question.ask] if card.question else []
        for text in (card.heading, *asks):
            assert QFontMetrics(look.font(HEADING, 700)).horizontalAdvance(text) <= room, text
        assert QFontMetrics(look.font(SECOND, 400)).horizontalAdvance(card.second) <= room, card.second


def test_every_card_shows_an_instrument_that_there_is():
    for one in lessons().values():
        for card in one.cards:
            assert card.show is None or (card.show in panel_names() and place(card.show).where != "lane")


def test_choices_are_told_apart_without_their_colour(window_of):
    window = window_of(card_state(WHY, 5), (1920, 1080))
    side = shown(window, Side)
    assert side.title.text() == "The answer"  # nobody has predicted anything
    assert [one.accessibleName() for one in side.choices.buttons] == [
        "01 meets 10", "00 meets 11, right", "none meet",
    ]  # fmt: skip
    window.store.dispatch(act.ToCard(5))
    window.store.dispatch(act.Predict(1))
    assert side.title.text() == "You predicted"
    assert [one.accessibleName() for one in side.choices.buttons] == [
        "01 meets 10", "00 meets 11, predicted, right", "none meet",
    ]  # fmt: skip
