"""A twin as one layer: what nothing bends fuses into it; what bends stands beside its nearest one."""

from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPen

from netviz.core.network import Array, Network, Params
from netviz.session import engine, selectors
from netviz.session.actions import SetFused
from netviz.session.fields import Settings
from netviz.session.instruments import collapsing
from netviz.session.instruments.collapsing import Collapsed
from netviz.session.instruments.inside import NO_BREAK
from netviz.session.instruments.stuck import usable
from netviz.session.sections import Section
from netviz.session.state import State
from netviz.session.text import signed
from netviz.views.canvas import surfaces
from netviz.views.controls.motion import Motion
from netviz.views.drawing.sheet import Run, Sheet, SheetPanel
from netviz.views.panel import Place
from netviz.views.theme import LABEL

TITLE_TEXT = "Collapse"
STOPPED = "Numbers left the range: there is nothing to collapse."
ROW = 2.1  # em, the row of title and slider
HEAD = 1.9  # em, the row of a twin's name
DASHES = (2.0, 1.35)
SIDE = 67  # points along each side of the surfaces that are drawn here
BEFORE = 0.44  # of the width, where before and after stand beside each other
LEAST_WHOLE, LEAST_LINE = 14.0, 7.0  # em: a narrower drawing has narrower margins; a shorter line no number
LEAST_HIGH, LEAST_LONG = 2.8, 10.5  # em: two lines neither so far apart nor so long have no room for both
NUMBERS = (0.3, 0.62)  # where on its line each effective weight stands
FLAT_LEAST, BENT_LEAST = 3.4, 4.6  # em: a lower picture of fusing layers, or of two surfaces, says too little
WORDS_BESIDE, PICTURE = 26.0, 0.43  # em: a narrow page so wide has the words beside the picture; its share
NEAREST = "Nearest: "
SHORTER = ("Root mean square", "RMS"), (" over the plane", ""), (": one ", f": one{NO_BREAK}")
SURFACES = "its surface", "nearest flat"  # what stands below the two
LONGEST = 12  # characters of an input's name
MOST_BADGES = 5  # units in a layer that still wear their badge


class TwinLayer(NamedTuple):
    """One twin's reading."""

    twin: int
    name: str
    settings: Settings
    params: Params
    one: Collapsed | None  # None when its numbers left the range
    lines: tuple[str, ...]

    @property
    def fuses(self) -> bool:
        """Whether it has layers that are but one."""
        return self.one is not None and self.one.exact and len(self.params.weights) > 1


class Told(NamedTuple):
    """What the panel shows."""

    twins: tuple[TwinLayer, ...]
    box: Section
    reduced: bool


