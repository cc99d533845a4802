"""What one layer says of many can be compared between two frames, whatever arrays are in it."""

from dataclasses import replace

from netviz.session.experiment import with_value
from netviz.session.instruments import collapsing
from netviz.session.presets import PRESETS
from netviz.session.state import opening

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
