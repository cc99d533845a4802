"""A panel painted like a page: it reads what it shows from the State; reading the same again costs little."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)

from netviz.core.activation import Activation
from netviz.session.state import State
from netviz.views.drawing.marks import draw_badge, draw_mark, draw_target
from netviz.views.panel import READING, Panel
from netviz.views.theme import INK, LABEL, PAPER, TITLE, Look

NARROW, WIDE = (20.3, 21.5), (42.0, 21.0)  # what a page is laid out for, em: as the column has it, and filled
SPLIT = 38.0  # em: from this width on a page may be wide
LARGEST = 2.2  # how much larger than the window's text a page's may grow
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
WRAP = Qt.TextFlag.TextWordWrap


class Run(NamedTuple):
    """Words of one colour and weight within a line."""

    words: str
    token: str | QColor = "text"
    weight: int = 400


def growth(nominal: tuple[float, float], look: Look, width: float, height: float) -> float:
    """How much larger than the window's text a page's may be, if it is laid out for that size, em."""
    return min(width / (nominal[0] * look.em), height / (nominal[1] * look.em))


def fitted(look: Look, width: float, height: float, nominal: tuple[float, float]) -> Look:
    """A look whose text grows with the room that a page has."""
    return look._replace(em=look.em * min(LARGEST, max(1.0, growth(nominal, look, width, height))))


@lru_cache(maxsize=256)
def font_of(look: Look, ems: float, weight: int) -> QFont:
    """A font in tabular figures; a painted page asks for the same ones again and again."""
    return look.font(ems, weight, tabular=True)


@lru_cache(maxsize=256)
def metrics_of(look: Look, ems: float, weight: int) -> QFontMetricsF:
    """The measures of that font."""
    return QFontMetricsF(font_of(look, ems, weight))


@lru_cache(maxsize=4096)
def text_width(look: Look, words: str, ems: float = 1.0, weight: int = 400) -> float:
    """How long words are on one line, px: a page asks for most again and again, and Qt takes its time."""
    return metrics_of(look, ems, weight).horizontalAdvance(words)


@lru_cache(maxsize=1024)
def text_height(look: Look, words: str, width: float, ems: float = 1.0, weight: int = 400) -> float:
    """How high words are when they wrap at a width, px."""
    return metrics_of(look, ems, weight).boundingRect(QRectF(0, 0, width, 10_000), WRAP, words).height()


class Sheet:
    """A painter that knows a look."""

    def __init__(self, painter: QPainter, look: Look, asked: QRectF | None = None) -> None:
        """Write with a painter in a look; `asked` is what is to be painted, None for everything."""
        self.painter, self.look, self._asked = painter, look, asked
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)

    def wants(self, box: QRectF) -> bool:
        """Whether any of a box is to be painted."""
        return self._asked is None or self._asked.intersects(box)

    @property
    def em(self) -> float:
        """The size of body text, px."""
        return self.look.em

    def color(self, token: str | QColor) -> QColor:
        """A token's colour, or the colour itself."""
        return token if isinstance(token, QColor) else self.look.color(token)

    def metrics(self, ems: float = 1.0, weight: int = 400) -> QFontMetricsF:
        """The measures of a font."""
        return metrics_of(self.look, ems, weight)

    def width(self, words: str, ems: float = 1.0, weight: int = 400) -> float:
        """How long words are on one line, px."""
        return text_width(self.look, words, ems, weight)

    def height(self, words: str, width: float, ems: float = 1.0, weight: int = 400) -> float:
        """How high words are when they wrap at a width, px."""
        return text_height(self.look, words, width, ems, weight)

    def text(
        self,
        words: str,
        box: QRectF,
        token: str | QColor = "text",
        ems: float = 1.0,
        weight: int = 400,
        align: Qt.AlignmentFlag = LEFT,
    ) -> float:
        """Write words that wrap, and return where they end, px from the top of the page."""
        self.painter.setFont(font_of(self.look, ems, weight))
        self.painter.setPen(self.color(token))
        self.painter.drawText(box, align | WRAP, words)
        return box.top() + self.height(words, box.width(), ems, weight)

    def runs(self, runs: Sequence[Run], left: float, middle: float, ems: float = 1.0) -> float:
        """Write runs on one line whose capitals are centred on `middle`; return where it ends, px."""
        for run in runs:
            metrics = metrics_of(self.look, ems, run.weight)
            self.painter.setFont(font_of(self.look, ems, run.weight))
            self.painter.setPen(self.color(run.token))
            self.painter.drawText(QPointF(left, middle + metrics.capHeight() / 2), run.words)
            left += self.width(run.words, ems, run.weight)
        return left

    def centred(
        self, words: str, at: QPointF, token: str | QColor = "text", ems: float = LABEL, weight: int = 400
    ) -> QRectF:
        """Write words on one line around a point, and return their box."""
        wide, high = self.width(words, ems, weight), self.metrics(ems, weight).capHeight()
        self.runs([Run(words, token, weight)], at.x() - wide / 2, at.y(), ems)
        return QRectF(at.x() - wide / 2, at.y() - high / 2, wide, high)

    def fitting(self, words: str, width: float, ems: float = 1.0, weight: int = 400) -> float | None:
        """The largest size up to `ems` at which words fit on one line, em; None where none does."""
        sizes = (ems * share for share in (1.0, 0.95, 0.9, 0.85, 0.8))
        return next((size for size in sizes if self.width(words, size, weight) <= width), None)

    def title(self, words: str, box: QRectF) -> float:
        """Write a panel's title; return where it ends."""
        return self.text(words, box, "text", TITLE, 700) + 0.3 * self.em

    def line(
        self, a: QPointF, b: QPointF, token: str | QColor = "outline", width: float | None = None
    ) -> None:
        """Draw a line."""
        self.painter.setPen(QPen(self.color(token), self.look.line if width is None else width))
        self.painter.drawLine(a, b)

    def frame(
        self,
        box: QRectF,
        fill: str | QColor | None = None,
        token: str | QColor = "outline",
        width: float | None = None,
    ) -> None:
        """Draw a rectangle."""
        self.painter.setPen(QPen(self.color(token), self.look.line if width is None else width))
        self.painter.setBrush(Qt.BrushStyle.NoBrush if fill is None else self.color(fill))
        self.painter.drawRect(box)

    def path(self, path: QPainterPath, pen: QPen, fill: QColor | None = None) -> None:
        """Draw a path."""
        self.painter.setPen(pen)
        self.painter.setBrush(Qt.BrushStyle.NoBrush if fill is None else fill)
        self.painter.drawPath(path)

    def pill(self, words: str, at: QPointF, ems: float = LABEL, outline: str | QColor = INK) -> QRectF:
        """Write words in a white rounded box around a point; return the box."""
        high = self.metrics(ems, 600).capHeight() + 0.62 * self.em
        wide = max(high, self.width(words, ems, 600) + 0.6 * self.em)
        box = QRectF(at.x() - wide / 2, at.y() - high / 2, wide, high)
        path = QPainterPath()
        path.addRoundedRect(box, 0.28 * self.em, 0.28 * self.em)
        self.path(path, QPen(self.color(outline), self.look.line), PAPER)
        self.centred(words, at, INK, ems, 600)
        return box

    def target(self, value: int, at: QPointF, size: float) -> None:
        """Draw a target's mark around a point."""
        box = QRectF(at.x() - size / 2, at.y() - size / 2, size, size)
        font = self.look.font(0.8, 700)
        font.setPixelSize(max(1, round(size * 0.62)))
        draw_target(self.painter, box, value, font, max(1.5, size * 0.08 * self.look.bold))

    def badge(self, activation: Activation, box: QRectF, twin: int) -> None:
        """Draw a twin's badge."""
        color, panel = self.look.twin_color(twin), self.look.color("panel")
        draw_badge(self.painter, box, activation, color, panel, self.look.bold)

    def mark(self, kind: str, box: QRectF, twin: int) -> None:
        """Draw a verdict's mark in the twin's colour."""
        self.painter.setFont(self.look.font())
        draw_mark(self.painter, kind, box, self.look.twin_color(twin), self.look.color("panel"))


