"""Clouds, several classes, numbers and curves: what is right, what was learned, and what is said of it."""

from dataclasses import replace

import numpy as np
import pytest

from netviz.core.datasets import DATASETS
from netviz.session import dials, engine, judging, report, selectors
from netviz.session.actions import SetField, Train
from netviz.session.experiment import Experiment
from netviz.session.fields import Settings
from netviz.session.instruments import collapsing, fold_words, folding, walk
from netviz.session.instruments.inside import inside, regime, state_text, told
from netviz.session.presets import PRESETS
from netviz.session.runs import state_at
from netviz.session.sections import axis_names
from netviz.session.sides import side_frame
from netviz.session.state import State, UnitId, opening
from netviz.session.store import reduce
from tests.session.made import trained

DRAWN = [name for name in DATASETS if not name.startswith(("gate:", "own", "csv"))]


def of(dataset: str, step: int = 0, **changed) -> State:
    """The first preset with another problem and what that brings along, trained to a step."""
    state = opening(PRESETS["xor"].experiment)
    for key, value in {"dataset": dataset, **changed}.items():
        state = reduce(state, SetField(key, value))
        assert not state.message
    return state_at(state.experiment, step)


def with_sums(dataset: str, rows, bias, **changed) -> State:
    """Without hidden layer, the output sums given by weights (outputs, inputs) and biases."""
    weights = ((tuple(map(tuple, rows)),), (tuple(bias),))
    return of(dataset, hidden=(), weights=weights, **changed)


BLOBS = {"loss": "cross_entropy"}
WINNING = [
    (np.sin(turn), np.cos(turn)) for turn in 2 * np.pi * np.arange(4) / 4
]  # each class's own direction


# ------------------------------------------------------------------------------------- for every problem
@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.parametrize("step", [0, 40])
def test_everything_is_said_of_every_problem(name, step):
    state = of(name, step)
    told = report.final(state)
    outputs, count = DATASETS[name].outputs, len(engine.points(state.experiment.base).x)
    assert selectors.class_outputs(state, 0).shape == (count, outputs)
    assert selectors.outputs(state, 0).shape == selectors.targets(state, 0).shape == (count,)
    assert selectors.output_at(state, 0, [(0.0, 0.0), (1.0, 1.0)]).shape == (2,)
    assert len(selectors.unit_name(state, UnitId(0, 2, 0))) == (2 if outputs > 1 else 1)
    assert np.shape(told["twins"][0]["outputs"])[0] == min(64, count)
    assert all(selectors.verdict(state, twin).sentence.endswith(".") for twin in (0, 1))
    assert walk.moments(state, 0)
    found = folding.fold(state, 0)
    assert all(fold_words.told(state, 0, found))


@pytest.mark.parametrize("name", DRAWN)
def test_accuracy_is_a_share_where_answers_are_right_or_wrong(name):
    state, numbers = of(name, 10), DATASETS[name].kind == "numbers"
    share, counts = selectors.accuracy(state, 0), selectors.confusion(state, 0)
    assert (share is None) == (counts is None) == (selectors.answers(state, 0) == ()) == numbers
    assert numbers or counts.sum() == len(selectors.targets(state, 0))
    if not numbers:
        said = selectors.answers(state, 0)
        assert np.trace(counts) == said.count("right")
        assert counts[:, -1].sum() == said.count("undecided")


def test_corner_data_has_no_test_points_and_drawn_data_has():
    assert selectors.test_loss(of("xor"), 0) is None
    state = of("circle", 5)
    data = engine.points(state.experiment.base)
    expected = np.mean((selectors.output_at(state, 0, data.test_x) - data.test_y[:, 0]) ** 2)
    assert selectors.test_loss(state, 0) == pytest.approx(expected)
    assert report.line(state)["twins"][0]["test_loss"] == selectors.test_loss(state, 0)
    assert selectors.test_loss(of("circle", train_fraction=1.0), 0) is None


# ------------------------------------------------------------------------------------- two classes
def test_nearly_all_answers_right_is_learned():
    state = state_at(PRESETS["circle"].experiment, 300)
    assert selectors.loss(state, 0) > selectors.goal(state, 0) == 1e-3
    assert selectors.verdict(state, 0).sentence == "Learned: all 100 answers right."
    assert selectors.verdict(state, 1).sentence == "Cannot: no flat surface gets below 0.688."
    assert selectors.verdict(of("circle", 5), 1).sentence == "A flat surface: it can get no lower than 0.248."


