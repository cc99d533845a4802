"""How large the weights are: a histogram for each layer of each twin, now and at the start."""

import sys
from typing import NamedTuple

import numpy as np

from netviz.core.network import Array, Params
from netviz.session import selectors
from netviz.session.starts import start_params
from netviz.session.state import State
from netviz.session.text import shown

BINS = 41  # odd, so that weights of 0 stand in the middle
FIRST_REACH = 1.0

Counts = tuple[int, ...]


class Weighed(NamedTuple):
    """One twin's weights into one layer."""

    twin: int
    now: Counts  # weights in each bin
    start: Counts
    low: float
    high: float
    zeros: int  # weights that are exactly 0, as L1 leaves them

    @property
    def most(self) -> int:
        """The height of the highest bar: all weights of a layer are as many now as at the start."""
        return max((*self.now, *self.start))


class Layer(NamedTuple):
    """The weights into one layer, of every visible twin that has it."""

    name: str
    twins: tuple[Weighed, ...]


class Histograms(NamedTuple):
    """All layers, over weights from -reach to reach: one scale for everything that is compared."""

    reach: float
    layers: tuple[Layer, ...]


def histograms(state: State) -> Histograms:
    """The weights, not the biases, of the visible twins; output layers share the last row."""
    seen = selectors.visible_twins(state)
    now = {twin: selectors.params(state, twin) for twin in seen}
    start = {twin: start_params(state.experiment.twins[twin]) for twin in seen}
    reach = _reach([*now.values(), *start.values()])
    depth = max(len(params.weights) for params in now.values())
    rows = (_row(now, start, reach, row, depth) for row in range(depth))
    return Histograms(reach, tuple(rows))


def _row(now: dict[int, Params], start: dict[int, Params], reach: float, row: int, depth: int) -> Layer:
    """One row: hidden layers count from the inputs, the output stands in the last row."""
    found = []
    for twin, params in now.items():
        own = len(params.weights) - 1
        layer = own if row == depth - 1 else row if row < own else None
        if layer is not None:
            found.append(_weighed(twin, params.weights[layer], start[twin].weights[layer], reach))
    name = (
        "the output" if row == depth - 1 else "the hidden layer" if depth == 2 else f"hidden layer {row + 1}"
    )
    return Layer(name, tuple(found))


def _weighed(twin: int, now: Array, start: Array, reach: float) -> Weighed:
    low, high = float(now.min()), float(now.max())
    return Weighed(twin, _counts(now, reach), _counts(start, reach), low, high, int((now == 0).sum()))


def _counts(weights: Array, reach: float) -> Counts:
    """How many weights are in each bin from -reach to reach; none is outside."""
    places = np.rint((weights.ravel() / reach + 1) / 2 * (BINS - 1)).astype(np.intp)
    return tuple(np.bincount(places, minlength=BINS).tolist())


def _reach(found: list[Params]) -> float:
    """1, doubled until every weight fits; beyond half the range of floats the largest weight itself."""
    most = max(float(np.abs(weights).max()) for params in found for weights in params.weights)
    doublings = max(0, int(np.ceil(np.log2(max(most, FIRST_REACH)))))
    return FIRST_REACH * 2.0**doublings if doublings < sys.float_info.max_exp else most


def told(state: State) -> str:
    """Weights into the hidden layer: with −0.94 to 0.88, without −0.75 to 0.55. Weights into ..."""
    parts = []
    for layer in histograms(state).layers:
        ranges = [f"{selectors.side(one.twin)} {range_text(one)}" for one in layer.twins]
        parts.append(f"Weights into {layer.name}: {', '.join(ranges)}.")
    return " ".join(parts)


def range_text(one: Weighed, zeros: bool = True) -> str:
    """−0.94 to 0.88, 12 zeros."""
    count = f", {one.zeros} {'zero' if one.zeros == 1 else 'zeros'}" if zeros and one.zeros else ""
    return f"{shown(one.low)} to {shown(one.high)}{count}"
