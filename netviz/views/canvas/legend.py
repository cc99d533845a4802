"""The one legend of values: what a colour means as an answer, and as a unit's value."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QLinearGradient, QPainter, QPainterPath, QPaintEvent, QPen

from netviz.core.points import TWO
from netviz.session import selectors as say
from netviz.session.state import State
from netviz.session.table_words import class_names
from netviz.views.drawing.crowd import CLASS_COLORS, CLASS_SHAPES, shape_path
from netviz.views.panel import Panel
from netviz.views.theme import INK, LABEL, PAPER, Look, value_color

REACH = 1.72  # the bar shows values from -REACH to REACH; its arrow ends stand for all beyond
TICKS = (-1.0, 0.0, 1.0)
ROW = 1.75  # of the capitals' height, from one row of words to the next
STEPS = 41  # stops of the gradient
SMALL = ("compact", "short")  # layouts in which the legend stands in the bottom bar
SENTENCE = "Colours: orange is answer 0 or unit value −1, white is ½ or 0, blue is 1 or +1; darker is beyond."


class Reading(NamedTuple):
    """A row of words under the bar: what it reads, and the words at TICKS."""

    label: str
    ticks: tuple[str, str, str]


ANSWER = Reading("answer ŷ", ("0", "½", "1"))
UNITS = Reading("units x, h", ("−1", "0", "+1"))
SHORT = Reading("answer", ANSWER.ticks)


NUMBERS = Reading("answer ŷ", UNITS.ticks)
PALE = "paler: less sure"


def reading(state: State) -> Reading:
    """What the colours of answers mean here."""
    if say.kind(state) == "numbers":
        return NUMBERS
    return ANSWER if say.ends(state) == TWO else ANSWER._replace(ticks=("−1", "0", "1"))


class Legend(Panel):
    """The value colours with arrow ends, and both readings; only the answer's where room is short."""

    def __init__(self, twin: int = 0) -> None:
        super().__init__(twin)
        self.reading, self.classes, self.marked = ANSWER, 0, False
        self.names: tuple[str, ...] = ()  # of the classes, where a table gives them
        self._look: Look | None = None
        self.setAccessibleName("Legend")
        self.setAccessibleDescription(SENTENCE)
        self.setToolTip(SENTENCE)

    def set_look(self, look: Look) -> None:
        """Take on a theme, a text size and a layout."""
        self._look = look
        self.updateGeometry()
        self.update()

    def show_state(self, old: State | None, new: State) -> None:
        """Say what colours mean in this problem."""
        if old is not None and old.experiment is new.experiment:
            return
        kind, names = say.kind(new), class_names(say.settings(new, 0))
        classes = say.points(new).y.shape[1] if kind == "many" else 0
        found = reading(new), classes, kind == "classes" and not say.on_corners(new), names
        if found != (self.reading, self.classes, self.marked, self.names):
            self.reading, self.classes, self.marked, self.names = found
            self._tell()
            self.update()

    def _tell(self) -> None:
        low, middle, high = self.reading.ticks
        named = f" ({', '.join(self.names)})" if self.names else ""
        words = (
            f"Colours: one for each of {self.classes} classes{named}, {PALE}; units: orange is −1, blue +1."
            if self.classes
            else SENTENCE.replace("0 or unit", f"{low} or unit")
            .replace("½", middle)
            .replace("1 or +1", f"{high} or +1")
        )
        self.setAccessibleDescription(words)
        self.setToolTip(words)

    def sizeHint(self) -> QSize:
        look = self._look
        return QSize(look.px(14.7), look.px(2.6)) if look else super().sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._look is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.classes:
                self._paint_classes(painter, self._look)
            elif self._look.layout in SMALL:
                self._paint_small(painter, self._look)
            else:
                self._paint_whole(painter, self._look)

    def _paint_whole(self, painter: QPainter, look: Look) -> None:
        """Below a surface: the bar on the right, both readings with their names on the left."""
        font = look.font(LABEL)
        thick = min(0.52 * look.em, self.height() * 0.17)
        row = min(QFontMetricsF(font).capHeight() * ROW, self.height() * 0.34)
        top = max(thick * 0.35, self.height() / 2 - (thick * 1.35 + 2 * row) / 2)
        unit = 0.218 * self.width()
        middle = self.width() * 0.975 - REACH * unit
        self._bar(painter, look, QRectF(middle - REACH * unit, top, 2 * REACH * unit, thick))
        if self.marked:
            self._class_marks(painter, look, top + thick * 1.35 + row * 0.5, middle, unit)
        for line, words in enumerate((self.reading, UNITS)):
            self._row(painter, look, words, top + thick * 1.35 + row * (line + 0.5), middle, unit)

    def _flow(self, look: Look) -> tuple[tuple[float, int], ...]:
        """Where each class's mark and name begin, and in which of two rows; () where they have no room."""
        metrics, x, row, places = QFontMetricsF(look.font(LABEL, 500)), 0.0, 0, list[tuple[float, int]]()
        for name in self.names:
            wide = 1.1 * look.em + metrics.horizontalAdvance(name)
            if places and x + wide > self.width():
                x, row = 0.0, row + 1
            places.append((x, row))
            x += wide + 0.8 * look.em
            if row > 1 or wide > self.width():
                return ()
        return tuple(places)

    def _paint_names(self, painter: QPainter, look: Look, places: tuple[tuple[float, int], ...]) -> None:
        """Every class's mark and name; what a pale colour means where a row is left for it."""
        painter.setFont(look.font(LABEL, 500))
        rows = self.height() * 0.32, self.height() * 0.72
        if places[-1][1] == 0:
            painter.setPen(look.color("second"))
            _write(painter, PALE, 0.0, rows[1], Qt.AlignmentFlag.AlignLeft)
        for number, (x, row) in enumerate(places):
            self._mark(painter, look, number, x + 0.45 * look.em, rows[row])
            painter.setPen(look.color("text"))
            _write(painter, self.names[number], x + 1.1 * look.em, rows[row], Qt.AlignmentFlag.AlignLeft)

    def _mark(self, painter: QPainter, look: Look, number: int, x: float, y: float) -> None:
        painter.setPen(QPen(PAPER, 1))
        painter.setBrush(QColor(CLASS_COLORS[number]))
        painter.drawPath(shape_path(CLASS_SHAPES[number], 0.42 * look.em).translated(x, y))

    def _paint_classes(self, painter: QPainter, look: Look) -> None:
        """Every class's mark and name or number, and what a pale colour means."""
        font = look.font(LABEL, 500)
        places = self._flow(look) if self.names and look.layout not in SMALL else ()
        if places:
            self._paint_names(painter, look, places)
            return
        cell = min(2.3 * look.em, (self.width() - 3.2 * look.em) / self.classes)
        row = self.height() * (0.5 if look.layout in SMALL else 0.32)
        painter.setFont(font)
        painter.setPen(look.color("second"))
        _write(painter, "class", 0.0, row, Qt.AlignmentFlag.AlignLeft)
        if look.layout not in SMALL:
            _write(painter, PALE, 0.0, self.height() * 0.72, Qt.AlignmentFlag.AlignLeft)
        for number in range(self.classes):
            x = 3.0 * look.em + (number + 0.4) * cell
            self._mark(painter, look, number, x, row)
            painter.setPen(look.color("text"))
            _write(painter, str(number + 1), x + 0.7 * look.em, row, Qt.AlignmentFlag.AlignLeft)

    def _paint_small(self, painter: QPainter, look: Look) -> None:
        """In the bottom bar: the answer's reading alone."""
        font = look.font(LABEL, 500)
        room = QFontMetricsF(font).horizontalAdvance(SHORT.label) + 0.6 * look.em
        thick, row = 0.85 * look.em, QFontMetricsF(font).capHeight()
        top = (self.height() - thick - 1.6 * row) / 2
        bar = QRectF(room, top, self.width() - room - look.line, thick)
        self._bar(painter, look, bar)
        unit = bar.width() / 2 / REACH
        self._row(
            painter, look, self.reading._replace(label=""), bar.bottom() + row * 1.1, bar.center().x(), unit
        )
        painter.setPen(look.color("text"))
        painter.setFont(font)
        _write(painter, SHORT.label, 0.0, bar.center().y(), Qt.AlignmentFlag.AlignLeft)

    def _class_marks(self, painter: QPainter, look: Look, y: float, middle: float, unit: float) -> None:
        """The two classes' marks beside the answers that stand for them."""
        metrics = QFontMetricsF(look.font(LABEL))
        painter.setPen(QPen(PAPER, 1))
        for number, value in enumerate((TICKS[0], TICKS[-1])):
            aside = metrics.horizontalAdvance(self.reading.ticks[2 * number]) / 2 + 0.75 * look.em
            painter.setBrush(QColor(CLASS_COLORS[number]))
            mark = shape_path(CLASS_SHAPES[number], 0.36 * look.em)
            painter.drawPath(mark.translated(middle + value * unit + aside, y))

    def _bar(self, painter: QPainter, look: Look, box: QRectF) -> None:
        """The value colours, their arrow ends, and the ticks."""
        gradient = QLinearGradient(box.topLeft(), box.topRight())
        for i in range(STEPS):
            share = i / (STEPS - 1)
            gradient.setColorAt(share, value_color((2 * share - 1) * REACH))
        projector = look.theme.name == "projector"
        painter.setPen(QPen(look.color("outline"), 0.7 * look.line) if projector else QPen(Qt.PenStyle.NoPen))
        painter.setBrush(gradient)
        painter.drawPath(_arrows(box))
        tick = look.color("text")
        painter.setPen(QPen(tick, max(1.5, look.line), Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        unit, over = box.width() / 2 / REACH, 0.2 * box.height()
        for value in TICKS:
            x = box.center().x() + value * unit
            painter.setPen(QPen(INK if value == 0 and not projector else tick, max(1.5, look.line)))
            painter.drawLine(QPointF(x, box.top() - over), QPointF(x, box.bottom() + over))

    def _row(
        self, painter: QPainter, look: Look, reading: Reading, y: float, middle: float, unit: float
    ) -> None:
        painter.setFont(look.font(LABEL, 500 if look.layout in SMALL else 400))
        painter.setPen(look.color("second"))
        _write(painter, reading.label, 0.0, y, Qt.AlignmentFlag.AlignLeft)
        painter.setPen(look.color("text"))
        for value, words in zip(TICKS, reading.ticks, strict=True):
            _write(painter, words, middle + value * unit, y, Qt.AlignmentFlag.AlignHCenter)


def _arrows(box: QRectF) -> QPainterPath:
    """A bar whose ends are arrow heads: the scale goes on."""
    head = 0.9 * box.height()
    path = QPainterPath(QPointF(box.left(), box.center().y()))
    for x, y in (
        (box.left() + head, box.top()), (box.right() - head, box.top()), (box.right(), box.center().y()),
        (box.right() - head, box.bottom()), (box.left() + head, box.bottom()),
    ):  # fmt: skip
        path.lineTo(x, y)
    path.closeSubpath()
    return path


def _write(painter: QPainter, words: str, x: float, y: float, aligned: Qt.AlignmentFlag) -> None:
    """Write words whose capitals are centred on y."""
    metrics = QFontMetricsF(painter.font())
    width = metrics.horizontalAdvance(words)
    left = x - width / 2 if aligned == Qt.AlignmentFlag.AlignHCenter else x
    painter.drawText(QPointF(left, y + metrics.capHeight() / 2), words)
