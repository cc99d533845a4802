"""What can be said of a network by least squares: fits, bend, collapse, and which answers are right."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from netviz.core.network import Array, Network, Params, layer_values

RANK_TOLERANCE = 1e-10  # directions of the inputs smaller than this, relative to the largest, are rounding
UNDECIDED = 0.005  # an output this near the threshold is shown as 0.50 and decides nothing


class AffineMap(NamedTuple):
    """x -> weight x + bias."""

    weight: Array  # (outputs, inputs)
    bias: Array  # (outputs,)

    def __call__(self, x: Array) -> Array:
        """Its values (n, outputs) at x (n, inputs)."""
        return x @ self.weight.T + self.bias


class Misfit(NamedTuple):
    """How far two functions are apart, in units of the output."""

    largest: float
    rms: float


class Answers(NamedTuple):
    """For each point (n,): is its answer right, wrong, or too near the threshold to be one?"""

    right: npt.NDArray[np.bool_]
    wrong: npt.NDArray[np.bool_]
    undecided: npt.NDArray[np.bool_]


def affine_fit(x: Array, y: Array) -> AffineMap:
    """The affine map nearest to y (n, outputs) at x (n, inputs): least squares of y on [x, 1]."""
    rows = np.column_stack([x, np.ones(len(x))])
    solution = np.asarray(np.linalg.lstsq(rows, y, rcond=RANK_TOLERANCE)[0], dtype=np.float64)
    return AffineMap(solution[:-1].T, solution[-1])


def misfit(fit: AffineMap, x: Array, y: Array) -> Misfit:
    """How far an affine map is from y (n, outputs) at x (n, inputs)."""
    miss = y - fit(x)
    return Misfit(float(np.abs(miss).max()), float(np.sqrt(np.mean(miss * miss))))


def hidden_values(network: Network, params: Params, x: Array) -> Array:
    """The last hidden layer's values h (n, units) at x (n, inputs); x itself if nothing is hidden."""
    layers = layer_values(network, params, x)
    return layers[-2][1] if len(layers) > 1 else x


def bend(values: npt.ArrayLike) -> float:
    """D = f(00) + f(11) - f(01) - f(10) for values in corner order: 0 if f is affine, -2 for XOR.

    The affine floor of four targets is D^2 / 16, for (1, -1, -1, 1)/2 is what no affine map reaches.
    """
    f00, f01, f10, f11 = np.ravel(values)
    return float(f00 + f11 - f01 - f10)


def nonlinear_share(x: Array, f: Array) -> float:
    """The share, 0 to 1, of the variance of f (n, outputs) that no affine map of x (n, inputs) explains."""
    if not len(f):
        return 0.0
    variance = float(np.mean((f - f.mean(axis=0)) ** 2))
    rounding = (RANK_TOLERANCE * float(np.abs(f).max())) ** 2
    return min(1.0, misfit(affine_fit(x, f), x, f).rms ** 2 / variance) if variance > rounding else 0.0


def is_affine(network: Network) -> bool:
    """Whether nothing behind the hidden sums bends, so that the output's sum is affine in the input."""
    return all(activation.affine for activation in network.activations[:-1])


def only_rises(network: Network) -> bool:
    """Whether the output can but rise, or but fall, along each line: hidden layers of one monotone unit."""
    hidden, rising = network.sizes[1:-1], all(activation.monotone for activation in network.activations)
    return rising and bool(hidden) and set(network.sizes[1:]) == {1}


def collapse(network: Network, params: Params) -> AffineMap:
    """The one layer that an affine network equals, up to the output's sum: W = W_L ... W_1.

    W and b by recursion: W <- W_l W, b <- W_l b + b_l, each followed by phi(z) = slope z + phi(0).
    ValueError if a hidden activation bends.
    """
    if not is_affine(network):
        raise ValueError("this network bends, so no single layer equals it")
    weight, bias = params.weights[0], params.biases[0]
    for activation, w, b in zip(network.activations, params.weights[1:], params.biases[1:], strict=False):
        offset, one = activation.value(np.array([0.0, 1.0]))
        weight, bias = (one - offset) * weight, (one - offset) * bias + offset
        weight, bias = w @ weight, w @ bias + b
    return AffineMap(weight, bias)


def collapse_residual(network: Network, params: Params, x: Array) -> float:
    """The largest difference at x (n, inputs) between an affine network's output sum and its collapse."""
    return misfit(collapse(network, params), x, layer_values(network, params, x)[-1][0]).largest


def accuracy(outputs: Array, targets: Array, threshold: float = 0.5, margin: float = UNDECIDED) -> Answers:
    """Judge outputs (n, 1) by the side of the threshold they lie on; within margin of it, not at all."""
    outputs, targets = outputs.ravel(), targets.ravel()
    undecided = np.abs(outputs - threshold) < margin
    right = ~undecided & ((outputs > threshold) == (targets > threshold))
    return Answers(right, ~undecided & ~right, undecided)


def best_class(outputs: Array, targets: Array, margin: float = UNDECIDED) -> Answers:
    """Judge outputs (n, classes) by their largest; where the two largest are within margin, not at all."""
    second, first = np.sort(outputs, axis=1)[:, -2:].T
    undecided = first - second < margin
    right = ~undecided & (outputs.argmax(axis=1) == targets.argmax(axis=1))
    return Answers(right, ~undecided & ~right, undecided)


def confusion(said: npt.NDArray[np.intp], true: npt.NDArray[np.intp], classes: int) -> npt.NDArray[np.intp]:
    """How often each class (row) was taken for each (column), from two lists (n,) of classes."""
    counts = np.zeros((classes, classes), dtype=np.intp)
    np.add.at(counts, (true, said), 1)
    return counts


def parameter_count(sizes: tuple[int, ...]) -> int:
    """How many weights and biases a network of these layer sizes has."""
    return sum(n_out * (n_in + 1) for n_in, n_out in pairwise(sizes))
