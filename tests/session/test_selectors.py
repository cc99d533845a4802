"""Every sentence of the screen, reached by experiments that were really trained; and its numbers."""

from dataclasses import replace

import numpy as np
import pytest

from netviz.session import actions as act
from netviz.session import selectors
from netviz.session.document import Document, opened, stored
from netviz.session.engine import Request, advance
from netviz.session.experiment import with_value
from netviz.session.runs import state_at
from netviz.session.state import State, UnitId, opening
from netviz.session.store import reduce
from tests.session.made import IDENTITY, XOR, edited, experiment, trained

SAME = "Same points, same start, same steps."


def playing(state: State) -> State:
    return replace(state, playing=True)


XOR_AT = {step: state_at(XOR, step) for step in (0, 20, 42, 60, 172, 1000)}


def test_at_epoch_172_the_flat_twin_has_no_answer():
    state = XOR_AT[172]
    assert selectors.answers(state, 0) == ("right",) * 4
    assert selectors.answers(state, 1) == ("undecided",) * 4
    assert (selectors.constant(state, 0), selectors.constant(state, 1)) == (None, 0.5)
    assert np.abs(selectors.outputs(state, 1) - 0.5).max() == pytest.approx(3.6e-4, rel=0.05)


def test_events_stand_on_the_timeline():
    assert [(event.step, event.text) for event in selectors.events(XOR_AT[1000])] == [
        (42, "42: without reaches ¼"),
        (172, "172: with has learned"),
    ]
    assert selectors.events(XOR_AT[20]) == ()
    fast = state_at(with_value(XOR, "learning_rate", 1e9, 0), 60)
    stopped = selectors.stopped_at(fast, 0)
    assert selectors.Event(stopped, 0, f"{stopped}: with left the range") in selectors.events(fast)


def test_why_nothing_moves_is_said():
    assert selectors.why_paused(XOR_AT[1000]) == "Paused: both have settled."
    assert selectors.why_paused(trained(1000, own=(IDENTITY,))) == "Paused: it has settled."
    assert selectors.why_paused(XOR_AT[60]) == "Paused at epoch 60."
    assert selectors.why_paused(XOR_AT[0]) == ""
    assert selectors.why_paused(playing(XOR_AT[1000])) == ""


def test_a_stopped_twin_has_settled():
    assert selectors.all_settled(state_at(with_value(XOR, "learning_rate", 1e9, 0), 172))
    assert not selectors.all_settled(XOR_AT[60])


@pytest.mark.parametrize(
    ("chosen", "parts"),
    [
        (XOR, ("Same points, same start, same steps. One difference:", 0, "or", 1, "after each sum.")),
        (
            with_value(XOR, "hidden", ()),
            (f"{SAME} No difference: without hidden units there is no activation.",),
        ),
        (
            with_value(XOR, "activation", "relu", 1),
            (f"{SAME} No difference yet: choose another activation for one of them.",),
        ),
        (
            experiment(own=((), (("learning_rate", 0.3),))),
            ("Same points, same start, same steps. One difference: learning rate 0.1 or 0.3.",),
        ),
        (
            experiment(own=((), (*IDENTITY, ("seed", 5)))),
            ("Same points. Differences: activation ReLU or identity and seed 36 or 5.",),
        ),
        (experiment(own=((),)), ()),
    ],
)
def test_the_difference_is_told_between_the_lanes(chosen, parts):
    assert selectors.difference(opening(chosen)) == parts


def test_the_difference_is_that_of_the_step_that_is_shown():
    start = experiment(own=((), ()))
    state = state_at(edited(start, (5, "learning_rate", 0.3, 1)), 10)
    assert selectors.difference(state)[0].endswith("One difference: learning rate 0.1 or 0.3.")


def test_changes_name_what_undo_and_redo_do():
    changed = reduce(XOR_AT[0], act.SetField("learning_rate", 0.3))
    assert (selectors.undo_label(changed), selectors.redo_label(changed)) == (
        "Undo: learning rate 0.1 to 0.3",
        "Redo",
    )
    undone = reduce(changed, act.Undo())
    assert (selectors.undo_label(undone), selectors.redo_label(undone)) == (
        "Undo",
        "Redo: learning rate 0.1 to 0.3",
    )


@pytest.mark.parametrize(
    ("batch", "step", "text"),
    [
        (0, 0, "Epoch 0"),
        (0, 1234, "Epoch 1 234"),
        (1, 6, "Epoch 1.5"),
        (3, 4000, "Epoch 2 000"),
        (1, 4002, "Epoch 1 000.5"),
    ],
)
def test_an_epoch_is_shown_as_people_read_it(batch, step, text):
    assert selectors.epoch_text(replace(opening(experiment(batch_size=batch)), playhead=step)) == text


@pytest.mark.parametrize(
    ("chosen", "names"),
    [
        (XOR, ["With ReLU", "Without (identity)"]),
        (experiment(own=(IDENTITY, ())), ["With identity", "With ReLU"]),
        (experiment(hidden=(2, 2), activation=("relu", "tanh")), ["With ReLU, tanh", "Without (identity)"]),
        (experiment(hidden=()), ["With no hidden layer", "Without (no hidden layer)"]),
    ],
)
def test_a_twin_is_named_by_what_follows_its_sums(chosen, names):
    state = opening(chosen)
    assert [selectors.twin_name(state, twin) for twin in (0, 1)] == names
    assert [selectors.side(twin) for twin in (0, 1, 2)] == ["with", "without", "twin 3"]


