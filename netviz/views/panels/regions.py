"""The straight pieces of each surface: how many there are, how many there could be, and what each one is."""

import re
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainterPath, QPen, QPolygonF

from netviz.core.activation import Activation
from netviz.session import selectors
from netviz.session.instruments import pieces
from netviz.session.instruments.pieces import Cut
from netviz.session.instruments.stuck import usable
from netviz.session.state import State
from netviz.views.drawing.sheet import Run, Sheet, SheetPanel, empty
from netviz.views.fold.plane_paths import probe_path
from netviz.views.panel import Place
from netviz.views.theme import INK, LABEL, PAPER, TITLE

TITLE_TEXT = "Regions"
NOTHING = "No straight pieces to count"
OTHER_INPUTS = "Straight pieces are counted where x₁ and x₂ are the only inputs; here there are others."
STALE = "Counted again when training pauses."
POINT = "Point at a piece to read it."
BETWEEN = re.compile(
    r" (?=[+−=]|x[₁₂])|(?<=[+−=]) |(?<=sum) "
)  # the spaces within a formula: it stands on one line
# Tints that stay apart for every colour vision (after Okabe and Ito), and light enough for ink on them.
TINTS = ("#bfe3f7", "#fbd69a", "#b3e3d0", "#fff2a0", "#f3bfa0", "#dcd3f0", "#c9ced6", "#f5d0e4")
NUMBERED = 12  # up to so many pieces each has its number written on it
HEAD = 1.9  # em
GAP, ABOVE = 1.2, (0.45, 0.1)  # em, between the maps; above what is said of a twin, and of a piece of it
LEAST = 4.0  # em, the smallest map
NEAR = 1.8  # em: a number nearer than this to the probe makes way


class TwinPieces(NamedTuple):
    """One twin's reading."""

    twin: int
    name: str
    activation: Activation
    cut: Cut | None  # None: nothing to count
    colors: tuple[int, ...]
    words: str


class Told(NamedTuple):
    """What the panel shows."""

    twins: tuple[TwinPieces, ...]
    box: tuple[float, float]
    probe: tuple[float, float]
    points: tuple[tuple[float, float, int], ...]  # x, y and target
    note: str


