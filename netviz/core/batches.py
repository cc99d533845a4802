"""Batches: which points each step learns from, a pure function of the seed and the step."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Indices = npt.NDArray[np.intp]


class Batches(NamedTuple):
    """One rule for cutting an epoch into batches; every epoch has equally many, at least one."""

    name: str
    sizes: Callable[[int, int, int], tuple[int, ...]]  # (n, batch_size, epoch): how many points in each
    order: Callable[[int, int, int, int], Indices]  # (n, batch_size, seed, epoch): which, one after another


def _cut(n: int, batch_size: int, epoch: int) -> tuple[int, ...]:
    """Full batches, and what is left as a smaller one."""
    size = min(batch_size, n) or n
    whole, rest = divmod(n, max(1, size))
    return (size,) * whole + ((rest,) if rest or not whole else ())


def _shuffled(n: int, batch_size: int, seed: int, epoch: int) -> Indices:
    """A new permutation every epoch; the natural order where one batch holds all points."""
    if batch_size == 0 or batch_size >= n:
        return np.arange(n)
    return np.random.default_rng((seed, epoch)).permutation(n)


def _carried(n: int, batch_size: int, epoch: int) -> tuple[int, ...]:
    """Full batches; the points left over wait for the next epoch's first one.

    Nothing changes while they wait, so adding their gradients to it is the same as keeping the sum. Where a
    batch wants more points than there are, no step ever learns: one empty batch stands for the epoch.
    """
    size = batch_size or max(1, n)
    whole, rest = divmod(n, size)
    return (size + (rest if epoch else 0), *(size,) * (whole - 1)) if whole else (0,)


def _in_turn(n: int, batch_size: int, seed: int, epoch: int) -> Indices:
    """Always in the same order, from the second epoch on behind what was left over."""
    kept = n - n % (batch_size or max(1, n))
    return np.concatenate([np.arange(kept, n) if epoch else np.arange(0), np.arange(kept)])


BATCHES = {
    row.name: row
    for row in (
        Batches("shuffled", _cut, _shuffled),
        Batches("playground", _carried, _in_turn),  # TensorFlow Playground's
    )
}
SHUFFLED = BATCHES["shuffled"]


def steps_per_epoch(n: int, batch_size: int, batches: Batches = SHUFFLED) -> int:
    """Steps in one pass over n points; 1 for full batch (batch_size 0, or n)."""
    return len(batches.sizes(n, batch_size, 0))


def batch_at(n: int, batch_size: int, seed: int, step: int, batches: Batches = SHUFFLED) -> Indices:
    """The points (indices) that the update from `step` to `step + 1` learns from; none: no update."""
    epoch, position = divmod(step, steps_per_epoch(n, batch_size, batches))
    sizes = batches.sizes(n, batch_size, epoch)
    start = sum(sizes[:position])
    return batches.order(n, batch_size, seed, epoch)[start : start + sizes[position]]