class SheetPanel(Panel):
    """A panel that is painted; what it shows is read from the State once for each change."""

    below, beside = NARROW, WIDE  # what it is laid out for with its parts under and beside each other, em
    pace = READING

    def __init__(self, twin: int = 0) -> None:
        super().__init__(twin)
        self.base: Look | None = None
        self.told: object = None

    def read(self, state: State) -> object:
        """What is shown of a state: plain values that compare; an empty sheet reads nothing."""
        return None

    def draw(self, sheet: Sheet, box: QRectF) -> None:
        """Paint what was read into a box; an empty sheet stays blank."""

    def arrange(self, look: Look, box: QRectF) -> None:
        """Place the controls, if there are any."""

    def notice(self, old: State | None, new: State) -> None:
        """Take over what is not read, whether or not anything else has changed."""

    def slow(self, state: State) -> list[Callable[[], object]]:
        """What takes long to read: during training piece by piece, each kept until it is read."""
        return []

    def parts(self) -> list[QRectF]:
        """What of the page is painted part by part during training; none: it is painted whole."""
        return []

    def same(self, old: State, new: State) -> bool:
        """Whether nothing that this panel looks at has changed."""
        names = ("frame", "experiment", "view", "playing", "reduced_motion")
        return all(getattr(old, name) is getattr(new, name) for name in names)

    # ---------------------------------------------------------------------------------- the panel
    @property
    def look(self) -> Look | None:
        """The look that fits the panel's size."""
        nominal = self.beside if self.wide else self.below
        return fitted(self.base, self.width(), self.height(), nominal) if self.base else None

    @property
    def wide(self) -> bool:
        """Whether its parts are beside each other: where they fit, and not under each other but larger."""
        if self.base is None or self.width() < SPLIT * self.base.em:
            return False
        sizes = self.below, self.beside
        below, beside = (growth(size, self.base, self.width(), self.height()) for size in sizes)
        return below <= 1 or beside >= below

    @property
    def page(self) -> QRectF:
        """Where it may paint."""
        return QRectF(self.rect()).adjusted(2, 2, -2, -2)

    def set_look(self, look: Look) -> None:
        self.base = look
        self._arrange()
        self.update()

    def show_state(self, old: State | None, new: State) -> None:
        self.notice(old, new)
        if (old is None or not self.same(old, new)) and self._take(old, new):
            self.update()

    def showing(self, old: State | None, new: State) -> Iterator[None]:
        self.notice(old, new)
        if old is not None and self.same(old, new):
            return
        for read in self.slow(new):
            read()
            yield
        if self._take(old, new):
            for part in self.parts() or [QRectF(self.rect())]:
                self.update(part.toAlignedRect())
                yield

    def _take(self, old: State | None, new: State) -> bool:
        """Read what is shown of the new state; whether it is anything else than before."""
        told = self.read(new)
        if old is not None and told == self.told:
            return False
        self.told = told
        self.setAccessibleName(self.sentence(new))
        self._arrange()
        return True

    def _arrange(self) -> None:
        look = self.look
        if look is not None:
            self.arrange(look, self.page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self.look
        if look is None or self.told is None:
            return
        with QPainter(self) as painter:
            self.draw(Sheet(painter, look, QRectF(event.rect())), self.page)


def empty(sheet: Sheet, box: QRectF, head: str, words: str) -> None:
    """A panel that has nothing to show says so in the middle of its page: what, and what would help."""
    width = min(box.width(), 24 * sheet.em)
    left = box.left() + (box.width() - width) / 2
    heights = sheet.height(head, width, TITLE, 700), sheet.height(words, width)
    top = box.top() + max(0.0, (box.height() - sum(heights) - 0.5 * sheet.em) / 2.4)
    middle = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
    sheet.text(head, QRectF(left, top, width, heights[0] + 2), "text", TITLE, 700, middle)
    below = QRectF(left, top + heights[0] + 0.5 * sheet.em, width, heights[1] + 2)
    sheet.text(words, below, "second", align=middle)
