"""Lines, the probe and the places of names on a plane, as paths and boxes."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen

from netviz.core.network import Array
from netviz.views.drawing.polylines import polygon

THIN = 0.02  # a plane thinner than this share of its length has become a line


class Spots:
    """The places around some points at which a name may stand, within the square."""

    def __init__(self, places: list[QPointF], size: tuple[float, float], reach: float, box: QRectF) -> None:
        """Keep `reach` px between the points' middles and the name."""
        across, down = [place.x() for place in places], [place.y() for place in places]
        self.size, self.box = size, box
        self.middle = (max(across) + min(across)) / 2, (max(down) + min(down)) / 2
        self.away = (
            (max(across) - min(across) + size[0]) / 2 + reach, (max(down) - min(down) + size[1]) / 2 + reach
        )  # fmt: skip

    def at(self, dx: int, dy: int) -> QRectF:
        """The place in a direction."""
        (wide, high), box = self.size, self.box
        x = self.middle[0] + dx * self.away[0] - wide / 2
        y = self.middle[1] + dy * self.away[1] - high / 2
        x = max(box.left() + 2, min(box.right() - 2 - wide, x))
        return QRectF(x, max(box.top() + 2, min(box.bottom() - 2 - high, y)), wide, high)


def wide_pen(
    color: QColor, width: float, cap: Qt.PenCapStyle, dashes: tuple[float, float] | None = None
) -> QPen:
    """A pen with round joins, dashed in multiples of its width."""
    pen = QPen(color, width)
    pen.setCapStyle(cap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if dashes:
        pen.setDashPattern(list(dashes))
    return pen


def once(edges: Array) -> Array:
    """The edges (4, samples, 2) to be dashed; where all lie on one line, that line once."""
    at = edges.reshape(-1, 2)
    middle = at.mean(axis=0)
    _, spread, axes = np.linalg.svd(at - middle, full_matrices=False)
    if spread[1] > THIN * spread[0]:
        return edges
    along = (at - middle) @ axes[0]
    return np.asarray(at[[along.argmin(), along.argmax()]][None])


def area(box: QRectF) -> float:
    """How much two boxes have in common, where this is their intersection."""
    return max(0.0, box.width()) * max(0.0, box.height())


def probe_path(ring: float, tick: float) -> QPainterPath:
    """The ringed cross around the origin."""
    path = QPainterPath()
    path.addEllipse(QPointF(0, 0), ring, ring)
    for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        path.moveTo(dx * (ring - tick), dy * (ring - tick))
        path.lineTo(dx * (ring + tick), dy * (ring + tick))
    return path


def polylines(lines: Array) -> QPainterPath:
    """Lines (lines, samples, 2) in px as one path."""
    path = QPainterPath()
    for line in lines:
        path.addPolygon(polygon(line))
    return path