class CollapsePanel(SheetPanel):
    """Both twins, and the slider that fuses layers."""

    lowest = (20.0, 15.0)

    def __init__(self, twin: int = 0) -> None:
        super().__init__(twin)
        self.fused = 0.0  # how far layers are, as it was told last
        self.motion = Motion("Fuse", "Unfuse", "From many layers to one")
        self.motion.setParent(self)
        self.motion.moved.connect(self._on_motion_moved)

    def read(self, state: State) -> Told:
        twins = tuple(_reading(state, twin) for twin in selectors.visible_twins(state))
        return Told(twins, selectors.section(state), state.reduced_motion)

    def sentence(self, state: State) -> str:
        told = self.read(state)
        return " ".join(f"{one.name}: {' '.join(one.lines)}" for one in told.twins)

    def arrange(self, look: object, box: QRectF) -> None:
        found = self.look
        if found is None or not isinstance(self.told, Told):
            return
        self.motion.set_look(found)
        self.motion.reduced = self.told.reduced
        fuses = any(one.fuses for one in self.told.twins)
        self.motion.setVisible(fuses)
        self.motion.slider.setVisible(not self.told.reduced)
        left = found.px(6.2)
        wide = self.motion.sizeHint().width() if self.told.reduced else found.px(20)
        self.motion.setGeometry(left, 0, min(self.width() - left, wide), found.px(ROW))

    def notice(self, old: State | None, new: State) -> None:
        self.fused = new.fused
        if self.motion.share != new.fused:
            self.motion.follow(new.fused)
            self.update()

    def _on_motion_moved(self, share: float) -> None:
        self.update()
        self.acted.emit(SetFused(share, self.fused))

    # ---------------------------------------------------------------------------------- painting
    def parts(self) -> list[QRectF]:
        look, told = self.look, self.told
        if look is None or not isinstance(told, Told):
            return []
        around = self._gap(look.em) / 2
        boxes = self._boxes(look.em, self.page, len(told.twins))
        return [box.adjusted(-around, -around, around, around) for box in boxes]

    def _gap(self, em: float) -> float:
        """What stands between the twins, px."""
        return (1.5 if self.wide else 0.4) * em

    def _boxes(self, em: float, page: QRectF, count: int) -> list[QRectF]:
        """Where each twin stands."""
        top, gap = page.top() + (ROW + 0.3) * em, self._gap(em)
        wide = (page.width() - gap * (count - 1)) / count if self.wide else page.width()
        high = page.bottom() - top if self.wide else (page.bottom() - top - gap * (count - 1)) / count
        across, down = (wide + gap, 0.0) if self.wide else (0.0, high + gap)
        return [QRectF(page.left() + i * across, top + i * down, wide, high) for i in range(count)]

    def draw(self, sheet: Sheet, box: QRectF) -> None:
        told, em = self.told, sheet.em
        assert isinstance(told, Told)
        sheet.title(TITLE_TEXT, box.adjusted(0, 0.3 * em, 0, 0))
        for one, own in zip(told.twins, self._boxes(em, box, len(told.twins)), strict=True):
            if sheet.wants(own):
                self._twin(sheet, told, one, own)

    def _twin(self, sheet: Sheet, told: Told, one: TwinLayer, box: QRectF) -> None:
        """Name, drawing, words."""
        em, color = sheet.em, sheet.look.twin_color(one.twin)
        badge = engine.network(one.settings).activations[0]
        sheet.badge(badge, QRectF(box.left(), box.top(), 1.6 * em, 1.6 * em), one.twin)
        sheet.runs([Run(one.name, color, 700)], box.left() + 2 * em, box.top() + 0.8 * em, 1.1)
        if one.one is not None and not (self.wide or told.reduced) and box.width() >= WORDS_BESIDE * em:
            self._beside(sheet, told, one, one.one, box.adjusted(0, HEAD * em, 0, 0))
            return
        types = self._types(sheet, one, box.width())
        heights = [sheet.height(line, box.width(), *types[i]) for i, line in enumerate(one.lines)]
        least = BENT_LEAST if one.one is not None and not one.one.exact else FLAT_LEAST
        while len(heights) > 1 and box.height() - HEAD * em - sum(heights) < least * em:
            heights.pop()  # in a small place the picture counts more than the last words
        y = box.bottom() - sum(heights) - 0.1 * em
        if one.one is None:  # no picture: the words stand where it would
            y = box.top() + (HEAD + 0.3) * em
        picture = QRectF(box.left(), box.top() + HEAD * em, box.width(), y - 0.3 * em - box.top() - HEAD * em)
        if one.one is not None and picture.height() > 2 * em:
            self._picture(sheet, told, one, one.one, picture)
        for i, high in enumerate(heights):
            words = QRectF(box.left(), y, box.width(), high + 2)
            ems, weight = types[i]
            sheet.text(one.lines[i], words, ems=ems, weight=weight)
            y += high

    def _types(self, sheet: Sheet, one: TwinLayer, width: float) -> list[tuple[float, int]]:
        """Size, em, and weight of each line of words."""
        if one.one is None:
            return [(1.0, 400)]
        return [(sheet.fitting(one.lines[0], width, 1.0, 600) or 1.0, 600), (0.95, 400), (0.95, 400)]

    def _beside(self, sheet: Sheet, told: Told, one: TwinLayer, layer: Collapsed, box: QRectF) -> None:
        """The picture as high as there is room, its words in the middle beside it."""
        half, em = PICTURE * box.width(), sheet.em
        left, width = box.left() + half + em, box.width() - half - em
        types = self._types(sheet, one, width)
        lines = [
            line if sheet.width(line, *kind) <= width else _shorter(line)
            for line, kind in zip(one.lines, types, strict=True)
        ]
        heights = [
            sheet.height(line, width, *kind) + 0.2 * em for line, kind in zip(lines, types, strict=True)
        ]
        while len(heights) > 1 and sum(heights) > box.height():
            heights.pop()  # a line that does not fit is left out: what is cut cannot be read
        self._picture(sheet, told, one, layer, QRectF(box.left(), box.top(), half, box.height() - 0.3 * em))
        y = box.top() + max(0.0, (box.height() - sum(heights)) / 2)
        for line, high, (ems, weight) in zip(lines, heights, types, strict=False):
            sheet.text(line, QRectF(left, y, width, high + 2), ems=ems, weight=weight)
            y += high

    def _picture(self, sheet: Sheet, told: Told, one: TwinLayer, layer: Collapsed, box: QRectF) -> None:
        if not layer.exact:
            _surfaces(sheet, one, layer, told.box, box)
        elif told.reduced and one.fuses:
            below = box.adjusted(0, sheet.em, 0, 0)
            wide = BEFORE * box.width() - 0.5 * sheet.em
            before, after = (
                below.adjusted(0, 0, wide - box.width(), 0),
                below.adjusted(wide + sheet.em, 0, 0, 0),
            )
            for share, part, words in ((0.0, before, "before"), (1.0, after, "after")):
                sheet.runs([Run(words, "second")], part.left(), box.top() + 0.4 * sheet.em, LABEL)
                _fusing(sheet, one, layer, share, part)
        else:
            _fusing(sheet, one, layer, self.motion.share, box)


