"""The walk through one training step shows the trainer's own numbers."""

from dataclasses import replace

import numpy as np
import pytest

from netviz.core.network import Params
from netviz.core.problems import loss_of
from netviz.session import engine, selectors
from netviz.session.actions import NewStart, Walk
from netviz.session.instruments.walk import BIAS, MOST_ROWS, fine, highlight, moment, moments
from netviz.session.presets import PRESETS
from netviz.session.runs import state_at
from netviz.session.state import UnitId, opening
from netviz.session.store import reduce
from tests.session.made import experiment, trained

XOR = state_at(PRESETS["xor"].experiment, 172)
# Goodfellow's network, its answer raised by a half: 1.5 at (1, 0)
RAISED = (((1.0, 1.0), (1.0, 1.0)), ((1.0, -2.0),)), ((0.0, -1.0), (0.5,))


def phases(state, twin=None):
    return [each.phase for each in moments(state, twin)]


def of(state, phase, twin=None):
    return [each for each in moments(state, twin) if each.phase == phase]


def number(text):
    return float(text.replace("−", "-").replace("+", ""))


def results(found):
    return {row.label: row.result for row in found.rows}


def test_the_walk_goes_forward_backward_and_on():
    assert phases(XOR) == [
        "product", "product", "sum", "bias", "activation", "forward", "forward", "loss",
        "backward", "backward", "mean", "update",
    ]  # fmt: skip


def test_inside_the_unit_stands_the_arithmetic_of_the_picture():
    activation = of(XOR, "activation")[0]
    assert activation.title == "Inside h₁ at (1, 0)"
    assert [row.result for row in activation.rows] == ["−0.94", "0.00", "+0.11", "−0.83", "0.00"]
    assert activation.rows[-1].working == "ReLU of −0.83"
    assert results(of(XOR, "sum")[0])["together"] == "−0.94"
    assert [moment.edges[0][1:3] for moment in of(XOR, "product")] == [(0, 0), (0, 1)]
    assert of(XOR, "bias")[0].edges[0].source == BIAS


def test_forward_every_layer_shows_its_values():
    hidden, answer = of(XOR, "forward")
    assert results(hidden) == {"h₁": "0.00", "h₂": "0.88"}
    assert results(answer) == {"ŷ": "0.99"}
    assert answer.rows[0].working == "the sum 0.99 itself"


@pytest.mark.parametrize(
    ("name", "answer", "working", "loss"),
    [
        ("mse", "1.50", "(1.50 − 1)²", "0.25"),
        ("half_mse", "1.50", "½ (1.50 − 1)²", "0.12"),  # 0.125
        ("bce", "0.82", "binary cross-entropy", "0.20"),  # sigmoid(1.5), and −ln of it
    ],
)
def test_the_loss_at_the_point_is_worked_out(name, answer, working, loss):
    state = opening(experiment(loss=name, weights=RAISED, hidden=(2,)))
    rows = of(state, "loss")[0].rows
    assert [row.result for row in rows] == [answer, "1", loss]
    assert rows[2].working == working


def gradient(state, twin):
    """The loss's gradient by finite differences."""
    problem, params = engine.problem(selectors.settings(state, twin)), selectors.params(state, twin)
    steps = 1e-6 * np.eye(len(params.flat))
    losses = [
        [loss_of(problem, Params(params.sizes, params.flat + s * step)) for s in (1, -1)] for step in steps
    ]
    return np.array([(up - down) / 2e-6 for up, down in losses])


@pytest.mark.parametrize("twin", [0, 1])
@pytest.mark.parametrize("step", [1, 20])
def test_the_gradient_agrees_with_finite_differences(twin, step):
    state = state_at(PRESETS["xor"].experiment, step)
    found = of(state, "mean", twin)[0]
    assert [number(row.result) for row in found.rows] == pytest.approx(gradient(state, twin), abs=6e-3)
    assert [row.size for row in found.rows] == pytest.approx(np.abs(gradient(state, twin)), abs=1e-7)
    assert {text.layer for text in found.edges} == {0, 1}


def test_backward_the_slope_at_a_unit_meets_what_came_in():
    answer, hidden = of(XOR, "backward")
    assert results(answer)["slope at ŷ"] == "−0.020"  # 2 (0.99 − 1)
    assert results(answer)["h₂ → ŷ"] == "−0.017"  # times 0.88
    assert hidden.rows[0].working == "−0.020 × 0"  # h₁ is off: no slope
    assert results(hidden)["x₁ → h₁"] == "0.00"
    assert results(hidden)["x₁ → h₂"] == "−0.023"
    assert {(text.to, text.source): text.text for text in hidden.edges}[1, BIAS] == "−0.023"


