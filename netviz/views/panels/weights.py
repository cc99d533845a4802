"""How large each layer's weights are: a histogram for both twins on one scale, with where they started."""

from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainterPath, QPen

from netviz.session import selectors
from netviz.session.instruments.weighing import (
    BINS,
    Counts,
    Histograms,
    Layer,
    Weighed,
    histograms,
    range_text,
    told,
)
from netviz.session.state import State
from netviz.session.text import shown
from netviz.views.drawing.sheet import Run, Sheet, SheetPanel
from netviz.views.panel import Place
from netviz.views.theme import LABEL

TITLE_TEXT = "Weights"
SAID, OUTLINED = "Their values now", "; outlined: at the start"
HEAD, AXIS, GAP, NUMBER = 1.25, 1.5, 0.3, 1.2  # em: a row's words, values, room between rows, a row's number
OUTPUT = "ŷ"
SAYS = 1.6  # em, the line below the title
APART = [Run("   ")]
LEAST, MOST = 2.2, 12.0  # em, a row's plot: lower ones lose their words and outlines first
DASH = [2.0, 2.0]


class WeightsPanel(SheetPanel):
    """A row for each layer: the first twin's bars stand, the second's hang from the same line."""

    def read(self, state: State) -> Histograms:
        return histograms(state)

    def sentence(self, state: State) -> str:
        return told(state)

    def draw(self, sheet: Sheet, box: QRectF) -> None:
        found, em = self.told, sheet.em
        assert isinstance(found, Histograms)
        top = sheet.title(TITLE_TEXT, box)
        room = (box.bottom() - (AXIS + SAYS) * em - top) / len(found.layers)
        lines = next((lines for lines in (2, 1) if room >= (lines * HEAD + LEAST) * em), 0)
        said = f"{SAID}{OUTLINED if lines else ''}."
        sheet.text(said, QRectF(box.left(), top, box.width(), SAYS * em), "second", LABEL)
        top += SAYS * em
        margin, gap = (0.0, GAP * em) if lines else (NUMBER * em, min(GAP * em, room / 8))
        plot = QRectF(box.left() + margin, top, box.width() - margin, 0)
        heads = [min(lines, 1 if _beside(sheet, layer, box.width()) else 2) for layer in found.layers]
        tall = min(MOST * em, room - sum(heads) / len(heads) * HEAD * em - gap)
        for number, layer in enumerate(found.layers, 1):
            top = plot.bottom() + (gap if number > 1 else 0)
            if lines:
                top = _words(sheet, layer, QRectF(box.left(), top, box.width(), HEAD * em), lines > 1)
            plot = QRectF(plot.left(), top, plot.width(), tall)
            if not lines:
                name = OUTPUT if number == len(found.layers) else str(number)
                sheet.centred(name, QPointF(box.left() + margin / 3, plot.center().y()), "second")
            _plot(sheet, layer, plot, outlined=bool(lines))
        _axis(sheet, found.reach, QRectF(plot.left(), plot.bottom(), plot.width(), AXIS * em))


def _words(sheet: Sheet, layer: Layer, box: QRectF, two: bool) -> float:
    """Into which layer, and from where to where each twin's weights go; return where the words end."""
    head, place = _head(layer), box.left()
    beside = _beside(sheet, layer, box.width())
    if beside is not None or not two:
        sheet.runs([head, *APART, *(beside or [])], place, box.center().y(), LABEL)
        return box.bottom()
    sheet.runs([head], place, box.center().y(), LABEL)
    exact, plain = (_ranges(layer, zeros) for zeros in (True, False))
    below = next((runs for runs in (exact, plain) if _width(sheet, runs) <= box.width()), plain[:1])
    sheet.runs(below, place, box.center().y() + box.height(), LABEL)
    return box.bottom() + box.height()


def _head(layer: Layer) -> Run:
    """Into which layer."""
    return Run(f"Into {layer.name}", "text", 600)


def _beside(sheet: Sheet, layer: Layer, width: float) -> list[Run] | None:
    """From where to where, if that has room on the line that names the layer."""
    room = width - _width(sheet, [_head(layer), *APART])
    ways = (_ranges(layer, zeros) for zeros in (True, False))
    return next((runs for runs in ways if _width(sheet, runs) <= room), None)


def _ranges(layer: Layer, zeros: bool) -> list[Run]:
    """From where to where each twin's weights go, and how many are 0."""
    told = [
        [*APART, Run(f"{selectors.side(one.twin)} {range_text(one, zeros)}", twin_token(one), 600)]
        for one in layer.twins
    ]
    return [run for runs in told for run in runs][1:]


