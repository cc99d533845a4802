"""Hundreds of marks as one picture: stamped, where to fill as many outlines would take ten times as long."""

from collections.abc import Iterable
from math import ceil

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from netviz.core.network import Array


def stamp(mark: QPainterPath, fill: QColor, scale: float, outline: QPen | None = None) -> QPixmap:
    """A mark around (0, 0) in the middle of a small picture, which has `scale` pixels to one px."""
    box = mark.boundingRect()
    reach = max(-box.left(), -box.top(), box.right(), box.bottom()) + (
        outline.widthF() / 2 if outline else 0.0
    )
    found = _empty(2 * ceil(reach * scale + 1), 2 * ceil(reach * scale + 1), scale)
    with QPainter(found) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(outline or QPen(Qt.PenStyle.NoPen))
        painter.setBrush(fill)
        painter.translate(found.width() / scale / 2, found.height() / scale / 2)
        painter.drawPath(mark)
    return found


def stamped(prints: Iterable[tuple[Array, QPixmap]], box: QRectF, scale: float) -> QPixmap:
    """A picture of a box, with each stamp at its places (n, 2), px, in this order, on whole pixels."""
    found = _empty(ceil(box.width() * scale), ceil(box.height() * scale), 1.0)
    with QPainter(found) as painter:
        draw = painter.drawPixmap
        for places, mark in prints:
            pixels, side = QPixmap(mark), mark.width()
            pixels.setDevicePixelRatio(1.0)
            corners = np.floor((places - (box.left(), box.top())) * scale - side / 2 + 0.5)
            seen = (corners > -side) & (corners < (found.width(), found.height()))
            for x, y in corners[seen.all(axis=1)].astype(int).tolist():
                draw(x, y, pixels)  # to make a QPointF takes longer than to print
    found.setDevicePixelRatio(scale)
    return found


def _empty(width: int, height: int, scale: float) -> QPixmap:
    found = QPixmap(width, height)
    found.setDevicePixelRatio(scale)
    found.fill(Qt.GlobalColor.transparent)
    return found
