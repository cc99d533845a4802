"""What is trained and how far it has come: a problem, a training state, and losses on the way."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from netviz.core.activation import Array
from netviz.core.batches import BATCHES, Batches, Indices, batch_at, steps_per_epoch
from netviz.core.losses import LOSSES, Loss
from netviz.core.network import Network, Params, forward, layer_views, read_only
from netviz.core.optimizers import OPTIMIZERS, USUAL, Constants, Memory, Optimizer


class Problem(NamedTuple):
    """One network, what it shall learn, and how."""

    network: Network
    x: Array  # (n, inputs)
    y: Array  # (n, outputs)
    loss: Loss = LOSSES["mse"]
    optimizer: Optimizer = OPTIMIZERS["sgd"]
    learning_rate: float = 0.1
    decay: float = 0.0  # how the rate falls from epoch to epoch; 0: it stays
    constants: Constants = USUAL  # the optimizer's
    l1: float = 0.0
    l2: float = 0.0
    batch_size: int = 0  # 0: all points at once
    seed: int = 0  # of the batches' order
    batches: Batches = BATCHES["shuffled"]
    frozen: npt.NDArray[np.bool_] | None = None  # over Params.flat: what training leaves as it is

    @property
    def steps_per_epoch(self) -> int:
        """Parameter updates in one pass over the points."""
        return steps_per_epoch(len(self.x), self.batch_size, self.batches)

    def batch_at(self, step: int) -> Indices:
        """The points (indices) that the update from `step` to `step + 1` learns from."""
        return batch_at(len(self.x), self.batch_size, self.seed, step, self.batches)

    def rate_at(self, step: int) -> float:
        """The learning rate of the update from `step` to `step + 1`: the same throughout an epoch."""
        return self.learning_rate * self.fade(step // self.steps_per_epoch)

    def fade(self, epoch: int) -> float:
        """What decay leaves of the learning rate in an epoch: 1 / (1 + decay epoch)."""
        return 1 / (1 + self.decay * epoch)


class TrainState(NamedTuple):
    """A network's parameters, its optimizer's memory and its step.

    `memory` holds the optimizer's arrays and, with L1, which weights still live (1 or 0); empty means that
    there is nothing to remember yet. A `stopped` twin left the range of numbers: it keeps the parameters of
    its last finite step while `step` goes on with the others.
    """

    params: Params
    memory: Memory = ()
    step: int = 0
    stopped: bool = False
    memory_of: str = ""  # the optimizer that remembers; another one starts anew


class Losses(NamedTuple):
    """Training losses: rows[j] (one a twin) is the loss at step first + j * every; NaN once stopped."""

    first: int
    every: int
    rows: Array  # (k, twins), read-only


def with_numbers(state: TrainState, numbers: Mapping[tuple[int, int, int], float]) -> TrainState:
    """The state with weights and biases set, each at (layer, to, from), where from -1 is the bias.

    The optimizer's memory stays, but a weight that L1 had carried to zero lives again. A stopped twin stays.
    """
    if state.stopped:
        return state
    sizes, flat = state.params.sizes, state.params.flat.copy()
    lives = np.zeros_like(flat)
    layers, touched = layer_views(sizes, flat), layer_views(sizes, lives)
    for (layer, to, source), value in numbers.items():
        layers[layer][to, source] = value
        touched[layer][to, source] = 1.0
    *memory, last = state.memory or (None,)
    known = len(OPTIMIZERS[state.memory_of].init(flat)) if state.memory_of else 0
    if last is not None and len(state.memory) > known:
        last = read_only(np.maximum(last, lives))
    params = Params(sizes, read_only(flat))
    return state._replace(params=params, memory=() if last is None else (*memory, last))


def loss_of(problem: Problem, params: Params) -> float:
    """The training loss, without penalty, by a fresh forward pass over all points."""
    with np.errstate(all="ignore"):
        return float(problem.loss.value(forward(problem.network, params, problem.x), problem.y))