@pytest.mark.parametrize(("view", "twins"), [("both", (0, 1)), ("with", (0,)), ("without", (1,))])
def test_a_view_shows_its_twins(view, twins):
    assert selectors.visible_twins(replace(XOR_AT[0], view=view)) == twins
    assert selectors.visible_twins(replace(trained(0, own=((),)), view=view)) == (0,)


@pytest.mark.parametrize(
    ("hidden", "unit", "name"),
    [
        ((2,), (0, 0, 1), "x₂"),
        ((2,), (0, 1, 0), "h₁"),
        ((2,), (1, 2, 0), "ŷ"),
        ((2, 3), (0, 2, 1), "h₂,₂"),
        ((), (0, 1, 0), "ŷ"),
    ],
)
def test_a_unit_has_the_name_of_its_place(hidden, unit, name):
    assert selectors.unit_name(opening(experiment(hidden=hidden)), UnitId(*unit)) == name


def test_values_and_sums_at_a_point_follow_each_other():
    state = XOR_AT[172]
    x, h, y = selectors.values_at(state, 0, (1.0, 0.0))
    sums = selectors.sums_at(state, 0, (1.0, 0.0))
    assert np.array_equal(x, sums[0])
    assert np.array_equal(h, np.maximum(sums[1], 0))
    assert y == selectors.output_at(state, 0, (1, 0)) == selectors.outputs(state, 0)[2]
    assert selectors.loss(state, 0) == pytest.approx(
        np.mean((selectors.outputs(state, 0) - [0, 1, 1, 0]) ** 2)
    )


def test_behind_logits_the_shown_answer_is_a_probability():
    state = trained(300, loss="bce")
    assert ((selectors.outputs(state, 0) > 0) & (selectors.outputs(state, 0) < 1)).all()
    alone = selectors.values_at(state, 0, (0, 0))[-1]
    assert alone == pytest.approx(selectors.outputs(state, 0)[0], rel=1e-14)  # one point rounds by itself


@pytest.mark.parametrize(
    ("chosen", "floor"),
    [
        ({}, 0.25),
        ({"dataset": "gate:0001"}, 1 / 16),
        ({"loss": "half_mse"}, 0.125),
        ({"loss": "bce"}, np.log(2)),
        ({"features": ("x", "y", "xy")}, 0.0),
        ({"dataset": "blobs:4", "loss": "cross_entropy"}, 0.0),
    ],
)
def test_the_affine_floor_is_that_of_the_loss_and_the_inputs(chosen, floor):
    assert selectors.affine_floor(trained(0, **chosen)) == pytest.approx(floor, abs=1e-9)


def test_behind_a_curved_output_no_floor_is_known():
    assert selectors.affine_floor(trained(0, output_activation="sigmoid")) is None
    assert selectors.readout_floor(trained(0, output_activation="sigmoid"), 0) is None


def test_several_classes_that_no_straight_borders_separate_have_two_gaps():
    state = trained(200, dataset="blobs:3", loss="cross_entropy", noise=60.0, hidden=(6,), weights=None)
    affine, readout = selectors.affine_floor(state), selectors.readout_floor(state, 0)
    assert affine == pytest.approx(0.054129, abs=1e-6)
    assert readout == 0.0  # six bent units lay the points so that straight borders do separate them
    assert selectors.readout_floor(state, 1) == pytest.approx(affine, abs=1e-9)  # six straight ones do not
    assert selectors.loss(state, 1) > affine


def test_with_identity_the_readout_floor_is_the_affine_floor():
    assert selectors.readout_floor(XOR_AT[60], 1) == pytest.approx(0.25)
    assert selectors.readout_floor(XOR_AT[60], 0) == pytest.approx(0.0689, abs=1e-4)  # its loss is 0.11
    assert selectors.readout_floor(XOR_AT[172], 0) < 1e-3


def test_each_twin_is_judged_by_its_own_problem():
    chosen = experiment(own=((), (("dataset", "gate:0001"),)), weights=XOR.base.weights)
    state = state_at(chosen, 3000)
    assert [list(selectors.targets(state, twin)) for twin in (0, 1)] == [[0, 1, 1, 0], [0, 0, 0, 1]]
    assert [selectors.verdict(state, twin).kind for twin in (0, 1)] == ["learned", "learned"]
    assert selectors.answers(state, 1) == ("right",) * 4
    assert not selectors.same_start(state)


def test_points_off_the_corners_have_numbers_for_names():
    state = trained(0, dataset="circle", points=10)
    assert selectors.corner_names(state) == ("1", "2", "3", "4", "5")
    assert selectors.box(state) == (-6.0, 6.0)
    assert not selectors.on_corners(state)


def test_the_plane_runs_row_by_row_from_the_lower_left():
    grid = selectors.plane(XOR_AT[0], 3)
    low, high = selectors.box(XOR_AT[0])
    assert grid[0].tolist() == [low, low]
    assert grid[1].tolist() == pytest.approx([0.5, low])
    assert grid[-1].tolist() == [high, high]


def test_numbers_follow_the_live_edits():
    state = state_at(edited(XOR, (5, "activation", "tanh", 1)), 10)
    assert selectors.activation_label(state, 1) == "tanh"
    assert not selectors.is_affine(state, 1)
    assert selectors.net(state, 1).activations[0].name == "tanh"
    before = advance(Request(state.experiment, opening(XOR).frame.states, until=4))
    assert selectors.activation_label(replace(state, frame=before), 1) == "identity"
    assert selectors.settings(state, 1).activation == "tanh"


def test_files_are_called_after_the_file_that_is_open_or_the_problem():
    file = stored("/a/lecture.netviz", Document(XOR))
    assert selectors.file_stem(opened(Document(XOR))) == "XOR"
    assert selectors.file_stem(replace(opened(Document(XOR)), file=file)) == "lecture"
