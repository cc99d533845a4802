"""Which problems there are to learn: one table, the corners of the truth table first."""

from collections.abc import Callable
from functools import partial
from itertools import product
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from netviz.core import generators as shapes
from netviz.core.network import Array
from netviz.core.own import CORNER_BOX, MOST_CLASSES, own_points
from netviz.core.points import USUAL, Kind, Points, Sampling, frozen, split
from netviz.core.table_points import table_points

__all__ = [
    "CORNERS", "CORNER_BOX", "CORNER_NAMES", "DATASETS", "GATES", "Dataset", "Points", "Sampling",
    "gate_name", "make",
]  # fmt: skip


class Dataset(NamedTuple):
    """A row of DATASETS: a name for files and commands, a label for people, and how to make the points."""

    name: str
    label: str
    make: Callable[[Sampling], Points]
    kind: Kind = "classes"
    outputs: int = 1  # of a network that learns it
    inputs: int = 2  # coordinates that a network may see; a curve has one, a table as many as it has inputs
    loss: str = "mse"  # the one that fits, where another does not
    character: str = ""  # what makes it easy or hard, in a sentence
    rate: float = 0.1  # a learning rate with which gradient descent on that loss neither creeps nor diverges


CORNERS = frozen(list(product((0, 1), repeat=2)))  # 00, 01, 10, 11: this order everywhere
CORNER_NAMES = ("00", "01", "10", "11")

OWN = "Points of your own, put on the plane by hand."
TABLE = "A table of your own."

GATES = {  # the targets in corner order, and what people call that gate
    "0000": "Always 0",
    "0001": "AND",
    "0010": "x₁ and not x₂",
    "0011": "x₁",
    "0100": "x₂ and not x₁",
    "0101": "x₂",
    "0110": "XOR",
    "0111": "OR",
    "1000": "NOR",
    "1001": "XNOR",
    "1010": "not x₂",
    "1011": "x₂ implies x₁",
    "1100": "not x₁",
    "1101": "x₁ implies x₂",
    "1110": "NAND",
    "1111": "Always 1",
}


def _gate(name: str, targets: str) -> Dataset:
    targets_at = np.array([[int(target)] for target in targets])
    points = split(CORNERS, targets_at, len(CORNERS), CORNER_BOX)
    return Dataset(name, GATES[targets], lambda sampling: points, character=_gate_character(targets))


def _gate_character(targets: str) -> str:
    if targets in ("0110", "1001"):
        return "Four corners, equal ones across: no line separates them."
    return "Four corners that one line separates." if len(set(targets)) > 1 else "Four corners, all the same."


def _classes(name: str, label: str, character: str, draw: "shapes.Draw") -> Dataset:
    points = partial(shapes.drawn, draw, "classes", 1, shapes.PLANE_BOX)
    return Dataset(name, label, points, loss="bce", character=character, rate=0.3)


def _blobs(name: str, classes: int) -> Dataset:
    draw = partial(shapes.blobs, classes=classes)
    points = partial(shapes.drawn, draw, "many", classes, shapes.PLANE_BOX)
    character = f"{classes} clouds around a circle, each a class of its own: straight borders are enough."
    return Dataset(
        name, f"{classes} blobs", points, "many", classes, loss="cross_entropy", character=character
    )


def _numbers(name: str, label: str, character: str, draw: "shapes.Draw") -> Dataset:
    points = partial(shapes.drawn, draw, "numbers", 1, shapes.PLANE_BOX)
    return Dataset(name, label, points, "numbers", character=character, rate=0.01)


def _curve(name: str, label: str, character: str, shape: Callable[[Array], Array]) -> Dataset:
    draw = partial(shapes.curve, shape=shape)
    points = partial(shapes.drawn, draw, "numbers", 1, shapes.CURVE_BOX)
    return Dataset(name, label, points, "numbers", inputs=1, character=character)


def _own(name: str, kind: Kind, outputs: int = 1, curve: bool = False) -> Dataset:
    loss = {"classes": "bce", "many": "cross_entropy", "numbers": "mse"}[kind]
    points = partial(own_points, kind=kind, outputs=outputs, curve=curve)
    return Dataset(name, "Own points", points, kind, outputs, 1 if curve else 2, loss, OWN)


def _table(name: str, kind: Kind, outputs: int = 1, inputs: int = 2) -> Dataset:
    loss = {"classes": "bce", "many": "cross_entropy", "numbers": "mse"}[kind]
    return Dataset(name, "Own table", table_points, kind, outputs, inputs, loss, TABLE)


_ROWS = (
    _gate("xor", "0110"),
    *(_gate(f"gate:{targets}", targets) for targets in GATES),
    _classes("circle", "Circle", "A disc inside a ring: no line separates them.", shapes.circle),
    _classes(
        "quadrant_xor",
        "Quadrant XOR",
        "Clouds in four quadrants, equal ones across: no line gets more than about 69 % right.",
        shapes.quadrant_xor,
    ),
    _classes("gauss", "Gaussians", "Two clouds: one line separates them.", shapes.gauss),
    _classes("spiral", "Spiral", "Two arms wound around each other: the hardest of these.", shapes.spiral),
    _classes(
        "moons",
        "Moons",
        "Two half circles that reach into each other: a line comes close, a bend is right.",
        shapes.moons,
    ),
    _classes(
        "checkerboard",
        "Checkerboard",
        "Squares of changing class: many bends are needed.",
        shapes.checkerboard,
    ),
    _classes(
        "rings", "Rings", "A disc and two rings of changing class: no line separates them.", shapes.rings
    ),
    _blobs("blobs", 3),
    *(_blobs(f"blobs:{classes}", classes) for classes in (3, 4, 5, 6)),
    _numbers("plane", "Plane", "A slope: a flat surface is exact.", shapes.plane),
    _numbers(
        "multi_gauss",
        "Gaussian hills",
        "Three hills and three hollows: a flat surface explains nothing.",
        shapes.multi_gauss,
    ),
    _curve("sine", "Sine", "One wave over one input: a line cannot follow it.", lambda x: np.sin(np.pi * x)),
    _curve("step_curve", "Step", "A jump at 0: a line can only lean.", lambda x: (x > 0).astype(np.float64)),
    _curve("abs", "|x|", "One kink at 0: two straight pieces are exact.", np.abs),
    _curve("cubic", "Cubic", "Flat in the middle, steep at the ends.", lambda x: x * x * x),
    _own("own", "classes"),
    *(_own(f"own:{classes}", "many", classes) for classes in range(3, MOST_CLASSES + 1)),
    _own("own:numbers", "numbers"),
    _own("own:curve", "numbers", curve=True),
    _table("csv", "classes"),
    *(_table(f"csv:{classes}", "many", classes) for classes in range(3, MOST_CLASSES + 1)),
    _table("csv:numbers", "numbers"),
    _table("csv:curve", "numbers", inputs=1),
)

DATASETS = {row.name: row for row in _ROWS}


def make(name: str, sampling: Sampling = USUAL) -> Points:
    """The points of the dataset called name; ValueError names the known ones if there is none."""
    if name not in DATASETS:
        raise ValueError(f'there is no dataset "{name}"; known are {", ".join(DATASETS)}')
    return DATASETS[name].make(sampling)


def gate_name(targets: npt.ArrayLike) -> str:
    """The dataset whose four targets, in corner order, are these zeros and ones."""
    digits = "".join(str(int(target)) for target in np.ravel(targets))
    return "xor" if digits == "0110" else f"gate:{digits}"
