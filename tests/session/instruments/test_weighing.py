"""Histograms of the weights: one scale for what is compared, every weight counted, zeros told."""

from dataclasses import replace

import numpy as np
import pytest

from netviz.session import selectors
from netviz.session.experiment import Experiment, with_value
from netviz.session.fields import Settings
from netviz.session.instruments.weighing import BINS, histograms, range_text, told
from netviz.session.presets import PRESETS
from netviz.session.runs import state_at
from netviz.session.state import opening

XOR = PRESETS["xor"].experiment
WEIGHTS = ((((-2.0, 1.0), (3.0, 0.0)), ((2.0, -1.0),)), ((0.5, 0.75), (1.5,)))


def given(**settings):
    return opening(Experiment(Settings(weights=WEIGHTS, **settings)))


def test_every_weight_stands_in_the_bin_of_its_value():
    found = histograms(given())
    assert found.reach == 4.0  # 3 fits in 4: 1, doubled twice
    hidden, output = found.layers
    assert (hidden.name, output.name) == ("the hidden layer", "the output")
    # bins are 0.2 wide, the 21st around 0: −2 is 10 to its left, 1 five to its right, 3 fifteen
    places = {place: count for place, count in enumerate(hidden.twins[0].now) if count}
    assert places == {10: 1, 20: 1, 25: 1, 35: 1}
    assert {place for place, count in enumerate(output.twins[0].now) if count} == {15, 30}
    assert hidden.twins[0].now == hidden.twins[0].start


def test_the_ends_of_the_scale_belong_to_it():
    one = (((1.0, -1.0),),), ((0.0,),)
    found = histograms(opening(Experiment(Settings(hidden=(), weights=one))))
    assert found.reach == 1.0
    now = found.layers[0].twins[0].now
    assert (now[0], now[BINS - 1], sum(now)) == (1, 1, 2)
    assert found.layers[0].name == "the output"


@pytest.mark.parametrize("step", [0, 10, 300])
def test_no_weight_is_lost_in_training(step):
    state = state_at(PRESETS["spiral"].experiment, step)
    for layer, matrix in zip(histograms(state).layers, selectors.params(state, 0).weights, strict=True):
        for one in layer.twins:
            assert sum(one.now) == sum(one.start) == matrix.size
            assert 1 <= one.most <= matrix.size
        assert (layer.twins[0].low, layer.twins[0].high) == (matrix.min(), matrix.max())


def test_the_start_stays_as_it_was():
    before, after = (histograms(state_at(XOR, step)) for step in (0, 172))
    assert before.reach == 1.0
    assert after.reach == 2.0  # one weight has grown to 1.19
    assert np.array_equal(selectors.params(state_at(XOR, 172), 0).weights[1].round(2), [[1.04, 1.19]])
    assert sum(after.layers[1].twins[0].start) == 2


def test_weights_that_l1_has_carried_to_zero_are_told():
    state = state_at(with_value(PRESETS["spiral"].experiment, "l1", 0.1), 200)
    one = histograms(state).layers[1].twins[1]
    zeros = int((selectors.params(state, 1).weights[1] == 0).sum())
    assert one.zeros == zeros > 1
    assert range_text(one).endswith(f", {zeros} zeros")
    assert range_text(one, zeros=False) == range_text(one).split(",")[0]


def test_one_zero_is_one_zero():
    assert range_text(histograms(given()).layers[0].twins[0]) == "−2.00 to 3.00, 1 zero"


def test_only_visible_twins_are_weighed():
    state = replace(state_at(XOR, 5), view="without")
    assert [one.twin for one in histograms(state).layers[0].twins] == [1]


def test_the_output_of_a_lower_network_stands_in_the_last_row():
    own = ((("hidden", (3, 2, 2)),), (("hidden", (4,)),))
    found = histograms(opening(Experiment(Settings(), own)))
    names = [layer.name for layer in found.layers]
    assert names == ["hidden layer 1", "hidden layer 2", "hidden layer 3", "the output"]
    assert [[one.twin for one in layer.twins] for layer in found.layers] == [[0, 1], [0], [0], [0, 1]]
    assert sum(found.layers[3].twins[1].now) == 4


def test_the_weights_in_words():
    said = told(state_at(XOR, 172))
    assert said == (
        "Weights into the hidden layer: with −0.94 to 0.88, without −0.75 to 0.55. "
        "Weights into the output: with 1.04 to 1.19, without 0.45 to 0.61."
    )


def test_the_largest_number_there_is_has_its_bin():
    most = float(np.finfo(np.float64).max)  # 2.0**1024 is no number any more
    found = histograms(opening(Experiment(Settings(hidden=(), weights=((((most, -most),),), ((0.0,),))))))
    assert found.reach == most
    now = found.layers[0].twins[0].now
    assert (now[0], now[BINS - 1], sum(now)) == (1, 1, 2)
