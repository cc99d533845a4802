"""The loss table: values by hand, slopes by difference, and probabilities as shown."""

import numpy as np
import pytest

from netviz.core.losses import LOSSES, Loss, softmax

RNG = np.random.default_rng(5)
OUTPUTS = RNG.normal(size=(6, 3))
TARGETS = np.eye(3)[[0, 1, 2, 2, 1, 0]]

every = pytest.mark.parametrize("row", LOSSES.values(), ids=lambda row: row.name)


def test_the_table_holds_the_names_that_files_use():
    assert [(name, row.name) for name, row in LOSSES.items()] == [
        (name, name) for name in ("mse", "half_mse", "bce", "cross_entropy")
    ]


@every
def test_the_gradient_is_the_values_difference(row: Loss):
    h, found = 1e-6, np.empty_like(OUTPUTS)
    for at in np.ndindex(OUTPUTS.shape):
        up, down = OUTPUTS.copy(), OUTPUTS.copy()
        up[at] += h
        down[at] -= h
        found[at] = (row.value(up, TARGETS) - row.value(down, TARGETS)) / (2 * h)
    assert np.abs(found - row.gradient(OUTPUTS, TARGETS)).max() < 1e-9


@every
def test_the_fast_residual_is_the_plain_one(row: Loss):
    twins = np.stack([OUTPUTS, 3 * OUTPUTS]).swapaxes(-1, -2).copy()  # (twins, outputs, points)
    targets = np.stack([TARGETS, TARGETS]).swapaxes(-1, -2).copy()
    out = np.empty_like(twins)
    for call in row.calls(twins, targets, out):
        call()
    expected = row.residual(twins.swapaxes(-1, -2), targets.swapaxes(-1, -2))
    assert np.abs(out.swapaxes(-1, -2) - expected).max() < 1e-15


@every
def test_each_row_of_many_is_summed_as_it_is_alone(row: Loss):
    many = RNG.normal(size=(7, 2, 3, 6)).swapaxes(-1, -2)
    together = row.value(many, TARGETS)
    assert together.shape == (7, 2)
    for at in np.ndindex(7, 2):
        assert row.value(many[at], TARGETS) == together[at]


@every
def test_far_logits_give_a_finite_loss_in_silence(row: Loss):
    assert np.isfinite(row.value(1000 * OUTPUTS, TARGETS))
    assert np.isfinite(row.gradient(1000 * OUTPUTS, TARGETS)).all()


def test_no_rows_have_no_losses():
    assert LOSSES["mse"].value(np.empty((0, 2, 6, 3)), TARGETS).shape == (0, 2)


def test_an_undecided_network_on_xor_costs_a_quarter_or_ln_2():
    y, half = np.array([[0.0], [1.0], [1.0], [0.0]]), np.full((4, 1), 0.5)
    assert LOSSES["mse"].value(half, y) == 0.25
    assert LOSSES["half_mse"].value(half, y) == 0.125
    assert LOSSES["bce"].value(np.zeros((4, 1)), y) == pytest.approx(np.log(2), abs=1e-16)
    assert LOSSES["cross_entropy"].value(np.zeros((4, 2)), np.hstack([y, 1 - y])) == pytest.approx(np.log(2))


def test_losses_of_logits_are_shown_as_probabilities():
    assert [row.name for row in LOSSES.values() if row.logits] == ["bce", "cross_entropy"]
    z = np.array([[0.0, 1.0, 2.0]])
    assert LOSSES["mse"].shown(z) is z
    assert LOSSES["bce"].shown(z)[0, 0] == 0.5
    assert LOSSES["cross_entropy"].shown(z).sum() == pytest.approx(1.0)


def test_softmax_has_the_numbers_of_the_textbook_and_ignores_a_shift():
    z = np.array([1.0, 2.0, 3.0])
    assert softmax(z) == pytest.approx([0.09003057, 0.24472847, 0.66524096], abs=5e-9)
    assert softmax(z + 1000) == pytest.approx(softmax(z), abs=1e-15)


def test_softmax_of_two_is_the_sigmoid_of_the_difference():
    assert softmax(np.array([1.5, -0.5]))[0] == pytest.approx(LOSSES["bce"].shown(np.array(2.0)), abs=1e-15)
