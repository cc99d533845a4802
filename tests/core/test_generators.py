"""Drawn data: the same for the same sampling, split, labelled as its shape says, as hard as it is known."""

import numpy as np
import pytest

from netviz.core.activations import ACTIVATIONS
from netviz.core.datasets import DATASETS, Sampling, make
from netviz.core.generators import BUMPS, GAP
from netviz.core.initializers import INITIALIZERS
from netviz.core.losses import LOSSES
from netviz.core.network import Network, layer_values
from netviz.core.optimizers import OPTIMIZERS
from netviz.core.points import training_count
from netviz.core.problems import Problem
from netviz.core.training import Trainer

DRAWN = [name for name in DATASETS if not name.startswith(("xor", "gate:", "own", "csv"))]
CURVES = [name for name in DRAWN if DATASETS[name].inputs == 1]
MANY = Sampling(points=5000, train_fraction=1.0)


def whole(name, **others):
    """All 5,000 points of a problem."""
    return make(name, MANY._replace(**others))


@pytest.mark.parametrize("name", DRAWN)
def test_the_same_sampling_draws_the_same_points_and_another_seed_others(name):
    one, again, other = (make(name, Sampling(noise=10, seed=seed)) for seed in (1, 1, 2))
    assert all(np.array_equal(a, b) for a, b in zip(one[:6], again[:6], strict=True))
    assert not np.array_equal(one.x, other.x)


@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.parametrize(("fraction", "count"), [(0.0, 1), (0.29, 29), (0.5, 50), (1.0, 100)])
def test_the_training_share_is_cut_from_one_draw(name, fraction, count):
    points, all_of_it = (make(name, Sampling(100, train_fraction=f)) for f in (fraction, 1.0))
    assert (len(points.x), len(points.test_x)) == (count, 100 - count)
    assert np.array_equal(np.concatenate([points.x, points.test_x]), all_of_it.x)
    assert np.array_equal(np.concatenate([points.y, points.test_y]), all_of_it.y)


@pytest.mark.parametrize("percent", range(101))
def test_every_whole_percent_of_the_points_is_counted_exactly(percent):
    assert [training_count(n, percent / 100) for n in (100, 500)] == [percent, 5 * percent]


@pytest.mark.parametrize("name", DRAWN)
def test_points_lie_on_the_plane_in_no_order(name):
    x, y = whole(name)[:2]
    assert np.unique(x, axis=0).shape[0] >= len(x) - 1  # both arms of the spiral begin in the middle
    halves = np.abs(y[:2500].mean(axis=0) - y[2500:].mean(axis=0))
    assert halves.max() < 0.06


LABELS = {
    "circle": lambda x: np.hypot(*x) < 2.5,
    "quadrant_xor": lambda x: x[0] * x[1] >= 0,
    "checkerboard": lambda x: (np.floor(x[0] / 2.5) + np.floor(x[1] / 2.5)) % 2 == 0,
    "rings": lambda x: (np.hypot(*x) < 1.5) | (np.hypot(*x) > 3.5),
    "plane": lambda x: (x[0] + x[1]) / 10,
    "sine": lambda x: np.sin(np.pi * x[0]),
    "step_curve": lambda x: x[0] > 0,
    "abs": lambda x: abs(x[0]),
    "cubic": lambda x: x[0] ** 3,
}


@pytest.mark.parametrize("name", LABELS)
def test_answers_follow_from_the_place_where_there_is_no_noise(name):
    points = whole(name)
    assert points.y[:, 0] == pytest.approx(LABELS[name](points.x.T).astype(float))


@pytest.mark.parametrize("name", [name for name in LABELS if name not in CURVES])
def test_noise_moves_the_answer_and_leaves_the_point(name):
    clear, noisy = whole(name), whole(name, noise=20)
    assert np.array_equal(clear.x, noisy.x)
    moved = np.mean(clear.y != noisy.y)
    assert 0.02 < moved <= 1


