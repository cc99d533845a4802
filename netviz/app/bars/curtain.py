"""What is seen before anything else is loaded: the bars, both rows' frames and labels, in their places.

It knows Qt and the layouts alone, so that it can be painted before NumPy is even imported.
"""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from netviz.app.layouts import Shown, arrange, layout_of
from netviz.views.theme import NAME, THEMES, TITLE, VERDICT, Look

NAMES = ("With", "Without")
TWINS = (0, 1)
LATER = ("Step", "Reset", "New start")
IDLE = "Same network, same start. Press Train."


class Curtain:
    """Paints the first picture of the window at a size."""

    def __init__(self, painter: QPainter, size: QSize, theme: str, text_size: int) -> None:
        em, layout = layout_of(size.width(), size.height(), theme, text_size)
        self._painter, self._look = painter, Look(THEMES[theme], em, layout)
        self._rects = arrange(size, em, layout, Shown(TWINS))

    def paint(self) -> None:
        """Paint everything."""
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        panel, background = self._look.color("panel"), self._look.color("background")
        self._painter.fillRect(self._painter.viewport(), background)
        for name in ("top", "foot", "column", "tabs"):
            if name in self._rects:
                self._painter.fillRect(self._rects[name], panel)
        self._paint_top(self._rects["top"])
        for twin in TWINS:
            self._paint_lane(twin)
        self._write("Epoch 0", self._rects["foot"].adjusted(self._look.px(1.3), 0, 0, 0), 1.2, 700)
        if "loss" in self._rects:
            self._write("How wrong? Mean squared error", self._rects["loss"], TITLE, 700, top=True)

    def _paint_top(self, bar: QRect) -> None:
        """Train, filled with ink, and the words beside it."""
        px, ink = self._look.px, self._look.color("text")
        train = QRectF(px(1.1), px(0.5), px(8.2), bar.height() - px(1.0))
        self._box(train, ink, ink)
        middle, size = train.center(), px(0.45)
        arrow = QPointF(train.x() + px(1.9), middle.y())
        tip = [QPointF(-size, -1.2 * size), QPointF(size, 0), QPointF(-size, 1.2 * size)]
        self._painter.setBrush(self._look.color("background"))
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.drawPolygon(QPolygonF([arrow + corner for corner in tip]))
        words = QRect(int(train.x()) + px(3.2), bar.y(), px(6), bar.height())
        self._write("Train", words, 1.2, 700, color=self._look.color("background"))
        left = int(train.right()) + px(0.9)
        for word in LATER:
            room = QRect(left, bar.y(), bar.width() - left, bar.height())
            left += self._write(word, room, 1, 400) + px(1.6)

    def _paint_lane(self, twin: int) -> None:
        """The twin's bar, name, verdict to come, and the frame of its surface."""
        look, color = self._look, self._look.twin_color(twin)
        if bar := self._rects.get(f"bar {twin}"):
            self._painter.fillRect(bar, color)
        header = self._rects[f"header {twin}"].adjusted(look.px(3.9), 0, 0, 0)
        left = self._write(NAMES[twin], header, NAME, 700, color=color)
        if look.layout == "wide":
            self._write(IDLE, header.adjusted(left + look.px(5.5), 0, 0, 0), VERDICT, 600)
        outline, panel = look.color("outline"), look.color("panel")
        self._box(QRectF(self._rects[f"surface {twin}"]).adjusted(0.5, 0.5, -0.5, -0.5), outline, panel, 0)

    def _box(self, at: QRectF, outline: QColor, fill: QColor, radius: float = 0.3) -> None:
        self._painter.setPen(QPen(outline, self._look.line))
        self._painter.setBrush(fill)
        self._painter.drawRoundedRect(at, self._look.px(radius), self._look.px(radius))

    def _write(
        self, words: str, at: QRect, ems: float, weight: int, color: QColor | None = None, top: bool = False
    ) -> int:
        """Write words at the left of a rectangle; returns their width, px."""
        self._painter.setFont(self._look.font(ems, weight))
        self._painter.setPen(color or self._look.color("text"))
        up = Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag.AlignVCenter
        self._painter.drawText(at, Qt.AlignmentFlag.AlignLeft | up, words)
        return self._painter.fontMetrics().horizontalAdvance(words)
