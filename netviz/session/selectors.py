"""What the screen says of a State: numbers at points, and every sentence made from them."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from netviz.core import analysis
from netviz.core.datasets import CORNER_NAMES, CORNERS
from netviz.core.network import Array, Network, Params, layer_values
from netviz.core.stalls import GOAL, NEAR, Stall, stall
from netviz.session import engine
from netviz.session.actions import Action, NewStart, SetField
from netviz.session.experiment import differences
from netviz.session.fields import FIELDS, MAX_UNITS, Settings
from netviz.session.state import State, UnitId
from netviz.session.text import fraction, shown, subscript

HALF = 0.5
UNDECIDED = analysis.UNDECIDED  # nearer to one half than this is no answer
SAMPLES = 13  # points a side that tell whether a surface is the same everywhere


def settings(state: State, twin: int) -> Settings:
    """A twin's settings, as they hold at the step that is shown."""
    return state.experiment.twins_at(state.step)[twin]


def net(state: State, twin: int) -> Network:
    """A twin's network."""
    return engine.network(settings(state, twin))


def params(state: State, twin: int) -> Params:
    """A twin's parameters at the step that is shown."""
    return state.frame.states[twin].params


def side(twin: int) -> str:
    """The twin's short name."""
    return ("with", "without")[twin] if twin < 2 else f"twin {twin + 1}"


def activation_label(state: State, twin: int) -> str:
    """The hidden activations as people say them: ReLU."""
    labels = dict.fromkeys(row.label for row in engine.hidden_activations(settings(state, twin)))
    return ", ".join(labels) or "no hidden layer"


def is_affine(state: State, twin: int) -> bool:
    """Whether nothing behind the hidden sums bends."""
    return analysis.is_affine(net(state, twin))


def twin_name(state: State, twin: int) -> str:
    """With ReLU; Without (identity)."""
    label = activation_label(state, twin)
    return f"Without ({label})" if is_affine(state, twin) and twin else f"With {label}"


def visible_twins(state: State) -> tuple[int, ...]:
    """The twins that are shown."""
    everyone = tuple(range(len(state.frame.states)))
    chosen = {"with": everyone[:1], "without": everyone[1:]}.get(state.view, everyone)
    return chosen or everyone


def box(state: State) -> tuple[float, float]:
    """The square of the plane that is shown: both axes run from low to high."""
    data = engine.points(state.experiment.base)
    return data.low, data.high


def plane(state: State, side: int) -> Array:
    """A grid of side * side points (n, 2) over the square that is shown, row by row from the lower left."""
    low, high = box(state)
    axis = np.linspace(low, high, side)
    return np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)


def on_corners(state: State) -> bool:
    """Whether the points are the four corners of a truth table."""
    x = engine.points(state.experiment.base).x
    return x.shape == CORNERS.shape and bool((x == CORNERS).all())


def corner_names(state: State) -> tuple[str, ...]:
    """The points' names: 00, 01, 10, 11, or their numbers."""
    return CORNER_NAMES if on_corners(state) else tuple(map(str, range(1, len(targets(state)) + 1)))


def targets(state: State) -> Array:
    """The training points' targets (n,)."""
    return engine.points(state.experiment.base).y[:, 0]


def _shown_outputs(state: State, twin: int, x: Array) -> Array:
    problem = engine.problem(settings(state, twin))
    raw = layer_values(problem.network, params(state, twin), x)[-1][1]
    return problem.loss.shown(raw)[:, 0]


def outputs(state: State, twin: int) -> Array:
    """The shown outputs (n,) at the training points."""
    return _shown_outputs(state, twin, engine.problem(settings(state, twin)).x)


def output_at(state: State, twin: int, points: npt.ArrayLike) -> Array:
    """The shown outputs (n,) at points (n, 2) of the plane."""
    return _shown_outputs(state, twin, engine.inputs(settings(state, twin), np.atleast_2d(points)))


def answers(state: State, twin: int) -> tuple[str, ...]:
    """Each point's answer: right, wrong, or undecided near one half."""
    judged = analysis.accuracy(outputs(state, twin), targets(state))
    words = np.select([judged.right, judged.wrong], ["right", "wrong"], "undecided")
    return tuple(words.tolist())


def constant(state: State, twin: int) -> float | None:
    """The value of a surface that is the same everywhere and undecided; None for any other."""
    values = output_at(state, twin, plane(state, SAMPLES))
    return HALF if bool((np.abs(values - HALF) < UNDECIDED).all()) else None


def sums_at(state: State, twin: int, point: tuple[float, float]) -> tuple[Array, ...]:
    """Each layer's sums z (units,) at a point of the plane; the inputs stand for themselves."""
    x, layers = _layers_at(state, twin, point)
    return (x, *(z[0] for z, _ in layers))


