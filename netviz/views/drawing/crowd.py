"""Many points as marks: a shape and a colour for each class, the value's colour for numbers."""

from functools import lru_cache
from math import cos, pi, sin
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPolygonF

from netviz.core.network import Array
from netviz.core.points import Points
from netviz.session import judging
from netviz.session.fields import Settings
from netviz.session.sections import Axes, seen
from netviz.views.theme import value_color

# One colour a class, the first two those of the answers 0 and 1. Any two are at least 21 apart in Lab under
# simulated protanopia, deuteranopia and tritanopia; the shapes say the same without colour.
CLASS_COLORS = ("#c65b11", "#1c5ca0", "#36b37e", "#f2c80f", "#c774b4", "#2b2f36")
CLASS_SHAPES = ("square", "circle", "triangle", "diamond", "plus", "star")
BINS = 17  # shades of numbers
Numbers = np.ndarray[tuple[int], np.dtype[np.intp]]


class Group(NamedTuple):
    """Points that look alike."""

    shape: str
    color: str  # "" for ink
    hollow: bool  # test points, which are never trained on
    places: Array  # (n, 2) in the unit square, y downwards
    rim: str = "white"  # around a mark; what is known by its colour alone has a dark one


def shape_path(shape: str, radius: float) -> QPainterPath:
    """A mark around (0, 0); all have about the same area."""
    path = QPainterPath()
    if shape == "circle":
        path.addEllipse(QPointF(0, 0), radius, radius)
    elif shape == "square":
        path.addRect(QRectF(-0.88 * radius, -0.88 * radius, 1.76 * radius, 1.76 * radius))
    elif shape == "plus":
        arm, thick = 1.15 * radius, 0.42 * radius
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in _plus(arm, thick)]))
        path.closeSubpath()
    else:
        corners, reach = {"triangle": (3, (1.3,)), "diamond": (4, (1.25,)), "star": (10, (1.35, 0.6))}[shape]
        angles = [2 * pi * i / corners - pi / 2 for i in range(corners)]
        spots = [(reach[i % len(reach)] * radius, angle) for i, angle in enumerate(angles)]
        path.addPolygon(QPolygonF([QPointF(r * cos(angle), r * sin(angle)) for r, angle in spots]))
        path.closeSubpath()
    return path


def marks_path(shape: str, radius: float, places: Array) -> QPainterPath:
    """Marks of one shape at places (n, 2), px, as one outline; those that overlap stay whole."""
    path, mark = QPainterPath(), shape_path(shape, radius)
    path.setFillRule(Qt.FillRule.WindingFill)
    for x, y in places.tolist():
        path.addPath(mark.translated(x, y))
    return path


def _plus(arm: float, thick: float) -> list[tuple[float, float]]:
    quarter = [(thick, -arm), (thick, -thick), (arm, -thick)]
    corners, turned = list[tuple[float, float]](), quarter
    for _ in range(4):
        corners += turned
        turned = [(-y, x) for x, y in turned]
    return corners


@lru_cache(maxsize=16)
def crowd(settings: Settings, with_test: bool, axes: Axes = (0, 1)) -> tuple[Group, ...]:
    """The points of a problem as marks, the training points last: they lie on top."""
    data = seen(settings, axes)
    kinds = [(data.test_x, data.test_y, True)] if with_test else []
    kinds.append((data.x, data.y, False))
    return tuple(
        group
        for x, y, hollow in kinds
        for group in groups(data, x, y, hollow, plain=judging.is_curve(settings))
    )


def groups(data: Points, x: Array, y: Array, hollow: bool = False, plain: bool = False) -> tuple[Group, ...]:
    """Points x (n, 2) with targets y (n, outputs), grouped by look; `plain`: colour says nothing."""
    span = data.high - data.low
    places = np.column_stack([x[:, 0] - data.low, data.high - x[:, 1]]) / span
    shade, found = looks(data, y, plain)
    rim = "dark" if data.kind == "numbers" and not plain else "white"
    return tuple(Group(shape, color, hollow, places[shade == i], rim) for i, (shape, color) in found.items())


def looks(data: Points, y: Array, plain: bool = False) -> tuple[Numbers, dict[int, tuple[str, str]]]:
    """The number of the look of each target y (n, outputs), and each look's shape and colour."""
    if data.kind == "numbers":
        shade = np.rint((np.clip(y[:, 0], -2, 2) + 2) / 4 * (BINS - 1)).astype(np.intp)
        return shade, {
            int(i): ("circle", "" if plain else value_color(4 * int(i) / (BINS - 1) - 2).name())
            for i in np.unique(shade)
        }
    shade = class_numbers(data, y)
    return shade, {int(i): (CLASS_SHAPES[int(i)], CLASS_COLORS[int(i)]) for i in np.unique(shade)}


def class_numbers(data: Points, y: Array) -> Numbers:
    """The number of each target's class, from 0."""
    if data.kind == "many":
        return np.asarray(y.argmax(axis=1))
    return np.asarray(1 * (y[:, 0] > sum(data.targets) / 2), dtype=np.intp)
