"""The marks that say things without colour: verdicts, badges, targets and the chevron of a menu."""

from collections.abc import Callable
from functools import lru_cache
from math import ceil, cos, pi, sin

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPainterPath, QPen, QPicture, QPixmap, QPolygonF

from netviz.core.activation import Activation
from netviz.views.theme import INK, PAPER, mixed

BADGE_REACH = 3.0  # a badge draws its activation from -3 to 3
AXES = ((0.16, 0.5), (0.84, 0.5)), ((0.5, 0.16), (0.5, 0.84))  # a badge's, in the unit square
PALE = 0.3  # how strong its axes are, of its colour
BOLD_ROOM = 0.84  # of its curve's usual room, where lines are bold


def pixmap(size: float, ratio: float = 1.0) -> QPixmap:
    """A transparent square of `size` logical px for a screen of that pixel ratio."""
    found = QPixmap(QSize(max(1, round(size * ratio)), max(1, round(size * ratio))))
    found.setDevicePixelRatio(ratio)
    found.fill(Qt.GlobalColor.transparent)
    return found


def drawing(width: float, height: float, draw: Callable[[QPainter], None]) -> QPicture:
    """What `draw` paints, kept to be painted again: sharp on any screen, and paths and text in a figure."""
    found = QPicture()
    with QPainter(found) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        draw(painter)
        found.setBoundingRect(QRect(0, 0, ceil(width), ceil(height)))
    return found


def pen(color: QColor, width: float) -> QPen:
    """A round pen."""
    return QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _polyline(points: list[tuple[float, float]]) -> QPainterPath:
    path = QPainterPath(QPointF(*points[0]))
    for point in points[1:]:
        path.lineTo(*point)
    return path


def _arc_arrow() -> QPainterPath:
    """Almost a full turn and its arrow head, in the unit square: tried again and again."""
    box, path = QRectF(0.24, 0.24, 0.52, 0.52), QPainterPath()
    path.arcMoveTo(box, 75)
    path.arcTo(box, 75, 275)
    tip = QPointF(0.5 + 0.26 * cos(pi * 350 / 180), 0.5 - 0.26 * sin(pi * 350 / 180))
    path.moveTo(tip + QPointF(-0.15, 0.1))
    path.lineTo(tip)
    path.lineTo(tip + QPointF(0.11, 0.14))
    return path


# Strokes in the unit square, and whether they stand on a filled disc.
STROKES = {
    "tick": (_polyline([(0.28, 0.52), (0.44, 0.67), (0.73, 0.35)]), True),
    "bar": (_polyline([(0.27, 0.5), (0.73, 0.5)]), True),
    "loop": (_arc_arrow(), True),
    "cross": (_polyline([(0.24, 0.24), (0.76, 0.76)]), False),
    "broken": (_polyline([(0.04, 0.62), (0.3, 0.62), (0.42, 0.3)]), False),
}
SECOND = {  # what a second stroke adds
    "cross": _polyline([(0.76, 0.24), (0.24, 0.76)]),
    "broken": _polyline([(0.58, 0.7), (0.7, 0.38), (0.96, 0.38)]),
}


