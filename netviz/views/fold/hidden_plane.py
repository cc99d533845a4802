"""A plane on its way from the inputs to the hidden layer, of stock items that Qt paints without Python."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QPainterPath,
    QPen,
    QPixmap,
    QTransform,
)
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsPathItem,
    QGraphicsPixmapItem,
    QGraphicsRectItem,
    QGraphicsScene,
    QGraphicsSimpleTextItem,
)

from netviz.core.activation import Activation
from netviz.core.network import Array
from netviz.session.instruments.folding import Window
from netviz.views.canvas.badge import BadgeItem
from netviz.views.canvas.pill import Pill
from netviz.views.drawing.crowd import shape_path
from netviz.views.fold.cloth import Cloth, painted
from netviz.views.fold.plane_paths import Spots, area, once, polylines, probe_path, wide_pen
from netviz.views.fold.small_marks import Alike, SmallMarks
from netviz.views.theme import INK, LABEL, PAPER, Look

MANY = 12  # points, above which marks are small and wordless
CROWD, LEAST_MARK = 60, 0.6  # points, from which on small marks shrink, and how far
MARK, SMALL_MARK = 0.66, 0.26  # em, from a mark's middle to its edge
ROOMY, SLIM, SLIM_MARK = 11.0, 0.78, 0.42  # em: a narrower plane has slim lines, and marks without digits
HALO = 0.07  # em, the paper around a small mark
RING, TICK = 1.05, 0.36  # em, the probe's ring, and how far its ticks stick out of it and into it
STITCH = (3.4, 2.6)  # in its own widths, the dashes in the band of a twin that is not the first
MESH, BAND, CASING = 0.06, 0.5, 0.12  # em, the grid's lines, the outermost of them, and white around those
SETTLED = 0.6  # em, how far points move before their names may change sides
FAR = 1e5  # px: far enough outside for any line
HEADINGS = (1.15, 1.0, 0.9)  # em, the sizes in which each of a heading's forms is tried
HEAD, AXIS = 1.75, 1.2  # em, the rows above and below the square
BESIDE, ABOVE = 2.5, 0.45  # em, in a hall: the upward axis stands left of the square, which has more height
HALL = "present"  # the layout of a hall's look
SIDES = ((0, -1), (0, 1), (1, 0), (-1, 0), (1, -1), (-1, -1), (1, 1), (-1, 1))  # where a name may stand
NONE = QPainterPath()


class PlaneShow(NamedTuple):
    """What a plane shows now, in its own coordinates."""

    heading: tuple[str, ...]  # the longest first: the first one that fits is written
    axes: tuple[str, ...]  # the names of one or two axes
    window: Window
    picture: QPixmap | None  # the answers over the window; None on the way there
    cloth: Cloth | None  # only on the way there
    mesh: Array  # (lines, samples, 2)
    outermost: tuple[int, ...]  # the numbers of the lines that are the input plane's edge; () to show none
    half: tuple[Array, ...]  # lines (k, 2) on which the answer changes from one class to another
    points: Array  # (n, 2)
    targets: tuple[int, ...]  # the number of each point's look
    looks: dict[int, tuple[str, str]]  # each look's shape and colour
    digits: tuple[str, ...]  # the target on each point's mark; () for small ones without words
    names: tuple[tuple[tuple[int, ...], str], ...]  # points, by index, and what they are called together
    probe: Array  # (2,)
    moving: bool  # the next frame is on its way already


def widest(look: Look, height: float) -> float:
    """How wide a plane with all that is around it becomes at most, px."""
    rows, left = _around(look)
    return max(1.0, height - rows * look.em) + left * look.em


def highest(look: Look, width: float) -> float:
    """How high a plane with all that is around it becomes at most, px."""
    rows, left = _around(look)
    return max(1.0, width - left * look.em) + rows * look.em


def _around(look: Look) -> tuple[float, float]:
    """What stands above and below a square, and left of it, em."""
    axis = _axis(look)
    return (HEAD + ABOVE + axis, BESIDE) if look.layout == HALL else (HEAD + 2 * axis, 0.0)


def _axis(look: Look) -> float:
    """How high the row of an axis's name is, em: higher where its text is larger than usual."""
    return AXIS * max(1.0, look.text_floor / (LABEL * look.em))


