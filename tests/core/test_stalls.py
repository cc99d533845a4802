"""Named stalls: the right name at rest, and no name for a network that is still on its way."""

from itertools import pairwise

import numpy as np
import pytest

from netviz.core.activations import ACTIVATIONS
from netviz.core.datasets import CORNERS, make
from netviz.core.losses import LOSSES
from netviz.core.network import Network, Params, forward, layer_values
from netviz.core.stalls import gradient, merged_points, mixed_groups, stall, unit_states
from tests.core.lottery import network_of, train

IDENTITY, RELU = ACTIVATIONS["identity"], ACTIVATIONS["relu"]
MSE, XOR = LOSSES["mse"], make("xor")


def constant(value: float, hidden: int = 2) -> Params:
    """A network that answers the same everywhere."""
    return Params.from_layers([np.zeros((hidden, 2)), np.zeros((1, hidden))], [np.zeros(hidden), [value]])


@pytest.mark.parametrize(
    ("hidden", "output", "loss", "answer", "kind"),
    [
        ("identity", "identity", "mse", 0.5, "cannot"),
        ("identity", "identity", "mse", 0.6, None),  # loss 0.26: not yet at its floor
        ("identity", "identity", "half_mse", 0.5, "cannot"),
        ("identity", "identity", "bce", 0.0, "cannot"),  # a logit of 0 is a half: ln 2
        ("identity", "identity", "cross_entropy", 0.5, None),  # one class alone: no loss, nothing to reach
        ("identity", "sigmoid", "mse", 0.0, None),  # behind a curved output no floor is known
        ("relu", "identity", "mse", 0.5, "merged"),
        ("relu", "identity", "mse", 0.6, None),  # its readout still learns
        ("relu", "sigmoid", "mse", 0.0, "merged"),
    ],
)
def test_a_constant_answer_to_xor_is_named(hidden, output, loss, answer, kind):
    network = Network((2, 2, 1), (ACTIVATIONS[hidden], ACTIVATIONS[output]))
    found = stall(network, constant(answer), XOR.x, XOR.y, LOSSES[loss])
    assert (found and found.kind) == kind
    assert (found.merged if found else ()) == (((0, 1, 2, 3),) if kind == "merged" else ())


@pytest.mark.parametrize(("targets", "kind"), [("0110", "cannot"), ("0001", "cannot"), ("0011", None)])
def test_identity_cannot_do_what_no_line_can(targets, kind):
    gate = make(f"gate:{targets}")
    runs = train(IDENTITY, [36], 3000, targets=gate.y)
    found = stall(network_of(IDENTITY, 2), runs.params[0], gate.x, gate.y, MSE)
    assert (found and found.kind) == kind


def test_a_goal_above_the_floor_can_be_reached():
    assert stall(network_of(IDENTITY, 2), constant(0.5), XOR.x, XOR.y, MSE, goal=0.3) is None


def test_a_network_just_above_a_goal_that_it_can_reach_is_not_called_unable():
    always_0 = make("gate:0000")
    assert (
        stall(network_of(IDENTITY, 2), constant(0.02), always_0.x, always_0.y, MSE, goal=1e-4) is None
    )  # 4e-4


def test_no_run_that_learns_is_ever_called_stalled():
    checked = 0
    learned = [seed for seed, loss in enumerate(train(RELU, range(100), 3000).losses) if loss < 1e-3]
    for epochs in (0, 5, 20, 60, 150, 400):
        for params in train(RELU, learned, epochs).params:
            assert stall(network_of(RELU, 2), params, XOR.x, XOR.y, MSE) is None
            checked += 1
    assert checked > 100


def test_every_relu_run_that_does_not_learn_is_named_by_its_loss():
    kinds = {0.125: {"merged"}, 0.167: {"merged"}, 0.25: {"merged", "flat"}}
    runs = train(RELU, range(100), 5000)
    for loss, params in zip(runs.losses, runs.params, strict=True):
        found = stall(network_of(RELU, 2), params, XOR.x, XOR.y, MSE)
        assert (found is None) if loss < 1e-3 else (found.kind in kinds[round(float(loss), 3)])


def test_a_smooth_network_at_rest_without_mixed_points_has_no_name():
    network = network_of(ACTIVATIONS["sin"], 2)
    params = Params.from_layers([[[0, 1], [1, 0]], [[0, 0]]], [[np.pi / 2, np.pi / 2], [0.5]])
    x = np.array([[0.0, 0.0], [0.0, np.pi], [0.0, 2 * np.pi], [np.pi, np.pi]])  # crests and troughs: slope 0
    assert merged_points(np.sin(x + np.pi / 2)) == ((0, 2),)
    assert stall(network, params, x, np.array([[0.0], [1.0], [0.0], [1.0]]), MSE) is None


def test_merged_points_are_groups_in_order():
    h = np.array([[1.0, 0.0], [5.0, 0.0], [1.0, 1e-9], [0.0, 0.0], [5.0, 0.0], [-0.0, 0.0]])
    assert merged_points(h) == ((0, 2), (1, 4), (3, 5))


@pytest.mark.parametrize(("apart", "merged"), [(1e-4, ((0, 1),)), (0.01, ())])
def test_points_near_each_other_on_the_scale_of_the_layer_are_merged(apart, merged):
    for scale in (1, 100):
        assert merged_points(scale * np.array([[0.0], [apart], [1.0]])) == merged


