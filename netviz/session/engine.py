"""From an experiment to trained numbers: pure functions over the trainer of `core`."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from netviz.core.activations import ACTIVATIONS, Activation, dialed
from netviz.core.datasets import Points, Sampling, make
from netviz.core.drawn import drawn
from netviz.core.features import FEATURES, features
from netviz.core.initializers import INITIALIZERS
from netviz.core.losses import LOSSES
from netviz.core.network import Array, Network, Params
from netviz.core.optimizers import OPTIMIZERS
from netviz.core.problems import Losses, Problem, TrainState, loss_of
from netviz.core.training import Trainer
from netviz.session.experiment import FOREVER, Experiment, sizes
from netviz.session.fields import Settings


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
    """The points these settings train on."""
    return make(settings.dataset, Sampling(seed=settings.data_seed))


@lru_cache(maxsize=8)
def problem(settings: Settings) -> Problem:
    """What one twin trains on, and how."""
    data = points(settings)
    return Problem(
        network=network(settings),
        x=features(settings.features, data.x),
        y=data.y,
        loss=LOSSES[settings.loss],
        optimizer=OPTIMIZERS[settings.optimizer],
        learning_rate=settings.learning_rate,
        momentum=settings.momentum,
        l1=settings.l1,
        l2=settings.l2,
        batch_size=settings.batch_size,
        seed=settings.seed,
        frozen=None,
    )


def start_params(settings: Settings) -> Params:
    """The parameters at step 0: given, or drawn from the seed."""
    if settings.weights is not None:
        return Params.from_layers(*settings.weights)
    return INITIALIZERS[settings.initializer].draw(sizes(settings), settings.seed)


@lru_cache(maxsize=4)
def _trainer(twins: tuple[Settings, ...]) -> Trainer:
    return Trainer([problem(settings) for settings in twins])


def start(experiment: Experiment) -> Frame:
    """The frame at step 0, its losses included."""
    return standing(experiment, tuple(TrainState(start_params(settings)) for settings in experiment.twins))


def standing(experiment: Experiment, states: tuple[TrainState, ...]) -> Frame:
    """The frame of these states, nothing trained; with their losses, where an epoch ends."""
    step, every = states[0].step, epoch_steps(experiment)
    row = [
        np.nan if state.stopped else loss_of(problem(settings), state.params)
        for settings, state in zip(experiment.twins_at(step), states, strict=True)
    ]
    rows = np.array([row] if step % every == 0 else []).reshape(-1, len(states))
    rows.flags.writeable = False
    return Frame(experiment, states, Losses(-(-step // every) * every, every, rows))


def advance(request: Request) -> Frame:
    """Train in lock step to `until` or until the time is spent; live edits take hold at their steps.

    ValueError says why an experiment cannot be trained.
    """
    experiment, states, until, seconds = request
    end = FOREVER if until is None else until
    chunks = [] if states[0].step < end else [standing(experiment, states).losses]
    while states[0].step < end:
        step = states[0].step
        stop = min((edit.step for edit in experiment.edits if edit.step > step), default=FOREVER)
        goal = min(stop, end)
        states, losses = _trainer(experiment.twins_at(step)).advance(states, None if goal == FOREVER else goal, seconds)
        chunks.append(losses)
        if states[0].step < goal:
            break  # the time is spent
    return Frame(experiment, states, _joined(chunks))


def _joined(chunks: list[Losses]) -> Losses:
    """One run of losses; where two meet, the later one's row counts: its settings hold from there on."""
    if len(chunks) == 1:
        return chunks[0]
    every = chunks[0].every
    pairs = zip(chunks, chunks[1:], strict=False)
    rows = [chunk.rows[: (following.first - chunk.first) // every] for chunk, following in pairs]
    joined = np.concatenate([*rows, chunks[-1].rows])
    joined.flags.writeable = False
    return Losses(chunks[0].first, chunks[0].every, joined)


def epoch_steps(experiment: Experiment) -> int:
    """How many steps make an epoch: twins are in lock step."""
    return problem(experiment.twins[0]).steps_per_epoch


def inputs(settings: Settings, at: Array) -> Array:
    """The network's inputs (n, features) for points (n, 2) of the plane."""
    return features(settings.features, at)


def input_labels(settings: Settings) -> tuple[str, ...]:
    """The inputs' names as the screen shows them: x₁, x₂."""
    return tuple(FEATURES[name].label for name in settings.features)
