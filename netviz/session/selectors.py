"""Sentences that the screen says of a State; `readings` and `verdicts` are offered here too."""

import math
from functools import lru_cache
from pathlib import PurePath
from typing import NamedTuple

from netviz.core.stalls import NEAR
from netviz.session import milestones
from netviz.session.cards import SHOW
from netviz.session.epochs import epoch_number, epoch_text
from netviz.session.experiment import Experiment, differences
from netviz.session.fields import FIELDS
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
from netviz.session.text import fraction, in_sentence, joined
from netviz.session.verdicts import Remedy, Verdict, affine_name, verdict

__all__ = [
    "HALF", "UNDECIDED", "Event", "Part", "Remedy", "Verdict", "accuracy", "activation_label",
    "affine_floor", "affine_name", "all_settled", "answers", "axes", "box", "class_outputs", "confusion",
    "constant", "corner_names", "difference", "dimensions", "editing", "ends", "epoch_number",
    "epoch_text", "events", "explained", "file_stem", "flat_best_is_half", "goal", "hint", "is_affine",
    "is_curve", "kind", "learned", "least_rising", "lifted", "loss", "marks", "net",
    "on_corners", "output_at", "outputs", "params", "place", "plane", "points", "probe", "readout_floor",
    "redo_label", "same_start", "section", "seen", "settings", "side", "stall_of", "stopped_at",
    "sums_at", "targets", "test_loss", "threshold", "title", "twin_name", "undo_label", "unit_name",
    "unsaved", "values_at", "verdict", "visible_twins", "whole", "why_paused",
]  # fmt: skip


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
