"""A run as `netviz train --json` tells it: one object a line."""

import math
from typing import Any

import numpy as np

from netviz.core import analysis
from netviz.core.network import Array, layer_values
from netviz.session import engine, selectors
from netviz.session.instruments.collapsing import compared_at
from netviz.session.state import State

MOST_OUTPUTS = 64
GRID = 41  # points a side of the grid on which a collapse is checked


def line(state: State) -> dict[str, Any]:
    """Where the twins stand: step, epoch and each twin's losses."""
    epochs = state.step / engine.epoch_steps(state.experiment)
    twins = [_standing(state, twin) for twin in range(len(state.frame.states))]
    return {"step": state.step, "epoch": int(epochs) if epochs.is_integer() else epochs, "twins": twins}


def final(state: State) -> dict[str, Any]:
    """The last line: everything that is known of each twin."""
    told = line(state)
    twins = [standing | _findings(state, twin) for twin, standing in enumerate(told["twins"])]
    return told | {"twins": twins, "final": True}


def sentence(told: dict[str, Any]) -> str:
    """A line or the last one as a person reads it."""
    return f"epoch {told['epoch']:g}: {'; '.join(map(_reached, told['twins']))}"


def _reached(twin: dict[str, Any]) -> str:
    """What one twin has reached: with (relu) loss 0.12, on test points 0.15, 97.5 % right."""
    right = "" if twin["accuracy"] is None else f", {100 * twin['accuracy']:.4g} % right"
    test = "" if twin["test_loss"] is None else f", on test points {_short(twin['test_loss'])}"
    return f"{twin['name']} ({_names(twin)}) loss {_short(twin['train_loss'])}{test}{right}"


def _names(twin: dict[str, Any]) -> str:
    return twin["activation"] if isinstance(twin["activation"], str) else ", ".join(twin["activation"])


def _short(value: float | None) -> str:
    return "none" if value is None else f"{value:.3g}"


def _standing(state: State, twin: int) -> dict[str, Any]:
    activation = selectors.settings(state, twin).activation
    return {
        "name": selectors.side(twin),
        "activation": activation if isinstance(activation, str) else list(activation),
        "train_loss": _number(selectors.loss(state, twin)),
        "test_loss": _number(selectors.test_loss(state, twin)),
        "accuracy": selectors.accuracy(state, twin),
    }


@np.errstate(all="ignore")
def _findings(state: State, twin: int) -> dict[str, Any]:
    at, outputs = selectors.params(state, twin), selectors.class_outputs(state, twin)[:MOST_OUTPUTS]
    return {
        "parameters": {"weights": _lists(at.weights), "biases": _lists(at.biases)},
        "outputs": _numbers(outputs[:, 0] if outputs.shape[1] == 1 else outputs),
        "affine_floor": _number(selectors.affine_floor(state, twin)),
        "readout_floor": _number(selectors.readout_floor(state, twin)),
        "bend": _number(analysis.bend(outputs)) if selectors.on_corners(state, twin) else None,
        "collapsed": _collapsed(state, twin),
        "stall": _stall(state, twin),
    }


def _collapsed(state: State, twin: int) -> dict[str, Any]:
    """The one layer an affine twin equals; for a bent one the nearest, and how far it is off.

    Null where numbers are out of range.
    """
    grid = compared_at(selectors.settings(state, twin), GRID)
    network, at = selectors.net(state, twin), selectors.params(state, twin)
    sums = layer_values(network, at, grid)[-1][0]
    if not np.isfinite(sums).all():
        return {"weight": None, "bias": None, "max_residual": None}
    affine = analysis.is_affine(network)
    fit = analysis.collapse(network, at) if affine else analysis.affine_fit(grid, sums)
    residual = analysis.misfit(fit, grid, sums).largest
    return {"weight": _numbers(fit.weight), "bias": _numbers(fit.bias), "max_residual": _number(residual)}


def _stall(state: State, twin: int) -> dict[str, Any] | None:
    found, names = selectors.stall_of(state, twin), selectors.corner_names(state, twin)
    if found is None:
        return None
    return {
        "kind": found.kind,
        "merged": [[names[i] for i in group] for group in found.merged],
        "sentence": selectors.verdict(state, twin).sentence,
    }


def _lists(layers: tuple[Array, ...]) -> list[Any]:
    return [_numbers(layer) for layer in layers]


def _numbers(values: Any) -> Any:
    """Nested lists of numbers, null where one is out of range."""
    return [_numbers(value) for value in values] if np.ndim(values) else _number(values)


def _number(value: float | np.floating[Any] | None) -> float | None:
    return float(value) if value is not None and math.isfinite(value) else None
