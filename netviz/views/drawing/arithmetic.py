"""The arithmetic of a unit, painted: rows that add up or one line across, its curve and its result."""

from functools import lru_cache, partial
from math import isfinite
from typing import Any, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
)

from netviz.core.activation import Activation
from netviz.session.instruments.inside import Inside, plain, state_text
from netviz.session.instruments.walk import Row
from netviz.session.text import shown
from netviz.views.drawing.curves import Frame, curve_path, doubled, value_range
from netviz.views.drawing.marks import drawing, pen
from netviz.views.theme import LABEL, TITLE, Look


class Form(NamedTuple):
    """What a form of the picture is drawn for, in its own em."""

    width: float
    height: float


COLUMN, ACROSS = Form(23.0, 24.0), Form(44.0, 16.0)
LEAST_ACROSS = 40.0  # em: a narrower page has no room for one line across
LARGEST = 2.2  # how much larger than em a picture that fills the window may become
MOST_ACROSS = 3  # inputs that the horizontal form has room for
ROWS_WIDE = 25.0  # of the rows of an addition: beyond, the eye loses the line
PRODUCT, LEAST_PAIRED, TIGHT = " × weight", 4, 1.22  # rows lower than this (units) share lines, if so many
ROW = 1.55  # the height of a row of arithmetic, in units of the picture
CURVE_LEAST, CURVE_MOST, CURVE_TALL = 4.2, 9.0, 11.0  # the curve's height; where all is across, too
MOST_AIR = 2.5  # units between the parts of what is across, in a high page


class Line(NamedTuple):
    """A sentence under the arithmetic."""

    text: str
    color: str  # a token of the theme
    weight: int = 400


class Picture(NamedTuple):
    """All that is drawn; the same picture again is not painted again."""

    title: str
    rows: tuple[Row, ...]
    total: int | None  # the row under the line of addition
    inside: Inside | None  # the unit whose curve is shown
    reached: bool  # the activation has been: its dot and the result are there
    lines: tuple[Line, ...]
    strong: bool = False  # the last row is the newest


@lru_cache(maxsize=128)
def _font(look: Look, ems: float, weight: int) -> QFont:
    return look.font(ems, weight, tabular=True)