def test_a_group_is_mixed_if_its_targets_differ():
    assert mixed_groups(((0, 3), (1, 2), (0, 1, 2)), XOR.y) == ((0, 1, 2),)


@pytest.mark.parametrize(
    ("activation", "weight", "bias", "state"),
    [
        ("relu", (1, 1), -1, "bends"),  # sums -1, 0, 0, 1
        ("relu", (1, 1), 0, "straight"),  # 0, 1, 1, 2: the kink itself is still on the line
        ("relu", (1, 1), -2, "dead"),
        ("leaky_relu", (1, 1), -3, "straight"),
        ("identity", (1, 1), 0, "straight"),
        ("tanh", (1, 1), 0, "bends"),
        ("tanh", (1, 1), 9, "saturated"),
        ("sigmoid", (1, 1), -2000, "dead"),
    ],
)
def test_what_a_unit_does_between_the_corners(activation, weight, bias, state):
    params = Params.from_layers([[weight], [[1]]], [[bias], [0]])
    network = Network((2, 1, 1), (ACTIVATIONS[activation], IDENTITY))
    assert unit_states(network, params, CORNERS) == ((state,),)


@pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES)
def test_the_gradient_agrees_with_finite_differences(loss):
    network = Network((2, 3, 2, 2), (ACTIVATIONS["tanh"], ACTIVATIONS["sigmoid"], IDENTITY))
    targets = np.column_stack([XOR.y, 1 - XOR.y])
    flat = np.random.default_rng(1).uniform(-1, 1, 9 + 8 + 6)

    def value(at: np.ndarray) -> float:
        return float(loss.value(forward(network, Params(network.sizes, at), XOR.x), targets))

    slopes = [(value(flat + step) - value(flat - step)) / 2e-6 for step in 1e-6 * np.eye(flat.size)]
    found = gradient(network, Params(network.sizes, flat), XOR.x, targets, loss)
    assert found == pytest.approx(slopes, abs=1e-8)


@pytest.mark.parametrize("targets", ["0110", "1001"])
@pytest.mark.parametrize(
    "name",
    [row.name for row in ACTIVATIONS.values() if row.trainable and not row.affine and row.name != "drawn"],
)
def test_one_unit_at_rest_cannot_if_it_only_rises(name, targets):
    gate, network = make(f"gate:{targets}"), network_of(ACTIVATIONS[name], 1)
    still = Params.from_layers([[[0, 0]], [[0]]], [[0], [0.5]])
    found = stall(network, still, gate.x, gate.y, MSE)
    assert (found and found.kind) == ("cannot" if ACTIVATIONS[name].monotone else "merged")
    moving = Params.from_layers([[[1, 1]], [[1]]], [[0.3], [0.7]])
    assert stall(network, moving, gate.x, gate.y, MSE) is None


@pytest.mark.parametrize("name", ["relu", "leaky_relu", "elu", "softplus", "sigmoid", "tanh"])
def test_trained_rising_units_are_never_said_not_to_have_found_it(name):
    runs = train(ACTIVATIONS[name], range(20), 4000, hidden=1)
    for params in runs.params:
        found = stall(network_of(ACTIVATIONS[name], 1), params, XOR.x, XOR.y, MSE)
        assert found is None or found.kind == "cannot"


def test_a_rising_unit_at_its_floor_cannot_though_its_slope_has_not_vanished():
    near = Params.from_layers([[[-1, -1]], [[-0.66]]], [[1], [0.66]])  # answers 0, .66, .66, .66
    assert np.linalg.norm(gradient(network_of(RELU, 1), near, XOR.x, XOR.y, MSE)) > 1e-3
    found = stall(network_of(RELU, 1), near, XOR.x, XOR.y, MSE)
    assert (found and found.kind) == "cannot"
    assert stall(network_of(RELU, 1), near, XOR.x, XOR.y, MSE, goal=0.2) is None


@pytest.mark.parametrize(
    ("sizes", "names", "kind"),
    [
        ((2, 1, 1, 1), ("tanh", "relu", "identity"), "cannot"),  # one rising after the other
        ((2, 1, 1), ("relu", "sigmoid"), "cannot"),
        ((2, 1, 1, 1), ("tanh", "cos", "identity"), "merged"),
        ((2, 1, 2, 1), ("relu", "relu", "identity"), "merged"),  # two together may turn round
        ((2, 2, 1, 1), ("relu", "relu", "identity"), "merged"),
    ],
)
def test_only_a_chain_of_rising_units_cannot(sizes, names, kind):
    network = Network(sizes, tuple(ACTIVATIONS[name] for name in names))
    still = np.zeros(sum((below + 1) * above for below, above in pairwise(sizes)))
    still[-1] = 0.0 if names[-1] == "sigmoid" else 0.5  # it answers a half everywhere
    found = stall(network, Params(sizes, still), XOR.x, XOR.y, MSE)
    assert (found and found.kind) == kind


@pytest.mark.parametrize("activation", [RELU, IDENTITY])
def test_values_that_are_known_already_lead_to_the_same_answer(activation):
    network, kinds = network_of(activation, 2), set()
    for params in train(activation, range(20), 3000).params:
        known = stall(network, params, XOR.x, XOR.y, MSE, layers=layer_values(network, params, XOR.x))
        assert known == stall(network, params, XOR.x, XOR.y, MSE)
        kinds.add(known and known.kind)
    assert kinds == ({"cannot"} if activation is IDENTITY else {None, "merged", "flat"})
