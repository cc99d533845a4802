"""The decision surface's picture: the answers over the plane, the points, the probe and words on it."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen, QPixmap, QTransform
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsPathItem,
    QGraphicsPixmapItem,
    QGraphicsRectItem,
    QGraphicsScene,
)

from netviz.core.network import Array
from netviz.views.canvas.items import UNDECIDED_PAPER, hatching, lines
from netviz.views.canvas.layout import Rect
from netviz.views.canvas.pill import Pill, rounded
from netviz.views.drawing.crowd import Group, marks_path
from netviz.views.theme import INK, LABEL, PAPER, Look

MARK, SQUARE = 0.9, 0.86  # em, a target's radius and half a square's side
MANY = 12  # points, above which marks are small and wordless
CROWDS = ((60, 0.36), (160, 0.3), (400, 0.24))  # up to so many points, a small mark's radius in em
DENSE = 0.19
PILL_AWAY, PROBE_AWAY = 2.05, 2.45  # em, from a point to the middle of its answer
RING, TICK = (1.28, 1.75), 0.42  # em, the probe's ring and how far its ticks reach inwards from the end
CONTOUR = 0.18  # em
OUTLINE = 0.15  # em, of a target and of the probe
CURVE = 0.2  # em
PLANE_AXES = ("x₂ ↑", "x₁ →")
CURVE_AXES = ("y ↑", "x →")
PIECES = 0.1  # the width of the lines between straight pieces, em
HATCH_PITCH = 1.28  # em along each side
SPOTS = ((0, 1), (0, -1), (1, 0), (-1, 0), (-1, -1), (1, -1), (-1, 1), (1, 1))  # around the probe
AWAY, TIP = 2.0, 0.75  # em, from the probe to a hint's tip, and from there to the hint
TIPS = ((-1, 0), (1, 0), (0, -1), (0, 1))  # the sides a hint can stand on
WORDS_FROM = 8.0  # em, the least side that has room for words: below it points and probe stand alone
SMALL, SMALLER = 13.5, 0.88  # em, a side below which marks are so much smaller: answers need the room
TAGS_FROM = 15.0  # em, the least side that has room for the names of the axes


class Mark(NamedTuple):
    """A training point: where in the unit square (y downwards), its target, and the answer in words."""

    x: float
    y: float
    target: float
    answer: str


class Shown(NamedTuple):
    """What a surface shows now."""

    picture: QPixmap | None  # None: undecided, hatched
    contour: tuple[Array, ...]
    marks: tuple[Mark, ...]
    probe: tuple[float, float]  # in the unit square
    probe_answer: str  # "" where the probe lies on a point, whose answer is there already
    banner: str  # across the middle; "" for none
    hint: str  # beside the probe; "" for none
    pieces: tuple[Array, ...] = ()  # the outlines of straight pieces, where they are asked for
    crowd: tuple[Group, ...] = ()  # points without words
    curve: tuple[Array, ...] = ()  # what is answered over one input, in place of a picture


class PlaneScene(QGraphicsScene):
    """One square of the plane."""

    def __init__(
        self, box: QRectF, look: Look, axes: tuple[str, str] = PLANE_AXES, twin: int = 0, curve: bool = False
    ) -> None:
        """Build the items that are always there."""
        super().__init__()
        self.box, self.look, self._names = box, look, axes
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.setBackgroundBrush(look.color("background"))
        self.frame = QGraphicsRectItem(box)
        self.frame.setFlag(QGraphicsItem.GraphicsItemFlag.ItemClipsChildrenToShape)
        self.frame.setBrush(look.color("panel") if curve or axes == CURVE_AXES else UNDECIDED_PAPER)
        self.addItem(self.frame)
        self.surface = QGraphicsPixmapItem(self.frame)
        self.surface.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self.hatch = QGraphicsPathItem(hatching(box, HATCH_PITCH * look.em), self.frame)
        self.hatch.setPen(QPen(look.color("hatch"), max(1.0, look.line * 0.6)))
        self.pieces = QGraphicsPathItem(self.frame)
        self.pieces.setPen(QPen(INK, max(1.0, PIECES * look.em), Qt.PenStyle.DotLine))
        self.contour = QGraphicsPathItem(self.frame)
        pen = QPen(INK, max(2.0, CONTOUR * look.bold * look.em))
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        self.contour.setPen(pen)
        self.crowd = Crowd(self.frame, look)
        self.curve = QGraphicsPathItem(self.frame)
        self.curve.setPen(look.twin_pen(twin, max(2.5, CURVE * look.em)))
        self.outline = QGraphicsRectItem(box)
        self.addItem(self.outline)
        self.focus(False)
        self.tags = self._axes()
        self._marks: list[_MarkItem] = []
        self.banner = Pill(self.outline, look.font(1.3, 700), 0.85 * look.em, 0.35 * look.em)
        self.banner.colors(INK, PAPER, look.color("outline"), look.line)
        self.probe = _Probe(self.outline, look)
        self.answer = Pill(self.outline, look.font(0.95, 600, tabular=True), 0.34 * look.em)
        self.answer.colors(INK, PAPER, look.color("outline"), look.line)
        self.hint = _Bubble(self.outline, look)

    def _axes(self) -> list[Rect]:
        """Name the axes in the corners on the left, where the square is large enough; where the names are."""
        look, box, taken = self.look, self.box, list[Rect]()
        if box.width() < TAGS_FROM * look.em:
            return taken
        for words, bottom in zip(self._names, (False, True), strict=True):
            tag = Pill(self.outline, look.font(LABEL, 600), 0.41 * look.em, 0.0)
            width, height = max(2.66 * look.em, tag.width(words)), tag.height
            y = box.bottom() - height / 2 if bottom else box.top() + height / 2
            tag.show(words, box.left() + width / 2, y, width)
            tag.colors(look.color("text"), look.color("panel"), look.color("outline"), look.line)
            taken.append(Rect(box.left(), y - height / 2, width, height).grown(look.line))
        return taken

    def focus(self, held: bool) -> None:
        """Frame the square, in ink where the keyboard is."""
        look = self.look
        color = look.color("text" if held else "outline")
        self.outline.setPen(QPen(color, max(3.0, 2 * look.line) if held else look.line))
        inset = look.line / 2
        self.outline.setRect(self.box.adjusted(inset, inset, -inset, -inset))

    def place(self, x: float, y: float) -> QPointF:
        """A point of the unit square as a point of the window."""
        return QPointF(self.box.left() + x * self.box.width(), self.box.top() + y * self.box.height())

    def show(self, now: Shown) -> None:
        """Take on this frame's picture, answers and probe."""
        if not self._worded:
            now = now._replace(banner="", probe_answer="", hint="")
        self.surface.setVisible(now.picture is not None)
        self.hatch.setVisible(now.picture is None and not now.curve)
        if now.curve or not self.curve.path().isEmpty():
            self.curve.setPath(lines(now.curve, self.box))
        self.crowd.show(now.crowd, self.box)
        if now.picture is not None:
            cell = self.box.width() / (now.picture.width() - 1)
            self.surface.setPixmap(now.picture)
            self.surface.setTransform(QTransform.fromScale(cell, cell))
            self.surface.setPos(self.box.left() - cell / 2, self.box.top() - cell / 2)
        self.contour.setPath(lines(now.contour, self.box))
        if now.pieces or not self.pieces.path().isEmpty():
            self.pieces.setPath(lines(now.pieces, self.box))
        self._show_marks(now)
        at = self.place(*now.probe)
        self.probe.root.setPos(at)
        self._show_banner(now, at)
        self._show_answer(now, at)
        self.hint.show(now.hint, at, self.box, self._taken() if now.hint else [])

    @property
    def _worded(self) -> bool:
        return self.box.width() >= WORDS_FROM * self.look.em

    def _show_banner(self, now: Shown, at: QPointF) -> None:
        """Say it across the middle, or as far off as the probe needs; not where it would be cut."""
        wide, middle = self.banner.width(now.banner) + self.look.em, self.box.center()
        said = bool(now.banner) and wide <= self.box.width()
        self.banner.frame.setVisible(said)
        if not said:
            return
        ring = RING[1] * self.look.em
        away = self.banner.height / 2 + ring
        if abs(at.x() - middle.x()) < wide / 2 + ring and abs(at.y() - middle.y()) < away:
            middle.setY(at.y() + (away if at.y() < middle.y() else -away))
        self.banner.show(now.banner, middle.x(), middle.y(), wide)

    def _taken(self) -> list[Rect]:
        """What nothing else should cover: marks, answers, tags and the banner."""
        banner = self.banner.frame.sceneBoundingRect()
        boxes = [box for mark in self._marks for box in mark.boxes] + self.tags
        if self.banner.frame.isVisible():
            boxes.append(Rect(banner.x(), banner.y(), banner.width(), banner.height()))
        return boxes

    def _show_marks(self, now: Shown) -> None:
        if len(self._marks) != len(now.marks):
            for gone in self._marks:
                self.removeItem(gone.root)
            small = self.box.width() < SMALL * self.look.em
            look = self.look._replace(em=self.look.em * (SMALLER if small else 1.0))
            self._marks = [_MarkItem(self.outline, look) for _ in now.marks]
        for item, mark in zip(self._marks, now.marks, strict=True):
            at = self.place(mark.x, mark.y)
            on_probe = (mark.x, mark.y) == now.probe
            item.show(mark, at, PROBE_AWAY if on_probe else PILL_AWAY, self.box, self.tags)
            item.answer.frame.setVisible(self._worded)

    def _show_answer(self, now: Shown, at: QPointF) -> None:
        """Put the answer at the probe where it covers neither a mark nor another answer."""
        self.answer.frame.setVisible(bool(now.probe_answer))
        if not now.probe_answer:
            return
        em = self.look.em
        wide, high = self.answer.width(now.probe_answer), self.answer.height
        across, down = RING[1] * em + wide / 2, PROBE_AWAY * em
        room = self.box.adjusted(wide / 2, high / 2, -wide / 2, -high / 2)
        spots = [_inside(at + QPointF(dx * across, dy * down), room) for dx, dy in SPOTS]
        taken = self._taken()
        taken.append(Rect(at.x(), at.y(), 0.0, 0.0).grown(RING[0] * em))
        boxes = [Rect(spot.x() - wide / 2, spot.y() - high / 2, wide, high) for spot in spots]
        best = min(boxes, key=lambda box: sum(box.meets(other) for other in taken))
        self.answer.show(now.probe_answer, best.x + wide / 2, best.y + high / 2)


