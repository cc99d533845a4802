"""The fold in words: what it does to the points, and what one straight line can do then."""

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from netviz.core import analysis
from netviz.core.floors import floor
from netviz.core.network import Array, Network
from netviz.core.stalls import mixed_groups, unit_states
from netviz.session import milestones, selectors
from netviz.session.fields import Settings
from netviz.session.instruments.folding import HALF, Fold, grid_lines, hidden_at, units
from netviz.session.sections import looked_at
from netviz.session.state import State
from netviz.session.table_words import class_pair
from netviz.session.text import in_sentence, joined

NOTHING = "No hidden layer: there is nothing to fold. Add hidden units to see where the points land."
STOPPED = "Numbers left the range: there is no plane to show."
AVERAGE = "Colours are those with the other units at their average."
STRIP = 0.2  # of the units' largest values: both may be on where they are smaller

OF_OTHERS = {  # what the last layer makes of the hidden plane, where it does not part two classes
    "numbers": "The answer is a straight slope over it.",
    "many": "Each class has a straight slope over it, and wins where that is highest.",
}


def line_separates(x: Array, y: Array) -> bool:
    """Whether an affine map of x (n, k) is above 0 just where y (n,) is above 1/2; False without points."""
    return floor("bce", x, (y > HALF).astype(np.float64)[:, None]) == 0


@lru_cache(maxsize=8)
def _line_through_inputs(chosen: Settings) -> bool:
    x, y = looked_at(chosen)
    return line_separates(x, y[:, 0])


def separable(state: State, twin: int) -> bool:
    """Whether one straight cut of the last hidden layer separates the classes."""
    if milestones.all_right(state, twin):
        return True
    chosen = selectors.settings(state, twin)
    if selectors.is_affine(state, twin) and not _line_through_inputs(chosen):
        return False
    at, (x, y) = selectors.params(state, twin), looked_at(chosen)
    if not np.isfinite(at.flat).all():
        return False
    h = analysis.hidden_values(selectors.net(state, twin), at, x)
    return line_separates(h, y[:, 0])


def bends(network: Network, state: State, twin: int) -> bool:
    """Whether any hidden unit bends between the training points."""
    x, _ = looked_at(selectors.settings(state, twin))
    found = unit_states(network, selectors.params(state, twin), x)
    return any(unit not in ("straight", "dead") for layer in found for unit in layer)


def shape(state: State, twin: int, found: Fold) -> str:
    """What became of the input plane, in a word or two."""
    if selectors.is_affine(state, twin):
        return "still straight"
    if not bends(selectors.net(state, twin), state, twin):
        return "not bent here"
    if _on_axes(state, twin):
        return "bent to an L"
    return "folded" if found.groups else "bent"


def _on_axes(state: State, twin: int) -> bool:
    """Whether two units share the plane: where one is on, the other is off but for a narrow strip."""
    if units(state, twin) != 2 or not selectors.on_corners(state, twin):
        return False
    low, high = selectors.box(state)
    h = hidden_at(state, twin, grid_lines(low, high).reshape(-1, 2))
    most = h.max(axis=0)
    return bool(h.min() >= 0 and most.min() > 0 and (h / most).min(axis=1).max() < STRIP)


def said(state: State, folds: Mapping[int, Fold], average: bool) -> list[str]:
    """What is said of each visible twin, once where it is the same; without a fold, why it has none."""
    twins = selectors.visible_twins(state)
    if all(units(state, twin) and twin not in folds for twin in twins):
        return [STOPPED]
    found = dict.fromkeys(_of_twin(state, twin, folds.get(twin)) for twin in twins)
    return [*found, *([AVERAGE] if average else [])]


def _of_twin(state: State, twin: int, found: Fold | None) -> str:
    if found is not None:
        return " ".join(told(state, twin, found))
    return f"{selectors.twin_name(state, twin)}: {STOPPED}" if units(state, twin) else NOTHING


def told(state: State, twin: int, found: Fold) -> tuple[str, str]:
    """What the fold does to the points, and what the last layer can do then."""
    first, second = _of_two_classes(state, twin, found)
    then = OF_OTHERS.get(selectors.kind(state, twin), second)
    return first, then if first.endswith(".") else in_sentence(then)


def _of_two_classes(state: State, twin: int, found: Fold) -> tuple[str, str]:
    name = selectors.activation_label(state, twin)
    apart = " from ".join(class_pair(selectors.settings(state, twin)))
    line, straight = ("line", "straight line") if units(state, twin) <= 2 else ("flat cut", "flat cut")
    if selectors.is_affine(state, twin):
        who = "Without" if twin else f"With {name}"
        one = f"one {line} separates {apart}" if separable(state, twin) else f"no {line} separates {apart}"
        return f"{who}: the plane stays straight,", f"{one}."
    names = selectors.corner_names(state, twin)
    targets = selectors.targets(state, twin)[:, None]
    groups = " and ".join(f"{joined([names[i] for i in group])} land together" for group in found.groups)
    if not bends(selectors.net(state, twin), state, twin):
        first = f"No {name} unit bends between these points:"
    else:
        first = f"{name} folds the plane: {groups}." if groups else f"{name} bends the plane."
    if milestones.all_right(state, twin):
        return first, f"Now one {straight} separates {apart}."
    mixed = mixed_groups(found.groups, targets)
    if not mixed and separable(state, twin):
        return first, f"One {line} can separate {apart} now; the dashed one is not there yet."
    return first, f"No {line} separates {apart}{', since these should differ' if mixed else ' here'}."