def values_at(state: State, twin: int, point: tuple[float, float]) -> tuple[Array, ...]:
    """Each layer's values (units,) at a point of the plane: inputs, hidden layers, shown output."""
    x, layers = _layers_at(state, twin, point)
    shown_output = engine.problem(settings(state, twin)).loss.shown(layers[-1][1])[0]
    return (x, *(a[0] for _, a in layers[:-1]), shown_output)


def _layers_at(
    state: State, twin: int, point: tuple[float, float]
) -> tuple[Array, tuple[tuple[Array, Array], ...]]:
    x = engine.inputs(settings(state, twin), np.array([point]))
    return x[0], layer_values(net(state, twin), params(state, twin), x)


def loss(state: State, twin: int) -> float:
    """The training loss at the parameters shown, by a fresh forward pass; no penalty in it."""
    problem = engine.problem(settings(state, twin))
    raw = layer_values(problem.network, params(state, twin), problem.x)[-1][1]
    return float(problem.loss.value(raw, problem.y))


@lru_cache(maxsize=8)
def _floor(chosen: Settings) -> float | None:
    problem = engine.problem(chosen)
    return analysis.floor(chosen.loss, problem.x, problem.y) if problem.network.activations[-1].affine else None


def affine_floor(state: State, twin: int = 0) -> float | None:
    """The least loss that an affine network can have here; None where that is not known."""
    return _floor(settings(state, twin))


def readout_floor(state: State, twin: int) -> float | None:
    """The least loss that the best readout of today's last hidden layer leaves."""
    problem = engine.problem(settings(state, twin))
    hidden = analysis.hidden_values(problem.network, params(state, twin), problem.x)
    return analysis.floor(problem.loss.name, hidden, problem.y)


def unit_name(state: State, unit: UnitId) -> str:
    """The unit as the screen names it: x₁, h₁, h₂,₁ (layer, unit), ŷ."""
    last = len(net(state, unit.twin).sizes) - 1
    if unit.layer == last:
        return "ŷ"
    if unit.layer == 0:
        return engine.input_labels(settings(state, unit.twin))[unit.index]
    number = f"{unit.layer},{unit.index + 1}" if last > 2 else str(unit.index + 1)
    return f"h{subscript(number)}"


def same_start(state: State) -> bool:
    """Whether all twins start from the same weights and see the same batches."""
    starting = {"hidden", "features", "initializer", "seed", "weights", "batch_size", "dataset", "data_seed"}
    return not starting & set(differences(state.experiment))


def epoch_text(state: State) -> str:
    """Epoch 172, or 3.4 between two epochs."""
    return f"Epoch {epoch_number(state, state.playhead)}"


def epoch_number(state: State, step: int) -> str:
    """A step as its epoch."""
    steps = engine.epoch_steps(state.experiment)
    return f"{step // steps:,}".replace(",", " ") if step % steps == 0 else f"{step / steps:,.1f}".replace(",", " ")


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
    if loss(state, twin) < GOAL:
        return Verdict("learned", f"Learned: {_all_right(state)}.", "learned", "tick")
    found = stall_of(state, twin)
    if found:
        return _cannot(state, twin) if found.kind == "cannot" else _did_not_find(state, twin, found)
    return _under_way(state, twin)


def _all_right(state: State) -> str:
    return "all four answers right" if on_corners(state) else f"all {len(targets(state))} answers right"


@lru_cache(maxsize=8)
def _stall(chosen: Settings, at: Params) -> Stall | None:
    problem = engine.problem(chosen)
    return stall(problem.network, at, problem.x, problem.y, problem.loss, GOAL)


def stall_of(state: State, twin: int) -> Stall | None:
    """Why a twin has come to rest above the goal, if it has."""
    return _stall(settings(state, twin), params(state, twin))


def _cannot(state: State, twin: int) -> Verdict:
    least = fraction(affine_floor(state, twin) or 0.0)
    best = "its best is ½ everywhere" if constant(state, twin) else f"no flat surface gets below {least}"
    return Verdict("cannot", f"Cannot: {best}.", "cannot", "bar")


def _did_not_find(state: State, twin: int, found: Stall) -> Verdict:
    names = corner_names(state)
    groups = [joined([names[i] for i in group]) for group in found.merged]
    reason = (
        f"its hidden layer no longer tells {joined(groups)} apart"
        if groups
        else "no unit bends between these points, so it is flat again"
    )
    return Verdict("did_not_find", f"Did not find it: {reason}.", "did not find", "loop", _remedies(state, twin))


