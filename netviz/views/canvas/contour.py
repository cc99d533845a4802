"""Contour lines of a grid of values by marching squares, joined into polylines."""

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
STRAIGHT = 1e-3  # a corner that turns less than this, in cells, is no corner
HUGE = 1e9  # keeps differences of overflowed values finite

# The two sides (top 0, right 1, bottom 2, left 3) that the line joins, by which corners of a cell lie above
# the level (top left 1, top right 2, bottom right 4, bottom left 8); saddles, 5 and 10, are decided apart.
JOINED = np.array([
    (0, 0), (0, 3), (0, 1), (1, 3), (1, 2), (0, 3), (0, 2), (2, 3),
    (2, 3), (0, 2), (0, 3), (1, 2), (1, 3), (0, 1), (0, 3), (0, 0),
])  # fmt: skip


def contour(values: npt.NDArray[np.floating], level: float) -> tuple[Array, ...]:
    """The lines on which values (n, n) cross a level: each (k, 2), x and y from 0 to 1, y along the rows.

    Marching squares (Lorensen and Cline 1987, in the plane): exact where the values are linear.
    """
    d = np.subtract(values, level, dtype=np.float64)
    above = d > 0
    pairs = _pairs(d, above)
    if not len(pairs):
        return ()
    edges = _distinct(pairs)
    points = dict(zip(edges.tolist(), _crossings(d, edges).tolist(), strict=True))
    lines = (np.array([points[edge] for edge in chain]) for chain in _chains(pairs))
    return tuple(_simple(line) / (len(d) - 1) for line in lines)


def _pairs(d: Array, above: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """Which two edges of the grid the line joins in each cell that it crosses, as numbers (m, 2).

    Edge number r * n + c goes right from grid point (r, c); n * n more, and it goes down from there.
    """
    n = len(d)
    corners = above.view(np.uint8)
    code = corners[:-1, :-1] | corners[:-1, 1:] << 1 | corners[1:, 1:] << 2 | corners[1:, :-1] << 3
    rows, columns = np.nonzero((code != 0) & (code != 15))
    code = code[rows, columns]
    cell = rows * n + columns
    sides = np.stack([cell, n * n + cell + 1, cell + n, n * n + cell], axis=1)  # top, right, bottom, left
    joined, saddle = JOINED[code], (code == 5) | (code == 10)
    if saddle.any():  # the middle says which two corners belong together
        r, c = rows[saddle], columns[saddle]
        middle = d[r, c] + d[r, c + 1] + d[r + 1, c] + d[r + 1, c + 1] > 0
        together = (middle == above[r, c])[:, None]
        joined[saddle] = np.where(together, (0, 1), (0, 3))
        others = np.take_along_axis(sides[saddle], np.where(together, (2, 3), (1, 2)), axis=1)
        return np.concatenate([np.take_along_axis(sides, joined, axis=1), others])
    return np.take_along_axis(sides, joined, axis=1)


def _distinct(pairs: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Every number once, in order; `np.unique` would import NumPy's masked arrays first."""
    edges = np.sort(pairs, axis=None)
    found: npt.NDArray[np.int64] = edges[np.flatnonzero(np.diff(edges, prepend=-1))]
    return found


def _crossings(d: Array, edges: npt.NDArray[np.int64]) -> Array:
    """Where the line crosses these edges: x and y (k, 2), in cells."""
    n = len(d)
    down = edges >= n * n
    r, c = np.divmod(edges - n * n * down, n)
    start, end = _within(d[r, c]), _within(d[r + down, c + ~down])
    share = start / (start - end)
    return np.column_stack([c + share * ~down, r + share * down])


def _within(d: Array) -> Array:
    """Differences that can be divided; what is no number is not above the level, so it is far below."""
    return np.asarray(np.nan_to_num(d, nan=-HUGE).clip(-HUGE, HUGE), dtype=np.float64)


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
