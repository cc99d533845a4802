"""Twins of one shape, trained together in place as one block-diagonal network."""

from collections.abc import Sequence
from functools import partial
from itertools import groupby
from typing import NamedTuple

import numpy as np

from netviz.core.activation import Array, Call
from netviz.core.batches import Indices
from netviz.core.network import Params, read_only
from netviz.core.passes import Layout, Pass
from netviz.core.problems import Problem, TrainState
from netviz.core.updates import Buffers, update_calls

HISTORY = 32_768  # numbers: outputs kept until their losses are taken, few enough for the cache
MOST_STEPS = 128


class Plan(NamedTuple):
    """How an epoch is walked through: room for its points, and the calls of each of its steps."""

    blocks: list[Array]  # batches of one size together: (batches, columns of the source, points)
    tapes: list[list[Call]]


class Block:
    """Problems that differ in activations and frozen weights alone, and share everything else.

    It keeps buffers only: `run` and `losses` are functions of the states they are given.
    """

    def __init__(self, problems: Sequence[Problem], every: int) -> None:
        self._problems, self._first, self._every = problems, problems[0], every
        self._layout = Layout([problem.network for problem in problems])
        self._weights, self._gradient, self._alive = (np.ones(self._layout.count) for _ in range(3))
        self._memory = self._first.optimizer.init(self._weights)
        self._fade = np.ones(())  # what decay leaves of the learning rate in the epoch at hand
        inputs, targets = self._first.x.T, self._first.y.T
        ones = np.ones((1, inputs.shape[1]))
        self._source = np.ascontiguousarray(np.vstack([inputs, ones, *[targets] * len(problems)]).T)
        self._width = len(inputs) + 1  # columns of the source that enter the network, its ones included
        self._epoch = -1  # whose order the blocks are in
        self._prepare_history()
        self._prepare_masks()
        self._prepare_batches()

    def run(self, states: Sequence[TrainState], start: int, count: int) -> tuple[list[TrainState], Array]:
        """Train from step `start` for `count` steps (at most `most`).

        Returns the states after it, and the losses (rows, twins) at the multiples of `every` after `start`.
        Numbers may be out of range: see `finite`.
        """
        self._load(states)
        stop = start + count
        slots = self._run_whole(start, stop) if self._whole else self._run_batches(start, stop)
        return [self._state(places, stop) for places in self._layout.places], self._losses(slots)

    def losses(self, states: Sequence[TrainState]) -> Array:
        """The losses (twins,) at these states."""
        self._load(states)
        self._look(0)
        return np.asarray(self._losses([0])[0])

    @property
    def finite(self) -> bool:
        """Whether all numbers after the last `run` are in range."""
        return all(np.isfinite(array).all() for array in (self._weights, *self._memory))

    @property
    def empty(self) -> bool:
        """Whether there are no points, and so no losses."""
        return not len(self._source)

    # -- running --------------------------------------------------------------------------------------------

    def _run_whole(self, start: int, stop: int) -> list[int]:
        """Full batch: every step leaves its outputs in a slot; those at multiples of `every` count."""
        if self._first.decay:
            self._fades[: stop - start] = [self._first.fade(epoch) for epoch in range(start, stop)]
        for tape in self._slots[: stop - start]:
            for call in tape:
                call()
        self._look(stop - start)
        return [step - start for step in range(start + 1, stop + 1) if step % self._every == 0]

    def _run_batches(self, start: int, stop: int) -> list[int]:
        """Mini-batches, epoch by epoch, with a look at all points at each multiple of `every`."""
        step, looks, length = start, 0, len(self._plan(0).tapes)
        while step < stop:
            epoch, position = divmod(step, length)
            plan = self._laid_out(epoch)
            end = min(stop, (epoch + 1) * length, (step // self._every + 1) * self._every)
            for tape in plan.tapes[position : position + end - step]:
                for call in tape:
                    call()
            step = end
            if step % self._every == 0:
                self._look(looks)
                looks += 1
        return list(range(looks))

    def _look(self, slot: int) -> None:
        """A forward pass over all points, its outputs kept in a slot."""
        self._enter()
        for call in self._full.forward:
            call()
        self._keep[slot]()

    def _losses(self, slots: list[int]) -> Array:
        """The losses (slots, twins) of the outputs kept there."""
        return self._first.loss.value(self._history[slots].swapaxes(-1, -2), self._first.y)

    def _laid_out(self, epoch: int) -> Plan:
        """The epoch's plan, its points laid out batch by batch, its learning rate set."""
        plan, first = self._plan(epoch), self._first
        if epoch != self._epoch:
            order = first.batches.order(len(self._source), first.batch_size, first.seed, epoch)
            shuffled, start = self._source.take(order, axis=0), 0
            for blocks in plan.blocks:
                count, width, size = blocks.shape
                rows = shuffled[start : start + count * size].reshape(count, size, width)
                np.copyto(blocks, rows.swapaxes(1, 2))
                start += count * size
            self._fade.fill(first.fade(epoch))
            self._epoch = epoch
        return plan

    # -- states in and out ----------------------------------------------------------------------------------

    def _load(self, states: Sequence[TrainState]) -> None:
        for array in (self._weights, *self._memory):
            array.fill(0.0)
        self._alive.fill(1.0)
        for state, problem, places in zip(states, self._problems, self._layout.places, strict=True):
            self._weights[places] = state.params.flat
            if state.memory_of == problem.optimizer.name:
                for array, kept in zip(self._memory, state.memory, strict=False):
                    array[places if array.ndim else ...] = kept
                if len(state.memory) > len(self._memory):
                    self._alive[places] = state.memory[-1]
        for array in self._memory:
            if array.ndim:
                np.multiply(array, self._moves, array)  # what is frozen has no momentum either

    def _state(self, places: Indices, step: int) -> TrainState:
        arrays = (*self._memory, self._alive) if self._first.l1 else self._memory
        memory = tuple(read_only(array[places] if array.ndim else array.copy()) for array in arrays)
        params = Params(self._layout.sizes, read_only(self._weights[places]))
        return TrainState(params, memory, step, memory_of=self._first.optimizer.name)

    # -- preparing ------------------------------------------------------------------------------------------

    def _prepare_history(self) -> None:
        self._full = self._pass(len(self._source))
        self._enter = self._full.enter(np.ascontiguousarray(self._source[:, : self._width].T))
        outputs = self._full.outputs
        slots = max(1, min(MOST_STEPS, HISTORY // max(1, outputs.size)))
        self._history = np.empty((slots + 1, *outputs.shape))
        self._keep: list[Call] = [partial(np.positive, outputs, slot) for slot in self._history]

    def _prepare_batches(self) -> None:
        """For full batch, a tape for each slot of the history; else a plan when an epoch asks for it."""
        self._plans: dict[tuple[int, ...], Plan] = {}
        self._whole = all(self._sizes(epoch) == (len(self._source),) for epoch in (0, 1)) and not self.empty
        self.most = (len(self._history) - 1) * (1 if self._whole else self._every)
        if self._whole:
            after = 1 + len(self._full.forward)
            (once,) = self._laid_out(0).tapes
            self._slots = [[*once[:after], keep, *once[after:]] for keep in self._keep[:-1]]
            self._fades = np.ones(len(self._slots))  # every step is an epoch with a rate of its own
            if self._first.decay:
                for slot, tape in enumerate(self._slots):
                    tape.insert(0, partial(np.copyto, self._fade, self._fades[slot, ...]))

    def _sizes(self, epoch: int) -> tuple[int, ...]:
        return self._first.batches.sizes(len(self._source), self._first.batch_size, epoch)

    def _plan(self, epoch: int) -> Plan:
        """A tape of calls for each batch of an epoch; an empty batch changes nothing."""
        sizes = self._sizes(epoch)
        if sizes not in self._plans:
            plan = self._plans[sizes] = Plan([], [])
            for size, group in groupby(sizes):
                blocks = np.empty((len(list(group)), self._source.shape[1], size))
                plan.blocks.append(blocks)
                step = self._full if self._whole else self._pass(size)
                update = self._update_calls(size) if size else []
                plan.tapes.extend(self._tape(step, block, update) if size else [] for block in blocks)
        return self._plans[sizes]

    def _prepare_masks(self) -> None:
        """Which parameters move (those of a twin, not frozen), and which of these are weights."""
        self._moves = np.zeros(self._layout.count)
        for problem, places in zip(self._problems, self._layout.places, strict=True):
            self._moves[places] = 1.0 if problem.frozen is None else ~problem.frozen
        self._penalised = self._moves.copy()
        for layer in self._layout.layers(self._penalised):
            layer[:, -1] = 0.0

    def _pass(self, points: int) -> Pass:
        return Pass(self._layout, self._weights, self._gradient, points)

    def _update_calls(self, size: int) -> list[Call]:
        scale = self._first.loss.weight(size, self._layout.sizes[-1])
        buffers = Buffers(self._weights, self._gradient, self._memory, self._alive, self._fade)
        return update_calls(self._first, buffers, self._moves, self._penalised, scale)

    def _tape(self, step: Pass, block: Array, update: list[Call]) -> list[Call]:
        """All calls of one training step on a block (columns of the source, points), in order."""
        x, y = block[: self._width], block[self._width :].reshape(step.outputs.shape)
        residual = self._first.loss.calls(step.outputs, y, step.residual)
        return [step.enter(x), *step.forward, *residual, *step.backward, step.leave(x), *update]
