"""A word or a number in a rounded box: what is written on a picture, from names to answers."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem, QGraphicsSimpleTextItem

from netviz.views.theme import INK, PAPER

MOST_KEPT = 300  # widths of words that a pill remembers


def rounded(box: QRectF, radius: float) -> QPainterPath:
    """A rounded rectangle."""
    path = QPainterPath()
    path.addRoundedRect(box, radius, radius)
    return path


class Pill:
    """A word or number in a rounded box, centred on a point."""

    def __init__(
        self, parent: QGraphicsItem, font: QFont, padding: float, radius: float | None = None
    ) -> None:
        """Without a radius it is a pill for numbers, with one a tag, which is narrower."""
        self.frame = QGraphicsPathItem(parent)
        self.text = QGraphicsSimpleTextItem(self.frame)
        self.text.setFont(font)
        self._metrics = QFontMetricsF(font)
        self._padding, self._radius = padding, radius
        self._advances: dict[str, float] = {}
        self._aside = padding * (3.2 if radius is None else 1.5)
        self._shown: tuple[str, float, float, float] | None = None
        self.colors(INK, PAPER, INK, 1.0)

    @property
    def height(self) -> float:
        """From edge to edge."""
        return self._metrics.capHeight() + 2 * self._padding

    def width(self, words: str) -> float:
        """How wide these words make it; never narrower than high."""
        if len(words) == 1:
            return self.height
        return max(self.height, self._advance(words) + self._aside)

    def _advance(self, words: str) -> float:
        """How wide these words are; the same numbers come again and again."""
        if words not in self._advances:
            if len(self._advances) > MOST_KEPT:
                self._advances.clear()
            self._advances[words] = self._metrics.horizontalAdvance(words)
        return self._advances[words]

    def show(self, words: str, x: float, y: float, width: float = 0.0) -> None:
        """Put these words in the middle of (x, y)."""
        if self._shown == (words, x, y, width):
            return
        self._shown = words, x, y, width
        self.frame.setPos(x, y)
        wide, high = max(width, self.width(words)), self.height
        radius = high * 0.42 if self._radius is None else self._radius
        self.frame.setPath(rounded(QRectF(-wide / 2, -high / 2, wide, high), radius))
        self.text.setText(words)
        self.text.setPos(-self._advance(words) / 2, self._metrics.capHeight() / 2 - self._metrics.ascent())

    def colors(self, text: QColor, paper: QColor, outline: QColor, line: float) -> None:
        """Colour the words, the box and its outline."""
        self.text.setBrush(text)
        self.frame.setBrush(paper)
        self.frame.setPen(QPen(outline, line) if line else QPen(Qt.PenStyle.NoPen))
