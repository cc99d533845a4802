"""From an experiment to trained numbers: the same however the way is cut."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from netviz.core.activations import ACTIVATIONS
from netviz.core.problems import loss_of
from netviz.session import engine
from netviz.session.engine import Frame, Request, advance, start
from netviz.session.experiment import Experiment, with_edit, with_value
from netviz.session.fields import Settings
from tests.session.made import IDENTITY, TRAINABLE, XOR, edited, experiment

EDITED = edited(
    XOR, (40, "learning_rate", 0.3, None), (60, "activation", "tanh", 1), (60, "momentum", 0.5, 0)
)
BATCHES = experiment(batch_size=3, optimizer="adam", l1=0.001)
CONSTANTS = edited(
    experiment(optimizer="adam", beta1=0.5), (30, "beta2", 0.9, 0), (50, "epsilon", 0.01, None)
)
DECAYING = edited(experiment(batch_size=3, decay=0.1, own=((), (("decay", 0.01),))), (41, "decay", 1.0, 0))


def same(one: Frame, other: Frame) -> bool:
    pairs = zip(one.states, other.states, strict=True)
    return all(
        np.array_equal(a.params.flat, b.params.flat)
        and (a.step, a.stopped) == (b.step, b.stopped)
        and all(np.array_equal(x, y) for x, y in zip(a.memory, b.memory, strict=True))
        for a, b in pairs
    )


def to(chosen: Experiment, *steps: int) -> Frame:
    frame = start(chosen)
    for step in steps:
        frame = advance(Request(chosen, frame.states, until=step))
    return frame


@pytest.mark.parametrize(
    "chosen",
    [XOR, EDITED, BATCHES, DECAYING, CONSTANTS],
    ids=["plain", "edited", "batches", "decaying", "constants"],
)
@given(st.lists(st.integers(1, 99), unique=True).map(sorted))
@hypothesis_settings(max_examples=15, deadline=None)
def test_a_run_cut_into_pieces_is_the_same_run(chosen, cuts):
    assert same(to(chosen, *cuts, 100), to(chosen, 100))


@pytest.mark.parametrize("chosen", [EDITED, BATCHES, DECAYING], ids=["edited", "batches", "decaying"])
def test_going_back_and_forth_shows_the_same_numbers(chosen):
    far = to(chosen, 100)
    for step in (50, 100, 7, 61, 60, 100, 0):
        again = advance(Request(chosen, to(chosen, min(step, 7)).states, until=step))
        assert same(again, to(chosen, step))
    assert same(to(chosen, 100), far)


def test_a_live_edit_is_the_same_run_by_hand():
    before = to(XOR, 40)
    faster = with_value(XOR, "learning_rate", 0.3)
    by_hand = advance(Request(faster, before.states, until=100))
    assert same(to(with_edit(XOR, 40, "learning_rate", 0.3), 100), by_hand)
    assert not same(to(XOR, 100), by_hand)


def test_the_rate_decays_for_each_twin_and_from_a_live_edit_on_as_if_it_always_had():
    rates = [
        [engine.problem(settings).rate_at(step) for settings in DECAYING.twins_at(step)] for step in (40, 41)
    ]  # corners by threes: two steps an epoch, so both are in epoch 20
    assert rates[0] == pytest.approx([0.1 / 3, 0.1 / 1.2])
    assert rates[1] == pytest.approx([0.1 / 21, 0.1 / 1.2])


def test_losses_go_on_across_live_edits_with_the_later_settings_row():
    frame = to(EDITED, 100)
    assert (frame.losses.first, frame.losses.every, frame.losses.rows.shape) == (0, 1, (101, 2))
    for step in (0, 39, 40, 60, 100):
        at = to(EDITED, step)
        fresh = [
            loss_of(engine.problem(s), t.params)
            for s, t in zip(EDITED.twins_at(step), at.states, strict=True)
        ]
        assert frame.losses.rows[step] == pytest.approx(fresh, rel=1e-12)
    assert not frame.losses.rows.flags.writeable


@pytest.mark.parametrize(("batch", "every"), [(0, 1), (1, 4), (3, 2), (4, 1), (9, 1)])
def test_a_row_of_losses_ends_each_epoch(batch, every):
    chosen = experiment(batch_size=batch)
    frame = to(chosen, 10)
    assert engine.epoch_steps(chosen) == frame.losses.every == every
    assert len(frame.losses.rows) == 10 // every + 1
    middle = advance(Request(chosen, to(chosen, 5).states, until=10)).losses
    assert (middle.first, len(middle.rows)) == (-(-5 // every) * every, 10 // every - (4 // every))
    assert np.array_equal(frame.losses.rows[-len(middle.rows) :], middle.rows)


def test_twins_of_different_batches_share_the_longer_epoch():
    chosen = experiment(own=((), (("batch_size", 1),)))
    assert engine.epoch_steps(chosen) == 4
    assert to(chosen, 8).losses.rows.shape == (3, 2)
    assert start(chosen).losses.every == 4


def test_standing_still_tells_of_these_states_alone():
    frame = to(BATCHES, 4)
    assert advance(Request(BATCHES, frame.states, until=2)).states == frame.states
    assert advance(Request(BATCHES, to(BATCHES, 5).states, until=5)).losses.rows.shape == (0, 2)
    assert len(engine.standing(BATCHES, frame.states).losses.rows) == 1


def test_time_that_is_spent_ends_a_request_across_edits():
    many = edited(XOR, *((step, "learning_rate", 0.1 + step / 1e4, None) for step in range(1, 200)))
    frame = advance(Request(many, start(many).states, until=200, seconds=0.0))
    assert frame.step < 199
    while frame.step < 200:
        step, frame = frame.step, advance(Request(many, frame.states, until=200, seconds=0.1))
        assert frame.step > step
    assert same(frame, to(many, 200))


def test_without_an_end_time_alone_ends_a_request():
    assert advance(Request(XOR, start(XOR).states, seconds=0.05)).step > 0


@pytest.mark.parametrize(
    "chosen",
    [
        experiment(hidden=()),
        experiment(hidden=(16,) * 8),
        experiment(
            hidden=(3, 2), activation=("relu", "tanh"), own=((), (("activation", ("sin", "identity")),))
        ),
        experiment(features=("x", "y", "xy"), output_activation="sigmoid", loss="bce"),
        experiment(own=((), (("hidden", (4,)), ("seed", 2)))),
    ],
    ids=["nothing hidden", "8 x 16", "by layer", "features", "other twin"],
)
def test_networks_of_every_shape_train(chosen):
    frame = to(chosen, 9)
    assert frame.step == 9
    assert all(np.isfinite(state.params.flat).all() for state in frame.states)


@pytest.mark.parametrize("name", TRAINABLE)
def test_every_activation_learns_something(name):
    chosen = experiment(activation=name, own=((),))
    assert to(chosen, 50).losses.rows[-1, 0] < start(chosen).losses.rows[0, 0]


@pytest.mark.parametrize("name", [name for name in ACTIVATIONS if name not in TRAINABLE])
def test_what_cannot_be_trained_is_shown_and_refused(name):
    chosen = experiment(activation=name)
    assert start(chosen).step == 0
    with pytest.raises(ValueError, match="cannot be trained"):
        to(chosen, 1)


def test_a_loss_out_of_range_is_no_number():
    chosen = with_value(XOR, "weights", ((((1e200,) * 2,) * 2, ((1e200,) * 2,)), ((0.0,) * 2, (0.0,))))
    assert np.isnan(start(chosen).losses.rows).all()
    assert all(state.stopped for state in to(chosen, 1).states)


def test_a_twin_that_stops_leaves_the_other_alone():
    chosen = with_value(XOR, "learning_rate", 1e9, 1)
    frame = to(chosen, 50)
    assert [state.stopped for state in frame.states] == [False, True]
    assert np.array_equal(frame.states[0].params.flat, to(XOR, 50).states[0].params.flat)
    assert np.isfinite(frame.states[1].params.flat).all()


def test_twins_start_alike_from_given_or_drawn_weights():
    for chosen in (XOR, experiment(seed=5)):
        one, other = start(chosen).states
        assert np.array_equal(one.params.flat, other.params.flat)
    drawn = np.random.default_rng(36).uniform(-1, 1, (2, 2))
    assert np.array_equal(engine.start_params(Settings()).weights[0], drawn)
    assert np.allclose(engine.start_params(XOR.base).weights[0], drawn, atol=1e-15)


def test_points_and_inputs_are_read_only():
    problem = engine.problem(Settings(features=("x", "xy")))
    assert not problem.x.flags.writeable
    assert not problem.y.flags.writeable
    assert engine.inputs(Settings(features=("x", "xy")), np.array([[2.0, 3.0]])).tolist() == [[2.0, 6.0]]
    assert engine.input_labels(Settings(features=("x", "xy"))) == ("x₁", "x₁x₂")


def test_the_dial_and_the_drawn_curve_reach_the_network():
    assert engine.network(Settings(dial=0.0)).activations[0].affine
    curve = engine.network(Settings(activation="drawn", curve=((-1.0, 1.0), (1.0, 3.0)))).activations[0]
    assert curve.value(np.array([0.0]))[0] == pytest.approx(2.0)
    assert IDENTITY
