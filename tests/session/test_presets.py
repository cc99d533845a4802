"""Each preset does what its reason says, trained without a window."""

import numpy as np
import pytest

from netviz.core.analysis import affine_fit
from netviz.core.stalls import unit_states
from netviz.session import engine, files, selectors
from netviz.session.document import Document
from netviz.session.experiment import check, with_value
from netviz.session.presets import PRESETS
from netviz.session.runs import state_at
from netviz.session.state import State


def trained(name: str, epochs: int, **changed) -> State:
    experiment = PRESETS[name].experiment
    for key, value in changed.items():
        experiment = with_value(experiment, key, value)
    return state_at(experiment, epochs * engine.epoch_steps(experiment))


def kinds(state: State) -> list[str]:
    return [selectors.verdict(state, twin).kind for twin in range(len(state.frame.states))]


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_fits_together_has_a_reason_and_can_be_a_file(name):
    row = PRESETS[name]
    check(row.experiment)
    assert row.name == name
    assert row.reason.endswith(".")
    assert files.decode(files.encode(Document(row.experiment))).experiment == row.experiment


def test_labels_are_different():
    assert len({row.label for row in PRESETS.values()}) == len(PRESETS)


VERDICTS = {  # epochs, and the verdicts with and without activation
    "xor": (200, ["learned", "cannot"]),
    "xor-tanh": (400, ["learned", "cannot"]),
    "xor-8": (400, ["learned", "cannot"]),
    "quadrant-xor": (500, ["learned", "cannot"]),
    "circle": (300, ["learned", "cannot"]),
    "gauss": (100, ["learned", "learned"]),
    "spiral": (2000, ["learned", "cannot"]),
    "moons": (500, ["learned", "cannot"]),
    "blobs": (200, ["learned", "learned"]),
    "sine": (1500, ["learned", "cannot"]),
    "plane": (2000, ["learned", "learned"]),
    "stalls": (2000, ["did_not_find", "cannot"]),
    "stalls-flat": (2000, ["did_not_find", "cannot"]),
    "zeros": (500, ["did_not_find", "cannot"]),
    "dies": (1000, ["did_not_find", "cannot"]),
}


@pytest.mark.parametrize("name", VERDICTS)
def test_both_twins_end_as_the_preset_says(name):
    epochs, expected = VERDICTS[name]
    assert kinds(trained(name, epochs)) == expected


def test_tanh_takes_about_twice_as_long_as_relu():
    first = [trained(name, 400).history.first_below(0, 1e-3) for name in ("xor", "xor-tanh")]
    assert first == [172, 341]


def test_eight_units_learn_xor_from_nearly_every_start():
    learned = [kinds(trained("xor-8", 600, seed=seed))[0] for seed in range(30)].count("learned")
    assert learned >= 27  # 95.5 % of 2,000 seeds in FACTS


def test_a_line_leaves_a_third_of_quadrant_xor_and_three_units_nothing():
    state = trained("quadrant-xor", 500)
    assert selectors.accuracy(state, 0) == 1
    assert selectors.accuracy(state, 1) < 0.75


def test_a_line_leaves_some_points_of_the_moons_on_the_wrong_side():
    assert 0.8 < selectors.accuracy(trained("moons", 500), 1) < 0.99


def test_each_unit_bends_the_sine_at_most_once():
    state = trained("sine", 1500)
    at = np.column_stack([np.linspace(-1.25, 1.25, 4001), np.zeros(4001)])
    slopes = np.diff(selectors.output_at(state, 0, at))
    assert 2 <= np.sum(np.abs(np.diff(slopes)) > 1e-6) <= 2 * 8  # a kink between two samples shows up twice


def test_the_flat_twin_learns_the_plane_exactly():
    assert selectors.loss(trained("plane", 2000), 1) < 1e-9


def test_each_step_of_a_flat_twin_that_diverges_lands_further_away():
    state = trained("diverges", 5)
    losses = state.history.rows[:, 1]
    assert (np.diff(losses[1:]) > 0).all()
    assert kinds(trained("diverges", 10))[1] == "diverged"


def test_overfitting_gets_every_answer_right_while_the_test_loss_rises():
    early, late = (trained("overfits", epochs) for epochs in (100, 1500))
    assert selectors.accuracy(late, 0) == 1
    assert selectors.loss(late, 0) < 0.1 < selectors.loss(early, 0)
    assert selectors.test_loss(late, 0) > 1.5 * selectors.test_loss(early, 0)


@pytest.mark.parametrize("epochs", [0, 1000])
def test_dead_units_stay_dead(epochs):
    state = trained("dies", epochs)
    problem = engine.problem(selectors.settings(state, 0))
    assert unit_states(problem.network, selectors.params(state, 0), problem.x) == (("dead", "dead"),)
    start = PRESETS["dies"].experiment.base.weights
    assert selectors.params(state, 0).weights[0].tolist() == [list(row) for row in start[0][0]]


@pytest.mark.parametrize(("name", "loss"), [("stalls", 1 / 6), ("stalls-flat", 1 / 4), ("dies", 1 / 4)])
def test_a_stall_stays_at_its_loss(name, loss):
    assert selectors.loss(trained(name, 2000), 0) == pytest.approx(loss, abs=1e-4)


def test_stalls_merge_three_corners_or_none_at_all():
    state = trained("stalls", 2000)
    assert [len(group) for group in selectors.stall_of(state, 0).merged] == [3]
    flat = trained("stalls-flat", 2000)
    assert selectors.stall_of(flat, 0).kind == "flat"
    problem = engine.problem(selectors.settings(flat, 0))
    answers = selectors.outputs(flat, 0)[:, None]
    assert affine_fit(problem.x, answers)(problem.x) == pytest.approx(answers)


def test_from_zeros_only_the_outputs_bias_moves():
    state = trained("zeros", 500)
    assert selectors.params(state, 0).flat.tolist() == pytest.approx([0] * 8 + [0.5])
