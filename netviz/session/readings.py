"""The numbers behind what is shown: what the twins of a State answer, lose and could reach."""

import math
from collections.abc import Callable, Sequence
from functools import lru_cache, partial, wraps
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from netviz.core import analysis
from netviz.core.datasets import CORNER_NAMES, Points
from netviz.core.floors import floor, rising_floor
from netviz.core.network import Array, Layers, Network, Params, layer_values
from netviz.core.stalls import Stall, stall
from netviz.session import engine, judging, sections
from netviz.session.answer_words import Answers
from netviz.session.engine import Frame
from netviz.session.experiment import Experiment, differences
from netviz.session.fields import Settings
from netviz.session.sections import Axes, Section
from netviz.session.state import State, UnitId
from netviz.session.text import subscript

HALF = 0.5
UNDECIDED = judging.UNDECIDED
Point = tuple[float, ...]  # two coordinates of the plane, or all of a point
SAMPLES = 13  # points a side that tell whether a surface is the same everywhere


T = TypeVar("T")


def once(read: Callable[[State, int], T]) -> Callable[[State, int], T]:
    """Remember what was read of each twin's last frame: several panels ask for the same."""
    kept: dict[int, tuple[Frame, Experiment, T]] = {}

    @wraps(read)
    def reading(state: State, twin: int) -> T:
        last = kept.get(twin)
        if last is None or last[0] is not state.frame or last[1] is not state.experiment:
            last = kept[twin] = state.frame, state.experiment, read(state, twin)
        return last[2]

    return reading


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


def points(state: State, twin: int = 0) -> Points:
    """The points a twin trains on: the same for all, unless a lesson says otherwise."""
    return engine.points(settings(state, twin))


def dimensions(state: State, twin: int = 0) -> int:
    """How many coordinates a point has: 2, of a table as many as it has inputs."""
    return int(points(state, twin).x.shape[1])


def axes(state: State) -> Axes:
    """The coordinates that the plane shows, across and up; the first two where others are not there."""
    across, up = state.axes
    return state.axes if across != up and max(state.axes) < dimensions(state) else (0, 1)


def probe(state: State) -> tuple[float, ...]:
    """The probe with all coordinates; what nobody has moved is 0, a table's mean."""
    count = dimensions(state)
    return (*state.probe, *(0.0,) * count)[:count]


def place(state: State) -> tuple[float, float]:
    """Where the probe is in the plane that is shown."""
    whole, (across, up) = probe(state), axes(state)
    return whole[across], whole[up]


def seen(state: State, twin: int = 0) -> Points:
    """The points as the plane shows them: two coordinates each, of many points a sample."""
    return sections.seen(settings(state, twin), axes(state))


def whole(state: State, index: int) -> tuple[float, ...]:
    """All coordinates of the seen point of that number; () where the plane shows all there are."""
    if dimensions(state) == 2:
        return ()
    return tuple(sections.sampled(settings(state, 0)).x[index].tolist())


def section(state: State, twin: int = 0) -> Section:
    """The cut through the inputs that the plane is."""
    data, shown = seen(state, twin), axes(state)
    if dimensions(state, twin) == 2:
        return Section(data.low, data.high)
    others = tuple(0.0 if i in shown else value for i, value in enumerate(probe(state)))
    return Section(data.low, data.high, shown, others)


def lifted(state: State, at: Array) -> Array:
    """Points (..., 2) of the plane with all coordinates, the others at the probe; whole points stay."""
    return at if at.shape[-1] == dimensions(state) else section(state).lifted(at)


def box(state: State) -> tuple[float, float]:
    """The square of the plane that is shown: both axes run from low to high."""
    return seen(state).low, seen(state).high


def plane(state: State, side: int) -> Array:
    """A grid of side * side points (n, 2) over the square that is shown, row by row from the lower left."""
    low, high = box(state)
    axis = np.linspace(low, high, side)
    return np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)


def on_corners(state: State, twin: int = 0) -> bool:
    """Whether the points are the four corners of a truth table."""
    return judging.on_corners(settings(state, twin))


def corner_names(state: State, twin: int = 0) -> tuple[str, ...]:
    """The points' names: 00, 01, 10, 11, or their numbers."""
    numbers = map(str, range(1, len(targets(state, twin)) + 1))
    return CORNER_NAMES if on_corners(state, twin) else tuple(numbers)


