"""Collapse, bend, proof, pieces and stalls as numbers and words, against FACTS."""

from dataclasses import replace

import numpy as np
import pytest

from netviz.core.datasets import GATES
from netviz.core.stalls import Stall
from netviz.session import report, selectors
from netviz.session.experiment import Experiment
from netviz.session.fields import Settings
from netviz.session.instruments import collapsing, loss_reading, pieces, proofs, stuck
from netviz.session.runs import state_at

GOODFELLOW = ((((1, 1), (1, 1)), ((1, -2),)), ((0, -1), (0,)))
BESIDE_IDENTITY = ((), (("activation", "identity"),))


def experiment(own=BESIDE_IDENTITY, **base):
    return Experiment(Settings(**base), own)


def trained(step, **base):
    return state_at(experiment(**base), step)


def goodfellow():
    return state_at(experiment(weights=GOODFELLOW), 0)


# ------------------------------------------------------------------------------------- collapse
def test_the_textbook_network_without_relu_is_one_layer():
    state = goodfellow()
    one = collapsing.collapsed(state, 1)  # 2 - (x₁ + x₂)
    assert (one.weight, one.bias) == ((-1.0, -1.0), 2.0)
    assert one.exact
    assert one.largest < 1e-12
    assert collapsing.told(one) == "9 numbers, but only 3 matter: one layer."
    assert collapsing.equation(state, 1, one) == "ŷ = −1.00 x₁ − 1.00 x₂ + 2.00"


@pytest.mark.parametrize(("hidden", "numbers"), [((8, 8), "105"), ((8,) * 6, "393"), ((16, 16, 16), "609")])
def test_any_depth_collapses_to_three_numbers(hidden, numbers):
    one = collapsing.collapsed(trained(0, hidden=hidden, initializer="glorot_uniform"), 1)
    assert collapsing.told(one) == f"{numbers} numbers, but only 3 matter: one layer."
    assert one.largest < 1e-12


def test_rounding_is_no_difference():
    exact = collapsing.collapsed(goodfellow(), 1)
    assert collapsing.agreement(exact._replace(largest=2e-16), "plane") == (
        "No difference over the plane (2e−16)."
    )
    assert collapsing.agreement(exact._replace(largest=0.0), "rows") == "No difference over the rows (0)."
    assert collapsing.agreement(exact._replace(largest=1e-12), "plane") == (
        "Largest difference 1e−12 over the plane."
    )


def test_large_numbers_are_grouped_and_one_layer_says_so():
    one = collapsing.collapsed(trained(0), 1)._replace(numbers=8577)
    assert collapsing.told(one) == "8 577 numbers, but only 3 matter: one layer."
    assert collapsing.told(one._replace(numbers=3)) == "3 numbers: it is one layer."


def test_what_bends_is_told_how_far_it_is_from_the_nearest_layer():
    state = trained(172, seed=36)
    one = collapsing.collapsed(state, 0)
    assert not one.exact
    assert one.largest == report.final(state)["twins"][0]["collapsed"]["max_residual"]
    assert collapsing.told(one) == f"Not one layer: nearest is up to {one.largest:.2f} off."
    assert 0 < one.rms < one.largest


def test_behind_an_output_that_bends_it_is_the_sum_that_collapses():
    assert collapsing.output_name(trained(0, loss="bce"), 1) == "z"
    assert collapsing.output_name(trained(0), 1) == "ŷ"


@pytest.mark.parametrize(("value", "text"), [(0.0, "0"), (2.2e-16, "2e−16"), (4e-7, "4e−7"), (0.43, "0.43")])
def test_differences_read_as_numbers_however_small(value, text):
    assert collapsing.difference(value) == text


# ------------------------------------------------------------------------------------- bend
def test_xor_bends_by_minus_two_and_nothing_flat_bends():
    state = goodfellow()
    assert proofs.bend(state, 0) == ((0.0, 1.0, 1.0, 0.0), -2.0)
    assert proofs.arithmetic(proofs.bend(state, 0)) == "0.00 + 0.00 − 1.00 − 1.00 = −2.00"
    assert abs(proofs.bend(state, 1).total) < 1e-12
    assert proofs.asked(state) == -2.0


def test_negative_values_keep_their_signs_in_the_sum():
    found = proofs.Bend((-0.25, 0.25, -0.5, 0.75), 0.75)
    assert proofs.arithmetic(found) == "−0.25 + 0.75 − 0.25 + 0.50 = 0.75"


def test_the_share_that_is_not_flat_is_one_for_xor_and_none_without():
    state = goodfellow()
    assert proofs.nonlinear_share(state, 0) == pytest.approx(1.0)
    assert proofs.nonlinear_share(state, 1) == pytest.approx(0.0, abs=1e-12)
    assert proofs.asked_share(state) == pytest.approx(1.0)


