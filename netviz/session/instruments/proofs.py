"""Bend, and why no flat surface is XOR: the numbers and the three lines of the proof."""

from typing import Literal, NamedTuple

import numpy as np

from netviz.core import analysis
from netviz.core.datasets import CORNERS, GATES
from netviz.core.network import layer_values
from netviz.session import engine, selectors
from netviz.session.instruments.collapsing import as_sum
from netviz.session.instruments.stuck import usable
from netviz.session.state import State
from netviz.session.text import fraction, shown

FORMULA = "D = f₀₀ + f₁₁ − f₀₁ − f₁₀"
HALF = 0.5
LINE = 2.0  # a bend smaller than this leaves every corner on its side of the best line: misses are D/4 < 1/2


class Bend(NamedTuple):
    """How far four values are from flat: D = f(00) + f(11) − f(01) − f(10)."""

    values: tuple[float, ...]  # in corner order
    total: float


def plain(state: State, twin: int) -> bool:
    """Whether the output is shown as its sum is, so that nothing behind the hidden layers bends."""
    problem = engine.problem(selectors.settings(state, twin))
    return problem.network.activations[-1].affine and not problem.loss.logits


def bend(state: State, twin: int) -> Bend:
    """Today's bend of a twin's output sums at the four corners."""
    problem = engine.problem(selectors.settings(state, twin))
    values = layer_values(problem.network, selectors.params(state, twin), problem.x)[-1][0][:, 0]
    return Bend(tuple(values.tolist()), analysis.bend(values))


def asked(state: State) -> float:
    """The bend of the targets: −2 for XOR."""
    return analysis.bend(selectors.targets(state))


def nonlinear_share(state: State, twin: int) -> float:
    """The share of the variance of a twin's sums at the training points that no affine map explains."""
    problem = engine.problem(selectors.settings(state, twin))
    sums = layer_values(problem.network, selectors.params(state, twin), problem.x)[-1][0]
    return analysis.nonlinear_share(problem.x, sums)


def asked_share(state: State) -> float:
    """The same share of the targets: what the problem asks for."""
    problem = engine.problem(state.experiment.twins[0])
    return analysis.nonlinear_share(problem.x, problem.y)


def arithmetic(found: Bend) -> str:
    """0.05 + 0.00 − 0.97 − 0.99 = −1.91: every number as it is shown."""
    f00, f01, f10, f11 = found.values
    terms = [_signed(value, sign) for value, sign in ((f00, 1), (f11, 1), (f01, -1), (f10, -1))]
    return f"{as_sum(terms)} = {shown(found.total)}"


def _signed(value: float, sign: int) -> str:
    """A term with its sign, −0.00 included: the sign is the sum's."""
    text = shown(sign * value)
    return text if text.startswith("−") else f"{'+' if sign > 0 or text.strip('0.') else '−'}{text}"


Kind = Literal["exact", "line", "none"]


class Proof(NamedTuple):
    """What a flat surface can make of a gate, and why."""

    kind: Kind  # fits exactly; only a line separates; no line separates
    head: str
    lines: tuple[str, str, str]
    targets: tuple[int, ...]  # in corner order
    weight: tuple[float, float]  # of the best flat surface
    bias: float
    floor: float  # its mean squared error


def proof(state: State) -> Proof | None:
    """The proof for today's gate; None where the points are not the corners as they are."""
    if not selectors.on_corners(state) or selectors.settings(state, 0).features != ("x", "y"):
        return None
    targets = selectors.targets(state)
    fit = analysis.affine_fit(CORNERS, targets[:, None])
    total = analysis.bend(targets)
    kind: Kind = "exact" if total == 0 else "line" if abs(total) < LINE else "none"
    lines = (_flat(state), _asks(state, total), _follows(kind, fit, total))
    head = HEADS[kind].format(gate=gate(state))
    (a, b), c = fit.weight[0].tolist(), float(fit.bias[0])
    return Proof(kind, head, lines, tuple(int(t) for t in targets), (a, b), c, total * total / 16)


HEADS = {
    "exact": "{gate}: a flat surface fits",
    "line": "{gate}: a line separates, nothing flat fits",
    "none": "{gate}: no line separates",
}


def gate(state: State) -> str:
    """What people call the gate."""
    return GATES["".join(str(int(target)) for target in selectors.targets(state))]


def _flat(state: State) -> str:
    """The first line: what every affine function obeys, with the numbers of the twin that is one."""
    law = "Flat means f = w₁x₁ + w₂x₂ + b, so f₀₀ + f₁₁ = f₀₁ + f₁₀ = w₁ + w₂ + 2b."
    twins = range(len(state.frame.states))
    flat = [twin for twin in twins if selectors.is_affine(state, twin) and usable(state, twin)]
    if not flat:
        return law
    f00, f01, f10, f11 = bend(state, flat[0]).values
    return f"{law} {selectors.side(flat[0]).capitalize()} now: {shown(f00 + f11)} = {shown(f01 + f10)}."


def _asks(state: State, total: float) -> str:
    t00, t01, t10, t11 = (int(target) for target in selectors.targets(state))
    verdict = "true" if total == 0 else "false"
    return f"{gate(state)} asks {t00} + {t11} = {t01} + {t10}: {verdict}."


def _follows(kind: str, fit: analysis.AffineMap, total: float) -> str:
    if kind == "exact":
        return f"So a flat surface does it: {surface(fit)}."
    bend = f"({shown(total, 0)})" if total < 0 else shown(total, 0)
    least = f"D²/\u206016 = {bend}²/\u206016 = {fraction(total * total / 16)}"
    if kind == "none":
        return f"So the best is ½ everywhere, with loss {least}."
    return f"So the best is {surface(fit)}, with loss {least}. It separates along {half_line(fit)}."


def _terms(weight: tuple[float, ...]) -> list[str]:
    """½ x₁, −x₂; what is 0 is left out."""
    terms = []
    for value, name in zip(weight, ("x₁", "x₂"), strict=True):
        size = fraction(abs(value), 1e-6)
        if size != "0":
            terms.append(f"{'−' if value < 0 else '+'}{name if size == '1' else f'{size} {name}'}")
    return terms


def surface(fit: analysis.AffineMap) -> str:
    """Write f = ½ x₁ + ½ x₂ − ¼."""
    bias = float(fit.bias[0])
    last = [] if abs(bias) < 1e-6 else [f"{'−' if bias < 0 else '+'}{fraction(abs(bias), 1e-6)}"]
    return f"f = {as_sum([*_terms(tuple(fit.weight[0].tolist())), *last] or ['0'])}"


def half_line(fit: analysis.AffineMap) -> str:
    """Where the surface is one half, as x₁ + x₂ = 1½; empty where it is so nowhere or everywhere."""
    weight, bias = fit.weight[0], float(fit.bias[0])
    size = float(np.abs(weight).max())
    if size < 1e-6:
        return ""
    first = weight[np.abs(weight) > 1e-6][0]
    scale = size if first > 0 else -size
    right = (HALF - bias) / scale
    whole, rest = divmod(abs(right), 1)
    number = f"{int(whole) or ''}{fraction(rest, 1e-6)}" if rest > 1e-6 else f"{int(whole)}"
    return f"{as_sum(_terms(tuple((weight / scale).tolist())))} = {'−' if right < 0 else ''}{number}"
