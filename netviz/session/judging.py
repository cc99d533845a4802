"""What a network answers at its points, and how good that is, from its settings and parameters alone."""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from netviz.core import analysis
from netviz.core.datasets import CORNERS, DATASETS
from netviz.core.network import Array, Layers, Params, forward, layer_values, read_only
from netviz.core.problems import Problem, loss_of
from netviz.core.stalls import GOAL, MOST_LOOKED
from netviz.session import engine
from netviz.session.fields import Settings

UNDECIDED = analysis.UNDECIDED  # nearer to the threshold than this is no answer
ENOUGH = 0.99  # of the answers right, or of the variation explained: from here on drawn data is learned


def kind(chosen: Settings) -> str:
    """What is to be said of a point: one of two "classes", one of "many", or "numbers"."""
    return engine.points(chosen).kind


@lru_cache(maxsize=8)
def on_corners(chosen: Settings) -> bool:
    """Whether the points are the four corners of a truth table."""
    return np.array_equal(engine.points(chosen).x, CORNERS)


def targets(chosen: Settings) -> Array:
    """The training points' targets (n,); of several classes the class's number, from 0."""
    y = engine.points(chosen).y
    return y.argmax(axis=1).astype(np.float64) if kind(chosen) == "many" else y[:, 0]


def is_curve(chosen: Settings) -> bool:
    """Whether the problem is a function of one input: its points' second coordinate is the target."""
    return DATASETS[chosen.dataset].inputs == 1


def ends(chosen: Settings) -> tuple[float, float]:
    """The outputs that are shown in full colour: those of the two classes, or −1 and 1 for numbers."""
    data = engine.points(chosen)
    return (-1.0, 1.0) if data.kind == "numbers" else data.targets


def threshold(chosen: Settings) -> tuple[float, float]:
    """The output half-way between the two classes, and how near to it an answer is undecided."""
    low, high = engine.points(chosen).targets
    return (low + high) / 2, UNDECIDED * (high - low)


@np.errstate(all="ignore")
def answers_at(chosen: Settings, at: Params, x: Array) -> Array:
    """The shown outputs (n, outputs) at inputs x (n, inputs)."""
    problem = engine.problem(chosen)
    raw = layer_values(problem.network, at, x)[-1][1]
    return np.asarray(problem.loss.shown(raw), dtype=np.float64)


@lru_cache(maxsize=4)
@np.errstate(all="ignore")
def layers(chosen: Settings, at: Params) -> Layers | None:
    """Each layer's sums and values at the training points; None for so many that they fill the memory."""
    problem = engine.problem(chosen)
    return layer_values(problem.network, at, problem.x) if len(problem.x) <= MOST_LOOKED else None


@lru_cache(maxsize=4)
@np.errstate(all="ignore")
def _raw(chosen: Settings, at: Params) -> Array:
    """The outputs (n, outputs) at the training points, by one fresh forward pass for all that asks."""
    problem, known = engine.problem(chosen), layers(chosen, at)
    return forward(problem.network, at, problem.x) if known is None else known[-1][1]


@lru_cache(maxsize=8)
@np.errstate(all="ignore")
def outputs(chosen: Settings, at: Params) -> Array:
    """The shown outputs (n, outputs) at the training points, read-only."""
    return read_only(np.array(engine.problem(chosen).loss.shown(_raw(chosen, at)), dtype=np.float64))


@lru_cache(maxsize=8)
@np.errstate(all="ignore")
def loss(chosen: Settings, at: Params) -> float:
    """The training loss, by a fresh forward pass; no penalty in it."""
    problem = engine.problem(chosen)
    return float(problem.loss.value(_raw(chosen, at), problem.y))


@lru_cache(maxsize=8)
def judged(chosen: Settings, at: Params) -> analysis.Answers | None:
    """Which answers are right; None where numbers are asked for, which are neither right nor wrong."""
    found, y = outputs(chosen, at), engine.points(chosen).y
    if kind(chosen) == "numbers":
        return None
    if kind(chosen) == "many":
        return analysis.best_class(found, y)
    return analysis.accuracy(found, y, *threshold(chosen))


def accuracy(chosen: Settings, at: Params) -> float | None:
    """The share of the training points with the right answer; None where there is nothing to be right."""
    found = judged(chosen, at)
    return float(found.right.mean()) if found and len(found.right) else None


def confusion(chosen: Settings, at: Params) -> npt.NDArray[np.intp] | None:
    """How often each class (row) is taken for each (column) at the training points; None for numbers.

    The last column counts what is undecided, so the diagonal counts what is right: (classes, classes + 1).
    """
    answered = judged(chosen, at)
    if answered is None:
        return None
    found, true = outputs(chosen, at), targets(chosen)
    if kind(chosen) == "many":
        classes, said, own = found.shape[1], found.argmax(axis=1), true.astype(np.intp)
    else:
        middle, _ = threshold(chosen)
        classes, said, own = 2, 1 * (found[:, 0] > middle), 1 * (true > middle)
    said = np.where(answered.undecided, classes, said)
    return analysis.confusion(said, own, classes + 1)[:classes]


@np.errstate(all="ignore")
def explained(chosen: Settings, at: Params) -> float:
    """The share of the targets' variation that the answers explain: 1 − squared error / variance."""
    y = engine.points(chosen).y
    if not len(y):
        return 0.0
    variance = float(np.mean((y - y.mean(axis=0)) ** 2))
    error = float(np.mean((outputs(chosen, at) - y) ** 2))
    return 1 - error / variance if variance else float(error == 0)


@lru_cache(maxsize=8)
def _test_problem(chosen: Settings) -> Problem | None:
    data = engine.points(chosen)
    if not len(data.test_x):
        return None
    return engine.problem(chosen)._replace(x=engine.inputs(chosen, data.test_x), y=data.test_y)


def test_loss(chosen: Settings, at: Params) -> float | None:
    """The loss at the test points, which are never trained on; None where there are none."""
    problem = _test_problem(chosen)
    return None if problem is None else loss_of(problem, at)


@lru_cache(maxsize=8)
def goal(chosen: Settings) -> float:
    """The loss below which it is learned; for numbers a share of what their mean alone would lose."""
    y = engine.points(chosen).y
    if kind(chosen) != "numbers" or not len(y):
        return GOAL
    level = engine.problem(chosen).loss.value(np.broadcast_to(y.mean(axis=0), y.shape), y)
    return max(GOAL, (1 - ENOUGH) * float(level))


def learned(chosen: Settings, at: Params) -> bool:
    """Whether the goal is reached; with drawn points nearly all answers right are enough."""
    if loss(chosen, at) < goal(chosen):
        return True
    return not on_corners(chosen) and (accuracy(chosen, at) or 0.0) >= ENOUGH