class Drawing:
    """What both forms are drawn with; `unit` is the em of this picture, px."""

    def __init__(
        self, painter: QPainter, look: Look, unit: float, picture: Picture, kept: dict[str, Any]
    ) -> None:
        self.painter, self.look, self.unit, self.picture = painter, look, unit, picture
        self.kept = kept  # the curve's frame, drawn before

    def font(self, ems: float, weight: int = 400) -> QFont:
        """A size of this picture."""
        return _font(self.look, ems * self.unit / self.look.em, weight)

    def fitting(self, text: str, ems: float, weight: int, width: float) -> QFont:
        """The size, or the largest one below it in which the text is no wider than this."""
        font = self.font(ems, weight)
        wide = QFontMetricsF(font).horizontalAdvance(text)
        return font if wide <= width else self.font(ems * width / wide, weight)

    def write(
        self,
        text: str,
        box: QRectF,
        font: QFont,
        color: QColor,
        flags: Qt.AlignmentFlag | int = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        """Write into a box, in the middle of its height."""
        self.painter.setFont(font)
        self.painter.setPen(color)
        self.painter.drawText(box, int(flags) | int(Qt.AlignmentFlag.AlignVCenter), text)

    def color(self, token: str) -> QColor:
        """A colour of the theme."""
        return self.look.color(token)

    def lines_height(self, lines: tuple[Line, ...], width: float) -> float:
        """How high the sentences become, px."""
        return sum(self._line_box(line, width).height() + 0.35 * self.unit for line in lines)

    def _line_box(self, line: Line, width: float) -> QRectF:
        flags = int(Qt.TextFlag.TextWordWrap)
        return QFontMetricsF(self.font(1.0, line.weight)).boundingRect(
            QRectF(0, 0, width, 10_000), flags, line.text
        )

    def draw_lines(self, lines: tuple[Line, ...], box: QRectF) -> None:
        """Write the sentences under each other from the top of a box."""
        top = box.top()
        for line in lines:
            height = self._line_box(line, box.width()).height()
            self.painter.setFont(self.font(1.0, line.weight))
            self.painter.setPen(self.color(line.color))
            place = QRectF(box.left(), top, box.width(), height + 2)
            self.painter.drawText(place, int(Qt.TextFlag.TextWordWrap), line.text)
            top += height + 0.35 * self.unit

    def arrow(self, box: QRectF) -> None:
        """A filled arrow to the right, as long as the box."""
        middle, head, half = box.center().y(), 0.8 * self.unit, 0.18 * self.unit
        neck, right, wing = box.right() - head, box.right(), 0.62 * self.unit
        corners = [
            (box.left(), middle - half), (neck, middle - half), (neck, middle - wing), (right, middle),
            (neck, middle + wing), (neck, middle + half), (box.left(), middle + half),
        ]  # fmt: skip
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(self.color("text"))
        self.painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in corners]))

    def curve(self, box: QRectF, found: Inside) -> None:
        """The activation in its frame, with a dot where the sum stands; the same frame is drawn once."""
        reach = doubled(1.15 * found.sum)
        key = (
            found.activation,
            bool(found.unit.twin),
            reach,
            box.width(),
            box.height(),
            self.unit,
            self.look,
        )
        inset = 0.6 * self.unit
        frame = Frame(
            box.adjusted(inset, inset, -inset, -inset), reach, *value_range(found.activation, reach)
        )
        if self.kept.get("key") != key:
            draw = partial(self._draw_framed, box=box, frame=frame, found=found)
            self.kept |= {"key": key, "picture": drawing(box.width(), box.height(), draw)}
        self.painter.drawPicture(box.topLeft(), self.kept["picture"])
        if self.picture.reached:
            self._dot(frame, found, self.kept["lines"].translated(box.topLeft()))

    def _draw_framed(self, painter: QPainter, box: QRectF, frame: Frame, found: Inside) -> None:
        """The frame: axes, curve and name."""
        line, color = self.look.line, self.look.twin_color(found.unit.twin)
        painter.translate(-box.topLeft())
        painter.setPen(QPen(color, 1.6 * line))
        painter.setBrush(self.color("panel"))
        edge = box.adjusted(line, line, -line, -line)
        painter.drawRoundedRect(edge, 0.35 * self.unit, 0.35 * self.unit)
        axes = QPainterPath(frame.at(-frame.reach, 0))
        axes.lineTo(frame.at(frame.reach, 0))
        axes.moveTo(frame.at(0, frame.low))
        axes.lineTo(frame.at(0, frame.high))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.color("outline"), line))
        painter.drawPath(axes)
        path = curve_path(frame, found.activation.value)
        painter.setClipRect(edge)
        painter.setPen(pen(color, 0.3 * self.unit))
        painter.drawPath(path)
        self._curve_name(painter, box, path, found.activation, color)
        path.addPath(axes)
        self.kept["lines"] = path.translated(-box.topLeft())

    def _dot(self, frame: Frame, found: Inside, lines: QPainterPath) -> None:
        """The sum on the curve, and its name where neither the curve nor an axis is."""
        unit, half = self.unit, 0.55 * self.unit
        z = min(max(found.sum, -frame.reach), frame.reach)
        dot = frame.at(z, min(max(found.value, frame.low), frame.high))
        if not isfinite(dot.x() + dot.y()):
            return  # numbers that left the range stand nowhere
        self.painter.setPen(QPen(self.color("text"), 2 * self.look.line))
        self.painter.setBrush(self.color("panel"))
        self.painter.drawEllipse(dot, 0.42 * unit, 0.42 * unit)
        offsets = [(0, 1.1), (0, -1.1), (1, 0.9), (-1, -0.9), (1, -0.9), (-1, 0.9), (1.2, 0), (-1.2, 0)]
        places = [
            QRectF(dot.x() + x * unit - half, dot.y() + y * unit - half, 2 * half, 2 * half)
            for x, y in offsets
        ]
        room = frame.box.adjusted(-half, -half, half, half)
        free = [place for place in places if room.contains(place) and not lines.intersects(place)]
        self.write(
            "z", (free or places)[0], self.font(LABEL, 700), self.color("text"), Qt.AlignmentFlag.AlignHCenter
        )

    def _curve_name(
        self, painter: QPainter, box: QRectF, path: QPainterPath, activation: Activation, color: QColor
    ) -> None:
        """The activation's name, in the corner that the curve leaves free."""
        font = self.fitting(activation.label, LABEL, 700, 0.46 * box.width())
        metrics = QFontMetricsF(font)
        width, height = metrics.horizontalAdvance(activation.label) + 2, metrics.height()
        inset = 0.35 * self.unit
        inner = box.adjusted(inset, inset / 2, -inset, -inset / 2)
        corners = [
            QRectF(inner.right() - width, inner.bottom() - height, width, height),
            QRectF(inner.left(), inner.top(), width, height),
            QRectF(inner.right() - width, inner.top(), width, height),
            QRectF(inner.left(), inner.bottom() - height, width, height),
        ]
        free = next((corner for corner in corners if not path.intersects(corner)), corners[0])
        painter.setFont(font)
        painter.setPen(color)
        painter.drawText(free, int(Qt.AlignmentFlag.AlignVCenter), activation.label)

    def result(self, box: QRectF, found: Inside, ems: float) -> None:
        """The value, large, and under it what it is called."""
        text, called = shown(found.value), state_text(found)
        font = self.fitting(text, ems, 700, box.width())
        high, low = 1.25 * ems * self.unit, 1.5 * self.unit
        top = box.center().y() - (high + low) / 2
        middle = Qt.AlignmentFlag.AlignHCenter
        color = self.look.twin_color(found.unit.twin)
        self.write(text, QRectF(box.left(), top, box.width(), high), font, color, middle)
        label = self.fitting(called, LABEL, 400, box.width())
        self.write(
            called, QRectF(box.left(), top + high, box.width(), low), label, self.color("second"), middle
        )


