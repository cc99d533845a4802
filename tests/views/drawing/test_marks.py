"""Each mark is drawn, and each activation has a curve of its own."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from netviz.core.activations import ACTIVATIONS
from netviz.views.drawing.marks import STROKES, badge, badge_path, chevron, draw_target, mark, pixmap
from tests.views.seen import seen

INK, PAPER = QColor("#111827"), QColor("#ffffff")


def drawn(picture):
    image = seen(picture)
    return sum(
        image.pixelColor(x, y).alpha() > 0 for x in range(image.width()) for y in range(image.height())
    )


@pytest.mark.parametrize("kind", [*STROKES, "query"])
def test_a_verdict_has_a_mark(qapp, kind):
    assert drawn(mark(kind, INK, 24)) > 30


def test_no_verdict_has_no_mark(qapp):
    assert drawn(mark("", INK, 24)) == 0


def test_no_two_marks_are_alike(qapp):
    pictures = [seen(mark(kind, INK, 32, PAPER)) for kind in [*STROKES, "query"]]
    assert all(one != other for i, one in enumerate(pictures) for other in pictures[:i])


@pytest.mark.parametrize("activation", [*ACTIVATIONS.values()], ids=lambda row: row.name)
def test_a_badge_shows_the_activation_inside_its_square(qapp, activation):
    box = badge_path(activation, 60).boundingRect()
    assert QRectF(0, 0, 60, 60).contains(box)
    assert drawn(badge(activation, INK, PAPER, 60)) > 3000


def test_the_badge_of_identity_is_straight_and_that_of_relu_is_bent(qapp):
    straight, bent = (badge_path(ACTIVATIONS[name], 60) for name in ("identity", "relu"))
    middle = 30  # z = 0 is the centre of both
    assert straight.elementAt(30).y == pytest.approx(middle)
    assert straight.elementAt(0).y > middle
    assert bent.elementAt(0).y == pytest.approx(middle)


@pytest.mark.parametrize("target", [0, 1])
def test_targets_differ_in_shape(qapp, look, target):
    picture = pixmap(40)
    painter = QPainter(picture)
    draw_target(painter, QRectF(0, 0, 40, 40), target, look.font(0.8, 700), 2)
    painter.end()
    corner = picture.toImage().pixelColor(3, 3)
    assert (corner.alpha() > 0) == (target == 0)  # a square has corners


def test_a_menu_has_a_chevron(qapp):
    assert not chevron(INK, 20).isNull()


def test_a_bold_badge_has_no_pale_axes_and_keeps_its_curve_off_its_frame(qapp):
    plain, bold = (seen(badge(ACTIVATIONS["identity"], INK, PAPER, 60, bold)) for bold in (1.0, 1.4))
    on_axis = (30, 14)  # the axis of y, away from the straight line
    assert plain.pixelColor(*on_axis) != PAPER
    assert bold.pixelColor(*on_axis) == PAPER
    assert all(bold.pixelColor(x, 60 - x - 1) == PAPER for x in range(8, 11))  # between frame and curve
