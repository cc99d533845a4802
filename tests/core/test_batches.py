"""Batches: each epoch meets every point once, in an order that seed and epoch alone decide."""

import numpy as np
import pytest

from netviz.core.batches import batch_at, steps_per_epoch


@pytest.mark.parametrize(
    ("n", "size", "steps"),
    [(4, 0, 1), (4, 4, 1), (4, 9, 1), (10, 3, 4), (10, 5, 2), (7, 1, 7), (1, 0, 1)],  # 10 = 3 + 3 + 3 + 1
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
