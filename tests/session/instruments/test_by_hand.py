"""XOR by hand: the nine numbers, and Goodfellow's way to set them."""

import pytest

from netviz.session import selectors
from netviz.session.actions import NewStart, SetField, SetTarget, Undo
from netviz.session.instruments import by_hand
from netviz.session.instruments.by_hand import LESSONS
from netviz.session.runs import state_at
from netviz.session.store import reduce
from tests.session.made import XOR

START = state_at(XOR, 0)


def with_numbers(nine, state=START):
    return reduce(state, SetField("weights", by_hand.as_weights(tuple(map(float, nine)))))


def test_the_last_step_is_goodfellows_network_and_exactly_xor():
    state = with_numbers(LESSONS[-1].numbers)
    assert state.experiment.base.weights == ((((1, 1), (1, 1)), ((1, -2),)), ((0, -1), (0,)))
    assert selectors.outputs(state, 0).tolist() == [0, 1, 1, 0]
    assert selectors.loss(state, 0) == 0
    assert by_hand.lit(state, 0) == 4


def test_without_relu_the_same_numbers_have_loss_1():
    state = with_numbers(LESSONS[-1].numbers)
    assert selectors.outputs(state, 1).tolist() == [2, 1, 1, 0]
    assert selectors.loss(state, 1) == 1.0


@pytest.mark.parametrize(
    ("step", "outputs"), [(0, [0, 0, 0, 0]), (1, [0, 0, 0, 0]), (2, [0, 1, 1, 2]), (3, [0, 1, 1, 0])]
)
def test_every_step_does_what_it_says(step, outputs):
    state = with_numbers(LESSONS[step].numbers)
    assert selectors.outputs(state, 0).tolist() == outputs
    assert by_hand.lesson(by_hand.numbers(state, 0)) == step


def test_the_third_step_leaves_only_11_wrong():
    assert selectors.answers(with_numbers(LESSONS[2].numbers), 0) == ("right", "right", "right", "wrong")


def test_the_nine_numbers_are_the_networks_in_the_order_of_their_names():
    state = with_numbers((1, 2, 3, 4, 5, 6, 7, 8, 9))
    assert by_hand.numbers(state, 1) == (1, 2, 3, 4, 5, 6, 7, 8, 9)
    assert by_hand.names(state, 1)[:3] == ("x₁→h₁", "x₂→h₁", "bias\u2009h₁")
    assert by_hand.names(state, 1)[6:] == ("h₁→ŷ", "h₂→ŷ", "bias\u2009ŷ")
    assert [layer.tolist() for layer in selectors.params(state, 0).biases] == [[3, 6], [9]]


def test_the_challenge_begins_where_it_cannot_be_done():
    assert by_hand.first_choice(START) == 1
    assert by_hand.impossible(START, 1)
    assert not by_hand.impossible(START, 0)
    assert by_hand.first_choice(reduce(START, SetField("activation", "tanh", 1))) == 0


def test_what_is_told_names_lamps_and_loss():
    assert by_hand.told(START, 1) == "Light all four lamps without a bend. 2 of 4 lit, loss 0.927."
    assert by_hand.told(START, 0).startswith("h₁ and h₂ bend (ReLU): light all four lamps. ")
    done = with_numbers(LESSONS[-1].numbers)
    assert by_hand.told(done, 0).startswith("Done: all four lamps are lit and the loss is below 0.001.")


def test_a_gate_that_a_line_can_do_needs_no_bend():
    state = with_numbers((1, 0, 0, 0, 1, 0, 0.5, 0.5, -0.25), reduce(START, SetTarget(3, 1)))  # OR
    assert not by_hand.impossible(state, 1)
    assert by_hand.told(state, 1) == "No bend needed here: light all four lamps. 2 of 4 lit, loss 0.312."
    better = with_numbers((1, 0, 0, 0, 1, 0, 0.5, 0.5, 0.25), state)
    assert by_hand.told(better, 1) == "Done: 4 of 4 lit, loss 0.062."  # the floor of OR: 1/16


def test_tries_are_counted_by_gesture_and_taken_back_by_undo():
    state = START
    for i in range(3):
        state = with_numbers((i, 0, 0, 0, 0, 0, 0, 0, 0), state)
    going_on = SetField("weights", by_hand.as_weights((9.0,) * 9), same_gesture=True)
    state = reduce(state, going_on)
    assert by_hand.tries(state) == 3
    assert by_hand.tries(reduce(state, SetField("learning_rate", 0.3))) == 3
    assert by_hand.tries(reduce(state, Undo())) == 2


@pytest.mark.parametrize(
    ("change", "fits", "shows"),
    [
        (SetField("learning_rate", 0.3), True, True),
        (NewStart(), True, True),
        (SetTarget(0, 1), True, False),
        (SetField("activation", "tanh"), True, False),
        (SetField("dial", 0.5), True, False),
        (SetField("output_activation", "sigmoid"), True, False),
        (SetField("loss", "bce"), True, False),
        (SetField("hidden", (3,)), False, True),
        (SetField("features", ("x",)), False, True),
        (SetField("features", ("x", "sin_x")), False, True),
    ],
)
def test_it_fits_2_2_1_on_the_corners_and_is_shown_for_relu_and_xor(change, fits, shows):
    state = reduce(START, change)
    assert state is not START
    assert not state.message
    assert by_hand.fits(state) == fits
    if fits:
        assert by_hand.can_show(state, 0) == shows
