"""Formulas are drawn in any size and colour."""

import pytest

from netviz.core.activations import ACTIVATIONS
from netviz.core.losses import LOSSES
from netviz.views.drawing.math_text import formula, svg
from netviz.views.theme import THEMES, Look
from tests.views.seen import seen

FORMULAS = {row.name: row.formula for row in (*ACTIVATIONS.values(), *LOSSES.values())}


@pytest.mark.parametrize("latex", [*FORMULAS.values()], ids=[*FORMULAS])
def test_every_formula_is_drawn(qapp, latex):
    picture = seen(formula(latex, Look(THEMES["light"], 21, "wide")))
    ink = [picture.pixelColor(x, y).alpha() for x in range(picture.width()) for y in range(picture.height())]
    assert max(ink) > 200


def test_a_formula_grows_with_the_text(qapp):
    small, large = (formula("z^2", Look(THEMES["light"], em, "wide")).boundingRect() for em in (21, 42))
    assert large.width() == pytest.approx(2 * small.width(), abs=2)


def test_a_formula_takes_the_colour_of_the_theme():
    assert THEMES["dark"].text.encode() in svg("z", THEMES["dark"].text)
