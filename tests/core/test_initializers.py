"""The starts: ranges, spreads and the order of the draws."""

import numpy as np
import pytest

from netviz.core.initializers import INITIALIZERS, Initializer, glorot, he

SIZES = (40, 60, 50)

every = pytest.mark.parametrize("row", INITIALIZERS.values(), ids=lambda row: row.name)


@every
def test_a_seed_gives_one_start_and_another_seed_another(row: Initializer):
    first, again, other = (row.draw((2, 3, 1), seed).flat for seed in (1, 1, 2))
    assert first.tolist() == again.tolist()
    assert row.name == "zeros" or first.tolist() != other.tolist()
    assert not first.flags.writeable


@pytest.mark.parametrize(
    ("name", "spread"),
    [
        ("uniform", lambda n_in, n_out: 1 / np.sqrt(3)),
        ("playground", lambda n_in, n_out: 0.5 / np.sqrt(3)),
        ("glorot_uniform", glorot),
        ("glorot_normal", glorot),
        ("he_uniform", he),
        ("he_normal", he),
        ("zeros", lambda n_in, n_out: 0.0),
    ],
)
def test_weights_spread_as_published(name: str, spread):
    params = INITIALIZERS[name].draw(SIZES, 3)
    for w, n_in, n_out in zip(params.weights, SIZES, SIZES[1:], strict=False):
        assert w.shape == (n_out, n_in)
        assert w.std() == pytest.approx(spread(n_in, n_out), rel=0.05)  # 2,400 draws: 1.4 % is one sigma
        assert abs(w.mean()) < 0.02


@pytest.mark.parametrize(
    ("name", "limit"), [("glorot_uniform", np.sqrt(6 / 5)), ("he_uniform", np.sqrt(6 / 2))]
)
def test_uniform_draws_stay_within_their_limit(name: str, limit: float):
    w = INITIALIZERS[name].draw((2, 3), 0).weights[0]  # Glorot: sqrt(6 / (2 + 3)); He: sqrt(6 / 2)
    assert np.abs(w).max() <= limit


def test_uniform_draws_weights_then_biases_layer_by_layer():
    rng = np.random.default_rng(36)
    params = INITIALIZERS["uniform"].draw((2, 2, 1), 36)
    for w, b in zip(params.weights, params.biases, strict=True):
        assert w.tolist() == rng.uniform(-1, 1, w.shape).tolist()
        assert b.tolist() == rng.uniform(-1, 1, b.shape).tolist()


def test_only_uniform_and_playground_start_with_biases():
    biased = {name for name, row in INITIALIZERS.items() if row.draw((2, 2), 0).biases[0].any()}
    assert biased == {"uniform", "playground"}
    assert INITIALIZERS["playground"].draw((2, 2), 0).biases[0].tolist() == [0.1, 0.1]