def _inside(at: QPointF, room: QRectF) -> QPointF:
    """The nearest point of a box."""
    x = min(max(at.x(), room.left()), room.right())
    return QPointF(x, min(max(at.y(), room.top()), room.bottom()))


class Crowd:
    """Points without words: one item for all that look alike, made anew only when the points change."""

    def __init__(self, parent: QGraphicsItem, look: Look) -> None:
        self.root = QGraphicsRectItem(parent)
        self.root.setPen(QPen(Qt.PenStyle.NoPen))
        self.look = look
        self.items: list[QGraphicsPathItem] = []
        self.shown: tuple[Group, ...] = ()

    def show(self, groups: tuple[Group, ...], box: QRectF) -> None:
        """Take on these groups."""
        if groups is self.shown:
            return
        self.shown = groups
        for item in self.items:
            item.scene().removeItem(item)
        count = sum(len(group.places) for group in groups)
        radius = next((ems for most, ems in CROWDS if count <= most), DENSE) * self.look.em
        self.items = [self._item(group, radius, box) for group in groups]

    def _item(self, group: Group, radius: float, box: QRectF) -> QGraphicsPathItem:
        """A filled mark has its colour inside; a hollow one is rimmed in it."""
        places = group.places * (box.width(), box.height()) + (box.left(), box.top())
        item = QGraphicsPathItem(marks_path(group.shape, radius, places), self.root)
        item.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)  # to paint 600 circles takes 0.1 s
        own = QColor(group.color) if group.color else self.look.color("text")
        paper = PAPER if group.color else self.look.color("panel")
        rim, fill = (own, paper) if group.hollow else (paper, own)
        if group.rim == "dark":
            rim, fill = INK, QColor(Qt.GlobalColor.transparent) if group.hollow else own
        item.setPen(QPen(rim, max(1.0, (0.5 if group.hollow else 0.28) * radius)))
        item.setBrush(fill)
        return item


