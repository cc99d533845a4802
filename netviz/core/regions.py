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
    weights, biases = _lines(sums, activation.kinks or ())
    side = _sides(polygon, weights, biases)
    crossing = (side > 0).any(axis=0) & (side < 0).any(axis=0)  # of many units few cut a small piece
    pieces = [polygon]
    for weight, bias in zip(weights[crossing], biases[crossing], strict=True):
        pieces = [part for piece in pieces for part in _cut(piece, weight, bias)]
    return [(piece, _straight(piece, sums, activation)) for piece in pieces]


def _lines(sums: AffineMap, kinks: tuple[float, ...]) -> tuple[Array, Array]:
    """The lines weight . p + bias = 0 on which a sum is a kink: weights (n, 2) and biases (n,).

    The numbers may be of any size: by a power of two they come near 1, which costs no digit. What is no line,
    or has left the range of numbers, is left out.
    """
    weights = np.repeat(sums.weight, len(kinks), axis=0)
    biases = (sums.bias[:, None] - np.array(kinks, dtype=np.float64)).ravel()
    largest = np.maximum(np.abs(weights).max(axis=1), np.abs(biases))
    fit = (largest > 0) & (largest < np.inf)
    exponent = -np.frexp(largest[fit])[1]
    return np.ldexp(weights[fit], exponent[:, None]), np.ldexp(biases[fit], exponent)


def _sides(polygon: Array, weights: Array, biases: Array) -> Array:
    """On which side of each line each corner lies (corners, lines); 0 where that is rounding."""
    side = polygon @ weights.T + biases
    side[np.abs(side) <= 1e-12 * (np.abs(polygon) @ np.abs(weights.T) + np.abs(biases))] = 0.0
    return np.asarray(side)


def _straight(piece: Array, sums: AffineMap, activation: Activation) -> AffineMap:
    """The values phi(sums) on a piece without a kink: affine, with the slopes found at its middle."""
    middle = sums(piece.mean(axis=0))
    slope = activation.slope(middle)
    offset = activation.value(middle) - slope * middle
    return AffineMap(slope[:, None] * sums.weight, slope * sums.bias + offset)


def _cut(polygon: Array, weight: Array, bias: float) -> list[Array]:
    """The one or two parts of a convex polygon on either side of the line weight . p + bias = 0."""
    side = _sides(polygon, weight[None], np.array([bias]))[:, 0]
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
