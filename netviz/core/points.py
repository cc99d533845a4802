"""What a problem is made of: its points with their targets, and how generated ones are drawn."""

from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from netviz.core.network import Array
from netviz.core.tables import Table

Kind = Literal["classes", "many", "numbers"]  # one of two classes, one of several, or a number
TWO = (0.0, 1.0)


class Points(NamedTuple):
    """Training and test points, and the square of the plane to show: both axes run from low to high.

    Places are (n, 2), of a table as many as it has inputs; of a curve the second coordinate is the target
    itself, which no feature may see.
    """

    x: Array  # (n, 2), or more
    y: Array  # (n, 1); of several classes (n, classes), 1 for the point's own
    low: float
    high: float
    test_x: Array  # (m, 2) or more, never trained on; m may be 0
    test_y: Array
    targets: tuple[float, float] = TWO  # what y is for the two classes
    kind: Kind = "classes"


class Sampling(NamedTuple):
    """How generated data is drawn; the corners are what they are and ignore it."""

    points: int = 200  # training and test points together
    noise: float = 0.0  # percent
    train_fraction: float = 0.5
    seed: int = 0
    own: tuple[tuple[float, float, float], ...] = ()  # the points themselves, where a person gives them
    table: Table | None = None  # or a file of them


USUAL = Sampling()


def frozen(values: npt.ArrayLike) -> Array:
    """A read-only copy."""
    array = np.array(values, dtype=np.float64)
    array.flags.writeable = False
    return array


def training_count(points: int, train_fraction: float) -> int:
    """How many of the points are trained on: the whole part, so that 0.29 of 100 are 29."""
    return int(points * train_fraction + 1e-9)


def split(
    x: Array,
    y: Array,
    count: int,
    box: tuple[float, float],
    kind: Kind = "classes",
    targets: tuple[float, float] = TWO,
) -> Points:
    """The first `count` of points x (n, 2), y (n, outputs) to train on, the rest to test."""
    train_x, train_y, test_x, test_y = map(frozen, (x[:count], y[:count], x[count:], y[count:]))
    return Points(train_x, train_y, *box, test_x, test_y, targets, kind)
