"""What a network sees of a point: each feature is a function of its two coordinates."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from netviz.core.network import Array


class Feature(NamedTuple):
    """A row of FEATURES: a name for files and commands, a label for people, and its value."""

    name: str
    label: str
    value: Callable[[Array, Array], Array]


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


def features(names: Sequence[str], points: Array) -> Array:
    """The inputs (n, len(names)) at points (n, 2); ValueError names the known ones if a name is not."""
    for name in names:
        if name not in FEATURES:
            raise ValueError(f'there is no feature "{name}"; known are {", ".join(FEATURES)}')
    x, y = points.T
    return np.column_stack([FEATURES[name].value(x, y) for name in names])
