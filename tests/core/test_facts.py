"""The facts that netviz teaches, computed again: corner XOR, floors, single units, random starts."""

import numpy as np
import pytest

from netviz.core.activation import Activation
from netviz.core.activations import ACTIVATIONS
from netviz.core.analysis import (
    accuracy,
    affine_fit,
    bend,
    collapse,
    collapse_residual,
    hidden_values,
    misfit,
    parameter_count,
)
from netviz.core.datasets import CORNERS, GATES, make
from netviz.core.features import features
from netviz.core.floors import floor
from netviz.core.losses import LOSSES
from netviz.core.network import Array, Network, Params, forward, layer_values
from netviz.core.regions import most_regions, regions
from netviz.core.stalls import merged_points, stall, unit_states
from tests.core.lottery import network_of, random_params, train

IDENTITY, RELU = ACTIVATIONS["identity"], ACTIVATIONS["relu"]
MSE, XOR = LOSSES["mse"], make("xor")
GOODFELLOW = Params.from_layers([[[1, 1], [1, 1]], [[1, -2]]], [[0, -1], [0]])  # Deep Learning, section 6.1


def square(low: float, high: float, count: int = 41) -> Array:
    axis = np.linspace(low, high, count)
    return np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)


def affine_network(sizes: tuple[int, ...]) -> Network:
    return Network(sizes, (IDENTITY,) * (len(sizes) - 1))


# The XOR network of Goodfellow, Bengio and Courville


def test_goodfellows_network_is_xor_to_the_last_bit():
    (z, h), (_, output) = layer_values(network_of(RELU, 2), GOODFELLOW, CORNERS)
    assert h.tolist() == [[0, 0], [1, 0], [1, 0], [2, 1]]
    assert output.ravel().tolist() == [0, 1, 1, 0]
    assert np.flatnonzero(z[:, 1] == 0).tolist() == [1, 2]  # so the slope of ReLU at 0 matters: it is 0
    assert RELU.slope(np.zeros(1)).tolist() == [0]


def test_goodfellows_hidden_layer_shows_three_points_for_four_corners():
    assert merged_points(hidden_values(network_of(RELU, 2), GOODFELLOW, CORNERS)) == ((1, 2),)


def test_goodfellows_parallel_kinks_cut_three_regions_where_two_units_could_cut_four():
    assert len(regions(network_of(RELU, 2), GOODFELLOW, XOR.low, XOR.high)) == 3
    assert most_regions(2) == 4


def test_goodfellows_network_with_identity_is_two_minus_the_sum():
    outputs = forward(network_of(IDENTITY, 2), GOODFELLOW, CORNERS)
    assert outputs.ravel().tolist() == [2, 1, 1, 0]
    assert MSE.value(outputs, XOR.y) == 1.0


# What an affine map can do


def test_the_best_affine_answer_to_xor_is_one_half_everywhere():
    fit = affine_fit(XOR.x, XOR.y)
    assert fit.weight == pytest.approx(np.zeros((1, 2)), abs=1e-12)
    assert fit.bias == pytest.approx([0.5])
    assert floor("mse", XOR.x, XOR.y) == pytest.approx(1 / 4)
    assert floor("bce", XOR.x, XOR.y) == pytest.approx(np.log(2))


def test_the_best_line_gets_three_of_the_four_corners():
    angles, offsets = np.linspace(0, 2 * np.pi, 73), np.linspace(-2, 2, 81)
    sums = CORNERS @ np.stack([np.cos(angles), np.sin(angles)])
    right = ((sums[..., None] > offsets) == (XOR.y[..., None] > 0.5)).sum(axis=0)
    assert right.max() == 3


@pytest.mark.parametrize("targets", GATES)
def test_a_gates_floor_is_its_bend_squared_over_sixteen(targets):
    gate = make(f"gate:{targets}")
    assert floor("mse", gate.x, gate.y) == pytest.approx(bend(gate.y) ** 2 / 16, abs=1e-15)


def test_six_gates_are_affine_eight_miss_by_a_sixteenth_and_two_by_a_quarter():
    floors = [bend([int(target) for target in targets]) ** 2 / 16 for targets in GATES]
    assert [floors.count(value) for value in (0, 1 / 16, 1 / 4)] == [6, 8, 2]
    assert bend(XOR.y) == -2


@pytest.mark.parametrize("hidden", [(), (2,), (8, 8), (1,), (16, 16, 16), (8,) * 6])
@pytest.mark.parametrize("seed", range(5))
def test_an_affine_network_does_not_bend_and_its_readout_floor_is_the_affine_floor(hidden, seed):
    network, params = affine_network((2, *hidden, 1)), random_params((2, *hidden, 1), seed)
    outputs = forward(network, params, CORNERS)
    assert abs(bend(outputs)) < 1e-12 * max(1, np.abs(outputs).max())
    assert floor("mse", hidden_values(network, params, CORNERS), XOR.y) == pytest.approx(1 / 4, abs=1e-12)


