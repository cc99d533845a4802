"""Numbers over the plane and the colours made of them."""

from dataclasses import replace

import numpy as np
import pytest

from netviz.session import engine
from netviz.session import selectors as say
from netviz.session.experiment import with_value
from netviz.session.presets import PRESETS
from netviz.session.sections import Section
from netviz.session.state import FASTEST, opening
from netviz.views.canvas import surfaces
from netviz.views.theme import value_color

LOW, HIGH, SIDE = -0.35, 1.35, 18  # a grid of step 0.1


def all_of(state, twin=0):
    return surfaces.responses(say.settings(state, twin), say.params(state, twin), Section(LOW, HIGH), SIDE)


@pytest.mark.parametrize("activation", ["relu", "tanh", "cos"])
def test_every_unit_answers_as_the_network_does(activation):
    state = opening(
        with_value(with_value(PRESETS["xor"].experiment, "activation", activation), "hidden", (3, 2))
    )
    point = (LOW + 5 * 0.1, HIGH - 2 * 0.1)  # row 2 from the top, column 5
    expected = say.values_at(state, 0, point)
    for layer, values in zip(all_of(state).layers, expected, strict=True):
        assert layer[:, 2, 5] == pytest.approx(values, abs=1e-6)


def test_the_top_row_has_the_largest_second_input():
    inputs = all_of(opening(PRESETS["xor"].experiment)).layers[0]
    assert inputs[1][0] == pytest.approx(HIGH)
    assert inputs[0][:, 0] == pytest.approx(LOW)


def test_other_parameters_give_other_answers_and_the_first_ones_again():
    state = opening(PRESETS["xor"].experiment)
    first = all_of(state).output.copy()
    frame = engine.advance(engine.Request(state.experiment, state.frame.states, until=5))
    settings = say.settings(state, 0)
    assert not np.array_equal(
        surfaces.responses(settings, frame.states[0].params, Section(LOW, HIGH), SIDE).output, first
    )
    assert np.array_equal(all_of(state).output, first)


def test_a_units_sums_are_those_before_its_activation():
    state = opening(PRESETS["xor"].experiment)
    point = (LOW + 5 * 0.1, HIGH - 2 * 0.1)
    total = surfaces.sums(all_of(state), say.params(state, 0), 1, 1, points=SIDE)
    assert total[2, 5] == pytest.approx(say.sums_at(state, 0, point)[1][1], abs=1e-6)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.0, 0.0),
        (1.0, 1.0),
        (-1.0, -1.0),
        (2.0, 2.0),
        (7.5, 2.0),
        (-7.5, -2.0),
        (np.inf, 2.0),
        (np.nan, 2.0),
    ],
)
def test_colours_follow_the_scale_and_saturate_beyond_it(value, shown):
    (color,) = surfaces.pixels(np.array([value], dtype=np.float32))
    wanted = value_color(int(shown * 63.5) / 63.5)
    channels = [(int(color) >> shift) & 255 for shift in (16, 8, 0)]
    assert channels == pytest.approx(list(wanted.getRgb()[:3]), abs=2)


@pytest.mark.parametrize(("step", "twin", "value"), [(0, 0, None), (172, 0, None), (172, 1, 0.5)])
def test_a_surface_is_constant_when_the_session_says_so(trained, step, twin, value):
    state = trained(step)
    assert surfaces.constant(all_of(state, twin), state, twin) == value
    assert say.constant(state, twin) == value


def test_half_is_the_white_of_answers():
    assert surfaces.as_answers(np.array([0.0, 0.5, 1.0])).tolist() == [-1.0, 0.0, 1.0]


def test_dimmed_colours_lie_between_the_value_and_the_background():
    lut = surfaces.dimmed_lut("#000000", 0.5)
    assert int(lut[0]) & 255 == pytest.approx((value_color(0).blue()) / 2, abs=1)
    assert int(lut[0]) >> 24 == 255


def test_a_tile_of_26_px_takes_the_nearest_sample_to_each_of_its_pixels():
    grain = surfaces.grain(52, 0.5, 201)
    assert grain == (26, 26, 2)
    values = np.arange(201, dtype=np.float32) + np.zeros((1, 201, 1), dtype=np.float32)
    assert surfaces.sampled(values, grain)[0, 0, :3].tolist() == [4, 12, 19]  # 200 · 0.5 / 26 = 3.8, ...


def test_a_large_tile_has_no_more_pixels_than_there_are_samples():
    assert surfaces.grain(300, 1.0, 201) == (201, 201, 300 / 201)


def test_a_tile_that_has_no_room_yet_is_one_pixel():
    grain = surfaces.grain(52, 0.005, 201)
    assert surfaces.sampled(np.zeros((2, 201, 201), dtype=np.float32), grain).shape == (2, 1, 1)


def test_a_tiles_corners_are_round(qapp):
    (picture,) = surfaces.tiles(surfaces.pixels(np.zeros((1, 40, 40))), 0.1)
    image = picture.toImage()
    assert [image.pixelColor(*at).alpha() for at in ((0, 0), (1, 1), (4, 0), (20, 20))] == [0, 255, 255, 255]


RACE = FASTEST, True


@pytest.mark.parametrize(
    ("hidden", "speed", "playing", "side"),
    [((8, 8), *RACE, 101), ((2,), *RACE, 201), ((8, 8), FASTEST, False, 201), ((8, 8), 30.0, True, 201)],
)
def test_only_a_large_network_in_a_race_is_drawn_at_fewer_points(hidden, speed, playing, side):
    state = opening(with_value(PRESETS["xor"].experiment, "hidden", hidden))
    assert surfaces.side_of(replace(state, playing=playing, speed=speed), 0) == side
