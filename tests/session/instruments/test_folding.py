"""Where the last hidden layer puts the plane, and what is said of it."""

from dataclasses import replace

import numpy as np
import pytest

from netviz.core.network import Params
from netviz.session import selectors
from netviz.session.experiment import Experiment
from netviz.session.fields import Settings
from netviz.session.instruments import fold_words, folding
from netviz.session.presets import PRESETS
from netviz.session.runs import state_at

# Goodfellow, Bengio and Courville, section 6.1: hidden values (0,0), (1,0), (1,0), (2,1).
GOODFELLOW = ((((1, 1), (1, 1)), ((1, -2),)), ((0, -1), (0,)))
BESIDE_IDENTITY = ((), (("activation", "identity"),))


def experiment(own=BESIDE_IDENTITY, **base):
    return Experiment(Settings(**base), own)


def trained(step, **base):
    return state_at(experiment(**base), step)


@pytest.fixture
def goodfellow():
    return state_at(experiment(weights=GOODFELLOW), 0)


def test_the_textbook_network_puts_four_corners_on_three_points(goodfellow):
    found = folding.fold(goodfellow, 0)
    assert found.points.tolist() == [[0, 0], [1, 0], [1, 0], [2, 1]]
    assert found.groups == ((1, 2),)
    assert found.plane.labels == ("h₁", "h₂")
    assert found.half == (1.0, -2.0, -0.5)  # h₁ - 2 h₂ = ½
    assert fold_words.told(goodfellow, 0, found) == (
        "ReLU folds the plane: 01 and 10 land together.",
        "Now one straight line separates 0 from 1.",
    )
    assert fold_words.shape(goodfellow, 0, found) == "folded"


def test_units_that_take_turns_bend_the_plane_to_an_l():
    state = state_at(PRESETS["xor"].experiment, 172)
    assert fold_words.shape(state, 0, folding.fold(state, 0)) == "bent to an L"
    four = trained(100, hidden=(4,), seed=0)
    assert fold_words.shape(four, 0, folding.fold(four, 0)) in (
        "folded",
        "bent",
    )  # a plane of main directions
    asleep = state_at(PRESETS["dies"].experiment, 0)
    assert fold_words.shape(asleep, 0, folding.fold(asleep, 0)) == "not bent here"


def test_without_a_bend_the_plane_stays_straight(goodfellow):
    found = folding.fold(goodfellow, 1)
    assert fold_words.told(goodfellow, 1, found) == (
        "Without: the plane stays straight,",
        "no line separates 0 from 1.",
    )
    assert fold_words.shape(goodfellow, 1, found) == "still straight"


@pytest.mark.parametrize(("preset", "twin"), [("xor", 1), ("sine", 1), ("blobs", 1), ("stalls-flat", 0)])
def test_what_follows_a_comma_or_a_colon_goes_on_in_small_letters(preset, twin):
    state = state_at(PRESETS[preset].experiment, 300)
    first, second = fold_words.told(state, twin, folding.fold(state, twin))
    assert first[-1] in ",:"
    assert second[0].islower()


def test_a_line_is_enough_for_and():
    state = trained(10, dataset="gate:0001", hidden=(2,))
    assert fold_words.told(state, 1, folding.fold(state, 1))[1] == "one line separates 0 from 1."


@pytest.mark.parametrize(
    ("seed", "shape", "said"),
    [
        (1, "folded", ("ReLU folds the plane: 00, 10 and 11 land together.", "since these should differ.")),
        (
            8,
            "not bent here",
            ("No ReLU unit bends between these points:", "no line separates 0 from 1 here."),
        ),
    ],
)
def test_a_stall_is_seen_in_the_fold(seed, shape, said):
    state = trained(5000, seed=seed)
    found = folding.fold(state, 0)
    first, second = fold_words.told(state, 0, found)
    assert fold_words.shape(state, 0, found) == shape
    assert first == said[0]
    assert second.endswith(said[1])


def test_a_line_that_training_has_not_found_yet_is_told_apart():
    state = state_at(experiment(weights=((GOODFELLOW[0][0], ((0.1, 0.1),)), GOODFELLOW[1])), 0)
    assert fold_words.told(state, 0, folding.fold(state, 0))[1].startswith("One line can separate")


