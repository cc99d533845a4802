"""The data of TensorFlow Playground, drawn number for number as it draws it."""

from collections.abc import Callable, Iterator
from math import cos, pi, sin, sqrt

import numpy as np

from netviz.core.generators import BUMPS, GAP, PLANE_BOX
from netviz.core.points import Kind, Points, Sampling, split, training_count
from netviz.core.seedrandom import SeedRandom

Point = tuple[float, float, float]  # x1, x2 and the target
Draw = Callable[[SeedRandom, int, float], Iterator[Point]]  # of so many points, with noise q from 0 to 1
TARGETS = (-1.0, 1.0)
REACH, SLOPE_REACH = 5.0, 6.0  # classes lie between -5 and 5, slopes and hills between -6 and 6
CLASSIFIED, VALUED = 500, 1200  # points that Playground itself draws


def _halves(count: int) -> tuple[int, int]:
    return (count + 1) // 2, count // 2


def _place(random: SeedRandom, reach: float) -> tuple[float, float]:
    return random.between(-reach, reach), random.between(-reach, reach)


def _noise(random: SeedRandom, reach: float, q: float) -> tuple[float, float]:
    """How far noise moves the place that decides a label; drawn even where there is none."""
    return random.between(-reach, reach) * q, random.between(-reach, reach) * q


def _distance(x: float, y: float) -> float:
    return sqrt(x * x + y * y)


def circle(random: SeedRandom, count: int, q: float) -> Iterator[Point]:
    """A disc of radius 2.5 inside a ring from 3.5 to 5."""
    for (low, high), half in zip(((0, 0.5), (0.7, 1)), _halves(count), strict=True):
        for _ in range(half):
            radius = random.between(low * REACH, high * REACH)
            angle = random.between(0, 2 * pi)
            x, y = radius * sin(angle), radius * cos(angle)
            a, b = _noise(random, REACH, q)
            yield x, y, 1.0 if _distance(x + a, y + b) < 0.5 * REACH else -1.0


def quadrant_xor(random: SeedRandom, count: int, q: float) -> Iterator[Point]:
    """Four quadrants with a gap between them; Playground calls it xor."""
    for _ in range(count):
        x, y = (at + GAP if at > 0 else at - GAP for at in _place(random, REACH))
        a, b = _noise(random, REACH, q)
        yield x, y, 1.0 if (x + a) * (y + b) >= 0 else -1.0


def gauss(random: SeedRandom, count: int, q: float) -> Iterator[Point]:
    """Two clouds around (2, 2) and (-2, -2)."""
    for sign, half in zip((1.0, -1.0), _halves(count), strict=True):
        for _ in range(half):
            x, y = (random.normal(2 * sign, 0.5 + 7 * q) for _ in range(2))
            yield x, y, sign


def spiral(random: SeedRandom, count: int, q: float) -> Iterator[Point]:
    """Two arms; here noise moves the points themselves."""
    for (turned, label), half in zip(((0.0, 1.0), (pi, -1.0)), _halves(count), strict=True):
        for i in range(half):
            radius, angle = i / half * REACH, 1.75 * i / half * 2 * pi + turned
            x = radius * sin(angle) + random.between(-1, 1) * q
            y = radius * cos(angle) + random.between(-1, 1) * q
            yield x, y, label


def plane(random: SeedRandom, count: int, q: float) -> Iterator[Point]:
    """A slope, (x1 + x2) / 10."""
    for _ in range(count):
        x, y = _place(random, SLOPE_REACH)
        a, b = _noise(random, SLOPE_REACH, q)
        yield x, y, ((x + a) + (y + b)) / 10


def multi_gauss(random: SeedRandom, count: int, q: float) -> Iterator[Point]:
    """Three hills and three hollows."""
    for _ in range(count):
        x, y = _place(random, SLOPE_REACH)
        a, b = _noise(random, SLOPE_REACH, q)
        yield x, y, _height(x + a, y + b)


def _height(x: float, y: float) -> float:
    """Of hills that overlap the highest or deepest counts, of equal ones the first."""
    heights = (sign * min(1.0, max(0.0, 1 - _distance(x - cx, y - cy) / 2)) for cx, cy, sign in BUMPS)
    return max((0.0, *heights), key=abs)


DRAWS: dict[str, tuple[Kind, Draw]] = {
    "circle": ("classes", circle),
    "quadrant_xor": ("classes", quadrant_xor),
    "gauss": ("classes", gauss),
    "spiral": ("classes", spiral),
    "plane": ("numbers", plane),
    "multi_gauss": ("numbers", multi_gauss),
}


def make(name: str, sampling: Sampling, random: SeedRandom) -> Points:
    """Draw the points of one of DRAWS, shuffle and split them; the stream is left where the start goes on."""
    kind, draw = DRAWS[name]
    points = list(draw(random, sampling.points, sampling.noise / 100))
    random.shuffle(points)
    table = np.array(points).reshape(-1, 3)
    count = training_count(sampling.points, sampling.train_fraction)
    return split(table[:, :2], table[:, 2:], count, PLANE_BOX, kind, TARGETS)
