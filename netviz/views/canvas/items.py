"""Units as tiles, and what they are made of: stock items, which Qt paints without Python."""

from math import ceil
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QPainterPath,
    QPen,
    QPixmap,
    QTransform,
)
from PySide6.QtWidgets import (
    QGraphicsEllipseItem,
    QGraphicsItem,
    QGraphicsPathItem,
    QGraphicsPixmapItem,
    QGraphicsPolygonItem,
    QGraphicsSimpleTextItem,
)

from netviz.core.activation import Activation
from netviz.core.network import Array
from netviz.session.text import signed
from netviz.views.canvas.badge import BadgeItem
from netviz.views.canvas.layout import BARE, DOT, Rect, Tile
from netviz.views.canvas.pill import Pill, rounded
from netviz.views.drawing.polylines import polygon
from netviz.views.theme import INK, LUT_SCALE, Look, mixed, value_lut

UNDECIDED_PAPER = QColor("#f6f6f7")
NUMBER, FOLD = 0.95, 0.1  # em: numbers on edges and units; the line along which a ReLU bends
DIM = 0.78  # how far what is not looked at goes towards the background
CORNER = 0.07  # of a tile's side, its corners' radius
TOUCHING = 0.9  # of a name's height: nearer than this two names cover each other
BESIDE, LEAST_BESIDE, MOST_COLUMNS = 4.9, 3.4, 3  # em: the columns of names that stand side by side; how many
LEAST_SAID = 4  # characters of a name: fewer say nothing
FIXED = QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations
LEAST_NAMED = 1.25  # of a name's height: a tile that is seen smaller is not covered by its name
LONGEST_NAME = 16  # characters of an input's name that are shown
SELECTED = 0.286  # em, the frame of the selected unit: 6 px at 1080


def rectangle(box: Rect) -> QRectF:
    """A layout's rectangle as Qt's."""
    return QRectF(*box)


def lines(found: tuple[Array, ...], box: QRectF) -> QPainterPath:
    """Polylines of the unit square as a path in a box."""
    path = QPainterPath()
    for line in found:
        path.addPolygon(polygon(line * (box.width(), box.height()) + (box.x(), box.y())))
    return path


def hatching(box: QRectF, pitch: float) -> QPainterPath:
    """Diagonal lines that fill a square."""
    path, side, at = QPainterPath(), box.width(), pitch
    while at < 2 * side:
        a, b = min(at, side), max(0.0, at - side)
        path.moveTo(box.x() + b, box.y() + a)
        path.lineTo(box.x() + a, box.y() + b)
        at += pitch
    return path


def shade(value: float) -> int:
    """A value's colour out of the table, as 0xffRRGGBB."""
    return int(value_lut()[int(min(2.0, max(-2.0, value)) * LUT_SCALE)])


class Picture(NamedTuple):
    """A unit's response: its pixels, and how large each of them is in the plan."""

    pixels: QPixmap
    cell: float


class UnitShow(NamedTuple):
    """What a tile shows now."""

    picture: Picture | None  # None: undecided, hatched
    value: str
    bias: float
    fold: tuple[Array, ...]


