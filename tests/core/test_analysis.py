"""Least squares, collapse and answers, each on numbers worked by hand."""

import numpy as np
import pytest

from netviz.core import analysis
from netviz.core.activations import ACTIVATIONS
from netviz.core.analysis import (
    accuracy,
    affine_fit,
    bend,
    collapse,
    collapse_residual,
    hidden_values,
    is_affine,
    misfit,
    nonlinear_share,
    parameter_count,
)
from netviz.core.datasets import CORNERS, make
from netviz.core.network import Network, Params, forward
from tests.core.lottery import random_params

IDENTITY, RELU = ACTIVATIONS["identity"], ACTIVATIONS["relu"]
AFFINE_RELU = RELU._replace(value=lambda z: 3 * z + 2, slope=lambda z: 3 + 0 * z, kinks=())


def test_an_affine_map_is_found_again_from_its_values():
    x = np.random.default_rng(0).uniform(-1, 1, (20, 3))
    weight, bias = np.array([[2.0, -1.0, 0.5], [0.0, 3.0, 1.0]]), np.array([4.0, -2.0])
    fit = affine_fit(x, x @ weight.T + bias)
    assert fit.weight == pytest.approx(weight)
    assert fit.bias == pytest.approx(bias)


def test_the_best_line_through_and_misses_by_a_quarter_of_its_bend():
    and_gate = make("gate:0001")
    fit = affine_fit(and_gate.x, and_gate.y)  # -1/4 + x1/2 + x2/2: -1/4, 1/4, 1/4, 3/4
    assert fit(and_gate.x).ravel() == pytest.approx([-0.25, 0.25, 0.25, 0.75])
    assert misfit(fit, and_gate.x, and_gate.y) == pytest.approx((0.25, 0.25))


def test_misfit_tells_the_largest_miss_from_the_usual_one():
    fit = affine_fit(CORNERS, np.zeros((4, 1)))
    assert misfit(fit, CORNERS, np.array([[0.0], [0.0], [0.0], [2.0]])) == pytest.approx((2.0, 1.0))


def test_the_last_hidden_layer_is_the_input_where_nothing_is_hidden():
    assert hidden_values(Network((2, 1), (IDENTITY,)), random_params((2, 1), 0), CORNERS) is CORNERS


def test_the_last_hidden_layer_is_behind_its_activation():
    params = Params.from_layers([[[1, 1]], [[1]]], [[-1], [0]])
    assert hidden_values(Network((2, 1, 1), (RELU, IDENTITY)), params, CORNERS).ravel().tolist() == [
        0,
        0,
        0,
        1,
    ]


@pytest.mark.parametrize(("values", "expected"), [((0, 1, 1, 0), -2), ((0, 0, 0, 1), 1), ((2, 1, 1, 0), 0)])
def test_the_bend_of_four_values(values, expected):
    assert bend(np.array(values).reshape(4, 1)) == expected


@pytest.mark.parametrize(
    ("f", "share"),
    [
        ([0, 1, 1, 0], 1.0),  # XOR: nothing of it is affine
        ([0, 0, 0, 1], 1 / 3),  # AND: variance 3/16, floor 1/16
        ([0, 1, 1, 2], 0.0),
        ([7, 7, 7, 7], 0.0),  # no variance to explain
    ],
)
def test_the_share_of_variance_that_no_affine_map_explains(f, share):
    assert nonlinear_share(CORNERS, np.array(f, dtype=float)[:, None]) == pytest.approx(share, abs=1e-12)


@pytest.mark.parametrize(
    ("activations", "affine"),
    [((IDENTITY, IDENTITY), True), ((IDENTITY, ACTIVATIONS["sigmoid"]), True), ((RELU, IDENTITY), False)],
)
def test_a_network_is_affine_if_no_hidden_activation_bends(activations, affine):
    assert is_affine(Network((2, 2, 1), activations)) is affine


def test_two_layers_collapse_into_the_one_worked_by_hand():
    params = Params.from_layers([[[1, 2], [3, 4]], [[5, 6]]], [[7, 8], [9]])
    one = collapse(Network((2, 2, 1), (IDENTITY, IDENTITY)), params)
    assert one.weight.tolist() == [[5 * 1 + 6 * 3, 5 * 2 + 6 * 4]]
    assert one.bias.tolist() == [5 * 7 + 6 * 8 + 9]


def test_an_affine_activation_with_slope_and_offset_collapses_too():
    network, params = (
        Network((2, 3, 2, 1), (AFFINE_RELU, AFFINE_RELU, IDENTITY)),
        random_params((2, 3, 2, 1), 0),
    )
    assert collapse(network, params)(CORNERS) == pytest.approx(forward(network, params, CORNERS))
    assert collapse_residual(network, params, CORNERS) < 1e-13


def test_a_network_without_hidden_layers_is_its_own_collapse():
    params = random_params((2, 1), 0)
    one = collapse(Network((2, 1), (IDENTITY,)), params)
    assert one.weight.tolist() == params.weights[0].tolist()
    assert one.bias.tolist() == params.biases[0].tolist()


def test_a_network_that_bends_does_not_collapse():
    with pytest.raises(ValueError, match="this network bends"):
        collapse(Network((2, 2, 1), (RELU, IDENTITY)), random_params((2, 2, 1), 0))


@pytest.mark.parametrize(
    ("output", "target", "judged"),
    [
        (0.9, 1, "right"),
        (0.9, 0, "wrong"),
        (0.1, 0, "right"),
        (0.1, 1, "wrong"),
        (0.5, 1, "undecided"),
        (0.5049, 1, "undecided"),
        (0.4951, 1, "undecided"),
        (0.506, 1, "right"),
        (0.494, 1, "wrong"),
    ],
)
def test_an_answer_is_right_wrong_or_undecided(output, target, judged):
    answers = accuracy(np.array([[output]]), np.array([[target]]))
    assert {name: value.tolist() for name, value in answers._asdict().items()} == {
        name: [name == judged] for name in ("right", "wrong", "undecided")
    }


def test_the_threshold_and_the_margin_can_be_others():
    answers = accuracy(np.array([[0.2], [-0.2], [0.01]]), np.array([[1], [1], [1]]), threshold=0, margin=0.1)
    assert [answers.right.tolist(), answers.undecided.tolist()] == [
        [True, False, False],
        [False, False, True],
    ]


@pytest.mark.parametrize(
    ("sizes", "count"),
    [((2, 2, 1), 9), ((2, 8, 8, 1), 105), ((2, *(8,) * 6, 1), 393), ((2, 64, 64, 64, 1), 8577), ((2, 1), 3)],
)
def test_parameters_are_counted_with_their_biases(sizes, count):
    assert parameter_count(sizes) == count == random_params(sizes, 0).flat.size


def test_the_largest_of_several_outputs_answers_unless_two_share_the_lead():
    outputs = np.array([[0.1, 0.7, 0.2], [0.5, 0.3, 0.2], [0.402, 0.4, 0.198]])
    targets = np.array([[0.0, 1, 0], [0, 0, 1], [1, 0, 0]])
    judged = analysis.best_class(outputs, targets)
    assert judged.right.tolist() == [True, False, False]
    assert judged.wrong.tolist() == [False, True, False]
    assert judged.undecided.tolist() == [False, False, True]  # 0.002 apart, less than 0.005


def test_confusion_counts_rows_by_the_true_class():
    counts = analysis.confusion(said=np.array([0, 1, 1, 2]), true=np.array([0, 0, 1, 1]), classes=3)
    assert counts.tolist() == [[1, 1, 0], [0, 1, 1], [0, 0, 0]]
