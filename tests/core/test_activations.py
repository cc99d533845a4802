"""The activation table: values, slopes, ranges, and the numbers a teacher quotes."""

import numpy as np
import pytest

from netviz.core.activation import INF, Activation
from netviz.core.activations import ACTIVATIONS, dialed, sigmoid

NAMES = "identity relu leaky_relu elu softplus sigmoid tanh silu gelu sin cos gaussian step drawn"
FAR = np.array([-1000.0, -700.0, -30.0, 0.0, 30.0, 700.0, 1000.0])
GRID = np.random.default_rng(1).uniform(-5, 5, 400)  # no point within the difference's reach of 0
DIALS = [dialed(row, 0.3) for row in ACTIVATIONS.values()]

every = pytest.mark.parametrize("row", [*ACTIVATIONS.values(), *DIALS], ids=lambda row: row.name)
fast = pytest.mark.parametrize(
    "row", [r for r in ACTIVATIONS.values() if r.in_place], ids=lambda row: row.name
)


def test_the_table_holds_the_names_that_files_use():
    assert " ".join(ACTIVATIONS) == NAMES
    assert all(name == row.name for name, row in ACTIVATIONS.items())


@every
def test_the_slope_is_the_values_difference(row: Activation):
    h = 1e-6
    difference = (row.value(GRID + h) - row.value(GRID - h)) / (2 * h)
    assert np.abs(difference - row.slope(GRID)).max() < 1e-8


@every
def test_values_and_slopes_stay_finite_and_silent_far_out(row: Activation):
    assert np.isfinite(row.value(FAR)).all()
    assert np.isfinite(row.slope(FAR)).all()


@every
def test_values_lie_in_the_stated_range_and_come_near_its_ends(row: Activation):
    z = np.linspace(-40, 40, 80_001)
    values = row.value(z)
    assert row.low <= values.min() + 1e-15
    assert values.max() - 1e-15 <= row.high
    assert values.min() < (
        -7 if row.low == -INF and row.name != "leaky_relu" else 0.0 if row.low < 0 else 1e-15
    )
    assert values.max() > (7 if row.high == INF else row.high - 1e-6)


@every
def test_single_precision_stays_single(row: Activation):
    z = np.linspace(-3, 3, 7, dtype=np.float32)
    assert row.value(z).dtype == row.slope(z).dtype == np.float32


@every
def test_between_its_kinks_a_piecewise_linear_activation_is_straight(row: Activation):
    z = np.concatenate([np.linspace(-4, -0.1, 50), np.linspace(0.1, 4, 50)])
    pieces = len(np.unique(np.round(row.slope(z), 12)))
    jumps = row.value(np.array([1e-9])) - row.value(np.array([-1e-9])) > 1e-3
    if row.kinks is None:
        assert pieces > 2
    else:
        assert pieces + jumps == len(row.kinks) + 1
    assert row.affine == (row.kinks == ())


@every
def test_each_speaks_in_one_sentence_and_one_formula(row: Activation):
    assert row.character.endswith(".")
    assert row.character.count(".") == 1
    assert "z" in row.formula


@fast
def test_the_fast_form_gives_the_same_values_and_slopes(row: Activation):
    z = np.concatenate([GRID, FAR, [0.0]])
    value, slope = z.copy(), np.empty_like(z)
    with np.errstate(over="ignore"):
        for call in row.in_place.value(value):
            call()
    for call in row.in_place.slope(value, slope):
        call()
    assert np.abs(value - row.value(z)).max() < 1e-15
    assert np.abs(slope - row.slope(z)).max() < 1e-15


def test_sigmoid_has_the_numbers_of_the_textbook():
    z = np.array([3.0, 10.0, 0.0, -1000.0, 1000.0])
    assert sigmoid(z) == pytest.approx([0.9525741268224334, 0.9999546021312976, 0.5, 0.0, 1.0], abs=1e-16)
    assert sigmoid(z)[3] == 0.0
    assert ACTIVATIONS["sigmoid"].slope(np.zeros(1))[0] == 0.25


def test_sigmoid_is_symmetric_about_one_half_and_tanh_is_its_stretch():
    assert sigmoid(GRID) + sigmoid(-GRID) == pytest.approx(1.0, abs=1e-15)
    assert np.tanh(GRID) == pytest.approx(2 * sigmoid(2 * GRID) - 1, abs=1e-15)


def test_relu_answers_above_the_threshold_that_its_bias_sets():
    w, b = 2.0, -3.0  # -b / w = 1.5
    x = np.array([1.4, 1.5, 1.6])
    assert (ACTIVATIONS["relu"].value(w * x + b) > 0).tolist() == [False, False, True]


def test_relu_and_step_count_zero_as_off():
    zero = np.zeros(1)
    assert (
        ACTIVATIONS["relu"].slope(zero)
        == ACTIVATIONS["relu"].value(zero)
        == ACTIVATIONS["step"].value(zero)
        == 0
    )


def test_only_step_cannot_be_trained_through():
    assert [row.name for row in ACTIVATIONS.values() if not row.trainable] == ["step"]


def test_known_values_follow_the_contracts_definitions():
    z = np.array([-2.0])
    known = {
        "leaky_relu": -0.02,
        "elu": np.exp(-2) - 1,
        "softplus": np.log1p(np.exp(-2)),
        "silu": -2 / (1 + np.exp(2)),
        "gelu": -1 * (1 + np.tanh(np.sqrt(2 / np.pi) * (-2 - 0.044715 * 8))),
        "gaussian": np.exp(-4),
    }
    for name, value in known.items():
        assert ACTIVATIONS[name].value(z)[0] == pytest.approx(value, rel=1e-14)


def test_the_dial_runs_from_identity_to_the_activation_itself():
    relu = ACTIVATIONS["relu"]
    assert dialed(relu, 1) is relu
    assert dialed(relu, 0) is ACTIVATIONS["identity"]
    assert dialed(ACTIVATIONS["identity"], 0.5) is ACTIVATIONS["identity"]
    assert dialed(relu, 0.25).value(np.array([-4.0, 4.0])).tolist() == [-3.0, 4.0]  # 0.75 z below 0, z above
    assert dialed(relu, 0.25).label == "25 % ReLU"


@pytest.mark.parametrize("t", [-0.1, 1.1, float("nan")])
def test_the_dial_refuses_what_lies_outside(t: float):
    with pytest.raises(ValueError, match="from 0 to 1"):
        dialed(ACTIVATIONS["relu"], t)


@every
def test_what_is_called_monotone_never_falls_and_the_rest_does(row: Activation):
    rises = bool((np.diff(row.value(np.linspace(-8, 8, 16_001))) >= -1e-15).all())
    assert rises or not row.monotone
    assert row.monotone or not rises or "@" in row.name  # 30 % of a SiLU never falls, which nobody claims
