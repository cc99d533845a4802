"""Whether a lesson's card comes to what it says: trained without a window, its numbers read and compared."""

from collections.abc import Callable, Sequence
from typing import Any

from netviz.core import analysis
from netviz.session import selectors
from netviz.session.cards import Expected, Lesson
from netviz.session.runs import state_at
from netviz.session.state import State

READINGS: dict[str, Callable[[State, int], Any]] = {
    "loss": selectors.loss,
    "floor": selectors.affine_floor,
    "readout": selectors.readout_floor,
    "bend": lambda state, twin: analysis.bend(selectors.outputs(state, twin)),
    "outputs": lambda state, twin: selectors.outputs(state, twin).tolist(),
    "verdict": lambda state, twin: selectors.verdict(state, twin).kind,
}


def disappointed(lesson: Lesson, index: int) -> list[str]:
    """What a card, counted from 0, expects and does not get, one sentence each; none where all holds."""
    card, experiment = lesson.cards[index], lesson.experiments[index]
    return [
        f"card {index + 1}, twin {what.twin}: expected {name} {wanted}, got {got}"
        for what in card.expect
        for name, wanted, got in _compared(
            state_at(experiment, card.end if what.step is None else what.step), what
        )
        if not _near(wanted, got, what.within)
    ]


def _compared(state: State, what: Expected) -> list[tuple[str, Any, Any]]:
    """Name, expected and found, of everything that is expected."""
    asked = {name: getattr(what, name) for name in READINGS}
    return [(n, wanted, READINGS[n](state, what.twin)) for n, wanted in asked.items() if wanted is not None]


def _near(wanted: Any, got: Any, within: float) -> bool:
    if isinstance(wanted, Sequence) and not isinstance(wanted, str):
        return len(wanted) == len(got) and all(map(lambda a, b: abs(a - b) <= within, wanted, got))
    return bool(wanted == got) if isinstance(wanted, str) else got is not None and abs(wanted - got) <= within
