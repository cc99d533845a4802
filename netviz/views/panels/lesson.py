"""The lesson: its card with a question to predict, what to try and the way on; or the list of lessons."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from netviz.session.actions import Action, LeaveLesson, OpenPanel, Predict, StartLesson, ToCard, Turn
from netviz.session.cards import ASK, SHOW, TRAIN, Lesson
from netviz.session.lessons.reading import lessons
from netviz.session.state import Reading, State
from netviz.views.lesson_parts import Choices, Dots, asked, heading, second
from netviz.views.panel import Panel, Place
from netviz.views.theme import LABEL, NAME, TITLE, Look, dress

INTRO = "Each card sets up an experiment. Touch everything: leaving brings your own back."
WIDE = 26.0  # em: choices beside each other
NAME_OF = "lesson"  # this panel's own name: where it is open as a tab, it covers the instrument


def plain_button(words: str, role: str = "") -> QPushButton:
    """A button that leaves Space to Train."""
    made = QPushButton(words)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setAccessibleName(words)
    if role:
        made.setProperty("role", role)
    return made


def scrolling(page: QWidget) -> QScrollArea:
    """A page that can be scrolled where there is too little room for it."""
    area = QScrollArea()
    area.setWidget(page)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.viewport().setAutoFillBackground(False)
    page.setAutoFillBackground(False)
    return area


def text_label() -> QLabel:
    """Plain text on as many lines as it needs."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(True)
    return made


class LessonList(QWidget):
    """Every lesson with what it is about."""

    def __init__(self, panel: Panel) -> None:
        """Make it for a panel, which sends what is chosen."""
        super().__init__()
        self._panel, self.buttons = panel, dict[str, QPushButton]()
        self._title, self._intro = text_label(), text_label()
        self._title.setText("Lessons")
        self._intro.setText(INTRO)
        self._abouts: list[QLabel] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for one in (self._title, self._intro):
            self._column.addWidget(one)

    def fill(self, look: Look) -> None:
        """List the lessons there are, once, and take on a look."""
        if not self.buttons:
            for lesson in lessons().values():
                self._add(lesson)
            self._column.addStretch()
        dress(self._title, look, "text", NAME, 700)
        dress(self._intro, look, "second")
        self._column.setSpacing(look.px(0.45))
        for button in self.buttons.values():
            button.setFont(look.font(TITLE, 600))
        for about in self._abouts:
            dress(about, look, "text")
            about.setContentsMargins(0, 0, 0, look.px(0.5))

    def _add(self, lesson: Lesson) -> None:
        button, about = plain_button(lesson.title), text_label()
        about.setText(f"{lesson.about} {len(lesson.cards)} cards.")
        button.clicked.connect(lambda _=False: self._panel.acted.emit(StartLesson(lesson)))
        self.buttons[lesson.name] = button
        self._abouts.append(about)
        self._column.addWidget(button)
        self._column.addWidget(about)


