"""The trainer against straightforward NumPy, scikit-learn and PyTorch, and twins against two runs.

Goals: PERFORMANCE of the trainer as ratios of epochs a second within one run, tanh everywhere.
"""

import time
import warnings
from collections.abc import Callable, Iterator
from statistics import median
from typing import NamedTuple

import numpy as np

from netviz.core.activations import ACTIVATIONS
from netviz.core.blocks import Block
from netviz.core.initializers import INITIALIZERS
from netviz.core.network import Network, Params
from netviz.core.training import Problem, Trainer, TrainState
from tests.benchmarks.row import Row

SECONDS, ROUNDS = 0.05, 25
STEPS = 3000  # to find the least time of each call
KINDS, REST = {"dot": "products", "tanh": "tanh"}, "other calls"


class Workload(NamedTuple):
    name: str
    points: int
    sizes: tuple[int, ...]
    batch_size: int


WORKLOADS = (
    Workload("W1", 4, (2, 2, 1), 0),
    Workload("W2", 200, (2, 4, 2, 1), 10),
    Workload("W3", 500, (2, 8, 8, 8, 1), 10),
    Workload("W4", 2000, (2, *(8,) * 6, 1), 30),
)


def problem(work: Workload) -> Problem:
    x = np.random.default_rng(0).uniform(-1, 1, (work.points, 2))
    y = np.sign(x[:, :1] * x[:, 1:])
    network = Network(work.sizes, (ACTIVATIONS["tanh"],) * (len(work.sizes) - 1))
    return Problem(network, x, y, learning_rate=0.03, batch_size=work.batch_size)


def start(work: Workload) -> Params:
    return INITIALIZERS["glorot_uniform"].draw(work.sizes, 0)


# Each contender is (problem, start) -> a function that trains for some epochs, taking the loss of each.


def ours(work: Workload, twins: int = 1) -> Callable[[int], object]:
    task = problem(work)
    trainer = Trainer([task] * twins)
    states = [trainer.start([start(work)] * twins)]

    def train(epochs: int) -> None:
        states[0], _ = trainer.advance(states[0], until=states[0][0].step + epochs * task.steps_per_epoch)

    return train


