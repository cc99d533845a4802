"""Weights and biases set by hand, frozen and switched off: alike in replay, file, undo and command."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from netviz.session import engine, selectors
from netviz.session.actions import FrameArrived, SetField, Undo
from netviz.session.engine import Request
from netviz.session.experiment import Experiment, common_steps, with_edit, with_value
from netviz.session.fitting import along
from netviz.session.parameters import check_names, mask, names_of, parameter, toggled, unit_names
from netviz.session.presets import PRESETS
from netviz.session.runs import state_at
from netviz.session.sources import experiment_from
from netviz.session.store import reduce

XOR = PRESETS["xor"].experiment
SIZES = (2, 3, 1)
KEYS = ("w[0][0][1]", "b[0][1]", "b[1][0]")


def params(frame, twin=0):
    return frame.states[twin].params


def trained(experiment, until, step=0):
    states = engine.start(experiment).states
    frame = engine.advance(Request(experiment, states, until=step)) if step else engine.start(experiment)
    return engine.advance(Request(experiment, frame.trained, until=until))


@pytest.mark.parametrize(
    ("key", "found"), [("w[1][0][2]", (1, 0, 2)), ("b[0][1]", (0, 1, -1)), ("w[10][9][0]", (10, 9, 0))]
)
def test_a_name_says_where_its_number_stands(key, found):
    assert parameter(key) == found
    assert parameter(key).key == key


@pytest.mark.parametrize(
    "key", ["w[0][0]", "b[0]", "w[01][0][0]", "w[0][0][0] ", "layer[0]", "weights", "w[-1][0][0]"]
)
def test_other_words_are_no_numbers(key):
    assert parameter(key) is None


def test_a_list_of_names_is_the_shortest_that_means_the_same():
    everything = [*unit_names(1, 0, SIZES)]  # all four numbers of the output: w[1][0][0..2], b[1][0]
    assert names_of(mask(everything, SIZES), SIZES) == ("layer[1]",)
    assert toggled(("layer[1]",), ["b[1][0]"], SIZES) == ("w[1][0][0]", "w[1][0][1]", "w[1][0][2]")
    assert toggled((), ["w[0][2][1]"], SIZES) == ("w[0][2][1]",)
    assert check_names("b[1][0], w[0][0][1],b[1][0]") == ("w[0][0][1]", "b[1][0]")
    with pytest.raises(ValueError, match="such as"):
        check_names(["w[0]"])


@pytest.mark.parametrize(("key", "step", "twin"), [*product(KEYS, (1, 40), (None, 0, 1))])
def test_a_number_set_on_the_way_is_set_at_its_step_and_replays_alike(key, step, twin):
    edited = with_edit(XOR, step, key, 0.75, twin)
    at, there = parameter(key), trained(edited, step)
    for one in (0, 1):
        wanted = (
            0.75
            if twin in (None, one)
            else params(trained(XOR, step), one).layers[at.layer][at.to, at.source]
        )
        assert params(there, one).layers[at.layer][at.to, at.source] == wanted
    straight, resumed = trained(edited, 90), trained(edited, 90, step)
    plain = engine.advance(
        Request(edited, there.states, until=90)
    )  # from what is shown, not from what was kept
    for one in (0, 1):
        assert np.array_equal(params(straight, one).flat, params(resumed, one).flat)
        assert np.array_equal(params(straight, one).flat, params(plain, one).flat)
    assert np.array_equal(
        trained(edited, step - 1).states[0].params.flat, trained(XOR, step - 1).states[0].params.flat
    )


def test_the_loss_of_the_step_is_that_of_the_number_set_there():
    edited = with_edit(XOR, 40, "b[1][0]", 3.0)
    assert trained(edited, 40).losses.rows[-1, 0] == pytest.approx(
        engine.standing(edited, trained(edited, 40).states).losses.rows[0, 0]
    )
    assert trained(edited, 60).losses.rows[40, 0] == trained(edited, 40).losses.rows[40, 0]
    assert trained(edited, 40).losses.rows[40, 0] > 1  # every answer is about 3 too large


def test_a_number_of_the_start_is_shared_unless_it_is_one_twins():
    both = with_value(XOR, "w[0][1][0]", 1.5)
    assert [engine.start_params(twin).weights[0][1, 0] for twin in both.twins] == [1.5, 1.5]
    assert both.own == XOR.own
    one = with_value(XOR, "w[0][1][0]", 1.5, 1)
    assert engine.start_params(one.twins[0]).weights[0][1, 0] != 1.5
    assert engine.start_params(one.twins[1]).weights[0][1, 0] == 1.5
    assert not selectors.same_start(state_at(one, 0))
    assert selectors.same_start(state_at(both, 0))


def test_undo_brings_back_what_training_had_found():
    state = state_at(XOR, 100)
    before = params(state.frame).flat
    state = reduce(state, SetField("w[0][0][1]", 1.0, 0))
    state = reduce(state, SetField("w[0][0][1]", 1.2, 0, same_gesture=True))
    assert params(state.frame).weights[0][0, 1] == 1.2
    assert state.step == 100
    assert len(state.past) == 1
    assert state.past[-1].label == f"weight x₂→h₁ {before[1]:.2f} to 1.20"
    assert state.history.rows[100, 0] == pytest.approx(selectors.loss(state, 0))
    state = reduce(state, Undo())
    assert np.array_equal(params(state.frame).flat, before)


def test_the_screen_says_that_one_network_was_changed_by_hand():
    state = reduce(state_at(XOR, 100), SetField("w[0][0][1]", 1.0, 0))
    assert selectors.difference(state)[0] == "Same points, same start, then numbers set by hand. Besides:"
    both = reduce(state_at(XOR, 100), SetField("w[0][0][1]", 1.0))
    assert selectors.difference(both)[0] == "Same points, same start, same steps. One difference:"


def test_going_on_after_an_edit_is_what_a_run_from_the_start_gives():
    state = reduce(state_at(XOR, 100), SetField("b[0][0]", -0.5, 1))
    on = engine.advance(Request(state.experiment, state.frame.states, until=130))
    state = reduce(replace(state, playhead=130), FrameArrived(on))
    assert np.array_equal(params(state.frame, 1).flat, params(trained(state.experiment, 130), 1).flat)


@pytest.mark.parametrize("key", ["w[0][2][0]", "w[2][0][0]", "b[1][1]", "w[0][0][2]"])
def test_a_number_that_is_not_there_is_refused(key):
    with pytest.raises(ValueError, match="2-2-1"):
        with_edit(XOR, 5, key, 1.0)
    with pytest.raises(ValueError, match="2-2-1"):
        with_value(XOR, key, 1.0)
    assert "2-2-1" in reduce(state_at(XOR, 3), SetField(key, 1.0, 0)).message


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "adam"])
def test_what_is_frozen_stays_and_the_rest_learns(optimizer):
    bent = with_value(with_value(XOR, "optimizer", optimizer), "activation", "tanh")  # no unit can die
    one = with_value(bent, "frozen", ["w[0][0][1]", "layer[1]"], 0)
    start, end = engine.start(one), trained(one, 50)
    same = params(start).flat == params(end).flat
    assert same.tolist() == [False, True, False, False, False, False, True, True, True]
    assert not (params(start, 1).flat == params(end, 1).flat).any()


def test_freezing_on_the_way_holds_from_there_on():
    frozen = with_edit(XOR, 20, "frozen", ("layer[0]", "layer[1]"), 0)
    assert np.array_equal(params(trained(frozen, 20)).flat, params(trained(frozen, 80)).flat)
    assert common_steps(frozen, XOR) == 20


def test_without_biases_every_bias_is_and_stays_0():
    off = with_value(XOR, "bias", False, 1)
    assert [layer.tolist() for layer in params(trained(off, 30), 1).biases] == [[0, 0], [0]]
    assert params(trained(off, 30), 0).biases[0][0] != 0
    with pytest.raises(ValueError, match="switched off"):
        with_edit(off, 3, "b[0][0]", 1.0, 1)


def test_another_shape_lets_go_of_what_is_frozen_where_it_is_gone():
    frozen = with_value(XOR, "frozen", ("w[0][1][0]",))
    assert with_value(frozen, "hidden", (1,)).twins[0].frozen == ()
    assert with_value(frozen, "hidden", (3,)).twins[0].frozen == ("w[0][1][0]",)


@pytest.mark.parametrize(
    ("old", "new", "names", "wanted"),
    [
        ((8, 4), (8, 6, 4), ("relu", "tanh"), ("relu", "relu", "tanh")),
        ((8, 4), (8,), ("relu", "tanh"), "relu"),
        ((8, 4), (4,), ("relu", "tanh"), "tanh"),
        ((8, 4), (8, 5), ("relu", "tanh"), ("relu", "tanh")),
        ((8, 4), (), ("relu", "tanh"), "relu"),
        ((8, 4), (8, 4, 2), ("relu", "tanh"), ("relu", "tanh", "tanh")),
    ],
)
def test_layers_keep_their_activation_when_others_come_and_go(old, new, names, wanted):
    assert along(names, old, new) == wanted


def test_the_command_line_sets_single_numbers_last():
    found = experiment_from(
        "xor", ["twins[1].b[0][2]=-1", "w[0][2][1]=0.25", "frozen=w[0][2][1]", "hidden=3", "bias=on"]
    )
    assert engine.start_params(found.twins[0]).weights[0][2, 1] == 0.25
    assert engine.start_params(found.twins[1]).biases[0][2] == -1
    assert found.twins[0].frozen == ("w[0][2][1]",)
    with pytest.raises(ValueError, match=r"w\[0\]\[9\]\[0\]"):
        experiment_from("xor", ["w[0][9][0]=1"])


def test_a_weight_that_l1_had_carried_to_zero_lives_again_when_it_is_set():
    penalised = with_value(with_value(XOR, "l1", 0.3), "learning_rate", 0.1)
    dead = trained(penalised, 60)
    place = int(np.flatnonzero(params(dead).flat == 0)[0])
    layer, rest = divmod(place, 3) if place < 6 else (2, place - 6)
    key = f"w[0][{layer}][{rest}]" if layer < 2 else f"w[1][0][{rest}]"
    edited = with_edit(penalised, 60, key, 2.0)
    assert 0 < params(trained(edited, 61)).flat[place] < 2.0


def test_a_run_takes_only_so_many_changes(monkeypatch):
    monkeypatch.setattr("netviz.session.experiment.MOST_EDITS", 1)
    once = with_edit(XOR, 1, "w[0][0][0]", 1.0)
    assert isinstance(once, Experiment)
    with pytest.raises(ValueError, match="at most"):
        with_edit(once, 2, "w[0][0][0]", 2.0)


def test_a_number_set_by_hand_has_bounds():
    assert with_value(XOR, "w[0][0][0]", 1e100).base.weights[0][0][0][0] == 1e100
    for key, value in (("w[0][0][0]", 1.1e100), ("b[1][0]", -1e308)):
        with pytest.raises(ValueError, match=r"^expected a number from -1e\+100 to 1e\+100, got"):
            with_value(XOR, key, value)