@pytest.mark.parametrize("epochs", [0, 1, 10, 100, 1000])
def test_training_moves_neither_floor_of_an_affine_network(epochs):
    params = train(IDENTITY, [36], epochs).params[0]
    h = hidden_values(network_of(IDENTITY, 2), params, CORNERS)
    assert floor("mse", h, XOR.y) == pytest.approx(1 / 4)
    assert MSE.value(forward(network_of(IDENTITY, 2), params, CORNERS), XOR.y) >= 1 / 4 - 1e-15


@pytest.mark.parametrize(
    ("sizes", "parameters", "most"),
    [
        ((2, 2, 1), 9, 2e-15),  # usually 4e-16
        ((2, 8, 8, 1), 105, 1e-14),
        ((2, *(8,) * 6, 1), 393, 1e-13),
        ((2, 64, 64, 64, 1), 8577, 1e-12),  # usually 4e-13
    ],
)
def test_any_number_of_affine_parameters_collapses_into_three(sizes, parameters, most):
    network, params = affine_network(sizes), random_params(sizes, 0)
    assert parameter_count(sizes) == params.flat.size == parameters
    one = collapse(network, params)
    assert one.weight.size + one.bias.size == 3
    assert collapse_residual(network, params, square(XOR.low, XOR.high)) < most


def test_at_the_floor_every_answer_is_undecided_and_none_is_right():
    params = train(IDENTITY, [36], 5000).params[0]
    outputs = forward(network_of(IDENTITY, 2), params, CORNERS)
    assert np.abs(outputs - 0.5).max() < 1e-9
    answers = accuracy(outputs, XOR.y)
    assert [answers.right.sum(), answers.wrong.sum(), answers.undecided.sum()] == [0, 0, 4]


def test_the_default_identity_twin_is_undecided_at_epoch_172_though_not_quite_at_one_half():
    params = train(IDENTITY, [36], 172).params[0]
    outputs = forward(network_of(IDENTITY, 2), params, CORNERS)
    assert np.abs(outputs - 0.5).max() == pytest.approx(3.6e-4, rel=0.02)
    assert accuracy(outputs, XOR.y).undecided.all()
    assert not accuracy(outputs, XOR.y, margin=1e-6).undecided.any()  # it would be a score of rounding


@pytest.mark.parametrize("output", ["tanh", "sigmoid"])
def test_behind_a_curved_output_the_collapse_holds_for_the_sum_alone(output):
    network, params = Network((2, 2, 1), (IDENTITY, ACTIVATIONS[output])), random_params((2, 2, 1), 0)
    grid = square(-5, 5)
    assert collapse_residual(network, params, grid) < 1e-14
    outputs = forward(network, params, grid)
    assert misfit(affine_fit(grid, outputs), grid, outputs).largest > 0.05


# What one hidden unit can do


def test_the_sums_of_opposite_corners_are_equal_so_a_monotone_unit_cannot_be_xor():
    w, b = (
        np.random.default_rng(0).uniform(-5, 5, (100, 2)),
        np.random.default_rng(1).uniform(-5, 5, (100, 1)),
    )
    z00, z01, z10, z11 = (CORNERS @ w.T + b.T).astype(np.float64)
    assert z00 + z11 == pytest.approx(z01 + z10)  # yet A < B and monotone would need less on the left
    for name in ("identity", "relu", "leaky_relu", "elu", "softplus", "sigmoid", "tanh"):
        phi = ACTIVATIONS[name].value
        below = np.maximum(phi(z00), phi(z11)) < np.minimum(phi(z01), phi(z10))
        above = np.minimum(phi(z00), phi(z11)) > np.maximum(phi(z01), phi(z10))
        assert not (below | above).any()


def test_one_cosine_unit_is_xor():
    params = Params.from_layers([[[np.pi, np.pi]], [[-1 / 2]]], [[0], [1 / 2]])
    outputs = forward(network_of(ACTIVATIONS["cos"], 1), params, CORNERS)
    assert outputs.ravel() == pytest.approx([0, 1, 1, 0], abs=1e-15)


def test_the_product_as_an_input_lifts_the_affine_floor_to_zero():
    x = features(("x", "y", "xy"), XOR.x)
    assert floor("mse", x, XOR.y) == pytest.approx(0, abs=1e-20)
    assert affine_fit(x, XOR.y).weight == pytest.approx(np.array([[1, 1, -2]]))  # x1 + x2 - 2 x1 x2


def leaky(a: float) -> Activation:
    """max(z, a z), for a up to 1."""
    return RELU._replace(
        value=lambda z: np.maximum(z, a * z),
        slope=lambda z: np.where(z > 0, 1.0, a),
        kinks=() if a == 1 else (0.0,),
    )


@pytest.mark.parametrize("a", [-1, 0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99])
def test_the_slightest_bend_is_enough_to_be_xor(a):
    v = 1 / (1 - a)
    params = Params.from_layers([[[1, -1], [-1, 1]], [[v, v]]], [[0, 0], [0]])
    assert forward(network_of(leaky(a), 2), params, CORNERS).ravel() == pytest.approx([0, 1, 1, 0], abs=1e-12)


