"""How much each twin bends, D = f(00) + f(11) − f(01) − f(10): 0 for all that is flat; and the proof."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPen, QPolygonF

from netviz.core.activation import Activation
from netviz.session import selectors
from netviz.session.instruments import proofs
from netviz.session.instruments.proofs import FORMULA, Bend, Proof
from netviz.session.instruments.stuck import usable
from netviz.session.state import State
from netviz.session.text import shown
from netviz.views.drawing import proof_card
from netviz.views.drawing.sheet import Run, Sheet, SheetPanel, empty
from netviz.views.panel import Place
from netviz.views.theme import LABEL

TITLE_TEXT = "Bend"
MEANINGS = (
    "f₀₁ is the answer at 01. What is flat has D = 0.",
    "What is flat has D = 0.",
)  # the first that fits
SHARE_MEANS = ("How much of its answers no flat surface explains.", "What no flat surface explains.")
MEANT_FROM = 20.4  # em: a page so high says it
STACKED_FROM = 19.5  # em: a wide page so high has the scale over its whole width, and the proof below
REACH = 2.0  # the scale goes from −2 to +2
STOPPED = "numbers left the range"
SPACES = " ", "\N{THIN SPACE}", "\N{HAIR SPACE}"  # between the terms of a sum


class TwinBend(NamedTuple):
    """One twin's reading."""

    twin: int
    name: str
    activation: Activation
    value: float | None  # D, or the share of variance; None when its numbers left the range
    words: str  # the arithmetic


class Told(NamedTuple):
    """What the panel shows."""

    corners: bool  # D over the corners, else the share over the points
    twins: tuple[TwinBend, ...]
    asked: float
    gate: str  # "" where the targets' own bend cannot be compared
    proof: Proof | None
    unproved: str


