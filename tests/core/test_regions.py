"""The plane cut by piecewise linear networks, held against the networks themselves."""

import numpy as np
import pytest

from netviz.core.activations import ACTIVATIONS
from netviz.core.network import Network, Params, layer_values
from netviz.core.regions import is_piecewise, most_regions, regions
from tests.core.lottery import random_params

IDENTITY, RELU, LEAKY, STEP = (ACTIVATIONS[name] for name in ("identity", "relu", "leaky_relu", "step"))
CLAMP = RELU._replace(  # two kinks: hard tanh
    value=lambda z: np.clip(z, -1, 1),
    slope=lambda z: np.where(np.abs(z) < 1, 1.0, 0.0),
    kinks=(-1.0, 1.0),
)


def area(polygon: np.ndarray) -> float:
    x, y = polygon.T
    return float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    "activation", [RELU, LEAKY, CLAMP, STEP], ids=["relu", "leaky_relu", "clamp", "step"]
)
@pytest.mark.parametrize("hidden", [(1,), (3,), (4, 3), (2, 3, 2)])
def test_each_region_has_the_map_that_the_network_is_there(hidden, activation, seed):
    sizes = (2, *hidden, 1)
    network, params = Network(sizes, (*(activation,) * len(hidden), IDENTITY)), random_params(sizes, seed)
    pieces = regions(network, params, -2, 2)
    assert sum(area(piece.corners) for piece in pieces) == pytest.approx(16)
    for corners, affine in pieces:
        inside = 0.9 * corners + 0.1 * corners.mean(axis=0)
        output = layer_values(network, params, inside)[-1][0]
        assert affine(inside) == pytest.approx(output, abs=1e-9)


@pytest.mark.parametrize(("units", "most"), [(0, 1), (1, 2), (2, 4), (3, 7), (4, 11)])
def test_lines_in_general_position_reach_the_bound(units, most):
    angles = np.arange(units) * np.pi / max(units, 1) + 0.1
    weights = np.column_stack([np.cos(angles), np.sin(angles)])
    params = Params.from_layers(
        [weights.reshape(-1, 2), np.ones((1, units))], [0.1 * np.arange(units) ** 2, [0]]
    )
    network = Network((2, units, 1), (RELU, IDENTITY))
    assert len(regions(network, params, -20, 20)) == most_regions(units) == most


def test_without_a_kink_there_is_one_region():
    network, params = Network((2, 3, 1), (IDENTITY, IDENTITY)), random_params((2, 3, 1), 0)
    (piece,) = regions(network, params, 0, 1)
    assert piece.corners.tolist() == [[0, 0], [1, 0], [1, 1], [0, 1]]


def test_a_line_through_two_corners_of_the_square_cuts_it_in_two():
    params = Params.from_layers([[[1, -1]], [[1]]], [[0], [0]])
    pieces = regions(Network((2, 1, 1), (RELU, IDENTITY)), params, 0, 1)
    assert sorted(area(piece.corners) for piece in pieces) == [0.5, 0.5]


def test_a_curved_activation_has_no_regions():
    network = Network((2, 1, 1), (ACTIVATIONS["tanh"], IDENTITY))
    assert not is_piecewise(network)
    with pytest.raises(ValueError, match="only activations made of straight pieces"):
        regions(network, random_params((2, 1, 1), 0), 0, 1)


@pytest.mark.parametrize("size", [1e-200, 1.0, 1e100, 1e200])
def test_a_unit_cuts_where_it_does_whatever_the_size_of_its_numbers(size):
    weight, bias = size * np.array([[-0.5, -0.5]]), [size]  # x1 + x2 = 2 cuts a corner off
    network = Network((2, 1, 1), (RELU, IDENTITY))
    pieces = regions(network, Params.from_layers([weight, [[1]]], [bias, [0]]), -1, 2)
    assert sorted(area(piece.corners) for piece in pieces) == [2.0, 7.0]
    assert min(len(piece.corners) for piece in pieces) == 3
