"""Very many answers in words, without a word for each: counted where they are asked for."""

from collections.abc import Iterator, Sequence
from typing import overload

import numpy as np
import numpy.typing as npt

WORDS = ("undecided", "right", "wrong")


class Answers(Sequence[str]):
    """A sequence of WORDS over their numbers (n,)."""

    def __init__(self, numbers: npt.NDArray[np.uint8]) -> None:
        """Take on each answer's place in WORDS."""
        self._numbers = numbers

    def __len__(self) -> int:
        """How many there are."""
        return len(self._numbers)

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> "Answers": ...

    def __getitem__(self, place: int | slice) -> "str | Answers":
        """One answer, or some."""
        return Answers(self._numbers[place]) if isinstance(place, slice) else WORDS[self._numbers[place]]

    def __iter__(self) -> Iterator[str]:
        """All of them, word by word."""
        return (WORDS[number] for number in self._numbers.tolist())

    def __eq__(self, other: object) -> bool:
        """Compare with any other sequence of words."""
        return isinstance(other, Sequence) and len(self) == len(other) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # as of any value that may be long

    def count(self, value: object) -> int:
        """How many say so."""
        return int(np.count_nonzero(self._numbers == WORDS.index(value))) if value in WORDS else 0
