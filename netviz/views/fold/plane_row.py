"""Where the planes of Fold stand beside each other: the inputs and an arrow, the twins, the legend."""

from typing import NamedTuple

from PySide6.QtCore import QRectF

from netviz.views.fold.hidden_plane import HALL, highest, widest
from netviz.views.theme import Look

GAP, ARROW = 0.7, 3.2  # em, between two planes and from the inputs to the twins
MOST_APART = 2.0  # em, by which planes stand further apart where there is room
LEGEND_WIDTH = 6.4, 8.5  # em, at least and at most, right of the planes


class PlaneRow(NamedTuple):
    """So many planes in a look; with an arrow from the first to the others."""

    look: Look
    planes: int
    arrow: bool

    @property
    def between(self) -> float:
        """What stands between the planes, px."""
        return (ARROW * self.arrow + GAP * (self.planes - 1)) * self.look.em

    def spare(self, width: float, height: float) -> float:
        """What the planes leave of a width, px, besides what stands between them."""
        room = width - self.between
        return room - min(room, max(1, self.planes) * widest(self.look, height))

    def has_legend(self, width: float, height: float) -> bool:
        """Whether a legend has room right of the planes."""
        return self.spare(width, height) >= (LEGEND_WIDTH[0] + 1) * self.look.em

    def legend(self, width: float, height: float) -> float:
        """How much of a width such a legend takes, px, with one em between it and the planes."""
        return min(self.spare(width, height), (LEGEND_WIDTH[1] + 1) * self.look.em)

    def places(self, width: float, height: float, legend: float) -> list[QRectF]:
        """Each plane's place, px, in the middle of what a legend leaves; in a hall no higher than needed."""
        em = self.look.em
        side = min((width - self.between) / max(1, self.planes), widest(self.look, height))
        gaps, spare = max(0, self.planes - 1), self.spare(width, height) - legend
        apart = 0.0 if self.arrow else min(MOST_APART * em, spare / max(1, gaps))
        left, step = (spare - apart * gaps) / 2, side + GAP * em + apart
        high = min(height, highest(self.look, side)) if self.look.layout == HALL else height
        top, aside = (height - high) / 2, ARROW * em * self.arrow
        return [QRectF(left + i * step + aside * (i > 0), top, side, high) for i in range(self.planes)]
