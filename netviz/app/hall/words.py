"""What a hall reads of a lesson: its sentences, the choices of its question, and where in it we are."""

import math

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from netviz.app.hall.stage import notes_above
from netviz.app.style import button, label, sends
from netviz.session import selectors
from netviz.session.actions import Predict, ToCard, Turn
from netviz.session.cards import ASK, SHOW
from netviz.session.state import Reading, State
from netviz.views.lesson_parts import Choices, Dots, asked, heading, second
from netviz.views.panel import FOLD, Panel
from netviz.views.theme import Look

SMALL, HEADING, SECOND = 1.0, 62 / 30, 46 / 30  # em
ROWS = ((0.21, SMALL, 500), (0.5, HEADING, 700), (0.81, SECOND, 400))  # middle, size, weight of the lines
PAD = 1.6  # em
FOLDS = "fold"  # the instrument that a hall may unfold
WHITE, BLACK = QColor("#ffffff"), QColor("#000000")


def parts() -> dict[str, QWidget]:
    """All that is on the screen only while presenting, by the slot of its place."""
    rules = {name: QFrame() for name in ("strip rule", "steps rule")}
    for rule in rules.values():
        rule.setObjectName("rule")
    black = QFrame()
    black.setObjectName("black")
    return {"band": Band(), "side": Side(), "steps": Steps(), **rules, "black": black}


class Band(Panel):
    """The sentences of the card, white on black."""

    def __init__(self) -> None:
        """Make the band, with nothing to say yet."""
        super().__init__()
        self._look: Look | None = None
        self.lines: tuple[str, ...] = ()
        self.notes = ""  # at the right of the first line, where there is no column for them

    def set_look(self, look: Look) -> None:
        self._look = look
        self.update()

    def show_state(self, old: State | None, new: State) -> None:
        if old is not None and old.reading == new.reading:
            return
        self.lines = _lines(new.reading) if new.reading else ()
        self.notes = _notes(new.reading) if new.reading else ""
        self.setAccessibleName(self.sentence(new))
        self.update()

    def sentence(self, state: State) -> str:
        return " ".join(self.lines)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), BLACK)
            if self._look is None:
                return
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(WHITE)
            room = self.width() - 2 * self._look.px(PAD)
            for text, (middle, ems, weight) in zip(self.lines, ROWS, strict=True):
                font = self._look.font(ems, weight)
                wide = QFontMetrics(font).horizontalAdvance(text)
                if wide > room:
                    font.setPixelSize(math.floor(font.pixelSize() * room / wide))
                high = ems * 1.4 * self._look.em
                box = QRectF(self._look.px(PAD), middle * self.height() - high / 2, room + 2, high)
                painter.setFont(font)
                painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), text)
                if ems == SMALL and notes_above(self.width(), self._look.em):
                    ends = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
                    painter.drawText(box, int(ends), self.notes)


def _lines(reading: Reading) -> tuple[str, ...]:
    where = f"{reading.lesson.title} {reading.card_index + 1} of {len(reading.lesson.cards)}"
    return where, heading(reading), second(reading)


def _notes(reading: Reading) -> str:
    """Notes that would have a column for themselves."""
    card = reading.card
    return "" if card.question or reading.beat == ASK else "  ".join(card.notes).replace("\n", " ")


class Side(Panel):
    """The question's choices, and how to read the picture."""

    def __init__(self) -> None:
        """Make the column, empty."""
        super().__init__()
        self.title = label()
        self.choices = Choices()
        self.choices.chosen.connect(lambda index: self.acted.emit(Predict(index)))
        self.notes = label()
        self.notes.setWordWrap(True)
        self._column = QVBoxLayout(self)
        for one in (self.title, self.choices, self.notes):
            self._column.addWidget(one)
        self._column.addStretch()
        self._look: Look | None = None

    def set_look(self, look: Look) -> None:
        self._look = look
        px = look.px
        self._column.setContentsMargins(px(0.5), px(0.92), px(0.9), 0)
        self._column.setSpacing(px(0.8))
        self.title.setFont(look.font(1.05, 700))
        self.title.setFixedHeight(px(1.5))
        self.notes.setFont(look.font(0.95, 500))
        self.choices.set_look(look)

    def show_state(self, old: State | None, new: State) -> None:
        reading = new.reading
        if reading is None or (old is not None and old.reading == reading):
            return
        asks = reading.card.question is not None
        self.title.setText(asked(reading) if asks else "")
        self.choices.show_question(reading)
        self.choices.setVisible(asks)
        self.notes.setText("" if reading.beat == ASK else "\n\n".join(reading.card.notes))
        self.setAccessibleName(self.sentence(new))

    def sentence(self, state: State) -> str:
        return self.title.text() or self.notes.text()


class Steps(Panel):
    """Which card of how many, what to do with it, and what is next."""

    def __init__(self) -> None:
        """Make the row, empty."""
        super().__init__()
        self.setObjectName("steps")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.dots = Dots()
        self.dots.chosen.connect(lambda index: self.acted.emit(ToCard(index)))
        self.hint: QLabel = label()
        self._hint = ""
        self.hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.next = button("", "flat")
        self.next.clicked.connect(sends(self, Turn()))
        self.fold = button("Unfold / fold (U)", "", FOLD)
        self.fold.setToolTip("Lets the plane run to its other end")
        self.fold.clicked.connect(lambda: self.commanded.emit(FOLD))
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.dots)
        self._row.addWidget(self.fold)
        self._row.addWidget(self.hint, 1)
        self._row.addWidget(self.next)

    def set_look(self, look: Look) -> None:
        self._row.setContentsMargins(look.px(PAD - 0.35), 0, look.px(PAD - 0.7), 0)
        self._row.setSpacing(look.px(1.2))
        self.dots.set_look(look)
        self.fold.setFont(look.font(1.0, 600))
        self.fold.setFixedHeight(look.px(1.9))
        self.hint.setFont(look.font(1.1, 400))
        self.next.setFont(look.font(1.1, 600))

    def show_state(self, old: State | None, new: State) -> None:
        reading = new.reading
        if reading is None:
            return
        if old is None or old.reading != reading:
            self.dots.show_cards(len(reading.lesson.cards), reading.card_index)
            last = reading.beat_index == len(reading.card.beats) - 1
            words = f"Next: {reading.card.next}" if last and reading.card.next else "" if last else "Next"
            self.next.setText(f"{words} ▸")
            self.next.setAccessibleName(words)
            self.next.setVisible(bool(words))
        self.fold.setVisible(new.opened == FOLDS)
        hint = reading.card.hint if reading.beat == SHOW else None
        self._hint = selectors.epoch_text(new) if new.playing else hint or ""
        self._fit()

    def _fit(self) -> None:
        """The hint leaves where it has no room: what is next stays."""
        margins, gap = self._row.contentsMargins(), self._row.spacing()
        taken = [one.sizeHint().width() for one in (self.dots, self.fold, self.next) if not one.isHidden()]
        room = self.width() - margins.left() - margins.right() - sum(taken) - gap * len(taken)
        fits = QFontMetrics(self.hint.font()).horizontalAdvance(self._hint) <= room
        self.hint.setText(self._hint if fits else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sentence(self, state: State) -> str:
        return f"{self.hint.text()} {self.next.text()}"
