"""What a network sees of a point: each feature is a function of its coordinates, mostly of the first two."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from netviz.core.network import Array


class Feature(NamedTuple):
    """A row of FEATURES: a name for files and commands, a label for people, and its value."""

    name: str
    label: str
    value: Callable[[Array, Array], Array]
    column: int = 0  # of a table, where it is more than the first two: the coordinate, from 0


MOST_COLUMNS = 16  # coordinates that a point of a table can have
FEATURES = {
    row.name: row
    for row in (
        Feature("x", "x₁", lambda x, y: x),
        Feature("y", "x₂", lambda x, y: y),
        Feature("x2", "x₁²", lambda x, y: x * x),
        Feature("y2", "x₂²", lambda x, y: y * y),
        Feature("xy", "x₁x₂", lambda x, y: x * y),
        Feature("sin_x", "sin x₁", lambda x, y: np.sin(x)),
        Feature("sin_y", "sin x₂", lambda x, y: np.sin(y)),
        Feature("cos_x", "cos x₁", lambda x, y: np.cos(x)),
        Feature("cos_y", "cos x₂", lambda x, y: np.cos(y)),
    )
}
COLUMNS = {  # the other inputs of a table; its first two are x and y
    f"c{n}": Feature(f"c{n}", f"column {n}", lambda x, y: x, n - 1) for n in range(3, MOST_COLUMNS + 1)
}
INPUTS = FEATURES | COLUMNS
PLAIN = ("x", "y", *COLUMNS)  # the coordinates themselves


def features(names: Sequence[str], points: Array) -> Array:
    """The inputs (n, len(names)) at points (n, coordinates); ValueError if there is none of that name.

    A feature of a table's column needs points that have that column.
    """
    for name in names:
        if name not in INPUTS:
            raise ValueError(f'there is no feature "{name}"; known are {", ".join(FEATURES)}')
    columns, rows = points.T, [INPUTS[name] for name in names]
    x, y = columns[:2]
    return np.column_stack([columns[row.column] if row.column else row.value(x, y) for row in rows])
