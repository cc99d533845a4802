"""Where everything of a network stands: pure geometry, in pixels, y downwards."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations, pairwise, product
from typing import NamedTuple

WIDEST = 5.7  # em, a tile's side where there is room; inputs are a little smaller
INPUT_SHARE = 0.9
SMALL, MANY = 2.5, 8  # em, the least side, and the one above so many units in a layer
MOST_NUMBERS = 16  # above so many edges, numbers leave the edges
READABLE = 0.7  # zoomed out further than this, words and numbers leave the tiles
PILL = (3.76, 1.4)  # em, room for a number on an edge
BADGE, LEAST_BADGE, MOST_BADGE = 0.47, 2.15, 0.54  # of a tile's side, em, of a tile's side
BADGE_INSIDE = 0.21  # of a badge, that covers its tile
DOT = 0.48  # em, a bias dot's radius
BIAS = (2.75, 0.95)  # em, room for a bias's number
LEAST_OUTPUT = 3.4  # em
WIDTHS = (WIDEST, 4.8, 4.1, 3.4)  # em, tried in turn until numbers have room
GAP_X = 2.0  # em, the least room between a badge and the next column
RIGHT = 0.145  # of the width, for the wedge from the output to its enlargement
CLEAR = 0.1  # em, kept free around a number on an edge


class Rect(NamedTuple):
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: "Rect") -> bool:
        """Whether the two overlap."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside."""
        return self.x <= x <= self.x + self.width and self.y <= y <= self.y + self.height

    def grown(self, by: float) -> "Rect":
        """The rectangle with a margin all round."""
        return Rect(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)


class Tier(NamedTuple):
    """What stands on a tile of at least this side, and the room it needs, all in em."""

    side: float
    gap: float  # between two tiles, as a share of the side
    above: float  # what reaches over the tile
    below: float
    name: bool
    value: bool


TIERS = (
    Tier(3.3, 0.4, 0.55, 0.72, True, True),
    Tier(2.9, 0.3, 0.55, 0.55, True, False),
    Tier(SMALL, 0.16, 0.55, 0.55, True, False),
)
BARE = Tier(SMALL, 0.16, 0.1, 0.55, False, False)


class Tile(NamedTuple):
    """A unit's place: the square of its response."""

    layer: int
    unit: int
    box: Rect
    tier: Tier
    badge_side: float  # 0 for none

    @property
    def entry(self) -> tuple[float, float]:
        """Where edges arrive."""
        return self.box.x, self.box.y + self.box.height / 2

    @property
    def exit(self) -> tuple[float, float]:
        """Where edges leave: behind the badge, if there is one."""
        beyond = (1 - BADGE_INSIDE) * self.badge_side
        return self.box.x + self.box.width + beyond, self.box.y + self.box.height / 2

    @property
    def badge(self) -> Rect:
        """Where the activation's badge stands."""
        side = self.badge_side
        return Rect(self.exit[0] - side, self.entry[1] - side / 2, side, side)


class Edge(NamedTuple):
    """A weight's place: from a unit of one layer to one of the next."""

    layer: int  # of weights: from layer `layer` of units to the next
    source: int
    target: int
    start: tuple[float, float]
    end: tuple[float, float]
    over: int = 1  # how many layers of units further it ends: more, where those between are fused

    def at(self, x: float) -> float:
        """The height of the line at x."""
        (x0, y0), (x1, y1) = self.start, self.end
        return y0 + (y1 - y0) * (x - x0) / (x1 - x0)

    def distance(self, x: float, y: float) -> float:
        """How far a point is from the line between the two tiles."""
        (x0, y0), (x1, y1) = self.start, self.end
        dx, dy = x1 - x0, y1 - y0
        t = min(1.0, max(0.0, ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy)))
        return float(((x0 + t * dx - x) ** 2 + (y0 + t * dy - y) ** 2) ** 0.5)


class Plan(NamedTuple):
    """The whole network's places, at the size at which text is readable, in the proportions of the band."""

    layers: tuple[tuple[Tile, ...], ...]
    edges: tuple[Edge, ...]
    numbers: tuple[tuple[float, float] | None, ...]  # the middle of each edge's number; none above 16 edges
    biases: tuple[Rect | None, ...]  # room for each tile's bias number, where it has one
    width: float
    height: float

    @property
    def tiles(self) -> tuple[Tile, ...]:
        """All tiles, layer by layer."""
        return tuple(tile for layer in self.layers for tile in layer)


@lru_cache(maxsize=16)
def plan(sizes: tuple[int, ...], width: float, height: float, em: float, compact: bool = False) -> Plan:
    """Place a network of these layer sizes in a band; what does not fit makes the plan larger than the band.

    Tiles shrink, and bias numbers leave, if that gives every edge of a small network room for its number.
    """
    first = None
    for widest, with_biases in product(WIDTHS, (not compact, False)):
        layers, wide, tall = layers_of(sizes, width, height, em, widest, compact)
        edges = edges_of(layers)
        biases = biases_of(layers, edges, em, tall) if with_biases else [None] * sum(sizes)
        numbers = numbers_of(layers, edges, biases, em)
        found = Plan(layers, edges, numbers, tuple(biases), wide, tall)
        if None not in numbers or len(edges) > MOST_NUMBERS:
            return found
        first = first or found
    return first or found


