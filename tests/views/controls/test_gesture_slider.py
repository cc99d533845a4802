"""A slider tells which of its changes are one gesture."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from netviz.views.controls.gesture_slider import GestureSlider


@pytest.fixture
def slider(qtbot, look):
    made = GestureSlider(0, 100, 5, 25)
    qtbot.addWidget(made)
    made.set_look(look)
    made.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    made.resize(300, 30)
    made.show()
    made.told = []
    made.moved.connect(lambda value, goes_on: made.told.append((value, goes_on)))
    return made


def drag(qtbot, slider, *values):
    at = [QPoint(slider.place_of(value), slider.height() // 2) for value in values]
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=at[0])
    for point in at[1:]:
        qtbot.mouseMove(slider, point)
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=at[-1])


def test_a_drag_is_one_gesture_from_where_it_is_pressed(qtbot, slider):
    drag(qtbot, slider, 40, 60, 80)
    assert slider.told == [(40, False), (60, True), (80, True)]
    drag(qtbot, slider, 20)
    assert slider.told[3:] == [(20, False)]


def test_every_key_press_is_a_gesture_and_steps(qtbot, slider):
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_PageUp, Qt.Key.Key_Left, Qt.Key.Key_End):
        qtbot.keyClick(slider, key)
    assert slider.told == [(5, False), (10, False), (35, False), (30, False), (100, False)]


def test_a_key_held_down_is_one_gesture(slider):
    for held in (False, True, True):
        event = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, "", autorep=held
        )
        QApplication.sendEvent(slider, event)
    assert slider.told == [(5, False), (10, True), (15, True)]


def test_what_is_shown_is_not_told(slider):
    slider.show_value(70)
    assert slider.value() == 70
    assert slider.told == []


def test_another_button_and_a_move_without_one_do_nothing(qtbot, slider):
    qtbot.mousePress(slider, Qt.MouseButton.RightButton, pos=QPoint(200, 10))
    qtbot.mouseMove(slider, QPoint(100, 10))
    assert slider.told == []


def test_the_wheel_scrolls_the_page(slider):
    at = QPointF(10, 10)
    none = Qt.MouseButton.NoButton
    event = QWheelEvent(
        at,
        at,
        QPoint(),
        QPoint(0, 120),
        none,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(slider, event)
    assert slider.told == []
    assert not event.isAccepted()
