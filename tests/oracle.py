"""Training as it reads in a textbook: the plain version that the fast one is held against."""

from typing import NamedTuple

import numpy as np

from netviz.core.network import Params, layer_values
from netviz.core.optimizers import Memory
from netviz.core.problems import Problem


class Plain(NamedTuple):
    flat: np.ndarray
    memory: Memory
    alive: np.ndarray


def plain_gradient(problem: Problem, params: Params, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The loss's slope with respect to every parameter, layer by layer from the back."""
    values = layer_values(problem.network, params, x)
    error = problem.loss.gradient(values[-1][1], y)
    gradients = []
    for depth in reversed(range(len(values))):
        error = error * problem.network.activations[depth].slope(values[depth][0])
        inputs = values[depth - 1][1] if depth else x
        gradients.append(np.column_stack([error.T @ inputs, error.sum(axis=0)]).ravel())
        error = error @ params.weights[depth]
    return np.concatenate(gradients[::-1])


def is_weight(params: Params) -> np.ndarray:
    """A mask over `flat`: true for weights, false for biases."""
    return np.concatenate(
        [np.column_stack([np.ones_like(w), np.zeros(len(w))]).ravel() for w in params.weights]
    ).astype(bool)


def plain_step(problem: Problem, sizes: tuple[int, ...], now: Plain, step: int) -> Plain:
    params = Params(sizes, now.flat)
    batch = problem.batch_at(step)
    if not len(batch):
        return now
    gradient = plain_gradient(problem, params, problem.x[batch], problem.y[batch])
    trains = np.ones(len(now.flat), dtype=bool) if problem.frozen is None else ~problem.frozen
    rate = problem.learning_rate / (1 + problem.decay * (step // problem.steps_per_epoch))
    change, memory = problem.optimizer.update(gradient * trains, now.memory, rate, problem.constants)
    penalised = is_weight(params) & trains
    pull = rate * (problem.l1 * np.sign(now.flat) + problem.l2 * now.flat)
    first = now.flat - change
    second = first - np.where(penalised, pull, 0.0)
    alive = now.alive & ~(penalised & (first * second < 0)) if problem.l1 else now.alive
    return Plain(np.where(alive, second, 0.0), memory, alive)


def plain_training(problem: Problem, params: Params, steps: int) -> np.ndarray:
    """The flat parameters after so many steps from the start."""
    now = Plain(params.flat, problem.optimizer.init(params.flat), np.ones(len(params.flat), dtype=bool))
    for step in range(steps):
        now = plain_step(problem, params.sizes, now, step)
    return now.flat
