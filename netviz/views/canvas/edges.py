"""Weights as lines: the sign in colour and dashes, the size in the width, the number where there is room."""

from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import Qt
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsLineItem

from netviz.core.network import Array
from netviz.session.text import signed
from netviz.views.canvas.items import DIM, NUMBER
from netviz.views.canvas.layout import Edge
from netviz.views.canvas.pill import Pill
from netviz.views.theme import Look, mixed

EDGE_WIDTH, EDGE_PER_WEIGHT, WIDEST_EDGE = 0.1, 0.235, 0.62  # em
DASHES = (0.55, 0.37)  # em, of a negative weight's line


class EdgeItem:
    """A weight: its line, and its number where there is room."""

    def __init__(
        self,
        gap: QGraphicsItem,
        root: QGraphicsItem,
        edge: Edge,
        number: tuple[float, float] | None,
        look: Look,
        dashed: bool,
    ) -> None:
        """The line goes with those of its gap, the number over all lines."""
        self.edge, self.look, self._dashed = edge, look, dashed
        self.line = QGraphicsLineItem(*edge.start, *edge.end, gap)
        self._number = number
        self.pill = (
            None if number is None else Pill(root, look.font(NUMBER, 600, tabular=True), 0.36 * look.em)
        )
        self.bright = True

    def show(self, negative: bool, eighths: int) -> None:
        """Colour and dashes by the weight's sign, width by its size, in eighths of a pixel."""
        self._color(weight_pen(self.look, negative, self.bright, eighths, self._dashed))

    def tell(self, weight: float) -> None:
        """Write the weight where there is room."""
        if self.pill is not None and self._number is not None:
            self.pill.show(signed(weight), *self._number)

    def _color(self, pen: QPen) -> None:
        self.line.setPen(pen)
        if self.pill is not None:
            text, paper = self.look.color("text"), self.look.color("background")
            line = max(self.look.line, 0.085 * self.look.em)
            text = text if self.bright else mixed(text, paper, DIM)
            self.pill.colors(text, self.look.color("panel"), pen.color(), line)


def widths(weights: Array, look: Look) -> npt.NDArray[np.intp]:
    """How wide the lines of weights are, in eighths of a pixel; below 0 where the weight is."""
    wide = np.minimum(EDGE_WIDTH + EDGE_PER_WEIGHT * np.abs(weights), WIDEST_EDGE) * look.bold * look.em
    eighths = np.maximum(8, np.rint(8 * np.nan_to_num(wide)))
    return np.where(weights < 0, -eighths, eighths).astype(np.intp)


@lru_cache(maxsize=512)
def weight_pen(look: Look, negative: bool, bright: bool, eighths: int, dashed: bool) -> QPen:
    """The line of a weight, so many eighths of a pixel wide."""
    color = look.color("negative" if negative else "positive")
    width = eighths / 8
    pen = QPen(color if bright else mixed(color, look.color("background"), DIM), width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if negative and dashed:
        pen.setDashPattern([ems * look.em / width for ems in DASHES])
    return pen
