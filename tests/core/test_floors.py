"""Floors: the least loss of affine maps, on numbers worked by hand and against a slow search downhill."""

import numpy as np
import pytest

from netviz.core.activations import ACTIVATIONS
from netviz.core.analysis import hidden_values
from netviz.core.datasets import CORNERS, DATASETS, make
from netviz.core.floors import FLOORS, floor, logistic_floor, rising_floor, softmax_floor
from netviz.core.losses import LOSSES
from netviz.core.network import Network, Params
from netviz.core.points import Sampling

LN2 = np.log(2)
THREE = np.eye(3)


def downhill(x, y, loss, steps=60_000, rate=0.5):
    """The loss that plain gradient descent on affine logits comes to: an upper bound of the floor."""
    rows = np.column_stack([x, np.ones(len(x))])
    weight = np.zeros((rows.shape[1], y.shape[1]))
    for _ in range(steps):
        weight -= rate * rows.T @ loss.gradient(rows @ weight, y)
    return float(loss.value(rows @ weight, y))


@pytest.mark.parametrize("copies", [1, 3])
@pytest.mark.parametrize(("loss", "least"), [("mse", 0.25), ("bce", LN2)])
def test_hidden_units_that_say_the_same_do_not_matter(loss, least, copies):
    h = np.repeat(CORNERS.sum(axis=1, keepdims=True), copies, axis=1)
    assert floor(loss, h, make("xor").y) == pytest.approx(least)


@pytest.mark.parametrize(("loss", "least"), [("mse", 0.25), ("bce", LN2)])
def test_rounding_is_not_taken_for_a_hidden_value(loss, least):
    h = np.array([[0.0], [1e-16], [1e-16], [0.0]]) + 1  # tells XOR apart, by rounding alone
    assert floor(loss, h, make("xor").y) == pytest.approx(least)


@pytest.mark.parametrize(("loss", "least"), [("mse", 0.25), ("half_mse", 0.125), ("bce", LN2)])
def test_each_loss_has_its_floor_on_xor(loss, least):
    assert floor(loss, CORNERS, make("xor").y) == pytest.approx(least)


def test_every_loss_has_a_floor_and_no_points_have_none():
    assert set(FLOORS) == set(LOSSES)
    assert floor("mse", CORNERS[:0], make("xor").y[:0]) is None


def test_xor_as_two_classes_has_the_same_floor():
    y = make("xor").y
    assert softmax_floor(CORNERS, np.column_stack([y, 1 - y])) == pytest.approx(LN2)


@pytest.mark.parametrize("gate", ["0001", "0111", "0011", "0000", "1011"])
def test_what_a_line_separates_has_exactly_no_logistic_floor(gate):
    assert floor("bce", CORNERS, make(f"gate:{gate}").y) == 0.0


@pytest.mark.parametrize("classes", [3, 4, 5, 6])
def test_blobs_apart_have_exactly_no_floor(classes):
    data = make(f"blobs:{classes}")
    assert floor("cross_entropy", data.x, data.y) == 0.0


def test_the_logistic_floor_is_where_its_gradient_is_zero():
    x, y = np.array([[0.0], [0.0], [0.0], [1.0], [1.0]]), np.array([[0.0], [0.0], [1.0], [1.0], [0.0]])
    # p = 1/3 on the left, 1/2 on the right: (3 H(1/3) + 2 ln 2) / 5
    left = -(2 / 3 * np.log(2 / 3) + 1 / 3 * np.log(1 / 3))
    assert logistic_floor(x, y) == pytest.approx((3 * left + 2 * LN2) / 5)


def test_points_that_share_a_place_cost_the_entropy_of_their_classes():
    x = np.zeros((4, 1))  # shares 1/2, 1/4, 1/4: 1/2 ln 2 + 2 * 1/4 ln 4 = 3/2 ln 2
    assert softmax_floor(x, THREE[[0, 0, 1, 2]]) == pytest.approx(1.5 * LN2)


def test_a_target_between_two_classes_costs_its_own_entropy():
    assert logistic_floor(np.zeros((1, 1)), np.array([[0.5]])) == pytest.approx(LN2)
    assert logistic_floor(np.array([[0.0], [1.0]]), np.array([[0.25], [1.0]])) == pytest.approx(
        (-0.25 * np.log(0.25) - 0.75 * np.log(0.75)) / 2, abs=1e-9
    )


def test_what_is_half_separated_costs_only_the_other_half():
    """At 1 the classes are clear, at 0 they are mixed: the floor, half of ln 2, is approached, never met."""
    x = np.array([[0.0], [0.0], [1.0], [1.0]])
    assert softmax_floor(x, THREE[[0, 1, 2, 2]]) == pytest.approx(LN2 / 2, abs=1e-9)


def test_classes_on_a_line_are_apart_only_in_order():
    x = np.array([[0.0], [1.0], [2.0]])
    assert softmax_floor(x, THREE) == 0.0  # logits 0, x - 1/2, 2 x - 2 are largest in turn
    assert softmax_floor(np.array([[0.0], [1.0], [2.0], [3.0]]), THREE[[0, 1, 0, 1]]) > 0.5


