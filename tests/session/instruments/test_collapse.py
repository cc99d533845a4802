"""What one layer says of many can be compared between two frames, whatever arrays are in it."""

from dataclasses import replace

from netviz.session.instruments import collapsing
from netviz.session.presets import PRESETS
from netviz.session.state import opening


def test_two_readings_of_the_same_numbers_compare_as_values_do():
    state = opening(PRESETS["blobs"].experiment)  # of several outputs the weights are arrays of many numbers
    one = collapsing.collapsed(state, 1)
    again = collapsing.collapsed(replace(state, frame=state.frame._replace()), 1)
    assert one is not again
    assert (one,) == (one,)
    assert (one,) != (again,)
    assert len({one, again}) == 2