def kind(state: State, twin: int = 0) -> str:
    """What is to be said of a point: one of two "classes", one of "many", or "numbers"."""
    return points(state, twin).kind


def targets(state: State, twin: int = 0) -> Array:
    """The training points' targets (n,); of several classes the class's number, from 0."""
    return judging.targets(settings(state, twin))


@once
def class_outputs(state: State, twin: int) -> Array:
    """All shown outputs (n, outputs) at the training points: of several classes, one each."""
    return judging.outputs(settings(state, twin), params(state, twin))


def outputs(state: State, twin: int) -> Array:
    """The shown output (n,) at each training point; of several classes the one of the point's own class."""
    found = class_outputs(state, twin)
    own = targets(state, twin).astype(np.intp) if kind(state, twin) == "many" else 0
    return np.asarray(found[np.arange(len(found)), own])


def output_at(state: State, twin: int, at: npt.ArrayLike) -> Array:
    """The shown outputs (n,) at points (n, 2) of the plane; of several classes the largest one's."""
    chosen = settings(state, twin)
    x = engine.inputs(chosen, lifted(state, np.atleast_2d(at)))
    return np.asarray(judging.answers_at(chosen, params(state, twin), x).max(axis=1))


def is_curve(state: State, twin: int = 0) -> bool:
    """Whether the problem is a function of one input: its points' second coordinate is the target."""
    return judging.is_curve(settings(state, twin))


def editing(state: State) -> bool:
    """Whether a click on a surface puts a point there."""
    return state.brush is not None and points(state).x.shape[1] == 2


def ends(state: State, twin: int = 0) -> tuple[float, float]:
    """The outputs that are shown in full colour: those of the two classes, or −1 and 1 for numbers."""
    return judging.ends(settings(state, twin))


def threshold(state: State, twin: int = 0) -> tuple[float, float]:
    """The output half-way between the two classes, and how near to it an answer is undecided."""
    return judging.threshold(settings(state, twin))


@once
def answers(state: State, twin: int) -> Sequence[str]:
    """Each point's answer: right, wrong, or undecided; () where numbers are asked for, which are neither."""
    judged = judging.judged(settings(state, twin), params(state, twin))
    if judged is None:
        return ()
    return Answers((judged.right + 2 * judged.wrong).astype(np.uint8))


def accuracy(state: State, twin: int) -> float | None:
    """The share of the training points with the right answer; None where there is nothing to be right."""
    return judging.accuracy(settings(state, twin), params(state, twin))


def confusion(state: State, twin: int) -> npt.NDArray[np.intp] | None:
    """How often each class (row) is taken for each, or left undecided (columns); None for numbers."""
    return judging.confusion(settings(state, twin), params(state, twin))


def explained(state: State, twin: int) -> float:
    """The share of the targets' variation that a twin's answers explain: 1 − squared error / variance."""
    return judging.explained(settings(state, twin), params(state, twin))


@once
def constant(state: State, twin: int) -> float | None:
    """The value of a surface that is the same everywhere and undecided; None for any other."""
    if kind(state, twin) != "classes":
        return None
    middle, margin = threshold(state, twin)
    values = output_at(state, twin, plane(state, SAMPLES))
    return middle if bool((np.abs(values - middle) < margin).all()) else None


def sums_at(state: State, twin: int, point: Point) -> tuple[Array, ...]:
    """Each layer's sums z (units,) at a point, of the plane or whole; the inputs stand for themselves."""
    x, layers = _layers_at(state, twin, point)
    return (x, *(z[0] for z, _ in layers))


@np.errstate(all="ignore")
def values_at(state: State, twin: int, point: Point) -> tuple[Array, ...]:
    """Each layer's values (units,) at a point, of the plane or whole: inputs, hidden layers, shown output."""
    x, layers = _layers_at(state, twin, point)
    shown_output = engine.problem(settings(state, twin)).loss.shown(layers[-1][1])[0]
    return (x, *(a[0] for _, a in layers[:-1]), shown_output)


def _layers_at(state: State, twin: int, point: Point) -> tuple[Array, Layers]:
    whole = tuple(lifted(state, np.array([point]))[0].tolist())
    return _layers_for(settings(state, twin), params(state, twin), whole)


@lru_cache(maxsize=8)
@np.errstate(all="ignore")
def _layers_for(chosen: Settings, at: Params, point: tuple[float, ...]) -> tuple[Array, Layers]:
    x = engine.inputs(chosen, np.array([point]))
    return x[0], layer_values(engine.network(chosen), at, x)


