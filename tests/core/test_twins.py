"""Twins: together they learn what each learns alone, also where the numbers of one leave their range."""

import numpy as np
import pytest

from netviz.core.activations import ACTIVATIONS
from netviz.core.losses import LOSSES
from netviz.core.network import Network, Params
from netviz.core.optimizers import OPTIMIZERS
from netviz.core.training import Problem, Trainer, TrainState, loss_of
from tests.core.tasks import CORNERS, XOR, draw, problem, same, trained, xor
from tests.oracle import plain_training


@pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=lambda row: row.name)
@pytest.mark.parametrize("names", [("relu", "identity"), ("tanh", "tanh"), ("sin", "relu", "silu", "tanh")])
def test_twins_in_one_block_learn_what_each_learns_alone(optimizer, names: tuple[str, ...]):
    tasks = [problem(name, optimizer=optimizer, batch_size=4, l2=0.01) for name in names]
    together, losses = trained(tasks, 30)
    for twin, task in enumerate(tasks):
        (alone,), its = trained([task], 30)
        assert np.abs(together[twin].params.flat - alone.params.flat).max() < 1e-11
        assert losses.rows[:, twin] == pytest.approx(its.rows[:, 0], rel=1e-10)


@pytest.mark.parametrize(
    "change",
    [
        {"learning_rate": 0.02},
        {"decay": 0.1},
        {"optimizer": OPTIMIZERS["adam"]},
        {"loss": LOSSES["half_mse"]},
        {"batch_size": 0},
        {"y": np.ones((11, 1))},
        {"x": np.ones((11, 2))},
        {"network": Network((2, 5, 1), (ACTIVATIONS["relu"], ACTIVATIONS["identity"]))},
    ],
    ids=lambda change: next(iter(change)),
)
def test_twins_that_differ_in_more_than_activations_keep_step_all_the_same(change: dict):
    tasks = [problem(batch_size=4), problem(batch_size=4)._replace(**change)]
    states, losses = trained(tasks, 12)
    assert [state.step for state in states] == [12, 12]
    assert (losses.every, losses.rows.shape) == (3, (5, 2))
    for task, state, column in zip(tasks, states, losses.rows.T, strict=True):
        assert np.abs(state.params.flat - plain_training(task, draw(task), 12)).max() < 1e-11
        assert column[-1] == pytest.approx(loss_of(task, state.params), rel=1e-13)


def test_adam_twins_whose_memories_differ_in_age_are_still_right():
    task = problem(optimizer=OPTIMIZERS["adam"])
    trainer = Trainer([task, task])
    (old, _), _ = trained([task, task], 10)
    mixed, _ = trainer.advance([old, old._replace(memory=(), memory_of="")], until=15)
    alone, _ = Trainer([task]).advance([old], until=15)
    assert np.abs(mixed[0].params.flat - alone[0].params.flat).max() < 1e-12
    assert [float(state.memory[2]) for state in mixed] == [15, 5]


# Out of the range of numbers


def explosive() -> list[Problem]:
    """Three twins: the second's rate is too large for it, while the others are slow."""
    pairs = [("sigmoid", "sigmoid"), ("identity", "identity"), ("tanh", "sigmoid")]
    networks = [Network((2, 2, 1), (ACTIVATIONS[hidden], ACTIVATIONS[output])) for hidden, output in pairs]
    return [Problem(network, CORNERS, XOR, learning_rate=0.9) for network in networks]


@pytest.mark.parametrize("batch_size", [0, 3])
def test_a_twin_out_of_range_stops_and_the_others_go_on_as_if_alone(batch_size: int):
    tasks = [task._replace(batch_size=batch_size) for task in explosive()]
    states, losses = trained(tasks, 400, seed=36)
    assert [state.stopped for state in states] == [False, True, False]
    assert [state.step for state in states] == [400] * 3
    assert np.isfinite(states[1].params.flat).all()
    assert np.isfinite(loss_of(tasks[1], states[1].params)) or batch_size
    assert np.isnan(losses.rows[-1, 1])
    for twin in (0, 2):
        (alone,), its = trained([tasks[twin]], 400, seed=36)
        assert np.abs(states[twin].params.flat - alone.params.flat).max() < 1e-9
        assert losses.rows[:, twin] == pytest.approx(its.rows[:, 0], abs=1e-9)


@pytest.mark.parametrize("batch_size", [0, 3])
def test_a_replay_through_a_stop_is_equal_to_the_last_bit(batch_size: int):
    tasks = [task._replace(batch_size=batch_size) for task in explosive()]
    whole, all_losses = trained(tasks, 400, seed=36)
    trainer, rows = Trainer(tasks), []
    states = trainer.start([draw(task, 36) for task in tasks])
    for until in range(2, 402, 2):
        states, losses = trainer.advance(states, until=until)
        at = losses.first // losses.every + np.arange(len(losses.rows))
        rows.append(np.array_equal(losses.rows, all_losses.rows[at], equal_nan=True))
    assert all(rows)
    assert all(same(a, b) for a, b in zip(states, whole, strict=True))


def test_the_kept_parameters_are_those_of_the_last_finite_step():
    task = explosive()[1]
    states, losses = trained([task], 400, seed=36)
    last = int(np.flatnonzero(np.isfinite(losses.rows[:, 0]))[-1])
    assert loss_of(task, states[0].params) == pytest.approx(losses.rows[last, 0], rel=1e-12)
    assert np.isnan(losses.rows[last + 1 :]).all()


def test_when_all_have_stopped_the_step_jumps_to_its_goal_or_stands_still():
    states, losses = trained([explosive()[1]], 1000, seed=36)
    assert (states[0].step, losses.rows.shape) == (1000, (1001, 1))
    assert np.isnan(losses.rows[-1])
    later, nothing = Trainer([explosive()[1]]).advance(states, seconds=5.0)
    assert later[0].step == 1000
    assert np.isnan(nothing.rows).all()


def test_a_start_without_a_finite_loss_spares_its_twin():
    tasks = [xor("tanh"), xor("identity")]
    huge = Params.from_layers([np.full((2, 2), 1e200), [[1e200, 1e200]]], [[0, 0], [0]])
    trainer = Trainer(tasks)
    states, losses = trainer.advance(trainer.start([draw(tasks[0]), huge]), until=3)
    assert [state.stopped for state in states] == [False, True]
    assert np.isfinite(losses.rows[:, 0]).all()
    assert np.isnan(losses.rows[:, 1]).all()
    assert states[1].params.flat.tolist() == huge.flat.tolist()


def test_large_numbers_of_two_twins_never_meet():
    task = problem("identity", sizes=(1, 1, 1, 1), points=1, loss=LOSSES["bce"])
    steep = Params.from_layers([[[0.0]], [[0.0]], [[1e150]]], [[0], [0], [0]])  # errors of 1e150 at layer 2
    large = Params.from_layers([[[1e160]], [[0.0]], [[0.0]]], [[0], [0], [0]])  # values of 1e160 at layer 1
    trainer = Trainer([task, task])
    states, _ = trainer.advance(trainer.start([steep, large]), until=1)
    for state, start in zip(states, (steep, large), strict=True):
        (alone,), _ = Trainer([task]).advance([TrainState(start)], until=1)
        assert not state.stopped
        assert same(state, alone)
