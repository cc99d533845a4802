"""Playground's random numbers against npm's seedrandom 2.4.3: see fixtures/make_seedrandom.js."""

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from netviz.core.seedrandom import SeedRandom

ROWS = json.loads((Path(__file__).parents[1] / "fixtures/seedrandom.json").read_text("utf-8"))


@pytest.mark.parametrize("row", ROWS, ids=[ascii(row["seed"])[:20] for row in ROWS])
def test_every_number_is_the_one_that_npm_draws(row):
    random = SeedRandom(row["seed"])
    drawn = [random.number() for _ in range(512)]
    assert drawn[:12] == row["first"]
    assert drawn[-3:] == row["later"]


def test_a_seed_is_a_text_and_not_a_number():
    assert SeedRandom("0.50").number() != SeedRandom("0.5").number()
    assert SeedRandom("0.50").number() == SeedRandom("0.50").number()


def test_arrays_are_filled_in_the_order_of_the_draws():
    numbers, arrays = SeedRandom("a"), SeedRandom("a")
    assert arrays.random((2, 3)).ravel().tolist() == [numbers.number() for _ in range(6)]
    assert arrays.uniform(-1, 3, 2).tolist() == [numbers.between(-1, 3) for _ in range(2)]
    assert arrays.standard_normal(4).tolist() == [numbers.normal(0, 1) for _ in range(4)]
    assert arrays.random((0, 3)).shape == (0, 3)


def test_normal_numbers_have_their_mean_and_variance():
    random = SeedRandom("normal")
    drawn = np.array([random.normal(2.0, 4.0) for _ in range(4000)])
    assert abs(drawn.mean() - 2.0) < 0.1  # 3 standard errors: 3 * 2 / sqrt(4000)
    assert abs(drawn.var() - 4.0) < 0.3


def test_a_shuffle_keeps_every_item_and_moves_from_the_last_place_on():
    random, items = SeedRandom("s"), list(range(50))
    random.shuffle(items)
    assert sorted(items) == list(range(50))
    assert any(a > b for a, b in pairwise(items))
    assert items[-1] == int(SeedRandom("s").number() * 50)
