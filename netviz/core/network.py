"""What a network is: its shape, its parameters, and what flows through it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from netviz.core.activation import Activation, Call

Array = npt.NDArray[np.float64]
Array32 = npt.NDArray[np.float32]
Layers = tuple[tuple[Array, Array], ...]  # of each layer its sums and its values, (n, units)


class Network(NamedTuple):
    """A multilayer perceptron's shape: units in each layer, and the activation behind each sum."""

    sizes: tuple[int, ...]  # inputs, each hidden layer, outputs
    activations: tuple[Activation, ...]  # one for each layer of weights; the last is the output's


@dataclass(frozen=True, eq=False)
class Params:
    """All weights and biases, read-only, as one flat vector; the layers are views of it.

    Layer l is a matrix (sizes[l + 1], sizes[l] + 1), row by row; its last column is the bias.
    """

    sizes: tuple[int, ...]
    flat: Array

    @classmethod
    def from_layers(cls, weights: Sequence[npt.ArrayLike], biases: Sequence[npt.ArrayLike]) -> "Params":
        """Join weights[l] (n_out, n_in) and biases[l] (n_out,) of every layer."""
        layers = [np.column_stack([w, b]).astype(np.float64) for w, b in zip(weights, biases, strict=True)]
        sizes = (layers[0].shape[1] - 1, *(len(layer) for layer in layers))
        return cls(sizes, read_only(np.concatenate([layer.ravel() for layer in layers])))

    @cached_property
    def layers(self) -> tuple[Array, ...]:
        """Each layer's matrix (n_out, n_in + 1), the bias in its last column."""
        return layer_views(self.sizes, self.flat)

    @property
    def weights(self) -> tuple[Array, ...]:
        """Each layer's weights (n_out, n_in)."""
        return tuple(layer[:, :-1] for layer in self.layers)

    @property
    def biases(self) -> tuple[Array, ...]:
        """Each layer's biases (n_out,)."""
        return tuple(layer[:, -1] for layer in self.layers)


def read_only(array: Array) -> Array:
    """The array itself, from now on read-only."""
    array.flags.writeable = False
    return array


def layer_views(sizes: Sequence[int], flat: Array) -> tuple[Array, ...]:
    """Cut a flat parameter vector into its layers (n_out, n_in + 1) without copying."""
    views, start = [], 0
    for n_in, n_out in pairwise(sizes):
        stop = start + n_out * (n_in + 1)
        views.append(flat[start:stop].reshape(n_out, n_in + 1))
        start = stop
    return tuple(views)


def layer_values(network: Network, params: Params, x: Array) -> Layers:
    """For each layer its sums z and its values a, both (n, units), at the points x (n, inputs)."""
    values: list[tuple[Array, Array]] = []
    a = np.asarray(x, dtype=np.float64)
    for layer, activation in zip(params.layers, network.activations, strict=True):
        z = a @ layer[:, :-1].T + layer[:, -1]
        a = np.asarray(activation.value(z), dtype=np.float64)
        values.append((z, a))
    return tuple(values)


def forward(network: Network, params: Params, x: Array) -> Array:
    """The network's outputs (n, outputs) at the points x (n, inputs)."""
    return layer_values(network, params, x)[-1][1]


class Surfaces:
    """Every unit's response over a grid of points, in single precision, within buffers that are reused."""

    def __init__(self, network: Network, grid: Array32) -> None:
        points = grid.shape[1]
        self._inputs = np.vstack([grid, np.ones((1, points), dtype=np.float32)])
        self._buffers = [np.ones((units + 1, points), dtype=np.float32) for units in network.sizes[1:]]
        pairs = zip(network.activations, self._buffers, strict=True)
        self._calls = [_in_place(activation, buffer[:-1]) for activation, buffer in pairs]

    def at(self, params: Params) -> tuple[Array32, ...]:
        """Each layer's values (units, points); views that the next call overwrites."""
        values = self._inputs
        with np.errstate(over="ignore"):
            for layer, buffer, calls in zip(params.layers, self._buffers, self._calls, strict=True):
                layer.astype(np.float32).dot(values, buffer[:-1])
                for call in calls:
                    call()
                values = buffer
        return tuple(buffer[:-1] for buffer in self._buffers)


def surfaces(network: Network, params: Params, grid: Array32) -> tuple[Array32, ...]:
    """Each layer's values (units, points) at the points of a grid (inputs, points), in single precision."""
    return Surfaces(network, np.asarray(grid, dtype=np.float32)).at(params)


def _in_place(activation: Activation, sums: Array32) -> list[Call]:
    if activation.in_place:
        return activation.in_place.value(sums)
    return [lambda: np.copyto(sums, activation.value(sums))]