def test_of_many_answers_one_may_be_wrong():
    shifted = with_sums("gauss", [(1.0, 1.0)], [0.0], loss="bce", points=5000, noise=5.0, learning_rate=1e-6)
    right = selectors.answers(shifted, 0).count("right")
    assert 2475 <= right < 2500
    assert selectors.verdict(shifted, 0).sentence == f"Learned: {right} of 2500 answers right."


def test_confusion_counts_each_class_by_what_it_was_taken_for():
    state = with_sums("gauss", [(0.0, 0.0)], [1.0])  # always 1
    ones = int(selectors.targets(state, 0).sum())
    assert selectors.confusion(state, 0).tolist() == [[0, 100 - ones, 0], [0, ones, 0]]


def test_an_answer_of_one_half_everywhere_is_undecided():
    state = with_sums("circle", [(0.0, 0.0)], [0.5])
    assert selectors.constant(state, 0) == 0.5
    assert selectors.accuracy(state, 0) == 0
    ones = int(selectors.targets(state, 0).sum())
    assert selectors.confusion(state, 0).tolist() == [[0, 0, 100 - ones], [0, 0, ones]]


def test_playgrounds_classes_are_parted_at_zero():
    state = of("circle", seed="playground:0.5")
    assert selectors.threshold(state) == (0.0, pytest.approx(0.01))
    assert set(selectors.targets(state).tolist()) == {-1.0, 1.0}


# ------------------------------------------------------------------------------------- several classes
def test_of_several_classes_the_largest_output_answers():
    state = with_sums("blobs:4", WINNING, [0.0] * 4, **BLOBS)
    assert selectors.accuracy(state, 0) == 1
    counts = np.bincount(selectors.targets(state).astype(int))
    assert np.array_equal(selectors.confusion(state, 0), np.column_stack([np.diag(counts), np.zeros(4)]))
    shares = selectors.class_outputs(state, 0)
    assert shares.sum(axis=1) == pytest.approx(1)
    assert selectors.outputs(state, 0) == pytest.approx(shares.max(axis=1))  # each point's own class wins
    assert selectors.output_at(state, 0, [(0.0, 0.0)]) == pytest.approx([0.25])


def test_classes_that_share_the_lead_decide_nothing():
    state = with_sums("blobs:4", [(0.0, 0.0)] * 4, [0.0, 1.0, 1.0, 0.0], **BLOBS, learning_rate=1e-9)
    assert set(selectors.answers(state, 0)) == {"undecided"}
    assert selectors.confusion(state, 0)[:, -1].sum() == 100  # none of them stands on the diagonal
    later = state_at(state.experiment, 1)
    assert selectors.verdict(later, 0).sentence == "Undecided: no class is ahead at any point."
    assert selectors.constant(state, 0) is None
    assert not selectors.flat_best_is_half(state)


def test_several_classes_are_counted_on_the_way():
    playing = reduce(of("blobs:4", 3, **BLOBS), Train())
    assert " of 100 right, loss " in selectors.verdict(playing, 0).sentence


def test_a_class_has_its_share_of_softmax():
    state = with_sums("blobs:4", WINNING, [0.1, 0.2, 0.3, 0.4], **BLOBS)
    state = replace(state, probe=(1.0, -2.0))
    sums = selectors.sums_at(state, 0, state.probe)[-1]
    shares = np.exp(sums) / np.exp(sums).sum()
    for index in range(4):
        found = inside(state, UnitId(0, 1, index))
        assert found.activation.label == "softmax"
        assert found.value == pytest.approx(shares[index])
        assert float(found.activation.value(np.array(found.sum))) == pytest.approx(shares[index])
        slope = shares[index] * (1 - shares[index])  # of a share by its own sum
        assert float(found.activation.slope(np.array(found.sum))) == pytest.approx(slope)
        assert "softmax" in regime(found.activation, found.sum)
        assert "after softmax" in told(found, state.probe)
    assert state_text(found) == "the answer ŷ₄"


def test_the_walk_asks_what_a_point_loses_in_its_own_class():
    state = with_sums("blobs:4", WINNING, [0.0] * 4, **BLOBS)
    rows = next(moment for moment in walk.moments(state, 0) if moment.phase == "loss").rows
    own = int(selectors.targets(state)[0])
    assert rows[0].label == f"answer ŷ{'₁₂₃₄'[own]}"
    assert rows[0].result == f"{selectors.outputs(state, 0)[0]:.2f}"
    assert rows[1].result == "1"


def test_one_layer_of_several_outputs_counts_all_of_them():
    state = of("blobs:4", **BLOBS, hidden=(5,))
    one = collapsing.collapsed(state, 1)
    assert (one.numbers, one.needed) == (5 * 3 + 4 * 6, 4 * 3)
    assert collapsing.equation(state, 1, one).startswith("z₁ = ")
    assert collapsing.output_name(of("blobs:4"), 1) == "ŷ₁"


