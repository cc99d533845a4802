"""What is learned at several settings of the nonlinearity dial."""

from dataclasses import replace

import pytest

from netviz.core.problems import loss_of
from netviz.session import dials, engine
from netviz.session.actions import OpenPanel, SetField
from netviz.session.dials import Copy
from netviz.session.engine import advance
from netviz.session.fields import Settings
from netviz.session.runs import state_at
from netviz.session.sides import DIALS, side_experiment, side_frame, side_request
from netviz.session.store import reduce

from .made import XOR, edited


def copy(dial, kind):
    return Copy(Settings(dial=dial), None, 0.0, kind)


def test_at_epoch_172_only_the_whole_relu_has_learned():
    found = dials.copies(side_frame(state_at(XOR, 172)))
    assert [one.settings.dial for one in found] == list(DIALS)
    assert [one.kind for one in found] == ["cannot", "on_the_way", "on_the_way", "on_the_way", "learned"]
    assert found[0].loss == pytest.approx(0.25, abs=1e-5)
    assert found[4].loss < 1e-3


def test_every_dial_above_0_learns_in_time():
    found = dials.copies(side_frame(state_at(XOR, 3000)))
    assert dials.told(found) == "At 0 % it cannot; from 25 % on all answers are right."


@pytest.mark.parametrize("dial", DIALS)
def test_a_copy_is_the_first_twin_trained_with_that_dial(dial):
    state = state_at(reduce(state_at(XOR, 0), SetField("dial", dial, 0)).experiment, 60)
    one = dials.copies(side_frame(state))[DIALS.index(dial)]
    assert one.params.flat == pytest.approx(state.frame.states[0].params.flat, abs=1e-12)
    assert one.loss == loss_of(engine.problem(one.settings), one.params)


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        (("learned",) * 5, "From 0 % on all answers are right."),
        (("on_the_way",) * 5, "All of them are on the way."),
        (
            ("cannot", "on_the_way", "on_the_way", "on_the_way", "learned"),
            "At 0 % it cannot; from 25 % to 75 % it is on the way; at 100 % all answers are right.",
        ),
        (
            ("cannot", "did_not_find", "learned", "learned", "stopped"),
            "At 0 % it cannot; at 25 % it did not find it; from 50 % to 75 % all answers are right; "
            "at 100 % its numbers left the range.",
        ),
    ],
)
def test_the_sentence_groups_dials_with_the_same_fate(kinds, said):
    assert dials.told(tuple(map(copy, DIALS, kinds))) == said


def test_a_copy_that_stalls_did_not_find_it():
    experiment = edited(
        replace(XOR, base=replace(XOR.base, weights=None)), (0, "seed", 8, None)
    )  # stalls at 1/4
    last = dials.copies(side_frame(state_at(experiment, 4000)))[-1]
    assert (last.kind, round(last.loss, 3)) == ("did_not_find", 0.25)


def test_a_copy_whose_numbers_left_the_range_says_so():
    experiment = edited(XOR, (0, "learning_rate", 1e6, None))
    found = dials.copies(side_frame(state_at(experiment, 50)))
    assert found[0].kind == "stopped"


@pytest.mark.parametrize(
    ("settings", "layer", "label"),
    [
        (Settings(), 0, "ReLU"),
        (Settings(dial=0.0), 0, "ReLU"),
        (Settings(activation="identity"), None, "identity"),
        (Settings(hidden=(2, 2), activation=("identity", "tanh")), 1, "identity, tanh"),
        (Settings(hidden=()), None, "no hidden layer"),
    ],
)
def test_only_what_bends_can_be_dialed(settings, layer, label):
    assert dials.bending(settings) == layer
    assert dials.label(settings) == label


def test_where_the_dial_is_open_the_frame_is_the_one_trained_along():
    state = reduce(state_at(XOR, 60), OpenPanel("dial"))
    assert side_frame(state) is None
    frame = advance(side_request(state, 1.0))
    assert side_frame(replace(state, side=frame)) is frame
    other = replace(state, side=frame, experiment=edited(XOR, (0, "learning_rate", 0.3, None)))
    assert side_frame(other) is None


def test_in_a_picture_the_frame_is_trained_to_the_step_shown():
    state = state_at(XOR, 60)
    assert side_experiment(state) is None
    assert side_frame(state).step == 60
    assert dials.epoch(side_frame(state)) == 60


def test_dialing_leaves_the_copies_as_they_are():
    state = state_at(XOR, 60)
    assert side_frame(reduce(state, SetField("dial", 0.3, 0))) is side_frame(state)


def test_nothing_is_asked_for_where_no_copies_are_wanted_or_they_have_come_far_enough():
    state = state_at(XOR, 60)
    assert side_request(state, 1.0) is None
    opened = reduce(state, OpenPanel("dial"))
    there = replace(opened, side=advance(side_request(opened, 1.0)._replace(seconds=None)))
    assert side_request(there, 1.0) is None
