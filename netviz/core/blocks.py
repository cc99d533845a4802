"""Twins of one shape, trained together as one block-diagonal network in place."""

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

import numpy as np

from netviz.core.activations import ZERO, Array, Call
from netviz.core.batches import BATCHES
from netviz.core.passes import Layout, Pass
from netviz.core.network import Params
from netviz.core.optimizers import Memory
from netviz.core.problems import Problem, TrainState

HISTORY = 32_768  # numbers: the outputs kept until their losses are taken, small enough for the cache
MOST_STEPS = 128


class Block:
    """Problems that differ in activations and frozen weights alone, and share everything else.

    It keeps buffers only: `run` is a function of the states it is given.
    """

    def __init__(self, problems: Sequence[Problem], every: int) -> None:
        self._problems, self._first, self._every = problems, problems[0], every
        self._layout = Layout([problem.network for problem in problems])
        self._weights, self._gradient = np.zeros(self._layout.count), np.zeros(self._layout.count)
        self._memory = self._first.optimizer.init(self._weights)
        self._alive = np.ones(self._layout.count)
        n = len(self._first.x)
        self._points = np.vstack([self._first.x.T, np.ones(n)])
        self._targets = np.tile(self._first.y.T, (len(problems), 1))
        self._full = self._pass(n)
        self._enter = self._full.enter(self._points)
        outputs = self._full.outputs
        self.slots = max(1, min(MOST_STEPS, HISTORY // outputs.size))
        self._history = np.empty((self.slots + 1, *outputs.shape))
        self._keep = [partial(np.positive, outputs, slot) for slot in self._history]
        self._epoch = -1
        self._cut()

    @property
    def most(self) -> int:
        """The steps that one `run` may take."""
        return self.slots * (1 if self._whole else self._every)

    def run(self, states: Sequence[TrainState], start: int, count: int) -> tuple[list[TrainState], Array]:
        """Train from step `start` for `count` steps (at most `most`).

        Returns the states after it, and the losses (rows, twins) at the multiples of `every` after start.
        Numbers may be non-finite; the caller looks.
        """
        self._load(states)
        stop = start + count
        if self._whole:
            for tape in self._tapes[:count]:
                for call in tape:
                    call()
            self._look(count)
            kept = np.arange(start + 1, stop + 1) % self._every == 0
            return self._states(stop), self._losses(slice(1, count + 1))[kept]
        slot, step = 0, start
        while step < stop:
            epoch, position = divmod(step, len(self._tapes))
            self._shuffle(epoch)
            end = min(stop, step - position + len(self._tapes), step - step % self._every + self._every)
            for tape in self._tapes[position : position + end - step]:
                for call in tape:
                    call()
            step = end
            if step % self._every == 0:
                self._look(slot)
                slot += 1
        return self._states(stop), self._losses(slice(0, slot))

    def losses(self, states: Sequence[TrainState]) -> Array:
        """The losses (twins,) at these states."""
        self._load(states)
        self._look(0)
        return self._losses(slice(0, 1))[0]

    @property
    def finite(self) -> bool:
        """Whether all numbers after the last `run` are in range."""
        return all(np.isfinite(array).all() for array in (self._weights, *self._memory))

    def _pass(self, points: int) -> Pass:
        return Pass(self._layout, self._weights, self._gradient, points)

    def _look(self, slot: int) -> None:
        """A forward pass over all points, its outputs kept in a slot."""
        self._enter()
        for call in self._full.forward:
            call()
        self._keep[slot]()

    def _losses(self, slots: slice) -> Array:
        """The losses (rows, twins) of the outputs kept in these slots."""
        return self._first.loss.value(self._history[slots].swapaxes(-1, -2), self._first.y)

    def _load(self, states: Sequence[TrainState]) -> None:
        optimizer = self._first.optimizer
        for array in (self._weights, *self._memory):
            array.fill(0.0)
        self._alive.fill(1.0)
        for state, problem, places in zip(states, self._problems, self._layout.places, strict=True):
            self._weights[places] = state.params.flat
            if state.memory_of != optimizer.name:
                continue
            moves = 1.0 if problem.frozen is None else ~problem.frozen
            for array, kept in zip(self._memory, state.memory, strict=False):
                array[places if array.ndim else ()] = kept * moves if array.ndim else kept
            if self._first.l1 and len(state.memory) > len(self._memory):
                self._alive[places] = state.memory[-1]

    def _states(self, step: int) -> list[TrainState]:
        return [
            TrainState(Params(self._layout.sizes, read_only(self._weights[places])), self._kept(places), step, False, self._first.optimizer.name)
            for places in self._layout.places
        ]

    def _kept(self, places) -> Memory:
        arrays = (*self._memory, self._alive) if self._first.l1 else self._memory
        return tuple(read_only(array[places] if array.ndim else array.copy()) for array in arrays)

    # -- preparing the calls of every batch ----------------------------------------------------------------

    def _cut(self) -> None:
        """Lay out the epoch's batches one after another, and a tape of calls for each."""
        n, size, seed = len(self._first.x), self._first.batch_size, self._first.seed
        source = np.vstack([self._points, self._targets])
        sizes = BATCHES["shuffled"].sizes(n, size, 0)
        self._whole = len(sizes) == 1
        self._source, self._blocks = source.ravel(), np.empty(source.size)
        ends = np.cumsum([0, *sizes])
        rows = np.arange(len(source))[:, None]
        self._row = np.concatenate([np.broadcast_to(rows * n, (len(rows), b - a)).ravel() for a, b in pairwise(ends)])
        self._position = np.concatenate([np.broadcast_to(np.arange(a, b), (len(rows), b - a)).ravel() for a, b in pairwise(ends)])
        passes = {n: self._full}
        updates = {}
        self._tapes = []
        inputs = len(self._points)
        for a, b in pairwise(ends):
            m = b - a
            if m not in passes:
                passes[m] = self._pass(m)
            if m not in updates:
                updates[m] = self._update_calls(m)
            block = self._blocks[a * len(rows) : b * len(rows)].reshape(len(rows), m)
            self._tapes.append(self._tape(passes[m], block[:inputs], block[inputs:], updates[m]))
        if self._whole:
            self._blocks[:] = self._source
            once = self._tapes[0]
            at = 1 + len(self._full.forward)
            self._tapes = [[*once[:at], keep, *once[at:]] for keep in self._keep[:-1]]

    def _tape(self, step: Pass, x: Array, y: Array, update: list[Call]) -> list[Call]:
        """All calls of one training step, in order."""
        residual = self._first.loss.calls(step.outputs, y.reshape(step.outputs.shape), step.residual)
        return [step.enter(x), *step.forward, *residual, *step.backward, step.leave(x), *update]

    def _update_calls(self, m: int) -> list[Call]:
        problem, w, g = self._first, self._weights, self._gradient
        moves = np.zeros(self._layout.count)
        penalised = np.zeros(self._layout.count)
        for twin, places in zip(self._problems, self._layout.places, strict=True):
            moves[places] = 1.0 if twin.frozen is None else ~twin.frozen
            penalised[places] = moves[places]
        for layer in self._layout.layers(penalised):
            layer[:, -1] = 0.0
        scale = problem.loss.weight(m, self._layout.sizes[-1]) * (moves if not moves.all() else np.array(1.0))
        rate = np.array(problem.learning_rate)
        calls = problem.optimizer.calls(g, np.asarray(scale), self._memory, rate, np.array(problem.momentum))
        if not problem.l1 and not problem.l2:
            return [*calls, partial(np.subtract, w, g, w)]
        pull, more = np.empty_like(w), np.empty_like(w)
        if not problem.l1:
            return [
                partial(np.multiply, w, rate * problem.l2 * penalised, pull),
                *calls,
                partial(np.subtract, w, g, w),
                partial(np.subtract, w, pull, w),
            ]
        killed = np.empty(w.shape, dtype=np.bool_)
        return [
            partial(np.sign, w, pull),
            partial(np.multiply, pull, rate * problem.l1 * penalised, pull),
            partial(np.multiply, w, rate * problem.l2 * penalised, more),
            partial(np.add, pull, more, pull),
            *calls,
            partial(np.subtract, w, g, w),
            partial(np.subtract, w, pull, pull),
            partial(np.multiply, w, pull, more),
            partial(np.less, more, ZERO, killed),
            partial(np.copyto, self._alive, ZERO, where=killed),
            partial(np.multiply, pull, self._alive, w),
        ]

    def _shuffle(self, epoch: int) -> None:
        if epoch == self._epoch:
            return
        order = BATCHES["shuffled"].order(len(self._first.x), self._first.batch_size, self._first.seed, epoch)
        np.take(self._source, order[self._position] + self._row, out=self._blocks, mode="clip")
        self._epoch = epoch


def read_only(array: Array) -> Array:
    """The array itself, from now on read-only."""
    array.flags.writeable = False
    return array
