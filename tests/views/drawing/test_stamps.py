"""Many marks are printed from one small picture, each on whole pixels."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage

from netviz.views.drawing.crowd import shape_path
from netviz.views.drawing.stamps import stamp, stamped

BOX = QRectF(100.0, 50.0, 40.0, 30.0)


def inked(picture):
    """The pixels (rows, columns) that are not clear."""
    image = picture.toImage().convertToFormat(QImage.Format.Format_ARGB32)
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., 3] > 0


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_a_mark_stands_where_it_should(qapp, scale):
    mark = stamp(shape_path("square", 4), QColor("red"), scale)
    picture = stamped([(np.array([[112.3, 61.8]]), mark)], BOX, scale)
    assert (picture.width(), picture.height()) == (40 * scale, 30 * scale)
    assert picture.devicePixelRatio() == scale
    rows, columns = inked(picture).nonzero()
    middle = (columns.mean() + 0.5) / scale, (rows.mean() + 0.5) / scale
    assert middle == pytest.approx((12.3, 11.8), abs=0.5 / scale + 1e-9)  # half a pixel off at most


def test_what_is_far_away_or_no_number_is_left_out(qapp):
    mark = stamp(shape_path("circle", 4), QColor("red"), 1.0)
    places = np.array([[np.nan, 60.0], [1e300, 60.0], [-np.inf, 60.0], [120.0, 65.0]])
    picture = stamped([(places, mark)], BOX, 1.0)
    assert (inked(picture) == inked(stamped([(places[3:], mark)], BOX, 1.0))).all()


def test_a_mark_at_the_edge_is_cut(qapp):
    mark = stamp(shape_path("circle", 4), QColor("red"), 1.0)
    found = inked(stamped([(np.array([[100.0, 50.0], [140.0, 80.0]]), mark)], BOX, 1.0))
    assert found[0, 0]
    assert found[-1, -1]
    assert not found[15, 20]
