"""The input plane on its way to the hidden one: a cloth of squares in the colours of their answers."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap, QPolygonF

from netviz.core.network import Array

Colors = npt.NDArray[np.uint32]


class Cloth(NamedTuple):
    """The input plane in squares, each with its answer's colour."""

    corners: Array  # (rows + 1, columns + 1, 2)
    colors: Colors  # (rows, columns)


def painted(colors: Colors, at: Array, size: QSizeF) -> QPixmap:
    """The squares with their corners at (rows + 1, columns + 1, 2), px; what lies on top is painted last."""
    found = QPixmap(size.toSize())
    found.fill(Qt.GlobalColor.transparent)
    corners = np.stack([at[:-1, :-1], at[:-1, 1:], at[1:, 1:], at[1:, :-1]], axis=2).reshape(-1, 4, 2)
    with QPainter(found) as painter:
        for square, color in zip(corners.tolist(), colors.ravel().tolist(), strict=True):
            painter.setPen(QPen(QColor(color), 1.0))
            painter.setBrush(QBrush(QColor(color)))
            painter.drawConvexPolygon(QPolygonF([QPointF(*corner) for corner in square]))
    return found
