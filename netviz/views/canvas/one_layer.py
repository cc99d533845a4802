"""Where an affine network stands as one layer, and on the way there: pure geometry, as in `layout`."""

from functools import lru_cache
from itertools import product
from typing import NamedTuple

from netviz.views.canvas.layout import (
    CLEAR,
    PILL,
    WIDTHS,
    Plan,
    Rect,
    Tile,
    biases_of,
    crosses,
    edges_of,
    layers_of,
    numbers_of,
)

AWAY = 0.5  # em, kept free beside the caption, and between its parts
EDGE, LINE = 0.1, 0.2  # em, from the plan's edge, and between two lines
DOWN = 12  # heights at which the caption is tried


@lru_cache(maxsize=16)
def fused_plan(sizes: tuple[int, ...], width: float, height: float, em: float, compact: bool) -> Plan:
    """The plan of a network of these sizes once its layers are one; the output keeps its layer's number.

    Tiles shrink if that gives every number room: between inputs and outputs even the bias has some.
    """
    plans = [_placed(sizes, width, height, em, widest, compact) for widest in WIDTHS]
    return max(plans, key=lambda found: (None not in found.numbers, None not in found.biases[sizes[0] :]))


def _placed(
    sizes: tuple[int, ...], width: float, height: float, em: float, widest: float, compact: bool
) -> Plan:
    """Inputs and outputs with tiles no wider than this."""
    (inputs, outputs), wide, tall = layers_of((sizes[0], sizes[-1]), width, height, em, widest, compact)
    layers = inputs, tuple(tile._replace(layer=len(sizes) - 1) for tile in outputs)
    edges = edges_of(layers)
    biases = biases_of(layers, edges, em, tall)
    return Plan(layers, edges, numbers_of(layers, edges, biases, em), tuple(biases), wide, tall)


def on_the_way(start: Plan, end: Plan, share: float) -> Plan:
    """A network's plan a share of the way into the plan of its one layer; numbers leave the edges meanwhile.

    Both plans fill the same band, the one layer's often at a larger scale.
    """
    by = zoom(start, end)
    inputs, outputs = ([_grown(tile.box, by) for tile in layer] for layer in end.layers)
    middle = outputs[0]._replace(y=(outputs[0].y + outputs[-1].y) / 2)
    hidden = [[_centred(tile.box, middle) for tile in layer] for layer in start.layers[1:-1]]
    layers = tuple(
        tuple(_moved(tile, goal, share) for tile, goal in zip(tiles, goals, strict=True))
        for tiles, goals in zip(start.layers, (inputs, *hidden, outputs), strict=True)
    )
    return start._replace(layers=layers, edges=edges_of(layers), numbers=(None,) * len(start.edges))


def zoom(start: Plan, end: Plan) -> float:
    """How much larger a plan is than another one of the same band."""
    return start.width / end.width


def _grown(box: Rect, by: float) -> Rect:
    return Rect(*(by * one for one in box))


def _centred(box: Rect, goal: Rect) -> Rect:
    """A hidden tile in the middle of where it goes, and no larger than what is there: it disappears below."""
    side = min(box.width, goal.width)
    away = (goal.width - side) / 2
    return Rect(goal.x + away, goal.y + away, side, side)


def _moved(tile: Tile, goal: Rect, share: float) -> Tile:
    box = Rect(*(a + share * (b - a) for a, b in zip(tile.box, goal, strict=True)))
    return tile._replace(box=box, badge_side=tile.badge_side * box.width / tile.box.width)


class Caption(NamedTuple):
    """The places of what is said about the one layer, and of the button that brings the layers back."""

    words: Rect
    button: Rect


def caption(found: Plan, words: float, button: float, height: float, em: float) -> Caption:
    """Room for words and a button of these widths between inputs and outputs; beside or below each other.

    At the top, at the bottom or between: the first place where nothing is below them, else a line alone.
    """
    left = max(tile.exit[0] for tile in found.layers[0]) + AWAY * em
    right = min(tile.box.x for tile in found.layers[-1]) - AWAY * em
    ways = []
    for beside in (True, False):
        wide = words + AWAY * em + button if beside else max(words, button)
        tall = height if beside else 2 * height + LINE * em
        across = (left + right - wide) / 2, right - wide, left
        lowest = found.height - tall - EDGE * em
        down = [EDGE * em, lowest, *(lowest * i / DOWN for i in range(1, DOWN))]
        if wide <= right - left or not beside:
            ways += [(Rect(x, y, wide, tall), beside) for y, x in product(down, across)]
    box, beside = min(ways, key=lambda way: _in_the_way(found, way[0], em))
    if beside:
        return Caption(box._replace(width=words), Rect(box.x + words + AWAY * em, box.y, button, height))
    centred = box.width <= right - left  # else it would come near to the output's name
    at = box.x + (box.width - button) / 2 * centred
    below = Rect(at, box.y + height + LINE * em, button, height)
    return Caption(Rect(box.x + (box.width - words) / 2, box.y, words, height), below)


def _in_the_way(found: Plan, box: Rect, em: float) -> tuple[bool, bool]:
    """Whether numbers, and whether lines, are where a box would be."""
    wide, high = PILL[0] * em, PILL[1] * em
    pills = [Rect(x - wide / 2, y - high / 2, wide, high) for x, y in filter(None, found.numbers)]
    biases = [bias for bias in found.biases if bias is not None]
    taken = any(box.meets(other.grown(CLEAR * em)) for other in (*pills, *biases))
    return taken, any(crosses(edge, box) for edge in found.edges)