@once
def loss(state: State, twin: int) -> float:
    """The training loss at the parameters shown, by a fresh forward pass; no penalty in it."""
    return judging.loss(settings(state, twin), params(state, twin))


def test_loss(state: State, twin: int) -> float | None:
    """The loss at the test points, which are never trained on; None where there are none."""
    return judging.test_loss(settings(state, twin), params(state, twin))


def goal(state: State, twin: int) -> float:
    """The loss below which a twin has learned; for numbers a share of what their mean alone would lose."""
    return judging.goal(settings(state, twin))


def learned(state: State, twin: int) -> bool:
    """Whether a twin has reached its goal; with drawn points nearly all answers right are enough."""
    return judging.learned(settings(state, twin), params(state, twin))


@lru_cache(maxsize=8)
def _floor(chosen: Settings) -> float | None:
    problem = engine.problem(chosen)
    if not problem.network.activations[-1].affine:
        return None
    return floor(problem.loss.name, problem.x, problem.y)


def affine_floor(state: State, twin: int = 0) -> float | None:
    """The least loss that an affine network can have here; None where that is not known."""
    return _floor(settings(state, twin))


@lru_cache(maxsize=8)
def _flat_best_is_half(chosen: Settings) -> bool:
    problem = engine.problem(chosen)
    if engine.points(chosen).kind != "classes":
        return False
    best = analysis.affine_fit(problem.x, problem.y)  # where a half is best, it is best for every loss
    return np.allclose(best.weight, 0) and np.allclose(best.bias, HALF)


def flat_best_is_half(state: State, twin: int = 0) -> bool:
    """Whether the best flat surface is one half everywhere."""
    return _flat_best_is_half(settings(state, twin))


@np.errstate(all="ignore")
def readout_floor(state: State, twin: int) -> float | None:
    """The least loss that the best readout of today's last hidden layer leaves.

    None where that is not known: behind an output activation that bends, or out of range.
    """
    problem = engine.problem(settings(state, twin))
    if not problem.network.activations[-1].affine:
        return None
    hidden = analysis.hidden_values(problem.network, params(state, twin), problem.x)
    return floor(problem.loss.name, hidden, problem.y) if np.isfinite(hidden).all() else None


def least_rising(state: State, twin: int) -> float | None:
    """The least loss that a network which only rises can have here; None for others, or where not known."""
    problem = engine.problem(settings(state, twin))
    known = analysis.only_rises(problem.network)
    return rising_floor(problem.loss.name, problem.x, problem.y) if known else None


@lru_cache(maxsize=8)
@np.errstate(all="ignore")
def _stall(chosen: Settings, at: Params, goal: float) -> Stall | None:
    problem = engine.problem(chosen)
    known, layers = partial(_floor, chosen), judging.layers(chosen, at)
    return stall(problem.network, at, problem.x, problem.y, problem.loss, goal, known, layers)


def stall_of(state: State, twin: int, goal: float | None = None) -> Stall | None:
    """Why a twin has come to rest above the goal, if it has; one that left the range has not."""
    if state.frame.states[twin].stopped or not math.isfinite(loss(state, twin)):
        return None
    least = judging.goal(settings(state, twin)) if goal is None else goal
    return _stall(settings(state, twin), params(state, twin), least)


def stopped_at(state: State, twin: int) -> int:
    """The step at which a twin's numbers left the range: the first without a loss."""
    found = state.history.stopped_at(twin)
    return state.step if found is None else found


def unit_name(state: State, unit: UnitId) -> str:
    """The unit as the screen names it: x₁, h₁, h₂,₁ (layer, unit), ŷ."""
    sizes = net(state, unit.twin).sizes
    last = len(sizes) - 1
    if unit.layer == last:
        return "ŷ" if sizes[-1] == 1 else f"ŷ{subscript(unit.index + 1)}"
    if unit.layer == 0:
        return engine.input_labels(settings(state, unit.twin))[unit.index]
    number = f"{unit.layer},{unit.index + 1}" if last > 2 else str(unit.index + 1)
    return f"h{subscript(number)}"


def same_start(state: State) -> bool:
    """Whether all twins start from the same weights and see the same batches."""
    starting = {"hidden", "features", "initializer", "seed", "weights", "batch_size", "dataset", "data_seed"}
    return not starting & set(differences(state.experiment))