def _reading(state: State, twin: int) -> TwinLayer:
    name, settings = selectors.twin_name(state, twin), selectors.settings(state, twin)
    at = selectors.params(state, twin)
    if not usable(state, twin):
        return TwinLayer(twin, name, settings, at, None, (STOPPED,))
    one = collapsing.collapsed(state, twin)
    layer = collapsing.equation(state, twin, one).replace("+ ", f"+{NO_BREAK}").replace("− ", f"−{NO_BREAK}")
    if one.exact:
        where = "plane" if selectors.dimensions(state) == 2 else "rows"
        lines = collapsing.told(one), f"{layer}.", collapsing.agreement(one, where)
    else:
        far = f"Root mean square difference {collapsing.difference(one.rms)}."
        lines = collapsing.told(one), f"{NEAREST}{layer}.", far
    return TwinLayer(twin, name, settings, at, one, lines)


def _shorter(line: str) -> str:
    """A line that would break, in fewer words, or where it reads better."""
    if line.startswith(NEAREST):
        return line.removeprefix(NEAREST).replace("=", "≈")
    for long, short in SHORTER:
        line = line.replace(long, short)
    return line


# ------------------------------------------------------------------------------------- flat: fusing layers
def _places(sizes: tuple[int, ...], box: QRectF, share: float) -> list[list[QPointF]]:
    """Where every unit stands, layer by layer, a share of the way into the output."""
    right = QPointF(box.right(), box.center().y())
    found = []
    for layer, units in enumerate(sizes):
        x = box.left() + box.width() * layer / (len(sizes) - 1)
        gap = box.height() / units
        places = [QPointF(x, box.top() + (i + 0.5) * gap) for i in range(units)]
        hidden = 0 < layer < len(sizes) - 1
        found.append([_between(place, right, share) if hidden else place for place in places])
    return found


def _between(a: QPointF, b: QPointF, share: float) -> QPointF:
    """A share of the way from one point to another."""
    return QPointF(a.x() + share * (b.x() - a.x()), a.y() + share * (b.y() - a.y()))


def _short(label: str) -> str:
    return label if len(label) <= LONGEST else f"{label[: LONGEST - 1]}…"


def _fusing(sheet: Sheet, one: TwinLayer, layer: Collapsed, share: float, box: QRectF) -> None:
    """The network as circles; at the end its one layer with its numbers."""
    em = sheet.em
    network = engine.network(one.settings)
    labels = [_short(label) for label in engine.input_labels(one.settings)]
    left = max(2 * em, 1.2 * em + max(sheet.width(label, LABEL, 600) for label in labels))
    beyond = 5.2 if box.width() > LEAST_WHOLE * em else 4.7 if share >= 1 else 2.2  # right of the output
    width = min(box.width() - left - beyond * em, 3.2 * box.height())
    room = QRectF(box.left() + left, box.top(), width, box.height())
    places = _places(network.sizes, room, share)
    if share >= 1:
        _one_layer(sheet, layer, places)
    else:
        _edges(sheet, places, one.params)
    for number, units in list(enumerate(places))[::-1]:
        hidden = 0 < number < len(places) - 1
        size = min(1.5 * em, 0.86 * room.height() / max(len(units), 1))
        for place in units if not (hidden and share >= 1) else ():
            spot = QRectF(place.x() - size / 2, place.y() - size / 2, size, size)
            if hidden and len(units) <= MOST_BADGES:
                sheet.badge(network.activations[number - 1], spot, one.twin)
            else:
                _circle(sheet, spot)
    for place, label in zip(places[0], labels, strict=True):
        if room.height() / len(labels) > 0.9 * em:
            away = max(1.3 * em, 0.95 * em + sheet.width(label, LABEL, 600) / 2)
            sheet.centred(label, place - QPointF(away, 0), "text", LABEL, 600)
    output = places[-1][0]
    sheet.runs([Run("ŷ", weight=600)], output.x() + em, output.y(), LABEL)
    if share >= 1:
        sheet.runs([Run(signed(layer.bias), weight=600)], output.x() + 2.2 * em, output.y(), LABEL)