@pytest.mark.parametrize("settings", [{}, {"optimizer": "adam"}, {"l2": 0.1}, {"batch_size": 1}])
def test_the_update_is_the_trainers_own_step(settings):
    state = trained(4, **settings)
    found = of(state, "update")[0]
    after = engine.advance(engine.Request(state.experiment, state.frame.states, until=5))
    new = {(layer, to, source): value for layer, matrix in enumerate(after.states[0].params.layers)
           for (to, source), value in np.ndenumerate(matrix)}  # fmt: skip
    for text in found.edges:
        source = len(after.states[0].params.layers[text.layer][0]) - 1 if text.source == BIAS else text.source
        assert number(text.text) == pytest.approx(new[text.layer, text.to, source], abs=0.005)
    plainly = not {"optimizer", "l2"} & set(settings)
    assert ("× " in found.rows[0].working) is plainly
    assert ("Adam" in found.text) is (settings.get("optimizer") == "adam")


def test_the_update_adds_up_as_it_is_written():
    row = of(XOR, "update")[0].rows[1]  # x₂ → h₁
    assert (row.working, row.result) == ("0.8780 + 0.1 × 0.0151", "0.8795")


@pytest.mark.parametrize(
    ("settings", "rate"), [({"learning_rate": 0.003}, "0.003"), ({"decay": 0.25}, "0.05"), ({}, "0.1")]
)
def test_the_update_names_the_rate_of_its_own_step(settings, rate):
    row = of(trained(4, **settings), "update")[0].rows[0]  # in epoch 4 a decay of ¼ has halved it
    assert f" {rate} × " in row.working


def test_a_step_on_one_point_has_no_mean():
    assert "mean" not in phases(trained(4, batch_size=1))


def test_in_a_batch_the_point_under_the_probe_is_walked_through_if_it_is_there():
    state = trained(0, batch_size=2)
    points = engine.points(state.experiment.base).x
    batch = list(map(tuple, points.tolist()))
    walked = {point: moments(replace(state, probe=point))[0].at for point in batch}
    assert sum(point == at for point, at in walked.items()) == 2  # the two of the batch
    assert len(set(walked.values())) == 2
    assert moments(replace(XOR, probe=(0.4, 0.4)))[0].at == (0.0, 0.0)


def test_large_layers_show_their_largest_numbers():
    state = trained(3, hidden=(16, 16))
    state = replace(state, selected=UnitId(0, 2, 5))
    assert phases(state)[:2] == ["product", "sum"]  # sixteen products at once
    product = of(state, "product")[0]
    assert product.rows[-1].label == "and 9 more"
    sizes = [row.size for row in product.rows[:-1]]
    assert sizes == sorted(sizes, reverse=True)
    assert len(product.edges) == 16
    for phase in ("forward", "backward", "mean", "update"):
        assert all(len(each.rows) <= MOST_ROWS for each in of(state, phase))
    assert of(state, "mean")[0].rows[-1].label == "and 329 smaller ones"  # of 3·16 + 17·16 + 17
    assert [each.title for each in of(state, "forward")] == [
        "Forward: hidden layer 1", "Forward: hidden layer 2", "Forward: the answer",
    ]  # fmt: skip


def test_many_products_add_up_with_the_rest():
    state = replace(trained(3, hidden=(16,), activation="tanh"), selected=UnitId(0, 2, 0))
    rows = of(state, "sum")[0].rows
    assert sum(number(row.result) for row in rows[:-1]) == pytest.approx(number(rows[-1].result), abs=0.05)


def test_an_input_is_left_for_the_first_unit_behind_it():
    assert moments(replace(XOR, selected=UnitId(1, 0, 1)))[0].units == (UnitId(1, 1, 0),)
    assert moments(XOR, 1)[0].units == (UnitId(1, 1, 0),)


def test_through_a_step_there_is_no_way_back():
    state = opening(experiment(((("activation", "step"),),)))
    last = moments(state)[-1]
    assert last.phase == "stuck"
    assert last.text == "No way back: step has slope 0 everywhere, so nothing can be learned through it."


def test_a_twin_whose_numbers_left_the_range_has_no_walk():
    state = trained(100, learning_rate=1e9)
    assert state.frame.states[0].stopped
    assert moments(state) == ()
    walked = reduce(state, Walk(0))
    assert (moment(walked), highlight(walked)) == (None, None)


def test_the_canvas_is_told_what_to_light_up():
    assert highlight(XOR) is None
    walked = reduce(XOR, Walk(8))
    told = highlight(walked)
    assert (told.twin, told.phase, told.layer) == (0, "backward", 2)
    assert {(text.layer, text.source): text.text for text in told.edges} == {
        (1, 0): "0.00", (1, 1): "−0.017", (1, BIAS): "−0.020",
    }  # fmt: skip
    assert highlight(replace(walked, playing=True)) is None
    assert moment(reduce(XOR, Walk(99))).phase == "update"


def test_another_start_walks_another_way():
    other = reduce(XOR, NewStart())
    assert moments(other)[0].rows != moments(XOR)[0].rows


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0031, "0.0031"),
        (-0.25, "−0.25"),
        (12.3, "12.30"),
        (0.0, "0.00"),
        (-4e-9, "0.00"),
        (float("inf"), "inf"),
    ],
)
def test_small_numbers_keep_two_digits(value, text):
    assert fine(value) == text
