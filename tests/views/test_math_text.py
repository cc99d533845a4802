"""Formulas are drawn in any size and colour."""

import pytest

from netviz.core.activations import ACTIVATIONS
from netviz.core.losses import LOSSES
from netviz.views.math_text import formula, svg
from netviz.views.theme import THEMES, Look

FORMULAS = {row.name: row.formula for row in (*ACTIVATIONS.values(), *LOSSES.values())}


@pytest.mark.parametrize("latex", [*FORMULAS.values()], ids=[*FORMULAS])
def test_every_formula_is_drawn(qapp, latex):
    picture = formula(latex, Look(THEMES["light"], 21, "wide")).toImage()
    ink = [picture.pixelColor(x, y).alpha() for x in range(picture.width()) for y in range(picture.height())]
    assert max(ink) > 200


def test_a_formula_grows_with_the_text_and_the_screen(qapp):
    small, large = (formula("z^2", Look(THEMES["light"], em, "wide")) for em in (21, 42))
    assert large.width() == pytest.approx(2 * small.width(), abs=2)
    assert formula("z^2", Look(THEMES["light"], 21, "wide"), ratio=2).width() == pytest.approx(
        2 * small.width(), abs=2
    )


def test_a_formula_takes_the_colour_of_the_theme():
    assert THEMES["dark"].text.encode() in svg("z", THEMES["dark"].text)
