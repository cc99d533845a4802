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

    def of(self, parts: Mapping[str, QWidget], old: State, new: State) -> tuple[list[str], frozenset[str]]:
        """Who takes in a racing frame, each in a round by itself, and who waits for a later one.

        Rounds go first to those whose turn it is, then twin by twin: to the surface before its network, for
        what both need is computed with the smaller of them. Whoever is in neither takes it in at once.
        """
        then, self._then = self._then, perf_counter()
        stepped = old.step != new.step
        same = old.experiment is new.experiment  # of another, units may be gone
        goes_on = same and races(old) and races(new)
        if not (goes_on and (stepped or old.side is not new.side)):
            return [], frozenset()
        seen = [name for name, part in parts.items() if isinstance(part, Panel) and not part.isHidden()]
        lanes = [name for name in seen if name.split()[0] in self._always]
        others = [name for name in seen if name not in lanes]
        self._due = min(len(others), self._due + len(others) * (self._then - then) / LATEST)
        count = int(self._due)
        self._due -= count
        turn = {others[(self._next + i) % len(others)] for i in range(count)}
        self._next += count
        rounds = [name for name in others if name in turn] + lanes[::-1]
        return rounds if stepped else [], frozenset(others) - turn
