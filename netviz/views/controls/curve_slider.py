"""An activation's curve to drag a sum through, with its slope and its range; a drawn one by its points."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractSlider

from netviz.core.activation import Activation
from netviz.core.activations import ACTIVATIONS
from netviz.core.drawn import MOST_KNOTS, Knots
from netviz.session.instruments.inside import plain
from netviz.views.drawing.curves import Frame, curve_path, value_range
from netviz.views.drawing.marks import pen
from netviz.views.theme import Look

FINE = 100  # the slider's steps in a sum of 1
FURTHEST = 12.0  # the sums that can be chosen
RANGE = 0.45  # em, from the left edge to the bar over all values
GAP = 0.1  # between two points of a drawing
NEAR = 0.9  # how near the mouse grabs a point, em
STEPS = {
    Qt.Key.Key_Left: (-GAP, 0.0), Qt.Key.Key_Right: (GAP, 0.0), Qt.Key.Key_Up: (0.0, GAP),
    Qt.Key.Key_Down: (0.0, -GAP),
}  # fmt: skip


class CurveSlider(QAbstractSlider):
    """The curve of an activation; dragging or the arrow keys move the sum."""

    moved = Signal(float)  # the sum, by a person
    redrawn = Signal(object, bool)  # the drawn curve's points, and whether the same gesture goes on

    def __init__(self) -> None:
        super().__init__()
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setRange(round(-FURTHEST * FINE), round(FURTHEST * FINE))
        self.setSingleStep(FINE // 10)
        self.setPageStep(FINE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.look: Look | None = None
        self.activation: Activation = ACTIVATIONS["identity"]
        self.knots: Knots = ()  # of a drawn curve
        self.reach = 4.0
        self.twin: int | None = None  # which twin uses it
        self._kept: tuple[object, QPainterPath, QPainterPath] | None = None
        self._held: int | None = None  # the point under the mouse or chosen by keys
        self._dragging = False
        self._gone_on = False  # this gesture has changed the curve before
        self.valueChanged.connect(lambda value: self.moved.emit(value / FINE))

    @property
    def held(self) -> bool:
        """Whether the mouse is dragging."""
        return self._dragging

    @property
    def z(self) -> float:
        """The sum."""
        return self.value() / FINE

    def show_curve(self, activation: Activation, knots: Knots, twin: int | None) -> None:
        """Show this activation, by its points where it is drawn, in the colour of the twin that uses it."""
        if (activation.name, knots, twin) != (self.activation.name, self.knots, self.twin):
            self.activation, self.knots, self.twin = activation, knots, twin
            self._kept = None
            self.update()

    def show_sum(self, z: float, reach: float) -> None:
        """Show this sum, on axes that reach so far; nothing is sent."""
        before = self.blockSignals(True)
        self.setValue(round(z * FINE))
        self.blockSignals(before)
        self.reach = reach
        self.update()

    def frame(self) -> Frame:
        """The frame of the curve, px."""
        inset = self.look.line if self.look else 1.0
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        return Frame(box, self.reach, *value_range(self.activation, self.reach))

    # ---------------------------------------------------------------------------------- drawing
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.look is None:
            return
        look, frame = self.look, self.frame()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            width = look.line * (2.5 if self.hasFocus() else 1)
            painter.setPen(QPen(look.color("text" if self.hasFocus() else "outline"), width))
            painter.setBrush(look.color("panel"))
            painter.drawRect(frame.box)
            painter.setClipRect(frame.box)
            painter.setPen(QPen(look.color("outline"), max(1.0, 0.6 * look.line)))
            painter.drawLine(frame.at(-frame.reach, 0), frame.at(frame.reach, 0))
            painter.drawLine(frame.at(0, frame.low), frame.at(0, frame.high))
            self._numbers(painter, look, frame)
            self._curves(painter, look, frame)
            self._range(painter, look, frame)
            self._sum(painter, look, frame)

    def _curves(self, painter: QPainter, look: Look, frame: Frame) -> None:
        key = (frame.reach, self.size().toTuple(), self.activation)
        if self._kept is None or self._kept[0] != key:
            value, slope = (curve_path(frame, f) for f in (self.activation.value, self.activation.slope))
            self._kept = (key, value, slope)
        _, value, slope = self._kept
        painter.setBrush(Qt.BrushStyle.NoBrush)
        dashed = QPen(look.color("second"), max(1.5, 0.8 * look.line))
        dashed.setDashPattern([4, 3])
        painter.setPen(dashed)
        painter.drawPath(slope)
        painter.setPen(pen(self._color(look), max(2.0, 0.17 * look.bold * look.em)))
        painter.drawPath(value)
        for i, knot in enumerate(self.knots):
            held = i == self._held
            painter.setPen(QPen(look.color("text"), 2 * look.line))
            painter.setBrush(look.color("text" if held else "panel"))
            painter.drawEllipse(frame.at(*knot), 0.32 * look.em, 0.32 * look.em)

    def _color(self, look: Look) -> QColor:
        return look.color("text") if self.twin is None else look.twin_color(self.twin)

    def _numbers(self, painter: QPainter, look: Look, frame: Frame) -> None:
        """The ends of the axis of sums, and the value 1 or the highest."""
        painter.setFont(look.font(0.75, tabular=True))
        painter.setPen(look.color("second"))
        high, zero = 1.25 * max(0.75 * look.em, look.text_floor), frame.at(0, 0)
        bounded = frame.high < frame.reach / 2
        right = QRectF(zero.x() + 0.3 * look.em, 0, 3 * look.em, high)
        right.moveCenter(
            QPointF(right.center().x(), frame.at(0, 1).y() if bounded else frame.box.top() + high / 2)
        )
        painter.drawText(right, int(Qt.AlignmentFlag.AlignVCenter), "1" if bounded else plain(frame.high))
        ends = frame.box.adjusted((RANGE + 0.45) * look.em, zero.y() - frame.box.top(), -0.3 * look.em, 0)
        ends.setHeight(high)
        if ends.bottom() > frame.box.bottom():
            ends.moveBottom(zero.y())
        painter.drawText(ends, int(Qt.AlignmentFlag.AlignLeft), plain(-frame.reach))
        painter.drawText(ends, int(Qt.AlignmentFlag.AlignRight), plain(frame.reach))

    def _range(self, painter: QPainter, look: Look, frame: Frame) -> None:
        """A bar at the left over all values that it can have, with an end where they end."""
        low, high = max(self.activation.low, frame.low), min(self.activation.high, frame.high)
        x, aside = frame.box.left() + RANGE * look.em, 0.22 * look.em
        top, bottom = frame.at(0, high).y(), frame.at(0, low).y()
        painter.setPen(QPen(look.color("second"), max(1.5, 0.12 * look.em)))
        painter.drawLine(QPointF(x, top), QPointF(x, bottom))
        for end, value in ((top, self.activation.high), (bottom, self.activation.low)):
            if frame.low <= value <= frame.high:
                painter.drawLine(QPointF(x - aside, end), QPointF(x + aside, end))

    def _sum(self, painter: QPainter, look: Look, frame: Frame) -> None:
        z = self.z
        painter.setPen(QPen(look.color("text"), max(1.5, look.line)))
        painter.drawLine(frame.at(z, frame.low), frame.at(z, frame.high))
        value = float(self.activation.value(np.array([z]))[0])
        painter.setBrush(look.color("panel"))
        painter.setPen(QPen(look.color("text"), max(2.0, 1.6 * look.line)))
        painter.drawEllipse(
            frame.at(z, min(max(value, frame.low), frame.high)), 0.26 * look.em, 0.26 * look.em
        )

    # ---------------------------------------------------------------------------------- mouse
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._dragging, self._gone_on = True, False
        self._held = self._knot_at(event.position())
        if self._held is None:
            self._move_to(event.position())
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._dragging:
            return
        if self._held is None:
            self._move_to(event.position())
        else:
            self._put(self._held, *self.frame().under(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        held, self._dragging = self._held, False
        em = self.look.em if self.look else 0.0
        room = QRectF(self.rect()).adjusted(-em, -em, em, em)
        if held is not None and not room.contains(event.position()):
            self._remove(held)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._dragging = self._gone_on = False
        if self.knots and self._knot_at(event.position()) is None:
            self._add(*self.frame().under(event.position()))

    def _knot_at(self, point: QPointF) -> int | None:
        if not self.knots or self.look is None:
            return None
        frame, near = self.frame(), NEAR * self.look.em
        gaps = [(frame.at(*knot) - point).manhattanLength() for knot in self.knots]
        return gaps.index(min(gaps)) if min(gaps) < near else None

    def _move_to(self, point: QPointF) -> None:
        z, _ = self.frame().under(point)
        self.setValue(round(min(max(z, -self.reach), self.reach) * FINE))

    # ---------------------------------------------------------------------------------- the drawn curve
    def _put(self, held: int, z: float, value: float) -> None:
        """Move a point, never past its neighbours and never out of the frame."""
        frame = self.frame()
        left = self.knots[held - 1][0] + GAP if held else -self.reach
        right = self.knots[held + 1][0] - GAP if held + 1 < len(self.knots) else self.reach
        put = (round(min(max(z, left), right), 2), round(min(max(value, frame.low), frame.high), 2))
        self._send((*self.knots[:held], put, *self.knots[held + 1 :]))

    def _add(self, z: float, value: float) -> None:
        """Put one more point between the others, where there is room for it."""
        crowded = any(abs(z - knot) < GAP for knot, _ in self.knots)
        if len(self.knots) < MOST_KNOTS and not crowded:
            added = (round(z, 2), round(value, 2))
            self._send(tuple(sorted((*self.knots, added))))
            self._held = self.knots.index(added)

    def _remove(self, held: int) -> None:
        """Take a point away; two stay."""
        self._held = None
        if len(self.knots) > 2:
            self._send((*self.knots[:held], *self.knots[held + 1 :]))

    def _send(self, knots: Knots) -> None:
        if knots != self.knots:
            self.knots = knots
            self.redrawn.emit(knots, self._gone_on)
            self._gone_on = self._dragging

    # ---------------------------------------------------------------------------------- keys
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the sum; with Ctrl they choose a point of the drawing, with Shift they move it."""
        key, keys = event.key(), event.modifiers()
        if not self.knots:
            super().keyPressEvent(event)
        elif key in STEPS and keys & Qt.KeyboardModifier.ControlModifier:
            step = 1 if key in (Qt.Key.Key_Right, Qt.Key.Key_Up) else -1
            self._held = 0 if self._held is None else (self._held + step) % len(self.knots)
            self.update()
        elif key in STEPS and keys & Qt.KeyboardModifier.ShiftModifier and self._held is not None:
            z, value = self.knots[self._held]
            self._put(self._held, z + STEPS[Qt.Key(key)][0], value + STEPS[Qt.Key(key)][1])
        elif key == Qt.Key.Key_Insert:
            self._add(self.z, float(self.activation.value(np.array([self.z]))[0]))
        elif key == Qt.Key.Key_Delete and self._held is not None:
            self._remove(self._held)
        else:
            super().keyPressEvent(event)
