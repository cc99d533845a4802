"""Every sentence that the screen says of a State; the numbers of `readings` are offered here too."""

import math
from functools import lru_cache
from pathlib import PurePath
from typing import NamedTuple

from netviz.core.stalls import NEAR, Stall
from netviz.session import engine, milestones
from netviz.session.actions import Action, NewStart, SetField
from netviz.session.cards import SHOW
from netviz.session.experiment import Experiment, differences
from netviz.session.fields import FIELDS, MAX_UNITS
from netviz.session.parameters import parameter
from netviz.session.presets import PRESETS
from netviz.session.readings import (
    HALF,
    UNDECIDED,
    accuracy,
    activation_label,
    affine_floor,
    answers,
    axes,
    box,
    class_outputs,
    confusion,
    constant,
    corner_names,
    dimensions,
    editing,
    ends,
    explained,
    flat_best_is_half,
    goal,
    is_affine,
    is_curve,
    kind,
    learned,
    least_rising,
    lifted,
    loss,
    net,
    on_corners,
    output_at,
    outputs,
    params,
    place,
    plane,
    points,
    probe,
    readout_floor,
    same_start,
    section,
    seen,
    settings,
    side,
    stall_of,
    stopped_at,
    sums_at,
    targets,
    test_loss,
    threshold,
    twin_name,
    unit_name,
    values_at,
    visible_twins,
    whole,
)
from netviz.session.state import State
from netviz.session.table_words import problem_name
from netviz.session.text import fraction, in_sentence, shown

__all__ = [
    "HALF", "UNDECIDED", "Event", "Part", "Remedy", "Verdict", "accuracy", "activation_label",
    "affine_floor", "affine_name", "all_settled", "answers", "axes", "box", "class_outputs", "confusion",
    "constant", "corner_names", "difference", "dimensions", "editing", "ends", "epoch_number",
    "epoch_text", "events", "explained", "file_stem", "flat_best_is_half", "goal", "hint", "is_affine",
    "is_curve", "joined", "kind", "learned", "least_rising", "lifted", "loss", "marks", "net",
    "on_corners", "output_at", "outputs", "params", "place", "plane", "points", "probe", "readout_floor",
    "redo_label", "same_start", "section", "seen", "settings", "side", "stall_of", "stopped_at",
    "sums_at", "targets", "test_loss", "threshold", "title", "twin_name", "undo_label", "unit_name",
    "unsaved", "values_at", "verdict", "visible_twins", "whole", "why_paused",
]  # fmt: skip


def epoch_text(state: State) -> str:
    """Epoch 172, or 3.4 between two epochs."""
    return f"Epoch {epoch_number(state, state.playhead)}"


def epoch_number(state: State, step: int) -> str:
    """A step as its epoch."""
    steps = engine.epoch_steps(state.experiment)
    number = f"{step / steps:,.1f}" if step % steps else f"{step // steps:,}"
    return number.replace(",", " ")


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
    """What a twin's row says: SCREEN's states, worst news first."""
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


def joined(words: list[str]) -> str:
    """Join names as in: 00, 10 and 11."""
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def all_settled(state: State) -> bool:
    """Whether training on would change nothing that is said: every twin has its final verdict."""
    return all(_settled(state, twin) for twin in range(len(state.frame.states)))


def _settled(state: State, twin: int) -> bool:
    stopped = state.frame.states[twin].stopped
    return stopped or learned(state, twin) or stall_of(state, twin) is not None


def why_paused(state: State) -> str:
    """Why nothing moves; empty while it does."""
    if state.playing:
        return ""
    if all_settled(state):
        return "Paused: both have settled." if len(state.frame.states) == 2 else "Paused: it has settled."
    return f"Paused at epoch {epoch_number(state, state.playhead)}." if state.playhead else ""


class Event(NamedTuple):
    """Something that happened to a twin, or a person's bookmark, for the timeline."""

    step: int
    twin: int | None  # None: a bookmark
    text: str  # "172: with has learned"
    passed: bool = False  # on the way to what came of it


def events(state: State) -> tuple[Event, ...]:
    """What has happened on the way, earliest first."""
    found = [event for twin in range(len(state.frame.states)) for event in _events(state, twin)]
    return tuple(sorted(found))


def marks(state: State) -> tuple[Event, ...]:
    """The events and the bookmarks of the run so far, earliest first.

    A lesson's card has a run of its own: what was trained before must not tell what it asks.
    """
    own = (
        Event(step, None, f"{epoch_number(state, step)}: bookmark")
        for step in state.bookmarks
        if step <= state.furthest
    )
    known = (event for event in events(state) if event.step <= _told(state))
    return tuple(sorted((*known, *own), key=lambda event: event.step))


