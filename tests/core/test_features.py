"""Each feature's value at a point, and what happens to an unknown one."""

import numpy as np
import pytest

from netviz.core.features import FEATURES, features

AT_2_3 = {
    "x": 2.0,
    "y": 3.0,
    "x2": 4.0,
    "y2": 9.0,
    "xy": 6.0,
    "sin_x": 0.9092974268256817,
    "sin_y": 0.1411200080598672,
    "cos_x": -0.4161468365471424,
    "cos_y": -0.9899924966004454,
}


def test_every_feature_has_its_value_at_two_three():
    assert list(FEATURES) == list(AT_2_3)
    assert features(list(AT_2_3), np.array([[2.0, 3.0]])) == pytest.approx(np.array([list(AT_2_3.values())]))


def test_features_come_in_the_order_asked_for_one_row_a_point():
    points = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    assert features(("xy", "x"), points).tolist() == [[2, 1], [12, 3], [30, 5]]


def test_an_unknown_feature_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match='there is no feature "x3"; known are x, y, x2, y2, xy, sin_x'):
        features(["x", "x3"], np.zeros((1, 2)))
