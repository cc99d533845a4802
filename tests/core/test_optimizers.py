"""The optimizers: worked steps, and the in-place calls against the pure pair."""

import numpy as np
import pytest

from netviz.core.optimizers import OPTIMIZERS, USUAL, Constants, Optimizer

OTHER = Constants(0.8, 0.7, 0.6, 0.95, 1e-3)
every = pytest.mark.parametrize("row", OPTIMIZERS.values(), ids=lambda row: row.name)


def changes(row: Optimizer, gradients: list[float], constants: Constants = USUAL) -> list[float]:
    memory, found = row.init(np.zeros(1)), []
    for g in gradients:
        change, memory = row.update(np.array([g]), memory, 0.1, constants)
        found.append(float(change[0]))
    return found


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("sgd", [0.1, 0.2]),
        ("momentum", [0.1, 0.29]),  # v = 1, then 0.9 + 2 = 2.9
        ("nesterov", [0.19, 0.461]),  # g + 0.9 v: 1.9, then 2 + 0.9 * 2.9 = 4.61
        ("rmsprop", [1.0, 0.2 / np.sqrt(0.0499)]),  # s = 0.01, then 0.0099 + 0.04
        ("adam", [0.1, 0.1 * (0.29 / 0.19) / np.sqrt(0.004999 / 0.001999)]),  # m = .1, .29; v = .001, .004999
    ],
)
def test_two_steps_worked_by_hand(name: str, expected: list[float]):
    assert changes(OPTIMIZERS[name], [1.0, 2.0]) == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize(
    ("name", "constants", "expected"),
    [
        ("momentum", Constants(momentum=0.5), [0.1, 0.25]),  # v = 1, then 0.5 + 2
        ("nesterov", Constants(momentum=0.5), [0.15, 0.325]),  # 1 + 0.5, then 2 + 0.5 * 2.5
        ("rmsprop", Constants(rms_decay=0.0, epsilon=1.0), [0.05, 0.2 / 3]),  # |g| + 1 divides
        ("adam", Constants(beta1=0.0, beta2=0.0, epsilon=1.0), [0.05, 0.2 / 3]),  # the same, without memory
        ("adam", Constants(beta1=0.5, beta2=0.0), [0.1, 0.1 * (1.25 / 0.75) / 2]),  # m = 0.5, 1.25
    ],
)
def test_each_constant_does_what_the_formula_says(name: str, constants: Constants, expected: list[float]):
    assert changes(OPTIMIZERS[name], [1.0, 2.0], constants) == pytest.approx(expected, rel=1e-6)


@every
def test_an_optimizer_names_the_constants_that_it_looks_at(row: Optimizer):
    steps = changes(row, [1.0, 2.0, -1.0])
    others = {key: changes(row, [1.0, 2.0, -1.0], USUAL._replace(**{key: 0.5})) for key in Constants._fields}
    assert tuple(key for key, found in others.items() if found != steps) == row.constants


@every
def test_the_calls_in_place_are_the_pure_pair(row: Optimizer):
    rng = np.random.default_rng(2)
    memory, buffer = row.init(np.zeros(5)), np.empty(5)
    kept = row.init(np.zeros(5))
    calls = row.calls(buffer, np.array(0.5), kept, np.array(0.03), OTHER)
    for _ in range(20):
        gradient = rng.normal(size=5)
        buffer[:] = gradient
        for call in calls:
            call()
        change, memory = row.update(0.5 * gradient, memory, 0.03, OTHER)
        assert buffer == pytest.approx(change, rel=1e-13)
    for mine, its in zip(kept, memory, strict=True):
        assert mine == pytest.approx(its, rel=1e-12)


@every
def test_the_pure_pair_rewrites_nothing(row: Optimizer):
    w, g = np.ones(3), np.full(3, 2.0)
    memory = row.init(w)
    before = [array.copy() for array in memory]
    row.update(g, memory, 0.1, USUAL)
    assert g.tolist() == [2, 2, 2]
    assert [m.tolist() for m in memory] == [b.tolist() for b in before]