# ------------------------------------------------------------------------------------- numbers
def test_numbers_are_learned_where_nearly_all_variation_is_explained():
    state = state_at(PRESETS["plane"].experiment, 2000)
    y = engine.points(state.experiment.base).y
    assert selectors.goal(state, 0) == pytest.approx(0.01 * y.var())
    assert selectors.verdict(state, 1).sentence == "Learned: it explains 100 % of the variation."
    assert selectors.explained(state, 0) == pytest.approx(1 - selectors.loss(state, 0) / y.var())
    assert any(event.text.endswith("without has learned") for event in selectors.events(state))


def test_a_share_is_rounded_down():
    state = state_at(PRESETS["sine"].experiment, 1500)
    share = selectors.explained(state, 0)
    assert 0.99 < share < 0.999
    assert f"explains {np.floor(1000 * share) / 10:g} %" in selectors.verdict(state, 0).sentence


@pytest.mark.parametrize(
    ("bias", "sentence"), [(3.0, "Learning: loss 8.87."), (0.0, "Learning: it explains ")]
)
def test_numbers_on_the_way_say_what_they_explain_unless_that_is_nothing(bias, sentence):
    state = of(
        "plane", hidden=(1,), activation="tanh", weights=((((0.0, 0.1),), ((1.0,),)), ((0.0,), (bias,)))
    )
    state = reduce(state_at(state.experiment, 0), Train())
    assert selectors.verdict(state, 0).sentence.startswith(sentence)


def test_a_straight_line_cannot_be_a_curve():
    state = state_at(PRESETS["sine"].experiment, 1500)
    assert selectors.verdict(state, 1).sentence == "Cannot: no straight line gets below 0.174."
    assert selectors.affine_floor(state) == pytest.approx(0.17351, abs=1e-5)


def test_a_single_point_has_no_variation_to_explain():
    base = replace(of("plane").experiment.base, points=10, train_fraction=0.0)  # a single point
    state = opening(Experiment(base, ((),)))
    assert judging.explained(base, selectors.params(state, 0)) == 0
    assert judging.goal(base) == 1e-3


def test_nothing_to_train_on_is_nothing_learned():
    base = replace(of("plane").experiment.base, seed="playground:0.5", train_fraction=0.0, weights=None)
    state = opening(Experiment(base, ((),)))
    assert len(engine.points(base).x) == 0
    assert judging.explained(base, selectors.params(state, 0)) == 0
    assert judging.goal(base) == 1e-3
    circle = replace(base, dataset="circle")
    assert judging.accuracy(circle, selectors.params(state, 0)) is None


# ------------------------------------------------------------------------------------- stuck
def test_many_merged_points_are_counted_not_named():
    weights = ((((0.0, 0.0),) * 2, ((1.0, 1.0),)), ((-1.0, -1.0), (0.51,)))  # both units off everywhere
    state = state_at(of("circle", weights=weights).experiment, 2000)
    sentence = selectors.verdict(state, 0).sentence
    assert sentence == "Did not find it: its hidden layer no longer tells 100 of 100 points apart."


def test_the_dial_judges_as_the_verdict_does():
    state = state_at(PRESETS["circle"].experiment, 300)
    copies = dials.copies(side_frame(replace(state, opened=None)))
    assert [copy.kind for copy in copies][-1] == selectors.verdict(state, 0).kind == "learned"
    assert copies[0].kind == "cannot"


@pytest.mark.parametrize(
    ("name", "words"), [("blobs:4", "wins where that is highest"), ("plane", "straight slope")]
)
def test_the_fold_says_what_its_plane_is_for(name, words):
    state = of(name, 5)
    assert words in fold_words.told(state, 0, folding.fold(state, 0))[1]


def test_corners_are_judged_by_their_loss_alone():
    weights = PRESETS["xor"].experiment.base.weights
    early, late = trained(150, weights=weights), trained(172, weights=weights)
    assert set(selectors.answers(early, 0)) == set(selectors.answers(late, 0)) == {"right"}
    assert not selectors.learned(early, 0)
    assert selectors.verdict(late, 0).sentence == "Learned: all four answers right."


def test_a_curve_runs_over_x_and_a_plane_over_two_inputs():
    assert axis_names(Settings(dataset="sine"), (0, 1)) == ("x", "y")
    assert axis_names(Settings(dataset="moons"), (0, 1)) == ("x₁", "x₂")
