"""The trainer: against the plain oracle, however cut, and what it refuses."""

from itertools import product

import numpy as np
import pytest

from netviz.core.activations import ACTIVATIONS, dialed
from netviz.core.batches import BATCHES
from netviz.core.losses import LOSSES
from netviz.core.network import Network, Params, forward
from netviz.core.optimizers import OPTIMIZERS, Constants
from netviz.core.training import Problem, Trainer, TrainState, loss_of
from tests.core.tasks import assert_as_the_oracle, draw, problem, same, trained, xor
from tests.oracle import plain_gradient, plain_training

TRAINABLE = [row for row in ACTIVATIONS.values() if row.trainable]
CARRIED = BATCHES["playground"]

# The gradient and the oracle


@pytest.mark.parametrize(("row", "loss"), list(product(TRAINABLE, LOSSES.values())), ids=lambda row: row.name)
def test_the_oracles_gradient_is_the_losss_difference(row, loss):
    task = problem(row.name, sizes=(2, 3, 2, 2), loss=loss)
    params, h = draw(task), 1e-6
    found = np.empty_like(params.flat)
    for i in range(len(found)):
        step = np.zeros_like(params.flat)
        step[i] = h
        up, down = (loss_of(task, Params(params.sizes, params.flat + sign * step)) for sign in (1, -1))
        found[i] = (up - down) / (2 * h)
    assert np.abs(found - plain_gradient(task, params, task.x, task.y)).max() < 1e-8


@pytest.mark.parametrize("batch_size", [0, 4])
@pytest.mark.parametrize(
    ("row", "loss", "optimizer"),
    list(product(TRAINABLE, LOSSES.values(), OPTIMIZERS.values())),
    ids=lambda row: row.name,
)
def test_every_activation_loss_and_optimizer_trains_as_the_oracle_does(row, loss, optimizer, batch_size: int):
    task = problem(row.name, sizes=(2, 3, 2), loss=loss, optimizer=optimizer, batch_size=batch_size)
    assert_as_the_oracle(task._replace(learning_rate=0.01), steps=9)


@pytest.mark.parametrize("output", TRAINABLE, ids=lambda row: row.name)
def test_any_output_activation_trains_as_the_oracle_does(output):
    assert_as_the_oracle(problem(output=output, batch_size=3))


@pytest.mark.parametrize("batch_size", [0, 1, 2, 5, 10, 11, 12])
def test_any_batch_size_trains_as_the_oracle_does(batch_size: int):
    assert_as_the_oracle(problem(batch_size=batch_size, seed=4))


@pytest.mark.parametrize("batch_size", [0, 1, 2, 5, 6, 10, 11, 12])
def test_points_carried_over_train_as_the_oracle_does(batch_size: int):
    task = problem(batch_size=batch_size, batches=CARRIED, l1=0.02, optimizer=OPTIMIZERS["adam"])
    assert_as_the_oracle(task)
    assert_as_the_oracle(task._replace(optimizer=OPTIMIZERS["sgd"]))


def test_without_points_nothing_is_learned_and_nothing_stops():
    tasks = [problem(name, points=0, batch_size=2) for name in ("tanh", "relu")]
    states, losses = trained(tasks, 3)
    assert [(state.step, state.stopped) for state in states] == [(3, False)] * 2
    assert all(np.array_equal(state.params.flat, draw(tasks[0]).flat) for state in states)
    assert losses.rows.shape == (4, 2)
    assert np.isnan(losses.rows).all()


@pytest.mark.parametrize("depth", range(9))
def test_no_to_eight_hidden_layers_train_as_the_oracle_does(depth: int):
    assert_as_the_oracle(problem("relu", sizes=(2, *(range(depth + 1, 1, -1)), 1), batch_size=4))


def test_a_layer_of_its_own_activation_each_trains_as_the_oracle_does():
    names = ("tanh", "relu", "sin", "identity", "tanh", "gaussian")
    assert_as_the_oracle(problem(names, sizes=(2, 3, 4, 3, 2, 3, 4, 1), batch_size=4))


@pytest.mark.parametrize("t", [0.0, 0.3, 1.0])
def test_a_dialed_activation_trains_as_the_oracle_does(t: float):
    task = problem()
    mixed = (dialed(ACTIVATIONS["tanh"], t), dialed(ACTIVATIONS["relu"], t), ACTIVATIONS["identity"])
    assert_as_the_oracle(task._replace(network=Network(task.network.sizes, mixed)))


