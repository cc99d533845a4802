"""The timeline: the whole run on one line, its events marked, a knob to go back and forth."""

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleValueChangeEvent,
    QColor,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)

from netviz.session import selectors
from netviz.session.actions import Scrub, Step, ToEnd
from netviz.session.state import State
from netviz.views.panel import Panel, Place
from netviz.views.theme import LABEL, THEMES, Look

KNOB, LINE = 0.62, 0.28  # the knob's radius and the line's width, em
TICK, TALL = 0.3, 0.52  # half a tick's width and height, em
ABOVE, BELOW = 0.58, 0.58  # em, from the line to the letters above and below it
NARROW = ("compact", "short")  # layouts in which only marks fit, and the run's ends are written beside it


class Label(NamedTuple):
    """Where a text stands: its left end, and 0 above the line or 1 below it."""

    left: float
    row: int


def place_labels(
    ticks: Sequence[float],
    widths: Sequence[float],
    low: float,
    high: float,
    gap: float,
    minor: Sequence[bool] = (),
) -> list[Label | None]:
    """Put a text at each tick, none over another: right of it, else left, else below; None: no room.

    Ticks and widths in px, ticks ascending; `gap` keeps a text off its tick and its neighbours. What is minor
    takes the room that the others leave above the line.
    """
    minor = minor or [False] * len(ticks)
    placed: list[Label | None] = [None] * len(ticks)
    taken: list[list[tuple[float, float]]] = [[], []]
    for i in sorted(range(len(ticks)), key=minor.__getitem__):
        for row in (0,) if minor[i] else (0, 1):
            for left in (ticks[i] + gap, ticks[i] - gap - widths[i]):
                right = left + widths[i]
                free = all(left > end + gap / 2 or right < start - gap / 2 for start, end in taken[row])
                if placed[i] is None and low <= left and right <= high and free:
                    placed[i] = Label(left, row)
                    taken[row].append((left, right))
    return placed


