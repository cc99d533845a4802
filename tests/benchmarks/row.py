"""One row of the table of speeds."""

from typing import NamedTuple


class Row(NamedTuple):
    """What was measured, and its goal: the least it shall be, or the most."""

    name: str
    measured: float
    goal: float
    least: bool = False

    @property
    def ok(self) -> bool:
        return self.measured >= self.goal if self.least else self.measured <= self.goal
