"""From an experiment to trained numbers: pure functions over the trainer of `core`."""

import math
from functools import lru_cache
from itertools import pairwise
from time import perf_counter
from typing import NamedTuple

import numpy as np

from netviz.core import playground_data
from netviz.core.activation import Activation
from netviz.core.activations import ACTIVATIONS, dialed
from netviz.core.batches import BATCHES
from netviz.core.datasets import Points, Sampling, make
from netviz.core.drawn import drawn
from netviz.core.features import FEATURES, features
from netviz.core.initializers import INITIALIZERS
from netviz.core.losses import LOSSES
from netviz.core.network import Array, Network, Params, read_only
from netviz.core.optimizers import OPTIMIZERS
from netviz.core.problems import Losses, Problem, TrainState, loss_of
from netviz.core.seedrandom import SeedRandom
from netviz.core.training import Trainer
from netviz.session.experiment import FOREVER, Experiment, sizes
from netviz.session.fields import Settings
from netviz.session.kinds import playground_text


class Request(NamedTuple):
    """What the window asks of the worker: train on from these states, to a step or for a time."""

    experiment: Experiment
    states: tuple[TrainState, ...]
    until: int | None = None
    seconds: float | None = None


class Frame(NamedTuple):
    """The twins at one step, and the losses on the way there."""

    experiment: Experiment
    states: tuple[TrainState, ...]
    losses: Losses

    @property
    def step(self) -> int:
        """The step these states stand at; twins are in lock step."""
        return self.states[0].step


def hidden_activations(settings: Settings) -> tuple[Activation, ...]:
    """One activation for each hidden layer."""
    names = settings.activation
    named = (names,) * len(settings.hidden) if isinstance(names, str) else names
    rows = (drawn(settings.curve) if name == "drawn" else ACTIVATIONS[name] for name in named)
    return tuple(dialed(row, settings.dial) for row in rows)


@lru_cache(maxsize=32)
def network(settings: Settings) -> Network:
    """The network that these settings describe."""
    return Network(sizes(settings), (*hidden_activations(settings), ACTIVATIONS[settings.output_activation]))


@lru_cache(maxsize=8)
def points(settings: Settings) -> Points:
    """The points these settings train on, and test on."""
    if isinstance(settings.seed, int):
        return make(settings.dataset, sampling(settings))
    return _drawn(settings)[0]


def _drawn(settings: Settings) -> tuple[Points, Params]:
    """Data and start as Playground's generator draws them."""
    text, drawn_as = playground_text(settings.seed), sampling(settings)
    return _stream(text, settings.dataset, drawn_as, sizes(settings), settings.initializer)


def sampling(settings: Settings) -> Sampling:
    """How their data is drawn, where it is generated."""
    return Sampling(settings.points, settings.noise, settings.train_fraction, settings.data_seed)


@lru_cache(maxsize=8)
def _stream(
    text: str, dataset: str, drawn_as: Sampling, layers: tuple[int, ...], initializer: str
) -> tuple[Points, Params]:
    """Data and start from Playground's generator: one stream, the data first.

    Data that Playground does not have is drawn as ever.
    """
    random = SeedRandom(text)
    known = dataset in playground_data.DRAWS
    data = playground_data.make(dataset, drawn_as, random) if known else make(dataset, drawn_as)
    return data, INITIALIZERS[initializer].draw(layers, random)


@lru_cache(maxsize=8)
def problem(settings: Settings) -> Problem:
    """What one twin trains on, and how."""
    data = points(settings)
    return Problem(
        network=network(settings),
        x=read_only(features(settings.features, data.x)),
        y=data.y,
        loss=LOSSES[settings.loss],
        optimizer=OPTIMIZERS[settings.optimizer],
        learning_rate=settings.learning_rate,
        momentum=settings.momentum,
        l1=settings.l1,
        l2=settings.l2,
        batch_size=settings.batch_size,
        seed=settings.seed if isinstance(settings.seed, int) else 0,
        batches=BATCHES["shuffled" if isinstance(settings.seed, int) else "playground"],
        frozen=None,
    )


def start_params(settings: Settings) -> Params:
    """The parameters at step 0: given, or drawn from the seed."""
    if settings.weights is not None:
        return Params.from_layers(*settings.weights)
    if isinstance(settings.seed, int):
        return INITIALIZERS[settings.initializer].draw(sizes(settings), settings.seed)
    return _drawn(settings)[1]


@lru_cache(maxsize=4)
def _trainer(twins: tuple[Settings, ...]) -> Trainer:
    return Trainer([problem(settings) for settings in twins])


def start(experiment: Experiment) -> Frame:
    """The frame at step 0, its losses included."""
    return standing(experiment, tuple(TrainState(start_params(settings)) for settings in experiment.twins))


def standing(experiment: Experiment, states: tuple[TrainState, ...]) -> Frame:
    """The frame of these states, nothing trained; with their losses, where an epoch ends.

    It leaves the trainers alone, which another thread may be using.
    """
    step, every = states[0].step, epoch_steps(experiment)
    row = np.array([
        np.nan if state.stopped else loss_of(problem(settings), state.params)
        for settings, state in zip(experiment.twins_at(step), states, strict=True)
    ])  # fmt: skip
    rows = np.where(np.isfinite(row), row, np.nan)[None][: step % every == 0]
    return Frame(experiment, states, Losses(-(-step // every) * every, every, read_only(rows)))


def advance(request: Request) -> Frame:
    """Train in lock step to `until` or until the time is spent; live edits take hold at their steps.

    Where `until` is reached already, the frame tells of these states alone.
    ValueError says why an experiment cannot be trained.
    """
    experiment, states, until, seconds = request
    end, deadline, chunks = FOREVER if until is None else until, math.inf, list[Losses]()
    if states[0].step >= end:
        return standing(experiment, states)
    while states[0].step < end:
        step = states[0].step
        goal = min([end, *(edit.step for edit in experiment.edits if edit.step > step)])
        trainer = _trainer(experiment.twins_at(step))
        if seconds is not None and not chunks:
            deadline = perf_counter() + seconds
        left = None if seconds is None else deadline - perf_counter()
        states, losses = trainer.advance(states, None if goal == FOREVER else goal, left)
        chunks.append(losses)
        if states[0].step < goal:
            break  # the time is spent, or no twin goes on
    return Frame(experiment, states, _joined(chunks))


def _joined(chunks: list[Losses]) -> Losses:
    """One run of losses; where two meet, the later one's row counts: its settings hold from there on."""
    if len(chunks) == 1:
        return chunks[0]
    every = chunks[0].every
    rows = [one.rows[: (following.first - one.first) // every] for one, following in pairwise(chunks)]
    return Losses(chunks[0].first, every, read_only(np.concatenate([*rows, chunks[-1].rows])))


def epoch_steps(experiment: Experiment) -> int:
    """How many steps make an epoch, of the twin that takes most: twins are in lock step."""
    return max(problem(settings).steps_per_epoch for settings in experiment.twins)


def inputs(settings: Settings, at: Array) -> Array:
    """The network's inputs (n, features) for points (n, 2) of the plane."""
    return features(settings.features, at)


def input_labels(settings: Settings) -> tuple[str, ...]:
    """The inputs' names as the screen shows them: x₁, x₂."""
    return tuple(FEATURES[name].label for name in settings.features)