def test_of_many_units_the_plane_shows_every_answer_as_the_readout_gives_it():
    state = trained(200, hidden=(8, 8), activation="tanh")
    for twin in (0, 1):
        found = folding.fold(state, twin)
        answers = folding.answers_on(state, twin, found.plane, found.points)
        assert answers[:, 0] == pytest.approx(selectors.outputs(state, twin), abs=1e-12)
        assert found.points[:, 1] == pytest.approx(selectors.outputs(state, twin), abs=1e-12)


def test_two_chosen_units_are_their_own_values():
    state = trained(50, hidden=(4,), activation="tanh")
    found = folding.fold(state, 0, (3, 1))
    h = folding.hidden_at(state, 0, selectors.points(state).x)
    assert found.plane.labels == ("h₄", "h₂")
    assert found.points == pytest.approx(h[:, [3, 1]])


def test_one_unit_is_a_line():
    state = trained(5, hidden=(1,))
    found = folding.fold(state, 0)
    assert found.plane.labels == ("h₁",)
    assert (found.points[:, 1] == 0).all()


def test_the_half_line_is_where_the_answer_is_one_half():
    for settings in ({}, {"loss": "bce"}, {"output_activation": "sigmoid"}, {"output_activation": "tanh"}):
        state = trained(20, activation="tanh", **settings)
        found = folding.fold(state, 0)
        a, b, c = found.half
        on_it = -np.array([[a, b]]) * c / (a * a + b * b)
        assert folding.answers_on(state, 0, found.plane, on_it)[:, 0] == pytest.approx([0.5], abs=1e-4)


def test_there_is_no_half_line_where_the_readout_ignores_everything(goodfellow):
    flat = Params.from_layers((GOODFELLOW[0][0], ((0, 0),)), GOODFELLOW[1])
    states = tuple(one._replace(params=flat) for one in goodfellow.frame.states)
    state = replace(goodfellow, frame=goodfellow.frame._replace(states=states))
    assert folding.fold(state, 0).half is None


def test_an_output_that_never_is_one_half_has_no_line():
    playground = {"dataset": "circle", "seed": "playground:0.5"}  # its classes are −1 and 1
    state = trained(0, **playground, output_activation="softplus")  # which is above 0 everywhere
    assert folding.fold(state, 0).half is None


def test_what_is_fitted_is_separable(goodfellow):
    assert fold_words.separable(goodfellow, 0)
    assert not fold_words.separable(goodfellow, 1)


def test_the_way_begins_at_the_inputs_and_ends_where_they_land(goodfellow):
    found, x = folding.fold(goodfellow, 0), selectors.points(goodfellow).x
    turned = folding.turn(x, found.points)
    assert folding.on_the_way(x, found.points, turned, 0.0) == pytest.approx(x)
    assert folding.on_the_way(x, found.points, turned, 1.0) == pytest.approx(found.points)
    just = folding.FOLDED + 1e-9
    before, after = (folding.on_the_way(x, found.points, turned, share) for share in (folding.FOLDED, just))
    assert before == pytest.approx(after, abs=1e-6)


@pytest.mark.parametrize("turned", [[[0, 1], [-1, 0]], [[0, 1], [1, 0]]], ids=["rotated", "turned over"])
def test_the_fold_undoes_a_turn_first(turned):
    x = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])
    u = x @ np.array(turned)
    found = folding.turn(x, u)
    folded = folding.on_the_way(x, u, found, folding.FOLDED)
    assert folded - folded.mean(axis=0) == pytest.approx(x - x.mean(axis=0))  # nothing is folded: only turned
    half = folding.on_the_way(x, u, found, (1 + folding.FOLDED) / 2)
    assert np.isfinite(half).all()


def test_the_window_holds_the_points_and_moves_in_steps():
    window = folding.window_around(np.array([[0.1, 0.1], [1.2, 0.6]]))
    assert window.side == 2.0  # 1.75 times the extent, up to the next quarter
    again = folding.window_around(np.array([[0.11, 0.1], [1.2, 0.61]]))
    assert again == window
    inputs = folding.Window(-0.35, -0.35, 1.7)
    assert folding.window_on_the_way(inputs, window, 0.0) == inputs
    assert folding.window_on_the_way(inputs, window, 1.0) == window


