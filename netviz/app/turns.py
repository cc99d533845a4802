"""Which panels take in a frame of training: the lanes every one, what stands beside them in turn."""

from collections.abc import Collection, Mapping, Sequence
from time import perf_counter
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from netviz.session.state import FASTEST, State, races
from netviz.views.panel import READING, Panel

SHARE = 0.06  # of a race, at most, is all instruments': a slow machine shows them less often
LONGEST = 3.0  # seconds that they wait for that, at most: a machine may have slept, a window been resized
SLOW = 10.0  # steps a second: each is followed with the eye, and nobody waits


class Turn(NamedTuple):
    """Who shows a frame of training."""

    rounds: Sequence[str] = ()  # each in a round of the event loop by itself
    waiting: frozenset[str] = frozenset()  # these in a later frame; whoever is in neither at once


class Turns:
    """Lets panels take turns; as soon as something else than the frame changes, nobody waits."""

    def __init__(self, always: Collection[str]) -> None:
        """The names, without the twin's number, of those that never wait."""
        self._always = always
        self._then, self._next, self._due = 0.0, 0, 0.0
        self._at: dict[str, float] = {}  # when each instrument had its turn last
        self._owed = 0.0  # seconds that instruments have taken beyond their share

    def spend(self, name: str, seconds: float) -> None:
        """Count what showing a panel took, its painting with it; an instrument's is paid for by waiting."""
        if name in self._at:
            self._owed = min(self._owed + seconds, SHARE * LONGEST)

    def of(self, parts: Mapping[str, QWidget], old: State, new: State) -> Turn:
        """Who shows the new state now, and who waits.

        Rounds go first to those whose turn it is, then twin by twin: to the surface before its network, for
        what both need is computed with the smaller of them.
        """
        now, racing = perf_counter(), races(old) and races(new)
        passed, self._then = now - self._then, now
        same = old.experiment is new.experiment  # of another, units may be gone
        stepped = old.step != new.step
        goes_on = same and old.playing and new.playing and (stepped or old.side is not new.side)
        pays = racing and goes_on  # at a pace there is time, and what a hand did is no instrument's
        self._owed = max(0.0, self._owed - SHARE * passed) if pays else 0.0
        if not goes_on:
            return Turn()
        seen = {name: part for name, part in parts.items() if isinstance(part, Panel) and not part.isHidden()}
        paced = {name: part.pace for name, part in seen.items() if part.pace}
        slow = FASTEST < new.speed <= SLOW
        turn = list(paced) if slow else self._instruments(paced, now, racing)
        if not racing:
            return Turn(turn, frozenset(paced).difference(turn))
        lanes = [name for name in seen if name.split()[0] in self._always]
        others = [name for name in seen if name not in lanes and name not in paced]
        turn += self._others(others, passed)
        waiting = frozenset(seen).difference(lanes, turn)
        return Turn(turn + (lanes[::-1] if stepped else []), waiting)

    def _instruments(self, paced: Mapping[str, float], now: float, racing: bool) -> list[str]:
        """Those whose pace is over; in a race the one that has waited longest, once the last are paid for."""
        ready = [name for name, pace in paced.items() if now - self._at.get(name, 0.0) >= pace]
        if racing:
            ready = [] if self._owed else sorted(ready, key=lambda name: self._at.get(name, 0.0))[:1]
        self._at.update(dict.fromkeys(ready, now))
        return ready

    def _others(self, others: Sequence[str], passed: float) -> list[str]:
        """So many of them, in order, that each is shown again in time."""
        self._due = min(len(others), self._due + len(others) * passed / READING)
        count = int(self._due)
        self._due -= count
        turn = [others[(self._next + i) % len(others)] for i in range(count)]
        self._next += count
        return turn
