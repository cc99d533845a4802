"""The arithmetic of a unit in one row, for a hall: the sum, the curve, the result, and what it means."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from netviz.views.drawing.arithmetic import Across

STRIP = "strip"  # the layout of a look that asks for it
NARROW = 50.0  # em
SHARES, NARROW_SHARES = (0.445, 0.19, 0.09), (0.5, 0.17, 0.09)  # of the width: sum, curve, result
SAYS, NARROW_SAYS = 8.9, 6.2  # em: the words, below a lesson's choices where there is room
ARROWS, NARROW_ARROWS = (1.8, 1.6), (1.2, 1.0)  # em
GAP = 0.5  # em
SIDE = 1.6  # em, from the edge of the screen


class Strip(Across):
    """Everything in one row under its title."""

    def draw(self, box: QRectF) -> None:
        """Fill the box from left to right."""
        found, unit, width = self.picture.inside, self.unit, box.width()
        narrow = width < NARROW * unit
        sums, curves, results = (share * width for share in (NARROW_SHARES if narrow else SHARES))
        first, second = (ems * unit for ems in (NARROW_ARROWS if narrow else ARROWS))
        title = QRectF(box.left(), box.top() + 0.5 * unit, sums, 1.5 * unit)
        font = self.fitting(self.picture.title, 1.1, 700, title.width())
        self.write(self.picture.title, title, font, self.color("text"))
        if found is None or not found.terms:
            return
        low = box.adjusted(0, 0.6 * unit, 0, -0.6 * unit)
        top = QRectF(box.left(), title.bottom() + 0.7 * unit, sums, 3.7 * unit)
        self._sum(top, found, 1.7)
        high = 0.55 * top.height() + 0.8 * unit
        arrow = QRectF(top.right() + 0.2 * unit, top.top() - 0.4 * unit, first, high)
        self.arrow(arrow)
        curve = QRectF(arrow.right() + GAP * unit, low.top(), curves, low.height())
        self.curve(curve, found)
        after = QRectF(curve.right() + GAP * unit, arrow.top(), second, high)
        self.arrow(after)
        value = QRectF(after.right() + 0.2 * unit, low.top(), results, low.height())
        self.result(value, found, 2.1)
        says = (NARROW_SAYS if narrow else SAYS) * unit
        words = QRectF(box.right() - says, low.top(), says, low.height())
        self._say(self.picture.lines[0].text, words)

    def _say(self, text: str, box: QRectF) -> None:
        """A sentence in the middle of the height, smaller where it is long."""
        flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter)
        fonts = [self.font(ems, 600) for ems in (1.2, 1.1, 1.0)]
        needs = [QFontMetricsF(font).boundingRect(box, flags, text) for font in fonts]
        fits = [font for font, need in zip(fonts, needs, strict=True) if box.united(need) == box]
        self.painter.setFont((fits or fonts[-1:])[0])
        self.painter.setPen(self.color("text"))
        self.painter.drawText(box, flags, text)