def _remedies(state: State, twin: int) -> tuple[Remedy, ...]:
    chosen = settings(state, twin)
    wider = tuple(min(size + 1, MAX_UNITS) for size in chosen.hidden)
    other = "leaky_relu" if chosen.activation == "tanh" else "tanh"
    return (
        Remedy("New start", NewStart()),
        Remedy("More units", SetField("hidden", wider)),
        Remedy("Other activation", SetField("activation", other, twin)),
    )


def _under_way(state: State, twin: int) -> Verdict:
    if not state.playing and state.step == 0:
        beginning = "Same network, same start. Press Train." if len(state.frame.states) > 1 else "Press Train."
        return Verdict("idle", beginning)
    least = affine_floor(state, twin)
    if is_affine(state, twin) and least is not None and least > GOAL:
        return Verdict("flat", f"A flat surface: it can get no lower than {fraction(least)}.")
    if constant(state, twin) is not None:
        return Verdict("undecided", "Undecided: it answers ½ everywhere.", "undecided", "query")
    if not state.playing:
        return Verdict("paused", f"Paused at epoch {epoch_number(state, state.step)}.")
    status = answers(state, twin)
    score = f"{status.count('right')} of {len(status)} on the right side"
    return Verdict("training", f"Learning: {score}, loss {shown(loss(state, twin))}.")


def joined(words: list[str]) -> str:
    """Join names as in: 00, 10 and 11."""
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def stopped_at(state: State, twin: int) -> int:
    """The step at which a twin's numbers left the range: the first without a loss."""
    gaps = np.flatnonzero(np.isnan(state.history.rows[:, twin]))
    return int(gaps[0]) * state.history.every if len(gaps) else state.step


def all_settled(state: State) -> bool:
    """Whether training on would change nothing that is said: every twin has its final verdict."""
    final = {"learned", "cannot", "did_not_find", "diverged"}
    return all(verdict(state, twin).kind in final for twin in range(len(state.frame.states)))


def why_paused(state: State) -> str:
    """Why nothing moves; empty while it does."""
    if state.playing:
        return ""
    if all_settled(state):
        return "Paused: both have settled." if len(state.frame.states) == 2 else "Paused: it has settled."
    return f"Paused at epoch {epoch_number(state, state.playhead)}." if state.playhead else ""


class Event(NamedTuple):
    """Something that happened to a twin, for the timeline."""

    step: int
    twin: int
    text: str  # "172: with has learned"


def events(state: State) -> tuple[Event, ...]:
    """What has happened on the way, earliest first."""
    found = [event for twin in range(len(state.frame.states)) for event in _events(state, twin)]
    return tuple(sorted(found))


def _events(state: State, twin: int) -> list[Event]:
    happened = [(state.history.first_below(twin, GOAL), "has learned")]
    least = affine_floor(state, twin)
    if is_affine(state, twin) and least is not None and least > GOAL:
        reached = state.history.first_below(twin, least + NEAR)
        happened.append((reached, f"reaches {fraction(least)}, for good"))
    if state.frame.states[twin].stopped:
        happened.append((stopped_at(state, twin), "left the range"))
    return [
        Event(step, twin, f"{epoch_number(state, step)}: {side(twin)} {text}")
        for step, text in happened
        if step is not None
    ]


def hint(state: State) -> str | None:
    """The one hint of a first start that is due: train, probe, unit."""
    if state.hints is None or state.playing:
        return None
    if state.step == 0 and state.furthest == 0:
        return None if "train" in state.hints else "train"
    if "probe" not in state.hints:
        return "probe" if all_settled(state) else None
    return None if "unit" in state.hints else "unit"


Part = str | int  # words, or the badge of a twin


def difference(state: State) -> tuple[Part, ...]:
    """What the twins have in common and in what they differ, as words and badges."""
    same = "Same points, same start, same steps." if same_start(state) else "Same points."
    keys = differences(state.experiment.at(state.step))
    if keys == ("activation",) and len(state.frame.states) == 2:
        return (f"{same} One difference:", 0, "or", 1, "after each sum.")
    if not keys:
        return (f"{same} No difference yet: choose another activation for one of them.",)
    rows = [FIELDS[key] for key in keys]
    told = [
        f"{row.label.lower()} {' or '.join(row.kind.show(getattr(s, row.key)) for s in state.experiment.twins)}"
        for row in rows
    ]
    return (f"{same} {'One difference' if len(told) == 1 else 'Differences'}: {joined(told)}.",)


def undo_label(state: State) -> str:
    """Undo: learning rate 0.1 to 0.3."""
    return f"Undo: {state.past[-1].label}" if state.past else "Undo"


def redo_label(state: State) -> str:
    """Redo: learning rate 0.1 to 0.3."""
    return f"Redo: {state.future[-1].label}" if state.future else "Redo"