def layers_of(
    sizes: tuple[int, ...], width: float, height: float, em: float, widest: float, compact: bool
) -> tuple[tuple[tuple[Tile, ...], ...], float, float]:
    """The tiles, and the width and height they need."""
    left, right, between = (0.8 if compact else 1.7) * em, RIGHT * width, len(sizes) - 1
    fitting = ((width - left - right) / em - GAP_X * between) / (len(sizes) + BADGE * between)
    most = min(widest, max(SMALL, fitting))
    columns = [_column(count, height / em, most, layer == 0) for layer, count in enumerate(sizes)]
    if len(sizes) > 2:  # the output is no larger than the hidden units, unless these are tiny
        largest = max(LEAST_OUTPUT, *(column.side for column in columns[1:-1]))
        columns[-1] = _column(sizes[-1], height / em, min(most, largest), False)
    sides = [column.side * em for column in columns]
    needed = max(_tall(column, count) * em for column, count in zip(columns, sizes, strict=True))
    gaps = (GAP_X + BADGE * max(column.side for column in columns)) * em * between
    zoom = max(1.0, needed / height, (left + sum(sides) + gaps) / (1 - RIGHT) / width)
    start = left + sides[0] / 2
    step = (width * zoom * (1 - RIGHT) - sides[-1] / 2 - start) / (len(sizes) - 1)
    layers = [
        _tiles(layer, count, column, start + step * layer, height * zoom, em, 0 < layer < between)
        for layer, (column, count) in enumerate(zip(columns, sizes, strict=True))
    ]
    return tuple(layers), width * zoom, height * zoom


class _Column(NamedTuple):
    side: float  # em
    pitch: float  # em
    tier: Tier


def _column(count: int, height: float, most: float, is_input: bool) -> _Column:
    """The largest tiles of one layer that fit, and what they have room for."""
    share = INPUT_SHARE if is_input else 1.0
    for tier in TIERS if count <= MANY else ():
        fitting = (height - tier.above - tier.below) / (count + tier.gap * (count - 1))
        side = min(fitting, most, WIDEST)
        if side >= tier.side:
            return _Column(side * share, min(fitting, WIDEST) * (1 + tier.gap), tier)
    fitting = (height - BARE.above - BARE.below) / (count + BARE.gap * (count - 1))
    side = min(most, max(SMALL, fitting)) if count <= MANY else SMALL
    return _Column(side, side * (1 + BARE.gap), BARE)


def _tall(column: _Column, count: int) -> float:
    return column.pitch * (count - 1) + column.side + column.tier.above + column.tier.below


def _tiles(
    layer: int, count: int, column: _Column, middle: float, height: float, em: float, has_badge: bool
) -> tuple[Tile, ...]:
    side, pitch = column.side * em, column.pitch * em
    badge_side = max(BADGE * side, min(LEAST_BADGE * em, MOST_BADGE * side)) if has_badge else 0.0
    top = height / 2 - (pitch * (count - 1) + side) / 2 + (column.tier.above - column.tier.below) / 2 * em
    boxes = [Rect(middle - side / 2, top + pitch * i, side, side) for i in range(count)]
    return tuple(Tile(layer, i, box, column.tier, badge_side) for i, box in enumerate(boxes))


def edges_of(layers: Sequence[tuple[Tile, ...]]) -> tuple[Edge, ...]:
    """Every edge, layer by layer, then by target, as the weights are stored."""
    return tuple(
        Edge(source.layer, source.unit, target.unit, source.exit, target.entry, target.layer - source.layer)
        for sources, targets in pairwise(layers)
        for target in targets
        for source in sources
    )


def biases_of(
    layers: Sequence[tuple[Tile, ...]], edges: tuple[Edge, ...], em: float, tall: float
) -> list[Rect | None]:
    """Room for the bias numbers of each layer, or for none of a layer's."""
    tiles = [tile for layer in layers for tile in layer]
    found: list[Rect | None] = []
    for layer in layers:
        boxes = [_bias(tile, tiles, edges, em, tall, layer is layers[-1]) for tile in layer]
        found += boxes if None not in boxes else [None] * len(boxes)
    return found


