"""Which points are taught, and the piece of the plane they are shown on."""

from collections.abc import Callable
from itertools import product
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from netviz.core.network import Array


class Points(NamedTuple):
    """Training points and the square of the plane to show: x and y both run from low to high."""

    x: Array  # (n, 2)
    y: Array  # (n, 1)
    low: float
    high: float


class Sampling(NamedTuple):
    """How generated data is drawn; the corners are what they are and ignore it."""

    points: int = 200
    noise: float = 0.0  # percent
    train_fraction: float = 0.5
    seed: int = 0


USUAL = Sampling()


class Dataset(NamedTuple):
    """A row of DATASETS: a name for files and commands, a label for people, and how to make the points."""

    name: str
    label: str
    make: Callable[[Sampling], Points]


def _frozen(values: npt.ArrayLike) -> Array:
    array = np.array(values, dtype=np.float64)
    array.flags.writeable = False
    return array


CORNERS = _frozen(list(product((0, 1), repeat=2)))  # 00, 01, 10, 11: this order everywhere
CORNER_NAMES = ("00", "01", "10", "11")
CORNER_BOX = (-0.35, 1.35)  # room around the corners for their targets and outputs

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
    points = Points(CORNERS, _frozen([[int(target)] for target in targets]), *CORNER_BOX)
    return Dataset(name, GATES[targets], lambda sampling: points)


DATASETS = {
    row.name: row for row in (_gate("xor", "0110"), *(_gate(f"gate:{targets}", targets) for targets in GATES))
}


def make(name: str, sampling: Sampling = USUAL) -> Points:
    """The points of the dataset called name; ValueError names the known ones if there is no such."""
    if name not in DATASETS:
        raise ValueError(f'there is no dataset "{name}"; known are {", ".join(DATASETS)}')
    return DATASETS[name].make(sampling)


def gate_name(targets: npt.ArrayLike) -> str:
    """The dataset whose four targets, in corner order, are these zeros and ones."""
    digits = "".join(str(int(target)) for target in np.ravel(targets))
    return "xor" if digits == "0110" else f"gate:{digits}"
