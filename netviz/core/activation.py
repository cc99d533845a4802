"""What an activation function is: one row of the table in `activations`."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
AnyArray = npt.NDArray[np.floating[Any]]
Call = Callable[[], object]  # one prepared NumPy call, ready to be made again and again

INF = float("inf")
ZERO, ONE = np.array(0.0), np.array(1.0)  # NumPy takes 0-d arrays faster than Python's numbers


class InPlace(NamedTuple):
    """The fast form, where the slope follows from the value alone; calls may overflow on the way."""

    value: Callable[[AnyArray], list[Call]]  # (z): the calls that turn z into the value, in place
    slope: Callable[[Array, Array], list[Call]]  # (value, out): the calls that write the slope to out


class Activation(NamedTuple):
    """One activation function; `value` and `slope` map arrays of any shape elementwise."""

    name: str
    label: str
    value: Callable[[AnyArray], AnyArray]
    slope: Callable[[AnyArray], AnyArray]
    formula: str  # LaTeX, in z
    low: float  # its values lie between low and high
    high: float
    character: str  # one sentence for a learner
    kinks: tuple[float, ...] | None = None  # piecewise linear: where it bends; None when it is curved
    monotone: bool = False  # it rises, or is level, everywhere: one such unit cannot go up and down again
    trainable: bool = True
    in_place: InPlace | None = None  # None: training uses value and slope
    dial: "Dial | None" = None  # what it is a share of, if it is

    @property
    def mixes(self) -> InPlace | None:
        """The fast form of what it is a share of, if it is and that has one."""
        return self.dial.whole.in_place if self.dial else None

    @property
    def affine(self) -> bool:
        """Whether it bends nowhere, so that layers of it collapse into one."""
        return self.kinks == ()


class Dial(NamedTuple):
    """(1 - t) z + t phi(z)."""

    whole: Activation  # phi
    share: float  # t
