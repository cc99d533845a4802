"""Numbers as people read them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netviz.session.text import fraction, in_sentence, shown, signed, subscript


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.5, "0.50"),
        (-0.94, "−0.94"),
        (-0.001, "0.00"),
        (0.0, "0.00"),
        (9999.0, "9999.00"),
        (10_000, "1.0e4"),
        (-123_456, "−1.2e5"),
        (2.5e295, "2.5e295"),
        (math.inf, "inf"),
        (-math.inf, "−inf"),
    ],
)
def test_a_number_is_shown_with_two_decimals_and_a_true_minus(value, text):
    assert shown(value) == text


@given(st.floats())
def test_no_number_is_shown_as_minus_zero(value):
    assert shown(value) not in ("-0.00", "−0.00")
    assert signed(value) not in ("+0.00", "−0.00")
    assert "-" not in shown(value)


@pytest.mark.parametrize(
    ("value", "text"), [(0.88, "+0.88"), (-0.94, "−0.94"), (0.001, "0.00"), (-0.0, "0.00")]
)
def test_a_weight_is_shown_with_its_sign(value, text):
    assert signed(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.25, "¼"),
        (0.125, "⅛"),
        (1 / 6, "⅙"),
        (0.0, "0"),
        (1.0, "1"),
        (1 / 16, "1/16"),
        (0.25 + 1e-12, "¼"),
        (math.log(2), "0.693"),
        (0.2501, "0.250"),
        (-1.0, "−1"),
    ],
)
def test_a_simple_fraction_is_shown_as_one(value, text):
    assert fraction(value) == text


@pytest.mark.parametrize(
    ("label", "text"),
    [("Learning rate", "learning rate"), ("L1 penalty", "L1 penalty"), ("Hidden units", "hidden units")],
)
def test_a_label_fits_into_a_sentence(label, text):
    assert in_sentence(label) == text


def test_a_subscript_may_have_two_parts():
    assert (subscript(12), subscript("2,1")) == ("₁₂", "₂,₁")
