"""Which panels take in a frame while frames race by: the lanes every one, what stands beside them in turn."""

from collections.abc import Collection, Mapping
from time import perf_counter

from PySide6.QtWidgets import QWidget

from netviz.session.state import State, races
from netviz.views.panel import Panel

LATEST = 0.08  # seconds until each has had its turn: numbers that change faster nobody reads


class Turns:
    """Lets panels take turns; as soon as something else than the frame changes, nobody waits."""

    def __init__(self, always: Collection[str]) -> None:
        """The names, without the twin's number, of those that never wait."""
        self._always = always
        self._then, self._next, self._due = 0.0, 0, 0.0

    def waiting(self, parts: Mapping[str, QWidget], old: State, new: State) -> frozenset[str]:
        """The names of those whose turn comes later."""
        then, self._then = self._then, perf_counter()
        if not (_goes_on(old, new) and (old.step != new.step or old.side is not new.side)):
            return frozenset()
        names = [name for name, part in parts.items() if self._waits(name, part)]
        self._due = min(len(names), self._due + len(names) * (self._then - then) / LATEST)
        count = int(self._due)
        self._due -= count
        turn = {names[(self._next + i) % len(names)] for i in range(count)}
        self._next += count
        return frozenset(names) - turn

    def rounds(
        self, parts: Mapping[str, QWidget], waiting: Collection[str], old: State, new: State
    ) -> list[str]:
        """Who takes in a racing frame, each in a round by itself: whose turn it is, then twin by twin.

        A twin's surface comes before its network: what both need is computed with the smaller of them.
        """
        if not (_goes_on(old, new) and old.step != new.step):
            return []
        lanes = [name for name, part in parts.items() if self._is_lane(name) and not part.isHidden()]
        turn = [name for name, part in parts.items() if self._waits(name, part) and name not in waiting]
        return turn + lanes[::-1]

    def _is_lane(self, name: str) -> bool:
        return name.split()[0] in self._always

    def _waits(self, name: str, part: QWidget) -> bool:
        return isinstance(part, Panel) and not part.isHidden() and not self._is_lane(name)


def _goes_on(old: State, new: State) -> bool:
    """Whether the same run races on: a hand must not find units of another, which may be gone."""
    return races(old) and races(new) and old.experiment is new.experiment
