"""What one layer says of many can be compared between two frames, whatever arrays are in it."""

from dataclasses import replace

from netviz.session import actions as act
from netviz.session.document import document_of
from netviz.session.experiment import with_value
from netviz.session.files import decode, encode
from netviz.session.instruments import collapsing
from netviz.session.presets import PRESETS
from netviz.session.runs import state_at
from netviz.session.state import opening
from netviz.session.store import reduce

XOR = PRESETS["xor"].experiment


def test_two_readings_of_the_same_numbers_compare_as_values_do():
    state = opening(PRESETS["blobs"].experiment)  # of several outputs the weights are arrays of many numbers
    one = collapsing.collapsed(state, 1)
    again = collapsing.collapsed(replace(state, frame=state.frame._replace()), 1)
    assert one is not again
    assert (one,) == (one,)
    assert (one,) != (again,)
    assert len({one, again}) == 2


def counted(state):
    one = collapsing.collapsed(state, 1)
    return one.numbers, one.needed


def test_numbers_that_are_not_there_are_not_counted():
    assert counted(opening(XOR)) == (9, 3)
    assert counted(opening(with_value(XOR, "bias", False))) == (6, 2)
    lifted = with_value(with_value(XOR, "bias", False), "curve", ((-1.0, 0.0), (1.0, 2.0)), 1)
    lifted = opening(with_value(lifted, "activation", "drawn", 1))
    assert collapsing.collapsed(lifted, 1).exact
    assert counted(lifted) == (6, 3)  # z + 1 at each unit is a bias all the same


def test_a_narrow_layer_has_fewer_numbers_than_the_one_it_acts_as():
    narrow = opening(with_value(PRESETS["blobs"].experiment, "hidden", (1,)))
    numbers, needed = counted(narrow)
    assert numbers < needed
    one = collapsing.collapsed(narrow, 1)
    assert collapsing.told(one) == f"{numbers} numbers act as {needed}: one layer."


# ------------------------------------------------------------------------------------- fused on the canvas
def shares(state):
    return [collapsing.share(state, twin) for twin in (0, 1)]


def test_only_a_twin_of_several_layers_in_which_nothing_bends_fuses():
    state = replace(opening(XOR), fused=0.3)
    assert shares(state) == [0, 0.3]
    assert shares(replace(state, fused=0.0)) == [0, 0]
    assert shares(replace(opening(with_value(XOR, "activation", "identity", 0)), fused=0.3)) == [0.3, 0.3]
    assert shares(replace(opening(with_value(XOR, "hidden", ())), fused=1.0)) == [0, 0]
    assert shares(replace(state_at(with_value(XOR, "learning_rate", 3.0), 60), fused=1.0)) == [
        0,
        0,
    ]  # diverged


def test_without_motion_it_is_at_one_end():
    state = replace(opening(XOR), reduced_motion=True)
    assert [shares(replace(state, fused=fused))[1] for fused in (0.2, 0.8)] == [0, 1]


def test_it_is_said_in_numbers():
    assert collapsing.acts_as(opening(XOR), 1) == "9 numbers act as 3"
    assert collapsing.acts_as(opening(with_value(XOR, "hidden", (16,) * 6)), 1) == "1 425 numbers act as 3"


def test_the_one_layer_is_that_of_the_frame():
    for step in (0, 20):
        state = state_at(XOR, step)
        one, frame = collapsing.one_layer(state, 1), state.frame.states[1].params
        assert (one.weight == frame.weights[1] @ frame.weights[0]).all()
        assert (one.bias == frame.weights[1] @ frame.biases[0] + frame.biases[1]).all()


def test_a_file_keeps_it_and_another_experiment_begins_without():
    state = reduce(opening(XOR), act.SetFused(1.0))
    document = document_of(state)
    assert decode(encode(document)) == document
    assert reduce(opening(XOR), act.OpenDocument(document)).fused == 1
    assert reduce(state, act.Open(XOR)).fused == 0
    assert document_of(reduce(state, act.SetFused(0.0))).view == ()


def test_undo_is_about_the_experiment_and_leaves_it():
    state = reduce(reduce(opening(XOR), act.SetField("learning_rate", 0.2)), act.SetFused(1.0))
    assert len(state.past) == 1
    assert reduce(state, act.Undo()).fused == 1
