"""Many points are marks: each class has a shape and a colour that colour-blind people tell apart."""

from itertools import combinations

import numpy as np
import pytest

from netviz.session import engine
from netviz.session.experiment import with_value
from netviz.session.presets import PRESETS
from netviz.views.drawing.crowd import CLASS_COLORS, CLASS_SHAPES, crowd, shape_path

# Machado, Oliveira and Fernandes 2009: full strength, on linear RGB.
SEEN = {
    "everybody": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039],
    ],
}  # fmt: skip
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def lab(color, seen):
    channels = np.array([int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    xyz = TO_XYZ @ np.clip(np.array(seen) @ linear, 0, 1) / (0.9505, 1, 1.089)
    x, y, z = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def settings(dataset):
    return with_value(PRESETS["xor"].experiment, "dataset", dataset).base


@pytest.mark.parametrize("seen", SEEN.values(), ids=SEEN)
def test_any_two_classes_are_told_apart_by_colour(seen):
    apart = [np.linalg.norm(lab(a, seen) - lab(b, seen)) for a, b in combinations(CLASS_COLORS, 2)]
    assert min(apart) > 20  # twice the least of the twins' colours, 12


def test_any_two_classes_are_told_apart_without_colour():
    assert len(set(CLASS_SHAPES)) == len(CLASS_COLORS) == 6


@pytest.mark.parametrize("shape", CLASS_SHAPES)
def test_a_shape_stays_near_its_place(shape):
    box = shape_path(shape, 10).boundingRect()
    assert 16 <= box.width() <= 28
    assert abs(box.center().x()) < 3
    assert abs(box.center().y()) < 5


@pytest.mark.parametrize(("dataset", "kinds"), [("circle", 2), ("blobs:5", 5)])
def test_every_point_is_there_in_the_shape_of_its_class(dataset, kinds):
    found = crowd(settings(dataset), False)
    assert len({(group.shape, group.color) for group in found}) == kinds
    assert sum(len(group.places) for group in found) == 100  # half of 200


def test_a_point_is_where_the_data_says():
    data = engine.points(settings("circle"))
    inside = next(group for group in crowd(settings("circle"), False) if group.shape == "circle")
    x, y = data.x[data.y[:, 0] == 1][0]
    assert inside.places[0] == pytest.approx([(x + 6) / 12, (6 - y) / 12])  # upwards is up


def test_test_points_are_hollow_and_only_there_when_asked_for():
    assert not any(group.hollow for group in crowd(settings("moons"), False))
    hollow = [group for group in crowd(settings("moons"), True) if group.hollow]
    assert sum(len(group.places) for group in hollow) == 100


def test_numbers_have_the_colour_of_their_value():
    colors = [group.color for group in crowd(settings("plane"), False)]
    assert len(colors) > 5
    assert {group.rim for group in crowd(settings("plane"), False)} == {"dark"}
