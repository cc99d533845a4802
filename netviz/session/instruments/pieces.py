"""The straight pieces that a network cuts the plane into, and how many there can be."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from netviz.core.network import Array, Network, Params
from netviz.core.regions import Region, is_piecewise, most_regions, regions
from netviz.session import selectors
from netviz.session.instruments.collapsing import as_sum, output_name
from netviz.session.state import State
from netviz.session.text import signed

QUICK = 8  # up to so many hidden units the pieces are counted while training runs
LOOKED_AT = 400  # pieces whose neighbours are looked for, in some 40 ms


@dataclass(frozen=True, eq=False)
class Cut:
    """A plane cut into pieces."""

    pieces: tuple[Region, ...]
    most: int | None  # what one hidden layer can do at most; None for more layers
    name: str = "ŷ"  # of what is straight on each piece: ŷ, or the sum before an output that bends


@lru_cache(maxsize=4)
def _cut(network: Network, at: Params, low: float, high: float, name: str) -> Cut:
    return Cut(regions(network, at, low, high), most(network), name)


def countable(state: State, twin: int) -> bool:
    """Whether a twin is made of straight pieces over the plane of x₁ and x₂."""
    plane = selectors.settings(state, twin).features == ("x", "y") and selectors.dimensions(state) == 2
    return plane and is_piecewise(selectors.net(state, twin))


def quick(state: State, twin: int) -> bool:
    """Whether the pieces may be counted now: small networks always, others while nothing moves."""
    return not state.playing or sum(selectors.settings(state, twin).hidden) <= QUICK


def cut(state: State, twin: int) -> Cut | None:
    """A twin's pieces within the shown square; None where it has none to count."""
    at = selectors.params(state, twin)
    if not countable(state, twin) or not np.isfinite(at.flat).all():
        return None
    name = output_name(state, twin)
    name = name if name.startswith("ŷ") else f"sum {name}"
    return _cut(selectors.net(state, twin), at, *selectors.box(state), name)


def cut_now(state: State, twin: int) -> Cut | None:
    """A twin's pieces, where the time for counting them is there.

    While a large network trains it is not: counting costs 20 ms for 16, 16.
    """
    return cut(state, twin) if quick(state, twin) else None


def region_outlines(state: State, twin: int) -> tuple[Array, ...]:
    """The pieces' outlines (n, 2) in the plane, for the surface to draw; () where there are none now."""
    found = cut_now(state, twin)
    return tuple(piece.corners for piece in found.pieces) if found else ()


def most(network: Network) -> int | None:
    """The bound 1 + n + n(n − 1)/2 for n kinks' lines of one hidden layer."""
    if all(activation.affine for activation in network.activations[:-1]):
        return 1
    if len(network.sizes) > 3:
        return None
    return most_regions(network.sizes[1] * len(network.activations[0].kinks or ()))


def bound(network: Network) -> str:
    """2 bends make at most 1 + 2 + 2·1/2 = 4; or that it has no such bound."""
    found = most(network)
    if found is None:
        return "no simple bound for several hidden layers"
    n = network.sizes[1] * len(network.activations[0].kinks or ())
    if found == 1:
        return "nothing bends"
    return f"{n} bend{'s make' if n > 1 else ' makes'} at most 1 + {n} + {n}·{n - 1}/2 = {found}"


def told_at(found: Cut, x: float, y: float, where: str = "Here") -> str:
    """Here: ŷ = −0.98 x₁ + 0.92 x₂ + 0.05; what a twin is on the piece at a point, "" outside all of them."""
    number = piece_at(found.pieces, x, y)
    return "" if number is None else f"{where}: {map_text(found.pieces[number], found.name)}."


def map_text(piece: Region, name: str) -> str:
    """ŷ = −0.98 x₁ + 0.92 x₂ + 0.05: what the network is on this piece."""
    terms = [f"{signed(w)} {label}" for w, label in zip(piece.map.weight[0], ("x₁", "x₂"), strict=True)]
    return f"{name} = {as_sum([*terms, signed(float(piece.map.bias[0]))])}"


def inside(corners: Array, at: Array) -> npt.NDArray[np.bool_]:
    """Which points (n, 2) lie in a convex polygon of corners (k, 2) that run counterclockwise."""
    edge = np.roll(corners, -1, axis=0) - corners
    to = at[:, None] - corners
    left = edge[:, 0] * to[..., 1] - edge[:, 1] * to[..., 0] >= -1e-12
    return np.asarray(left.all(axis=1))


def thickness(corners: Array) -> float:
    """About how thick a convex polygon is: four times its area over its outline, the side of a square.

    0 where all corners are one point.
    """
    ahead = np.roll(corners, -1, axis=0)
    area = abs(float((corners[:, 0] * ahead[:, 1] - corners[:, 1] * ahead[:, 0]).sum())) / 2
    outline = float(np.linalg.norm(ahead - corners, axis=1).sum())
    return 4 * area / outline if outline else 0.0


def piece_at(pieces: tuple[Region, ...], x: float, y: float) -> int | None:
    """The number of the piece that holds a point; None outside all of them."""
    at = np.array([[x, y]])
    return next((number for number, piece in enumerate(pieces) if inside(piece.corners, at)[0]), None)


def touching(pieces: tuple[Region, ...]) -> tuple[frozenset[int], ...]:
    """For each piece, those that lie across the middle of an edge of it, or it across theirs."""
    across = [_across(piece.corners) for piece in pieces]
    owners = np.repeat(np.arange(len(pieces)), [len(points) for points in across])
    at = np.concatenate(across)
    found: list[set[int]] = [set() for _ in pieces]
    for number, piece in enumerate(pieces):
        for other in set(owners[inside(piece.corners, at)].tolist()) - {number}:
            found[number].add(other)
            found[other].add(number)
    return tuple(frozenset(one) for one in found)


def _across(corners: Array) -> Array:
    """A point just outside the middle of each edge (k, 2)."""
    ahead = np.roll(corners, -1, axis=0)
    edge = ahead - corners
    length = np.maximum(np.linalg.norm(edge, axis=1), 1e-12)
    outward = np.column_stack([edge[:, 1], -edge[:, 0]]) / length[:, None]
    return np.asarray((corners + ahead) / 2 + 1e-7 * outward)


@lru_cache(maxsize=4)
def colors(found: Cut, most_colors: int) -> tuple[int, ...]:
    """A colour's number for each piece: all different if there are enough, else unlike its neighbours'.

    Of so many pieces that looking for neighbours costs more than it tells they take turns.
    """
    count = len(found.pieces)
    if count <= most_colors or count > LOOKED_AT:
        return tuple(number % most_colors for number in range(count))
    chosen: list[int] = []
    for number, neighbours in enumerate(touching(found.pieces)):
        taken = {chosen[other] for other in neighbours if other < number}
        free = [color for color in range(most_colors) if color not in taken]
        chosen.append(free[0] if free else number % most_colors)
    return tuple(chosen)
