"""The drawn activation: the straight pieces it is made of, its kinks, its ends and what it refuses."""

import numpy as np
import pytest

from netviz.core.activations import ACTIVATIONS
from netviz.core.drawn import HINGE, drawn

INF = float("inf")
TENT = ((-1.0, 0.0), (0.0, 2.0), (2.0, 1.0))
CURVES = {
    "hinge": HINGE,
    "tent": TENT,
    "line": ((-1.0, -2.0), (3.0, 6.0)),
    "stairs": ((0, 0), (1, 0), (2, 1), (3, 1)),
}


def test_what_a_drawing_starts_from_is_relu():
    z = np.linspace(-5, 5, 101)
    hinge, relu = drawn(HINGE), ACTIVATIONS["relu"]
    assert hinge.value(z) == pytest.approx(relu.value(z))
    assert hinge.slope(z).tolist() == relu.slope(z).tolist()  # 0 at 0 too
    assert (hinge.low, hinge.high, hinge.kinks) == (0.0, INF, (0.0,))


@pytest.mark.parametrize(
    ("z", "value", "slope"),
    [
        (-2.0, -2.0, 2.0),
        (-1.0, 0.0, 2.0),
        (-0.5, 1.0, 2.0),
        (0.0, 2.0, 2.0),
        (1.0, 1.5, -0.5),
        (4.0, 0.0, -0.5),
    ],
)
def test_the_tent_by_hand(z, value, slope):
    tent = drawn(TENT)
    assert tent.value(np.array([z])) == pytest.approx([value])
    assert tent.slope(np.array([z])).tolist() == [slope]


@pytest.mark.parametrize("knots", CURVES.values(), ids=CURVES)
def test_every_curve_goes_through_its_points(knots):
    z, a = np.array(knots, dtype=float).T
    assert drawn(knots).value(z) == pytest.approx(a)


@pytest.mark.parametrize("knots", CURVES.values(), ids=CURVES)
def test_slopes_agree_with_finite_differences_off_the_kinks(knots):
    row, step = drawn(knots), 1e-6
    z = np.random.default_rng(0).uniform(-6, 6, 200)
    z = z[np.abs(z[:, None] - np.array([knot for knot, _ in knots])).min(axis=1) > 2 * step]
    expected = (row.value(z + step) - row.value(z - step)) / (2 * step)
    assert row.slope(z) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    ("knots", "kinks", "low", "high"),
    [
        (TENT, (0.0,), -INF, 2.0),  # falls for ever on both sides
        (CURVES["line"], (), -INF, INF),
        (CURVES["stairs"], (1.0, 2.0), 0.0, 1.0),
        (((-1, 0), (0, 0), (1, 0)), (), 0.0, 0.0),  # a point on a straight piece is no kink
        (((-1, 1), (0, 0), (1, 1)), (0.0,), 0.0, INF),
    ],
)
def test_kinks_and_range_follow_from_the_points(knots, kinks, low, high):
    row = drawn(knots)
    assert (row.kinks, row.low, row.high) == (kinks, low, high)
    assert row.affine is (kinks == ())


def test_both_ends_go_on_for_ever():
    assert drawn(TENT).value(np.array([-1000.0, 1002.0])).tolist() == [-1998.0, -499.0]


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_the_precision_of_the_sums_is_kept(kind):
    z = np.zeros((2, 3), dtype=kind)
    assert drawn(TENT).value(z).dtype == drawn(TENT).slope(z).dtype == kind


@pytest.mark.parametrize("knots", [((0.0, 1.0),), ((0.0, 1.0), (0.0, 2.0)), ((1.0, 0.0), (0.0, 0.0))])
def test_points_that_are_no_function_are_refused(knots):
    with pytest.raises(ValueError, match="two or more points, each further right than the last"):
        drawn(knots)
