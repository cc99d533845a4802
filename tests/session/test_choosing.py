"""A problem chosen by hand brings the loss and the rate that suit it, and one undo takes all of it back."""

import pytest

from netviz.core.datasets import DATASETS
from netviz.session import selectors
from netviz.session.actions import Choose, SetField, Undo
from netviz.session.choosing import chosen
from netviz.session.experiment import with_value
from netviz.session.presets import PRESETS
from netviz.session.runs import state_at
from netviz.session.state import opening
from netviz.session.store import reduce

XOR = PRESETS["xor"].experiment
CLOUDS = [
    name for name, row in DATASETS.items() if row.inputs == 2 and not name.startswith(("own", "gate", "csv"))
]


def after(*names, start=XOR):
    for name in names:
        start = chosen(start, name)
    return start.base


@pytest.mark.parametrize(
    ("name", "loss", "rate"),
    [
        ("gate:0001", "mse", 0.1),
        ("circle", "bce", 0.3),
        ("blobs:4", "cross_entropy", 0.1),
        ("plane", "mse", 0.01),
        ("sine", "mse", 0.1),
    ],
)
def test_another_kind_of_problem_brings_what_suits_it(name, loss, rate):
    base = after(name)
    assert (base.dataset, base.loss, base.learning_rate) == (name, loss, rate)
    back = after(name, "xor")
    assert (back.loss, back.learning_rate) == ("mse", 0.1)


def test_within_a_kind_everything_stays():
    own = with_value(with_value(chosen(XOR, "circle"), "loss", "mse"), "learning_rate", 0.07)
    base = after("spiral", start=own)
    assert (base.loss, base.learning_rate) == ("mse", 0.07)


def test_a_rate_that_does_not_depend_on_the_slope_stays():
    base = after("plane", start=with_value(with_value(XOR, "optimizer", "adam"), "learning_rate", 0.03))
    assert base.learning_rate == 0.03


def test_playgrounds_classes_keep_a_loss_that_knows_them():
    """Its classes are −1 and 1, which cross-entropy does not know."""
    base = after("circle", start=with_value(chosen(XOR, "plane"), "seed", "playground:0.5"))
    assert base.loss in ("mse", "half_mse")


def test_one_undo_takes_all_of_it_back():
    state = reduce(opening(XOR), Choose("circle"))
    assert state.past[-1].label == "problem XOR to Circle"
    assert reduce(state, Undo()).experiment == XOR
    assert reduce(state, Choose("circle")) is state


def test_a_name_that_no_problem_has_is_refused():
    state = reduce(opening(XOR), Choose("nothing"))
    assert state.experiment == XOR
    assert "expected one of xor" in state.message


@pytest.mark.parametrize("hidden", [(2,), (8,), (8, 8)])
@pytest.mark.parametrize("name", CLOUDS)
def test_no_flat_twin_leaves_the_range_on_a_chosen_problem(name, hidden):
    """With the mean squared error and the rate of XOR, the flat twin of 2-8-1 diverges on most of them."""
    state = state_at(with_value(chosen(XOR, name), "hidden", hidden), 300)
    assert [trained.stopped for trained in state.frame.states] == [False, False]
    assert selectors.verdict(state, 1).kind in ("cannot", "learned", "flat", "paused")


def test_on_the_command_line_a_problem_changes_nothing_else():
    state = reduce(opening(XOR), SetField("dataset", "circle"))
    assert (state.experiment.base.loss, state.experiment.base.learning_rate) == ("mse", 0.1)
