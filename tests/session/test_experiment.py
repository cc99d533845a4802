"""Experiments: where a value goes, what a live edit changes, and how much two runs share."""

import pytest

from netviz.session.experiment import (
    FOREVER,
    Experiment,
    check,
    common_steps,
    differences,
    place,
    sizes,
    with_edit,
    with_value,
)
from netviz.session.fields import Settings
from tests.session.made import IDENTITY, XOR, edited, experiment

TWO = experiment()
TANH = ("activation", "tanh")


def test_a_key_alone_changes_the_first_twin_and_those_without_a_value_of_their_own():
    changed = with_value(TWO, "activation", "tanh")
    assert [twin.activation for twin in changed.twins] == ["tanh", "identity"]
    changed = with_value(TWO, "learning_rate", 0.3)
    assert [twin.learning_rate for twin in changed.twins] == [0.3, 0.3]


def test_a_key_alone_beats_the_first_twins_own_value():
    own = with_value(TWO, "learning_rate", 0.5, 0)
    assert [twin.learning_rate for twin in own.twins] == [0.5, 0.1]
    assert [twin.learning_rate for twin in with_value(own, "learning_rate", 0.3).twins] == [0.3, 0.3]


def test_a_twins_own_value_leaves_the_other_alone():
    changed = with_value(TWO, "activation", "tanh", 1)
    assert [twin.activation for twin in changed.twins] == ["relu", "tanh"]


def test_own_values_stand_in_the_order_of_the_fields():
    assert with_value(with_value(TWO, "seed", 1, 1), "dataset", "gate:0001", 1).own[1] == (
        ("dataset", "gate:0001"),
        *IDENTITY,
        ("seed", 1),
        ("weights", None),
    )


@pytest.mark.parametrize(
    ("key", "value"), [("hidden", (3,)), ("features", ("x",)), ("initializer", "zeros"), ("seed", 36)]
)
def test_what_draws_a_new_start_clears_given_weights(key, value):
    assert XOR.base.weights is not None
    assert [twin.weights for twin in with_value(XOR, key, value).twins] == [None, None]
    assert [twin.weights is None for twin in place(XOR, key, value, 1).twins] == [False, True]


def test_other_settings_keep_given_weights():
    assert with_value(XOR, "learning_rate", 1.0).base.weights == XOR.base.weights


@pytest.mark.parametrize(
    ("key", "value", "twin", "sentence"),
    [
        ("speed", 1, None, "no such setting; there are dataset"),
        ("learning_rate", 0, None, "expected a number above 0, got 0"),
        ("learning_rate", 1, 2, "no such twin; there are 2"),
        (
            "activation",
            ("relu", "tanh"),
            None,
            r"^key 'activation': expected one, or one for each of 1 hidden layers, got 2$",
        ),
        ("activation", ("relu", "tanh"), 1, r"^key 'twins\[1\].activation': expected one"),
        (
            "weights",
            (((),), ((),)),
            None,
            r"^key 'weights': expected 2 x 2 and 1 x 2 weights \(to x from\), and a bias each$",
        ),
        ("weights", (), None, "all numbers"),
    ],
)
def test_what_does_not_fit_is_refused(key, value, twin, sentence):
    with pytest.raises(ValueError, match=sentence):
        with_value(TWO, key, value, twin)


@pytest.mark.parametrize(
    "weights",
    [
        ((((1.0, 1.0), (1.0,)), ((1.0, 1.0),)), ((0.0, 0.0), (0.0,))),  # a row too short
        ((((1.0, 1.0), (1.0, 1.0)), ((1.0, 1.0),)), ((0.0,), (0.0,))),  # a bias missing
        ((((1.0, 1.0), (1.0, 1.0)), ((1.0, 1.0),)), ((0.0, 0.0),)),  # a layer of biases missing
    ],
)
def test_weights_of_another_shape_are_refused(weights):
    with pytest.raises(ValueError, match="expected 2 x 2 and 1 x 2 weights"):
        with_value(TWO, "weights", weights)


