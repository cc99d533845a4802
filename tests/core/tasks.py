"""Small problems, and the ways to train them, that the tests of the trainer share."""

import numpy as np

from netviz.core.activations import ACTIVATIONS
from netviz.core.initializers import INITIALIZERS
from netviz.core.network import Network, Params
from netviz.core.training import Losses, Problem, Trainer, TrainState
from tests.oracle import plain_training

CORNERS = np.array([[0, 0], [0, 1], [1, 0], [1, 1.0]])
XOR = np.array([[0.0], [1.0], [1.0], [0.0]])


def problem(
    hidden: str | tuple[str, ...] = "tanh",
    sizes: tuple[int, ...] = (2, 3, 4, 1),
    points: int = 11,
    **settings,
) -> Problem:
    rng = np.random.default_rng(3)
    names = (hidden,) * (len(sizes) - 2) if isinstance(hidden, str) else hidden
    activations = (*(ACTIVATIONS[name] for name in names), settings.pop("output", ACTIVATIONS["identity"]))
    classes = max(2, sizes[-1])
    x, y = rng.uniform(-1, 1, (points, sizes[0])), np.eye(classes)[rng.integers(0, classes, points)]
    return Problem(Network(sizes, activations), x, y[:, : sizes[-1]], **settings)


def xor(activation: str, **settings) -> Problem:
    network = Network((2, 2, 1), (ACTIVATIONS[activation], ACTIVATIONS["identity"]))
    return Problem(network, CORNERS, XOR, **settings)


def draw(task: Problem, seed: int = 1) -> Params:
    return INITIALIZERS["uniform"].draw(task.network.sizes, seed)


def trained(tasks: list[Problem], until: int, seed: int = 1) -> tuple[tuple[TrainState, ...], Losses]:
    trainer = Trainer(tasks)
    return trainer.advance(trainer.start([draw(task, seed) for task in tasks]), until=until)


def assert_as_the_oracle(task: Problem, steps: int = 25) -> None:
    (state,), _ = trained([task], steps)
    assert np.abs(state.params.flat - plain_training(task, draw(task), steps)).max() < 1e-11


def same(a: TrainState, b: TrainState) -> bool:
    arrays = zip((a.params.flat, *a.memory), (b.params.flat, *b.memory), strict=True)
    return a.step == b.step and a.stopped == b.stopped and all(np.array_equal(x, y) for x, y in arrays)
