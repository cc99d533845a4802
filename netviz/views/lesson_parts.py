"""What a lesson is led by: the dots of its cards, the choices of a question, and what is said of a beat."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from netviz.session.cards import ASK, SHOW
from netviz.session.state import Reading
from netviz.views.controls.painted_button import PaintedButton
from netviz.views.drawing.marks import draw_mark
from netviz.views.theme import Look

PREDICT, PREDICTED, ANSWER = "Your prediction", "You predicted", "The answer"
OPEN, RIGHT, WRONG, MISSED = "", "right", "wrong", "missed"  # a choice's states; missed: it was the right one
HIGH = 2.1  # em, a choice
TOLD = {OPEN: "", RIGHT: ", right", WRONG: ", wrong", MISSED: ", the right answer"}


def heading(reading: Reading) -> str:
    """The beat's sentence: until it has been shown, a card with a question asks it."""
    card = reading.card
    return card.question.ask if card.question and reading.beat != SHOW else card.heading


def second(reading: Reading) -> str:
    """The beat's second sentence, which would give the answer away before."""
    card = reading.card
    if card.question is None or reading.beat == SHOW:
        return card.second or ""
    return "Choose, then watch." if reading.beat == ASK else "Watch."


def asked(reading: Reading) -> str:
    """What stands over the choices."""
    if reading.predicted is not None:
        return PREDICTED
    return ANSWER if reading.beat == SHOW else PREDICT


def states(reading: Reading) -> list[str]:
    """How each choice stands: the right one is told once the card has shown it."""
    question = reading.card.question
    if question is None:
        return []
    found = [OPEN] * len(question.choices)
    if reading.beat == SHOW:
        if reading.predicted is not None:
            found[reading.predicted] = WRONG
        found[question.right - 1] = RIGHT if reading.predicted in (question.right - 1, None) else MISSED
    return found


class Dot(QAbstractButton):
    """One card among the others: full when it has been, with its number when it is shown."""

    def __init__(self, index: int) -> None:
        """Make the dot of a card, counted from 0."""
        super().__init__()
        self.index, self.now = index, 0
        self.look: Look | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_at(self, now: int) -> None:
        """Show which card is shown now."""
        self.now = now
        here = ", shown now" if now == self.index else ""
        self.setAccessibleName(f"Card {self.index + 1}{here}")
        self.setToolTip(f"Card {self.index + 1}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.look is None:
            return
        look = self.look
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            here, middle = self.index == self.now, QRectF(self.rect()).center()
            radius = min(self.width(), self.height()) * (0.5 if here else 0.32) - look.line
            painter.setPen(QPen(look.color("text"), max(2.0, 0.07 * look.em)))
            painter.setBrush(look.color("text" if self.index <= self.now else "panel"))
            painter.drawEllipse(middle, radius, radius)
            if here:
                painter.setPen(look.color("panel"))
                painter.setFont(look.font(0.9, 700))
                painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), str(self.index + 1))
            if self.hasFocus():
                painter.setPen(QPen(look.color("text"), look.line))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))


class Dots(QWidget):
    """The lesson's cards in a row."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.dots: list[Dot] = []
        self._look: Look | None = None

    def set_look(self, look: Look) -> None:
        """Take on a theme and a text size."""
        self._look = look
        self._row.setSpacing(0)
        for dot in self.dots:
            dot.look = look
            dot.setFixedSize(look.px(1.45), look.px(1.45))
            dot.update()

    def show_cards(self, count: int, now: int) -> None:
        """Show so many cards, and which one is shown."""
        if count != len(self.dots):
            for gone in self.dots:
                gone.hide()
                gone.deleteLater()
            self.dots = [Dot(index) for index in range(count)]
            for dot in self.dots:
                self._row.addWidget(dot)
                dot.show()
                dot.clicked.connect(lambda _=False, index=dot.index: self.chosen.emit(index))
            if self._look is not None:
                self.set_look(self._look)
        for dot in self.dots:
            dot.show_at(now)


class ChoiceButton(PaintedButton):
    """One answer that may be predicted."""

    def __init__(self, words: str, index: int) -> None:
        """Make the button of a choice, counted from 0."""
        super().__init__()
        self.words, self.index, self.state, self.filled = words, index, OPEN, False
        self.look: Look | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_choice(self, state: str, filled: bool, enabled: bool) -> None:
        """Show how the choice stands; the predicted one is filled."""
        self.state, self.filled = state, filled
        self.setEnabled(enabled)
        shape = Qt.CursorShape.PointingHandCursor if enabled else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        self.setAccessibleName(f"{self.words}{', predicted' if filled else ''}{TOLD[state]}")
        self.update()

    def sizeHint(self) -> QSize:
        look = self.look
        return QSize(look.px(8), look.px(HIGH)) if look else QSize(100, 30)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.look is None:
            return
        look = self.look
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            width = max(look.line, 2.0) * (
                2 if self.hasFocus() or (self.underMouse() and self.isEnabled()) else 1
            )
            box = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
            painter.setPen(QPen(look.color("text"), width))
            painter.setBrush(look.color("text" if self.filled else "panel"))
            painter.drawRoundedRect(box, 0.3 * look.em, 0.3 * look.em)
            ink = look.color("panel" if self.filled else "text")
            side, inset = 0.85 * look.em, 0.4 * look.em
            marked = self.state != OPEN
            room = box.adjusted(inset, 0, -(side + 1.4 * inset if marked else inset), 0)
            painter.setPen(ink)
            painter.setFont(self._font(look, room.width()))
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), self.words)
            if marked:
                mark = QRectF(box.right() - inset - side, box.center().y() - side / 2, side, side)
                color = ink if self.state == WRONG else look.twin_color(0)
                draw_mark(
                    painter, "cross" if self.state == WRONG else "tick", mark, color, look.color("panel")
                )

    def _font(self, look: Look, room: float) -> QFont:
        """The weight that the words have, smaller where they have no room."""
        sizes = (1.0, 0.92, 0.84, 0.76, 0.7)
        fonts = [look.font(ems, 600) for ems in sizes]
        fits = [font for font in fonts if QFontMetrics(font).horizontalAdvance(self.words) <= room]
        return (fits or fonts[-1:])[0]


class Choices(QWidget):
    """A question's choices under each other."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._column: QBoxLayout = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.buttons: list[ChoiceButton] = []
        self._words: Sequence[str] = ()
        self._look: Look | None = None

    def set_look(self, look: Look) -> None:
        """Take on a theme and a text size."""
        self._look = look
        self._column.setSpacing(look.px(0.35))
        for button in self.buttons:
            button.look = look
            button.setFixedHeight(look.px(HIGH))
            button.update()

    def stand(self, beside: bool) -> None:
        """Stand beside each other, or below."""
        ways = QBoxLayout.Direction
        self._column.setDirection(ways.LeftToRight if beside else ways.TopToBottom)

    def show_question(self, reading: Reading) -> None:
        """Show the choices of a card; none where it asks nothing."""
        question = reading.card.question
        words = question.choices if question else ()
        if words != self._words:
            self._words = words
            for gone in self.buttons:
                gone.hide()
                gone.deleteLater()
            self.buttons = [ChoiceButton(text, index) for index, text in enumerate(words)]
            for button in self.buttons:
                self._column.addWidget(button)
                button.show()  # a layout would only do so later
                button.clicked.connect(lambda _=False, index=button.index: self.chosen.emit(index))
            if self._look is not None:
                self.set_look(self._look)
        open_now = reading.beat == ASK
        for button, state in zip(self.buttons, states(reading), strict=True):
            button.show_choice(state, button.index == reading.predicted, open_now)
