"""Runs without a window end at the very step where they should."""

import numpy as np
import pytest

from netviz.session import runs
from netviz.session.experiment import with_value
from netviz.session.runs import Limits, ended, failure, run, state_at
from tests.session.made import IDENTITY, XOR, edited, experiment

WILD = with_value(XOR, "learning_rate", 1e9)


def last(chosen, limits: Limits):
    return list(run(chosen, limits))[-1]


@pytest.mark.parametrize("slice_", [0.2, 1e-9])
@pytest.mark.parametrize("steps", [0, 1, 172])
def test_a_run_ends_at_its_last_step(monkeypatch, slice_, steps):
    monkeypatch.setattr(runs, "SLICE", max(slice_, 0.0005))
    state = last(XOR, Limits(steps))
    assert (state.step, state.playhead, state.furthest, state.history.count) == (
        steps,
        steps,
        steps,
        steps + 1,
    )
    assert np.array_equal(state.frame.states[0].params.flat, state_at(XOR, steps).frame.states[0].params.flat)
    assert ended(state, Limits(steps))


def test_a_run_stops_at_every_report():
    steps = [state.step for state in run(XOR, Limits(100, every=30))]
    assert {0, 30, 60, 90, 100} <= set(steps)
    assert steps == sorted(steps)


@pytest.mark.parametrize("slice_", [0.2, 0.0005])
def test_a_run_ends_at_the_first_step_below_a_loss(monkeypatch, slice_):
    monkeypatch.setattr(runs, "SLICE", slice_)
    limits = Limits(10_000, until_loss=1e-3)
    state = last(XOR, limits)
    assert (state.step, state.history.count) == (172, 173)
    assert state.history.rows[172, 0] < 1e-3 <= state.history.rows[171, 0]
    assert failure(state, limits) == ""


def test_with_batches_a_loss_is_looked_at_where_epochs_end():
    state = last(experiment(batch_size=3), Limits(100_000, until_loss=0.2))
    assert state.step % 2 == 0
    rows = state.history.rows[:, 0]
    assert rows[-1] < 0.2 <= rows[:-1].min()


def test_the_loss_that_is_waited_for_is_the_first_twins():
    limits = Limits(500, until_loss=0.1)
    swapped = experiment(own=(IDENTITY, ()), weights=XOR.base.weights)
    state = last(swapped, limits)
    assert state.step == 500
    assert failure(state, limits) == "the loss did not fall below 0.1 in 500 steps"


def test_a_loss_that_is_reached_at_the_start_ends_a_run_there():
    assert last(XOR, Limits(100, until_loss=5.0)).step == 0


@pytest.mark.parametrize(("chosen", "goal"), [({"seed": 8}, 0.1), ({"activation": "identity"}, 0.2)])
def test_a_run_that_stalls_before_its_loss_ends_there(chosen, goal):
    limits = Limits(10**9, until_loss=goal)
    state = last(experiment(**chosen), limits)
    assert state.step == 1000
    assert failure(state, limits) == f"the loss did not fall below {goal} in 1000 steps"


def test_a_slow_run_is_no_stall():
    state = last(experiment(activation="sigmoid"), Limits(10**9, until_loss=1e-3))
    assert 1000 < state.step < 10**6
    assert state.history.rows[-1, 0] < 1e-3


@pytest.mark.parametrize("slice_", [0.2, 0.0005])
def test_a_run_whose_twins_all_leave_the_range_ends_where_the_last_one_did(monkeypatch, slice_):
    monkeypatch.setattr(runs, "SLICE", slice_)
    state = last(WILD, Limits(10**14))
    assert all(twin.stopped for twin in state.frame.states)
    assert not all(twin.stopped for twin in state_at(WILD, state.step - 1).frame.states)
    assert failure(state, Limits(10**14)) == "twins[0] left the range of numbers; lower its learning rate"


def test_a_run_goes_on_with_the_twin_that_is_left():
    limits = Limits(300)
    state = last(with_value(XOR, "learning_rate", 1e9, 1), limits)
    assert (state.step, [twin.stopped for twin in state.frame.states]) == (300, [False, True])
    assert failure(state, limits).startswith("twins[1] left the range")


def test_a_start_out_of_range_ends_after_one_epoch():
    weights = ((((1e200,) * 2,) * 2, ((1e200,) * 2,)), ((0.0,) * 2, (0.0,)))
    for chosen, steps in ((XOR, 1), (experiment(batch_size=1), 4)):
        assert last(with_value(chosen, "weights", weights), Limits(100)).step == steps


def test_what_cannot_be_trained_is_refused_before_anything_is_told():
    with pytest.raises(ValueError, match="cannot be trained"):
        next(run(experiment(activation="step"), Limits(10)))
    assert last(experiment(activation="step"), Limits(0)).step == 0


def test_live_edits_are_part_of_a_run():
    chosen = edited(XOR, (40, "learning_rate", 0.3, None))
    assert last(chosen, Limits(10_000, until_loss=1e-3)).step < 172


WILD_BY_HAND = edited(
    experiment(own=((),)), (5, "w[0][0][0]", 1e100, None), (5, "w[1][0][0]", 1e100, None)
)  # (1e100 * 1e100)**2 is out of range
RULED_LATE = edited(experiment(own=((),)), (100, "stop_loss", 0.2, None))  # it held long before step 100


@pytest.mark.parametrize("slice_", [0.2, 0.0005])
@pytest.mark.parametrize(("chosen", "end"), [(WILD_BY_HAND, 6), (RULED_LATE, 100)])
def test_a_run_ends_after_an_edit_that_ends_it_at_its_own_step_or_before(monkeypatch, slice_, chosen, end):
    monkeypatch.setattr(runs, "SLICE", slice_)
    states = []
    for state in run(chosen, Limits(100_000)):
        states.append(state)
        assert len(states) < 1000, "it goes round and round"
    assert (states[-1].step, states[-1].frame.states[0].stopped) == (end, end == 6)
    assert np.isfinite(states[-1].history.rows[:, 0]).tolist()[:7] == [True] * 5 + [end == 100] * 2