# ------------------------------------------------------------------------------------- proof
@pytest.mark.parametrize("targets", GATES)
def test_every_gate_is_proved_to_be_what_it_is(targets):
    t = [int(digit) for digit in targets]
    bend = t[0] + t[3] - t[1] - t[2]
    state = state_at(experiment(dataset=f"gate:{targets}"), 0)
    found = proofs.proof(state)
    kind = {0: "exact", 1: "line", 2: "none"}[abs(bend)]
    assert (found.kind, found.floor) == (kind, bend * bend / 16)
    answers = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]) @ found.weight + found.bias
    assert ((answers > 0.5) == np.array(t, bool)).all() or kind == "none"
    assert np.mean((answers - t) ** 2) == pytest.approx(found.floor)


def test_the_proof_of_xor_reads_as_facts_has_it():
    found = proofs.proof(goodfellow())
    assert found.head == "XOR: no line separates"
    assert found.lines[0].endswith("Without now: 2.00 = 2.00.")  # 2 + 0 = 1 + 1
    assert found.lines[1] == "XOR asks 0 + 0 = 1 + 1: false."
    assert found.lines[2].replace("\u2060", "").endswith("loss D²/16 = (−2)²/16 = ¼.")


def test_the_line_of_and_is_written_out():
    found = proofs.proof(state_at(experiment(dataset="gate:0001"), 0))
    assert "f = ½ x₁ + ½ x₂ − ¼" in found.lines[2]
    assert found.lines[2].endswith("It separates along x₁ + x₂ = 1½.")


@pytest.mark.parametrize(
    ("targets", "surface"),
    [("0000", "f = 0"), ("1111", "f = 1"), ("0011", "f = x₁"), ("1010", "f = −x₂ + 1")],
)
def test_gates_that_fit_say_the_surface(targets, surface):
    found = proofs.proof(state_at(experiment(dataset=f"gate:{targets}"), 0))
    assert found.lines[2] == f"So a flat surface does it: {surface}."


def test_without_a_flat_twin_the_law_stands_alone():
    found = proofs.proof(state_at(experiment(own=((),)), 0))
    assert found.lines[0].endswith("w₁ + w₂ + 2b.")


def test_other_inputs_have_no_such_proof():
    assert proofs.proof(state_at(experiment(features=("x", "y", "xy")), 0)) is None


def test_a_surface_that_is_level_has_no_half_line():
    from netviz.core.analysis import AffineMap

    assert proofs.half_line(AffineMap(np.zeros((1, 2)), np.array([0.5]))) == ""


# ------------------------------------------------------------------------------------- pieces
def test_the_textbook_network_has_three_of_four_pieces():
    state = goodfellow()
    found = pieces.cut(state, 0)
    assert (len(found.pieces), found.most) == (3, 4)
    assert pieces.bound(selectors.net(state, 0)) == "2 bends make at most 1 + 2 + 2·1/2 = 4"
    assert pieces.told_at(found, 0.4, 0.4) == "Here: ŷ = 1.00 x₁ + 1.00 x₂ + 0.00."
    assert pieces.told_at(found, 9, 9) == ""


def test_without_a_bend_there_is_one_piece():
    state = goodfellow()
    assert (len(pieces.cut(state, 1).pieces), pieces.cut(state, 1).most) == (1, 1)
    assert pieces.bound(selectors.net(state, 1)) == "nothing bends"
    deep = trained(2, hidden=(4, 4))
    assert pieces.bound(selectors.net(deep, 0)) == "no simple bound for several hidden layers"
    assert pieces.cut(deep, 0).most is None


def test_smooth_twins_and_other_inputs_have_no_pieces():
    assert pieces.cut(trained(0, activation="tanh"), 0) is None
    assert pieces.region_outlines(trained(0, activation="tanh"), 0) == ()
    assert pieces.cut(trained(0, features=("x", "y", "xy")), 0) is None


def test_outlines_cover_the_square_and_wait_while_a_large_network_trains():
    state = trained(20, hidden=(6, 6))
    outlines = pieces.region_outlines(state, 0)
    area = sum(_area(corners) for corners in outlines)
    assert area == pytest.approx(1.7**2)
    assert pieces.region_outlines(replace(state, playing=True), 0) == ()
    assert len(pieces.region_outlines(replace(goodfellow(), playing=True), 0)) == 3