class TimelinePanel(Panel):
    """The run from step 0 to the furthest one reached."""

    def __init__(self, twin: int = 0) -> None:
        """Make the timeline; it shows all twins."""
        super().__init__(twin)
        self._look = Look(THEMES["light"], 14, "wide")
        self._state: State | None = None
        self._events: tuple[selectors.Event, ...] = ()
        self._painted: object = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName("Timeline")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMouseTracking(True)  # a mark under the mouse says what it marks

    def set_look(self, look: Look) -> None:
        self._look = look
        self.setMinimumHeight(look.px(2.6))
        self.update()

    def show_state(self, old: State | None, new: State) -> None:
        self._state = new
        if old is not None and (
            (old.playhead, old.furthest, old.playing, *_marked(old))
            == (new.playhead, new.furthest, new.playing, *_marked(new))
        ):  # fmt: skip
            return
        if old is None or _marked(old) != _marked(new) or new.bookmarks or new.reading:
            self._events = selectors.marks(new)
        if not new.playing:  # a screen reader needs no film
            self.setAccessibleDescription(self.sentence(new))
            QAccessible.updateAccessibility(QAccessibleValueChangeEvent(self, new.playhead))
        drawn = self._drawn(new)
        if drawn != self._painted:
            self._painted = drawn
            self.update()

    def _drawn(self, state: State) -> object:
        """All that the picture depends on, in px: while training the knob stays at the end."""
        ticks = tuple((round(self.x_of(event.step), 1), event) for event in self._events)
        ends = self._end_texts() if self._look.layout in NARROW else ()
        return round(self.x_of(self._playhead()), 1), ticks, ends

    def sentence(self, state: State) -> str:
        """Where the knob stands and what has happened."""
        end = selectors.epoch_number(state, state.furthest)
        told = "".join(f" {event.text}." for event in selectors.marks(state))
        return f"{selectors.epoch_text(state)} of {end}.{told}"

    # ------------------------------------------------------------------------------ where things are
    @property
    def _radius(self) -> float:
        """The knob's, px; area for area it is as much larger as lines are wider."""
        return float(self._look.px(KNOB * sqrt(self._look.bold)))

    def _ends(self) -> tuple[float, float]:
        """The line's ends in px."""
        knob = self._radius + self._look.line
        if self._look.layout not in NARROW or self._state is None:
            return knob, self.width() - knob
        metrics = QFontMetrics(self._look.font(1.0, 500, tabular=True))
        pad = self._look.px(0.5)
        low, high = (metrics.horizontalAdvance(text) + pad for text in self._end_texts())
        return low + knob, self.width() - high - knob

    def _end_texts(self) -> tuple[str, str]:
        assert self._state is not None
        return "0", selectors.epoch_number(self._state, self._state.furthest)

    def x_of(self, step: int) -> float:
        """Where a step is on the line, px."""
        low, high = self._ends()
        furthest = self._state.furthest if self._state else 0
        return low + (high - low) * (step / furthest if furthest else 0.0)

    def _step_at(self, x: float) -> int:
        low, high = self._ends()
        furthest = self._state.furthest if self._state else 0
        return round(min(1.0, max(0.0, (x - low) / max(1.0, high - low))) * furthest)

    # ------------------------------------------------------------------------------ what a person does
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.acted.emit(Scrub(self._step_at(event.position().x())))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.acted.emit(Scrub(self._step_at(x)))
        reach = self._look.px(2 * TICK)
        self.setToolTip("\n".join(one.text for one in self._events if abs(self.x_of(one.step) - x) <= reach))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        wishes = {
            Qt.Key.Key_Left: Step(-1),
            Qt.Key.Key_Right: Step(1),
            Qt.Key.Key_Home: Scrub(0),
            Qt.Key.Key_End: ToEnd(),
        }
        wish = wishes.get(Qt.Key(event.key()))
        if wish is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            self.acted.emit(wish)

    # ------------------------------------------------------------------------------ how it looks
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._state is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_line(painter)
            self._paint_events(painter)
            self._paint_knob(painter)

    def _middle(self) -> float:
        return self.height() * (0.5 if self._look.layout in NARROW else 0.51)

    def _paint_line(self, painter: QPainter) -> None:
        low, high = self._ends()
        y, width = self._middle(), self._look.px(LINE * self._look.bold)
        ink = self._look.color("text")
        painter.setPen(
            QPen(self._look.color("second"), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        )
        painter.drawLine(QPointF(low, y), QPointF(high, y))
        painter.setPen(QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(low, y), QPointF(self.x_of(self._playhead()), y))
        if self._look.layout in NARROW:
            painter.setFont(self._look.font(1.0, 500, tabular=True))
            first, last = self._end_texts()
            box = QRectF(self.rect())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, first)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, last)

    def _playhead(self) -> int:
        assert self._state is not None
        return min(self._state.playhead, self._state.furthest)

    def _paint_events(self, painter: QPainter) -> None:
        px, y, up = self._look.px, self._middle(), TALL * self._look.em
        ticks = [self.x_of(event.step) for event in self._events]
        for tick, event in zip(ticks, self._events, strict=True):
            painter.setPen(QPen(self._look.color("panel"), max(1.0, px(0.07))))
            painter.setBrush(self._color(event))
            box = QRectF(tick - px(TICK), y - up, px(2 * TICK), 2 * up)
            painter.drawRoundedRect(box, px(0.16), px(0.16))
        if self._look.layout in NARROW:
            return
        font = self._look.font(LABEL, 600, tabular=False)
        metrics = QFontMetrics(font)
        widths = [float(metrics.horizontalAdvance(event.text)) for event in self._events]
        painter.setFont(font)
        minor = [event.passed for event in self._events]
        places = place_labels(ticks, widths, 0, self.width(), self._radius + px(0.25), minor)
        for event, place in zip(self._events, places, strict=True):
            if place is not None:
                down = BELOW * self._look.em + metrics.capHeight() if place.row else -ABOVE * self._look.em
                painter.setPen(self._color(event))
                painter.drawText(QPointF(place.left, y + down), event.text)

    def _color(self, event: selectors.Event) -> QColor:
        """The twin's, or the text's for a person's own bookmark."""
        return self._look.color("text") if event.twin is None else self._look.twin_color(event.twin)

    def _paint_knob(self, painter: QPainter) -> None:
        px = self._look.px
        focus = self.hasFocus()
        painter.setPen(QPen(self._look.color("text"), px(0.3 if focus else 0.19) * self._look.bold))
        painter.setBrush(self._look.color("panel"))
        painter.drawEllipse(QPointF(self.x_of(self._playhead()), self._middle()), self._radius, self._radius)


def _marked(state: State) -> tuple[object, ...]:
    """What the marks on the line are made from."""
    return state.history, state.experiment, state.milestones, state.bookmarks


PANEL = Place("Timeline", "bottom", 10, "", TimelinePanel)
