"""Where a run begins: the data and the parameters at step 0, given or drawn from the seed."""

from functools import lru_cache

import numpy as np

from netviz.core import playground_data
from netviz.core.datasets import Points, Sampling, make
from netviz.core.initializers import INITIALIZERS
from netviz.core.network import Params
from netviz.core.seedrandom import SeedRandom
from netviz.session.fields import Settings
from netviz.session.fitting import sizes
from netviz.session.kinds import Value, playground_text
from netviz.session.parameters import Parameter


def start_params(settings: Settings) -> Params:
    """The parameters at step 0: given, or drawn from the seed; without biases where these are off."""
    if settings.weights is not None:
        found = Params.from_layers(*settings.weights)
    elif isinstance(settings.seed, int):
        found = INITIALIZERS[settings.initializer].draw(sizes(settings), settings.seed)
    else:
        found = drawn(settings)[1]
    return found if settings.bias else without_biases(found)


def without_biases(params: Params) -> Params:
    """The same weights, every bias 0."""
    return Params.from_layers(params.weights, [np.zeros_like(bias) for bias in params.biases])


def sampling(settings: Settings) -> Sampling:
    """How their data is drawn, where it is generated."""
    return Sampling(
        settings.points,
        settings.noise,
        settings.train_fraction,
        settings.data_seed,
        settings.own,
        settings.csv,
    )


def drawn(settings: Settings) -> tuple[Points, Params]:
    """Data and start as Playground's generator draws them."""
    text, how = playground_text(str(settings.seed)), sampling(settings)
    return _stream(text, settings.dataset, how, sizes(settings), settings.initializer)


@lru_cache(maxsize=8)
def _stream(
    text: str, dataset: str, how: Sampling, layers: tuple[int, ...], initializer: str
) -> tuple[Points, Params]:
    """Data and start from Playground's generator: one stream, the data first.

    Data that Playground does not have is drawn as ever.
    """
    random = SeedRandom(text)
    known = dataset in playground_data.DRAWS
    data = playground_data.make(dataset, how, random) if known else make(dataset, how)
    return data, INITIALIZERS[initializer].draw(layers, random)


def as_weights(params: Params) -> Value:
    """Parameters as the setting `weights` has them: ((weights, ...), (biases, ...))."""
    weights = tuple(tuple(tuple(row) for row in matrix.tolist()) for matrix in params.weights)
    return weights, tuple(tuple(bias.tolist()) for bias in params.biases)


def with_number(settings: Settings, at: Parameter, value: float) -> Value:
    """The start, as the setting `weights` has it, with one number set."""
    params = start_params(settings)
    layers = [layer.copy() for layer in params.layers]
    layers[at.layer][at.to, at.source] = value
    return as_weights(Params(params.sizes, np.concatenate([layer.ravel() for layer in layers])))