def _bias(
    tile: Tile, tiles: list[Tile], edges: tuple[Edge, ...], em: float, tall: float, is_output: bool
) -> Rect | None:
    """Room for a bias's number left of its dot, or below it where something would cross the number.

    An output's is below if it can be: left of it, numbers on edges would have to leave the edges' middle.
    """
    if tile.layer == 0 or not tile.tier.value:
        return None
    width, height = BIAS[0] * em, BIAS[1] * em
    x, y = tile.box.x, tile.box.y + tile.box.height
    besides = [
        Rect(x - (DOT + 0.28) * em - width, y + lower * em, width, height) for lower in (-0.3, 0.0, 0.3)
    ]
    below = Rect(x + DOT * em - width, y + (DOT + 0.15) * em, width, height)
    others = [other for other in tiles if other is not tile]
    taken = [box for other in others for box in (other.box.grown(0.5 * em), other.badge)]
    crossing = [edge for edge in edges if tile.layer in (edge.layer, edge.layer + edge.over)]
    for box in (below, *besides) if is_output else (*besides, below):
        clear = not any(box.meets(other) for other in taken) and box.y + height <= tall + 0.3 * em
        if clear and not any(crosses(edge, box) for edge in crossing):
            return box
    return None


def crosses(edge: Edge, box: Rect) -> bool:
    """Whether an edge's line passes through a box."""
    left, right = max(box.x, edge.start[0]), min(box.x + box.width, edge.end[0])
    if left >= right:
        return False
    heights = edge.at(left), edge.at(right)
    return min(heights) < box.y + box.height and max(heights) > box.y


def numbers_of(
    layers: Sequence[tuple[Tile, ...]], edges: tuple[Edge, ...], biases: Sequence[Rect | None], em: float
) -> tuple[tuple[float, float] | None, ...]:
    """The middle of every edge's number, near its source, so that none covers another or a tile."""
    if len(edges) > MOST_NUMBERS:
        return (None,) * len(edges)
    words = [box.grown(0.25 * em) for box in biases if box is not None]
    found: list[tuple[float, float] | None] = []
    for layer, (sources, targets) in enumerate(pairwise(layers)):
        taken = [tile.box.grown(0.4 * em) for tile in (*sources, *targets)]
        taken += [tile.badge for tile in sources if tile.badge_side]
        here = [edge for edge in edges if edge.layer == layer]
        found += _spread(here, taken + words, em) or [None] * len(here)
    return tuple(found)


def _spread(edges: list[Edge], taken: list[Rect], em: float) -> list[tuple[float, float]] | None:
    """Numbers in one to three columns, a source's in one of them; the roomiest way, None if there is none."""
    x0, x1 = edges[0].start[0], edges[0].end[0]
    if x1 - x0 < PILL[0] * em:
        return None
    shares = sorted([1 / 3, *(0.2 + 0.05 * i for i in range(13))])  # a third: two by two units
    best: tuple[float, list[tuple[float, float]]] | None = None
    for columns in (1, 2, 3):
        for chosen in combinations(shares, columns):
            for order in {chosen, chosen[::-1]}:
                xs = [x0 + (x1 - x0) * order[edge.source % columns] for edge in edges]
                middles = [(x, edge.at(x)) for x, edge in zip(xs, edges, strict=True)]
                room = _room(middles, taken, em)
                score = min(room, 1.75) - 0.1 * abs(sum(chosen) / columns - 0.45)
                if room >= 1.0 and (best is None or score > best[0]):
                    best = score, middles
        if best:
            return best[1]
    return None


def _room(middles: list[tuple[float, float]], taken: list[Rect], em: float) -> float:
    """The least distance of two numbers in pills, 1 when they just do not touch; 0 on something taken."""
    width, height = (PILL[0] + CLEAR) * em, (PILL[1] + CLEAR) * em
    boxes = [Rect(x - width / 2, y - height / 2, width, height) for x, y in middles]
    if any(box.meets(other) for box, other in product(boxes, taken)):
        return 0.0
    pairs = combinations(middles, 2)
    return min((max(abs(a[0] - b[0]) / width, abs(a[1] - b[1]) / height) for a, b in pairs), default=9.0)


class Related(NamedTuple):
    """A unit with its inputs and outputs."""

    units: frozenset[tuple[int, int]]  # (layer, index)
    edges: frozenset[int]  # places in the plan's edges


def related(found: Plan, layer: int, index: int) -> Related:
    """What stays bright while a unit is looked at: itself, its inputs and outputs and the edges between."""
    units, edges = {(layer, index)}, set()
    for place, edge in enumerate(found.edges):
        if (edge.layer, edge.source) == (layer, index):
            units.add((layer + edge.over, edge.target))
        elif (edge.layer + edge.over, edge.target) == (layer, index):
            units.add((edge.layer, edge.source))
        else:
            continue
        edges.add(place)
    return Related(frozenset(units), frozenset(edges))


def tile_at(found: Plan, x: float, y: float, reach: float = 0.0) -> Tile | None:
    """The tile at a point, its badge included."""
    for tile in found.tiles:
        if tile.box.grown(reach).holds(x, y) or (tile.badge_side and tile.badge.holds(x, y)):
            return tile
    return None


def edge_at(found: Plan, x: float, y: float, reach: float) -> int | None:
    """The place of the nearest edge within reach of a point."""
    near = [(edge.distance(x, y), place) for place, edge in enumerate(found.edges)]
    distance, place = min(near)
    return place if distance <= reach else None
