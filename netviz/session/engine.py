"""From an experiment to trained numbers: pure functions over the trainer of `core`."""

import math
import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from itertools import pairwise
from threading import get_ident
from time import perf_counter
from typing import NamedTuple

import numpy as np

from netviz.core.activation import Activation
from netviz.core.activations import ACTIVATIONS, dialed
from netviz.core.batches import BATCHES
from netviz.core.datasets import DATASETS, Points, make
from netviz.core.drawn import drawn as drawn_activation
from netviz.core.features import INPUTS, PLAIN, features
from netviz.core.losses import LOSSES
from netviz.core.network import Array, Network, read_only
from netviz.core.optimizers import OPTIMIZERS, Constants
from netviz.core.problems import Losses, Problem, TrainState, with_numbers
from netviz.core.training import Trainer
from netviz.session.experiment import FOREVER, Experiment, LiveEdit, sizes
from netviz.session.fields import Settings
from netviz.session.fitting import is_table
from netviz.session.parameters import Mask, mask, parameter
from netviz.session.starts import drawn, sampling, start_params


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
    arrived: tuple[TrainState, ...] = ()  # where training led, where numbers were set by hand right here

    @property
    def step(self) -> int:
        """The step these states stand at; twins are in lock step."""
        return self.states[0].step

    @property
    def trained(self) -> tuple[TrainState, ...]:
        """The states before the numbers that were set at this very step: what undo goes back to."""
        return self.arrived or self.states


def hidden_activations(settings: Settings) -> tuple[Activation, ...]:
    """One activation for each hidden layer."""
    names = settings.activation
    named = (names,) * len(settings.hidden) if isinstance(names, str) else names
    rows = (drawn_activation(settings.curve) if name == "drawn" else ACTIVATIONS[name] for name in named)
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
    return drawn(settings)[0]


def loss_name(settings: Settings) -> str:
    """The row of LOSSES to train with: of two classes one logit tells, the other's being 0.

    Their softmax is the sigmoid, and their cross-entropy the binary one.
    """
    two = settings.loss == "cross_entropy" and DATASETS[settings.dataset].outputs == 1
    return "bce" if two else settings.loss


@lru_cache(maxsize=8)
def problem(settings: Settings) -> Problem:
    """What one twin trains on, and how."""
    data = points(settings)
    return Problem(
        network=network(settings),
        x=read_only(features(settings.features, data.x)),
        y=data.y,
        loss=LOSSES[loss_name(settings)],
        optimizer=OPTIMIZERS[settings.optimizer],
        learning_rate=settings.learning_rate,
        decay=settings.decay,
        constants=Constants(*(getattr(settings, key) for key in Constants._fields)),
        l1=settings.l1,
        l2=settings.l2,
        batch_size=settings.batch_size,
        seed=settings.seed if isinstance(settings.seed, int) else 0,
        batches=BATCHES["shuffled" if isinstance(settings.seed, int) else "playground"],
        frozen=frozen(settings),
    )


def frozen(settings: Settings) -> Mask | None:
    """What training leaves as it is, over the flat parameters: what is frozen, and biases that are off."""
    if settings.bias and not settings.frozen:
        return None
    shape = sizes(settings)
    off = () if settings.bias else (f"b[{layer}][{i}]" for layer, n in enumerate(shape[1:]) for i in range(n))
    return mask((*settings.frozen, *off), shape)


@lru_cache(maxsize=4)
def _trainer(twins: tuple[Settings, ...], thread: int) -> Trainer:
    """Each thread has its own: a trainer works in its buffers."""
    return Trainer([problem(settings) for settings in twins])


def start(experiment: Experiment) -> Frame:
    """The frame at step 0, its losses included."""
    return standing(experiment, tuple(TrainState(start_params(settings)) for settings in experiment.twins))


def standing(experiment: Experiment, states: tuple[TrainState, ...]) -> Frame:
    """The frame of these states, nothing trained; with their losses, where an epoch ends.

    What was set by hand at their step is set. The losses are to the last bit those of a run that passes here.
    """
    arrived, states = states, edited(experiment, states)
    step, every = states[0].step, epoch_steps(experiment)
    rows = np.empty((0, len(states)))
    if step % every == 0:
        rows = _trainer(experiment.twins_at(step), get_ident()).losses(states)
    losses = Losses(-(-step // every) * every, every, read_only(rows))
    return Frame(experiment, states, losses, () if states is arrived else arrived)


def edited(experiment: Experiment, states: tuple[TrainState, ...]) -> tuple[TrainState, ...]:
    """The states with the weights and biases that were set by hand at their step; twice does no harm."""
    edits, step = experiment.edits, states[0].step
    for edit in edits[bisect_left(edits, step, key=_step_of) : bisect_right(edits, step, key=_step_of)]:
        at = parameter(edit.key)
        if at is not None:
            states = tuple(
                with_numbers(state, {at: edit.value}) if edit.twin in (None, twin) else state
                for twin, state in enumerate(states)
            )
    return states


def _step_of(edit: LiveEdit) -> int:
    return edit.step


def _next_edit(experiment: Experiment, step: int) -> int:
    """The step of the first edit after this one."""
    later = bisect_right(experiment.edits, step, key=_step_of)
    return experiment.edits[later].step if later < len(experiment.edits) else FOREVER


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
        goal = min(end, _next_edit(experiment, step))
        trainer = _trainer(experiment.twins_at(step), get_ident())
        if seconds is not None and not chunks:
            deadline = perf_counter() + seconds
        left = seconds if seconds is None or not chunks else deadline - perf_counter()
        now = edited(experiment, states)
        states, losses = trainer.advance(now, None if goal == FOREVER else goal, left)
        chunks.append(losses)
        if states[0].step < goal:
            break  # the time is spent, or no twin goes on
    if edited(experiment, states) is states:
        return Frame(experiment, states, _joined(chunks))
    here = standing(experiment, states)
    return here._replace(losses=_joined([*chunks, here.losses]))


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
    """The network's inputs (n, features) for points (n, coordinates): (n, 2) but of a larger table."""
    return features(settings.features, at)


def input_labels(settings: Settings) -> tuple[str, ...]:
    """The inputs' names as the screen shows them: x₁, x₂; of a table its columns'."""
    return tuple(input_label(settings, name) for name in settings.features)


def input_label(settings: Settings, name: str) -> str:
    """One input's name: a table's first two columns stand where x₁ and x₂ would."""
    label, table = INPUTS[name].label, settings.csv
    if not is_table(settings) or table is None:
        return label
    if name in PLAIN:
        return table.inputs[PLAIN.index(name)]
    label = re.sub("x([₁₂])", lambda found: f" {table.inputs['₁₂'.index(found[1])]} ", label)
    return " ".join(label.split()).replace(" ²", "²")
