"""Backpropagation, plainly: how the loss answers to every sum and every parameter."""

from typing import NamedTuple

import numpy as np

from netviz.core.losses import Loss
from netviz.core.network import Array, Network, Params, layer_values


class LayerSlopes(NamedTuple):
    """The loss's slopes at one layer of weights."""

    deltas: Array  # (n, n_out): with respect to each sum z, at each point
    gradient: Array  # (n_out, n_in + 1): with respect to each weight, the bias in the last column


@np.errstate(all="ignore")  # of large weights the slopes may leave the range of numbers
def backward(network: Network, params: Params, x: Array, y: Array, loss: Loss) -> tuple[LayerSlopes, ...]:
    """The slopes of the mean loss at points x (n, inputs), y (n, outputs), a row for each layer of weights.

    Rumelhart, Hinton and Williams 1986: delta = (delta W of the next layer) * slope, gradient = delta^T a.
    """
    layers = layer_values(network, params, x)
    inputs = (x, *(a for _, a in layers))
    error = loss.gradient(layers[-1][1], y)
    found: list[LayerSlopes] = []
    for layer in reversed(range(len(layers))):
        deltas = error * network.activations[layer].slope(layers[layer][0])
        found.append(LayerSlopes(deltas, np.column_stack([deltas.T @ inputs[layer], deltas.sum(axis=0)])))
        error = deltas @ params.weights[layer]
    return tuple(found[::-1])
