"""What the loss chart says of a State: titles, floors, where a twin stands, what a crosshair reads."""

import math
from typing import NamedTuple

import numpy as np

from netviz.core.floors import MOST_POINTS
from netviz.core.losses import LOSSES
from netviz.core.network import Array
from netviz.session import selectors
from netviz.session.engine import epoch_steps
from netviz.session.state import State
from netviz.session.text import fraction, shown

NO_FLOOR = 1e-9  # a floor this low forbids nothing
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class Now(NamedTuple):
    """Where a twin stands at the step shown, or stood last before it stopped."""

    epoch: float
    loss: float
    stopped: bool
    peak_epoch: float  # where it was worst
    peak: float  # and how wrong it was there


def loss_text(value: float, log: bool) -> str:
    """0.250; on the logarithmic scale also 3.1·10⁻¹²; no number where a twin has stopped."""
    if math.isnan(value):
        return "stopped"
    if log and 0 < value < 0.001:
        digits, power = f"{value:.1e}".split("e")
        return f"{digits}·10{str(int(power)).translate(SUPERSCRIPTS)}"
    return shown(value, 3)


def loss_label(state: State) -> str:
    """The loss as the title says it: Mean squared error."""
    label = LOSSES[selectors.settings(state, selectors.visible_twins(state)[0]).loss].label
    return label[:1].upper() + label[1:]


def short_loss(state: State) -> str:
    """What a loss is called beside its number: one of logits by its name, for it is no error squared."""
    row = LOSSES[selectors.settings(state, selectors.visible_twins(state)[0]).loss]
    return "cross-entropy" if row.logits else "loss"


def floor_sentence(state: State) -> str:
    """What the floor forbids, or that it forbids nothing; empty where it is not known.

    A loss of logits is never 0: where a line separates the classes, steeper ones come as near as one likes.
    """
    floor, flat = selectors.affine_floor(state), selectors.affine_name(state)
    logits = LOSSES[selectors.settings(state, 0).loss].logits
    if floor is None:
        many = logits and len(selectors.points(state).x) > MOST_POINTS
        return f"no floor sought above {MOST_POINTS:,} points".replace(",", "\u2009") if many else ""
    if floor < NO_FLOOR:
        return f"a {flat} {'comes ever nearer to 0' if logits else 'can reach 0'}"
    return f"no {flat} gets below {fraction(floor)}"


def now(state: State, twin: int, epochs: Array, highs: Array) -> Now:
    """Where a twin stands: its loss by a fresh pass, its worst out of `highs` (k,) at `epochs` (k,)."""
    stopped = state.frame.states[twin].stopped
    step = min(state.step, max(0, selectors.stopped_at(state, twin) - 1)) if stopped else state.step
    finite = np.where(np.isfinite(highs), highs, -np.inf)
    at = int(finite.argmax())
    epoch = step / epoch_steps(state.experiment)
    return Now(epoch, selectors.loss(state, twin), stopped, float(epochs[at]), float(finite[at]))


def row_at(state: State, epoch: float) -> int | None:
    """The history's row nearest to an epoch; None beyond the run."""
    row = round(epoch * epoch_steps(state.experiment) / state.history.every)
    return row if 0 <= row < state.history.count else None


def reading(state: State, row: int) -> str:
    """What the crosshair says of a row of the history."""
    losses, seen = state.history.at(row), selectors.visible_twins(state)
    told = [f"{selectors.side(twin)} {loss_text(losses[twin], log=True)}" for twin in seen]
    epoch = selectors.epoch_number(state, row * state.history.every)
    return "   ".join([f"epoch {epoch}", *told])
