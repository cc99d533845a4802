"""The network's picture: built once for each plan; a frame only sets pens, pictures and words."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPen, QPolygonF, QTransform
from PySide6.QtWidgets import QGraphicsItem, QGraphicsOpacityEffect, QGraphicsRectItem, QGraphicsScene

from netviz.core.activation import Activation
from netviz.core.network import Array
from netviz.views.canvas.edges import EdgeItem, widths
from netviz.views.canvas.items import UnitItem, UnitShow, wedge
from netviz.views.canvas.layout import READABLE, Plan, Related, Tile
from netviz.views.theme import Look

Place = tuple[int, int]  # layer, index
NEARLY = 0.9999  # an opacity that nobody tells from 1, and for which Qt keeps a picture


class Camera(NamedTuple):
    """How the plan is seen: its size, and where its corner is."""

    scale: float
    x: float
    y: float

    def zoomed(self, factor: float, at: QPointF) -> "Camera":
        """Larger by a factor about a point of the window that stays where it is."""
        return Camera(
            self.scale * factor, at.x() + (self.x - at.x()) * factor, at.y() + (self.y - at.y()) * factor
        )

    def to_plan(self, at: QPointF) -> tuple[float, float]:
        """The place in the plan that is seen at a point of the window."""
        return (at.x() - self.x) / self.scale, (at.y() - self.y) / self.scale

    def to_window(self, box: QRectF) -> QRectF:
        """Where a box of the plan is seen."""
        s = self.scale
        return QRectF(self.x + box.x() * s, self.y + box.y() * s, box.width() * s, box.height() * s)


def fitted(plan: Plan, band: QRectF) -> Camera:
    """The camera that shows the whole plan in a band."""
    scale = min(band.width() / plan.width, band.height() / plan.height)
    y = band.y() + (band.height() - plan.height * scale) / 2
    return Camera(scale, band.x(), y)


class GapLines:
    """The lines between two layers; while frames race by they are one picture, until one of them changes."""

    def __init__(self, root: QGraphicsItem) -> None:
        """A place for lines, painted afresh until it keeps still."""
        self.root = QGraphicsRectItem(root)
        self.root.setFlag(QGraphicsItem.GraphicsItemFlag.ItemHasNoContents)
        self._effect = QGraphicsOpacityEffect()
        self._effect.setOpacity(NEARLY)
        self._effect.setEnabled(False)
        self.root.setGraphicsEffect(self._effect)

    def keep_still(self, kept: bool) -> None:
        """Paint the lines from a kept picture, or afresh."""
        self._effect.setEnabled(kept)


class NetworkScene(QGraphicsScene):
    """All units and edges of one network."""

    def __init__(self, plan: Plan, names: Sequence[str], look: Look, columns: bool = False) -> None:
        """Build the items for a plan; `names` are the units', layer by layer; inputs as a table's columns."""
        super().__init__()
        self.plan = self.built = plan  # where everything stands now, and where it was made
        self.setBackgroundBrush(look.color("background"))
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.wedge = wedge(None, look)
        self.addItem(self.wedge)
        self.frame = QGraphicsRectItem()
        self.frame.setPen(QPen(Qt.PenStyle.NoPen))
        self.addItem(self.frame)
        self.root = QGraphicsRectItem(self.frame)
        dashed = len(plan.edges) <= 400  # more dashes than that nobody sees and every frame pays for
        pairs = zip(plan.edges, plan.numbers, strict=True)
        self._look = look
        self._gaps = [GapLines(self.root) for _ in plan.layers[1:]]
        self.edges = [
            EdgeItem(self._gaps[edge.layer].root, self.root, edge, number, look, dashed)
            for edge, number in pairs
        ]
        self._wide = np.zeros(len(self.edges), dtype=np.intp)  # as they are drawn
        self._wanted, self._turn = self._wide, 0  # as they are to be drawn, and the gap that is next
        self._raise_numbers()
        self._kept = self._in_turn = False
        first, after = plan.layers[0][0].box, plan.layers[1][0].box
        room = after.x - first.x - first.width if columns else 0.0
        triples = zip(plan.tiles, names, plan.biases, strict=True)
        self.units = [
            UnitItem(self.root, tile, name, bias, look, 0.0 if tile.layer else room)
            for tile, name, bias in triples
        ]

    def _raise_numbers(self) -> None:
        for edge in self.edges:
            if edge.pill is not None:
                edge.pill.frame.setZValue(0.2)

    def wear(self, activations: Sequence[Activation], twin: int) -> None:
        """Give every hidden unit its activation's badge in the twin's colour."""
        for item in self.units:
            if item.tile.badge_side:
                item.set_badge(activations[item.tile.layer - 1], twin)

    def look_through(self, camera: Camera, band: QRectF, window: QRectF) -> None:
        """Show the plan through a camera, inside a band; the wedge reaches the window's right corners."""
        self.setSceneRect(window)
        transform = QTransform.fromTranslate(camera.x, camera.y)
        self.root.setTransform(transform.scale(camera.scale, camera.scale))
        self.frame.setRect(band)
        cut = not band.contains(camera.to_window(QRectF(0, 0, self.plan.width, self.plan.height)))
        self.frame.setFlag(QGraphicsItem.GraphicsItemFlag.ItemClipsChildrenToShape, cut and camera.scale > 0)
        self._spread_wedge()
        readable = camera.scale >= READABLE
        for unit in self.units:
            unit.detail(readable)
            unit.show_name(camera.scale, readable)
        self._show_numbers(readable)
        if self.plan is not self.built:
            self.move(self.plan)  # how large words are on their way depends on the camera

    def _spread_wedge(self) -> None:
        """From the output's right corners to the window's."""
        box, window = QRectF(*self.plan.layers[-1][0].box), self.sceneRect()
        box = self.root.transform().mapRect(box)
        corners = (box.topRight(), window.topRight(), window.bottomRight(), box.bottomRight())
        self.wedge.setPolygon(QPolygonF(corners))

    def _show_numbers(self, readable: bool) -> None:
        """Numbers and hidden units' names stand where they were made; on their way they would collide."""
        still = self.plan is self.built
        for edge in self.edges:
            if edge.pill is not None:
                edge.pill.frame.setVisible(readable and still)
        for unit, room in zip(self.units, self.built.biases, strict=True):
            if 0 < unit.tile.layer < len(self.built.layers) - 1:
                unit.detail(readable and still)
            unit.bias.setVisible(readable and still and room is not None)

    def move(self, plan: Plan) -> None:
        """Move everything to where another plan of the same network has it."""
        self.plan = plan
        readable = self.root.transform().m11() >= READABLE
        for unit, tile in zip(self.units, plan.tiles, strict=True):
            made, now = unit.tile.box, tile.box
            factor = now.width / made.width
            unit.frame.setScale(factor)
            unit.frame.setPos(now.x - made.x * factor, now.y - made.y * factor)
            for words in (unit.name.frame, unit.value.frame):
                words.setScale(1 / factor if readable else 1.0)  # they do not grow with their tile
        for item, edge in zip(self.edges, plan.edges, strict=True):
            item.line.setLine(*edge.start, *edge.end)
        self._spread_wedge()
        self._show_numbers(readable)

    def show(self, units: Sequence[UnitShow], weights: Array) -> None:
        """Take on a frame's numbers; `weights` (edges,) in the order of the plan's edges."""
        for item, now in zip(self.units, units, strict=True):
            item.show(now)
        self._wanted = widths(weights, self._look)
        if self._in_turn and self._gaps:
            self._turn = (self._turn + 1) % len(self._gaps)
            self._draw_edges(self._turn)
        else:
            self._draw_edges()
        if self.edges and self.edges[0].pill is not None:
            for edge, weight in zip(self.edges, weights.tolist(), strict=True):
                edge.tell(weight)

    def _draw_edges(self, layer: int | None = None) -> None:
        """Give the edges that have changed their pens: all of them, or those behind one layer."""
        for number in np.flatnonzero(self._wanted != self._wide).tolist():
            if layer is None or self.edges[number].edge.layer == layer:
                self._wide[number] = wide = int(self._wanted[number])
                self.edges[number].show(wide < 0, abs(wide))

    def keep_still(self, kept: bool, in_turn: bool = False) -> None:
        """Paint names, badges and lines from kept pictures, or afresh; `in_turn`: a frame renews one gap."""
        if kept != self._kept:
            self._kept = kept
            for unit in self.units:
                unit.keep_still(kept)
            for gap in self._gaps:
                gap.keep_still(kept)
        if in_turn != self._in_turn:
            self._in_turn = in_turn
            self._draw_edges()

    def brighten(self, related: Related | None) -> None:
        """Dim everything but these; None: nothing is dimmed."""
        for unit in self.units:
            bright = related is None or place(unit.tile) in related.units
            if bright != unit.bright:
                unit.brighten(bright)
        for number, edge in enumerate(self.edges):
            edge.bright = related is None or number in related.edges
            edge.line.setZValue(0.0 if edge.bright else -0.1)
        self._wide = np.zeros_like(self._wide)  # all are drawn again

    def ring(self, selected: Place | None, focused: Place | None) -> None:
        """Frame the selected unit, and the one that the keyboard is at."""
        for unit in self.units:
            at = place(unit.tile)
            unit.ring(at == selected, at == focused)


def place(tile: Tile) -> Place:
    """A tile's unit."""
    return tile.layer, tile.unit