@pytest.mark.parametrize(("a", "percent"), [(0, 96), (0.5, 97), (0.7, 97), (0.9, 0), (1, 0)])
def test_the_slightest_bend_is_not_enough_to_find_xor(a, percent):
    assert_share(train(leaky(a), range(60), 5000, hidden=8).losses, percent)


# How often 2-H-1 learns corner XOR: FACTS of 2,000 seeds, here the first of them


def assert_share(losses: Array, percent: float) -> None:
    """The share of learned runs lies within three binomial errors of what 2,000 seeds gave."""
    p = percent / 100
    assert np.mean(losses < 1e-3) == pytest.approx(p, abs=max(0.02, 3 * np.sqrt(p * (1 - p) / len(losses))))


@pytest.mark.parametrize(
    ("activation", "hidden", "epochs", "percent"),
    [
        *(("identity", hidden, 1000, 0.0) for hidden in (2, 3, 4, 8)),
        ("relu", 2, 3000, 25.8),
        ("relu", 3, 3000, 52.1),
        ("relu", 4, 3000, 68.3),
        ("relu", 8, 3000, 95.5),
        ("leaky_relu", 2, 5000, 38.9),
        ("tanh", 2, 4000, 87.1),
        ("tanh", 4, 2000, 100.0),
        ("sigmoid", 8, 4000, 100.0),
        ("cos", 1, 3000, 98.2),
        ("sin", 1, 3000, 89.6),
    ],
)
def test_so_many_random_starts_learn_xor(activation, hidden, epochs, percent):
    assert_share(train(ACTIVATIONS[activation], range(100), epochs, hidden).losses, percent)


def test_every_relu_run_ends_on_one_of_four_losses_in_known_shares():
    losses = train(RELU, range(200), 4000).losses
    for level, percent in ((0, 25.8), (1 / 8, 6.7), (1 / 6, 28.6), (1 / 4, 39.0)):
        p = percent / 100
        assert np.mean(np.abs(losses - level) < 1e-3) == pytest.approx(p, abs=3 * np.sqrt(p * (1 - p) / 200))
    assert np.min(np.abs(losses[:, None] - [0, 1 / 8, 1 / 6, 1 / 4]), axis=1).max() < 1e-3


@pytest.mark.parametrize(
    ("seed", "loss", "kind", "merged"),
    [
        (8, 1 / 4, "flat", 0),
        (11, 1 / 4, "flat", 0),
        (1, 1 / 6, "merged", 3),
        (2, 1 / 6, "merged", 3),
        (19, 1 / 8, "merged", 2),
    ],
)
def test_a_known_seed_stalls_at_its_readout_floor_and_is_named(seed, loss, kind, merged):
    run = train(RELU, [seed], 5000)
    params, network = run.params[0], network_of(RELU, 2)
    assert run.losses[0] == pytest.approx(loss, abs=1e-6)
    assert floor("mse", hidden_values(network, params, XOR.x), XOR.y) == pytest.approx(loss, abs=1e-6)
    found = stall(network, params, XOR.x, XOR.y, MSE)
    assert found.kind == kind
    assert [len(group) for group in found.merged] == ([merged] if merged else [])


@pytest.mark.parametrize("seed", [8, 11])
def test_a_flat_network_tells_the_corners_apart_but_bends_nowhere_between_them(seed):
    network, params = network_of(RELU, 2), train(RELU, [seed], 5000).params[0]
    assert merged_points(hidden_values(network, params, CORNERS)) == ()
    assert set(*unit_states(network, params, CORNERS)) <= {"straight", "dead"}


@pytest.mark.parametrize("seed", [36, 23, 39])
@pytest.mark.parametrize("activation", ["relu", "tanh"])
def test_the_curated_starts_learn_and_so_do_their_neighbours(seed, activation):
    runs = train(ACTIVATIONS[activation], [seed] * 20, 700, disturbed=0.03)
    assert len(set(runs.losses)) == 20
    assert runs.losses.max() < 1e-3


# Quadrant XOR is another problem


def test_quadrant_xor_gives_a_line_about_69_percent_and_three_relus_everything():
    cloud = square(-5, 5, 60)
    cloud = cloud + 0.3 * np.sign(cloud)  # a lane of 0.6 along the axes, as in the cloud others call XOR
    labels = cloud.prod(axis=1) > 0
    angles, offsets = np.linspace(0, 2 * np.pi, 73), np.linspace(-8, 8, 161)
    sums = cloud @ np.stack([np.cos(angles), np.sin(angles)])
    best = max(((sums > offset) == labels[:, None]).mean(axis=0).max() for offset in offsets)
    assert best == pytest.approx(0.69, abs=0.01)
    # |x + y| - |x - y| = 2 relu(x + y) - 2 relu(x - y) - 2 relu(y + 6) + 12 where y > -6
    params = Params.from_layers([[[1, 1], [1, -1], [0, 1]], [[2, -2, -2]]], [[0, 0, 6], [12]])
    assert ((forward(network_of(RELU, 3), params, cloud).ravel() > 0) == labels).all()


@pytest.mark.parametrize(("units", "most"), [(2, 4), (3, 7)])
def test_so_many_relu_units_cut_the_plane_into_at_most_so_many_regions(units, most):
    assert most_regions(units) == most