class HiddenPlane:
    """One square with its heading, axes, grid, points and probe."""

    def __init__(self, scene: QGraphicsScene, look: Look, outer: QRectF, twin: int | None) -> None:
        """Build the items within a box, for a twin, or None for the input plane beside them."""
        self.look, self.twin, self.outer = look, twin, outer
        em = look.em
        self.beside = look.layout == HALL
        above, left = (HEAD + ABOVE, BESIDE) if self.beside else (HEAD + _axis(look), 0.0)
        side = max(1.0, min(outer.width() - left * em, outer.height() - (above + _axis(look)) * em))
        at = outer.left() + left * em + (outer.width() - left * em - side) / 2
        self.box = QRectF(at, outer.top() + above * em, side, side)
        self.tight = side < ROOMY * em
        self.line_em = SLIM * em if self.tight else em  # what lines, band and ring are measured in
        self.mark = (SLIM_MARK if self.tight else MARK) * em
        self._look_at(Window(0.0, 0.0, 1.0))
        self.color = look.color("text") if twin is None else look.twin_color(twin)
        self.frame = QGraphicsRectItem(self.box)
        self.frame.setFlag(QGraphicsItem.GraphicsItemFlag.ItemClipsChildrenToShape)
        self.frame.setBrush(PAPER)
        self.frame.setPen(QPen(Qt.PenStyle.NoPen))
        self._in_frame()
        self.outline = QGraphicsRectItem(self.box)
        self.outline.setPen(QPen(look.color("outline"), look.line))
        self.badge = BadgeItem()
        self.heading, self.across, self.up = (QGraphicsSimpleTextItem() for _ in range(3))
        self.heading.setBrush(self.color)
        for text in (self.across, self.up):
            text.setFont(look.font(LABEL, 600))
            text.setBrush(look.color("text"))
        for item in (self.frame, self.outline, self.badge, self.heading, self.across, self.up):
            scene.addItem(item)

    def _in_frame(self) -> None:
        """Everything that the square's edge cuts off, from the back to the front."""
        look, em = self.look, self.line_em
        round_cap, flat = Qt.PenCapStyle.RoundCap, Qt.PenCapStyle.FlatCap
        self.picture = QGraphicsPixmapItem(self.frame)
        self.picture.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self.cloth = QGraphicsPixmapItem(self.frame)
        thin = max(1.0, look.line * 0.7)
        self.origin = self._path(QPen(INK, thin))
        self.mesh = self._path(QPen(INK, max(1.0, MESH * em)))
        self.casing = self._path(wide_pen(PAPER, (BAND + 2 * CASING) * em, round_cap))
        self.band = self._path(wide_pen(self._band_color(), BAND * em, round_cap))
        self.stitch = self._path(wide_pen(PAPER, 0.16 * em, flat, STITCH))
        self.half_casing = self._path(wide_pen(PAPER, 0.3 * em, flat))
        self.half = self._path(wide_pen(INK, 0.15 * em, flat, (2.8, 1.9)))
        self.ring_casing = self._path(wide_pen(PAPER, 0.42 * em, Qt.PenCapStyle.SquareCap))
        self.ring = self._path(wide_pen(INK, max(1.5, 0.14 * em), flat))
        self.small = SmallMarks(self.frame)
        self.digits: list[QGraphicsPathItem] = []
        self.pills: list[Pill] = []
        self._settled: tuple[object, Array] = ((), np.empty((0, 2)))  # what the names' sides were chosen for
        self._sides: list[int] = []
        self._words: tuple[object, ...] = ()

    def _path(self, pen: QPen) -> QGraphicsPathItem:
        found = QGraphicsPathItem(self.frame)
        found.setPen(pen)
        return found

    def _band_color(self) -> QColor:
        """The edge of the input plane on value colours, which are the same in every theme."""
        return QColor(("#05554f", "#77286f")[bool(self.twin)])

    # ---------------------------------------------------------------------------------- what it shows
    def at(self, points: Array) -> Array:
        """Where points (..., 2) of the plane stand, px."""
        return np.asarray(np.clip(points * self._scale + self._offset, -FAR, FAR), dtype=np.float64)

    def point_at(self, at: QPointF) -> tuple[float, float]:
        """The point of the plane at a place, px."""
        x = (at.x() - self.box.left()) / self.box.width() * self.window.side + self.window.left
        y = (self.box.bottom() - at.y()) / self.box.height() * self.window.side + self.window.low
        return x, y

    def _look_at(self, window: Window) -> None:
        """Show another piece of the plane."""
        self.window = window
        px = self.box.width() / window.side
        self._scale = np.array([px, -px])
        self._offset = np.array([self.box.left() - window.left * px, self.box.bottom() + window.low * px])

    def level(self, heading: tuple[str, ...]) -> int:
        """The first of heading's forms, the longest and largest first, that fits above the square."""
        room = self._heading_room
        forms = [(words, ems) for words in heading for ems in HEADINGS]
        fits = (number for number, form in enumerate(forms) if _advance(self.look, *form) <= room)
        return next(fits, len(forms) - 1)

    @property
    def _heading_room(self) -> float:
        """What the badge leaves of the square's width, px."""
        return self.box.width() - (0.0 if self.twin is None else self.badge_size + 0.4 * self.look.em)

    def show(self, now: PlaneShow, level: int = 0) -> None:
        """Take on new numbers; `level` says in which form the heading stands, the same in all planes."""
        self._look_at(now.window)
        self.picture.setVisible(now.picture is not None)
        if now.picture is not None:
            cell = self.box.width() / (now.picture.width() - 1)  # first and last samples lie on the edges
            self.picture.setPixmap(now.picture)
            self.picture.setTransform(QTransform.fromScale(cell, cell))
            self.picture.setPos(self.box.left() - cell / 2, self.box.top() - cell / 2)
        self.cloth.setVisible(now.cloth is not None)
        if now.cloth is not None:
            at = self.at(now.cloth.corners) - (self.box.left(), self.box.top())
            self.cloth.setPixmap(painted(now.cloth.colors, at, self.box.size()))
            self.cloth.setPos(self.box.topLeft())
        self._show_lines(now)
        self._show_points(now)
        self._show_words(now, level)

    def _show_lines(self, now: PlaneShow) -> None:
        self.origin.setPath(self._origin() if now.outermost else QPainterPath())
        mesh = self.at(now.mesh)
        self.mesh.setPath(polylines(mesh))
        edge = polylines(mesh[list(now.outermost)]) if now.outermost else QPainterPath()
        self.casing.setPath(edge)
        self.band.setPath(edge)
        self.stitch.setPath(
            polylines(once(mesh[list(now.outermost)])) if self.twin and now.outermost else NONE
        )
        half = QPainterPath()
        for line in now.half:
            half.addPath(polylines(self.at(line)[None]))
        self.half_casing.setPath(half)
        self.half.setPath(half)
        x, y = self.at(now.probe).tolist()
        probe = probe_path(RING * self.line_em, TICK * self.line_em)
        for item in (self.ring_casing, self.ring):
            item.setPath(probe)
            item.setPos(x, y)

    def _origin(self) -> QPainterPath:
        """The two lines on which a coordinate is 0."""
        path, box = QPainterPath(), self.box
        x, y = self.at(np.zeros(2)).tolist()
        path.moveTo(x, box.top())
        path.lineTo(x, box.bottom())
        path.moveTo(box.left(), y)
        path.lineTo(box.right(), y)
        return path

    # ---------------------------------------------------------------------------------- points and words
    def _show_points(self, now: PlaneShow) -> None:
        for item in (*self.digits, *(pill.frame for pill in self.pills)):
            item.setVisible(False)
        self.small.hide()
        if now.digits:
            places = [QPointF(*place) for place in self.at(now.points).tolist()]
            taken = [self._mark(number, place, now) for number, place in enumerate(places)]
            self._name_all(now, places, taken)
        else:
            self._show_small(now)

    def _show_small(self, now: PlaneShow) -> None:
        """Marks without words, the smaller the more there are."""
        places, targets = self.at(now.points), np.array(now.targets)
        groups = [
            Alike(shape, QColor(color) if color else INK, places[targets == number])
            for number, (shape, color) in now.looks.items()
        ]
        crowded = max(LEAST_MARK, min(1.0, CROWD / max(1, len(places))) ** 0.5)
        radius, around = SMALL_MARK * self.look.em * crowded, max(0.75, HALO * self.look.em)
        if now.moving:
            self.small.stamp(groups, radius, around, self.box, self._resolution)
        else:
            self.small.show(groups, radius, around)

    @property
    def _resolution(self) -> float:
        """How many px of the screen one px here is."""
        scene = self.frame.scene()
        return max((view.devicePixelRatioF() for view in scene.views()), default=1.0)

    def _name_all(self, now: PlaneShow, places: list[QPointF], taken: list[QRectF]) -> None:
        """Name the points; a name changes its side only once its points have moved some way."""
        at = self.at(np.vstack([now.points, now.probe]))
        about, before = self._settled
        same = about == now.names and at.shape == before.shape
        moved = not same or bool((np.abs(at - before) > SETTLED * self.look.em).any())
        if moved:
            self._settled, self._sides = (now.names, at), []
        probe = QPointF(*at[-1].tolist())
        for number, (group, name) in enumerate(now.names):
            self._name(number, [places[i] for i in group], name, taken, probe)

    def _mark(self, number: int, at: QPointF, now: PlaneShow) -> QRectF:
        """A point's target; the box that it takes."""
        radius = self.mark
        if number == len(self.digits):
            item = QGraphicsPathItem(self.frame)
            item.setBrush(PAPER)
            item.setPen(QPen(INK, max(1.5, 0.11 * self.look.em)))
            digit = Pill(item, self.look.font(LABEL, 700), 0.0)
            digit.colors(INK, PAPER, INK, 0.0)
            digit.frame.setBrush(Qt.BrushStyle.NoBrush)
            item.setData(0, digit)
            self.digits.append(item)
        item = self.digits[number]
        item.setPath(shape_path(now.looks[now.targets[number]][0], radius))
        item.setPos(at)
        item.setVisible(True)
        item.data(0).show(now.digits[number], 0.0, 0.0)
        item.data(0).frame.setVisible(not self.tight)  # its shape says the same
        return QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius)

    def _name(
        self, number: int, places: list[QPointF], words: str, taken: list[QRectF], probe: QPointF
    ) -> None:
        """Put a name beside its points, where it covers no mark and no other name."""
        em = self.look.em
        if number == len(self.pills):
            self.pills.append(Pill(self.frame, self.look.font(LABEL, 600), 0.3 * em, 0.28 * em))
            self.pills[-1].colors(INK, PAPER, INK, max(self.look.line, 0.07 * em))
            self.pills[-1].frame.setZValue(1.0)
        pill = self.pills[number]
        if pill.width(words) > self.box.width() - 4:
            words = f"{len(places)} points"  # all their names would not fit
        held = any((place - probe).manhattanLength() < self.mark for place in places)
        reach = (RING + TICK + 0.15) * self.line_em if held else self.mark + 0.22 * em
        spots = Spots(places, (pill.width(words), pill.height), reach, self.box)
        if number == len(self._sides):
            found = [spots.at(*side) for side in SIDES]
            costs = [
                sum(area(spot.intersected(other)) for other in taken) + i for i, spot in enumerate(found)
            ]
            self._sides.append(costs.index(min(costs)))
        best = spots.at(*SIDES[self._sides[number]])
        taken.append(best)
        pill.show(words, best.center().x(), best.center().y())
        pill.frame.setVisible(True)

    def _show_words(self, now: PlaneShow, level: int) -> None:
        if self._words == (now.heading, now.axes, level):
            return
        self._words = now.heading, now.axes, level
        em, left, room = self.look.em, self.box.left(), self._heading_room
        which, size = divmod(level, len(HEADINGS))
        words = now.heading[min(which, len(now.heading) - 1)]
        font = self.look.font(HEADINGS[size], 700)
        self.heading.setFont(font)
        self.heading.setText(words)
        middle = self.outer.top() + HEAD * em / 2
        metrics = QFontMetricsF(font)
        self.heading.setPos(self.box.right() - room, middle + metrics.capHeight() / 2 - metrics.ascent())
        self.across.setText(f"{now.axes[0]} →" if now.axes else "")
        if self.across.boundingRect().width() > self.box.right() - self.outer.left():
            self.across.setText(f"{now.axes[0].split()[0]} →")  # main, of the main direction
        wide = self.across.boundingRect().width()
        self.across.setPos(self.box.right() - wide, self.box.bottom() + 0.1 * em)
        self.up.setText(f"{now.axes[1]} ↑" if len(now.axes) > 1 else "")
        if self.up.boundingRect().width() > (BESIDE * em if self.beside else self.box.width()):
            self.up.setText(f"{now.axes[1].split()[0]} ↑")  # second, of the second direction
        high = self.up.boundingRect().width() + 0.35 * em
        self.up.setPos(
            *(
                (left - high, self.box.top())
                if self.beside
                else (left, self.box.top() - _axis(self.look) * em)
            )
        )

    def wear(self, activation: Activation) -> None:
        """Show the twin's badge."""
        self.badge.wear(activation, self.color, self.look.color("panel"), self.badge_size, self.look.bold)
        self.badge.setPos(self.box.left(), self.outer.top() + HEAD * self.look.em * 0.07)

    @property
    def badge_size(self) -> float:
        """The badge's side, px."""
        return HEAD * self.look.em * 0.86


@lru_cache(maxsize=256)
def _advance(look: Look, words: str, ems: float) -> float:
    """How long a heading is, px: it is measured in each frame and is mostly the same."""
    return QFontMetricsF(look.font(ems, 700)).horizontalAdvance(words)
