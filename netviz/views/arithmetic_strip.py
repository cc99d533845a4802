"""The arithmetic of a unit in one row, for a hall: the sum, the curve, the result, and what it means."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from netviz.views.arithmetic import Across

STRIP = "strip"  # the layout of a look that asks for it
SUM, CURVE, RESULT, WORDS = 0.455, 0.19, 0.1, 0.15  # of the width
ARROW, GAP = 2.0, 0.5  # em
SIDE = 1.6  # em, from the edge of the screen


class Strip(Across):
    """Everything in one row under its title."""

    def draw(self, box: QRectF) -> None:
        """Fill the box from left to right."""
        found, unit, width = self.picture.inside, self.unit, box.width()
        title = QRectF(box.left(), box.top() + 0.5 * unit, SUM * width, 1.5 * unit)
        self.write(self.picture.title, title, self.fitting(self.picture.title, 1.1, 700, title.width()),
                   self.color("text"))  # fmt: skip
        if found is None or not found.terms:
            return
        low = box.adjusted(0, 0.6 * unit, 0, -0.6 * unit)
        top = QRectF(box.left(), title.bottom() + 0.7 * unit, SUM * width, 3.7 * unit)
        self._sum(top, found, 1.55)
        arrow = QRectF(top.right(), top.top() - 0.4 * unit, ARROW * unit, 0.55 * top.height() + 0.8 * unit)
        self.arrow(arrow.adjusted(0.2 * unit, 0, 0, 0))
        curve = QRectF(arrow.right() + GAP * unit, low.top(), CURVE * width, low.height())
        self.curve(curve, found)
        after = QRectF(curve.right() + GAP * unit, arrow.top(), 1.6 * unit, arrow.height())
        self.arrow(after)
        value = QRectF(after.right() + 0.2 * unit, low.top(), RESULT * width, low.height())
        self.result(value, found, 2.1)
        words = QRectF(box.right() - WORDS * width, low.top(), WORDS * width, low.height())
        self._say(self.picture.lines[0].text, words)

    def _say(self, text: str, box: QRectF) -> None:
        """A sentence in the middle of the height, smaller where it is long."""
        flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter)
        fonts = [self.font(ems, 600) for ems in (1.2, 1.1, 1.0)]
        fits = [
            font
            for font in fonts
            if QFontMetricsF(font).boundingRect(box, flags, text).height() <= box.height()
        ]
        self.painter.setFont((fits or fonts[-1:])[0])
        self.painter.setPen(self.color("text"))
        self.painter.drawText(box, flags, text)
