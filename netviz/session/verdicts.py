"""What came of a twin, in a sentence: it learned, cannot, did not find, is undecided or under way."""

import math
from typing import NamedTuple

from netviz.core.stalls import Stall
from netviz.session.actions import Action, NewStart, SetField
from netviz.session.epochs import epoch_number
from netviz.session.fields import MAX_UNITS
from netviz.session.readings import (
    affine_floor,
    answers,
    constant,
    corner_names,
    explained,
    flat_best_is_half,
    goal,
    is_affine,
    kind,
    learned,
    least_rising,
    loss,
    on_corners,
    same_start,
    settings,
    stall_of,
    stopped_at,
    targets,
    threshold,
)
from netviz.session.state import State
from netviz.session.text import fraction, joined, shown


class Remedy(NamedTuple):
    """What to try when training is stuck: one click."""

    label: str
    action: Action


class Verdict(NamedTuple):
    """What came of a twin so far."""

    kind: str  # idle training paused flat learned cannot did_not_find undecided diverged
    sentence: str
    short: str = ""  # behind the name where room is short
    mark: str = ""  # tick bar loop query broken
    remedies: tuple[Remedy, ...] = ()


def verdict(state: State, twin: int) -> Verdict:
    """What a twin's row says: what is final comes before what is still under way."""
    if state.frame.states[twin].stopped:
        when = epoch_number(state, stopped_at(state, twin))
        sentence = f"Stopped at epoch {when}: numbers left the range. Lower the learning rate."
        return Verdict("diverged", sentence, "stopped", "broken")
    if learned(state, twin):
        return Verdict("learned", f"Learned: {_what_is_right(state, twin)}.", "learned", "tick")
    found = stall_of(state, twin)
    if found:
        return _cannot(state, twin) if found.kind == "cannot" else _did_not_find(state, twin, found)
    return _under_way(state, twin)


def _what_is_right(state: State, twin: int) -> str:
    if on_corners(state, twin):
        return "all four answers right"
    if kind(state, twin) == "numbers":
        wanted = targets(state, twin)
        if len(wanted) and wanted.min() == wanted.max():  # there is no variation to explain
            return "every point has the same target"
        return f"it explains {_percent(explained(state, twin))} of the variation"
    status = answers(state, twin)
    right = status.count("right")
    return f"{f'all {right}' if right == len(status) else f'{right} of {len(status)}'} answers right"


def _percent(share: float) -> str:
    """A share rounded down, so that only all is 100 %: 99.4 %."""
    return f"{math.floor(1000 * share + 1e-9) / 10:g} %"


def affine_name(state: State, twin: int = 0) -> str:
    """What an affine network draws: over a single input it is a line."""
    return "straight line" if len(settings(state, twin).features) == 1 else "flat surface"


def _cannot(state: State, twin: int) -> Verdict:
    if not is_affine(state, twin):
        single = len(settings(state, twin).hidden) == 1
        who = "one rising unit only goes up" if single else "rising units in a row only go up"
        least = fraction(least_rising(state, twin) or 0.0)
        sentence = f"Cannot: {who}, so no loss below {least}."
        return Verdict("cannot", sentence, "cannot", "bar", _remedies(state, twin)[1:])
    least = fraction(affine_floor(state, twin) or 0.0)
    half = flat_best_is_half(state, twin)
    best = "its best is ½ everywhere" if half else f"no {affine_name(state, twin)} gets below {least}"
    return Verdict("cannot", f"Cannot: {best}.", "cannot", "bar")


def _did_not_find(state: State, twin: int, found: Stall) -> Verdict:
    names = corner_names(state, twin)
    groups = ", or ".join(joined([names[i] for i in group]) for group in found.merged)
    if found.merged and not on_corners(state, twin):
        groups = f"{sum(map(len, found.merged))} of {len(names)} points"
    reason = (
        f"its hidden layer no longer tells {groups} apart"
        if groups
        else "no unit bends between these points, so it is flat again"
    )
    sentence, remedies = f"Did not find it: {reason}.", _remedies(state, twin)
    return Verdict("did_not_find", sentence, "did not find", "loop", remedies)


def _remedies(state: State, twin: int) -> tuple[Remedy, ...]:
    chosen = settings(state, twin)
    wider = tuple(min(size + 1, MAX_UNITS) for size in chosen.hidden)
    other = "leaky_relu" if chosen.activation == "tanh" else "tanh"
    if least_rising(state, twin) is not None:
        other = "cos"  # another that rises would not help either
    more = (Remedy("More units", SetField("hidden", wider)),) if wider != chosen.hidden else ()
    bend = Remedy("Other activation", SetField("activation", other, twin))
    return Remedy("New start", NewStart()), *more, bend


def _under_way(state: State, twin: int) -> Verdict:
    if not state.playing and state.step == 0:
        alike = len(state.frame.states) > 1 and same_start(state)
        return Verdict("idle", "Same network, same start. Press Train." if alike else "Press Train.")
    least = affine_floor(state, twin)
    if is_affine(state, twin) and least is not None and least > goal(state, twin):
        return Verdict("flat", f"A {affine_name(state, twin)}: it can get no lower than {fraction(least)}.")
    status = answers(state, twin)
    open_ones = status.count("undecided")
    if status and open_ones == len(status):
        return Verdict("undecided", f"Undecided: {_no_answer(state, twin)}.", "undecided", "query")
    if not state.playing:
        return Verdict("paused", f"Paused at epoch {epoch_number(state, state.step)}.")
    undecided = f"{open_ones} undecided, " if open_ones else ""
    return Verdict("training", f"Learning: {_score(state, twin)}{undecided}loss {shown(loss(state, twin))}.")


def _no_answer(state: State, twin: int) -> str:
    if kind(state, twin) == "many":
        return "no class is ahead at any point"
    where = "everywhere" if constant(state, twin) is not None else "at every point"
    return f"it answers {fraction(threshold(state, twin)[0])} {where}"


def _score(state: State, twin: int) -> str:
    """How far it has come: 3 of 4 on the right side; nothing where the mean would do better."""
    if kind(state, twin) == "numbers":
        share = explained(state, twin)
        return f"it explains {_percent(share)} of the variation, " if share > 0 else ""
    status = answers(state, twin)
    where = "right" if kind(state, twin) == "many" else "on the right side"
    return f"{status.count('right')} of {len(status)} {where}, "
