"""The fold in a hall: without a lesson it says and moves all it can, with one it can still be unfolded."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from netviz.app.hall.words import Steps
from netviz.session import actions as act
from netviz.session.lessons.reading import lesson
from netviz.session.lessons.teaching import card_state

LEFT = Qt.MouseButton.LeftButton
HALLS = ((1024, 768), (1366, 768), (1920, 1080))


def presented(window_of, state, size):
    window = window_of(state, size)
    window.store.dispatch(act.Present(True))
    window.resize(*size)  # the tests' screen is smaller, and full
    window.store.dispatch(act.OpenPanel("fold"))
    QApplication.sendPostedEvents()
    return window, window._parts["fold"]


@pytest.mark.parametrize("size", HALLS)
def test_without_a_lesson_the_planes_fill_the_page_over_their_sentence(window_of, trained, size):
    window, fold = presented(window_of, trained(172), size)
    em = window._look.em
    assert all(one.isVisible() for one in (fold.title, fold.motion, fold.words))
    assert fold.words.text().startswith("ReLU folds the plane: 00 and 11 land together.")
    assert fold.words.fontInfo().pixelSize() >= 0.027 * size[1] - 1
    assert fold.words.geometry().bottom() <= fold.height() + 2
    first, second = (plane.box for _, plane in fold.planes)
    assert not first.intersects(second)
    around = fold.height() - first.height()  # title row, headings, axes, sentence: 13 em at most
    assert around <= 13 * em or first.width() * 2 > fold.width() - 3 * em


@pytest.mark.parametrize("size", HALLS)
@pytest.mark.parametrize(("name", "index"), [("why", 5), ("deeper", 3), ("chance", 2), ("chance", 3)])
def test_a_card_can_be_unfolded_by_a_button_and_by_a_key(qtbot, window_of, name, index, size):
    window = window_of(card_state(lesson(name), index), size)
    window.store.dispatch(act.SetReducedMotion(True))
    fold, steps = window._parts["fold"], window.findChild(Steps)
    qtbot.mouseClick(steps.fold, LEFT)
    assert fold.motion.share == 0.0  # at once, where motion is unwanted
    qtbot.keyClick(window, Qt.Key.Key_U)
    assert fold.motion.share == 1.0
    assert steps.rect().contains(steps.fold.geometry())
    assert not steps.fold.geometry().intersects(steps.next.geometry())
    window.store.dispatch(act.ToCard(0))
    assert not steps.fold.isVisible()


@pytest.mark.parametrize("size", HALLS)
@pytest.mark.parametrize(("name", "index"), [("deeper", 3), ("chance", 3)])
def test_one_twin_has_the_inputs_and_the_arrow_beside_it(window_of, name, index, size):
    fold = window_of(card_state(lesson(name), index), size)._parts["fold"]
    assert fold.planes[0][0] is None
    assert not fold.view.arrow.isEmpty()
    above, below = fold.planes[0][1].outer.top(), fold.view.height() - fold.planes[0][1].outer.bottom()
    assert above == pytest.approx(below, abs=1)  # in the middle of the page
