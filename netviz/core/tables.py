"""Somebody's own table: columns of numbers to learn from, and one column to be learned."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import Literal, NamedTuple

import numpy as np

from netviz.core.network import Array, read_only

MARGIN = 1.1  # how much more than its points the plane shows
LEAST = 1.5  # and at least so far from 0: the probe begins at 1


class Scale(NamedTuple):
    """How columns are scaled: (value - middle) / spread; a column that never changes becomes 0."""

    middle: Array  # (columns,) means
    spread: Array  # (columns,) standard deviations, 1 where there is none


@dataclass(frozen=True, eq=False)
class Table:
    """Rows of numbers as they stand in the file; two tables with the same content are equal."""

    name: str  # of the file: "iris.csv"
    inputs: tuple[str, ...]  # the columns' names
    target: str
    classes: tuple[str, ...]  # the target's words, numbered from 0; none: it is a number
    values: Array  # (rows, inputs + 1), the target last; read-only

    @cached_property
    def _hash(self) -> int:
        return hash((self.name, self.inputs, self.target, self.classes, self.values.tobytes()))

    def __eq__(self, other: object) -> bool:
        """Compare contents; mostly it is the very same table."""
        if self is other or not isinstance(other, Table):
            return self is other
        mine, its = ((one.name, one.inputs, one.target, one.classes) for one in (self, other))
        return mine == its and self._hash == other._hash and np.array_equal(self.values, other.values)

    def __hash__(self) -> int:
        """Hash the content, once."""
        return self._hash

    @property
    def kind(self) -> Literal["classes", "many", "numbers"]:
        """What is asked of each row: one of two classes, one of several, or a number."""
        if not self.classes:
            return "numbers"
        return "classes" if len(self.classes) == 2 else "many"

    @property
    def dataset(self) -> str:
        """The row of DATASETS that has as many answers."""
        if self.kind == "numbers":
            return "csv:curve" if len(self.inputs) == 1 else "csv:numbers"
        return "csv" if self.kind == "classes" else f"csv:{len(self.classes)}"

    @cached_property
    def scale(self) -> Scale:
        """To mean 0 and spread 1, over all rows; classes keep their numbers."""
        middle, spread = self.values.mean(axis=0), self.values.std(axis=0)
        still = spread <= 1e-12 * np.abs(middle)  # rounding alone
        spread = np.where(still | (spread == 0), 1.0, spread)
        middle = np.where(still, self.values[0], middle)
        if self.classes:
            middle[-1], spread[-1] = 0.0, 1.0
        return Scale(read_only(middle), read_only(spread))

    @cached_property
    def scaled(self) -> Array:
        """The values as a network sees them."""
        return read_only((self.values - self.scale.middle) / self.scale.spread)

    @property
    def still(self) -> tuple[str, ...]:
        """The inputs that never change: nothing can be learned from them."""
        same = (self.values[:, :-1] == self.values[0, :-1]).all(axis=0)
        return tuple(name for name, constant in zip(self.inputs, same.tolist(), strict=True) if constant)

    def reach(self, columns: Sequence[int]) -> float:
        """How far from 0 a plane over these columns must go to show every row: 2.5 for −2.5 to 2.5."""
        farthest = float(np.abs(self.scaled[:, list(columns)]).max())
        return max(LEAST, ceil(2 * MARGIN * farthest) / 2)
