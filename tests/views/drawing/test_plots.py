"""Axes stay fixed, and labels keep off each other."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QGraphicsItem, QWidget

from netviz.views.drawing.plots import Axis, Chart, crisp, place

NOTHING = np.empty((0, 2))
FRAME = QRectF(0, 0, 400, 300)
X = Axis(0, 300, ((0, "0"), (100, "100"), (300, "300")), "epoch")
Y = Axis(0, 1, ((0, "0"), (0.25, "¼"), (1, "1")))


@pytest.fixture
def chart(qtbot, look):
    window = QWidget()  # it takes the clicks that a chart does not use
    qtbot.addWidget(window)
    made = Chart()
    made.setParent(window)
    made.window_of_it = window
    made.resize(400, 300)
    made.set_look(look)
    made.set_axes(X, Y)
    window.show()
    return made


def moved(to):
    none = Qt.MouseButton.NoButton
    return QMouseEvent(QEvent.Type.MouseMove, to, to, none, none, Qt.KeyboardModifier.NoModifier)


def test_a_label_stands_right_above_its_dot():
    spot = place((60, 20), QPointF(100, 150), 10, FRAME, [], NOTHING)
    assert (spot.left(), spot.bottom()) == (110, 145)


def test_a_label_at_the_right_end_stands_left():
    spot = place((60, 20), QPointF(390, 150), 10, FRAME, [], NOTHING)
    assert spot.right() == 380


def test_a_label_never_covers_another():
    taken = [QRectF(110, 120, 60, 30)]
    spot = place((60, 20), QPointF(100, 150), 10, FRAME, taken, NOTHING)
    assert not spot.intersects(taken[0])
    assert FRAME.contains(spot)


def test_a_label_keeps_off_the_curve_where_it_can():
    curve = np.array([(x, 135.0) for x in range(100, 400, 4)])
    assert not place((60, 20), QPointF(100, 150), 10, FRAME, [], curve).contains(QPointF(120, 135))


def test_values_stand_where_the_axes_say(chart):
    assert chart.at(0, 0) == chart.frame.bottomLeft()
    assert chart.at(300, 1) == chart.frame.topRight()
    assert chart.at(150, 0.5) == chart.frame.center()


def test_a_curve_stands_where_the_axes_say(chart):
    curve = chart.add_curve()
    curve.show_data(np.array([0.0, 150.0, 300.0]), np.array([0.0, 0.5, 0.25]))
    stands = [curve.path().elementAt(i) for i in range(3)]
    wanted = [chart.at(0, 0), chart.at(150, 0.5), chart.at(300, 0.25)]
    assert [QPointF(one.x, one.y) for one in stands] == wanted
    chart.set_axes(X._replace(high=600), Y)
    assert curve.path().elementAt(2).x == pytest.approx(chart.at(300, 0).x())


def test_a_curve_breaks_where_a_value_is_no_number(chart):
    curve = chart.add_curve()
    curve.show_data(np.arange(5.0), np.array([0.0, 1.0, np.nan, 1.0, 0.0]))
    moves = [i for i in range(curve.path().elementCount()) if curve.path().elementAt(i).isMoveTo()]
    assert (moves, curve.path().elementCount()) == ([0, 2], 4)


def test_a_curve_neither_rescales_the_chart_nor_leaves_its_frame(chart):
    chart.add_curve().show_data(np.array([0.0, 5000.0]), np.array([0.0, 70.0]))
    assert chart.axes == (X, Y)
    assert chart.inside.rect() == chart.frame
    assert chart.inside.flags() & QGraphicsItem.GraphicsItemFlag.ItemClipsChildrenToShape


@pytest.mark.parametrize(
    ("at", "width", "stands"), [(10.4, 1, 10.5), (10.4, 2, 10), (10.6, 2, 11), (9.9, 3, 9.5)]
)
def test_lines_fill_whole_pixels(at, width, stands):
    assert crisp(at, width) == stands


def test_the_mouse_neither_pans_nor_zooms(chart, qtbot):
    middle = chart.frame.center().toPoint()
    seen = chart.mapToScene(middle)
    qtbot.mousePress(chart.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseMove(chart.viewport(), middle + QPoint(60, 20))
    qtbot.mouseRelease(chart.viewport(), Qt.MouseButton.LeftButton, pos=middle + QPoint(60, 20))
    assert chart.axes == (X, Y)
    assert chart.mapToScene(middle) == seen


def test_the_mouse_is_told_in_the_values_of_the_axis(chart, qtbot):
    told = []
    chart.hovered.connect(told.append)
    chart.mouseMoveEvent(moved(chart.at(150, 0.5)))
    assert told[-1] == pytest.approx(150, abs=1)
    chart.leaveEvent(None)
    assert told[-1] is None


def test_values_that_are_not_numbers_have_no_place(chart):
    places = chart.points_at(np.array([0.0, 300.0]), np.array([np.nan, 1.0]))
    assert places == pytest.approx(np.array([[chart.frame.right(), chart.frame.top()]]))
