"""An activation's curve in a frame, painted: the axes, the curve, its slope, a dot at a sum."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

from netviz.core.activation import Activation, AnyArray

SAMPLES = 241  # of a curve: odd, so that zero is one of them
BOUNDED = 1.25  # how far up and down the axis goes for values within −1 and 1
SHALLOW = 0.3  # how far down for values and slopes of at least 0
BELOW = 0.4  # share of the reach shown below zero, for values without a bound


class Frame(NamedTuple):
    """A frame in pixels over sums from −reach to reach and values from low to high."""

    box: QRectF
    reach: float
    low: float
    high: float

    def at(self, z: float, value: float) -> QPointF:
        """Where a sum and a value stand, px."""
        x = self.box.left() + (z + self.reach) / (2 * self.reach) * self.box.width()
        return QPointF(x, self.box.bottom() - (value - self.low) / (self.high - self.low) * self.box.height())

    def under(self, point: QPointF) -> tuple[float, float]:
        """The sum and the value that stand at a point, px."""
        z = (point.x() - self.box.left()) / self.box.width() * 2 * self.reach - self.reach
        up = (self.box.bottom() - point.y()) / self.box.height()
        return z, self.low + up * (self.high - self.low)


def doubled(value: float, first: float = 2.0) -> float:
    """The reach of an axis that shows a value: `first`, doubled until it fits."""
    reach = first
    while abs(value) > reach and reach < 2.0**60:
        reach *= 2
    return reach


def value_range(activation: Activation, reach: float) -> tuple[float, float]:
    """The values shown for sums up to a reach: alike for all with bounds, and for all without."""
    if np.isfinite([activation.low, activation.high]).all() and max(-activation.low, activation.high) <= 1:
        deep = min(activation.low, float(activation.slope(np.linspace(-reach, reach, SAMPLES)).min()))
        return (-BOUNDED if deep < -SHALLOW else -SHALLOW), BOUNDED
    deepest = float(activation.value(np.array([-reach]))[0])
    return (-reach if deepest < -BELOW * reach else -BELOW * reach), reach


def curve_path(frame: Frame, function: Callable[[AnyArray], AnyArray]) -> QPainterPath:
    """The curve of a function over the frame; what leaves the frame is for the painter to clip."""
    z = np.linspace(-frame.reach, frame.reach, SAMPLES)
    values = np.clip(function(z), frame.low - 2 * frame.reach, frame.high + 2 * frame.reach)
    x = np.linspace(frame.box.left(), frame.box.right(), SAMPLES)
    y = frame.box.bottom() - (values - frame.low) / (frame.high - frame.low) * frame.box.height()
    path = QPainterPath(QPointF(x[0], y[0]))
    for point in zip(x[1:].tolist(), y[1:].tolist(), strict=True):
        path.lineTo(*point)
    return path
