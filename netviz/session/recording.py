"""What is kept of a run: the losses of every step, and states often enough to replay any step at once."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from netviz.core.network import Array, read_only
from netviz.core.problems import Losses, TrainState

GROUP = 16  # rows of one level of the pyramid that make one row of the next
KEPT = 512  # states kept at most


class _Tape:
    """A growing array whose filled part never changes, so that histories can share it."""

    def __init__(self, width: int) -> None:
        self.filled = 0
        self.array = np.empty((256, width))

    def write(self, rows: Array) -> None:
        """Append rows."""
        end = self.filled + len(rows)
        if end > len(self.array):
            grown = np.empty((max(end, 2 * len(self.array)), self.array.shape[1]))
            grown[: self.filled] = self.array[: self.filled]
            self.array = grown
        self.array[self.filled : end] = rows
        self.filled = end


class Envelope(NamedTuple):
    """The lowest and highest loss of each group of rows."""

    rows: npt.NDArray[np.intp]  # (k,) the row each group starts at
    low: Array  # (k, twins)
    high: Array  # (k, twins)


@dataclass(frozen=True, eq=False)
class History:
    """The twins' losses, a row every `every` steps from step 0 on; an immutable value over shared tapes.

    Level 0 of the pyramid holds the losses; each higher one the (low | high) of GROUP rows of the one below.
    """

    twins: int
    every: int = 1
    count: int = 0
    tapes: tuple[_Tape, ...] = field(default=(), repr=False)

    @property
    def rows(self) -> Array:
        """All losses (count, twins), NaN where a twin has stopped."""
        return read_only((self.tapes[0].array if self.tapes else np.empty((0, self.twins)))[: self.count])

    @property
    def last_step(self) -> int:
        """The last step that has a row."""
        return max(0, self.count - 1) * self.every

    def until(self, step: int) -> "History":
        """The rows of the steps before `step`."""
        return replace(self, count=min(self.count, -(-step // self.every)))

    def covers(self, step: int) -> bool:
        """Whether the last epoch that ended by `step` has its row."""
        return step // self.every < self.count

    def reaches(self, step: int) -> bool:
        """Whether a row at `step` would leave no gap."""
        return step <= self.count * self.every

    def extended(self, losses: Losses) -> "History":
        """This history and what `losses` adds; rows it already has stay as they are."""
        if losses.every != self.every or not self.reaches(losses.first):
            return self
        rows = losses.rows[self.count - losses.first // self.every :]
        if not len(rows):
            return self
        tapes = self._tip()
        tapes[0].write(rows)
        for below, above in pairwise(tapes):
            _summarize(below, above, self.twins)
        while tapes[-1].filled >= GROUP * GROUP:
            tapes.append(_Tape(2 * self.twins))
            _summarize(tapes[-2], tapes[-1], self.twins)
        return replace(self, count=self.count + len(rows), tapes=tuple(tapes))

    def _tip(self) -> list[_Tape]:
        """Tapes that end where this history ends: shared where nobody has written on, copied otherwise."""
        if self.tapes and self.tapes[0].filled == self.count:
            return list(self.tapes)
        copies, length = [], self.count
        for level in range(max(1, len(self.tapes))):
            copy = _Tape(self.twins if level == 0 else 2 * self.twins)
            if self.tapes:
                copy.write(self.tapes[level].array[:length])
            copies.append(copy)
            length //= GROUP
        return copies

    def envelope(self, first: int, last: int, columns: int) -> Envelope:
        """Low and high of the rows first to last - 1: what a curve `columns` wide can show.

        Groups hold 1, 16, 256, ... rows, as many as leave at least `columns` groups, and at most 256 or
        16 * (columns + 2) of them; the first may begin before `first`.
        """
        last = min(last, self.count)
        level, size = 0, 1
        while level + 1 < len(self.tapes) and (last - first) > columns * size * GROUP:
            level, size = level + 1, size * GROUP
        start, stop = first // size, last // size
        array = self.tapes[level].array[start:stop] if self.tapes else np.empty((0, self.twins))
        low, high = (array, array) if level == 0 else (array[:, : self.twins], array[:, self.twins :])
        tail = self.rows[max(first, stop * size) : last] if level else self.rows[:0]
        if len(tail):
            low, high = np.vstack([low, np.fmin.reduce(tail)]), np.vstack([high, np.fmax.reduce(tail)])
        return Envelope(np.arange(start, start + len(low)) * size, read_only(low[:]), read_only(high[:]))

    def first_below(self, twin: int, value: float) -> int | None:
        """The first step whose loss is below `value`, found from the highest level down."""
        start, end = 0, self.count
        for level in reversed(range(len(self.tapes))):
            size = GROUP**level
            below = np.flatnonzero(self.tapes[level].array[start // size : end // size, twin] < value)
            if len(below):
                start += int(below[0]) * size
                end = start + size
            else:
                start = end // size * size
        return start * self.every if start < end else None

    def stopped_at(self, twin: int) -> int | None:
        """The first step after the start without a loss: a twin that has stopped has none from there on."""
        rows = self.rows[:, twin]
        first = bisect_left(range(self.count), True, lo=1, key=lambda row: bool(np.isnan(rows[row])))
        return first * self.every if first < self.count else None


def _summarize(below: _Tape, above: _Tape, twins: int) -> None:
    groups = below.filled // GROUP - above.filled
    if groups <= 0:
        return
    part = below.array[above.filled * GROUP : (above.filled + groups) * GROUP]
    blocks = part.reshape(groups, GROUP, -1)
    low, high = blocks[..., :twins], blocks[..., -twins:]
    above.write(np.hstack([np.fmin.reduce(low, axis=1), np.fmax.reduce(high, axis=1)]))


class Recording:
    """States kept for replay: at most KEPT, spread over the whole run; any other step is trained again."""

    def __init__(self) -> None:
        self._states: dict[int, tuple[TrainState, ...]] = {}
        self._steps: list[int] = []

    def keep(self, states: tuple[TrainState, ...]) -> None:
        """Keep these states; when there are too many, the one whose going leaves the smallest gap goes."""
        step, steps = states[0].step, self._steps
        if step in self._states:
            return
        at = bisect_right(steps, step)
        self._states[step] = states
        steps.insert(at, step)
        if len(steps) > KEPT:
            others = (i for i in range(1, KEPT) if i != at)  # the newest may be a replay on its way: it stays
            gone = min(others, key=lambda i: steps[i + 1] - steps[i - 1])
            del self._states[steps.pop(gone)]

    def cut(self, step: int) -> None:
        """Forget everything after `step`."""
        self._steps = self._steps[: bisect_right(self._steps, step)]
        self._states = {kept: self._states[kept] for kept in self._steps}

    def nearest(self, step: int) -> tuple[TrainState, ...] | None:
        """The last states kept at or before `step`."""
        at = bisect_right(self._steps, step)
        return self._states[self._steps[at - 1]] if at else None
