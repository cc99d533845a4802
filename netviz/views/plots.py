"""The one chart: curves in fixed axes with our type; nothing rescales, zooms or pops up by itself."""

from collections.abc import Iterable, Sequence
from itertools import product
from typing import NamedTuple

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsLineItem,
    QGraphicsRectItem,
    QGraphicsSimpleTextItem,
    QGraphicsView,
)

from netviz.core.network import Array
from netviz.views.theme import LABEL, Look

GAP = 0.4  # between a tick's text and the frame, em
CURVE = 0.2  # a curve's width, em
DOT = 0.34  # a dot's radius, em
CROSSED, FAR = 12, 10  # what a label on a curve costs at most, and each line between it and its dot


class Axis(NamedTuple):
    """A fixed axis: its ends and what is written at some of its values."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    name: str = ""


class Text(QGraphicsSimpleTextItem):
    """A stock text, told what to look like in one go."""

    def __init__(self, chart: "Chart", z: float = 10) -> None:
        super().__init__()
        self.told: object = None
        self.setZValue(z)
        chart.sceneObj.addItem(self)

    def tell(self, text: str, look: Look, color: QColor, ems: float = LABEL, weight: int = 400) -> None:
        """Say this, in this size and colour, in tabular figures; the same again costs nothing."""
        told = (text, look, color.rgb(), ems, weight)
        if told == self.told:
            return
        self.told = told
        self.setText(text)
        self.setFont(look.font(ems, weight, tabular=True))
        self.setBrush(color)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height, logical px."""
        box = self.boundingRect()
        return box.width(), box.height()


