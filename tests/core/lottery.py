"""Random networks, and plain gradient descent of many 2-H-1 networks on corner XOR at once."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from netviz.core.activation import Activation
from netviz.core.activations import ACTIVATIONS
from netviz.core.datasets import CORNERS, make
from netviz.core.network import Array, Network, Params

XOR = make("xor")


class Runs(NamedTuple):
    """The runs' losses (seeds,) at the end, and their parameters."""

    losses: Array
    params: tuple[Params, ...]


def network_of(activation: Activation, hidden: int) -> Network:
    return Network((2, hidden, 1), (activation, ACTIVATIONS["identity"]))


def random_params(sizes: Sequence[int], seed: int) -> Params:
    rng = np.random.default_rng(seed)
    shapes = [(n_out, n_in) for n_in, n_out in pairwise(sizes)]
    weights = [rng.uniform(-1, 1, shape) for shape in shapes]
    return Params.from_layers(weights, [rng.uniform(-1, 1, n_out) for n_out, _ in shapes])


def drawn(seed: int, hidden: int) -> tuple[Array, Array, Array, Array]:
    """W1 (H, 2), b1, w2 (1, H), b2 from U(-1, 1), in this order."""
    rng = np.random.default_rng(seed)
    shapes = ((hidden, 2), (hidden,), (1, hidden), (1,))
    w, b, v, c = (rng.uniform(-1, 1, shape) for shape in shapes)
    return w, b, v, c


def train(
    activation: Activation,
    seeds: Sequence[int],
    epochs: int,
    hidden: int = 2,
    targets: Array = XOR.y,
    disturbed: float = 0.0,
) -> Runs:
    """Full batch, rate 0.1, mean squared error, linear output; the seeds run along the last axis.

    Each starting weight and bias is first changed by up to the share disturbed of itself.
    """
    rng = np.random.default_rng(0)
    drawings = zip(*(drawn(seed, hidden) for seed in seeds), strict=True)
    starts = (np.stack(part, axis=-1) for part in drawings)
    w, b, v, c = (start * (1 + rng.uniform(-disturbed, disturbed, start.shape)) for start in starts)
    v, x, y = v[0], CORNERS, targets
    for _ in range(epochs):
        z = np.einsum("pi,his->hps", x, w) + b[:, None]
        h = activation.value(z)
        error = np.einsum("hps,hs->ps", h, v) + c - y
        up = (0.1 * 2 / len(x)) * error
        down = up * v[:, None] * activation.slope(z)
        v = v - np.einsum("ps,hps->hs", up, h)
        c = c - up.sum(axis=0)
        w = w - np.einsum("hps,pi->his", down, x)
        b = b - down.sum(axis=1)
    h = activation.value(np.einsum("pi,his->hps", x, w) + b[:, None])
    losses = np.mean((np.einsum("hps,hs->ps", h, v) + c - y) ** 2, axis=0)
    ends = (Params.from_layers([w[..., s], v[None, :, s]], [b[..., s], c[..., s]]) for s in range(len(seeds)))
    return Runs(losses, tuple(ends))