def _told(state: State) -> float:
    """Up to which step the timeline may tell what has happened."""
    reading = state.reading
    if reading is None:
        return math.inf
    return max(state.playhead, reading.card.end if reading.beat == SHOW else 0)


def _events(state: State, twin: int) -> list[Event]:
    came = [(state.history.first_below(twin, goal(state, twin)), "has learned")]
    least = affine_floor(state, twin)
    if is_affine(state, twin) and least is not None and least > goal(state, twin):
        reached = state.history.first_below(twin, least + NEAR)
        came.append((reached, f"reaches {fraction(least)}"))
    if state.frame.states[twin].stopped:
        came.append((stopped_at(state, twin), "left the range"))
    happened = [(*one, False) for one in came] + [(*one, True) for one in milestones.passed(state, twin)]
    return [
        Event(step, twin, f"{epoch_number(state, step)}: {side(twin)} {text}", passed)
        for step, text, passed in happened
        if step is not None
    ]


def hint(state: State) -> str | None:
    """The one hint of a first start that is due: train, probe, unit."""
    if state.hints is None or state.playing or state.presenting:
        return None
    if state.step == 0 and state.furthest == 0:
        return None if "train" in state.hints else "train"
    if "probe" not in state.hints:
        return "probe" if all_settled(state) else None
    return None if "unit" in state.hints else "unit"


Part = str | int  # words, or the badge of a twin


def difference(state: State) -> tuple[Part, ...]:
    """What the twins have in common and in what they differ, as words and badges."""
    if len(state.frame.states) == 1:
        return ()
    same = "Same points, same start, same steps." if same_start(state) else "Same points."
    only = "One difference"
    if _set_apart(state):
        same, only = f"{same.split(', same steps')[0].rstrip('.')}, then numbers set by hand.", "Besides"
    now = state.experiment.at(state.step)
    keys = differences(now)
    if keys == ("activation",) and not now.twins[0].hidden:
        return (f"{same} No difference: without hidden units there is no activation.",)
    if keys == ("activation",) and len(state.frame.states) == 2:
        return (f"{same} {only}:", 0, "or", 1, "after each sum.")
    if not keys:
        return (f"{same} No difference yet: choose another activation for one of them.",)
    rows = [FIELDS[key] for key in keys]
    told = [
        f"{in_sentence(row.label)} {' or '.join(row.kind.show(getattr(twin, row.key)) for twin in now.twins)}"
        for row in rows
    ]
    return (f"{same} {only if len(told) == 1 else 'Differences'}: {joined(told)}.",)


def _set_apart(state: State) -> bool:
    """Whether a weight or bias of one twin alone was set by hand on the way."""
    return any(edit.twin is not None and parameter(edit.key) for edit in state.experiment.edits)


def undo_label(state: State) -> str:
    """Undo: learning rate 0.1 to 0.3."""
    return f"Undo: {state.past[-1].label}" if state.past else "Undo"


def title(state: State) -> str:
    """The window's title: netviz: lecture.netviz, unsaved."""
    if state.reading:
        return f"netviz: {state.reading.lesson.title}"
    name = PurePath(state.file.path).name if state.file else _problem(state)
    return f"netviz: {name}{', unsaved' if unsaved(state) else ''}"


def _problem(state: State) -> str:
    return problem_name(state.experiment.base)


def file_stem(state: State) -> str:
    """What files of this are called, without their ending: lecture, XOR."""
    name = PurePath(state.file.path).name if state.file else _problem(state).replace("/", " ")
    return name.removesuffix(".netviz").removesuffix(".csv")


def unsaved(state: State) -> bool:
    """Whether what a person made stands in no file: the experiment and the bookmarks."""
    state = state.aside or state  # a lesson is nobody's work
    if state.file:
        return (state.experiment, state.bookmarks) != (state.file.experiment, state.file.bookmarks)
    return bool(state.bookmarks) or not _shipped(state.experiment)


@lru_cache(maxsize=4)
def _shipped(experiment: Experiment) -> bool:
    return any(preset.experiment == experiment for preset in PRESETS.values())


def redo_label(state: State) -> str:
    """Redo: learning rate 0.1 to 0.3."""
    return f"Redo: {state.future[-1].label}" if state.future else "Redo"