class Chart(pg.GraphicsView):  # type: ignore[misc]  # pyqtgraph is untyped
    """Curves between two fixed axes; the one who draws says what stands at which value.

    Of pyqtgraph it uses the view box and its curves; a whole PlotItem brings menus and axes that rescale.
    """

    hovered = Signal(object)  # the x under the mouse, or None
    laid = Signal()  # the frame has moved: what stands in pixels must be placed again

    def __init__(self) -> None:
        super().__init__()
        self.view = pg.ViewBox(enableMouse=False, enableMenu=False, defaultPadding=0)
        self.view.disableAutoRange()
        self.view.setZValue(0)  # tints lie below it, dots and words above
        self.sceneObj.addItem(self.view)
        self.paper = QGraphicsRectItem()  # only the frame is filled: what lies around is the panel's
        self.paper.setPen(QPen(Qt.PenStyle.NoPen))
        self.paper.setZValue(-30)
        self.sceneObj.addItem(self.paper)
        self.setBackground(None)
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheNone)  # a cached background is not transparent
        self.viewport().setAutoFillBackground(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.viewport().setMouseTracking(True)
        self.axes = (Axis(0, 1, ()), Axis(0, 1, ()))
        self.frame = QRectF(0, 0, 1, 1)
        self.look: Look | None = None
        self._marks: list[tuple[QGraphicsItem, ...]] = []

    def set_look(self, look: Look) -> None:
        """Take on colours and sizes."""
        self.look = look
        self.paper.setBrush(look.color("panel"))
        self.view.setBorder(QPen(look.color("outline"), look.line))
        self._lay()

    def set_axes(self, x: Axis, y: Axis) -> None:
        """Show these ranges and ticks; the same ones again cost nothing."""
        if (x, y) != self.axes:
            self.axes = (x, y)
            self.view.setRange(xRange=(x.low, x.high), yRange=(y.low, y.high), padding=0)
            self._lay()

    def add_curve(self, z: float = 5) -> pg.PlotCurveItem:
        """A curve in the axes' values; it breaks where a value is not finite."""
        curve = pg.PlotCurveItem(antialias=True, connect="finite", skipFiniteCheck=False)
        curve.setZValue(z)
        self.view.addItem(curve, ignoreBounds=True)
        return curve

    def at(self, x: float, y: float) -> QPointF:
        """Where these values stand, px."""
        across, up = self.axes
        share_x = (x - across.low) / (across.high - across.low)
        share_y = (y - up.low) / (up.high - up.low)
        return QPointF(
            self.frame.left() + share_x * self.frame.width(),
            self.frame.bottom() - share_y * self.frame.height(),
        )

    def points_at(self, x: Array, y: Array) -> Array:
        """Where many values stand (n, 2), px; those that are not finite are left out."""
        finite = np.isfinite(y)
        zero = self.at(0, 0)
        unit = self.at(1, 1) - zero
        return np.column_stack([zero.x() + unit.x() * x[finite], zero.y() + unit.y() * y[finite]])

    # ---------------------------------------------------------------------------------- layout
    def _lay(self) -> None:
        """Give the ticks their room and their places, then the frame the rest."""
        if self.look is None:
            return
        for items in self._marks:
            for item in items:
                self.sceneObj.removeItem(item)
        across, up = self.axes
        texts = [self._tick(text, "text") for _, text in up.ticks]
        gap, high = self.look.em * GAP, self.look.em * LABEL * 1.3
        left = max((text.size[0] for text in texts), default=0.0) + gap
        size = self.size()
        margins = (left, high / 2, self.look.line, high + gap)
        self.frame = QRectF(
            margins[0], margins[1], max(1.0, size.width() - margins[0] - margins[2]),
            max(1.0, size.height() - margins[1] - margins[3]),
        )  # fmt: skip
        self.view.setGeometry(self.frame)
        self.paper.setRect(self.frame)
        self._marks = [*self._rows(up, texts, gap), *self._columns(across, gap / 2)]
        self.laid.emit()

    def _tick(self, text: str, token: str) -> Text:
        item = Text(self)
        if self.look is not None:
            item.tell(text, self.look, self.look.color(token))
        return item

    def _rows(self, axis: Axis, texts: list[Text], gap: float) -> Iterable[tuple[QGraphicsItem, ...]]:
        """The vertical axis: texts at the left, and a faint line at each value inside the frame."""
        for (value, _), text in zip(axis.ticks, texts, strict=True):
            at = self.at(self.axes[0].low, value)
            width, height = text.size
            text.setPos(at.x() - gap - width, at.y() - height / 2)
            yield (text, self._line(value)) if axis.low < value < axis.high else (text,)

    def _line(self, value: float) -> QGraphicsLineItem:
        line = QGraphicsLineItem()
        if self.look is not None:
            line.setPen(QPen(self.look.color("decoration"), 1))
        ends = (self.at(self.axes[0].low, value), self.at(self.axes[0].high, value))
        line.setLine(ends[0].x(), ends[0].y(), ends[1].x(), ends[1].y())
        line.setZValue(-20)  # below what a panel tints
        self.sceneObj.addItem(line)
        return line

    def _columns(self, axis: Axis, gap: float) -> Iterable[tuple[QGraphicsItem, ...]]:
        """The horizontal axis: texts under it, the last one inside the frame, its name after the first."""
        placed: list[QRectF] = []
        for value, words in axis.ticks:
            text = self._tick(words, "second")
            width, height = text.size
            left = min(self.at(value, 0).x() - width / 2, self.frame.right() - width)
            text.setPos(left, self.frame.bottom() + gap)
            placed.append(QRectF(left, 0, width, height))
            yield (text,)
        if axis.name and len(placed) > 1:
            name = self._tick(axis.name, "second")
            middle = (placed[0].right() + placed[1].left()) / 2
            name.setPos(middle - name.size[0] / 2, self.frame.bottom() + gap)
            name.setVisible(name.size[0] + gap < placed[1].left() - placed[0].right())
            yield (name,)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        if hasattr(self, "_marks"):  # pyqtgraph resizes while it is being made
            self._lay()

    # ---------------------------------------------------------------------------------- mouse
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        inside = self.frame.contains(event.position())
        share = (event.position().x() - self.frame.left()) / self.frame.width()
        across = self.axes[0]
        self.hovered.emit(across.low + share * (across.high - across.low) if inside else None)

    def leaveEvent(self, event: object) -> None:
        self.hovered.emit(None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.ignore()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.ignore()


def place(
    size: tuple[float, float],
    anchor: QPointF,
    gap: float,
    frame: QRectF,
    taken: Sequence[QRectF],
    curves: Array,
) -> QRectF:
    """Where a label of `size` goes: beside its anchor, in the frame, on no other label, off curves (n, 2).

    Tried in this order: right above, right below, left above, left below, then the same a line further off.
    """
    best, least = QRectF(), float("inf")
    for i, spot in enumerate(_spots(size, anchor, gap)):
        far = FAR * (i // 4)
        if least <= far:
            break
        cost = far + _cost(spot, frame, taken, curves)
        if cost < least:
            best, least = spot, cost
    return best


def _spots(size: tuple[float, float], anchor: QPointF, gap: float) -> Iterable[QRectF]:
    width, height = size
    for away, right, above in product((0, 1, 2, 3), (True, False), (True, False)):
        x = anchor.x() + gap if right else anchor.x() - gap - width
        y = anchor.y() - gap / 2 - height * (1 + away) if above else anchor.y() + gap / 2 + height * away
        yield QRectF(x, y, width, height)


def _cost(spot: QRectF, frame: QRectF, taken: Sequence[QRectF], curves: Array) -> int:
    outside = not frame.contains(spot)
    on_labels = sum(spot.intersects(other) for other in taken)
    low, high = (spot.left(), spot.top()), (spot.right(), spot.bottom())
    on_curves = int(((curves > low) & (curves < high)).all(axis=1).sum())
    return 100_000 * outside + 10_000 * on_labels + min(on_curves, CROSSED)
