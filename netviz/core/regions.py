"""The pieces a piecewise linear network cuts the plane into, and the affine map it is on each."""

from typing import NamedTuple

import numpy as np

from netviz.core.activation import Activation
from netviz.core.analysis import AffineMap
from netviz.core.network import Array, Network, Params

CORNERS = 3  # fewer make no piece

Cell = tuple[Array, AffineMap]  # a convex polygon, and the values of one layer on it


class Region(NamedTuple):
    """A convex piece of the plane, and the one affine map that the network is there."""

    corners: Array  # (n, 2), in order around it
    map: AffineMap  # from the plane to the output's sum


def is_piecewise(network: Network) -> bool:
    """Whether every hidden activation is made of straight pieces, so that there are regions to count."""
    return all(activation.kinks is not None for activation in network.activations[:-1])


def regions(network: Network, params: Params, low: float, high: float) -> tuple[Region, ...]:
    """All regions of a network with two inputs that meet the square from low to high, exactly.

    Each unit cuts each region, layer by layer, along the lines on which its sum is a kink.
    ValueError if a hidden activation is not piecewise linear.
    """
    if not is_piecewise(network):
        raise ValueError("only activations made of straight pieces cut the plane into regions")
    square = np.array([(low, low), (high, low), (high, high), (low, high)], dtype=np.float64)
    cells: list[Cell] = [(square, AffineMap(params.weights[0], params.biases[0]))]
    for activation, w, b in zip(network.activations, params.weights[1:], params.biases[1:], strict=False):
        bent = [cell for polygon, sums in cells for cell in _bend(polygon, sums, activation)]
        cells = [(polygon, AffineMap(w @ h.weight, w @ h.bias + b)) for polygon, h in bent]
    return tuple(Region(*cell) for cell in cells)


def most_regions(units: int) -> int:
    """The most regions that units lines can cut the plane into: 1 + n + n(n - 1)/2."""
    return 1 + units + units * (units - 1) // 2


def _bend(polygon: Array, sums: AffineMap, activation: Activation) -> list[Cell]:
    """Cut a polygon wherever one of its sums is a kink; on each piece the values are affine again."""
    pieces = [polygon]
    for weight, bias in zip(sums.weight, sums.bias, strict=True):
        for kink in activation.kinks or ():
            pieces = [part for piece in pieces for part in _cut(piece, weight, bias - kink)]
    return [(piece, _straight(piece, sums, activation)) for piece in pieces]


def _straight(piece: Array, sums: AffineMap, activation: Activation) -> AffineMap:
    """The values phi(sums) on a piece without a kink: affine, with the slopes found at its middle."""
    middle = sums(piece.mean(axis=0))
    slope = activation.slope(middle)
    offset = activation.value(middle) - slope * middle
    return AffineMap(slope[:, None] * sums.weight, slope * sums.bias + offset)


def _cut(polygon: Array, weight: Array, bias: float) -> list[Array]:
    """The one or two parts of a convex polygon on either side of the line weight . p + bias = 0.

    The line's numbers may be of any size: by a power of two they come near 1, which costs no digit.
    """
    largest = max(float(np.abs(weight).max()), abs(bias))
    if not 0 < largest < np.inf:
        return [polygon]
    exponent = int(np.frexp(largest)[1])
    weight, bias = np.ldexp(weight, -exponent), float(np.ldexp(bias, -exponent))
    side = polygon @ weight + bias
    side[np.abs(side) <= 1e-12 * (np.abs(polygon) @ np.abs(weight) + abs(bias))] = 0.0  # rounding
    if (side >= 0).all() or (side <= 0).all():
        return [polygon]
    ahead, side_ahead = np.roll(polygon, -1, axis=0), np.roll(side, -1)
    parts: tuple[list[Array], list[Array]] = ([], [])
    for p, q, s, t in zip(polygon, ahead, side, side_ahead, strict=True):
        if s >= 0:
            parts[0].append(p)
        if s <= 0:
            parts[1].append(p)
        if s < 0 < t or t < 0 < s:
            crossing = (t * p - s * q) / (t - s)
            parts[0].append(crossing)
            parts[1].append(crossing)
    return [np.array(part) for part in parts if len(part) >= CORNERS]
