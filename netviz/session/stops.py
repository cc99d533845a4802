"""The stop rules: at which step of its run an experiment asks to pause."""

import numpy as np
import numpy.typing as npt

from netviz.session.engine import epoch_steps
from netviz.session.recording import History
from netviz.session.state import State

FALLEN = 0.01  # a loss that has fallen by less than this share stands still


def stop_between(state: State, after: int, until: int) -> int | None:
    """The first step after `after`, up to `until`, at which a stop rule comes to hold; None without.

    One that held at `after` already has been obeyed, or overruled by training on.
    """
    now, history = state.experiment.twins_at(until)[0], state.history
    steps = [state.reading.until] if state.reading and state.reading.until else []
    if now.stop_epochs:
        steps.append(now.stop_epochs * epoch_steps(state.experiment))
    if now.stop_loss:
        first = after // history.every
        steps += _begins(history.since(first)[:, 0] < now.stop_loss, first, history)
    if now.stop_stalled:
        first = max(0, after // history.every - now.stop_stalled)
        steps += _begins(_still(history, first, now.stop_stalled), first + now.stop_stalled, history)
    return min((step for step in steps if after < step <= until), default=None)


def _still(history: History, first: int, epochs: int) -> npt.NDArray[np.bool_]:
    """For each row from `first + epochs` on: has no loss fallen in so many epochs?"""
    rows = history.since(first)
    return np.asarray(~(rows[epochs:] < (1 - FALLEN) * rows[:-epochs]).any(axis=1))


def _begins(holds: npt.NDArray[np.bool_], first: int, history: History) -> list[int]:
    """The steps at which something begins to hold, given from row `first` on."""
    before = np.concatenate([[False], holds[:-1]])
    return [(first + int(row)) * history.every for row in np.flatnonzero(holds & ~before)]
