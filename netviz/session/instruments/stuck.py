"""A twin that stays above its goal: why, in which units, and how much of its loss is whose fault."""

from typing import NamedTuple

import numpy as np

from netviz.core.analysis import hidden_values
from netviz.core.stalls import Stall, unit_states
from netviz.session import judging, selectors
from netviz.session.sections import looked_at
from netviz.session.state import State, UnitId
from netviz.session.text import joined

FAULTS = {"dead": "off at every point", "straight": "always on", "saturated": "saturated"}  # of hidden units


MOST_NAMED = 6  # units; more are counted
MOST_LISTED = 8  # points and units whose values are listed one by one
LARGEST = 1e6  # a weight beyond this is on its way out of the range of numbers


class Gaps(NamedTuple):
    """A loss in two parts."""

    not_fitted: float  # loss − readout floor: a better readout of today's hidden layer would lose it
    not_representable: float  # readout floor: no readout of today's hidden layer can


class Column(NamedTuple):
    """What the last hidden layer makes of a point."""

    name: str
    target: int
    values: tuple[float, ...]


class Layer(NamedTuple):
    """The last hidden layer at every point."""

    units: tuple[str, ...]
    groups: tuple[tuple[Column, ...], ...]  # it does not tell a group's points apart


class Stuck(NamedTuple):
    """What is known of a twin that is stuck."""

    twin: int
    found: Stall
    gaps: Gaps | None  # None for a loss without a known floor
    units: tuple[tuple[str, str], ...]  # the name of each idle unit, and what is wrong with it


def stuck(state: State) -> tuple[Stuck, ...]:
    """The visible twins that have stopped improving above the goal."""
    found = []
    for twin in selectors.visible_twins(state):
        if not usable(state, twin) or _learned(state, twin):
            continue
        stall = selectors.stall_of(state, twin)
        if stall is not None:
            found.append(Stuck(twin, stall, gaps(state, twin), idle_units(state, twin)))
    return tuple(found)


def _learned(state: State, twin: int) -> bool:
    """Whether all answers are right: above its goal, but nobody would call that stuck."""
    return judging.learned(selectors.settings(state, twin), selectors.params(state, twin))


def usable(state: State, twin: int) -> bool:
    """Whether a twin's numbers are still such that something can be said of them."""
    flat = selectors.params(state, twin).flat
    return not state.frame.states[twin].stopped and bool((np.abs(flat) < LARGEST).all())


def gaps(state: State, twin: int) -> Gaps | None:
    """The two named gaps of a twin's loss."""
    floor = selectors.readout_floor(state, twin)
    return None if floor is None else Gaps(max(0.0, selectors.loss(state, twin) - floor), floor)


def idle_units(state: State, twin: int) -> tuple[tuple[str, str], ...]:
    """The hidden units that do not bend between the training points, by name; none in an affine twin."""
    if selectors.is_affine(state, twin):
        return ()
    x, _ = looked_at(selectors.settings(state, twin))
    found = unit_states(selectors.net(state, twin), selectors.params(state, twin), x)
    return tuple(
        (selectors.unit_name(state, UnitId(twin, layer, index)), FAULTS[unit])
        for layer, units in enumerate(found, 1)
        for index, unit in enumerate(units)
        if unit in FAULTS
    )


def layer_listed(state: State, one: Stuck) -> Layer | None:
    """The last hidden layer's values; None where there is none, or where it or the points are too many."""
    network = selectors.net(state, one.twin)
    layer, units = len(network.sizes) - 2, network.sizes[-2]
    x, _ = looked_at(selectors.settings(state, one.twin))
    classes = selectors.kind(state, one.twin) == "classes"
    if not (layer and classes) or max(len(x), units) > MOST_LISTED:
        return None
    values = hidden_values(network, selectors.params(state, one.twin), x).tolist()
    told = zip(
        selectors.corner_names(state, one.twin), selectors.targets(state, one.twin), values, strict=True
    )
    columns = [Column(name, int(target > 0.5), tuple(own)) for name, target, own in told]
    alone = set(range(len(columns))).difference(*one.found.merged)
    groups = sorted((*one.found.merged, *((point,) for point in alone)))
    names = tuple(selectors.unit_name(state, UnitId(one.twin, layer, unit)) for unit in range(units))
    return Layer(names, tuple(tuple(columns[i] for i in group) for group in groups))


def units_told(units: tuple[tuple[str, str], ...]) -> str:
    """h₁ off at every point; h₂ always on. Empty when every unit bends."""
    parts = []
    for fault in FAULTS.values():
        names = [name for name, own in units if own == fault]
        if names:
            who = joined(names) if len(names) <= MOST_NAMED else f"{len(names)} units"
            parts.append(f"{who} {'is' if len(names) == 1 else 'are'} {fault}")
    return f"{joined(parts)}." if parts else ""


def kind_told(one: Stuck) -> str:
    """The one difference that matters: cannot represent, or did not find."""
    return "cannot represent it" if one.found.kind == "cannot" else "did not find it"


def points_told(state: State, one: Stuck) -> str:
    """What the points say: which ones the hidden layer no longer tells apart."""
    names = selectors.corner_names(state, one.twin)
    groups = [joined([names[i] for i in group]) for group in one.found.merged]
    if groups:
        return f"Its hidden layer no longer tells {joined(groups)} apart."
    if one.found.kind == "flat":
        return "No unit bends between these points, so the surface is flat again."
    if not selectors.is_affine(state, one.twin):
        return (
            "From one corner over the next to the opposite one the targets turn round. What only rises, or "
            "only falls, cannot follow them: no start will help."
        )
    return "It is flat: no start and no training will help, only a bend."