def straightforward(work: Workload) -> Callable[[int], object]:
    task, params = problem(work), start(work)
    weights, biases = [w.copy() for w in params.weights], [b.copy() for b in params.biases]
    x, y, rate, rng = task.x, task.y, task.learning_rate, np.random.default_rng(0)

    def forward(a: np.ndarray) -> list[np.ndarray]:
        values = [a]
        for w, b in zip(weights, biases, strict=True):
            values.append(np.tanh(values[-1] @ w.T + b))
        return values

    def update(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        values = forward(x)
        error = values[-1] - y
        delta = 2 * error / error.size
        for layer in reversed(range(len(weights))):
            delta = delta * (1 - values[layer + 1] ** 2)
            slope_w, slope_b = delta.T @ values[layer], delta.sum(axis=0)
            delta = delta @ weights[layer]
            weights[layer] -= rate * slope_w
            biases[layer] -= rate * slope_b
        return error

    def train(epochs: int) -> None:
        losses = []
        for _ in range(epochs):
            if not work.batch_size:
                losses.append(float(np.mean(update(x, y) ** 2)))
                continue
            order = rng.permutation(len(x))
            for first in range(0, len(x), work.batch_size):
                batch = order[first : first + work.batch_size]
                update(x[batch], y[batch])
            losses.append(float(np.mean((forward(x)[-1] - y) ** 2)))

    return train


def scikit_learn(work: Workload) -> Callable[[int], object]:
    from sklearn.neural_network import MLPRegressor

    task = problem(work)
    model = MLPRegressor(
        hidden_layer_sizes=work.sizes[1:-1], activation="tanh", solver="sgd", alpha=0.0, momentum=0.0,
        tol=0.0, batch_size=work.batch_size or work.points, learning_rate_init=task.learning_rate,
        warm_start=True, random_state=0,
    )  # fmt: skip

    def train(epochs: int) -> None:
        model.max_iter, model.n_iter_no_change = epochs, epochs + 1
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model.fit(task.x, task.y.ravel())

    return train


def pytorch(work: Workload) -> Callable[[int], object]:
    import torch

    torch.set_num_threads(1)
    task = problem(work)
    x, y = torch.tensor(task.x), torch.tensor(task.y)
    layers: list[torch.nn.Module] = []
    for n_in, n_out in zip(work.sizes, work.sizes[1:], strict=False):
        layers += [torch.nn.Linear(n_in, n_out, dtype=torch.float64), torch.nn.Tanh()]
    model, loss = torch.nn.Sequential(*layers), torch.nn.MSELoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=task.learning_rate)

    def update(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        optimizer.zero_grad()
        value = loss(model(x), y)
        value.backward()
        optimizer.step()
        return value

    def train(epochs: int) -> None:
        for _ in range(epochs):
            if not work.batch_size:
                float(update(x, y).detach())
                continue
            for batch in torch.randperm(len(x)).split(work.batch_size):
                update(x[batch], y[batch])
            with torch.no_grad():
                float(loss(model(x), y))

    return train


def epochs_a_second(train: Callable[[int], object], epochs: int) -> float:
    began = time.perf_counter()
    train(epochs)
    return epochs / (time.perf_counter() - began)


def calibrated(train: Callable[[int], object]) -> int:
    """The epochs that fill one round's time."""
    epochs, speed = 1, epochs_a_second(train, 1)
    while epochs < speed * SECONDS:
        epochs = max(2 * epochs, int(speed * SECONDS))
        speed = epochs_a_second(train, epochs)
    return epochs


def ratio(fast: Callable[[int], object], slow: Callable[[int], object]) -> float:
    """The median over rounds, each timing both, of how many times faster `fast` is."""
    counts = calibrated(fast), calibrated(slow)
    return median(epochs_a_second(fast, counts[0]) / epochs_a_second(slow, counts[1]) for _ in range(ROUNDS))


CONTENDERS = (
    ("straightforward NumPy", straightforward, 3.5),
    ("scikit-learn", scikit_learn, 7.0),
    ("PyTorch eager", pytorch, 15.0),
)


def trainer_rows() -> Iterator[Row]:
    """How many times faster than each contender that is installed, on each workload."""
    for name, contender, goal in CONTENDERS:
        for work in WORKLOADS:
            try:
                slow = contender(work)
            except ImportError:
                break
            yield Row(f"trainer / {name}, {work.name}", ratio(ours(work), slow), goal, least=True)


def twins_rows() -> Iterator[Row]:
    """Two twins at once against two runs one after the other."""
    for work in WORKLOADS:
        yield Row(
            f"twins / two runs, {work.name}", 2 * ratio(ours(work, twins=2), ours(work)), 1.5, least=True
        )


def by_kind(work: Workload, twins: int) -> dict[str, float]:
    """The least seconds that each kind of call takes in one step: products, tanh and the rest."""
    task = problem(work)
    block = Block([task] * twins, task.steps_per_epoch)
    block.run([TrainState(start(work))] * twins, 0, task.steps_per_epoch)
    tape = block._laid_out(0).tapes[0]
    least = [float("inf")] * len(tape)
    for _ in range(STEPS):
        for number, call in enumerate(tape):
            began = time.perf_counter()
            call()
            least[number] = min(least[number], time.perf_counter() - began)
    found = dict.fromkeys(KINDS.values(), 0.0) | {REST: 0.0}
    for call, seconds in zip(tape, least, strict=True):
        found[KINDS.get(getattr(getattr(call, "func", call), "__name__", ""), REST)] += seconds
    return found


def step_rows() -> Iterator[Row]:
    """What limits twins of many units: block-diagonal products work on zeros too, tanh costs by number."""
    alone, together = by_kind(WORKLOADS[-1], 1), by_kind(WORKLOADS[-1], 2)
    for kind, seconds in alone.items():
        yield Row(f"twins / two runs, W4, a step's {kind}", 2 * seconds / together[kind], 1.0, least=True)


def rows() -> Iterator[Row]:
    yield from trainer_rows()
    yield from twins_rows()
    yield from step_rows()
