"""Backpropagation against finite differences, and the worked example of Goodfellow's XOR network."""

import numpy as np
import pytest

from netviz.core.activations import ACTIVATIONS
from netviz.core.backprop import backward
from netviz.core.datasets import make
from netviz.core.losses import LOSSES
from netviz.core.network import Network, Params, forward

XOR = make("xor")
CURVED = [row for row in ACTIVATIONS.values() if row.kinks is None]


@pytest.mark.parametrize("row", CURVED, ids=lambda row: row.name)
@pytest.mark.parametrize("name", ["mse", "half_mse", "bce"])
def test_gradients_agree_with_finite_differences(row, name):
    sizes, loss = (2, 3, 2, 1), LOSSES[name]
    network = Network(sizes, (row, row, ACTIVATIONS["identity"]))
    flat = np.random.default_rng(1).uniform(-1, 1, 3 * 3 + 2 * 4 + 3)
    found = backward(network, Params(sizes, flat), XOR.x, XOR.y, loss)
    gradient = np.concatenate([layer.gradient.ravel() for layer in found])

    def value(at):
        return float(loss.value(forward(network, Params(sizes, at), XOR.x), XOR.y))

    steps = 1e-6 * np.eye(len(flat))
    expected = [(value(flat + step) - value(flat - step)) / 2e-6 for step in steps]
    assert gradient == pytest.approx(expected, abs=1e-8)


def test_the_exact_xor_network_has_no_gradient():
    network = Network((2, 2, 1), (ACTIVATIONS["relu"], ACTIVATIONS["identity"]))
    params = Params.from_layers([[[1, 1], [1, 1]], [[1, -2]]], [[0, -1], [0]])
    first, last = backward(network, params, XOR.x, XOR.y, LOSSES["mse"])
    assert not first.gradient.any()
    assert last.deltas.shape == (4, 1)


def test_a_worked_step_at_one_point():
    network = Network((2, 1), (ACTIVATIONS["identity"],))
    params = Params.from_layers([[[0.5, -1.0]]], [[0.25]])
    (only,) = backward(network, params, np.array([[1.0, 0.0]]), np.array([[1.0]]), LOSSES["mse"])
    assert only.deltas.tolist() == [[-0.5]]  # 2 (0.75 - 1)
    assert only.gradient.tolist() == [[-0.5, 0.0, -0.5]]  # delta times 1, 0 and the bias's one
