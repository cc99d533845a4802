"""A whole file as one value: the experiment, how far it was trained, and what was on the screen."""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any, NamedTuple

from netviz.core.features import MOST_COLUMNS
from netviz.session.experiment import Experiment, sizes
from netviz.session.kinds import Number, Value, Whole, refusal
from netviz.session.state import VIEWS, State, Stored, UnitId, opening

LONGEST_RUN = 10**9  # steps that a file may ask to be replayed
MOST_BOOKMARKS = 1000
MOST_NAMES = 100
LONGEST_NAME = 40  # characters of a panel's name
Told = tuple[tuple[str, Value], ...]  # of State, what is not as usual, in the order of its table


class Document(NamedTuple):
    """What a file holds."""

    experiment: Experiment
    recording: Told = ()
    view: Told = ()


def _truth(value: Value) -> bool:
    if not isinstance(value, bool):
        raise refusal("true or false", value)
    return value


def _twins_shown(value: Value) -> str:
    if not isinstance(value, str) or value not in VIEWS:
        raise refusal(f"one of {', '.join(VIEWS)}", value)
    return value


def _panel(value: Value) -> str | None:
    """A panel's name: which panels there are is not known here."""
    named = isinstance(value, str) and value.isidentifier() and len(value) <= LONGEST_NAME
    if value is not None and not named:
        raise refusal("null or a panel's name", value)
    return value if isinstance(value, str) else None


def _point(value: Value) -> tuple[float, ...]:
    if not isinstance(value, list | tuple) or not 2 <= len(value) <= MOST_COLUMNS:
        raise refusal("a point [x, y]", value)
    return tuple(map(Number().check, value))


def _axes(value: Value) -> tuple[int, int]:
    if not isinstance(value, list | tuple) or len(value) != 2 or value[0] == value[1]:
        raise refusal("two coordinates, counted from 0", value)
    return AXIS.check(value[0]), AXIS.check(value[1])


def _unit(value: Value) -> UnitId | None:
    numbers = isinstance(value, list | tuple) and len(value) == 3 and all(type(n) is int for n in value)
    if value is not None and not numbers:
        raise refusal("null or a unit [twin, layer, place]", value)
    return UnitId(*value) if value is not None else None


def _names(value: Value) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(name, str) for name in value):
        raise refusal("a list of names", value)
    return tuple(sorted({name[:LONGEST_NAME] for name in value[:MOST_NAMES]}))


def _bookmarks(value: Value) -> tuple[int, ...]:
    if not isinstance(value, list | tuple) or len(value) > MOST_BOOKMARKS:
        raise refusal(f"a list of at most {MOST_BOOKMARKS:,} steps", value)
    return tuple(sorted({STEPS.check(step) for step in value}))


Check = Callable[[Value], Value]
STEPS = Whole(0, LONGEST_RUN)
AXIS = Whole(0, MOST_COLUMNS - 1)
RECORDING: dict[str, Check] = {  # of State, and what each may be
    "furthest": STEPS.check,
    "speed": Number(0, 1e6).check,
    "bookmarks": _bookmarks,
}
VIEW: dict[str, Check] = {
    "playhead": STEPS.check,
    "view": _twins_shown,
    "probe": _point,
    "axes": _axes,
    "selected": _unit,
    "opened": _panel,
    "filled": _panel,
    "log_loss": _truth,
    "regions": _truth,
    "fused": Number(0, 1).check,
    "test_points": _truth,
    "discretized": _truth,
    "hidden_rows": _names,
}
USUAL: dict[str, Any] = {one.name: one.default for one in fields(State) if one.name in RECORDING | VIEW}


def document_of(state: State) -> Document:
    """What of a state is kept in a file."""
    return Document(state.experiment, told(vars(state), RECORDING), told(vars(state), VIEW))


def stored(path: str, document: Document) -> Stored:
    """What is to be known of a file in which this document stands."""
    bookmarks: tuple[int, ...] = dict(document.recording).get("bookmarks", ())
    return Stored(path, document.experiment, bookmarks)


def told(values: Mapping[str, Value], table: Mapping[str, Check]) -> Told:
    """What is not as usual."""
    return tuple((key, values[key]) for key in table if values[key] != USUAL[key])


def misplaced(document: Document) -> tuple[str, ValueError] | None:
    """The key, and what is wrong with it, where the parts of a document do not fit each other."""
    view = dict(document.view)
    unit = view.get("selected")
    if unit is None:
        return None
    twins = document.experiment.twins_at(view.get("playhead", 0))
    layers = sizes(twins[unit.twin]) if 0 <= unit.twin < len(twins) else ()
    if 0 <= unit.layer < len(layers) and 0 <= unit.index < layers[unit.layer]:
        return None
    return "view.selected", refusal("a unit of the network", list(unit))


def shown(state: State, document: Document) -> State:
    """A state of the document's experiment as the document has it; the playhead's frame is still to come."""
    kept = USUAL | dict(document.recording) | dict(document.view)
    kept["furthest"] = max(kept["furthest"], kept["playhead"], state.step)
    return replace(state, **kept)


def opened(document: Document) -> State:
    """The first state of a document."""
    return shown(opening(document.experiment), document)