def test_a_hand_on_the_hidden_plane_finds_the_input_that_lands_there(goodfellow):
    on = folding.plane(goodfellow, 0)
    x, y = folding.nearest_input(goodfellow, 0, on, (2.0, 1.0))
    landed = folding.carried(goodfellow, 0, on, np.array([[x, y]]))[0]
    assert landed == pytest.approx((2, 1), abs=0.03)
    x, y = folding.nearest_input(goodfellow, 0, on, (1.0, 0.0))  # of 01 and 10 the one at the probe
    assert (x, y) == pytest.approx((1, 0), abs=0.03)


def test_the_input_grid_is_carried_along(goodfellow):
    on = folding.plane(goodfellow, 0)
    lines = folding.grid_lines(*selectors.box(goodfellow))
    assert lines.shape == (2 * folding.CELLS + 2, folding.SAMPLES, 2)
    assert folding.carried_grid(goodfellow, 0, on) == pytest.approx(folding.carried(goodfellow, 0, on, lines))


def test_weights_that_are_no_numbers_separate_nothing(goodfellow):
    broken = Params.from_layers((((np.inf, 1), (1, 1)), ((1, -2),)), GOODFELLOW[1])
    states = tuple(one._replace(params=broken) for one in goodfellow.frame.states)
    state = replace(goodfellow, frame=goodfellow.frame._replace(states=states))
    with np.errstate(all="ignore"):
        assert not fold_words.separable(state, 0)


def test_an_affine_twin_whose_hidden_layer_lost_a_direction_may_separate_nothing():
    weights = ((((1, -1), (1, -1)), ((1, 0),)), ((0, 0), (0,)))  # AND from x₁ - x₂ alone
    state = state_at(experiment(weights=weights, dataset="gate:0001"), 0)
    assert not fold_words.separable(state, 1)


def test_a_window_grows_to_hold_points_and_never_shrinks():
    window = folding.Window(0.0, 0.0, 1.0)
    inside = np.array([[0.5, 0.5]])
    assert folding.holding(window, inside) == window
    assert folding.holding(window, np.array([[np.nan, 0.0]])) == window
    left, low, side = folding.holding(window, np.array([[-0.4, 0.5]]))  # 0.1 of the side around it
    assert (left, side) == pytest.approx((-0.5, 1.5))
    assert low <= 0 <= 1 <= low + side


def test_of_three_classes_the_plane_holds_all_that_tells_them_apart():
    state = trained(60, dataset="blobs", hidden=(6,), loss="cross_entropy")
    for twin in (0, 1):
        found = folding.fold(state, twin)
        assert found.plane.labels == ("main direction", "second direction")
        answers = folding.answers_on(state, twin, found.plane, found.points)
        assert answers == pytest.approx(selectors.class_outputs(state, twin), abs=1e-9)
        assert found.half is None  # three classes have more lines than one


def test_classes_are_called_by_their_own_names():
    state = trained(0, dataset="spiral", seed="playground:0.5", loss="half_mse", output_activation="tanh")
    assert selectors.points(state).targets == (-1, 1)
    second = fold_words.told(state, 1, folding.fold(state, 1))[1]
    assert second == "no line separates −1 from 1."


def test_without_points_the_window_is_the_smallest():
    assert folding.window_around(np.empty((0, 2))) == (-0.25, -0.25, 0.5)


@pytest.mark.parametrize("name", ["moons", "spiral", "circle"])
def test_the_plane_of_the_main_direction_is_as_wide_as_it_is_high(name):
    """A sum of 20 beside a direction of 1 would leave the inputs a thin upright line."""
    state = state_at(PRESETS[name].experiment, 300)
    for twin in (0, 1):
        wide, high = np.ptp(
            folding.carried_grid(state, twin, folding.plane(state, twin)).reshape(-1, 2), axis=0
        )
        assert wide == pytest.approx(max(1.0, high), rel=0.05)