class BendPanel(SheetPanel):
    """The meter and its arithmetic, and the proof card."""

    lowest = (20.5, 14.0)

    def read(self, state: State) -> Told:
        corners = selectors.on_corners(state)
        twins = tuple(_reading(state, twin, corners) for twin in selectors.visible_twins(state))
        if not corners:
            return Told(
                False, twins, proofs.asked_share(state), "the points", None, proof_card.unproved(state)
            )
        plain = all(proofs.plain(state, one.twin) for one in twins)
        gate = proofs.gate(state) if plain else ""
        return Told(True, twins, proofs.asked(state), gate, proofs.proof(state), proof_card.unproved(state))

    def sentence(self, state: State) -> str:
        told = self.read(state)
        parts = [f"{one.name}: {one.words}" for one in told.twins]
        if not told.corners:
            return f"{'; '.join(parts)}. The targets ask for {100 * told.asked:.0f} %."
        asks = f" {told.gate} asks {shown(told.asked)}." if told.gate else ""
        return f"{FORMULA}. {'; '.join(parts)}. Flat is 0.{asks}"

    # ---------------------------------------------------------------------------------- painting
    def draw(self, sheet: Sheet, box: QRectF) -> None:
        told = self.told
        assert isinstance(told, Told)
        if not self.wide or told.proof is None or box.height() >= STACKED_FROM * sheet.em:
            y = self._meter_part(sheet, told, box) + 0.3 * sheet.em
            sheet.line(QPointF(box.left(), y), QPointF(box.right(), y), "decoration")
            self._card(sheet, told, box.adjusted(0, y + 0.4 * sheet.em - box.top(), 0, 0))
            return
        half = box.width() * 0.48
        self._meter_part(sheet, told, QRectF(box.left(), box.top(), half, box.height()))
        proof_card.draw(sheet, told.proof, box.adjusted(half + 2 * sheet.em, 0, 0, 0), 1.15)

    def _meter_part(self, sheet: Sheet, told: Told, box: QRectF) -> float:
        """Title, arithmetic and scale; return where it ends."""
        em = sheet.em
        y = sheet.title(TITLE_TEXT, box)
        formula = sheet.width(FORMULA, 0.95)
        if told.corners and formula + sheet.width(TITLE_TEXT, 1.3, 700) < box.width():
            sheet.text(
                FORMULA, QRectF(box.right() - formula, y - 1.75 * em, formula + 2, 2 * em), "second", 0.95
            )
        if not told.corners or box.height() >= MEANT_FROM * em:
            means = MEANINGS if told.corners else SHARE_MEANS
            y = self._meaning(sheet, means, box, y - 0.2 * em) + 0.3 * em
        for one in told.twins:
            y = self._twin(sheet, one, box, y)
        return _scale(sheet, told, QRectF(box.left() + 1.2 * em, y, box.width() - 2.4 * em, 0))

    def _meaning(self, sheet: Sheet, means: tuple[str, ...], box: QRectF, y: float) -> float:
        """What is measured, on one line where one of these fits; return where it ends."""
        fits = ((words, sheet.fitting(words, box.width(), LABEL)) for words in means)
        words, ems = next((one for one in fits if one[1]), (means[-1], LABEL))
        return sheet.text(words, QRectF(box.left(), y, box.width(), box.height()), "second", ems or LABEL)

    def _twin(self, sheet: Sheet, one: TwinBend, box: QRectF, y: float) -> float:
        """Badge, name and arithmetic of a twin on one line; where it is too long closer, or its result."""
        em, color = sheet.em, sheet.look.twin_color(one.twin)
        sheet.badge(one.activation, QRectF(box.left(), y, 1.5 * em, 1.5 * em), one.twin)
        left = box.left() + 1.8 * em
        name = f"{one.name}: "
        result = f"D ={one.words.rpartition('=')[2]}"
        lines = *(one.words.replace(" ", space) for space in SPACES), result
        sizes = (sheet.fitting(name + line, box.right() - left, weight=500) for line in lines)
        words, ems = next((found for found in zip(lines, sizes, strict=True) if found[1]), (result, LABEL))
        sheet.runs([Run(name, color, 700), Run(words)], left, y + 0.75 * em, ems or LABEL)
        return y + 1.85 * em

    def _card(self, sheet: Sheet, told: Told, box: QRectF) -> None:
        if told.proof is None:
            empty(sheet, box, proof_card.UNPROVED, told.unproved)
        else:
            proof_card.draw(sheet, told.proof, box, 0.95)


def _reading(state: State, twin: int, corners: bool) -> TwinBend:
    name, activation = selectors.side(twin).capitalize(), selectors.net(state, twin).activations[0]
    if not usable(state, twin):
        return TwinBend(twin, name, activation, None, STOPPED)
    if corners:
        found: Bend = proofs.bend(state, twin)
        return TwinBend(twin, name, activation, round(found.total, 2), proofs.arithmetic(found))
    share = proofs.nonlinear_share(state, twin)
    return TwinBend(twin, name, activation, round(share, 3), f"{100 * share:.0f} % of its variance")


def _scale(sheet: Sheet, told: Told, box: QRectF) -> float:
    """The scale with its marks and a pointer for each twin; return where it ends."""
    em = sheet.em
    low, high = (-REACH, REACH) if told.corners else (0.0, 1.0)
    y = box.top() + 2.1 * em

    def at(value: float) -> QPointF:
        share = (min(high, max(low, value)) - low) / (high - low)
        return QPointF(box.left() + share * box.width(), y)

    sheet.line(at(low), at(high), "text", max(sheet.look.line, 0.14 * em))
    ticks = (-2.0, -1.0, 0.0, 1.0, 2.0) if told.corners else (0.0, 0.5, 1.0)
    for tick in ticks:
        sheet.line(at(tick) - QPointF(0, 0.3 * em), at(tick) + QPointF(0, 0.3 * em), "text")
        words = f"{shown(tick, 0)}" if told.corners else f"{100 * tick:.0f} %"
        middle = min(at(tick).x(), box.right() + 1.2 * em - sheet.width(words, LABEL, 600) / 2)
        sheet.centred(words, QPointF(middle, y + 0.95 * em), "text", LABEL, 600)
    page = QRectF(box.left() - 1.2 * em, y - 10 * em, box.width() + 2.4 * em, 20 * em)
    taken: list[QRectF] = []
    pointers = sorted((one.value, one) for one in told.twins if one.value is not None)
    for value, _ in pointers:
        taken.append(QRectF(at(value).x() - 0.6 * em, y - 1.2 * em, 1.2 * em, 1.2 * em))
    for place, (value, one) in enumerate(pointers):
        _pointer(sheet, one, at(value), (value > high) - (value < low))
        first = -1 if place == 0 and len(pointers) > 1 else 1
        _label(sheet, one, at(value), first, page, taken)
    return _remarks(sheet, told, at, page, y + 2.05 * em)


