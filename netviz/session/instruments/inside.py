"""What one unit does with what reaches it: each product, the sum, the bias, the activation."""

from typing import NamedTuple

import numpy as np

from netviz.core.activation import Activation
from netviz.core.activations import ACTIVATIONS
from netviz.core.network import Array
from netviz.session import engine, selectors
from netviz.session.state import State, UnitId
from netviz.session.text import shown, signed

Point = tuple[float, ...]  # two coordinates of the plane, or all of a point
MOST_TOLD = 3  # coordinates, above which the rest of a point is not read out
STEEP, LEVEL = 0.9, 0.1  # a slope from 1 / STEEP down to STEEP is like the sum's own; below LEVEL is flat
BY_SIDE = {  # what an activation does with a sum below zero, and with one above
    "relu": ("passes nothing on", "passes the sum on unchanged"),
    "leaky_relu": ("lets only a hundredth through", "passes the sum on unchanged"),
    "elu": ("never answers less than −1", "passes the sum on unchanged"),
    "softplus": ("fades to nothing, without a corner", "nearly passes the sum on unchanged"),
    "silu": ("dips a little, then fades to nothing", "nearly passes the sum on unchanged"),
    "gelu": ("dips a little, then fades to nothing", "nearly passes the sum on unchanged"),
    "step": ("stays silent", "fires, however large the sum"),
}

SOFTMAX = r"\frac{e^{z}}{\sum_{j} e^{z_{j}}}"
NO_BREAK = "\N{NO-BREAK SPACE}"  # a formula stays on one line
STRAIGHT = {"identity": "The identity passes every sum on as it is."}


class Term(NamedTuple):
    """One input of a unit and its weight."""

    name: str
    value: float
    weight: float

    @property
    def product(self) -> float:
        """What it adds to the sum."""
        return self.value * self.weight


class Inside(NamedTuple):
    """A unit's arithmetic at one point; an input has no terms and passes on what comes in."""

    unit: UnitId
    name: str
    activation: Activation
    terms: tuple[Term, ...]
    bias: float
    sum: float
    value: float

    @property
    def products(self) -> float:
        """The sum before the bias."""
        return self.sum - self.bias

    @property
    def gate(self) -> bool | None:
        """Whether it is on, for a unit that is off below zero; None for any other."""
        return self.sum > 0 if self.activation.name in ("relu", "step") else None


def focus(state: State) -> UnitId:
    """The unit to look into: the selected one, or the first behind the inputs of the first twin shown."""
    return state.selected or UnitId(selectors.visible_twins(state)[0], 1, 0)


def inside(state: State, unit: UnitId, point: Point | None = None) -> Inside:
    """The arithmetic of a unit at a point of the plane; at the probe if none is given."""
    twin, layer, index = unit.twin, unit.layer, unit.index
    at = selectors.probe(state) if point is None else point
    values, name = selectors.values_at(state, twin, at), selectors.unit_name(state, unit)
    value = float(values[layer][index])
    if layer == 0:
        return Inside(unit, name, ACTIVATIONS["identity"], (), 0.0, value, value)
    *weights, bias = selectors.params(state, twin).layers[layer - 1][index].tolist()
    names = [selectors.unit_name(state, UnitId(twin, layer - 1, i)) for i in range(len(weights))]
    terms = map(Term, names, values[layer - 1].tolist(), weights)
    sums = selectors.sums_at(state, twin, at)[layer]
    activation = _activation(state, unit, sums)
    return Inside(unit, name, activation, tuple(terms), bias, float(sums[index]), value)


def _activation(state: State, unit: UnitId, sums: Array) -> Activation:
    """What follows the unit's sum; where the loss takes logits, what turns the last ones into answers."""
    problem = engine.problem(selectors.settings(state, unit.twin))
    activations = problem.network.activations
    if unit.layer < len(activations) or not problem.loss.logits:
        return activations[unit.layer - 1]
    if len(sums) == 1:
        return ACTIVATIONS["sigmoid"]
    return _softmax(float(np.logaddexp.reduce(np.delete(sums, unit.index))))


def _softmax(others: float) -> Activation:
    """A class's share as a function of its own sum, given ln sum e^z of the others: a sigmoid, shifted."""
    row = ACTIVATIONS["sigmoid"]
    return row._replace(
        name="softmax", label="softmax", formula=SOFTMAX,
        value=lambda z: row.value(z - others), slope=lambda z: row.slope(z - others), in_place=None,
    )  # fmt: skip


def regime(activation: Activation, z: float) -> str:
    """What this activation does with this sum, in one sentence."""
    label = activation.label
    if activation.affine:
        return STRAIGHT.get(label, "A straight curve bends nothing.")
    if activation.name in BY_SIDE:
        where = "Below" if z < 0 else "Above" if z > 0 else "At"
        return f"{where} zero, {label} {BY_SIDE[activation.name][z > 0]}."
    slope = abs(float(activation.slope(np.array([z]))[0]))
    if slope < LEVEL:
        return f"Here {label} is nearly flat: it hardly notices a change of the sum."
    if STEEP <= slope <= 1 / STEEP:
        return f"Here {label} follows the sum: it passes every small change on."
    return f"Here {label} passes on {shown(slope)} of every small change of the sum."


def threshold(found: Inside) -> str:
    """Where the unit bends: its bias as a threshold; empty for one without a corner at zero."""
    if found.activation.kinks != (0.0,) or not found.terms:
        return ""
    if all(term.weight == 0 for term in found.terms):
        return f"{found.name} is {'on' if found.bias > 0 else 'off'} everywhere: all its weights are 0."
    if len(found.terms) == 1:
        (term,) = found.terms
        sign = ">" if term.weight > 0 else "<"
        return f"{found.name} is on where {term.name} {sign} {shown(-found.bias / term.weight)}."
    if len(found.terms) > 3:
        return f"{found.name} is on where its products add up to more than {shown(-found.bias)}."
    return f"{found.name} is on where {weighted(found.terms)}{NO_BREAK}>{NO_BREAK}{shown(-found.bias)}."


def weighted(terms: tuple[Term, ...]) -> str:
    """The weighted inputs as one sum: −0.94 x₁ + 0.88 x₂."""
    first, *others = terms
    rest = (f"{'−' if term.weight < 0 else '+'} {shown(abs(term.weight))} {term.name}" for term in others)
    return " ".join([f"{shown(first.weight)} {first.name}", *rest]).replace(" ", NO_BREAK)


def plain(value: float) -> str:
    """A number as short as it can be within two decimals: 1, 0.55, −0.5."""
    text = shown(value)
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text


def place_text(point: Point) -> str:
    """A point: (1, 0); of many coordinates the first: (1, 0, …)."""
    told = [plain(value) for value in point]
    return f"({', '.join(told if len(told) <= MOST_TOLD else [*told[:2], '…'])})"


def state_text(found: Inside) -> str:
    """What the result is called: h₁ is off."""
    if found.gate is not None:
        return f"{found.name} is {'on' if found.gate else 'off'}"
    return f"the answer {found.name}" if found.name.startswith("ŷ") else f"value of {found.name}"


def told(found: Inside, point: Point) -> str:
    """The whole arithmetic in one sentence."""
    if not found.terms:
        return f"{found.name} is an input: {plain(found.value)} at {place_text(point)}."
    return (
        f"{found.name} at {place_text(point)}: the products add up to {shown(found.products)}, bias "
        f"{signed(found.bias)}, sum {shown(found.sum)}; after {found.activation.label} {shown(found.value)}."
    )