@pytest.mark.parametrize("name", ["gauss", "spiral", "moons", "blobs", *CURVES])
def test_noise_moves_the_point_and_leaves_the_class(name):
    clear, noisy = whole(name), whole(name, noise=20)
    moved = np.abs(clear.x - noisy.x).max(axis=0)
    assert (moved > 0.15).tolist() == ([False, True] if name in CURVES else [True, True])
    assert np.array_equal(clear.y, noisy.y) != (name in CURVES)


@pytest.mark.parametrize("name", ["circle", "gauss", "spiral", "moons"])
def test_two_classes_are_drawn_half_and_half(name):
    assert whole(name).y.sum() == 2500


@pytest.mark.parametrize("classes", [3, 4, 5, 6])
def test_blobs_are_clouds_of_one_class_each_around_their_centres(classes):
    points = whole(f"blobs:{classes}")
    assert (points.y.sum(axis=1) == 1).all()
    assert np.ptp(points.y.sum(axis=0)) <= 1
    for k in range(classes):
        turn = 2 * np.pi * k / classes
        assert points.x[points.y[:, k] == 1].mean(axis=0) == pytest.approx(
            [3.5 * np.sin(turn), 3.5 * np.cos(turn)], abs=0.07
        )


def test_blobs_alone_are_three():
    assert np.array_equal(make("blobs").x, make("blobs:3").x)


def test_curves_are_drawn_where_their_answer_is():
    for name in CURVES:
        points = make(name)
        assert np.array_equal(points.x[:, 1:], points.y)


def test_hills_and_hollows_are_one_high_at_their_centres():
    x, y = whole("multi_gauss")[:2]
    for across, up, sign in BUMPS:
        away = np.hypot(x[:, 0] - across, x[:, 1] - up)
        near = away < 0.3
        assert y[near, 0] == pytest.approx(sign * (1 - away[near] / 2))
    far = np.min([np.hypot(*(x - bump[:2]).T) for bump in BUMPS], axis=0) > 2
    assert (y[far] == 0).all()


# ------------------------------------------------------------------------------------- FACTS: quadrant XOR
def test_quadrants_keep_their_gap():
    assert np.abs(whole("quadrant_xor").x).min() >= GAP


def best_line(x, y) -> float:
    """The share of points on the right side of the best line, by trying lines in all directions."""
    found = 0.0
    for angle in np.linspace(0, np.pi, 181):
        along = x @ [np.cos(angle), np.sin(angle)]
        above = y[np.argsort(along), 0]
        right = np.cumsum(1 - above) + above.sum() - np.cumsum(above)
        found = max(found, *(right / len(y)), *(1 - right / len(y)))
    return float(found)


def test_a_line_gets_about_69_percent_of_quadrant_xor():
    assert best_line(*whole("quadrant_xor")[:2]) == pytest.approx(0.69, abs=0.02)


def right_with(units: int, seeds: range) -> float:
    """The best share of quadrant XOR that so many ReLU units learn from these starts."""
    points = make("quadrant_xor", Sampling(300, train_fraction=1.0))
    relu, straight = ACTIVATIONS["relu"], ACTIVATIONS["identity"]
    problem = Problem(
        Network((2, units, 1), (relu, straight)), points.x, points.y, LOSSES["bce"], OPTIMIZERS["adam"], 0.03
    )
    best = 0.0
    for seed in seeds:
        (state,), _ = (trainer := Trainer([problem])).advance(
            trainer.start([INITIALIZERS["uniform"].draw((2, units, 1), seed)]), 1500
        )
        sums = layer_values(problem.network, state.params, points.x)[-1][1]
        best = max(best, float(np.mean((sums > 0) == (points.y > 0.5))))
    return best


def test_two_relu_units_are_not_enough_for_quadrant_xor_and_three_are():
    assert right_with(2, range(8)) < 0.95
    assert right_with(3, range(8)) > 0.99
