"""The names of a table's columns stand free: off each other, off the next layer, below the lane's header."""

from itertools import combinations

import pytest
from PySide6.QtCore import QRectF

from netviz.views.canvas.layout import plan
from netviz.views.canvas.scene import NetworkScene, fitted
from netviz.views.theme import THEMES, Look

LONG = tuple(f"{part} {what} in centimetres" for part in ("sepal", "mean", "WWWW") for what in "abcd")
LANES = {"projector": (20.0, 710.0, 230.0, 52.0), "light": (15.0, 700.0, 240.0, 76.0)}


def names(scene):
    """Where each name that is shown is seen."""
    for unit in scene.units[: len(LONG)]:
        if unit.name.frame.isVisible():
            words, at = unit.name.text.text(), unit.name.frame.scenePos()
            wide, high = unit.name.width(words), unit.name.height
            yield words, QRectF(at.x() - wide / 2, at.y() - high / 2, wide, high)


@pytest.mark.parametrize("theme", LANES)
@pytest.mark.parametrize("hidden", [(8,), (8, 8), (4, 4, 4), (8,) * 8])
def test_long_names_of_many_columns_are_elided_to_their_room(qapp, theme, hidden):
    em, width, height, header = LANES[theme]
    built = plan((len(LONG), *hidden, 3), width, height, em, compact=True)
    scene = NetworkScene(built, [*LONG, *"h" * (sum(hidden) + 3)], Look(THEMES[theme], em, "compact"), True)
    band = QRectF(0, header, width, height)
    scene.look_through(fitted(built, band), band, QRectF(0, 0, width, header + height))
    shown = list(names(scene))
    tiles = [unit.frame.sceneBoundingRect() for unit in scene.units[len(LONG) :]]
    assert len(shown) >= 6 or len(hidden) == 8
    assert all(words.endswith("…") and len(words) > 3 for words, _ in shown)
    smaller = [box.adjusted(1, 3, -1, -3) for _, box in shown]
    assert not any(one.intersects(other) for one, other in combinations(smaller, 2))
    assert not any(box.intersects(tile) for box in smaller for tile in tiles)
    assert all(band.contains(box) for box in smaller)
