"""The nonlinearity dial: from a straight line to the whole activation, and what is learned on the way."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPen, QPicture

from netviz.core.activation import Activation
from netviz.session import dials, selectors
from netviz.session.actions import SetField
from netviz.session.dials import MARKS, percent
from netviz.session.engine import Frame as SideFrame
from netviz.session.sections import Section
from netviz.session.sides import DIALS, side_frame
from netviz.session.state import State
from netviz.session.text import shown
from netviz.views.canvas.pill import rounded
from netviz.views.controls.gesture_slider import GestureSlider
from netviz.views.dial_parts import Small, Thumb, small
from netviz.views.drawing.curves import Frame, curve_path, value_range
from netviz.views.drawing.marks import draw_mark, drawing
from netviz.views.drawing.math_text import formula
from netviz.views.drawing.sheet import WRAP, Run, Sheet, SheetPanel, empty
from netviz.views.panel import Place
from netviz.views.theme import LABEL, Look

TITLE_TEXT = "Nonlinearity dial"
FORMULA = r"\varphi_t(z) = (1 - t)\,z + t\,\varphi(z)"
NOTHING = "has nothing to dial."
WAITING = "Training the five copies…"
NO_STRIP = "Choose an activation that bends: five copies of it, from 0 to 100 %, then learn side by side."
NO_HIDDEN = "There is no hidden layer, so there is no activation to dial. Add hidden units first."
STEP, PAGE = 5, 25  # percent, by a key
REACH = 2.0  # sums shown beside a slider
WIDE_HEAD, HEAD, ROW, FLAT_ROW, CURVE, UNDER = 2.3, 3.5, 3.6, 2.0, 3.5, 2.5  # em
BADGE, MADE = 1.5, 3.2  # em: a badge; what a dial makes, from its row's top
LOSS, MARK, BESIDE = 0.8, 0.8, 0.12  # em, under a small surface: a loss, its mark, and what is between them
GAP, APART = 0.45, 2.0  # em, between rows, and between small surfaces at least and at most


class Row(NamedTuple):
    """A visible twin: its slider and its curve."""

    twin: int
    name: str
    dial: float
    now: Activation  # as it is dialed
    whole: Activation | None  # at 100 %; None: a straight line has nothing to dial


class Told(NamedTuple):
    """What the panel shows."""

    rows: tuple[Row, ...]
    heads: tuple[str, ...]  # the strip's title, longest first
    strip: tuple[Small, ...]
    said: str  # under the strip, or instead of it


def row_of(state: State, twin: int) -> Row:
    """What there is to dial in a twin that has hidden units."""
    settings = selectors.settings(state, twin)
    layer = dials.bending(settings)
    now = selectors.net(state, twin).activations[layer or 0]
    if layer is None:
        return Row(twin, selectors.twin_name(state, twin), settings.dial, now, None)
    name = f"With {dials.label(settings)}"
    return Row(twin, name, settings.dial, now, dials.whole(settings)[layer])


class DialPanel(SheetPanel):
    """A slider for each twin that bends, and five copies of the first that learn along."""

    lowest = (20.5, 17.5)

    def __init__(self, twin: int = 0) -> None:
        super().__init__(twin)
        self.sliders: dict[int, GestureSlider] = {}  # by twin
        self.last: tuple[State, Told] | None = None
        self.strip: tuple[SideFrame, Section, dict[int, Small]] | None = None
        self.still: tuple[object, QPicture] | None = None  # what does not move while training
        self.thumbs = [Thumb() for _ in DIALS]
        for thumb, dial in zip(self.thumbs, DIALS, strict=True):
            thumb.setParent(self)
            thumb.clicked.connect(partial(self._set, 0, dial, False))

    def _set(self, twin: int, dial: float, goes_on: bool, *_: object) -> None:
        self.acted.emit(SetField("dial", dial, twin, goes_on))

    def _slider(self, twin: int) -> GestureSlider:
        if twin not in self.sliders:
            made = GestureSlider(0, 100, STEP, PAGE)
            made.setParent(self)
            made.moved.connect(lambda value, goes_on: self._set(twin, value / 100, goes_on))
            self.sliders[twin] = made
        return self.sliders[twin]

    # ---------------------------------------------------------------------------------- state
    def same(self, old: State, new: State) -> bool:
        cut = selectors.section(old) == selectors.section(new)
        return old.side is new.side and cut and super().same(old, new)

    def read(self, state: State) -> Told:
        if self.last is None or self.last[0] is not state:
            self.last = state, self._read(state)
        return self.last[1]

    def _read(self, state: State) -> Told:
        if not state.experiment.twins[0].hidden:
            return Told((), (), (), NO_HIDDEN)
        rows = tuple(row_of(state, twin) for twin in selectors.visible_twins(state))
        first = state.experiment.twins[0]
        if dials.bending(first) is None:
            return Told(rows, (), (), NO_STRIP)
        frame = side_frame(state)
        if frame is None:
            return Told(rows, (), (), WAITING)
        strip = tuple(self._small(frame, selectors.section(state), number) for number in range(len(DIALS)))
        name, epoch = dials.label(first), f"epoch {dials.epoch(frame):,}".replace(",", "\u2009")
        heads = (
            f"What {name} learns from the same start, and its loss, at {epoch}",
            f"{name} from the same start, loss at {epoch}",
            f"{name}, same start, loss at {epoch}",
        )
        return Told(rows, heads, strip, dials.told(tuple(one.copy for one in strip)))

    def slow(self, state: State) -> list[Callable[[], object]]:
        frame = side_frame(state)
        if frame is None:
            return []
        return [partial(self._small, frame, selectors.section(state), number) for number in range(len(DIALS))]

    def _small(self, frame: SideFrame, section: Section, number: int) -> Small:
        """A small surface of a frame: computed once, however often the other frames change."""
        if self.strip is None or self.strip[0] is not frame or self.strip[1] != section:
            self.strip = frame, section, {}
        known = self.strip[2]
        if number not in known:
            known[number] = small(dials.copy(frame, number), section)
        return known[number]

    def sentence(self, state: State) -> str:
        told = self.read(state)
        rows = [
            f"{row.name}: {percent(row.dial)}." if row.whole else f"{row.name} {NOTHING}" for row in told.rows
        ]
        heads = [f"{head}:" for head in told.heads[:1]]
        return " ".join([*rows, *heads, told.said])

    # ---------------------------------------------------------------------------------- layout
    def _rows(self, told: Told, look: Look, box: QRectF) -> list[QRectF]:
        """Where the twins' rows are: beside each other where there is room."""
        em, found = look.em, list[QRectF]()
        top = box.top() + (WIDE_HEAD if self.wide else HEAD) * em
        if self.wide:
            step = (box.width() + 2 * em) / 2
            return [
                QRectF(box.left() + i * step, top, step - 2 * em, ROW * em) for i in range(len(told.rows))
            ]
        for row in told.rows:
            found.append(QRectF(box.left(), top, box.width(), (ROW if row.whole else FLAT_ROW) * em))
            top = found[-1].bottom() + GAP * em
        return found

    def _strip(self, told: Told, look: Look, box: QRectF) -> list[QRectF]:
        """Where the small surfaces are: as large as width and height leave them."""
        em, gap = look.em, GAP * look.em
        top = max((row.bottom() for row in self._rows(told, look, box)), default=box.top()) + 2.0 * em
        words = QRectF(0, 0, box.width(), 10_000)
        said = QFontMetricsF(look.font(tabular=True)).boundingRect(words, WRAP, told.said)
        room = box.bottom() - top - UNDER * em - said.height()
        count = len(DIALS)
        side = max(1.0, min((box.width() - (count - 1) * gap) / count, room))
        step = min((box.width() - side) / (count - 1), side + APART * em)
        return [QRectF(round(box.left() + i * step), top, round(side), round(side)) for i in range(count)]

    def arrange(self, look: Look, box: QRectF) -> None:
        told = self.told
        if not isinstance(told, Told):
            return
        seen = set()
        for row, place in zip(told.rows, self._rows(told, look, box), strict=True):
            if row.whole is not None:
                seen.add(row.twin)
                self._place_slider(row, place, look)
        for twin, slider in self.sliders.items():
            slider.setVisible(twin in seen)
        strip = self._strip(told, look, box)
        for thumb in self.thumbs:
            thumb.setVisible(bool(told.strip))
        for thumb, one, place in zip(self.thumbs, told.strip, strip, strict=False):
            thumb.setGeometry(place.toRect())
            thumb.show_small(one, look)

    def _place_slider(self, row: Row, place: QRectF, look: Look) -> None:
        slider = self._slider(row.twin)
        slider.set_look(look)
        width, top = place.width() - (CURVE + 0.8) * look.em, place.top() + 1.6 * look.em
        slider.setGeometry(QRectF(place.left(), top, width, 1.2 * look.em).toRect())
        slider.show_value(round(100 * row.dial))
        slider.setAccessibleName(f"Nonlinearity of {selectors.side(row.twin)}, percent")

    # ---------------------------------------------------------------------------------- drawing
    def draw(self, sheet: Sheet, box: QRectF) -> None:
        told = self.told
        if not isinstance(told, Told):
            return
        if not told.rows:
            empty(sheet, box, "Nothing to dial", told.said)
            return
        sheet.painter.drawPicture(0, 0, self._still(sheet.look, told, box))
        self._draw_strip(sheet, told, box)

    def _still(self, look: Look, told: Told, box: QRectF) -> QPicture:
        """Title, formula and rows, painted once for all frames with these dials."""
        key = (look, told.rows, box)
        if self.still is None or self.still[0] != key:
            size = self.width(), self.height()
            picture = drawing(*size, lambda painter: self._draw_still(Sheet(painter, look), told, box))
            self.still = key, picture
        return self.still[1]

    def _draw_still(self, sheet: Sheet, told: Told, box: QRectF) -> None:
        below = sheet.title(TITLE_TEXT, box)
        half = (box.width() + 2 * sheet.em) / 2
        picture = formula(FORMULA, sheet.look)
        lower = (
            below - 0.3 * sheet.em - box.top() - picture.boundingRect().height()
        ) / 2  # in the title's row
        beside = QPointF(box.left() + half, box.top() + lower)
        sheet.painter.drawPicture(beside if self.wide else QPointF(box.left(), below), picture)
        for row, place in zip(told.rows, self._rows(told, sheet.look, box), strict=True):
            self._draw_row(sheet, row, place)

    def _draw_row(self, sheet: Sheet, row: Row, place: QRectF) -> None:
        """The twin's badge and name; its percentage, what that makes, and the curve, where it bends."""
        em, color = sheet.em, sheet.look.twin_color(row.twin)
        middle = place.top() + BADGE * em / 2
        sheet.badge(row.now, QRectF(place.left(), place.top(), BADGE * em, BADGE * em), row.twin)
        left = sheet.runs([Run(row.name, color, 700)], place.left() + (BADGE + 0.4) * em, middle)
        if row.whole is None:
            left += 0.3 * em
            ems = next(
                (ems for ems in (1.0, LABEL) if left + sheet.width(NOTHING, ems) <= place.right()), None
            )
            if ems is None:  # under the name, as high as what stands under the other's slider
                left, middle, ems = place.left(), place.top() + MADE * em, LABEL
            sheet.runs([Run(NOTHING, "second")], left, middle, ems)
            return
        right = place.right() - (CURVE + 0.8) * em
        said = percent(row.dial)
        sheet.runs([Run(said, "text", 700)], right - sheet.width(said, 1.0, 700), middle)
        label = row.whole.label
        mixed = {0.0: "z", 1.0: f"{label}(z)"}.get(
            row.dial, f"{1 - row.dial:.2f} z + {row.dial:.2f} {label}(z)"
        )
        sheet.runs(
            [Run(f"t = {row.dial:.2f}:  {mixed}", "second")], place.left(), place.top() + MADE * em, LABEL
        )
        self._draw_curve(sheet, row, QRectF(place.right() - CURVE * em, place.top(), CURVE * em, CURVE * em))

    def _draw_curve(self, sheet: Sheet, row: Row, box: QRectF) -> None:
        """The curve at t between the straight line and the whole activation, both dotted."""
        if row.whole is None:
            return
        look, whole, painter = sheet.look, row.whole, sheet.painter
        low, high = value_range(whole, REACH)
        frame = Frame(box, REACH, min(low, -REACH), max(high, REACH))
        sheet.frame(box, "panel")
        painter.save()
        painter.setClipRect(box)
        thin = max(1.0, 0.6 * look.line)
        sheet.line(frame.at(-REACH, 0), frame.at(REACH, 0), "outline", thin)
        sheet.line(frame.at(0, frame.low), frame.at(0, frame.high), "outline", thin)
        dotted = QPen(look.color("second"), max(1.0, 0.08 * sheet.em), Qt.PenStyle.DotLine)
        for function in (lambda z: z, whole.value):
            sheet.path(curve_path(frame, function), dotted)
        sheet.path(curve_path(frame, row.now.value), look.twin_pen(row.twin, max(2.0, 0.17 * sheet.em)))
        painter.restore()

    def _draw_strip(self, sheet: Sheet, told: Told, box: QRectF) -> None:
        """The strip's title, under each surface its place and its loss, and the sentence."""
        em, places = sheet.em, self._strip(told, sheet.look, box)
        if not told.strip:
            above = QRectF(box.left(), places[0].top() - 1.2 * em, box.width(), 5 * em)
            sheet.text(told.said, above, "second")
            return
        fits = (head for head in told.heads if sheet.width(head, 1.0, 700) <= box.width())
        head = next(fits, told.heads[-1])
        sheet.runs([Run(head, "text", 700)], box.left(), places[0].top() - 0.95 * em)
        now = next((row.dial for row in told.rows if row.twin == 0), None)
        for one, place in zip(told.strip, places, strict=True):
            self._draw_under(sheet, one, place, one.dial == now, box)
        foot = QRectF(box.left(), places[0].bottom() + UNDER * em, box.width(), box.height())
        sheet.text(told.said, foot)

    def _draw_under(self, sheet: Sheet, one: Small, place: QRectF, now: bool, box: QRectF) -> None:
        """Where the dial of a small surface stands, in ink where the twin's stands too, and its loss."""
        em, below, words = sheet.em, place.bottom(), percent(one.dial)
        at = QPointF(place.center().x(), below + 0.68 * em)
        if now:
            half = sheet.width(words, LABEL, 700) / 2 + 0.3 * em
            pill = QRectF(at.x() - half, at.y() - 0.55 * em, 2 * half, 1.1 * em)
            ink = sheet.color("text")
            sheet.path(rounded(pill, 0.25 * em), QPen(ink, 1.0), ink)
        sheet.centred(words, at, "panel" if now else "text", LABEL, 700)
        kind = MARKS[one.copy.kind]
        loss = "" if one.copy.kind == "stopped" else shown(one.copy.loss, 3)  # out of range, the mark says so
        size = MARK * em if kind else 0.0
        space = BESIDE * em if kind and loss else 0.0
        wide = sheet.width(loss, LOSS) + space + size
        left = min(max(at.x() - wide / 2, box.left()), box.right() - wide)
        end = sheet.runs([Run(loss)], left, below + 1.75 * em, LOSS) + space
        if kind:
            mark = QRectF(end, below + 1.75 * em - size / 2, size, size)
            sheet.painter.setFont(sheet.look.font())
            draw_mark(sheet.painter, kind, mark, sheet.color("text"), sheet.color("panel"))


PANEL = Place(
    "Dial", "instrument", 45, "5", DialPanel, tab="Dial", door=True,
    about="From a straight line to the whole activation, and what is learned on the way",
)  # fmt: skip
