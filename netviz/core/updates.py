"""The prepared NumPy calls that turn a gradient into new parameters, penalties included, in place."""

from functools import partial
from typing import NamedTuple

import numpy as np

from netviz.core.activation import ZERO, Array, Call
from netviz.core.optimizers import Memory
from netviz.core.problems import Problem


class Buffers(NamedTuple):
    """What an update reads and rewrites: vectors over all parameters."""

    weights: Array
    gradient: Array
    memory: Memory  # the optimizer's
    alive: Array  # 0 for a weight that L1 carried across zero: there it stays
    fade: Array  # 0-d, read alone: what decay has left of the learning rate


def update_calls(
    problem: Problem, buffers: Buffers, moves: Array, penalised: Array, scale: float
) -> list[Call]:
    """w1 = w - change; w2 = w1 - rate (l1 sign(w) + l2 w), w the old value (TensorFlow Playground's rule).

    Every change is in proportion to the rate, so that decay is one factor, `fade`, read anew at each step.

    `moves` (1 or 0 for each parameter) keeps frozen ones still, `penalised` leaves biases out as well, and
    `scale` turns the gradient of the summed residuals into the loss's.
    """
    w, g, memory, alive, fade = buffers
    rate = np.array(problem.learning_rate)
    means = np.array(scale) if moves.all() else scale * moves
    change = problem.optimizer.calls(g, means, memory, rate, problem.constants)

    def faded(array: Array) -> list[Call]:
        return [partial(np.multiply, array, fade, array)] if problem.decay else []

    descend: list[Call] = [*change, *faded(g), partial(np.subtract, w, g, w)]
    if not problem.l1 and not problem.l2:
        return descend
    pull = np.empty_like(w)
    shrink = partial(np.multiply, w, rate * problem.l2 * penalised, pull)
    if not problem.l1:
        return [shrink, *faded(pull), *descend, partial(np.subtract, w, pull, w)]
    push, killed = np.empty_like(w), np.empty(w.shape, dtype=np.bool_)
    return [
        shrink,
        partial(np.sign, w, push),
        partial(np.multiply, push, rate * problem.l1 * penalised, push),
        partial(np.add, pull, push, pull),
        *faded(pull),
        *descend,
        partial(np.subtract, w, pull, pull),
        partial(np.multiply, w, pull, push),
        partial(np.less, push, ZERO, killed),
        partial(np.copyto, alive, ZERO, where=killed),
        partial(np.multiply, pull, alive, w),
    ]
