"""The starts: how weights and biases are drawn before training."""

from __future__ import annotations  # NumPy imports its generators when the first one is made

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from netviz.core.activation import Array
from netviz.core.network import Params
from netviz.core.seedrandom import SeedRandom

if TYPE_CHECKING:
    Rng = np.random.Generator | SeedRandom
Layer = tuple[Array, Array]  # W (n_out, n_in) and b (n_out,)
Spread = Callable[[int, int], float]  # (n_in, n_out): the weights' standard deviation


class Initializer(NamedTuple):
    """One way to draw a layer; layers are drawn from the input to the output from one stream."""

    name: str
    label: str
    layer: Callable[[Rng, int, int], Layer]  # (rng, n_in, n_out)

    def draw(self, sizes: Sequence[int], seed: int | SeedRandom) -> Params:
        """Parameters for layers of these sizes, from `numpy.random.default_rng(seed)` or a running stream."""
        rng = seed if isinstance(seed, SeedRandom) else np.random.default_rng(seed)
        layers = [self.layer(rng, n_in, n_out) for n_in, n_out in pairwise(sizes)]
        return Params.from_layers([w for w, _ in layers], [b for _, b in layers])


def _uniform(rng: Rng, n_in: int, n_out: int) -> Layer:
    return rng.uniform(-1, 1, (n_out, n_in)), rng.uniform(-1, 1, n_out)


def _playground(rng: Rng, n_in: int, n_out: int) -> Layer:
    return rng.random((n_out, n_in)) - 0.5, np.full(n_out, 0.1)


def _zeros(rng: Rng, n_in: int, n_out: int) -> Layer:
    return np.zeros((n_out, n_in)), np.zeros(n_out)


def _scaled_uniform(rng: Rng, n_in: int, n_out: int, spread: Spread) -> Layer:
    limit = np.sqrt(3.0) * spread(n_in, n_out)  # U(-a, a) has the standard deviation a / sqrt(3)
    return rng.uniform(-limit, limit, (n_out, n_in)), np.zeros(n_out)


def _scaled_normal(rng: Rng, n_in: int, n_out: int, spread: Spread) -> Layer:
    return spread(n_in, n_out) * rng.standard_normal((n_out, n_in)), np.zeros(n_out)


def glorot(n_in: int, n_out: int) -> float:
    """The standard deviation sqrt(2 / (n_in + n_out)) of Glorot and Bengio 2010."""
    return float(np.sqrt(2.0 / (n_in + n_out)))


def he(n_in: int, n_out: int) -> float:
    """The standard deviation sqrt(2 / n_in) of He et al. 2015."""
    return float(np.sqrt(2.0 / n_in))


_ROWS = (
    Initializer("uniform", "uniform −1 to 1", _uniform),
    Initializer("glorot_uniform", "Glorot, uniform", partial(_scaled_uniform, spread=glorot)),
    Initializer("glorot_normal", "Glorot, normal", partial(_scaled_normal, spread=glorot)),
    Initializer("he_uniform", "He, uniform", partial(_scaled_uniform, spread=he)),
    Initializer("he_normal", "He, normal", partial(_scaled_normal, spread=he)),
    Initializer("playground", "Playground's", _playground),
    Initializer("zeros", "all zero", _zeros),
)

INITIALIZERS = {row.name: row for row in _ROWS}
