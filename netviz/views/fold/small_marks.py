"""Hundreds of marks without words, with white around them all; while they move, as one stamped picture."""

from collections.abc import Iterator
from math import ceil
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem, QGraphicsPixmapItem

from netviz.core.network import Array
from netviz.views.canvas.items import INK, PAPER
from netviz.views.fold.plane_paths import small_marks


class Alike(NamedTuple):
    """Marks of one look."""

    shape: str
    color: QColor
    places: Array  # (n, 2), px


class SmallMarks:
    """Outlines for what rests: to fill so many anew in every frame would take ten times as long."""

    def __init__(self, frame: QGraphicsItem) -> None:
        """Nothing to see yet, inside a frame."""
        self._frame = frame
        self.halo = self._outlines(PAPER)
        self.looks: list[QGraphicsPathItem] = []
        self.moving = QGraphicsPixmapItem(frame)
        self._stamps: dict[tuple[object, ...], QPixmap] = {}

    def _outlines(self, color: QColor) -> QGraphicsPathItem:
        found = QGraphicsPathItem(self._frame)
        found.setPen(QPen(Qt.PenStyle.NoPen))
        found.setBrush(color)
        return found

    def hide(self) -> None:
        """Show none."""
        for item in (self.halo, self.moving, *self.looks):
            item.setVisible(False)

    def show(self, groups: list[Alike], radius: float, around: float) -> None:
        """Show marks of a radius with so much white around, px."""
        self.hide()
        while len(self.looks) < len(groups):
            self.looks.append(self._outlines(INK))
        white = small_marks([], "circle", 0.0)
        for item, one in zip(self.looks, groups, strict=False):
            places = [QPointF(*place) for place in one.places.tolist()]
            item.setPath(small_marks(places, one.shape, radius))
            item.setBrush(one.color)
            item.setVisible(True)
            white.addPath(
                small_marks(places, one.shape, radius + around)
            )  # a stroke would take three times that
        self.halo.setPath(white)
        self.halo.setVisible(True)

    def stamp(self, groups: list[Alike], radius: float, around: float, box: QRectF, scale: float) -> None:
        """Show the same in a box, stamped on the screen's pixels, of which there are `scale` to one here."""
        found = QPixmap(ceil(box.width() * scale), ceil(box.height() * scale))
        found.setDevicePixelRatio(scale)
        found.fill(Qt.GlobalColor.transparent)
        with QPainter(found) as painter:
            for one, stamp in self._passes(groups, radius, around, scale):
                half = stamp.width() / scale / 2
                for x, y in (one.places - (box.left() + half, box.top() + half)).tolist():
                    painter.drawPixmap(QPointF(x, y), stamp)
        self.hide()
        self.moving.setPixmap(found)
        self.moving.setPos(box.topLeft())
        self.moving.setVisible(True)

    def _passes(
        self, groups: list[Alike], radius: float, around: float, scale: float
    ) -> Iterator[tuple[Alike, QPixmap]]:
        """What is stamped with what: all the white first, so that it hides no mark."""
        for one in groups:
            yield one, self._stamp(one.shape, PAPER, radius + around, scale)
        for one in groups:
            yield one, self._stamp(one.shape, one.color, radius, scale)

    def _stamp(self, shape: str, color: QColor, radius: float, scale: float) -> QPixmap:
        """One mark in the middle of a small picture."""
        key = shape, color.rgb(), radius, scale
        if key not in self._stamps:
            side = 2 * ceil(1.5 * radius * scale + 1)  # even, so that its middle lies between two pixels
            found = QPixmap(side, side)
            found.setDevicePixelRatio(scale)
            found.fill(Qt.GlobalColor.transparent)
            with QPainter(found) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(color)
                middle = side / scale / 2
                painter.drawPath(small_marks([QPointF(middle, middle)], shape, radius))
            self._stamps[key] = found
        return self._stamps[key]
