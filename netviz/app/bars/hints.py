"""The one hint of a first start: a bubble that points at what to press."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QWidget

from netviz.app.style import FIRST_LOOK
from netviz.views.theme import Look

TEXTS = {"train": "Press me", "unit": "Click me"}
BODY, TIP = 1.32, 0.3  # heights, em


class Bubble(QWidget):
    """A few words in ink with a tip; the mouse goes through it."""

    def __init__(self, parent: QWidget) -> None:
        """Make it, hidden."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._look, self.text, self._up, self._tip = FIRST_LOOK, "", True, 0
        self.hide()

    def set_look(self, look: Look) -> None:
        """Take on a theme and a text size."""
        self._look = look

    def point(self, text: str, at: QRect, below: bool, clear: int = 0) -> None:
        """Show these words below or above a rectangle, the tip at its edge; left of `clear` is kept free."""
        self.text, self._up = text, below
        px = self._look.px
        words = QFontMetrics(self._look.font(1.0, 600)).horizontalAdvance(text)
        width, height = words + px(1.0), px(BODY) + px(TIP)
        x = min(max(at.center().x() - width // 2, clear), at.center().x() - px(2 * TIP))
        self._tip = at.center().x() - x
        y = at.bottom() - px(0.1) if below else at.top() - height - px(0.15)
        self.setGeometry(x, y, width, height)
        self.setAccessibleName(text)
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.color("text"))
            tip, middle = self._look.px(TIP), self._tip
            body = QRectF(self.rect()).adjusted(0, tip if self._up else 0, 0, 0 if self._up else -tip)
            painter.drawRoundedRect(body, self._look.px(0.3), self._look.px(0.3))
            base, end = (body.top() + 1, 0.0) if self._up else (body.bottom() - 1, float(self.height()))
            painter.drawPolygon(
                QPolygonF([QPointF(middle - tip, base), QPointF(middle, end), QPointF(middle + tip, base)])
            )
            painter.setPen(self._look.color("panel"))
            painter.setFont(self._look.font(1.0, 600))
            painter.drawText(body, Qt.AlignmentFlag.AlignCenter, self.text)
