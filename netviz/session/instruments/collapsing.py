"""A twin as one layer: the layer it equals when nothing in it bends, the nearest one when something does."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from netviz.core import analysis
from netviz.core.network import Array, layer_values
from netviz.session import engine, selectors
from netviz.session.fields import Settings
from netviz.session.instruments.stuck import usable
from netviz.session.readings import once
from netviz.session.sections import sampled
from netviz.session.state import State, UnitId
from netviz.session.text import shown, signed

GRID = 41  # points a side of the grid on which the two are compared
ROUNDING = 1e-9  # of the largest sum: a smaller difference is none
ALMOST = 0.01  # a difference from here on is read as a decimal, a smaller one as a power of ten
SAME = 1e-12  # below this, rounding is all there is to a difference


class Collapsed(NamedTuple):
    """The one layer W_eff x + b_eff, and how far it is from the twin's output sum over the plane.

    Where the rows of a table are more than a plane, over these. Of several outputs the weights are the first
    one's.
    """

    exact: bool  # nothing bends, so that the difference is rounding
    weight: tuple[float, ...]
    bias: float
    largest: float
    rms: float
    flat_here: bool  # the two are the same all over the plane, bend or not
    numbers: int  # weights and biases of the twin
    needed: int  # those of the one layer
    layer: analysis.AffineMap  # the one layer, with all its outputs

    def __eq__(self, other: object) -> bool:
        """By identity: it is made once for a frame, and two arrays are not equal or different as a whole."""
        return self is other

    def __hash__(self) -> int:
        return id(self)


@lru_cache(maxsize=4)
def compared_at(chosen: Settings, side: int = GRID) -> Array:
    """Inputs (n, inputs) at which a network and one layer are compared: the plane, or a table's own rows."""
    data = sampled(chosen)
    if data.x.shape[1] > 2:  # a plane is but a thin cut through more coordinates
        return engine.inputs(chosen, data.x if len(data.x) else data.test_x)
    axis = np.linspace(data.low, data.high, side)
    return engine.inputs(chosen, np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2))


@once
def collapsed(state: State, twin: int) -> Collapsed:
    """Today's one layer of a twin: W_L ... W_1 where nothing bends, else least squares over the plane."""
    network, at = selectors.net(state, twin), selectors.params(state, twin)
    x = compared_at(selectors.settings(state, twin))
    sums = layer_values(network, at, x)[-1][0]
    exact = analysis.is_affine(network)
    one = analysis.collapse(network, at) if exact else analysis.affine_fit(x, sums)
    miss = analysis.misfit(one, x, sums)
    same = miss[0] <= ROUNDING * max(1.0, float(np.abs(sums).max()))
    weight, bias = tuple(one.weight[0].tolist()), float(one.bias[0])
    return Collapsed(exact, weight, bias, *miss, same, *counts(state, twin), one)


def share(state: State, twin: int) -> float:
    """How far a twin's layers are fused now, 0 to 1; 0 for good where something bends or there is one layer.

    Where motion is unwanted there is nothing between the two ends.
    """
    if not state.fused:
        return 0.0
    network = selectors.net(state, twin)
    fuses = len(network.sizes) > 2 and analysis.is_affine(network) and usable(state, twin)
    return (round(state.fused) if state.reduced_motion else state.fused) * fuses


def one_layer(state: State, twin: int) -> analysis.AffineMap:
    """Today's W_eff and b_eff of a twin in which nothing bends."""
    return analysis.collapse(selectors.net(state, twin), selectors.params(state, twin))


def counts(state: State, twin: int) -> tuple[int, int]:
    """The weights and biases of a twin, and those of one layer between the same inputs and outputs."""
    sizes, biases = selectors.net(state, twin).sizes, selectors.settings(state, twin).bias
    off = 0 if biases else sum(sizes[1:])
    return analysis.parameter_count(sizes) - off, sizes[-1] * (sizes[0] + has_bias(state, twin))


def has_bias(state: State, twin: int) -> bool:
    """Whether the one layer has a bias: also without biases, where an activation is not 0 at 0."""
    hidden = selectors.net(state, twin).activations[:-1]
    return selectors.settings(state, twin).bias or any(one.value(np.zeros(1))[0] != 0 for one in hidden)


def acts_as(state: State, twin: int) -> str:
    """9 numbers act as 3."""
    return acting(*counts(state, twin))


def acting(numbers: int, needed: int) -> str:
    """8 577 numbers act as 3."""
    return f"{thousands(numbers)} numbers act as {thousands(needed)}"


def thousands(count: int) -> str:
    """8 577."""
    return f"{count:,}".replace(",", " ")


def output_name(state: State, twin: int) -> str:
    """What the one layer is: ŷ, or the sum z before an output that bends; of several the first."""
    problem = engine.problem(selectors.settings(state, twin))
    name = selectors.unit_name(state, UnitId(twin, len(problem.network.activations), 0))
    straight = problem.network.activations[-1].affine and not problem.loss.logits
    return name if straight else name.replace("ŷ", "z")


def equation(state: State, twin: int, one: Collapsed) -> str:
    """ŷ = −0.75 x₁ + 0.55 x₂ + 0.50."""
    labels = engine.input_labels(selectors.settings(state, twin))
    terms = [f"{signed(w)} {label}" for w, label in zip(one.weight, labels, strict=True)]
    return f"{output_name(state, twin)} = {as_sum([*terms, signed(one.bias)])}"


def as_sum(terms: list[str]) -> str:
    """Join +0.55 x₂ and −0.75 x₁ by their signs: 0.55 x₂ − 0.75 x₁."""
    first, *rest = terms
    spaced = [f"− {t[1:]}" if t.startswith("−") else f"+ {t.lstrip('+')}" for t in rest]
    return " ".join([first.lstrip("+"), *spaced])


def difference(value: float) -> str:
    """A difference, however small: 0.43, 2e−16, 0."""
    if value == 0 or value >= ALMOST:
        return shown(value) if value else "0"
    return f"{value:.0e}".replace("e-0", "e-").replace("-", "−")


def agreement(one: Collapsed, where: str) -> str:
    """How far one exact layer is from the network: rounding aside, not at all."""
    if one.largest < SAME:
        return f"No difference over the {where} ({difference(one.largest)})."
    return f"Largest difference {difference(one.largest)} over the {where}."


def told(one: Collapsed) -> str:
    """What it means, in one sentence."""
    if not one.exact and one.flat_here:
        return f"Nothing bends in this plane: one layer is up to {difference(one.largest)} off."
    if not one.exact:
        return f"Not one layer: nearest is up to {difference(one.largest)} off."
    if one.numbers == one.needed:
        return f"{one.numbers} numbers: it is one layer."
    if one.numbers < one.needed:  # a layer narrower than inputs and outputs
        return f"{acting(one.numbers, one.needed)}: one layer."
    return f"{thousands(one.numbers)} numbers, but only {one.needed} matter: one layer."