@pytest.mark.parametrize("batch_size", [0, 4])
@pytest.mark.parametrize(
    "names", [("tanh",), ("relu",), ("leaky_relu", "sigmoid"), ("gelu", "tanh"), ("sin",)]
)
def test_copies_with_dials_of_their_own_train_together_as_the_oracle_does(
    names: tuple[str, ...], batch_size: int
):
    task = problem(batch_size=batch_size)
    shares = (0.0, 0.25, 0.5, 0.75, 1.0, 0.5)
    copies = [
        task._replace(
            network=Network(
                task.network.sizes,
                (*(dialed(ACTIVATIONS[name], share) for name in (names * 2)[:2]), ACTIVATIONS["sigmoid"]),
            )
        )
        for share in shares
    ]
    states, _ = trained(copies, 25)
    for copy, state in zip(copies, states, strict=True):
        assert np.abs(state.params.flat - plain_training(copy, draw(copy), 25)).max() < 1e-11


@pytest.mark.parametrize("change", [{"rms_decay": 0.5}, {"beta1": 0.0}, {"beta2": 0.9}, {"epsilon": 0.3}])
@pytest.mark.parametrize("name", ["rmsprop", "adam"])
def test_any_constants_train_as_the_oracle_does(name: str, change: dict[str, float]):
    assert_as_the_oracle(problem(optimizer=OPTIMIZERS[name], constants=Constants(**change), batch_size=3))


@pytest.mark.parametrize("momentum", [0.0, 0.5, 0.99])
@pytest.mark.parametrize("name", ["momentum", "nesterov"])
def test_any_momentum_trains_as_the_oracle_does(name: str, momentum: float):
    assert_as_the_oracle(problem(optimizer=OPTIMIZERS[name], constants=Constants(momentum), batch_size=3))


@pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=lambda row: row.name)
@pytest.mark.parametrize(("l1", "l2"), [(0.0, 0.1), (0.05, 0.0), (0.05, 0.1)])
def test_penalties_pull_as_the_oracle_does(optimizer, l1: float, l2: float):
    assert_as_the_oracle(problem(optimizer=optimizer, l1=l1, l2=l2, batch_size=4))


# Decay


@pytest.mark.parametrize(("l1", "l2"), [(0.0, 0.0), (0.0, 0.1), (0.05, 0.0), (0.05, 0.1)])
@pytest.mark.parametrize("batch_size", [0, 4])
@pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=lambda row: row.name)
def test_a_decaying_rate_trains_as_the_oracle_does(optimizer, batch_size: int, l1: float, l2: float):
    assert_as_the_oracle(problem(optimizer=optimizer, batch_size=batch_size, decay=0.3, l1=l1, l2=l2))


@pytest.mark.parametrize("batch_size", [2, 5, 12])
def test_a_decaying_rate_over_points_carried_over_trains_as_the_oracle_does(batch_size: int):
    assert_as_the_oracle(problem(batch_size=batch_size, batches=CARRIED, decay=0.3))


def test_the_rate_falls_from_epoch_to_epoch_and_stays_within_one():
    task = problem(batch_size=4, learning_rate=0.6, decay=0.5)  # 11 points: 3 steps an epoch
    rates = [task.rate_at(step) for step in range(7)]  # 0.6 / 1, 0.6 / 1.5, 0.6 / 2
    assert rates == pytest.approx([0.6, 0.6, 0.6, 0.4, 0.4, 0.4, 0.3], rel=1e-15)


def test_each_full_batch_step_is_an_epoch_of_a_smaller_rate():
    task = Problem(
        Network((1, 1), (ACTIVATIONS["identity"],)),
        np.zeros((1, 1)),
        np.array([[1.0]]),
        learning_rate=0.25,
        decay=1.0,
    )
    (state,), _ = Trainer([task]).advance([TrainState(Params.from_layers([[[0.0]]], [[0.0]]))], until=3)
    assert state.params.flat[1] == pytest.approx(1 - 1 / 2 * 3 / 4 * 5 / 6)  # 1 − 2r left: r ¼, ⅛, 1⁄12


def test_a_rate_that_decays_to_nothing_stands_still():
    task = problem(decay=1e300)
    later, once = (trained([task], steps)[0][0].params.flat for steps in (50, 1))
    assert np.array_equal(later, once)


# Penalties and frozen weights


def test_a_penalty_pulls_weights_alone_and_never_enters_the_loss():
    task = xor("tanh", learning_rate=0.1, l2=0.5)
    start = Params.from_layers([np.zeros((2, 2)), [[0.0, 0.0]]], [[3.0, -3.0], [0.5]])  # its gradient is 0
    trainer = Trainer([task])
    (state,), losses = trainer.advance(trainer.start([start]), until=5)
    assert state.params.flat.tolist() == start.flat.tolist()
    assert losses.rows.ravel().tolist() == [0.25] * 6


