"""What is kept of a run: the losses of every step, and states often enough to replay any step at once."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from netviz.core.network import Array, read_only
from netviz.core.problems import Losses, TrainState

GROUP = 16  # rows of one level of the pyramid that make one row of the next
EXACT = GROUP**5  # rows kept one by one, 1,048,576; of later ones each GROUP's lowest and highest
KEPT = 512  # states kept at most
LEAP = 16  # how many times its size an array takes on when it is full, up to EXACT rows more


class _Tape:
    """A growing array whose filled part never changes, so that histories can share it."""

    def __init__(self, width: int) -> None:
        self.filled = 0
        self.array = np.empty((256, width))

    def write(self, rows: Array) -> None:
        """Append rows."""
        end = self.filled + len(rows)
        if end > len(self.array):
            # By leaps: room that nobody has written on takes no memory, and each array left behind may stay
            # with the allocator for good.
            room = min(LEAP * len(self.array), len(self.array) + EXACT)
            grown = np.empty((max(end, room), self.array.shape[1]))
            grown[: self.filled] = self.array[: self.filled]
            self.array = grown
        self.array[self.filled : end] = rows
        self.filled = end


class Envelope(NamedTuple):
    """The lowest and highest loss of each group of rows."""

    rows: npt.NDArray[np.intp]  # (k,) the row each group starts at
    low: Array  # (k, twins)
    high: Array  # (k, twins)

    def within(self, most: int) -> "Envelope":
        """The same in at most `most` groups: neighbours joined, 2, 4, 8, ... to one."""
        together = 1 << max(0, -(-len(self.rows) // most) - 1).bit_length()
        if together == 1:
            return self
        starts = np.arange(0, len(self.rows), together)
        low, high = np.fmin.reduceat(self.low, starts), np.fmax.reduceat(self.high, starts)
        return Envelope(self.rows[starts], read_only(low), read_only(high))


@dataclass(frozen=True, eq=False)
class History:
    """The twins' losses, a row every `every` steps from step 0 on; an immutable value over shared tapes.

    Level 0 of the pyramid holds the first EXACT rows; each higher level the (low | high) of GROUP rows of the
    one below. So 10 million rows of two twins take 50 MB instead of 270.
    """

    twins: int
    every: int = 1
    count: int = 0
    tapes: tuple[_Tape, ...] = field(default=(), repr=False)
    tail: Array = field(default_factory=lambda: np.empty((0, 0)), repr=False)  # beyond EXACT, of no group yet

    @property
    def rows(self) -> Array:
        """The first EXACT losses (k, twins) at most, NaN where a twin has stopped."""
        tape = self.tapes[0].array if self.tapes else np.empty((0, self.twins))
        return read_only(tape[: min(self.count, EXACT)])

    def at(self, row: int) -> Array:
        """The losses (twins,) of a row; beyond EXACT the lowest of its group."""
        return read_only(self._rows(row, row + 1)[0])

    def since(self, first: int) -> Array:
        """All rows (k, twins) from `first` on; beyond EXACT each has the lowest losses of its group."""
        if self.count <= EXACT:
            return self.rows[first:]
        start, loose = max(first, EXACT), self.count - len(self.tail)
        lows = self.tapes[1].array[start // GROUP : loose // GROUP, : self.twins]
        spread = np.repeat(lows, GROUP, axis=0)[start % GROUP :]
        return read_only(np.vstack([self.rows[first:], spread, self.tail[max(0, start - loose) :]]))

    def _rows(self, start: int, stop: int) -> Array:
        """Rows (k, twins) on one side of EXACT, or one row: the lowest losses of the group they are in."""
        loose = self.count - len(self.tail)
        if start < EXACT:
            return self.rows[start:stop]
        if start >= loose:
            return self.tail[start - loose : stop - loose]
        return self.tapes[1].array[start // GROUP : start // GROUP + 1, : self.twins]

    @property
    def last_step(self) -> int:
        """The last step that has a row."""
        return max(0, self.count - 1) * self.every

    def until(self, step: int) -> "History":
        """The rows of the steps before `step`; of a group that is cut, all have its lowest losses."""
        count = min(self.count, -(-step // self.every))
        loose = range(count - count % GROUP, count) if count > EXACT else ()
        tail = np.array([self.at(row) for row in loose]).reshape(-1, self.twins)
        return replace(self, count=count, tail=read_only(tail))

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
        room = max(0, EXACT - self.count)
        tapes[0].write(rows[:room])
        self._summarize(tapes, 1)
        tail = rows[room:] if room else np.vstack([self.tail, rows])
        grouped = len(tail) - len(tail) % GROUP
        if grouped:
            tapes[1].write(_grouped(tail[:grouped], self.twins))
            self._summarize(tapes, 2)
        count = self.count + len(rows)
        return replace(self, count=count, tapes=tuple(tapes), tail=read_only(tail[grouped:].copy()))

    def _summarize(self, tapes: list[_Tape], level: int) -> None:
        """Bring the pyramid up to date from `level` on; a level begins once it has GROUP rows."""
        while level < len(tapes) or tapes[-1].filled >= GROUP * GROUP:
            if level == len(tapes):
                tapes.append(_Tape(2 * self.twins))
            below, above = tapes[level - 1], tapes[level]
            ready = below.filled // GROUP
            if ready > above.filled:
                above.write(_grouped(below.array[above.filled * GROUP : ready * GROUP], self.twins))
            level += 1

    def _tip(self) -> list[_Tape]:
        """Tapes that end where this history ends: shared where nobody has written on, copied otherwise."""
        levels = range(1, max(1, len(self.tapes)))
        lengths = [min(self.count, EXACT), *(self.count // GROUP**level for level in levels)]
        if lengths == [tape.filled for tape in self.tapes]:
            return list(self.tapes)
        copies = []
        for level, length in enumerate(lengths):
            copy = _Tape(self.twins if level == 0 else 2 * self.twins)
            if self.tapes:
                copy.write(self.tapes[level].array[:length])
            copies.append(copy)
        return copies

    def envelope(self, first: int, last: int, columns: int) -> Envelope:
        """Low and high of the rows first to last - 1: what a curve `columns` wide can show.

        Groups hold 1, 16, 256, ... rows, as many as leave at least `columns` groups, and at most 256 or
        16 * (columns + 2) of them; the first may begin before `first`.
        """
        last = min(last, self.count)
        level, size = (0, 1) if last <= EXACT else (1, GROUP)
        while level + 1 < len(self.tapes) and (last - first) > columns * size * GROUP:
            level, size = level + 1, size * GROUP
        start, stop = first // size, last // size
        array = self.tapes[level].array[start:stop] if self.tapes else np.empty((0, self.twins))
        low, high = (array, array) if level == 0 else (array[:, : self.twins], array[:, self.twins :])
        begin = max(first, stop * size)
        if level and begin < last:
            rest_low, rest_high = self._extremes(begin, last)
            low, high = np.vstack([low, rest_low]), np.vstack([high, rest_high])
        return Envelope(np.arange(start, start + len(low)) * size, read_only(low[:]), read_only(high[:]))

    def _extremes(self, start: int, stop: int) -> tuple[Array, Array]:
        """Low and high (twins,) of the rows between; beyond EXACT of whole groups."""
        low = high = self.rows[start:stop]
        if stop > EXACT:
            loose = self.count - len(self.tail)
            end = min(-(-stop // GROUP), loose // GROUP)
            groups = self.tapes[1].array[max(start, EXACT) // GROUP : end]
            tail = self.tail[max(0, start - loose) : max(0, stop - loose)]
            low = np.vstack([low, groups[:, : self.twins], tail])
            high = np.vstack([high, groups[:, self.twins :], tail])
        return np.fmin.reduce(low), np.fmax.reduce(high)

    def first_below(self, twin: int, value: float) -> int | None:
        """The first step whose loss is below `value`, found from the highest level down.

        Beyond EXACT rows it is the first step of its group.
        """
        start, end = 0, self.count
        for level in reversed(range(1, len(self.tapes))):
            size = GROUP**level
            below = np.flatnonzero(self.tapes[level].array[start // size : end // size, twin] < value)
            if len(below):
                start += int(below[0]) * size
                end = start + size
            else:
                start = end // size * size
        below = np.flatnonzero(self._rows(start, end)[:, twin] < value)
        return (start + int(below[0])) * self.every if len(below) else None

    def stopped_at(self, twin: int) -> int | None:
        """The first step after the start without a loss: a twin that has stopped has none from there on."""

        def stopped(row: int) -> bool:
            return bool(np.isnan(self.at(row)[twin]))

        first = bisect_left(range(self.count), True, lo=1, key=stopped)
        return first * self.every if first < self.count else None


def _grouped(rows: Array, twins: int) -> Array:
    """The (low | high) of each GROUP of rows, which are losses or such pairs themselves."""
    blocks = rows.reshape(len(rows) // GROUP, GROUP, -1)
    low, high = blocks[..., :twins], blocks[..., -twins:]
    return np.hstack([np.fmin.reduce(low, axis=1), np.fmax.reduce(high, axis=1)])


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