def _circle(sheet: Sheet, box: QRectF) -> None:
    sheet.painter.setPen(QPen(sheet.color("text"), max(1.5, 0.09 * sheet.em)))
    sheet.painter.setBrush(sheet.color("panel"))
    sheet.painter.drawEllipse(box)


def _pen(sheet: Sheet, negative: bool, width: float) -> QPen:
    """A weight's line: colour and dashes by its sign."""
    pen = QPen(sheet.color("negative" if negative else "positive"), width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if negative:
        pen.setDashPattern(list(DASHES))
    return pen


def _edges(sheet: Sheet, places: list[list[QPointF]], params: Params) -> None:
    """Draw the weights' lines, those of one sign and width together: one by one they take twice as long."""
    alike = defaultdict[tuple[bool, float], list[QLineF]](list)
    for before, after, weights in zip(places, places[1:], params.weights, strict=False):
        for row, end in zip(weights.tolist(), after, strict=True):
            for weight, start in zip(row, before, strict=True):
                width = round(min(0.3, 0.06 + 0.14 * abs(weight)), 2)
                alike[weight < 0, width].append(QLineF(start, end))
    for (negative, width), lines in alike.items():
        sheet.painter.setPen(_pen(sheet, negative, sheet.em * width))
        sheet.painter.drawLines(lines)


def _one_layer(sheet: Sheet, layer: Collapsed, places: list[list[QPointF]]) -> None:
    """The effective weights on their lines."""
    output = places[-1][0]
    for weight, start in zip(layer.weight, places[0], strict=True):
        sheet.painter.setPen(_pen(sheet, weight < 0, sheet.em * min(0.4, 0.1 + 0.14 * abs(weight))))
        sheet.painter.drawLine(start, output)
    long, high = output.x() - places[0][0].x(), places[0][-1].y() - places[0][0].y()
    close = len(layer.weight) > 1 and high < LEAST_HIGH * sheet.em and long < LEAST_LONG * sheet.em
    if len(layer.weight) > len(NUMBERS) or long < LEAST_LINE * sheet.em or close:
        return  # the equation below has them
    for weight, start, share in zip(layer.weight, places[0], NUMBERS, strict=False):
        outline = "negative" if weight < 0 else "positive"
        sheet.pill(signed(weight), _between(start, output, share), outline=outline)


# ------------------------------------------------------------------------------------- bent: two surfaces
@lru_cache(maxsize=4)
def _inputs(settings: Settings, plane: Section) -> Array:
    """The inputs (n, features) at the points of a surface, row by row from its top."""
    axis = np.linspace(plane.low, plane.high, SIDE)
    x, y = np.meshgrid(axis, axis[::-1])
    return engine.inputs(settings, plane.lifted(np.column_stack([x.ravel(), y.ravel()])))


def _surfaces(sheet: Sheet, one: TwinLayer, layer: Collapsed, plane: Section, box: QRectF) -> None:
    """The twin's surface, and the nearest flat one."""
    em = sheet.em
    network: Network = engine.network(one.settings)
    answers = surfaces.responses(one.settings, one.params, plane, SIDE).layers[-1]  # (outputs, rows, columns)
    values = np.asarray(network.activations[-1].value(layer.layer(_inputs(one.settings, plane))))
    flat = engine.problem(one.settings).loss.shown(values).T.reshape(answers.shape)
    beside = box.width() > 4 * box.height()
    named, widest = 0.0 if beside else 1.4 * em, box.width() / 2 - 1.2 * em
    if sheet.width(SURFACES[0], LABEL) > min(box.height() - named, widest) + 2 * em:
        named = 0.0  # too small to have their names below
    side = min(box.height() - named, widest)
    top = box.top() + (box.height() - named - side) / 2
    spots = [QRectF(left, top, side, side) for left in (box.left(), box.left() + side + 2.4 * em)]
    for spot, values, words in zip(spots, (answers, flat), SURFACES, strict=True):
        picture = surfaces.picture(one.settings, np.asarray(values, dtype=np.float64))
        sheet.painter.drawPixmap(spot, picture, QRectF(picture.rect()))
        sheet.frame(spot)
        if named:
            sheet.runs([Run(words, "second")], spot.left(), spot.bottom() + 0.75 * em, LABEL)
    sheet.centred(
        "≈" if layer.flat_here else "≠",
        QPointF(spots[0].right() + 1.2 * em, spots[0].center().y()),
        "text",
        1.4,
        700,
    )


PANEL = Place(
    "Collapse", "instrument", 43, "3", CollapsePanel, "Collapse", door=True,
    about="What is left when layers that nothing bends become one",
)  # fmt: skip
