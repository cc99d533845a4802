"""Contour lines of a grid of values by marching squares, joined into polylines."""

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
STRAIGHT = 1e-3  # a corner that turns less than this, in cells, is no corner
HUGE = 1e9  # keeps differences of overflowed values finite


def contour(values: npt.NDArray[np.floating], level: float) -> tuple[Array, ...]:
    """The lines on which values (n, n) cross a level: each (k, 2), x and y from 0 to 1, y along the rows.

    Marching squares (Lorensen and Cline 1987, in the plane): exact where the values are linear.
    """
    d = np.clip(np.nan_to_num(values.astype(np.float64)) - level, -HUGE, HUGE)
    above = d > 0
    across, down = above[:, 1:] != above[:, :-1], above[1:] != above[:-1]
    if not across.any() and not down.any():
        return ()
    n = len(d)
    with np.errstate(divide="ignore", invalid="ignore"):
        x = np.arange(n - 1) + d[:, :-1] / (d[:, :-1] - d[:, 1:])
        y = np.arange(n - 1)[:, None] + d[:-1] / (d[:-1] - d[1:])
    points: dict[int, tuple[float, float]] = {}
    for r, c in np.argwhere(across).tolist():
        points[r * n + c] = (x[r, c], r)
    for r, c in np.argwhere(down).tolist():
        points[n * n + r * n + c] = (c, y[r, c])
    return tuple(_simple(np.array([points[key] for key in line])) / (n - 1) for line in _chains(_pairs(d)))


def _pairs(d: Array) -> npt.NDArray[np.int64]:
    """Which two crossed grid edges each crossed cell joins, as numbers (m, 2)."""
    n = len(d)
    above = d > 0
    across, down = above[:, 1:] != above[:, :-1], above[1:] != above[:-1]
    crossed = np.stack([across[:-1], down[:, 1:], across[1:], down[:, :-1]], axis=-1)  # top right bottom left
    rows, columns = np.indices(crossed.shape[:2])
    cell = rows * n + columns
    edges = np.stack([cell, n * n + cell + 1, cell + n, n * n + cell], axis=-1)
    count = crossed.sum(axis=-1)
    simple = edges[count == 2][crossed[count == 2]].reshape(-1, 2)
    saddle = count == 4  # both diagonals differ: the middle says which two corners belong together
    middle = (d[:-1, :-1] + d[:-1, 1:] + d[1:, :-1] + d[1:, 1:])[saddle] > 0
    turned = np.where(middle[:, None] == above[:-1, :-1][saddle][:, None], [0, 1, 2, 3], [0, 3, 1, 2])
    crossing = np.take_along_axis(edges[saddle], turned, axis=1).reshape(-1, 2)
    return np.concatenate([simple, crossing])


def _chains(pairs: npt.NDArray[np.int64]) -> list[list[int]]:
    """Join pairs into chains, open ones first."""
    neighbours: dict[int, list[int]] = {}
    for a, b in pairs.tolist():
        neighbours.setdefault(a, []).append(b)
        neighbours.setdefault(b, []).append(a)
    chains = []
    for start in sorted(neighbours, key=lambda key: len(neighbours[key])):
        chain, at = [start], start
        while neighbours[at]:
            following = neighbours[at].pop()
            neighbours[following].remove(at)
            chain.append(following)
            at = following
        if len(chain) > 1:
            chains.append(chain)
    return chains


def _simple(line: Array) -> Array:
    """Drop the points at which a line does not turn."""
    if len(line) < 3:
        return line
    steps = np.diff(line, axis=0)
    turn = np.abs(steps[:-1, 0] * steps[1:, 1] - steps[:-1, 1] * steps[1:, 0])
    kept: Array = line[np.concatenate([[True], turn > STRAIGHT, [True]])]
    return kept