def _remarks(sheet: Sheet, told: Told, at: Callable[[float], QPointF], page: QRectF, y: float) -> float:
    """What stands at which value, under the scale; a second row where two would overlap."""
    remarks = [(0.0, "every flat surface" if told.corners else "flat")]
    if told.gate and abs(told.asked) < 1e-9:
        remarks = [(0.0, f"every flat surface, and {told.gate}")]
    elif told.gate:
        remarks.append((told.asked, f"{told.gate} asks" if told.corners else f"{told.gate} ask"))
    taken: list[QRectF] = []
    high = 1.15 * sheet.em
    for value, words in remarks:
        wide = sheet.width(words, LABEL)
        x = max(page.left(), min(page.right() - wide, at(value).x() - wide / 2))
        spot = QRectF(x, y - high / 2, wide, high)
        if any(spot.adjusted(-sheet.em / 2, 0, sheet.em / 2, 0).intersects(other) for other in taken):
            spot.translate(0, high)
        taken.append(spot)
        sheet.runs([Run(words, "second")], spot.left(), spot.center().y(), LABEL)
    return max(spot.bottom() for spot in taken) + 0.2 * sheet.em


def _pointer(sheet: Sheet, one: TwinBend, at: QPointF, beyond: int) -> None:
    """A twin's triangle above the scale, solid or open; beyond the end it points outwards."""
    em, color = sheet.em, sheet.look.twin_color(one.twin)
    tip = at - QPointF(0, 0.25 * em)
    corners = [QPointF(0, 0), QPointF(-0.5, -0.85), QPointF(0.5, -0.85)]
    if beyond:
        corners = [QPointF(0.6 * beyond, -0.45), QPointF(-0.3 * beyond, -0.95), QPointF(-0.3 * beyond, 0.05)]
    path = QPainterPath()
    path.addPolygon(QPolygonF([tip + corner * em for corner in [*corners, corners[0]]]))
    pen = QPen(color, 0.14 * em)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    sheet.path(path, pen, color if one.twin == 0 else sheet.color("panel"))


def _label(sheet: Sheet, one: TwinBend, at: QPointF, first: int, page: QRectF, taken: list[QRectF]) -> None:
    """A pointer's name on the side where there is room, or a row higher."""
    em, name = sheet.em, one.name.lower()
    wide, high = sheet.width(name, LABEL, 700), 1.0 * em
    spots = [
        QRectF(
            at.x() + (0.75 * em if side > 0 else -0.75 * em - wide), at.y() - 1.3 * em - up * em, wide, high
        )
        for up in (0, 1.0)
        for side in (first, -first)
    ]
    free = (spot for spot in spots if page.contains(spot) and not any(spot.intersects(o) for o in taken))
    spot = next(free, spots[-1])
    taken.append(spot)
    sheet.runs([Run(name, sheet.look.twin_color(one.twin), 700)], spot.left(), spot.center().y(), LABEL)


PANEL = Place(
    "Bend", "instrument", 44, "4", BendPanel, "Bend", door=True,
    about="How far each surface is from flat, and why XOR asks for that",
)  # fmt: skip
