"""What lies beyond the limits costs one sentence, and a stopped twin stays as it is."""

import json

import pytest

from netviz.core.problems import with_numbers
from netviz.session.actions import SetField, Tell
from netviz.session.building import LIMITS, add_unit
from netviz.session.experiment import Experiment, LiveEdit, check, with_value
from netviz.session.fields import MOST_OWN, check_own
from netviz.session.files import FileError, decode
from netviz.session.parameters import names_label
from netviz.session.presets import PRESETS
from netviz.session.runs import state_at
from netviz.session.store import reduce

XOR = PRESETS["xor"].experiment
WILD = with_value(XOR, "learning_rate", 1e9)


@pytest.mark.parametrize("layer", [0, 2])
def test_a_layer_that_is_not_there_gets_no_unit(layer):
    assert add_unit(state_at(XOR, 0), 0, layer) == Tell(LIMITS)


def test_a_stopped_twins_numbers_cannot_be_set():
    state = state_at(WILD, 50)
    stopped = state.frame.states[0]
    assert stopped.stopped
    assert with_numbers(stopped, {(0, 0, 0): 1.0}) is stopped
    after = reduce(state, SetField("w[0][0][0]", 1.0, 0))
    assert after.message == "This network's numbers have left the range; Reset goes back to its start."
    assert after.experiment is state.experiment


def test_an_edit_of_a_weight_that_is_not_there_is_named():
    edited = Experiment(XOR.base, XOR.own, (LiveEdit(5, 0, "w[7][0][0]", 1.0),))
    with pytest.raises(ValueError, match=r"^edits\[0\]: key 'w\[7\]\[0\]\[0\]': "):
        check(edited)


def test_more_own_points_than_can_be_held_are_refused():
    with pytest.raises(ValueError, match=r"expected at most 100,000 points, got \"100,001\""):
        check_own([[0, 0, 1]] * (MOST_OWN + 1))


def test_the_names_of_hidden_rows_must_be_names():
    told = {"format": "netviz", "version": 2, "experiment": {}, "view": {"hidden_rows": [1]}}
    with pytest.raises(FileError, match=r"^key 'view.hidden_rows': expected a list of names, got \[1\]"):
        decode(json.dumps(told).encode())


@pytest.mark.parametrize(
    ("names", "label"),
    [((), "nothing"), (("b[0][1]",), "b[0][1]"), (("b[0][0]",) * 4, "4 numbers")],
)
def test_many_names_are_counted(names, label):
    assert names_label(names) == label
