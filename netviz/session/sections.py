"""What of a problem the plane shows: two coordinates run from low to high, the others stand at the probe."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from netviz.core.datasets import DATASETS
from netviz.core.network import Array
from netviz.core.points import Points, frozen
from netviz.session import engine
from netviz.session.fields import Settings
from netviz.session.fitting import is_table

MOST_SHOWN = 5000  # points that are drawn; of more an even sample
MOST_ROWS = 1000  # of a table: more marks than that cover each other and the surface
NO_SECOND = "no second input"  # the other axis over a table's only input
Axes = tuple[int, int]


class Section(NamedTuple):
    """A square cut through the inputs; with two coordinates it is all of them."""

    low: float  # both axes run from here
    high: float  # to here
    axes: Axes = (0, 1)  # the coordinates that run across and up
    others: tuple[
        float, ...
    ] = ()  # all coordinates of a point on it, its own two as 0; (): there are but two

    def lifted(self, at: Array) -> Array:
        """Points (..., 2) of the plane as points (..., coordinates) of the problem."""
        if not self.others:
            return at
        whole = np.empty((*at.shape[:-1], len(self.others)))
        whole[...] = self.others
        whole[..., list(self.axes)] = at
        return whole


@lru_cache(maxsize=8)
def sampled(settings: Settings) -> Points:
    """The points, of many an even sample: what is drawn, never what is trained on or judged."""
    data, most = engine.points(settings), MOST_ROWS if is_table(settings) else MOST_SHOWN
    if max(len(data.x), len(data.test_x)) <= most:
        return data
    train, test = _sample(len(data.x), most), _sample(len(data.test_x), most)
    x, y, test_x, test_y = data.x[train], data.y[train], data.test_x[test], data.test_y[test]
    return data._replace(x=frozen(x), y=frozen(y), test_x=frozen(test_x), test_y=frozen(test_y))


def _sample(count: int, most: int) -> slice:
    return slice(None, None, -(-count // most) or 1)


@lru_cache(maxsize=8)
def looked_at(settings: Settings) -> tuple[Array, Array]:
    """The network's inputs (n, features) and the targets at the sampled points: what panels work with."""
    problem, data = engine.problem(settings), sampled(settings)
    if len(data.x) == len(problem.x):
        return problem.x, problem.y
    return frozen(engine.inputs(settings, data.x)), data.y


@lru_cache(maxsize=8)
def seen(settings: Settings, axes: Axes) -> Points:
    """The sampled points (n, 2) as the plane of two coordinates shows them, and the square it takes."""
    data, table = sampled(settings), settings.csv
    if not is_table(settings) or table is None or data.x.shape[1] == 2:
        return data
    reach, columns = table.reach(axes), list(axes)
    return data._replace(
        x=frozen(data.x[:, columns]), test_x=frozen(data.test_x[:, columns]), low=-reach, high=reach
    )


def axis_names(settings: Settings, axes: Axes) -> tuple[str, str]:
    """What the plane's axes are called, across and up: x₁, x₂, or a table's columns."""
    if DATASETS[settings.dataset].inputs == 1 and not is_table(settings):
        return "x", "y"
    table = settings.csv
    if not is_table(settings) or table is None:
        return "x₁", "x₂"
    names = (*table.inputs, table.target if settings.dataset == "csv:curve" else NO_SECOND)
    return names[axes[0]], names[axes[1]]
