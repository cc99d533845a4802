"""Four lamps that tell which answers are right, and the meter of the loss: painted on a page."""

from math import cos, inf, isfinite, sin, tau
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPen

from netviz.core.stalls import GOAL
from netviz.session.text import fraction, shown
from netviz.views.drawing.marks import draw_mark, pen
from netviz.views.drawing.sheet import Run, Sheet
from netviz.views.theme import LABEL

MARKS = {"right": "tick", "wrong": "cross", "undecided": "query"}
LAMP, RAYS, RAY = 1.65, 12, (1.14, 1.32)  # em across; how many; from where to where, in radii


class Lamp(NamedTuple):
    """One corner's lamp."""

    name: str
    target: int
    answer: str  # right, wrong, undecided
    output: float


def draw_lamp(sheet: Sheet, lamp: Lamp, twin: int, at: QPointF) -> None:
    """A lamp with its target in it: filled and with rays when lit; its corner, answer and mark beside."""
    em, look, lit = sheet.em, sheet.look, lamp.answer == "right"
    radius = LAMP * em / 2
    middle = QPointF(at.x() + RAY[1] * radius, at.y() + 1.3 * em)
    color, line = look.twin_color(twin), max(1.5, 1.2 * look.line)
    if lit:
        sheet.path(rays(middle, radius), pen(color, max(1.5, 0.11 * em)))
    rim = QPen(color if lit else look.color("outline"), line)
    if lamp.answer == "undecided":
        rim.setStyle(Qt.PenStyle.DashLine)
    disc = QPainterPath()
    disc.addEllipse(middle, radius, radius)
    sheet.path(disc, rim, color if lit else look.color("panel"))
    sheet.target(lamp.target, middle, 1.15 * em)
    left, size = middle.x() + (RAY[1] + 0.15) * radius, 0.8 * em
    upper, lower = middle.y() - 0.6 * em, middle.y() + 0.65 * em
    end = sheet.runs([Run(lamp.name, "second")], left, upper, LABEL) + 0.3 * em
    sheet.runs([Run(shown(lamp.output), "text", 600)], left, lower, LABEL)
    sheet.painter.setFont(look.font())
    ink = look.color("text") if lamp.answer == "wrong" else color
    mark = QRectF(end, upper - size / 2, size, size)
    draw_mark(sheet.painter, MARKS[lamp.answer], mark, ink, look.color("panel"))


def draw_meter(sheet: Sheet, loss: float, floor: float | None, twin: int, box: QRectF) -> None:
    """The loss on a bar from 0 to 1, with the goal and the least that a flat surface can have."""
    em, look = sheet.em, sheet.look
    bar = QRectF(box.left() + 6.4 * em, box.top() + 0.1 * em, box.width() - 7.3 * em, 0.9 * em)
    sheet.runs([Run(f"Loss {shown(loss, 3)}", "text", 600)], box.left(), bar.center().y())
    sheet.frame(bar, "panel")
    loss = loss if isfinite(loss) else inf
    filled = QRectF(bar.left(), bar.top(), min(loss, 1.0) * bar.width(), bar.height())
    sheet.painter.fillRect(filled, look.twin_color(twin))
    if loss > 1:  # beyond the scale: an arrow, and the number at the left
        ink = look.color("text")
        sheet.path(arrow(bar.right() + 0.15 * em, bar.center().y(), 0.45 * em), QPen(ink), ink)
    ticks = [(GOAL, "goal"), (1.0, "1")]
    if floor is not None and floor > GOAL:
        ticks.append((floor, fraction(floor)))
    for value, label in ticks:
        x, below = bar.left() + value * bar.width(), bar.bottom() + 0.3 * em
        sheet.line(QPointF(x, bar.top() - 0.2 * em), QPointF(x, below), "text")
        if label == "goal":  # ends at its mark: a low floor stands right of it
            sheet.runs([Run(label)], x - sheet.width(label, LABEL), below + 0.55 * em, LABEL)
            continue
        x = max(x, bar.left() + sheet.width(label, LABEL) / 2 + 0.35 * em)
        sheet.centred(label, QPointF(x, below + 0.55 * em), "text")


def rays(middle: QPointF, radius: float) -> QPainterPath:
    """Short strokes around a lamp that is lit."""
    path = QPainterPath()
    for i in range(RAYS):
        toward = QPointF(cos(tau * i / RAYS), sin(tau * i / RAYS)) * radius
        path.moveTo(middle + toward * RAY[0])
        path.lineTo(middle + toward * RAY[1])
    return path


def arrow(x: float, y: float, size: float) -> QPainterPath:
    """An arrow head that points right."""
    path = QPainterPath(QPointF(x, y - size))
    path.lineTo(x + size, y)
    path.lineTo(x, y + size)
    path.closeSubpath()
    return path