def twin_token(one: Weighed) -> str:
    """The colour of a twin."""
    return "without" if one.twin else "with_"


def _width(sheet: Sheet, runs: list[Run]) -> float:
    """How long runs are on one line, px."""
    return sum(sheet.width(run.words, LABEL, run.weight) for run in runs)


def _plot(sheet: Sheet, layer: Layer, box: QRectF, outlined: bool) -> None:
    """The bars of one layer: up for the first twin shown, down for the second."""
    sheet.frame(box, "panel", "decoration")
    both = len(layer.twins) > 1
    base = box.center().y() if both else box.bottom()
    tall = (box.height() / 2 if both else box.height()) - sheet.look.line / 2
    corner, step = QPointF(box.left(), base), box.width() / BINS
    for one, high in zip(layer.twins, (-tall, tall), strict=False):
        _bars(sheet, one, corner, step, high)
        if outlined:
            _most(sheet, one, box, base, high)
            pen = QPen(sheet.color("text"), max(1.0, sheet.look.line / 2))
            pen.setDashPattern(DASH)
            sheet.path(outline(one.start, one.most, corner, step, high), pen)
    sheet.line(QPointF(box.left(), base), QPointF(box.right(), base))
    middle = box.center().x()
    sheet.painter.setPen(QPen(sheet.color("outline"), sheet.look.line / 2, Qt.PenStyle.DotLine))
    sheet.painter.drawLine(QPointF(middle, box.top()), QPointF(middle, box.bottom()))


def _bars(sheet: Sheet, one: Weighed, at: QPointF, step: float, tall: float) -> None:
    """Solid bars for the first twin, hatched ones for the second; the highest fills its half."""
    color = sheet.look.twin_color(one.twin)
    bars = QPainterPath()
    for place, count in enumerate(one.now):
        if count:
            left, high = at.x() + place * step, tall * count / one.most
            bars.addRect(QRectF(left + 0.08 * step, at.y(), 0.84 * step, high).normalized())
    style = Qt.BrushStyle.BDiagPattern if one.twin else Qt.BrushStyle.SolidPattern
    sheet.painter.setPen(QPen(color, max(1.0, sheet.look.line / 2)))
    sheet.painter.setBrush(QBrush(color, style))
    sheet.painter.drawPath(bars)


def _most(sheet: Sheet, one: Weighed, box: QRectF, base: float, tall: float) -> None:
    """How many weights the highest bar stands for, at the end of the scale of counts; off high bars."""
    words, inward = f"{one.most} weight{'s' if one.most > 1 else ''}", 0.6 * sheet.em
    wide, step = sheet.width(words, LABEL) + 0.6 * sheet.em, box.width() / BINS
    taken, below = ceil(wide / step), max(0.0, 1 - 2 * inward / abs(tall))
    high = [max(counts) > below * one.most for counts in zip(one.now, one.start, strict=True)]
    places = (place for place in range(BINS - taken, -1, -1) if not any(high[place : place + taken]))
    place = next(places, BINS - taken)
    x = box.right() - wide / 2 - (BINS - taken - place) * step
    sheet.centred(words, QPointF(x, base + tall + (inward if tall < 0 else -inward)), "second")


def outline(counts: Counts, most: int, at: QPointF, step: float, tall: float) -> QPainterPath:
    """The contour of bars, each group of neighbours by itself."""
    path, stands = QPainterPath(), False
    for place, count in enumerate((*counts, 0)):
        x, y = at.x() + place * step, at.y() + tall * count / most
        if count and not stands:
            path.moveTo(x, at.y())
        if count or stands:
            path.lineTo(x, y)
        if count:
            path.lineTo(x + step, y)
        stands = bool(count)
    return path


def _axis(sheet: Sheet, reach: float, box: QRectF) -> None:
    """The weights' values below all rows."""
    em, half = sheet.em, box.width() * (1 - 1 / BINS) / 2
    for share in (-1.0, -0.5, 0.0, 0.5, 1.0):
        x = box.center().x() + share * half
        words = shown(share * reach, 0 if reach >= 2 or share in (-1.0, 0.0, 1.0) else 1)
        wide = sheet.width(words, LABEL) / 2
        at = min(max(x, box.left() + wide), box.right() - wide)
        sheet.line(QPointF(x, box.top()), QPointF(x, box.top() + 0.25 * em))
        sheet.centred(words, QPointF(at, box.top() + 0.85 * em), "second")


PANEL = Place(
    "Weights", "instrument", 48, "H", WeightsPanel,
    about="How large the weights are, and where they started",
)  # fmt: skip
