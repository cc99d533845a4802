"""Networks and their parameters: views, forward passes, surfaces."""

import numpy as np
import pytest

from netviz.core.activations import ACTIVATIONS
from netviz.core.initializers import INITIALIZERS
from netviz.core.network import Network, Params, Surfaces, forward, layer_values, surfaces

W1, B1, W2, B2 = [[1.0, 1.0], [1.0, 1.0]], [0.0, -1.0], [[1.0, -2.0]], [0.0]  # Deep Learning, section 6.1
CORNERS = np.array([[0, 0], [0, 1], [1, 0], [1, 1.0]])
RELU = Network((2, 2, 1), (ACTIVATIONS["relu"], ACTIVATIONS["identity"]))


def test_parameters_are_one_read_only_vector_with_each_units_bias_last():
    params = Params.from_layers([W1, W2], [B1, B2])
    assert params.sizes == (2, 2, 1)
    assert params.flat.tolist() == [1, 1, 0, 1, 1, -1, 1, -2, 0]
    assert [w.tolist() for w in params.weights] == [W1, W2]
    assert [b.tolist() for b in params.biases] == [B1, B2]
    assert all(layer.base is not None for layer in params.layers)
    with pytest.raises(ValueError, match="read-only"):
        params.layers[0][0, 0] = 2


def test_goodfellows_network_computes_xor_exactly():
    params = Params.from_layers([W1, W2], [B1, B2])
    (z, h), (_, outputs) = layer_values(RELU, params, CORNERS)
    assert z.tolist() == [[0, -1], [1, 0], [1, 0], [2, 1]]
    assert h.tolist() == [[0, 0], [1, 0], [1, 0], [2, 1]]
    assert outputs.ravel().tolist() == forward(RELU, params, CORNERS).ravel().tolist() == [0, 1, 1, 0]


def test_goodfellows_network_without_relu_is_two_minus_the_sum():
    network = RELU._replace(activations=(ACTIVATIONS["identity"],) * 2)
    outputs = forward(network, Params.from_layers([W1, W2], [B1, B2]), CORNERS)
    assert outputs.ravel().tolist() == [2, 1, 1, 0]  # mean squared error 1


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("sizes", [(2, 1), (2, 3, 1), (3, 8, 8, 8, 2)])
def test_surfaces_are_every_units_values_in_single_precision(name: str, sizes: tuple[int, ...]):
    activations = (ACTIVATIONS[name],) * (len(sizes) - 2)
    network = Network(sizes, (*activations, ACTIVATIONS["identity"]))
    params = INITIALIZERS["uniform"].draw(sizes, 4)
    x = np.random.default_rng(0).uniform(-1, 1, (50, sizes[0]))
    found = surfaces(network, params, x.T)
    for (z, values), surface in zip(layer_values(network, params, x), found, strict=True):
        assert surface.dtype == np.float32
        clear = np.abs(z.T) > 1e-5  # a step's jump may fall either way within rounding
        assert np.abs(surface - values.T)[clear].max() < 2e-5


def test_surfaces_follow_new_parameters_in_the_same_buffers():
    seen = Surfaces(RELU, CORNERS.T.astype(np.float32))
    first = seen.at(INITIALIZERS["zeros"].draw((2, 2, 1), 0))
    assert first[-1].ravel().tolist() == [0, 0, 0, 0]
    second = seen.at(Params.from_layers([W1, W2], [B1, B2]))
    assert second[-1].ravel().tolist() == [0, 1, 1, 0]
    assert first[-1].base is second[-1].base
