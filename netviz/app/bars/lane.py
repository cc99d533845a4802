"""A lane's header: the twin's badge and name, what came of it in one sentence, and what helps when stuck."""

import re
from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFont,
    QFontMetrics,
    QPicture,
    QResizeEvent,
)
from PySide6.QtWidgets import QLabel, QMenu, QPushButton

from netviz.app.layouts import BRIEF_LEFT, WHOLE_LEFT
from netviz.app.style import FIRST_LOOK, button, label, sends, tint
from netviz.core.activation import Activation
from netviz.session import selectors
from netviz.session.engine import hidden_activations
from netviz.session.instruments.loss_reading import short_loss
from netviz.session.selectors import Remedy, Verdict
from netviz.session.state import State, UnitId
from netviz.session.text import fraction, shown
from netviz.views.canvas.layout import RIGHT
from netviz.views.drawing import marks
from netviz.views.panel import Panel
from netviz.views.theme import NAME, VERDICT, Look

VERDICT_SIZES = (VERDICT, 1.2, 1.05, 0.95, 0.9)  # em: a sentence of three lines becomes smaller
NAME_SIZES = (NAME, 1.4, 1.2, 1.0)
NARROW, NARROW_SIZES = 26, (1.2, 1.1, 1.0)  # em
DIGIT = re.compile(r"\d")  # fonts are measured once for all numbers
LAST_NUMBER = re.compile(r" (?=[^A-Za-z ]+$)")  # it does not stand alone on a second line
WHOLE = 4  # em: a header higher than this has room for the sentence
SHORT_NAME = 0.95
WEDGE = 0.37  # of the wedge's width: there its upper edge is below a brief header's words
HALL = "present"  # the layout of a hall


class Canvas(Protocol):
    """What the shell needs of a lane's network besides a panel's own."""

    def set_header_height(self, height: int) -> None:
        """Keep that strip at the top clear, px."""

    def unit_rect(self, unit: UnitId) -> QRect:
        """Where a unit's tile is."""


