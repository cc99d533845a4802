"""Polylines out of arrays, copied in one go: no Python object for each point."""

from typing import Any

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QPainterPath, QPolygonF
from shiboken6 import VoidPtr

Points = npt.NDArray[np.floating]
MEMORY: Any = VoidPtr  # its stub lacks what it takes: an address, a size in bytes, whether one may write


def polygon(points: Points) -> QPolygonF:
    """Points (n, 2) as Qt's: two doubles each."""
    found = QPolygonF()
    if len(points):
        found.resize(len(points))
        memory = MEMORY(found.data(), 16 * len(points), True)
        np.frombuffer(memory, np.float64).reshape(-1, 2)[:] = points
    return found


def path_through(points: Points) -> QPainterPath:
    """A curve through points (n, 2), broken where one of them is not finite."""
    path = QPainterPath()
    finite = np.isfinite(points).all(axis=1)
    if finite.all():
        path.addPolygon(polygon(points))
        return path
    ends = np.flatnonzero(np.diff(finite, prepend=False, append=False))
    for start, end in ends.reshape(-1, 2).tolist():
        path.addPolygon(polygon(points[start:end]))
    return path