@pytest.mark.parametrize("dataset", ["circle", "quadrant_xor", "moons", "spiral"])
def test_no_way_downhill_gets_below_the_logistic_floor(dataset):
    data = make(dataset, Sampling(60, noise=30))
    found = downhill(data.x, data.y, LOSSES["bce"], 20_000, 0.05)
    assert floor("bce", data.x, data.y) == pytest.approx(found, abs=1e-6)
    assert floor("bce", data.x, data.y) <= found + 1e-12


@pytest.mark.parametrize("classes", [3, 6])
def test_no_way_downhill_gets_below_the_floor_of_several_classes(classes):
    data = make(f"blobs:{classes}", Sampling(120, noise=200))
    found = downhill(data.x, data.y, LOSSES["cross_entropy"], 20_000, 0.1)
    assert floor("cross_entropy", data.x, data.y) == pytest.approx(found, abs=1e-6)
    assert floor("cross_entropy", data.x, data.y) <= found + 1e-12


@pytest.mark.parametrize("scale", [1e-6, 1e-3, 1e3, 1e6])
def test_the_floor_does_not_mind_the_scale_of_the_inputs(scale):
    data = make("blobs:3", Sampling(60, noise=200))
    least = floor("cross_entropy", data.x, data.y)
    assert floor("cross_entropy", scale * data.x, data.y) == pytest.approx(least, abs=1e-9)


def test_inputs_near_the_end_of_the_range_of_numbers_are_no_trouble():
    data = make("blobs:3", Sampling(60, noise=200))  # beside 1e300 the constant is rounding
    least = floor("cross_entropy", data.x, data.y)
    assert least < floor("cross_entropy", 1e300 * data.x, data.y) < least + 0.02


@pytest.mark.parametrize("seed", range(12))
def test_saturated_hidden_values_do_not_keep_newton_busy(seed):
    """Hidden values of nearly −1 and 1: four groups, each of which costs at least its classes' entropy."""
    rng = np.random.default_rng(seed)
    h, y = np.tanh(100 * rng.normal(size=(200, 2))), THREE[rng.integers(0, 3, 200)]
    least = 0.0
    for group in (y[(np.sign(h) == signs).all(axis=1)] for signs in ((1, 1), (1, -1), (-1, 1), (-1, -1))):
        share = group.mean(axis=0)
        least -= len(group) / 200 * float((share * np.log(share)).sum())
    assert least - 0.05 < softmax_floor(h, y) <= np.log(3)


def test_every_problem_of_classes_has_a_floor():
    rows = [
        row for row in DATASETS.values() if row.kind != "numbers" and not row.name.startswith(("own", "csv"))
    ]
    for row in rows:
        data = row.make(Sampling(100, noise=20))
        assert 0 <= floor("bce" if row.kind == "classes" else "cross_entropy", data.x, data.y) <= np.log(6)


def test_without_points_there_is_nothing_to_be_wrong_about():
    assert softmax_floor(np.empty((0, 2)), np.empty((0, 3))) == 0.0


RISES = (  # at best 0 for one corner, and 2/3 for the other three
    ("mse", 1 / 6),
    ("half_mse", 1 / 12),
    ("bce", 0.75 * (np.log(3) - 2 / 3 * LN2)),
)


@pytest.mark.parametrize("targets", ["0110", "1001"])
@pytest.mark.parametrize(("loss", "least"), RISES)
def test_what_only_rises_leaves_a_sixth_of_xor(loss, least, targets):
    assert rising_floor(loss, CORNERS, make(f"gate:{targets}").y) == pytest.approx(least)


@pytest.mark.parametrize("targets", ["0110", "1001"])
@pytest.mark.parametrize("name", [row.name for row in ACTIVATIONS.values() if row.monotone])
def test_no_rising_unit_however_drawn_gets_below_its_floor(name, targets):
    rng, y = np.random.default_rng(0), make(f"gate:{targets}").y
    network = Network((2, 1, 1, 1), (ACTIVATIONS[name], ACTIVATIONS[name], ACTIVATIONS["identity"]))
    for _ in range(500):  # each with the best readout of its last unit
        params = Params((2, 1, 1, 1), rng.normal(0, 3, 7))
        h = hidden_values(network, params, CORNERS)
        assert floor("mse", h, y) > 1 / 6 - 1e-9


def test_one_relu_reaches_the_floor_of_what_rises():
    h = np.maximum(0, 1 - CORNERS.sum(axis=1, keepdims=True))  # 1, 0, 0, 0: answers 0, 2/3, 2/3, 2/3
    assert floor("mse", h, make("xor").y) == pytest.approx(1 / 6)


@pytest.mark.parametrize(
    ("x", "y"),
    [
        (CORNERS, make("gate:0001").y),  # AND only rises
        (CORNERS, make("gate:0000").y),
        (CORNERS * CORNERS[:, :1], make("gate:0110").y),  # x₁x₁ and x₁x₂: no longer opposite corners
        (CORNERS[:3], make("xor").y[:3]),
        (CORNERS, np.hstack([make("xor").y] * 2)),
    ],
)
def test_elsewhere_no_floor_of_what_rises_is_claimed(x, y):
    assert rising_floor("mse", x, y) is None
