"""The measures of a piece, however small it is."""

import numpy as np
import pytest

from netviz.session.instruments.pieces import thickness


@pytest.mark.parametrize(("corners", "thick"), [([(0, 0), (3, 0), (3, 3), (0, 3)], 3.0), ([(1, 1)] * 3, 0.0)])
def test_a_square_is_as_thick_as_its_side_and_a_point_is_not(corners, thick):
    assert thickness(np.array(corners, dtype=np.float64)) == thick