class UnitItem:
    """A unit: its response, name, value at the probe, bias and badge."""

    def __init__(
        self, root: QGraphicsItem, tile: Tile, name: str, bias: Rect | None, look: Look, room: float = 0.0
    ) -> None:
        """With `room` it is a table's column, whose name has so much to the next layer."""
        self.tile, self.look, self._bias_box = tile, look, bias
        self.bright = True
        box = rectangle(tile.box)
        self._box = box
        self.frame = QGraphicsPathItem(rounded(box, CORNER * box.width()), root)
        self.picture = QGraphicsPixmapItem(self.frame)
        self.picture.setFlag(QGraphicsItem.GraphicsItemFlag.ItemStacksBehindParent)
        self.picture.setPos(box.topLeft())
        self.hatch = QGraphicsPathItem(hatching(box, look.px(0.95)), self.frame)
        self.fold = QGraphicsPathItem(self.frame)
        self.selection = QGraphicsPathItem(self.frame)
        self.dot = QGraphicsEllipseItem(self.frame)
        radius = min(DOT * look.em, 0.16 * box.width())
        self.dot.setRect(box.left() - radius, box.bottom() - radius, 2 * radius, 2 * radius)
        self.dot.setVisible(tile.layer > 0)
        label = look.font(0.93, 600)
        self.name = Pill(self.frame, label, 0.36 * look.em, 0.22 * look.em)
        self._long, self._room = room > 0, room
        self._name = name
        self._show_tag(1.0)
        self.value = Pill(self.frame, look.font(NUMBER, 700, tabular=True), 0.34 * look.em)
        self.bias = QGraphicsSimpleTextItem(self.frame)
        self.bias.setFont(look.font(0.88, 400, tabular=True))
        self.badge = BadgeItem(self.frame)
        self._cell = 0.0  # how large a pixel of the picture is
        self._folded, self._hatched = False, True  # whether it shows folds, and what is undecided
        self._ground: object = None  # what the tile was filled with last
        self._shade: object = None  # and the dot
        self.brighten(True)
        self.detail(True)

    def show_name(self, scale: float, readable: bool) -> None:
        """Names of inputs and outputs do not shrink with their tiles; the smallest have none."""
        if self._long:
            self._show_column(scale, readable)
        elif not self.tile.badge_side:
            seen = self._box.height() * scale
            self.name.frame.setFlag(FIXED, not readable)
            self.name.frame.setVisible(
                self.tile.tier.name if readable else seen >= LEAST_NAMED * self.name.height
            )
            self._show_tag(1.0 if readable else scale)

    def _show_tag(self, scale: float) -> None:
        """The name on the tile's upper left corner."""
        aside, down, wide = 0.46 * self.look.em / scale, 0.12 * self.look.em / scale, 1.72 * self.look.em
        self.name.show(self._name, self._box.left() + aside, self._box.top() + down, wide)

    def _show_column(self, scale: float, readable: bool) -> None:
        """A column's name: on the tile's upper edge, or behind a small tile."""
        factor = 1.0 if readable else scale
        seen, em, box, name = self._box.height() * factor, self.look.em, self._box, self.name
        columns = ceil(TOUCHING * name.height / (seen * (1 + BARE.gap)))  # side by side where they must
        name.frame.setFlag(FIXED, not readable)
        room = self._room * factor - 0.4 * em
        if columns == 1:
            above = readable and self.tile.tier.name
            words = self._elided(room + seen if above else room)
            x = box.left() - 0.4 * em if above else box.right() + 0.2 * em / factor
            y = box.top() + 0.12 * em if above else box.center().y()
        else:
            place, step = self.tile.unit % columns, min(BESIDE * em, room / columns)
            if step < LEAST_BESIDE * em:  # only the first of the columns has room
                place, step = (place and MOST_COLUMNS), min(BESIDE * em, room)
            words = self._elided(step - 0.2 * em) if max(place, columns - 1) < MOST_COLUMNS else ""
            x = box.right() + (0.2 * em + place * step) / factor
            over = max(0.0, name.height - seen) / 2  # above the first is the header, below the last the edge
            y = box.center().y() + over * (1 - 2 * place / (columns - 1)) / factor
        name.frame.setVisible(bool(words))
        name.show(words, x + name.width(words) / 2 / factor, y)

    def _elided(self, width: float) -> str:
        """As much of the name as fits; empty where that says nothing."""
        for count in range(min(len(self._name), LONGEST_NAME), LEAST_SAID - 1, -1):
            words = self._name if count == len(self._name) else f"{self._name[: count - 1].rstrip()}…"
            if self.name.width(words) <= width:
                return words
        return self._name if self.name.width(self._name) <= width else ""

    def set_badge(self, activation: Activation, twin: int) -> None:
        """Wear the activation's badge in the twin's colour."""
        if self.tile.badge_side:
            box = self.tile.badge
            color, panel = self.look.twin_color(twin), self.look.color("panel")
            self.badge.wear(activation, color, panel, box.width, self.look.bold)
            self.badge.setPos(box.x, box.y)

    def show(self, now: UnitShow) -> None:
        """Take on this frame's numbers; what stays as it is costs nothing."""
        ground, color = (now.picture, self.bright), (shade(now.bias), self.bright)
        if ground != self._ground:
            self._ground = ground
            self._fill(now.picture)
        if now.fold or self._folded:
            self._folded = bool(now.fold)
            self.fold.setPath(lines(now.fold, self._box))
        if self.tile.tier.value:
            self.value.show(now.value, self._value_x(now.value), self._box.bottom())
        if color != self._shade:
            self._shade = color
            self.dot.setBrush(self._toned(QColor.fromRgb(color[0])))
        if self._bias_box is not None:
            self._show_bias(signed(now.bias), self._bias_box)

    def _fill(self, picture: Picture | None) -> None:
        """Show the response from the tile's corner on, or that there is none."""
        if (picture is None) != self._hatched:
            self._hatched = picture is None
            self.hatch.setVisible(self._hatched)
            self.picture.setVisible(not self._hatched)
            self.frame.setBrush(Qt.BrushStyle.NoBrush)
        if picture is None:
            self.frame.setBrush(self._toned(UNDECIDED_PAPER))
            return
        self.picture.setPixmap(picture.pixels)
        if picture.cell != self._cell:
            self._cell = picture.cell
            self.picture.setTransform(QTransform.fromScale(self._cell, self._cell))

    def _show_bias(self, words: str, box: Rect) -> None:
        if words != self.bias.text():
            self.bias.setText(words)
            metrics = QFontMetricsF(self.bias.font())
            right = box.x + box.width - metrics.horizontalAdvance(words)
            middle = box.y + box.height / 2
            self.bias.setPos(right, middle + metrics.capHeight() / 2 - metrics.ascent())

    def _value_x(self, words: str) -> float:
        """The middle, or further right where the bias dot would be covered."""
        half, line = self.value.width(words) / 2, self.look.line
        middle = self._box.center().x()
        return max(middle, self.dot.rect().right() + half + line) if self.tile.layer else middle

    def detail(self, readable: bool) -> None:
        """Show names and numbers, or leave them out where nobody could read them."""
        tier = self.tile.tier
        self.name.frame.setVisible(self._long or (readable and tier.name))
        self.value.frame.setVisible(readable and tier.value)
        self.bias.setVisible(readable and self._bias_box is not None)

    def brighten(self, bright: bool) -> None:
        """Show in full, or dimmed while another unit is looked at."""
        self.bright = bright
        look, line = self.look, self.look.line
        outline = self._toned(look.color("outline"))
        self.frame.setPen(QPen(outline, line))
        self.hatch.setPen(QPen(self._toned(look.color("hatch")), max(1.0, line / 2)))
        fold = QPen(self._toned(INK), max(1.5, FOLD * look.bold * look.em), Qt.PenStyle.CustomDashLine)
        fold.setDashPattern([3.0, 2.2])
        fold.setCapStyle(Qt.PenCapStyle.FlatCap)
        self.fold.setPen(fold)
        self.dot.setPen(QPen(outline, max(line, 0.085 * look.em)))
        text, panel = self._toned(look.color("text")), look.color("panel")
        self.name.colors(text, panel, outline, line)
        self.value.colors(text, panel, text, max(line, 0.085 * look.em))
        self.bias.setBrush(text)
        self.badge.setOpacity(1.0 if bright else 1 - DIM)

    def _toned(self, color: QColor) -> QColor:
        return color if self.bright else mixed(color, self.look.color("background"), DIM)

    def keep_still(self, kept: bool) -> None:
        """Paint what seldom changes from kept pictures, as long as frames follow each other."""
        mode = QGraphicsItem.CacheMode.DeviceCoordinateCache if kept else QGraphicsItem.CacheMode.NoCache
        still = (self.frame, self.dot, self.name.frame, self.name.text, self.badge)
        for item in (*still, *self.badge.childItems()):
            item.setCacheMode(mode)

    def ring(self, selected: bool, focused: bool) -> None:
        """Frame the unit: thick where selected, a line at some distance where the keyboard is."""
        width = SELECTED * self.look.em if selected else max(2.0, self.look.line)
        away = width / 2 + (0 if selected else 0.2 * self.look.em)
        self.selection.setPath(
            rounded(self._box.adjusted(-away, -away, away, away), CORNER * self._box.width() + away)
        )
        self.selection.setPen(QPen(self.look.color("text"), width))
        self.selection.setVisible(selected or focused)


def wedge(root: QGraphicsItem | None, look: Look) -> QGraphicsPolygonItem:
    """The light shape that leads from the output to its enlargement."""
    found = QGraphicsPolygonItem(root)
    found.setPen(QPen(Qt.PenStyle.NoPen))
    found.setBrush(look.color("wedge"))
    return found