def _area(corners):
    x, y = corners.T
    return abs(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2


def test_touching_pieces_have_other_colors():
    found = pieces.cut(trained(200, hidden=(4, 4)), 0).pieces
    chosen = pieces.colors(pieces.cut(trained(200, hidden=(4, 4)), 0), 4)
    assert len(found) > 4
    for number, others in enumerate(pieces.touching(found)):
        assert others
        assert chosen[number] not in {chosen[other] for other in others}


def test_a_few_pieces_all_have_colors_of_their_own():
    assert pieces.colors(pieces.cut(goodfellow(), 0), 8) == (0, 1, 2)


def test_of_very_many_pieces_colors_take_turns():
    few = pieces.cut(goodfellow(), 0).pieces
    many = pieces.Cut(tuple(few[0] for _ in range(pieces.LOOKED_AT + 1)), None)
    assert pieces.colors(many, 3)[:5] == (0, 1, 2, 0, 1)


def test_a_network_is_cut_once_wherever_the_probe_is():
    state = trained(200, hidden=(4, 4))
    assert pieces.cut(replace(state, probe=(0.3, 0.3)), 0) is pieces.cut(state, 0)


def test_a_square_is_as_thick_as_its_side():
    assert pieces.thickness(np.array([[0, 0], [2, 0], [2, 2], [0, 2]])) == 2.0


# ------------------------------------------------------------------------------------- stalls
@pytest.mark.parametrize(
    ("seed", "said", "floor"),
    [
        (8, "No unit bends between these points, so the surface is flat again.", 1 / 4),
        (1, "Its hidden layer no longer tells 00, 10 and 11 apart.", 1 / 6),
        (19, "Its hidden layer no longer tells 10 and 11 apart.", 1 / 8),
    ],
)
def test_each_stall_of_relu_is_named(seed, said, floor):
    state = trained(5000, seed=seed)
    with_relu, without = stuck.stuck(state)
    assert stuck.kind_told(with_relu) == "did not find it"
    assert stuck.points_told(state, with_relu) == said
    assert with_relu.gaps.not_representable == pytest.approx(floor, abs=1e-6)
    assert with_relu.gaps.not_fitted == pytest.approx(0, abs=1e-3)
    assert stuck.kind_told(without) == "cannot represent it"
    assert stuck.points_told(state, without).startswith("It is flat")
    assert without.units == ()


def test_units_that_do_not_bend_are_named():
    state = trained(5000, seed=8)
    assert stuck.units_told(stuck.idle_units(state, 0)) == "h₂ is off at every point and h₁ is always on."
    assert stuck.units_told((("h₁", "always on"), ("h₂", "always on"))) == "h₁ and h₂ are always on."
    assert stuck.units_told(()) == ""


def test_points_that_the_hidden_layer_merges_are_listed_together():
    state = trained(5000, seed=1)
    merging, flat = (stuck.layer_listed(state, one) for one in stuck.stuck(state))
    assert merging.units == ("h₁", "h₂")
    assert [[point.name for point in group] for group in merging.groups] == [["00", "10", "11"], ["01"]]
    assert [point.target for point in merging.groups[0]] == [0, 1, 0]
    assert merging.groups[0][1].values == pytest.approx(merging.groups[0][2].values, abs=1e-3)
    assert [len(group) for group in flat.groups] == [1, 1, 1, 1]


@pytest.mark.parametrize("base", [{"hidden": ()}, {"hidden": (9,)}, {"dataset": "circle", "loss": "bce"}])
def test_without_a_hidden_layer_or_with_too_many_numbers_none_are_listed(base):
    state = trained(0, **base)
    assert stuck.layer_listed(state, stuck.Stuck(1, Stall("cannot"), None, ())) is None


def test_what_still_learns_or_has_learned_is_not_stuck():
    assert stuck.stuck(trained(5)) == ()
    assert [one.twin for one in stuck.stuck(trained(600, seed=36))] == [1]


def test_numbers_out_of_range_are_not_judged():
    state = trained(40, learning_rate=3.0)
    assert not stuck.usable(state, 0)
    assert stuck.stuck(state) == ()


def test_a_loss_without_a_floor_has_no_gaps(monkeypatch):
    monkeypatch.setattr(selectors, "readout_floor", lambda state, twin: None)
    assert stuck.gaps(trained(5), 0) is None


def test_a_network_whose_units_are_all_off_is_said_to_be_flat_here():
    state = trained(200, hidden=(4,) * 8, seed=36)  # every deep unit of the ReLU twin is off
    one = collapsing.collapsed(state, 0)
    assert (one.exact, one.flat_here) == (False, True)
    assert collapsing.told(one).startswith("Nothing bends in this plane: one layer is up to ")
    assert not collapsing.collapsed(trained(172, seed=36), 0).flat_here


def test_many_idle_units_are_counted_and_few_are_named():
    many = tuple((f"h{i}", "off at every point") for i in range(7))
    assert stuck.units_told(many) == "7 units are off at every point."
    assert stuck.units_told(many[:2]) == "h0 and h1 are off at every point."


def test_a_twin_whose_answers_are_all_right_is_not_stuck():
    state = trained(200, dataset="blobs", hidden=(6,), seed=36)
    assert selectors.verdict(state, 1).mark == "tick"
    assert stuck.stuck(state) == ()


def test_a_loss_of_logits_is_called_by_its_name_beside_its_number():
    """0.693 = ln 2 is no mean squared error, whose worst best is a quarter."""
    assert loss_reading.short_loss(trained(0, loss="bce")) == "cross-entropy"
    assert loss_reading.short_loss(trained(0, dataset="blobs", loss="cross_entropy")) == "cross-entropy"
    assert loss_reading.short_loss(trained(0)) == "loss"