class RegionsPanel(SheetPanel):
    """A small map for each visible twin; the piece under the mouse, or at the probe, says what it is."""

    lowest = (19.0, 16.0)

    def __init__(self, twin: int = 0) -> None:
        super().__init__(twin)
        self.setMouseTracking(True)
        self.maps: list[tuple[TwinPieces, QRectF]] = []
        self.last: tuple[State, Told] | None = None
        self.hovered: tuple[int, float, float] | None = None  # the twin and the point of its plane

    def same(self, old: State, new: State) -> bool:
        """A large network is not counted again while it trains."""
        busy = (
            old.playing
            and new.playing
            and not all(pieces.quick(new, t) for t in selectors.visible_twins(new))
        )
        return busy or (super().same(old, new) and old.probe == new.probe)

    def read(self, state: State) -> Told:
        """The pieces; of the state that was read last they are known, and its sentence asks again."""
        if self.last is None or self.last[0] is not state:
            self.last = state, self._read(state)
        return self.last[1]

    def _read(self, state: State) -> Told:
        twins = tuple(_reading(state, twin) for twin in selectors.visible_twins(state))
        data = selectors.seen(state)
        rows = zip(data.x.tolist(), data.y[:, 0].tolist(), strict=True)
        points = (
            tuple((x, y, int(target > 0.5)) for (x, y), target in rows) if len(data.x) <= NUMBERED else ()
        )
        slow = not all(pieces.quick(state, one.twin) for one in twins)
        return Told(twins, selectors.box(state), selectors.place(state), points, STALE if slow else "")

    def sentence(self, state: State) -> str:
        return " ".join(f"{one.name}: {one.words}" for one in self.read(state).twins)

    # ---------------------------------------------------------------------------------- painting
    def draw(self, sheet: Sheet, box: QRectF) -> None:
        told, em = self.told, sheet.em
        assert isinstance(told, Told)
        reasons = {one.words for one in told.twins}
        if len(reasons) == 1 and all(one.cut is None for one in told.twins):
            self.maps = []
            empty(sheet, box, NOTHING, reasons.pop())
            return
        top, note = sheet.title(TITLE_TEXT, box), told.note or POINT
        ems = sheet.fitting(note, box.width() - sheet.width(TITLE_TEXT, TITLE, 700) - 0.5 * em, LABEL)
        if ems or told.note:
            left = box.right() - sheet.width(note, ems or LABEL)
            sheet.runs([Run(note, "second")], left, box.top() + 0.8 * em, ems or LABEL)
        self._twins(sheet, told, QRectF(box.left(), top, box.width(), box.bottom() - top))

    def _twins(self, sheet: Sheet, told: Told, box: QRectF) -> None:
        """Maps of one size; the words under each, or where that is narrow under all of them."""
        em, count = sheet.em, len(told.twins)
        step = (box.width() + GAP * em) / count
        wide = step - GAP * em
        words = [self._words(told, one) for one in told.twins]
        heights = [self._height(sheet, pair, wide if self.wide else box.width()) for pair in words]
        below = max(heights) if self.wide else sum(heights)
        side = max(0.0, min(wide, box.height() - HEAD * em - below))
        self.maps, y = [], box.top() + HEAD * em + (side if side > LEAST * em else 0.0)
        for place, (one, pair) in enumerate(zip(told.twins, words, strict=True)):
            left = box.left() + place * step
            self._head(sheet, one, QRectF(left, box.top(), wide, HEAD * em))
            if side > LEAST * em and one.cut is not None:
                spot = QRectF(left, box.top() + HEAD * em, side, side)
                self.maps.append((one, spot))
                self._map(sheet, told, one, one.cut, spot)
            if one.cut is None:
                self._say(sheet, (one.words, ""), QRectF(left, box.top() + HEAD * em, wide, box.height()))
            elif self.wide:
                self._say(sheet, pair, QRectF(left, y, wide, box.height()))
            else:
                y = self._say(sheet, pair, QRectF(box.left(), y, box.width(), box.height()))

    def _words(self, told: Told, one: TwinPieces) -> tuple[str, str]:
        """How many pieces a twin has, and what it is on one of them; nothing without a map."""
        if one.cut is None:
            return "", ""
        who = "" if self.wide or len(told.twins) == 1 else f"{selectors.side(one.twin).capitalize()}: "
        where, x, y = self._point(told, one)
        piece = pieces.told_at(one.cut, x, y, where)
        return BETWEEN.sub("\u00a0", who + one.words), BETWEEN.sub("\u00a0", piece)

    def _height(self, sheet: Sheet, words: tuple[str, ...], width: float) -> float:
        """How high a twin's words are with what is left above each, px."""
        pairs = zip(ABOVE, words, strict=True)
        return sum(sheet.height(text, width, LABEL) + above * sheet.em for above, text in pairs if text)

    def _say(self, sheet: Sheet, words: tuple[str, ...], box: QRectF) -> float:
        """Write a twin's words, and return where they end."""
        for token, above, text in zip(("text", "second"), ABOVE, words, strict=True):
            if text:
                box.setTop(sheet.text(text, box.translated(0, above * sheet.em), token, ems=LABEL))
        return box.top()

    def _head(self, sheet: Sheet, one: TwinPieces, box: QRectF) -> None:
        em, color = sheet.em, sheet.look.twin_color(one.twin)
        sheet.badge(one.activation, QRectF(box.left(), box.top(), 1.6 * em, 1.6 * em), one.twin)
        ems = sheet.fitting(one.name, box.width() - 2 * em, 1.1, 700)
        name = one.name if ems else one.name.split()[0]
        sheet.runs([Run(name, color, 700)], box.left() + 2 * em, box.top() + 0.8 * em, ems or 1.0)

    def _point(self, told: Told, one: TwinPieces) -> tuple[str, float, float]:
        if self.hovered is not None and self.hovered[0] == one.twin:
            return "Here", *self.hovered[1:]
        return "At the probe", *told.probe

    def _map(self, sheet: Sheet, told: Told, one: TwinPieces, cut: Cut, box: QRectF) -> None:
        low, high = told.box
        scale = box.width() / (high - low)

        def at(x: float, y: float) -> QPointF:
            return QPointF(box.left() + (x - low) * scale, box.bottom() - (y - low) * scale)

        outline = QPen(INK, max(1.0, 0.1 * sheet.em))
        outline.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        sheet.painter.save()
        sheet.painter.setClipRect(box)
        chosen = pieces.piece_at(cut.pieces, *self._point(told, one)[1:])
        for number, piece in enumerate(cut.pieces):
            path = _polygon([at(*corner) for corner in piece.corners.tolist()])
            sheet.path(path, outline, QColor(TINTS[one.colors[number]]))
        if chosen is not None:
            path = _polygon([at(*corner) for corner in cut.pieces[chosen].corners.tolist()])
            sheet.path(path, QPen(INK, 0.34 * sheet.em))
        sheet.painter.restore()
        if len(cut.pieces) <= NUMBERED:
            for number, piece in enumerate(cut.pieces, 1):
                if pieces.thickness(piece.corners) * scale > 2 * sheet.em:
                    spot = at(*piece.corners.mean(axis=0).tolist())
                    if (spot - at(*told.probe)).manhattanLength() < NEAR * sheet.em:
                        spot += QPointF(0, -NEAR * sheet.em)
                    sheet.centred(str(number), spot, INK, LABEL, 700)
        for x, y, target in told.points:
            sheet.target(target, at(x, y), 1.15 * sheet.em)
        cross = probe_path(0.85 * sheet.em, 0.3 * sheet.em).translated(at(*told.probe))
        sheet.path(cross, QPen(PAPER, 0.34 * sheet.em))
        sheet.path(cross, QPen(INK, 0.13 * sheet.em))
        sheet.frame(box)

    # ---------------------------------------------------------------------------------- the mouse
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = next(((one, box) for one, box in self.maps if box.contains(event.position())), None)
        before, self.hovered = self.hovered, None
        if found is not None and isinstance(self.told, Told):
            (one, box), (low, high) = found, self.told.box
            share = (event.position() - box.topLeft()) / box.width()
            self.hovered = one.twin, low + share.x() * (high - low), high - share.y() * (high - low)
        if before != self.hovered:
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        if self.hovered is not None:
            self.hovered = None
            self.update()


def _polygon(corners: list[QPointF]) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF(corners))
    path.closeSubpath()
    return path


def _reading(state: State, twin: int) -> TwinPieces:
    name, network = selectors.twin_name(state, twin), selectors.net(state, twin)
    cut = pieces.cut(state, twin) if usable(state, twin) else None
    colors = pieces.colors(cut, len(TINTS)) if cut is not None else ()
    return TwinPieces(twin, name, network.activations[0], cut, colors, _words(state, twin, cut))


def _words(state: State, twin: int, cut: Cut | None) -> str:
    """How many there are and could be; or why there is nothing to count."""
    if not usable(state, twin):
        return "Numbers left the range."
    if selectors.settings(state, twin).features != ("x", "y"):
        return OTHER_INPUTS
    if cut is None:
        return f"{selectors.activation_label(state, twin)} bends everywhere: no straight pieces to count."
    found = len(cut.pieces)
    many = f"{found} straight piece{'s' if found != 1 else ''} in view"
    return f"{many}; {pieces.bound(selectors.net(state, twin))}."


PANEL = Place(
    "Regions", "instrument", 62, "", RegionsPanel,
    about="The straight pieces that each surface is made of",
)  # fmt: skip