def test_l2_shrinks_a_weight_by_the_old_weight():
    task = Problem(
        Network((1, 1), (ACTIVATIONS["identity"],)),
        np.zeros((1, 1)),
        np.zeros((1, 1)),
        learning_rate=0.1,
        l2=0.5,
    )
    (state,), _ = Trainer([task]).advance([TrainState(Params.from_layers([[[2.0]]], [[0.0]]))], until=1)
    assert state.params.flat.tolist() == [1.9, 0.0]  # 2 - 0.1 * 0.5 * 2


def test_l1_kills_a_weight_that_it_carries_across_zero_for_good():
    x, y = np.array([[1.0]]), np.array([[0.0]])
    task = Problem(Network((1, 1), (ACTIVATIONS["identity"],)), x, y, learning_rate=0.1, l1=1.0)
    task = task._replace(frozen=np.array([False, True]))
    trainer = Trainer([task])
    states, _ = trainer.advance([TrainState(Params.from_layers([[[0.15]]], [[1e-3]]))], until=1)
    assert states[0].params.flat[0] == pytest.approx(0.0198)  # 0.15 - 0.1 * 2 * 0.151 - 0.1
    states, _ = trainer.advance(states, until=2)
    assert states[0].params.flat[0] == 0.0  # 0.0198 - 0.00416 = 0.0156, less 0.1 is below zero
    states, _ = Trainer([task._replace(x=-5 * x)]).advance(states, until=20)
    assert states[0].params.flat[0] == 0.0  # though its gradient pulls
    assert states[0].memory[-1].tolist() == [0, 1]


@pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=lambda row: row.name)
def test_what_is_frozen_stays_and_the_rest_trains_as_the_oracle_does(optimizer):
    task = problem(optimizer=optimizer, l1=0.01, l2=0.1, batch_size=4)
    frozen = np.arange(len(draw(task).flat)) % 3 == 0
    task = task._replace(frozen=frozen)
    (state,), _ = trained([task], 20)
    assert np.array_equal(state.params.flat[frozen], draw(task).flat[frozen])
    assert (state.params.flat[~frozen] != draw(task).flat[~frozen]).all()
    assert_as_the_oracle(task)


def test_freezing_on_the_way_stops_the_momentum_too():
    task = problem(optimizer=OPTIMIZERS["momentum"])
    states, _ = trained([task], 10)
    still = Trainer([task._replace(frozen=np.ones(len(states[0].params.flat), dtype=bool))])
    later, _ = still.advance(states, until=20)
    assert np.array_equal(later[0].params.flat, states[0].params.flat)


def test_another_optimizer_on_the_way_starts_with_an_empty_memory():
    task = problem(optimizer=OPTIMIZERS["momentum"])
    states, _ = trained([task], 10)
    switched = Trainer([task._replace(optimizer=OPTIMIZERS["rmsprop"])])
    kept, _ = switched.advance(states, until=20)
    fresh, _ = switched.advance([states[0]._replace(memory=(), memory_of="")], until=20)
    assert same(kept[0], fresh[0])


# Losses on the way


def test_full_batch_losses_are_those_of_every_step_both_ends_included():
    task = problem()
    trainer = Trainer([task])
    states, losses = trainer.advance(trainer.start([draw(task)]), until=300)
    assert (losses.first, losses.every, losses.rows.shape) == (0, 1, (301, 1))
    assert losses.rows[0, 0] == pytest.approx(loss_of(task, draw(task)), rel=1e-14)
    assert losses.rows[-1, 0] == pytest.approx(loss_of(task, states[0].params), rel=1e-14)
    middle, _ = trainer.advance(trainer.start([draw(task)]), until=170)
    assert losses.rows[170, 0] == pytest.approx(loss_of(task, middle[0].params), rel=1e-14)
    assert not losses.rows.flags.writeable


def test_mini_batch_losses_are_fresh_at_every_epochs_end():
    task = problem(batch_size=4)  # 11 points: 3 steps an epoch
    trainer = Trainer([task])
    states, losses = trainer.advance(trainer.start([draw(task)]), until=7)
    assert (losses.first, losses.every, losses.rows.shape) == (0, 3, (3, 1))
    at_six, _ = trainer.advance(trainer.start([draw(task)]), until=6)
    assert losses.rows[2, 0] == pytest.approx(loss_of(task, at_six[0].params), rel=1e-14)
    _, later = trainer.advance(states, until=8)
    assert (later.first, later.rows.shape) == (9, (0, 1))
    _, later = trainer.advance(states, until=9)
    assert (later.first, later.rows.shape) == (9, (1, 1))


def test_the_loss_of_logits_is_taken_from_logits():
    task = problem(loss=LOSSES["bce"])
    z = forward(task.network, draw(task), task.x)
    p = 1 / (1 + np.exp(-z))
    by_hand = -np.mean(task.y * np.log(p) + (1 - task.y) * np.log(1 - p))
    assert loss_of(task, draw(task)) == pytest.approx(by_hand, rel=1e-12)


