"""Contours are where the values cross, whole and in few pieces."""

import numpy as np
import pytest

from netviz.views.canvas.contour import contour


def grid(side):
    axis = np.linspace(0.0, 1.0, side)
    return np.meshgrid(axis, axis)


def test_a_straight_line_is_two_points_exactly():
    x, y = grid(51)
    (line,) = contour(x + y, 0.7)  # meets the left edge at y = 0.7 and the top one at x = 0.7
    assert sorted(np.round(line, 12).tolist()) == [[0.0, 0.7], [0.7, 0.0]]


def test_a_circle_is_one_closed_line_at_its_radius():
    x, y = grid(101)
    (line,) = contour(np.hypot(x - 0.5, y - 0.5), 0.3)
    assert np.hypot(*(line - 0.5).T) == pytest.approx(0.3, abs=1e-3)
    assert line[0].tolist() == line[-1].tolist()


def test_a_saddle_gives_two_lines_that_do_not_cross():
    x, y = grid(21)
    lines = contour((x - 0.51) * (y - 0.51), 0.0005)
    assert len(lines) == 2


@pytest.mark.parametrize("value", [0.0, 0.5, 1.0])
def test_constant_values_have_no_contour(value):
    assert contour(np.full((11, 11), value), 0.5) == ()


def test_values_that_are_no_numbers_do_no_harm():
    x, _ = grid(11)
    values = np.where(x > 0.5, np.inf, -np.inf)
    values[0, 0] = np.nan
    assert all(np.isfinite(line).all() for line in contour(values, 0.5))


def test_beside_what_is_no_number_a_line_stays_in_the_square():
    x, _ = grid(21)
    values = np.where(x > 0.5, np.nan, x + 1.0)
    (line,) = contour(values, 0.0)
    assert np.isfinite(line).all()
    assert line[:, 0] == pytest.approx(0.5, abs=0.05)