class Column(Drawing):
    """The arithmetic as an addition, the curve under it, then the sentences."""

    def draw(self, box: QRectF) -> None:
        """Fill the box from its top."""
        picture, unit = self.picture, self.unit
        title = self.fitting(picture.title, TITLE, 700, box.width())
        self.write(
            picture.title, QRectF(box.left(), box.top(), box.width(), 1.7 * unit), title, self.color("text")
        )
        top = box.top() + 2.1 * unit
        below, count, paired = picture.lines, len(picture.rows), 0
        curve = CURVE_LEAST * unit + 1.0 * unit if picture.inside else 0.0
        room = box.bottom() - top - self.lines_height(below, box.width()) - curve
        if room < TIGHT * unit * count:
            paired = self._terms()
            if room < TIGHT * unit * (count - paired // 2):  # the numbers count more than the aside
                below = tuple(line for line in below if line.color != "second")
        words = self.lines_height(below, box.width())
        room, lines = box.bottom() - top - words - curve, max(1, count - paired // 2)
        high = min(ROW * unit, room / lines)
        wide = min(box.width(), ROWS_WIDE * unit)
        top = self._rows(QRectF(box.left(), top, wide, high * lines), high, paired) + 0.5 * unit
        if picture.inside:
            height = min(CURVE_MOST * unit, box.bottom() - top - words - 0.6 * unit)
            self._curve_row(QRectF(box.left(), top, box.width(), height), picture.inside)
            top += height + 0.6 * unit
        self.draw_lines(below, QRectF(box.left(), top, box.width(), box.bottom() - top))

    def _terms(self) -> int:
        """How many products stand at the top: where rows are tight they share lines, two on each."""
        rows = self.picture.rows
        found = next((i for i, row in enumerate(rows) if not row.label.endswith(PRODUCT)), len(rows))
        return found if found >= LEAST_PAIRED and self.picture.total is not None else 0

    def _rows(self, box: QRectF, high: float, paired: int) -> float:
        """The rows of an addition, the first ones two on a line; returns where they end, px."""
        rows, half = self.picture.rows, -(-paired // 2)
        gap = 0.8 * self.unit
        for side in range(2 if paired else 0):
            left = box.left() + side * (box.width() + gap) / 2
            column = QRectF(left, box.top(), (box.width() - gap) / 2, high * half)
            mine = [row._replace(label=row.label.removesuffix(PRODUCT)) for row in rows[:paired]]
            self._lines(column, mine[side * half : (side + 1) * half], high, None)
        total = self.picture.total
        below = box.adjusted(0, high * half, 0, 0)
        self._lines(below, list(rows[paired:]), high, None if total is None else total - paired)
        return box.bottom()

    def _lines(self, box: QRectF, rows: list[Row], high: float, total: int | None) -> None:
        """Rows under each other, a line above the total."""
        unit, right = self.unit, Qt.AlignmentFlag.AlignRight
        plain_font, strong = self._row_fonts(rows, box.width(), high)
        wide = max((QFontMetricsF(strong).horizontalAdvance(row.result) for row in rows), default=0.0)
        advance = QFontMetricsF(plain_font).horizontalAdvance
        tight = any(advance(row.label + row.working) + wide + unit > box.width() for row in rows)
        for i, row in enumerate(rows):
            working = row.working.replace(" × ", "×") if tight else row.working
            line = QRectF(box.left(), box.top() + i * high, box.width(), high)
            newest = i == total or (self.picture.strong and row is self.picture.rows[-1])
            self.write(row.label, line, plain_font, self.color("text" if newest else "second"))
            middle = line.adjusted(0, 0, -wide - 0.6 * unit, 0)
            self.write(working, middle, plain_font, self.color("text"), right)
            self.write(row.result, line, strong if newest else plain_font, self.color("text"), right)
            if i == total:
                self.painter.setPen(QPen(self.color("text"), self.look.line))
                self.painter.drawLine(QPointF(line.right() - wide - 1.2 * unit, line.top()), line.topRight())

    def _row_fonts(self, rows: list[Row], width: float, high: float) -> tuple[QFont, QFont]:
        """The size in which the widest row fits, for numbers and for the total."""
        ems = min(1.0, high / self.unit / 1.25)
        advance = QFontMetricsF(self.font(ems)).horizontalAdvance
        widest = [advance(row.label) + advance(row.working) + advance(row.result) for row in rows]
        share = min(1.0, (width - 1.6 * self.unit) / max([1.0, *widest]))
        return self.font(ems * share), self.font(ems * share * 1.05, 700)

    def _curve_row(self, box: QRectF, found: Inside) -> None:
        share = min(0.56 * box.width(), 2.2 * box.height())
        frame = QRectF(box.left(), box.top(), share, box.height()).adjusted(2, 2, -2, -2)
        self.curve(frame, found)
        if self.picture.reached:
            arrow = QRectF(frame.right() + 0.5 * self.unit, box.top(), 1.7 * self.unit, box.height())
            self.arrow(arrow)
            left = arrow.right() + 0.4 * self.unit
            width = min(box.right() - left, 11 * self.unit)
            self.result(QRectF(left, box.top(), width, box.height()), found, 2.3)


class Across(Drawing):
    """The arithmetic as one sum with its names below it, the curve, the result, the sentences."""

    def draw(self, box: QRectF) -> None:
        """Fill the box: one line of arithmetic, and under it curve, result and sentences."""
        picture, unit, found = self.picture, self.unit, self.picture.inside
        if found is None:
            return
        title = self.fitting(picture.title, TITLE, 700, box.width())
        self.write(
            picture.title, QRectF(box.left(), box.top(), box.width(), 1.7 * unit), title, self.color("text")
        )
        height = min(CURVE_TALL * unit, box.height() - 8 * unit)
        air = min(MOST_AIR * unit, (box.height() - height - 8 * unit) / 3)
        self._sum(QRectF(box.left(), box.top() + 2.4 * unit + air, box.width(), 4.4 * unit), found)
        low = QRectF(box.left(), box.top() + 7.6 * unit + 2 * air, box.width(), height)
        frame = QRectF(low.left(), low.top(), min(12.8 * unit, 1.9 * height), height).adjusted(2, 2, -2, -2)
        self.curve(frame, found)
        arrow = QRectF(frame.right() + 0.6 * unit, low.top(), 2 * unit, height)
        self.arrow(arrow)
        value = QRectF(arrow.right() + 0.4 * unit, low.top(), 7.0 * unit, height)
        self.result(value, found, 2.6)
        words = QRectF(value.right() + 0.8 * unit, 0, box.right() - value.right() - 0.8 * unit, height)
        words.moveTop(low.top() + max(0.0, (height - self.lines_height(picture.lines, words.width())) / 2))
        self.draw_lines(picture.lines, words)

    def _sum(self, box: QRectF, found: Inside, ems: float = 2.4) -> None:
        """1 × −0.94 + 0 × 0.88 + 0.11 = −0.83, each part named below it."""
        parts = [(f"{plain(t.value)} × {shown(t.weight)}", f"{t.name} × weight") for t in found.terms]
        minus = found.bias < 0
        signs = ["+"] * (len(parts) - 1) + ["−" if minus else "+", "="]
        parts += [(shown(abs(found.bias)), "bias"), (shown(found.sum), "sum z")]
        whole = "".join(text for text, _ in parts) + "".join(f" {sign} " for sign in signs)
        font = self.fitting(whole, ems, 600, 0.93 * box.width())
        strong, label, left = QFont(font), self.font(LABEL), box.left()
        strong.setWeight(QFont.Weight.Bold)
        advance, middle = QFontMetricsF(strong).horizontalAdvance, Qt.AlignmentFlag.AlignHCenter
        for i, (text, name) in enumerate(parts):
            last = i == len(parts) - 1
            width = max(advance(text), QFontMetricsF(label).horizontalAdvance(name)) + 2
            upper = QRectF(left, box.top(), width, 0.55 * box.height())
            self.write(text, upper, strong if last else font, self.color("text"), middle)
            lower = QRectF(left, upper.bottom(), width, 0.4 * box.height())
            self.write(name, lower, label, self.color("second"), middle)
            left += width
            if not last:
                gap = advance(f" {signs[i]} ")
                self.write(
                    signs[i], QRectF(left, box.top(), gap, upper.height()), font, self.color("text"), middle
                )
                left += gap