def test_layers_run_from_the_inputs_to_one_output():
    assert sizes(Settings(features=("x", "y", "xy"), hidden=())) == (3, 1)
    assert sizes(Settings(hidden=(8, 4))) == (2, 8, 4, 1)


def test_a_live_edit_holds_from_its_step_on():
    changed = edited(TWO, (50, "learning_rate", 0.3, None), (80, *TANH, 1))
    assert [changed.twins_at(step)[0].learning_rate for step in (0, 49, 50, 1000)] == [0.1, 0.1, 0.3, 0.3]
    assert [changed.twins_at(step)[1].activation for step in (79, 80)] == ["identity", "tanh"]
    assert changed.at(60).edits == ()
    assert changed.twins == TWO.twins


def test_a_live_edit_gives_up_the_later_ones():
    changed = edited(TWO, (50, "learning_rate", 0.3, None), (80, *TANH, 1), (60, "learning_rate", 0.5, None))
    assert [edit.step for edit in changed.edits] == [50, 60]


def test_a_live_edit_replaces_the_same_one_of_its_step():
    changed = edited(TWO, (50, "learning_rate", 0.3, None), (50, *TANH, 1), (50, "learning_rate", 0.5, None))
    assert [(edit.key, edit.value) for edit in changed.edits] == [TANH, ("learning_rate", 0.5)]


def test_a_live_edit_at_the_start_is_a_setting():
    assert edited(TWO, (50, *TANH, 1), (0, "learning_rate", 0.3, None)) == with_value(
        TWO, "learning_rate", 0.3
    )


def test_a_live_edit_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match=r"^key 'activation': expected one"):
        with_edit(TWO, 5, "activation", ("relu", "tanh"))


def test_every_stage_of_a_run_must_fit():
    bad = with_edit(TWO, 5, "learning_rate", 0.3)
    broken = Experiment(
        bad.base, bad.own, (bad.edits[0]._replace(key="activation", value=("relu", "sin")), *bad.edits)
    )
    with pytest.raises(ValueError, match=r"^edits\[0\]: "):
        check(broken)


A, B = (50, "learning_rate", 0.3, None), (80, *TANH, 1)


@pytest.mark.parametrize(
    ("one", "other", "common"),
    [
        (TWO, TWO, FOREVER),
        (TWO, with_value(TWO, "seed", 1), 0),
        (TWO, experiment(own=((),)), 0),
        (TWO, edited(TWO, A), 50),
        (edited(TWO, A), edited(TWO, A, B), 80),
        (edited(TWO, A, B), edited(TWO, A, B), FOREVER),
        (edited(TWO, A), edited(TWO, B), 50),
        (edited(TWO, A), edited(TWO, (50, "learning_rate", 0.5, None)), 50),
        (edited(TWO, A), edited(with_value(TWO, "seed", 1), A), 0),
        (TWO, experiment(own=((("activation", "relu"),), IDENTITY)), FOREVER),  # told otherwise, the same run
        (
            edited(TWO, A),
            edited(experiment(own=((("learning_rate", 0.1),), IDENTITY)), A),
            0,
        ),  # A may fall elsewhere
    ],
)
def test_how_many_steps_two_runs_share(one, other, common):
    assert common_steps(one, other) == common_steps(other, one) == common


def test_differences_are_told_in_the_order_of_the_fields():
    assert differences(TWO) == ("activation",)
    assert differences(with_value(with_value(TWO, "seed", 1, 1), "dial", 0.5, 1)) == (
        "activation",
        "dial",
        "seed",
    )
    assert differences(experiment(own=((),))) == ()


def test_equal_experiments_are_one_key():
    assert {TWO: 1}[experiment()] == 1
    assert with_value(TWO, "seed", 1) != TWO