class LaneHeader(Panel):
    """One twin's header, in one of three forms: whole, brief (one line), short (two lines over a surface)."""

    def __init__(self, twin: int) -> None:
        """Make the header of one twin."""
        super().__init__(twin)
        self._look, self._verdict = FIRST_LOOK, Verdict("", "")
        self._badge, self._mark = QLabel(self), QLabel(self)
        self._name, self._words, self._loss = label(), label(), label()
        self._losses: tuple[str, ...] = ("",)  # the longest first
        self._loss_form = 0  # the first of them that has room
        for one in (self._name, self._words, self._loss):
            one.setParent(self)
        self._words.setWordWrap(True)
        self._remedies: list[QPushButton] = []
        self._try = button("What helps", "", "What helps: remedies")
        self._try.setParent(self)
        self._menu = QMenu(self._try)
        self._try.setMenu(self._menu)
        self._full_name = ""
        self._activation: Activation | None = None
        self._aligned = 0
        self._placed: object = None  # what was said when everything was last put in place
        self._fonts: dict[object, QFont] = {}

    # ------------------------------------------------------------------------------ what is said
    def show_state(self, old: State | None, new: State) -> None:
        if old is None or old.experiment.at(old.step) is not new.experiment.at(new.step):
            self._show_name(new)
        said = selectors.verdict(new, self.twin)
        if said != self._verdict or old is None:
            self._show_verdict(said, announce=old is not None)
        if self.form != "whole":
            number = self._loss_text(new)
            self._losses = tuple(f"{name} {number}" for name in dict.fromkeys((short_loss(new), "loss")))
            self._loss.setText(self._losses[min(self._loss_form, len(self._losses) - 1)])
        loss = self._losses[0]  # a short header has it among its words
        placed = (self._name_text(), said, loss if self.form == "short" else len(loss))
        if placed != self._placed or old is None:
            self._placed = placed
            self._place()

    def _show_name(self, state: State) -> None:
        self._full_name = selectors.twin_name(state, self.twin)
        self.setAccessibleName(self._full_name)
        found = hidden_activations(selectors.settings(state, self.twin))
        self._activation = found[0] if found else None
        self._draw_badge()

    def _show_verdict(self, said: Verdict, announce: bool) -> None:
        changed = said.mark != self._verdict.mark
        remedies = said.remedies != self._verdict.remedies
        self._verdict = said
        self.setAccessibleDescription(said.sentence)
        if remedies:
            self._show_remedies(said.remedies)
        if changed:
            self._draw_mark()
        if changed and said.mark and announce:
            text = f"{self._full_name}. {said.sentence}"
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def _show_remedies(self, remedies: tuple[Remedy, ...]) -> None:
        for gone in self._remedies:
            gone.deleteLater()
        self._remedies = []
        self._menu.clear()
        for remedy in remedies:
            made = button(remedy.label, "", f"{remedy.label}, {selectors.side(self.twin)}")
            made.setParent(self)
            made.clicked.connect(sends(self, remedy.action))
            made.show()
            self._remedies.append(made)
            self._menu.addAction(remedy.label, sends(self, remedy.action))
        self._dress_remedies()

    def _loss_text(self, state: State) -> str:
        if self._verdict.kind == "cannot" and selectors.is_affine(state, self.twin):
            return fraction(selectors.affine_floor(state, self.twin) or 0.0)
        return shown(selectors.loss(state, self.twin), 3)

    # ------------------------------------------------------------------------------ how it looks
    def set_look(self, look: Look) -> None:
        self._look = look
        self._fonts.clear()
        tint(self._name, look, "without" if self.twin else "with_")
        tint(self._words, look, "text")
        self._loss.setFont(look.font(1.15, 700 if look.bold > 1 else 600, tabular=True))
        self._dress_remedies()
        self._draw_badge()
        self._draw_mark()

    def _dress_remedies(self) -> None:
        for one in (*self._remedies, self._try):
            one.setFont(self._look.font(0.9, 500))
        self._menu.setFont(self._look.font())

    def _draw_badge(self) -> None:
        self._badge.setVisible(self._activation is not None)
        if self._activation is None:
            return
        color, panel = self._look.twin_color(self.twin), self._look.color("panel")
        self._badge.setPicture(marks.badge(self._activation, color, panel, self._sizes()[0], self._look.bold))

    def _draw_mark(self) -> None:
        color, panel = self._look.twin_color(self.twin), self._look.color("panel")
        size, kind, font = self._sizes()[1], self._verdict.mark, self._look.font(1, 700)
        self._mark.setPicture(marks.mark(kind, color, size, panel, font) if kind else QPicture())

    @property
    def form(self) -> str:
        """Which of the three forms there is room for."""
        if self._look.layout == "short":
            return "short"
        return "whole" if self.height() > WHOLE * self._look.em else "brief"

    def _sizes(self) -> tuple[int, int]:
        """The badge's and the mark's size, px."""
        badge, mark = {"whole": (2.85, 2.0), "brief": (2.4, 2.05), "short": (1.4, 1.2)}[self.form]
        return self._look.px(badge), self._look.px(mark)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._draw_badge()
        self._draw_mark()
        self._place()
        super().resizeEvent(event)

    # ------------------------------------------------------------------------------ where it is
    def name_width(self) -> int:
        """How much room badge and name take, px: verdicts of all lanes stand under each other."""
        if self.form != "whole":
            return 0
        font = self._fitted_font(
            self._name_text(), NAME_SIZES, 700, QSize(self.width() * 45 // 100, self.height())
        )
        return (
            self.name_left() + QFontMetrics(font).horizontalAdvance(self._name_text()) + self._look.px(1.05)
        )

    def align(self, verdict_left: int) -> None:
        """Put the verdict there, px from the left."""
        if verdict_left != self._aligned:
            self._aligned = verdict_left
            self._place()

    def _name_text(self) -> str:
        if self.form == "whole":
            return self._full_name
        plain = self._full_name.split(" (")[0]
        return f"{plain}: {self._verdict.short}" if self._verdict.short and self.form == "brief" else plain

    def name_left(self) -> int:
        """Where the name begins, px: behind the badge."""
        badge = self._sizes()[0]
        left = self._look.px({"whole": WHOLE_LEFT, "brief": BRIEF_LEFT, "short": 0}[self.form])
        return (
            left
            if self._badge.isHidden()
            else left + badge + self._look.px(0.68 if self.form == "whole" else 0.45)
        )

    def _place(self) -> None:
        self._loss.hide()
        if self.form == "whole":
            self._place_whole()
        elif self.form == "brief":
            self._place_brief()
        else:
            self._place_short()
        for one in self._remedies:
            one.setVisible(self.form == "whole")
        self._try.setVisible(self._offers and self.form != "whole" and bool(self._remedies))

    def _place_whole(self) -> None:
        px, (badge, mark) = self._look.px, self._sizes()
        row = px(3.42)
        self._badge.setGeometry(px(WHOLE_LEFT), (row - badge) // 2, badge, badge)
        left = max(self._aligned, self.name_width())
        self._put(self._name, self._name_text(), NAME_SIZES, 700,
                  QRect(self.name_left(), 0, left - self.name_left() - px(0.2), row))  # fmt: skip
        self._mark.setGeometry(left, (row - mark) // 2, mark, mark)
        words = left + mark + px(0.62)  # without a mark as well: nothing moves when it comes
        room = QRect(words, 0, self.width() - words - px(0.2), row)
        sentence = LAST_NUMBER.sub("\N{NO-BREAK SPACE}", self._verdict.sentence)
        self._put(self._words, sentence, VERDICT_SIZES, 600, room)
        self._words.setContentsMargins(0, 0, spared(sentence, self._words.font(), room.width()), 0)
        widths = [one.sizeHint().width() for one in self._remedies]
        x = min(words, self.width() - sum(widths) - px(0.4) * len(widths))
        for one, width in zip(self._remedies, widths, strict=True):
            one.setGeometry(QRect(QPoint(x, row), QSize(width, min(px(1.65), self.height() - row))))
            x += width + px(0.4)

    @property
    def _offers(self) -> bool:
        """Whether what helps is offered: not before a hall, which reads the verdict and its loss."""
        return self._look.layout != HALL

    @property
    def _brief_sizes(self) -> tuple[float, ...]:
        """In a hall's narrow lanes all names are so small that they leave room for every loss, em."""
        narrow = not self._offers and self.width() < NARROW * self._look.em
        return NARROW_SIZES if narrow else NAME_SIZES

    @property
    def _wedge(self) -> int:
        """How far the wedge to the surface reaches under the end of the row, px."""
        return round(WEDGE * RIGHT * self.width())

    def _place_brief(self) -> None:
        px, (badge, mark) = self._look.px, self._sizes()
        row, right = self.height(), self.width() - max(px(1.9 if self._offers else 0.9), self._wedge)
        self._badge.setGeometry(px(BRIEF_LEFT), (row - badge) // 2, badge, badge)
        left = self.name_left()
        self._mark.setGeometry(left, (row - mark) // 2, mark, mark)
        left += mark + px(0.6)
        least = NAME_SIZES[-2 if self._offers else -1]
        name = QFontMetrics(self._look.font(least, 700)).horizontalAdvance(self._name_text())
        helps = self._try.sizeHint().width() + px(0.5) if self._remedies and self._offers else 0
        for form, words in enumerate(self._losses):  # its name leaves before its number does
            self._loss_form = form
            self._loss.setText(words)
            loss = self._loss.sizeHint().width() + px(0.5)
            if left + name + loss + helps < right:
                break
        self._loss.setVisible(left + name + loss < right)
        if not self._loss.isHidden():
            self._loss.setGeometry(right - loss + px(0.5), 0, loss - px(0.5), row)
            right -= loss
        if self._remedies and self._offers:
            helps = self._try.sizeHint().width()
            self._try.setGeometry(right - helps, (row - px(1.8)) // 2, helps, px(1.8))
            right -= helps + px(0.5)
        self._put(self._name, self._name_text(), self._brief_sizes, 700, QRect(left, 0, right - left, row))
        self._words.hide()

    def _place_short(self) -> None:
        px, (badge, mark) = self._look.px, self._sizes()
        half = self.height() // 2
        self._badge.setGeometry(0, (half - badge) // 2, badge, badge)
        left = self.name_left()
        self._put(
            self._name, self._name_text(), (SHORT_NAME,), 700, QRect(left, 0, self.width() - left, half)
        )
        self._mark.setGeometry(px(0.1), half + (half - mark) // 2, mark, mark)
        left = px(0.5) + mark if self._verdict.mark else 0
        right = self.width()
        if self._remedies:
            helps = self._try.sizeHint().width()
            right -= helps
            self._try.setGeometry(right, half, helps, half)
        said = self._verdict.short or self._loss.text()
        self._words.setContentsMargins(0, 0, 0, 0)  # what a whole header spares would cut these
        self._put(self._words, said, (SHORT_NAME,), 600, QRect(left, half, right - left, half))

    def _put(self, on: QLabel, text: str, sizes: tuple[float, ...], weight: int, room: QRect) -> None:
        """Show a text in a rectangle, in the largest of these sizes that it fits in."""
        font = self._fitted_font(text, sizes, weight, room.size(), on.wordWrap())
        if on.font() != font:
            on.setFont(font)
        if not on.wordWrap():
            text = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        on.setText(text)
        on.setGeometry(room)
        on.show()

    def _fitted_font(
        self, text: str, sizes: tuple[float, ...], weight: int, room: QSize, wraps: bool = False
    ) -> QFont:
        key = (DIGIT.sub("0", text), sizes, weight, room.width(), room.height())
        if key not in self._fonts:
            self._fonts[key] = self._fit_font(text, sizes, weight, room, wraps)
        return self._fonts[key]

    def _fit_font(self, text: str, sizes: tuple[float, ...], weight: int, room: QSize, wraps: bool) -> QFont:
        flag = Qt.TextFlag.TextWordWrap if wraps else Qt.TextFlag.TextSingleLine
        for size in sizes:
            font = self._look.font(size, weight)
            needs = QFontMetrics(font).boundingRect(QRect(QPoint(0, 0), room), flag, text)
            if needs.width() <= room.width() and needs.height() <= room.height():
                break
        return font

    def sentence(self, state: State) -> str:
        """Name and verdict."""
        return f"{selectors.twin_name(state, self.twin)}: {selectors.verdict(state, self.twin).sentence}"


def spared(sentence: str, font: QFont, width: int) -> int:
    """What a line leaves free at its end, px, so that the last word does not stand alone on the next one."""
    wide, (whole, all_but_one, rest) = QFontMetrics(font).horizontalAdvance, heads(sentence)
    alone = wide(all_but_one) <= width < wide(whole)
    return width - wide(rest) - 1 if alone and rest else 0


def heads(sentence: str) -> tuple[str, str, str]:
    """A sentence, all of it but its last word, and but its last two."""
    words = sentence.split(" ")
    return sentence, " ".join(words[:-1]), " ".join(words[:-2])


def align(headers: Sequence[LaneHeader]) -> None:
    """Let the verdicts of all lanes stand under each other."""
    left = max((header.name_width() for header in headers), default=0)
    for header in headers:
        header.align(left)
