"""Batches: which points each step learns from, a pure function of the seed and the step."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Indices = npt.NDArray[np.intp]


class Batches(NamedTuple):
    """One rule for cutting an epoch into batches."""

    name: str
    sizes: Callable[[int, int, int], tuple[int, ...]]  # (n, batch_size, epoch): how many points in each
    order: Callable[[int, int, int, int], Indices]  # (n, batch_size, seed, epoch): which, one after another


def _cut(n: int, batch_size: int, epoch: int) -> tuple[int, ...]:
    """Full batches, and what is left as a smaller one."""
    size = min(batch_size, n) or n
    whole, rest = divmod(n, size)
    return (size,) * whole + ((rest,) if rest else ())


def _shuffled(n: int, batch_size: int, seed: int, epoch: int) -> Indices:
    """A new permutation every epoch; the natural order where one batch holds all points."""
    if batch_size == 0 or batch_size >= n:
        return np.arange(n)
    return np.random.default_rng((seed, epoch)).permutation(n)


BATCHES = {row.name: row for row in (Batches("shuffled", _cut, _shuffled),)}


def steps_per_epoch(n: int, batch_size: int) -> int:
    """Parameter updates in one pass over n points; 1 for full batch (batch_size 0, or n and above)."""
    return len(_cut(n, batch_size, 0))


def batch_at(n: int, batch_size: int, seed: int, step: int) -> Indices:
    """The points (indices) that the update from `step` to `step + 1` learns from."""
    batches = BATCHES["shuffled"]
    epoch, position = divmod(step, steps_per_epoch(n, batch_size))
    stops = np.cumsum(batches.sizes(n, batch_size, epoch))
    return np.split(batches.order(n, batch_size, seed, epoch), stops[:-1])[position]
