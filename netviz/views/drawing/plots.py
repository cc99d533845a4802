"""The one chart: curves in fixed axes with our type; nothing rescales, zooms or pops up by itself."""

from collections.abc import Iterable, Sequence
from itertools import pairwise, product
from math import floor
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsItem,
    QGraphicsLineItem,
    QGraphicsPathItem,
    QGraphicsRectItem,
    QGraphicsScene,
    QGraphicsSimpleTextItem,
    QGraphicsView,
)

from netviz.core.activation import AnyArray
from netviz.core.network import Array
from netviz.views.drawing.polylines import path_through
from netviz.views.theme import LABEL, Look

GAP = 0.4  # between a tick's text and the frame, em
CURVE = 0.2  # a curve's width, em
DOT = 0.34  # a dot's radius, em
FURTHEST = 1e6  # of a value that is drawn, in lengths of its axis: beyond, pixels would overflow
ROW = 1.1  # from one place of a label to the next, in its height
ROWS = 6  # of places that it tries
WHITE = 0.06  # of a label's height, above and below its letters: a line may run there
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
        chart.scene().addItem(self)

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


class Curve(QGraphicsPathItem):
    """A curve in a chart's values; it breaks where a value is not finite."""

    def __init__(self, chart: "Chart", z: float) -> None:
        super().__init__(chart.inside)
        self._chart = chart
        self.across: AnyArray = np.empty(0)
        self.up: AnyArray = np.empty(0)
        self.setZValue(z)

    def show_data(self, x: AnyArray, y: AnyArray) -> None:
        """Go through these values (n,)."""
        self.across, self.up = x, y
        self.lay()

    def lay(self) -> None:
        """Stand where the axes say."""
        self.setPath(path_through(self._chart.places(self.across, self.up)))


class Chart(QGraphicsView):
    """Curves between two fixed axes; the one who draws says what stands at which value.

    All of it are stock items, which Qt paints without Python: training goes on meanwhile.
    """

    hovered = Signal(object)  # the x under the mouse, or None
    laid = Signal()  # the frame has moved: what stands in pixels must be placed again

    def __init__(self) -> None:
        super().__init__()
        self._scene = QGraphicsScene(self)
        self._scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.setScene(self._scene)
        nothing = QPen(Qt.PenStyle.NoPen)
        self.paper, self.inside = QGraphicsRectItem(), QGraphicsRectItem()
        self.paper.setZValue(-30)  # only the frame is filled: what lies around is the panel's
        self.inside.setZValue(0)  # tints lie below it, dots and words above
        self.inside.setFlag(QGraphicsItem.GraphicsItemFlag.ItemClipsChildrenToShape)
        self._border = QGraphicsRectItem()
        for item in (self.paper, self.inside, self._border):
            item.setPen(nothing)
            self._scene.addItem(item)
        self._curves: list[Curve] = []
        self._spill = 0.0  # em, how far curves are seen beyond the frame
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
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
        self._border.setPen(QPen(look.color("outline"), whole(look.line)))
        self._lay()

    def set_axes(self, x: Axis, y: Axis) -> None:
        """Show these ranges and ticks; the same ones again cost nothing."""
        if (x, y) != self.axes:
            self.axes = (x, y)
            self._lay()

    def spill(self) -> None:
        """Let curves cover the frame at the left and at the bottom: they begin and end on these axes."""
        self._border.setZValue(-1)
        self._spill = CURVE

    def add_curve(self, z: float = 5) -> Curve:
        """A curve in the axes' values."""
        self._curves.append(Curve(self, z))
        return self._curves[-1]

    def at(self, x: float, y: float) -> QPointF:
        """Where these values stand, px."""
        across, up = self.axes
        share_x = (x - across.low) / (across.high - across.low)
        share_y = (y - up.low) / (up.high - up.low)
        return QPointF(
            self.frame.left() + share_x * self.frame.width(),
            self.frame.bottom() - share_y * self.frame.height(),
        )

    def places(self, x: AnyArray, y: AnyArray) -> Array:
        """Where many values stand (n, 2), px."""
        across, up = self.axes
        furthest = FURTHEST * (up.high - up.low)
        share_x = (x - across.low) / (across.high - across.low)
        share_y = (np.clip(y, up.low - furthest, up.high + furthest) - up.low) / (up.high - up.low)
        return np.column_stack(
            [
                self.frame.left() + share_x * self.frame.width(),
                self.frame.bottom() - share_y * self.frame.height(),
            ]
        )

    def points_at(self, x: AnyArray, y: AnyArray) -> Array:
        """Where many values stand (n, 2), px; those that are not finite are left out."""
        finite = np.isfinite(y)
        return self.places(x[finite], y[finite])

    # ---------------------------------------------------------------------------------- layout
    def _lay(self) -> None:
        """Give the ticks their room and their places, then the frame the rest."""
        if self.look is None:
            return
        for items in self._marks:
            for item in items:
                self._scene.removeItem(item)
        across, up = self.axes
        texts = [self._tick(text, "text") for _, text in up.ticks]
        gap, high = self.look.em * GAP, self.look.em * LABEL * 1.3
        left = max((text.size[0] for text in texts), default=0.0) + gap
        size = self.size()
        left, top = round(left), round(high / 2)
        self.frame = QRectF(
            left, top, max(1, round(size.width() - left - self.look.line)),
            max(1, round(size.height() - top - high - gap)),
        )  # fmt: skip
        self.setSceneRect(QRectF(self.rect()))
        for box in (self.paper, self._border):
            box.setRect(self.frame)
        beyond = self._spill * self.look.em
        self.inside.setRect(self.frame.adjusted(-beyond, 0, 0, beyond))
        for curve in self._curves:
            curve.lay()
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
        y = crisp(self.at(0, value).y(), 1)
        line.setLine(self.frame.left(), y, self.frame.right(), y)
        line.setZValue(-20)  # below what a panel tints
        self._scene.addItem(line)
        return line

    def _columns(self, axis: Axis, gap: float) -> Iterable[tuple[QGraphicsItem, ...]]:
        """The horizontal axis: texts under it, the last one inside the frame, its name after the first."""
        texts = [self._tick(words, "second") for _, words in axis.ticks]
        for (value, _), text in zip(axis.ticks, texts, strict=True):
            left = min(self.at(value, 0).x() - text.size[0] / 2, self.frame.right() - text.size[0])
            text.setPos(left, self.frame.bottom() + gap)
            yield (text,)
        placed = [text.sceneBoundingRect() for text in texts]
        if any(before.intersects(after) for before, after in pairwise(placed)):  # long numbers: every other
            for text in texts[1::2]:
                text.hide()
            return
        if axis.name and len(placed) > 1:
            name = self._tick(axis.name, "second")
            middle = (placed[0].right() + placed[1].left()) / 2
            name.setPos(middle - name.size[0] / 2, self.frame.bottom() + gap)
            name.setVisible(name.size[0] + gap < placed[1].left() - placed[0].right())
            yield (name,)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
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


