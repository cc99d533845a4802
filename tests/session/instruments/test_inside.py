"""Inside a unit: its arithmetic is the network's, and the sentences say what it does."""

from dataclasses import replace

import numpy as np
import pytest

from netviz.core.activations import ACTIVATIONS
from netviz.core.drawn import drawn
from netviz.session import selectors
from netviz.session.actions import SetView
from netviz.session.engine import hidden_activations
from netviz.session.instruments.inside import focus, inside, plain, regime, state_text, threshold, told
from netviz.session.presets import PRESETS
from netviz.session.runs import state_at
from netviz.session.state import UnitId
from netviz.session.store import reduce
from tests.session.made import trained

XOR = state_at(PRESETS["xor"].experiment, 172)
SPACE = "\N{NO-BREAK SPACE}"


def words(text):
    return text.replace(SPACE, " ")


def test_at_epoch_172_h1_is_off_at_the_probe_as_in_the_picture():
    found = inside(XOR, focus(XOR))
    numbers = [*(term.product for term in found.terms), found.bias, found.sum, found.value]
    assert numbers == pytest.approx([-0.94, 0.0, 0.11, -0.83, 0.0], abs=0.005)
    assert (found.name, [term.name for term in found.terms]) == ("h₁", ["x₁", "x₂"])
    assert (found.gate, state_text(found)) == (False, "h₁ is off")
    assert words(threshold(found)) == "h₁ is on where −0.94 x₁ + 0.88 x₂ > −0.11."
    assert regime(found.activation, found.sum) == "Below zero, ReLU passes nothing on."
    assert told(found, XOR.probe) == (
        "h₁ at (1, 0): the products add up to −0.94, bias +0.11, sum −0.83; after ReLU 0.00."
    )


@pytest.mark.parametrize("unit", [UnitId(0, 1, 1), UnitId(0, 2, 7), UnitId(1, 3, 0)])
def test_in_any_layer_the_parts_make_the_sum_and_the_value(unit):
    state = trained(3, hidden=(16, 8), activation="tanh")
    found = inside(state, unit, (0.25, 0.75))
    assert found.products == pytest.approx(sum(term.product for term in found.terms))
    assert found.sum == pytest.approx(sum(term.value * term.weight for term in found.terms) + found.bias)
    expected = selectors.values_at(state, unit.twin, (0.25, 0.75))[unit.layer][unit.index]
    assert found.value == pytest.approx(expected)
    assert found.activation.value(np.array([found.sum])) == pytest.approx([found.value])


def test_an_input_passes_on_what_comes_in():
    found = inside(XOR, UnitId(0, 0, 0))
    assert (found.terms, found.value, threshold(found), found.gate) == ((), 1.0, "", None)
    assert told(found, (1.0, 0.0)) == "x₁ is an input: 1 at (1, 0)."
    assert state_text(found) == "value of x₁"


def test_behind_logits_the_answer_is_a_probability():
    state = trained(5, loss="bce")
    found = inside(state, UnitId(0, 2, 0))
    assert found.activation.name == "sigmoid"
    assert found.value == pytest.approx(1 / (1 + np.exp(-found.sum)))
    assert state_text(found) == "the answer ŷ"
    assert inside(state, UnitId(0, 1, 0)).activation is ACTIVATIONS["relu"]


def test_without_a_selection_the_first_unit_of_the_first_twin_shown_is_looked_into():
    assert focus(XOR) == UnitId(0, 1, 0)
    assert focus(reduce(XOR, SetView("without"))) == UnitId(1, 1, 0)
    assert focus(replace(XOR, selected=UnitId(0, 2, 0))) == UnitId(0, 2, 0)


@pytest.mark.parametrize(
    ("name", "z", "sentence"),
    [
        ("relu", -0.83, "Below zero, ReLU passes nothing on."),
        ("relu", 0.0, "At zero, ReLU passes nothing on."),
        ("relu", 2.0, "Above zero, ReLU passes the sum on unchanged."),
        ("leaky_relu", -1.0, "Below zero, leaky ReLU lets only a hundredth through."),
        ("step", 0.5, "Above zero, step fires, however large the sum."),
        ("identity", -3.0, "The identity passes every sum on as it is."),
        ("sigmoid", 10.0, "Here sigmoid is nearly flat: it hardly notices a change of the sum."),
        ("sigmoid", 0.0, "Here sigmoid passes on 0.25 of every small change of the sum."),
        ("tanh", 0.0, "Here tanh follows the sum: it passes every small change on."),
        ("sin", np.pi, "Here sin follows the sum: it passes every small change on."),
        ("gaussian", 0.0, "Here Gaussian is nearly flat: it hardly notices a change of the sum."),
    ],
)
def test_each_regime_has_its_sentence(name, z, sentence):
    assert regime(ACTIVATIONS[name], z) == sentence


@pytest.mark.parametrize("row", ACTIVATIONS.values(), ids=lambda row: row.name)
@pytest.mark.parametrize("z", [-1000.0, -1.0, 0.0, 1.0, 1000.0])
def test_every_activation_has_a_sentence_everywhere(row, z):
    assert regime(row, z).endswith(".")


def test_a_straight_drawing_bends_nothing():
    assert regime(drawn(((-1.0, 0.0), (1.0, 1.0))), 3.0) == "A straight curve bends nothing."


def one_unit(weights, bias, names):
    """The arithmetic of a ReLU unit with these weights."""
    found = inside(XOR, focus(XOR))
    terms = tuple(found.terms[0]._replace(name=n, weight=w) for n, w in zip(names, weights, strict=True))
    return found._replace(terms=terms, bias=bias)


@pytest.mark.parametrize(
    ("weights", "bias", "sentence"),
    [
        ([2.0], -1.0, "h₁ is on where x₁ > 0.50."),  # −b / w = 1 / 2
        ([-2.0], -1.0, "h₁ is on where x₁ < −0.50."),
        ([1.0, -3.0], 0.0, "h₁ is on where 1.00 x₁ − 3.00 x₂ > 0.00."),
        ([0.0, 0.0], 0.5, "h₁ is on everywhere: all its weights are 0."),
        ([0.0], -0.5, "h₁ is off everywhere: all its weights are 0."),
        ([1.0] * 4, -2.0, "h₁ is on where its products add up to more than 2.00."),
    ],
)
def test_the_bias_is_a_threshold(weights, bias, sentence):
    names = ("x₁", "x₂", "x₃", "x₄")[: len(weights)]
    assert words(threshold(one_unit(weights, bias, names))) == sentence


def test_a_unit_without_a_corner_at_zero_has_no_threshold():
    found = inside(XOR, UnitId(1, 1, 0))
    assert found.activation is hidden_activations(selectors.settings(XOR, 1))[0]
    assert threshold(found) == ""


@pytest.mark.parametrize(
    ("value", "text"),
    [(1.0, "1"), (-0.5, "−0.5"), (0.55, "0.55"), (-0.001, "0"), (100.0, "100"), (2e7, "2.0e7")],
)
def test_numbers_are_as_short_as_they_can_be(value, text):
    assert plain(value) == text