def draw_mark(painter: QPainter, kind: str, box: QRectF, color: QColor, on: QColor) -> None:
    """Draw a verdict's mark into a square: tick, bar, loop, query, broken, cross; "" draws nothing.

    `color` is the disc's, or the stroke's where there is none; `on` is the sign's on the disc.
    """
    if kind == "query":
        font = QFont(painter.font())
        font.setPixelSize(max(1, round(box.height() * 1.15)))
        font.setWeight(QFont.Weight.Bold)
        painter.setFont(font)
        painter.setPen(color)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "?")
    elif kind:
        path, disc = STROKES[kind]
        path = QPainterPath(path)
        path.addPath(SECOND.get(kind, QPainterPath()))
        painter.save()
        painter.translate(box.topLeft())
        painter.scale(box.width(), box.height())
        if disc:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
            painter.drawEllipse(QRectF(0, 0, 1, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen(on if disc else color, 0.12 if kind != "loop" else 0.1))
        painter.drawPath(path)
        painter.restore()


def mark(
    kind: str,
    color: QColor,
    size: float,
    on: QColor | None = None,
    font: QFont | None = None,
) -> QPicture:
    """A verdict's mark as a picture of `size` px; `font` is the query's typeface."""

    def draw(painter: QPainter) -> None:
        painter.setFont(font or painter.font())
        draw_mark(painter, kind, QRectF(0, 0, size, size), color, on or QColor("white"))

    return drawing(size, size, draw)


@lru_cache(maxsize=64)
def badge_path(activation: Activation, size: float, room: float = 1.0) -> QPainterPath:
    """The activation's own curve from -3 to 3 in a square; its largest value reaches the margin.

    `room` is the share of its usual room that it takes. To be drawn, never changed: it is made once.
    """
    import numpy as np  # the window's first paint comes before NumPy

    z = np.linspace(-BADGE_REACH, BADGE_REACH, 61)
    value = activation.value(z)
    scale = max(float(np.abs(value).max()), 1e-9)
    x = size * (0.5 + 0.34 * room * z / BADGE_REACH)
    y = size * (0.5 - 0.3 * room * value / scale)
    return _polyline(list(zip(x.tolist(), y.tolist(), strict=True)))


def badge_parts(
    activation: Activation, size: float, color: QColor, panel: QColor, bold: float = 1.0
) -> tuple[tuple[QPainterPath, QPen], ...]:
    """A twin's badge in a square: the frame, to be filled with the panel's colour, the axes and the curve.

    Where lines are `bold`, it has no axes: pale lines are lost on a projector's screen.
    """
    frame, axes, line = QPainterPath(), QPainterPath(), size * 0.06 * bold
    frame.addRoundedRect(QRectF(line / 2, line / 2, size - line, size - line), size * 0.18, size * 0.18)
    for start, end in AXES if bold == 1 else ():
        axes.moveTo(QPointF(*start) * size)
        axes.lineTo(QPointF(*end) * size)
    curve = badge_path(activation, size, BOLD_ROOM if bold > 1 else 1.0), pen(color, size * 0.075 * bold)
    return (frame, QPen(color, line)), (axes, QPen(mixed(panel, color, PALE), max(1.0, size * 0.025))), curve


def draw_badge(
    painter: QPainter, box: QRectF, activation: Activation, color: QColor, panel: QColor, bold: float = 1.0
) -> None:
    """A twin's badge: its activation's curve in a rounded square of its colour."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.setBrush(panel)
    for path, line in badge_parts(activation, box.width(), color, panel, bold):
        painter.setPen(line)
        painter.drawPath(path)
        painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.restore()


def badge(activation: Activation, color: QColor, panel: QColor, size: float, bold: float = 1.0) -> QPicture:
    """A twin's badge as a picture of `size` px."""
    box = QRectF(0, 0, size, size)
    return drawing(size, size, lambda painter: draw_badge(painter, box, activation, color, panel, bold))


def draw_target(painter: QPainter, box: QRectF, target: int, font: QFont, line: float) -> None:
    """A target: a circle with 1 or a square with 0, white with a dark outline in every theme."""
    inner = box.adjusted(line, line, -line, -line)
    painter.setPen(QPen(INK, line))
    painter.setBrush(PAPER)
    if target:
        painter.drawEllipse(inner)
    else:
        painter.drawRect(inner)
    painter.setFont(font)
    painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, str(target))


def chevron_path(size: float) -> QPainterPath:
    """The sign of a menu, pointing down, in a square."""
    return _polyline([(size * 0.22, size * 0.38), (size * 0.5, size * 0.66), (size * 0.78, size * 0.38)])


def chevron(color: QColor, size: float, ratio: float = 2.0) -> QIcon:
    """The sign of a menu; a button shows it after its text when its layout direction is right to left."""
    found = pixmap(size, ratio)
    with QPainter(found) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen(color, size * 0.13))
        painter.drawPath(chevron_path(size))
    return QIcon(found)


def arrow(tip: QPointF, size: float) -> QPainterPath:
    """A filled arrow head that points up to `tip`."""
    path = QPainterPath()
    path.addPolygon(QPolygonF([tip, tip + QPointF(size, 1.6 * size), tip + QPointF(-size, 1.6 * size)]))
    path.closeSubpath()
    return path