# Seeds that are facts


@pytest.mark.parametrize(("activation", "epoch"), [("relu", 172), ("tanh", 341)])
def test_seed_36_solves_xor_first_at_its_known_epoch(activation: str, epoch: int):
    _, losses = trained([xor(activation)], 1000, seed=36)
    assert int(np.argmax(losses.rows[:, 0] < 1e-3)) == epoch


@pytest.mark.parametrize(("seed", "relu", "tanh"), [(36, 172, 341), (23, 200, 401), (39, 205, 541)])
def test_twins_from_a_curated_start_both_solve_xor(seed: int, relu: int, tanh: int):
    _, losses = trained([xor("relu"), xor("tanh"), xor("identity")], 600, seed=seed)
    assert np.argmax(losses.rows < 1e-3, axis=0).tolist() == [relu, tanh, 0]
    assert losses.rows[:, 2].min() > 0.25 - 1e-15


@pytest.mark.parametrize(("seed", "plateau"), [(8, 1 / 4), (11, 1 / 4), (1, 1 / 6), (2, 1 / 6), (19, 1 / 8)])
def test_relu_stalls_from_a_known_seed_on_a_known_plateau(seed: int, plateau: float):
    _, losses = trained([xor("relu")], 20_000, seed=seed)
    assert losses.rows[-1, 0] == pytest.approx(plateau, abs=1e-6)


def test_identity_ends_on_a_quarter():
    _, losses = trained([xor("identity")], 1000, seed=36)
    assert losses.rows[-1, 0] == pytest.approx(0.25, abs=1e-6)


# However the way is cut

CUTS = (
    [
        [
            problem(name, batch_size=size, optimizer=OPTIMIZERS["adam"], l1=0.01)
            for name in ("relu", "identity")
        ]
        for size in (0, 4)
    ]
    + [[problem(name, batch_size=4, batches=CARRIED) for name in ("relu", "identity")]]
    + [[problem(points=200)], [problem(points=90_000, sizes=(2, 1))]]
    + [[problem(name, batch_size=size, decay=0.1, l2=0.01) for name in ("relu", "tanh")] for size in (0, 4)]
    + [[problem(decay=decay, batch_size=4, optimizer=OPTIMIZERS["adam"]) for decay in (0.0, 0.02)]]
)


@pytest.mark.parametrize("tasks", CUTS)
def test_results_do_not_depend_on_where_the_range_is_cut(tasks: list[Problem]):
    goal = 7 if len(tasks[0].x) > 1000 else 301
    whole, all_losses = trained(tasks, goal)
    trainer, rng, rows = Trainer(tasks), np.random.default_rng(0), []
    states = trainer.start([draw(task) for task in tasks])
    while states[0].step < goal:
        until = min(goal, states[0].step + int(rng.integers(1, 50)))
        states, losses = trainer.advance(states, until=until, seconds=60.0)
        at = losses.first // losses.every + np.arange(len(losses.rows))
        rows.append(np.array_equal(losses.rows, all_losses.rows[at]))
    assert all(rows)
    assert all(same(a, b) for a, b in zip(states, whole, strict=True))


def test_a_time_budget_is_kept_and_replays_to_the_last_bit():
    tasks = [xor("relu"), xor("identity")]
    trainer = Trainer(tasks)
    start = trainer.start([draw(task, 36) for task in tasks])
    for _ in range(3):
        states, losses = trainer.advance(start, seconds=0.01)
    assert losses.rows.shape == (states[0].step + 1, 2)
    again, _ = Trainer(tasks).advance(start, until=states[0].step)
    assert all(same(a, b) for a, b in zip(states, again, strict=True))


def test_no_time_is_no_step():
    trainer = Trainer([xor("relu")])
    states, losses = trainer.advance(trainer.start([draw(xor("relu"))]), seconds=0.0)
    assert (states[0].step, losses.rows.shape) == (0, (1, 1))


def test_states_are_read_only():
    (state,), _ = trained([problem(optimizer=OPTIMIZERS["adam"], l1=0.1)], 3)
    assert not any(array.flags.writeable for array in (state.params.flat, *state.memory))


# Refusals


def test_step_is_shown_but_not_trained():
    task = xor("step")
    trainer = Trainer([task])
    states, losses = trainer.advance(trainer.start([draw(task)]), until=0)
    assert losses.rows.shape == (1, 1)
    with pytest.raises(
        ValueError, match=r"^A network with step cannot be trained: its slope is 0 everywhere\.$"
    ):
        trainer.advance(states, until=1)


def test_training_without_any_limit_is_refused():
    trainer = Trainer([xor("relu")])
    with pytest.raises(ValueError, match="needs a step to stop at"):
        trainer.advance(trainer.start([draw(xor("relu"))]))