def whole(width: float) -> float:
    """A line's width in whole pixels: level and upright ones stay crisp."""
    return float(max(1, round(width)))


def crisp(at: float, width: float) -> float:
    """Where a level or upright line of a width fills whole pixels, next to where it should be."""
    return floor(at) + 0.5 if round(width) % 2 else float(round(at))


def crossed(spot: QRectF, curves: Array) -> int:
    """How many of the curves' points (k, 2) lie in a place for words."""
    inside = (curves > (spot.left(), spot.top())) & (curves < (spot.right(), spot.bottom()))
    return int(inside.all(axis=1).sum())


def place(
    size: tuple[float, float],
    anchor: QPointF,
    gap: float,
    frame: QRectF,
    taken: Sequence[QRectF],
    curves: Array,
) -> QRectF:
    """Where a label of `size` goes: beside its anchor, in the frame, on no other label, off curves (n, 2).

    Tried in this order: right above, right below, left above, left below, right, then a line further off.
    """
    best, least = QRectF(), float("inf")
    for away, spot in _spots(size, anchor, gap):
        spot.translate(0, _back(spot, frame, gap / 2))
        far = FAR * away
        if least <= far:
            break
        cost = far + _cost(spot, frame, taken, curves)
        if cost < least:
            best, least = spot, cost
    return best


def _back(spot: QRectF, frame: QRectF, most: float) -> float:
    """How far down a place that leaves the frame by at most so much goes to be in it; 0 for all others."""
    above, below = frame.top() - spot.top(), spot.bottom() - frame.bottom()
    return above if 0 < above <= most else -below if 0 < below <= most else 0.0


def _spots(size: tuple[float, float], anchor: QPointF, gap: float) -> Iterable[tuple[int, QRectF]]:
    """How many lines away, and where: first all that are beside the anchor."""
    width, height = size
    for away, right, above in product(range(ROWS), (True, False), (True, False)):
        x = anchor.x() + gap if right else anchor.x() - gap - width
        row = ROW * height * away
        y = anchor.y() - gap / 2 - height - row if above else anchor.y() + gap / 2 + row
        yield away, QRectF(x, y, width, height)
        if away == 0 and not right and not above:
            for up in (0.5, 0.8):  # its middle as high as the anchor, or the foot of its letters
                yield 0, QRectF(anchor.x() + 1.3 * gap, anchor.y() - up * height, width, height)


def _cost(spot: QRectF, frame: QRectF, taken: Sequence[QRectF], curves: Array) -> int:
    outside = not frame.contains(spot)
    on_labels = sum(spot.intersects(other) for other in taken)
    white = WHITE * spot.height()
    low, high = (spot.left(), spot.top() + white), (spot.right(), spot.bottom() - white)
    on_curves = int(((curves > low) & (curves < high)).all(axis=1).sum())
    return 100_000 * outside + 10_000 * on_labels + min(on_curves, CROSSED)
