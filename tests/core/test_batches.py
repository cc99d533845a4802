"""Batches: each epoch meets every point once, in an order that seed and epoch alone decide."""

import numpy as np
import pytest

from netviz.core.batches import BATCHES, batch_at, steps_per_epoch


@pytest.mark.parametrize(
    ("n", "size", "steps"),
    # 10 = 3 + 3 + 3 + 1
    [(0, 0, 1), (0, 3, 1), (4, 0, 1), (4, 4, 1), (4, 9, 1), (10, 3, 4), (10, 5, 2), (7, 1, 7), (1, 0, 1)],
)
def test_an_epoch_meets_every_point_once(n: int, size: int, steps: int):
    assert steps_per_epoch(n, size) == steps
    for epoch in range(3):
        met = [batch_at(n, size, 8, epoch * steps + step) for step in range(steps)]
        assert sorted(np.concatenate(met)) == list(range(n))
        assert all(len(batch) == (size or n) for batch in met[:-1])


def test_a_full_batch_keeps_the_natural_order():
    assert batch_at(5, 0, 3, 17).tolist() == [0, 1, 2, 3, 4]


def test_any_step_is_known_without_those_before_it():
    assert batch_at(50, 7, 3, 1_000_003).tolist() == batch_at(50, 7, 3, 1_000_003).tolist()
    assert batch_at(50, 7, 3, 0).tolist() != batch_at(50, 7, 3, 8).tolist()  # 8 steps on: the next epoch
    assert batch_at(50, 7, 3, 0).tolist() != batch_at(50, 7, 4, 0).tolist()


CARRIED = BATCHES["playground"]


@pytest.mark.parametrize(
    ("n", "size", "first", "later"),
    [
        (10, 3, [[0, 1, 2], [3, 4, 5], [6, 7, 8]], [[9, 0, 1, 2], [3, 4, 5], [6, 7, 8]]),
        (5, 3, [[0, 1, 2]], [[3, 4, 0, 1, 2]]),
        (4, 2, [[0, 1], [2, 3]], [[0, 1], [2, 3]]),
        (3, 0, [[0, 1, 2]], [[0, 1, 2]]),  # all of them
        (3, 3, [[0, 1, 2]], [[0, 1, 2]]),
        (3, 4, [[]], [[]]),  # never a batch
        (0, 0, [[]], [[]]),
        (0, 2, [[]], [[]]),
    ],
)
def test_playgrounds_leftovers_join_the_next_first_batch(n: int, size: int, first: list, later: list):
    steps = steps_per_epoch(n, size, CARRIED)
    for epoch, wanted in enumerate([first, later, later]):
        met = [batch_at(n, size, 0, epoch * steps + step, CARRIED).tolist() for step in range(steps)]
        assert met == wanted
