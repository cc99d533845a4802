"""The two gaps of a loss: what is not fitted yet, and what this hidden layer cannot represent."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise, product
from typing import NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QGraphicsLineItem

from netviz.core.network import Array
from netviz.session import selectors
from netviz.session.instruments import stuck
from netviz.session.state import State
from netviz.session.text import shown
from netviz.views.drawing.plots import Chart, Text, crossed
from netviz.views.theme import LABEL, Look

BAR = 0.22  # a gap's width, em
SHORTER = re.compile(" with .* layer")  # what is left out where lines leave no room
WIDEST = 0.7  # of the frame: longer words take two lines, for the curves begin at the left
Anchor = Callable[[float, float], QPointF]


def gap_twin(state: State) -> int | None:
    """Whose gaps are shown: the twin of the selected unit, if that is a hidden or an output unit."""
    unit = state.selected
    return unit.twin if unit and unit.layer and unit.twin in selectors.visible_twins(state) else None


def gaps_shown(state: State) -> stuck.Gaps | None:
    """The gaps of that twin."""
    twin = gap_twin(state)
    return None if twin is None else stuck.gaps(state, twin)


def gap_words(found: stuck.Gaps | None) -> tuple[str, ...]:
    """What the two gaps are, with their sizes; nothing where none are shown."""
    if found is None:
        return ()
    lack = f"not representable with this hidden layer {shown(found.not_representable, 3)}"
    return (f"not fitted yet {shown(found.not_fitted, 3)}", lack)


class Gap(NamedTuple):
    """One gap: its bar at the playhead, and its words with a swatch of the bar."""

    bar: QGraphicsLineItem
    swatch: QGraphicsLineItem
    words: Text


class Gaps:
    """Two bars at the playhead, one on the other, where the readout floor divides the loss."""

    def __init__(self, chart: Chart) -> None:
        self._chart = chart
        self._floor = QGraphicsLineItem()
        self._told: tuple[str, ...] = ()
        self._gaps = [Gap(QGraphicsLineItem(), QGraphicsLineItem(), Text(chart)) for _ in range(2)]
        for line in (self._floor, *(line for gap in self._gaps for line in (gap.bar, gap.swatch))):
            line.setZValue(7)
            chart.scene().addItem(line)

    @property
    def line(self) -> float | None:
        """The height of the line at the readout floor, px; None where none is shown."""
        return self._floor.line().y1() if self._floor.isVisible() else None

    def mark(self, state: State, look: Look, anchor: Anchor) -> None:
        """Show the bars of the selected unit's twin, or nothing; `anchor` puts (epoch, loss) into px."""
        twin, found = gap_twin(state), gaps_shown(state)
        self._told = gap_words(found)
        for item in (self._floor, *(item for gap in self._gaps for item in gap)):
            item.setVisible(found is not None)
        if found is None or twin is None:
            return
        color, frame = look.twin_color(twin), self._chart.frame
        loss = found.not_fitted + found.not_representable
        ends = [anchor(state.epoch, value) for value in (loss, found.not_representable, 0.0)]
        self._floor.setPen(QPen(color, look.line, Qt.PenStyle.DotLine))
        self._floor.setLine(frame.left(), ends[1].y(), frame.right(), ends[1].y())
        inks = (color, look.color("text"))
        for gap, ink, (top, bottom) in zip(self._gaps, inks, pairwise(ends), strict=True):
            pen = QPen(ink, look.em * BAR, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
            gap.bar.setPen(pen)
            gap.bar.setLine(QLineF(top, bottom))
            gap.swatch.setPen(pen)

    def place(self, look: Look, button: QRectF, lines: Array, others: Sequence[QRectF]) -> list[QRectF]:
        """Put the words beside or below the button at the top right; returns the places they take.

        The first try counts, longer words before shorter ones, that is neither on lines nor on a place that
        others want.
        """
        told = self._told
        beside = QPointF(button.left() - 0.5 * look.em, button.top())
        below = QPointF(self._chart.frame.right() - 0.4 * look.em, button.bottom() - 0.15 * look.em)
        tries = list(product((told, [SHORTER.sub("", words) for words in told]), (beside, below)))
        costs = list[int]()
        for words, corner in tries:
            spots = self._write(words, look, corner)
            costs.append(sum(crossed(spot, lines) + sum(map(spot.intersects, others)) for spot in spots))
            if not costs[-1]:
                return spots
        words, corner = tries[costs.index(min(costs))]
        return self._write(words, look, corner)

    def run_through(self, spot: QRectF, beside: float) -> bool:
        """Whether the bars run through a place for words, or so close beside it, px."""
        top = self._gaps[0].bar.line().p1()
        near = spot.left() - beside < top.x() < spot.right() + beside
        return self._floor.isVisible() and near and top.y() < spot.bottom()

    def _write(self, told: Sequence[str], look: Look, corner: QPointF) -> list[QRectF]:
        """Put them left of a corner, one below the other, each with its swatch before it."""
        widest, space, y = WIDEST * (corner.x() - self._chart.frame.left()), look.em * 0.4, corner.y()
        spots = []
        for gap, words in zip(self._gaps, told, strict=True):
            ink = gap.swatch.pen().color()
            gap.words.tell(words, look, ink, LABEL, 500)
            if gap.words.size[0] > widest:
                gap.words.tell(words.replace(" with ", " with\n"), look, ink, LABEL, 500)
            width, height = gap.words.size
            spot = QRectF(corner.x() - width, y, width, height)
            gap.words.setPos(spot.topLeft())
            x = spot.x() - space
            gap.swatch.setLine(x, y + height * 0.2, x, y + height * 0.8)
            spots.append(spot.adjusted(-2 * space, 0, 0, 0))
            y += height
        return spots
