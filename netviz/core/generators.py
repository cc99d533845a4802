"""The shapes that data is drawn in; those with a name in TensorFlow Playground are the same ones.

Each takes a generator, how many points, and the noise q from 0 to 1, and returns places x (n, 2) and what
they are: True or False for two classes, the number of a class, or a value. Where noise q is a share of the
plane it moves the place that decides the class and leaves the point where it is.
"""

from __future__ import annotations  # NumPy imports its generators when the first one is made

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from netviz.core.network import Array
from netviz.core.points import Kind, Points, Sampling, split, training_count

if TYPE_CHECKING:
    Draw = Callable[[np.random.Generator, int, float], tuple[Array, Array]]

PLANE_BOX = (-6.0, 6.0)
CURVE_BOX = (-1.25, 1.25)
REACH = 5.0  # data of the plane lies between -REACH and REACH
GAP = 0.3  # between the quadrants, to either side of an axis
BUMPS = ((-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1), (4, -2.5, -1))  # x, y, sign


def _spread(rng: np.random.Generator, count: int, reach: float) -> Array:
    """Uniform places (count, 2) between -reach and reach."""
    return rng.uniform(-reach, reach, (count, 2))


def _around(rng: np.random.Generator, centres: Array, variance: float) -> Array:
    """One place around each centre (n, 2), normally distributed."""
    return centres + rng.normal(0.0, np.sqrt(variance), centres.shape)


def _halves(count: int) -> Array:
    """1 for the first half, 0 for the rest."""
    return (np.arange(count) < (count + 1) // 2).astype(np.float64)


def _on_circle(radius: Array, angle: Array) -> Array:
    return np.column_stack([radius * np.sin(angle), radius * np.cos(angle)])


def circle(rng: np.random.Generator, count: int, q: float) -> tuple[Array, Array]:
    """A disc inside a ring."""
    inner = _halves(count)
    radius = rng.uniform(np.where(inner, 0.0, 0.7 * REACH), np.where(inner, 0.5 * REACH, REACH))
    x = _on_circle(radius, rng.uniform(0, 2 * np.pi, count))
    seen = x + q * _spread(rng, count, REACH)
    return x, np.linalg.norm(seen, axis=1) < 0.5 * REACH


def quadrant_xor(rng: np.random.Generator, count: int, q: float) -> tuple[Array, Array]:
    """Four quadrants with a gap between them, labelled by the sign of x1 x2."""
    x = _spread(rng, count, REACH)
    x += np.where(x > 0, GAP, -GAP)
    seen = x + q * _spread(rng, count, REACH)
    return x, seen.prod(axis=1) >= 0


def gauss(rng: np.random.Generator, count: int, q: float) -> tuple[Array, Array]:
    """Two clouds that a line can separate."""
    first = _halves(count)
    centres = np.where(first[:, None], 2.0, -2.0) * np.ones(2)
    return _around(rng, centres, 0.5 + 7 * q), first


def spiral(rng: np.random.Generator, count: int, q: float) -> tuple[Array, Array]:
    """Two arms, each of 1 3/4 turns; noise moves the points."""
    first = _halves(count)
    place = np.where(first, np.arange(count), np.arange(count) - first.sum())
    along = place / np.where(first, first.sum(), count - first.sum())
    x = _on_circle(REACH * along, 1.75 * 2 * np.pi * along + np.where(first, 0.0, np.pi))
    return x + q * _spread(rng, count, 1.0), first


def moons(rng: np.random.Generator, count: int, q: float) -> tuple[Array, Array]:
    """Two half circles that reach into each other; noise moves the points."""
    first = _halves(count)
    angle = rng.uniform(0, np.pi, count)
    side = np.where(first, 1.0, -1.0)
    arc = np.column_stack([3 * np.cos(angle) - 1.5 * side, side * (3 * np.sin(angle) - 0.75)])
    return arc + (0.3 + q) * _spread(rng, count, 1.0), first


def checkerboard(rng: np.random.Generator, count: int, q: float) -> tuple[Array, Array]:
    """Four by four squares of changing colour."""
    x = _spread(rng, count, REACH)
    seen = x + q * _spread(rng, count, REACH)
    return x, np.floor(seen / (REACH / 2)).sum(axis=1) % 2 == 0


def rings(rng: np.random.Generator, count: int, q: float) -> tuple[Array, Array]:
    """A disc and two rings of changing colour."""
    band = np.arange(count) % 3
    radius = rng.uniform(band * 0.4 * REACH, (band * 0.4 + 0.2) * REACH)
    x = _on_circle(radius, rng.uniform(0, 2 * np.pi, count))
    seen = np.linalg.norm(x + q * _spread(rng, count, REACH), axis=1) / REACH
    return x, (seen < 0.3) | (seen > 0.7)


def blobs(rng: np.random.Generator, count: int, q: float, classes: int) -> tuple[Array, Array]:
    """Clouds around a circle, each a class of its own."""
    which = np.arange(count) % classes
    centres = _on_circle(np.full(count, 3.5), which * 2 * np.pi / classes)
    return _around(rng, centres, 0.4 + 4 * q), which.astype(np.float64)


def plane(rng: np.random.Generator, count: int, q: float) -> tuple[Array, Array]:
    """(x1 + x2) / 10: a slope."""
    x = _spread(rng, count, PLANE_BOX[1])
    seen = x + q * _spread(rng, count, PLANE_BOX[1])
    return x, seen.sum(axis=1) / 10


def multi_gauss(rng: np.random.Generator, count: int, q: float) -> tuple[Array, Array]:
    """Three hills and three hollows, each of radius 2; of two that overlap the higher or deeper counts."""
    x = _spread(rng, count, PLANE_BOX[1])
    seen = x + q * _spread(rng, count, PLANE_BOX[1])
    bumps = np.array(BUMPS)
    away = np.linalg.norm(seen[:, None] - bumps[:, :2], axis=-1)
    heights = bumps[:, 2] * np.clip(1 - away / 2, 0, 1)
    return x, heights[np.arange(count), np.abs(heights).argmax(axis=1)]


def curve(
    rng: np.random.Generator, count: int, q: float, shape: Callable[[Array], Array]
) -> tuple[Array, Array]:
    """A function of one input between -1 and 1; noise moves its values."""
    x = rng.uniform(-1, 1, count)
    y = shape(x) + q * rng.uniform(-1, 1, count)
    return np.column_stack([x, y]), y


def drawn(draw: Draw, kind: Kind, outputs: int, box: tuple[float, float], sampling: Sampling) -> Points:
    """Draw, shuffle and split: the same points for the same sampling."""
    rng = np.random.default_rng(sampling.seed)
    x, what = draw(rng, sampling.points, sampling.noise / 100)
    order = rng.permutation(sampling.points)
    y = np.eye(outputs)[what.astype(int)] if kind == "many" else what[:, None]
    count = max(1, training_count(sampling.points, sampling.train_fraction))
    return split(x[order], y[order], count, box, kind)