class _MarkItem:
    """A target mark with its answer above or below it."""

    def __init__(self, parent: QGraphicsItem, look: Look) -> None:
        self.look = look
        self.root = QGraphicsPathItem(parent)
        self.root.setPen(QPen(INK, max(2.0, OUTLINE * look.bold * look.em)))
        self.root.setBrush(PAPER)
        self.root.setZValue(1.0)
        self.digit = Pill(self.root, look.font(0.98, 700, tabular=True), 0.0)
        self.digit.colors(INK, PAPER, INK, 0.0)
        self.answer = Pill(self.root, look.font(0.95, 600, tabular=True), 0.34 * look.em)
        self.answer.colors(INK, PAPER, look.color("outline"), look.line)
        self.boxes: tuple[Rect, ...] = ()
        self._target: float | None = None

    def show(self, mark: Mark, at: QPointF, away: float, box: QRectF, tags: Sequence[Rect]) -> None:
        """Stand at a point; the answer away from the middle of the square, inside it, and beside its tags."""
        em = self.look.em
        radius, half = MARK * em, SQUARE * em
        if mark.target != self._target:
            self._target = mark.target
            circle = rounded(QRectF(-radius, -radius, 2 * radius, 2 * radius), radius)
            square = rounded(QRectF(-half, -half, 2 * half, 2 * half), 0.08 * em)
            self.root.setPath(circle if mark.target > 0 else square)
        self.root.setPos(at)
        self.boxes = (Rect(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius),)
        self.digit.show(f"{mark.target:g}", 0.0, 0.0)
        wide, high = self.answer.width(mark.answer), self.answer.height
        edge = high / 2 + 0.5 * self.look.line  # its outline on the frame's
        y = at.y() + (-away if mark.y < 0.5 else away) * em
        y = min(max(y, box.top() + edge), box.bottom() - edge)
        x = at.x()
        for tag in tags:
            if tag.meets(Rect(x - wide / 2, y - high / 2, wide, high)):
                x = tag.x + tag.width + wide / 2 + self.look.line
        self.answer.show(mark.answer, x - at.x(), y - at.y())
        self.boxes += (Rect(x - wide / 2, y - high / 2, wide, high),)


