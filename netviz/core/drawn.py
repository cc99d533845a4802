"""A drawn activation: straight pieces between points, the outer ones going on for ever."""

import numpy as np
import numpy.typing as npt

from netviz.core.activation import INF, Activation, AnyArray

Knots = tuple[tuple[float, float], ...]  # (z, value), from left to right

HINGE: Knots = ((-2.0, 0.0), (0.0, 0.0), (2.0, 2.0))  # what a drawing starts from
MOST_KNOTS = 32


def drawn(knots: Knots) -> Activation:
    """The piecewise linear activation through these knots; ValueError unless z grows from one to the next."""
    z, a = np.array(knots, dtype=np.float64).T
    if len(z) < 2 or not (np.diff(z) > 0).all():
        raise ValueError("a drawn activation needs two or more points, each further right than the last")
    slopes = np.diff(a) / np.diff(z)

    def piece(at: AnyArray) -> npt.NDArray[np.intp]:
        """Which piece holds each sum; a knot belongs to the piece on its left, as ReLU'(0) = 0."""
        return np.clip(np.searchsorted(z[1:-1], at, side="left"), 0, len(slopes) - 1)

    def value(at: AnyArray) -> AnyArray:
        which = piece(at)
        values: AnyArray = (a[which] + slopes[which] * (at - z[which])).astype(at.dtype)
        return values

    def slope(at: AnyArray) -> AnyArray:
        values: AnyArray = slopes[piece(at)].astype(at.dtype)
        return values

    low = min(a) if slopes[0] <= 0 <= slopes[-1] else -INF
    high = max(a) if slopes[-1] <= 0 <= slopes[0] else INF
    bends = tuple(z[1:-1][slopes[:-1] != slopes[1:]].tolist())
    return Activation(
        "drawn", "drawn", value, slope, r"\varphi(z) \text{ as drawn}", float(low), float(high),
        "Drawn by hand: straight pieces, each sum follows the one it falls on.", kinks=bends,
        monotone=bool((slopes >= 0).all()),
    )  # fmt: skip
