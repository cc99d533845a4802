"""A person's own points become the points of a problem, whole or in shares."""

import numpy as np
import pytest

from netviz.core.datasets import DATASETS
from netviz.core.own import as_own, own_name, own_points
from netviz.core.points import Sampling

THREE = ((1.0, 2.0, 0.0), (-3.0, 4.0, 2.0), (5.0, -5.0, 1.0))


def test_each_class_has_its_column():
    data = DATASETS["own:3"].make(Sampling(train_fraction=1.0, own=THREE))
    assert data.x.tolist() == [[1, 2], [-3, 4], [5, -5]]
    assert data.y.tolist() == [[1, 0, 0], [0, 0, 1], [0, 1, 0]]
    assert (data.low, data.high) == (-6, 6)


def test_numbers_stay_what_they_are():
    data = own_points(Sampling(train_fraction=1.0, own=((0.0, 0.0, -0.25),)), "numbers", 1)
    assert data.y.tolist() == [[-0.25]]
    assert (data.low, data.high) == (-0.35, 1.35)  # as near as the corners are


def test_of_a_curve_the_height_is_the_answer():
    data = DATASETS["own:curve"].make(Sampling(train_fraction=1.0, own=((0.5, -1.0, 7.0),)))
    assert (data.x.tolist(), data.y.tolist()) == ([[0.5, -1.0]], [[-1.0]])
    assert (data.low, data.high) == (-1.25, 1.25)
    assert DATASETS["own:curve"].make(Sampling(own=((0.5, -2.0, -2.0),))).low == -6
    assert DATASETS["own:curve"].make(Sampling()).low == -1.25
    assert own_name((), "numbers", curve=True) == "own:curve"


def test_a_share_trains_and_the_rest_tests():
    data = own_points(Sampling(train_fraction=0.7, own=tuple((i, i, i % 2) for i in range(10))), "classes", 1)
    assert (len(data.x), len(data.test_x)) == (7, 3)
    assert sorted(np.concatenate([data.x[:, 0], data.test_x[:, 0]])) == list(range(10))


@pytest.mark.parametrize("kind", ["classes", "many", "numbers"])
def test_no_points_are_no_points(kind):
    data = own_points(Sampling(), kind, 3 if kind == "many" else 1)
    assert data.x.shape == (0, 2)
    assert (data.low, data.high) == (-6, 6)


@pytest.mark.parametrize(
    ("points", "kind", "name"),
    [
        ((), "classes", "own"),
        (((0.0, 0.0, 1.0),), "classes", "own"),
        (THREE, "classes", "own:3"),
        (THREE, "numbers", "own:numbers"),
    ],
)
def test_the_problem_follows_from_the_points(points, kind, name):
    assert own_name(points, kind) == name
    assert name in DATASETS


def test_a_drawn_problem_gives_its_training_points():
    data = DATASETS["blobs:3"].make(Sampling(points=20))
    own = as_own(data, 5)
    assert len(own) == 5
    assert own[0] == (*data.x[0], float(data.y[0].argmax()))