class CardPage(QWidget):
    """One card, in the window as it is always used."""

    def __init__(self, panel: Panel) -> None:
        """Make it for a panel, which sends what is pressed."""
        super().__init__()
        self._panel, self._em = panel, 14.0
        self.where, self.leave = text_label(), plain_button("Leave", "flat")
        self.dots, self.choices = Dots(), Choices()
        self.heading, self.second, self.asked, self.notes, self.hint = (text_label() for _ in range(5))
        self.look = plain_button("")
        self.teaser = text_label()
        self.back, self.next = plain_button("Back"), plain_button("Next")
        self.leave.setToolTip("End the lesson: your own experiment comes back")
        self._top, self._ways = QHBoxLayout(), QHBoxLayout()
        self._top.addWidget(self.where, 1)
        self._top.addWidget(self.leave)
        self._ways.addWidget(self.back)
        self._ways.addWidget(self.look)
        self._ways.addWidget(self.next, 1)
        page, self._page = QVBoxLayout(self), QWidget()
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(scrolling(self._page), 1)
        self._outer, self._column = page, QVBoxLayout(self._page)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._top)
        parts: tuple[QWidget, ...] = (
            self.dots, self.heading, self.second, self.asked, self.choices, self.notes,
        )  # fmt: skip
        for part in parts:
            self._column.addWidget(part)
        self._column.setAlignment(self.dots, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self.hint)
        self._column.addLayout(self._ways)  # right under what is read
        self._column.addWidget(self.teaser)
        self._column.addStretch()
        self._reading: Reading | None = None
        self._way_on: Action = Turn()
        self._connect()

    def _connect(self) -> None:
        self.leave.clicked.connect(lambda _=False: self._send(LeaveLesson()))
        self.back.clicked.connect(lambda _=False: self._send(Turn(-1)))
        self.next.clicked.connect(lambda _=False: self._send(self._way_on))
        self.look.clicked.connect(lambda _=False: self._open())
        self.dots.chosen.connect(lambda index: self._send(ToCard(index)))
        self.choices.chosen.connect(lambda index: self._send(Predict(index)))

    def _send(self, action: Action) -> None:
        self._panel.acted.emit(action)

    def _open(self) -> None:
        if self._reading is not None and self._reading.card.show:
            self._send(OpenPanel(self._reading.card.show))

    def set_look(self, look: Look) -> None:
        """Take on a theme, a text size and a layout."""
        px, self._em = look.px, look.em
        self._column.setSpacing(px(0.5))
        self._outer.setSpacing(px(0.5))
        self.dots.set_look(look)
        self.choices.set_look(look)
        dress(self.where, look, "second", 1.0, 600)
        dress(self.heading, look, "text", 1.2 if look.layout == "short" else 1.5, 700)
        dress(self.second, look, "text", 1.1)
        dress(self.asked, look, "text", 1.0, 700)
        dress(self.notes, look, "second", LABEL)
        dress(self.hint, look, "text", 1.0, 500)
        dress(self.teaser, look, "second", LABEL)
        for button in (self.leave, self.back, self.next, self.look):
            button.setFont(look.font(1.0, 600))
        self.next.setMinimumHeight(px(2.2))
        self.back.setMinimumHeight(px(2.2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choices stand beside each other where the page is wide and low, and the dots in the first row."""
        super().resizeEvent(event)
        wide = self.width() >= WIDE * self._em
        self.choices.stand(beside=wide)
        self._top.removeWidget(self.dots)
        self._column.removeWidget(self.dots)
        if wide:
            self._top.insertWidget(1, self.dots)
        else:
            self._column.insertWidget(1, self.dots, 0, Qt.AlignmentFlag.AlignLeft)
        self._show_teaser()

    def _show_teaser(self) -> None:
        """What is next, and notes, have no row of their own over the lanes, where choices take one."""
        low = self.width() >= WIDE * self._em and not self.choices.isHidden()
        if low:
            self.notes.hide()
        self.teaser.setVisible(bool(self.teaser.text()) and not low)

    def show_reading(self, reading: Reading, covers: bool) -> None:
        """Show a card at its beat; `covers` says that its instrument is another tab."""
        self._reading = card_reading = reading
        card, count = card_reading.card, len(reading.lesson.cards)
        self.where.setText(f"{reading.lesson.title} {reading.card_index + 1} of {count}")
        self.dots.show_cards(count, reading.card_index)
        self.heading.setText(heading(reading))
        self.second.setText(second(reading))
        self.second.setVisible(bool(self.second.text()))
        self.asked.setText(asked(reading))
        self.asked.setVisible(card.question is not None)
        self.choices.show_question(reading)
        self.choices.setVisible(card.question is not None)
        self.notes.setText("  ".join(note.replace("\n", " ") for note in card.notes))
        self.notes.setVisible(bool(card.notes) and reading.beat != ASK and not covers)
        self.hint.setText(f"Try it: {card.hint[0].lower()}{card.hint[1:]}" if card.hint else "")
        self.hint.setVisible(bool(card.hint) and reading.beat == SHOW)
        self._show_ways(reading, covers)

    def _show_ways(self, reading: Reading, covers: bool) -> None:
        """The way on, back, and into the instrument."""
        card, ends = reading.card, reading.beat == SHOW
        last = ends and reading.card_index == len(reading.lesson.cards) - 1
        words = "Finish" if last else "Next" if ends else WAYS[reading.beat]
        self._way_on = LeaveLesson() if last else Turn()
        self.next.setText(words)
        self.next.setAccessibleName(words)
        self.teaser.setText(LAST if last else f"Next: {card.next}" if ends and card.next else "")
        if covers and not last:
            self.teaser.setText("")
        self._show_teaser()
        self.back.setEnabled(bool(reading.card_index or reading.beat_index))
        shows = bool(card.show) and covers and reading.beat != ASK
        self.look.setVisible(shows)
        self.look.setText(f"Look at {str(card.show).capitalize()}")
        self.look.setAccessibleName(self.look.text())


WAYS = {ASK: "Show me", TRAIN: "Skip to the end"}
LAST = "That was the last card. Your own experiment comes back."


class LessonPanel(Panel):
    """The card of the lesson, or the list of lessons while there is none."""

    def __init__(self, twin: int = 0) -> None:
        super().__init__(twin)
        self.list, self.card = LessonList(self), CardPage(self)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(scrolling(self.list))
        self._pages.addWidget(self.card)
        self._look: Look | None = None

    def set_look(self, look: Look) -> None:
        self._look = look
        self.card.set_look(look)
        self.list.fill(look)

    def show_state(self, old: State | None, new: State) -> None:
        if old is not None and (old.reading, old.opened) == (new.reading, new.opened):
            return
        self._pages.setCurrentIndex(1 if new.reading else 0)
        if new.reading is not None:
            self.card.show_reading(new.reading, new.opened == NAME_OF)
        self.setAccessibleName(self.sentence(new))

    def sentence(self, state: State) -> str:
        if state.reading is None:
            return f"Lessons: {', '.join(one.title for one in lessons().values())}."
        return " ".join(filter(None, (heading(state.reading), second(state.reading))))


PANEL = Place("Lessons", "lesson", 48, "", LessonPanel, tab="Lesson")