class _Probe:
    """A ringed cross in black with a white casing: seen on every colour."""

    def __init__(self, parent: QGraphicsItem, look: Look) -> None:
        self.root = QGraphicsPathItem(parent)
        path, ring, reach = QPainterPath(), RING[0] * look.em, RING[1] * look.em
        path.addEllipse(QPointF(0, 0), ring, ring)
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            inner = reach - TICK * 2 * look.em
            path.moveTo(dx * inner, dy * inner)
            path.lineTo(dx * reach, dy * reach)
        for dx, dy in ((1, 0), (0, 1)):
            path.moveTo(-0.25 * dx * look.em, -0.25 * dy * look.em)
            path.lineTo(0.25 * dx * look.em, 0.25 * dy * look.em)
        width = max(2.0, OUTLINE * look.bold * look.em)
        self.root.setPath(path)
        casing = QPen(PAPER, 2.6 * width)
        casing.setCapStyle(Qt.PenCapStyle.SquareCap)
        self.root.setPen(casing)
        self.line = QGraphicsPathItem(path, self.root)
        pen = QPen(INK, width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        self.line.setPen(pen)
        self.root.setZValue(0.5)


class _Bubble:
    """A hint in ink that points at the probe from a side where it covers nothing."""

    def __init__(self, parent: QGraphicsItem, look: Look) -> None:
        self.look = look
        self.root = QGraphicsPathItem(parent)
        self.root.setPen(QPen(look.color("panel"), 1.0))
        self.root.setBrush(look.color("text"))
        self.root.setZValue(2.0)
        self.words = Pill(self.root, look.font(1.05, 700), 0.0)
        self.words.colors(look.color("panel"), look.color("text"), look.color("text"), 0.0)

    def show(self, words: str, at: QPointF, box: QRectF, taken: Sequence[Rect]) -> None:
        """Say words beside a point, or nothing."""
        self.root.setVisible(bool(words))
        if not words:
            return
        em = self.look.em
        wide, high = self.words.width(words) + 2.6 * em, 2.1 * em
        near = (AWAY + TIP) * em  # where the bubble begins; its tip reaches back to AWAY
        right, room = near + wide / 2, wide / 2 + 0.3 * em
        lean = min(max(0.0, box.left() + room - at.x()), box.right() - room - at.x())
        spots = [(-right, 0.4 * em), (right, 0.4 * em), (lean, -near - high / 2), (lean, near + high / 2)]
        boxes = [Rect(at.x() + x - wide / 2, at.y() + y - high / 2, wide, high) for x, y in spots]
        covered = [sum(one.meets(other) for other in taken) for one in boxes]
        outside = [0 if box.contains(QRectF(*one)) else 9 for one in boxes]
        side = min(range(len(spots)), key=lambda i: covered[i] + outside[i])
        x, y = spots[side]
        path = rounded(QRectF(x - wide / 2, y - high / 2, wide, high), 0.35 * em)
        self.root.setPath(path.united(_tip(*TIPS[side], em)))
        self.root.setPos(at)
        self.words.show(words, x, y)


def _tip(dx: int, dy: int, em: float) -> QPainterPath:
    """A bubble's tip, on the side (dx, dy) of the point it points at."""
    aside = 0.4 * em if dx else 0.0  # beside the probe, below the end of its tick
    path = QPainterPath(QPointF(dx * AWAY * em, dy * AWAY * em + aside))
    foot = (AWAY + TIP + 0.1) * em
    for turn in (0.65 * em, -0.65 * em):
        path.lineTo(dx * foot + abs(dy) * turn, dy * foot + abs(dx) * turn + aside)
    path.closeSubpath()
    return path
