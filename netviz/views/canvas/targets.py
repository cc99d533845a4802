"""What lies under the mouse of a network besides its units: numbers, badges, and the buttons of columns."""

from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF

from netviz.session.parameters import BIAS, Parameter
from netviz.views.canvas.layout import Plan, Rect, edge_at
from netviz.views.canvas.scene import NetworkScene

BUTTON = 1.35  # em, a button's height
ASIDE = 0.3  # em, between a tile and a button
NAME = 1.45  # em, from a tile's left to where its name has ended
USUAL = "+0.00"  # how wide most numbers are
AROUND = 0.5  # em, how far a column's ground reaches beyond its tiles


class Button(NamedTuple):
    """A quiet button: what it does, on which layer, and where."""

    kind: str  # "add" or "remove" a unit, "layer", "inputs", "unfuse"
    layer: int  # of units; "layer": the new one comes in front of this
    box: Rect

    @property
    def words(self) -> str:
        """What stands on it."""
        words = {"add": "+", "remove": "−", "layer": "+ layer", "inputs": "+ inputs", "unfuse": "Unfuse"}
        return words[self.kind]

    @property
    def told(self) -> str:
        """What it does."""
        return {
            "add": "Add a unit (Insert)",
            "remove": "Remove a unit (Delete); a layer goes with its last one",
            "layer": "Add a layer here",
            "inputs": "Switch inputs on and off. The other place where nonlinearity can sit.",
            "unfuse": "Show the layers again (Esc)",
        }[self.kind]


def number_at(scene: NetworkScene, x: float, y: float) -> Parameter | None:
    """The number that is shown at a point of the plan: an edge's pill, a bias's dot or its words."""
    at = QPointF(x, y)
    for unit in scene.units:
        if unit.tile.layer and unit.dot.isVisible():
            box = unit.dot.rect()
            words = unit.bias.sceneBoundingRect() if unit.bias.isVisible() else QRectF()
            if _within(box, at) or scene.root.mapRectFromScene(words).contains(at):
                return Parameter(unit.tile.layer - 1, unit.tile.unit, BIAS)
    for item in scene.edges:
        frame = item.pill.frame if item.pill is not None else None
        if frame is not None and frame.isVisible() and frame.contains(frame.mapFromParent(at)):
            return Parameter(item.edge.layer, item.edge.target, item.edge.source)
    return None


def line_at(scene: NetworkScene, x: float, y: float, reach: float) -> Parameter | None:
    """The weight whose line is nearest to a point of the plan."""
    found = edge_at(scene.plan, x, y, reach)
    if found is None:
        return None
    edge = scene.plan.edges[found]
    return Parameter(edge.layer, edge.target, edge.source)


def _within(box: QRectF, at: QPointF) -> bool:
    """Whether a point lies in a circle."""
    away = at - box.center()
    return away.x() ** 2 + away.y() ** 2 <= (box.width() / 2) ** 2


def badge_at(scene: NetworkScene, x: float, y: float) -> int | None:
    """The layer of the badge at a point of the plan."""
    for tile in scene.plan.tiles:
        if tile.badge_side and tile.badge.holds(x, y):
            return tile.layer
    return None


def place_of(scene: NetworkScene, at: Parameter) -> QRectF:
    """Where a number is shown, in the plan: its pill, its dot, or the middle of its line."""
    if at.source == BIAS:
        unit = next(u for u in scene.units if (u.tile.layer, u.tile.unit) == (at.layer + 1, at.to))
        return unit.dot.rect()
    item = scene.edges[_edge_number(scene.plan, at)]
    middle = scene.plan.numbers[_edge_number(scene.plan, at)]
    if item.pill is not None and middle is not None:
        wide, high = item.pill.width(USUAL), item.pill.height
        return QRectF(middle[0] - wide / 2, middle[1] - high / 2, wide, high)
    (x0, y0), (x1, y1) = item.edge.start, item.edge.end
    return QRectF((x0 + x1) / 2, (y0 + y1) / 2, 0, 0)


def _edge_number(plan: Plan, at: Parameter) -> int:
    """The place of a weight among the plan's edges: layer by layer, then by target."""
    sizes = [len(tiles) for tiles in plan.layers]
    before = sum(n_in * n_out for n_in, n_out in pairwise(sizes[: at.layer + 1]))
    return before + at.to * sizes[at.layer] + at.source


def buttons_at(scene: NetworkScene, x: float, em: float) -> tuple[Button, ...]:
    """The buttons of the column, or of the gap between two, that a place in the plan belongs to."""
    layers = scene.plan.layers
    for layer, tiles in enumerate(layers):
        box = tiles[0].box
        left, right = box.x - AROUND * em, tiles[0].exit[0] + AROUND * em
        if left <= x <= right:
            if layer == 0:
                return (_button("inputs", 0, box.x + NAME * em, box, em, 4.2),)
            if layer == len(layers) - 1:
                return ()
            start = max(box.x + box.width - 2 * BUTTON * em, box.x + NAME * em)
            return (
                _button("remove", layer, start, box, em, BUTTON),
                _button("add", layer, start + BUTTON * em, box, em, BUTTON),
            )
    for layer, tiles in enumerate(layers[1:], 1):
        start, end = layers[layer - 1][0].exit[0], tiles[0].box.x
        if start < x < end:
            top = min((layers[layer - 1][0].box, tiles[0].box), key=lambda box: box.y)
            wide = 4.2
            return (_button("layer", layer, (start + end - wide * em) / 2, top, em, wide),)
    return ()


def _button(kind: str, layer: int, x: float, top: Rect, em: float, wide: float) -> Button:
    """Above the column's first tile; where that is too near to the edge, over its upper edge."""
    y = max(0.0, top.y - (BUTTON + ASIDE) * em)
    return Button(kind, layer, Rect(x, y, wide * em, BUTTON * em))
