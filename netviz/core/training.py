"""Training: twins in lock step, to a step or for a time, the same numbers however the way is cut."""

from collections.abc import Sequence
from time import perf_counter

import numpy as np

from netviz.core.activation import Array
from netviz.core.blocks import Block
from netviz.core.network import Params, read_only
from netviz.core.problems import Losses, Problem, TrainState, loss_of

__all__ = ["Losses", "Problem", "TrainState", "Trainer", "loss_of"]

SLICE = 0.001  # seconds between looks at the clock
NEVER = 2**62

Twins = tuple[int, ...]


class Trainer:
    """Trains the twins of an experiment; it keeps buffers only, so dropping it changes no number."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self._problems = tuple(problems)
        self._kinds = [
            next(k for k, other in enumerate(problems) if _alike(other, each)) for each in problems
        ]
        self._every = max(problem.steps_per_epoch for problem in problems)
        self._blocks: dict[Twins, Block] = {}
        self._pace = 16  # steps a slice

    def start(self, params: Sequence[Params]) -> tuple[TrainState, ...]:
        """The twins' states at step 0."""
        return tuple(TrainState(each) for each in params)

    def advance(
        self, states: Sequence[TrainState], until: int | None = None, seconds: float | None = None
    ) -> tuple[tuple[TrainState, ...], Losses]:
        """Train from the states' step until step `until`, until `seconds` are spent, or whichever is first.

        Returns the new states and the losses on the way, both ends included. A twin whose loss or parameters
        leave the range of numbers stops; the others go on as if it were not there. Where all have stopped,
        the step jumps to `until`, or stands still.
        Raises ValueError if a network cannot be trained, or if neither limit is given.
        """
        if until is None and seconds is None:
            raise ValueError("training needs a step to stop at or a time to stop after")
        deadline = perf_counter() + (float("inf") if seconds is None else seconds)
        step, goal = states[0].step, NEVER if until is None else until
        if goal > step:
            self._refuse_untrainable()
        with np.errstate(all="ignore"):
            now, rows = list(states), [self._losses_at(states)]
            # Where there is any time, one slice is taken: of many points the losses alone may have spent it.
            first = step if seconds is None or seconds > 0 else -1
            while (
                step < goal
                and (step == first or perf_counter() < deadline)
                and not all(state.stopped for state in now)
            ):
                began = perf_counter()
                count = min(goal - step, self._most(), NEVER if seconds is None else self._pace)
                now, more = self._train(tuple(range(len(now))), now, step, count)
                rows.append(more)
                step += count
                self._pace = max(1, int(count * SLICE / (perf_counter() - began)))
            if until is not None and step < until and all(state.stopped for state in now):
                now, more = self._train(tuple(range(len(now))), now, step, until - step)
                rows.append(more)
        first = -(-states[0].step // self._every) * self._every
        return tuple(now), Losses(first, self._every, read_only(np.concatenate(rows)))

    def losses(self, states: Sequence[TrainState]) -> Array:
        """The losses (1, twins) at states where an epoch ends, as training tells them; NaN once stopped."""
        with np.errstate(all="ignore"):
            return self._losses_at(states)

    def _refuse_untrainable(self) -> None:
        for activation in (row for problem in self._problems for row in problem.network.activations):
            if not activation.trainable:
                raise ValueError(
                    f"A network with {activation.label} cannot be trained: its slope is 0 everywhere."
                )

    def _block(self, twins: Twins) -> Block:
        if twins not in self._blocks:
            self._blocks[twins] = Block([self._problems[twin] for twin in twins], self._every)
        return self._blocks[twins]

    def _most(self) -> int:
        return min(block.most for block in self._blocks.values())

    def _groups(self, twins: Twins, states: Sequence[TrainState]) -> list[Twins]:
        """The twins that are still training, those of one block together."""
        groups: dict[tuple[float, ...], list[int]] = {}
        for twin, state in zip(twins, states, strict=True):
            if not state.stopped:
                ages = (float(array) for array in state.memory if array.ndim == 0)  # Adam counts its steps
                groups.setdefault((self._kinds[twin], *ages), []).append(twin)
        return [tuple(group) for group in groups.values()]

    def _losses_at(self, states: Sequence[TrainState]) -> Array:
        """The losses (1, twins) at these states; (0, twins) where their step shows none."""
        if states[0].step % self._every:
            for group in self._groups(tuple(range(len(states))), states):
                self._block(group)
            return np.empty((0, len(states)))
        rows = np.full((1, len(states)), np.nan)
        for group in self._groups(tuple(range(len(states))), states):
            losses = self._block(group).losses([states[twin] for twin in group])
            if not np.isfinite(losses).all():  # one twin's infinity is another's 0 * inf
                losses = np.array([self._block((twin,)).losses([states[twin]])[0] for twin in group])
            rows[0, group] = np.where(np.isfinite(losses), losses, np.nan)
        return rows

    def _train(
        self, twins: Twins, states: Sequence[TrainState], start: int, count: int
    ) -> tuple[list[TrainState], Array]:
        """Take `count` steps with these twins: their states, and their losses at the multiples of `every`."""
        stop = start + count
        rows = np.full((stop // self._every - start // self._every, len(twins)), np.nan)
        after = {twin: state._replace(step=stop) for twin, state in zip(twins, states, strict=True)}
        before = dict(zip(twins, states, strict=True))
        for group in self._groups(twins, states):
            trained, losses = self._train_group(group, [before[twin] for twin in group], start, count)
            after.update(zip(group, trained, strict=True))
            rows[:, [twins.index(twin) for twin in group]] = losses
        return [after[twin] for twin in twins], rows

    def _train_group(
        self, group: Twins, states: list[TrainState], start: int, count: int
    ) -> tuple[list[TrainState], Array]:
        """Take `count` steps with one block; where numbers leave their range, find the step and the twin."""
        block = self._block(group)
        trained, losses = block.run(states, start, count)
        if block.finite and (block.empty or np.isfinite(losses).all()):
            return trained, losses
        if count > 1:
            middle, early = self._train(group, states, start, count // 2)
            end, late = self._train(group, middle, start + count // 2, count - count // 2)
            return end, np.concatenate([early, late])
        if len(group) == 1:
            return [states[0]._replace(step=start + 1, stopped=True)], np.full_like(losses, np.nan)
        alone = [self._train((twin,), [state], start, 1) for twin, state in zip(group, states, strict=True)]
        outcome = [state for (state,), _ in alone]
        if not any(
            state.stopped for state in outcome
        ):  # their products overflowed, which are no one's weights
            return outcome, np.hstack([row for _, row in alone])
        known = [state._replace(stopped=end.stopped) for state, end in zip(states, outcome, strict=True)]
        return self._train(group, known, start, 1)


def _alike(a: Problem, b: Problem) -> bool:
    """Whether two problems differ in activations and frozen weights alone, so that one block trains both."""
    shared = b._replace(network=a.network, x=a.x, y=a.y, frozen=a.frozen)
    return (
        a.network.sizes == b.network.sizes
        and all(mine is its or mine == its for mine, its in zip(a, shared, strict=True))
        and np.array_equal(a.x, b.x)
        and np.array_equal(a.y, b.y)
    )
