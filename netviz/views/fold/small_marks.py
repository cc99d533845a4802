"""Hundreds of marks without words, with white around them all; while they move, as one stamped picture."""

from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem, QGraphicsPixmapItem

from netviz.core.network import Array
from netviz.views.drawing.crowd import marks_path, shape_path
from netviz.views.drawing.stamps import stamp, stamped
from netviz.views.theme import INK, PAPER


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
        self._kind: object = None  # what the stamps were cut for
        self._stamps: list[QPixmap] = []  # the white ones first

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
        white = QPainterPath()
        white.setFillRule(Qt.FillRule.WindingFill)
        for item, one in zip(self.looks, groups, strict=False):
            item.setPath(marks_path(one.shape, radius, one.places))
            item.setBrush(one.color)
            item.setVisible(True)
            white.addPath(marks_path(one.shape, radius + around, one.places))  # a stroke takes thrice as long
        self.halo.setPath(white)
        self.halo.setVisible(True)

    def stamp(self, groups: list[Alike], radius: float, around: float, box: QRectF, scale: float) -> None:
        """Show the same in a box, stamped on the screen's pixels, of which there are `scale` to one here."""
        kind = radius, around, scale, [(one.shape, one.color) for one in groups]
        if kind != self._kind:
            wider = [stamp(shape_path(one.shape, radius + around), PAPER, scale) for one in groups]
            marks = [stamp(shape_path(one.shape, radius), one.color, scale) for one in groups]
            self._kind, self._stamps = kind, [*wider, *marks]
        places = [one.places for one in groups]
        self.hide()
        self.moving.setPixmap(stamped(zip([*places, *places], self._stamps, strict=True), box, scale))
        self.moving.setPos(box.topLeft())
        self.moving.setVisible(True)
