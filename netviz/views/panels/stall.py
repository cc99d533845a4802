"""Why a twin stands still above its goal: in its hidden layer, in its units, and what to try."""

from itertools import islice
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QPushButton

from netviz.session import selectors
from netviz.session.instruments import stuck
from netviz.session.instruments.stuck import Gaps, Layer
from netviz.session.selectors import Remedy
from netviz.session.state import State
from netviz.session.text import shown
from netviz.views.drawing.sheet import Run, Sheet, SheetPanel, empty, text_height
from netviz.views.panel import Place
from netviz.views.theme import LABEL, Look, value_color

TITLE_TEXT = "Stuck"
NOTHING, WHEN = (
    "Nothing is stuck.",
    "When a twin stops improving above its goal, this says why and what to try.",
)
BUTTON, HEAD, BAR = 2.1, 1.7, 3.3  # em
GAP, PADDING = 0.3, 0.2  # em, between buttons, and beside the words of a small one
WORDS = 0.95  # em, the reasons
AIR = 1.0  # em, at most, between a block's parts
NAMES, CELLS = 1.9, (1.7, 2.6)  # em, a table's row of points; the lowest and highest rows of its units
HEADING = 1.6  # em, a table's, where there is room for it
UNIT, COLUMN, APART = 2.2, 5.0, 0.6  # em, a unit's name; the widest column; between groups of columns
DIGITS = 7  # of a gap: a smaller change is none; what is read is rounded from them
TABLE = "What each hidden unit says"
LOSS = "Loss"  # what the bar measures
PARTS = ("not representable with this hidden layer", "not fitted yet")


class TwinStuck(NamedTuple):
    """One twin's reading."""

    twin: int
    name: str
    mark: str
    kind: str
    reasons: tuple[str, ...]
    layer: Layer | None
    gaps: Gaps | None
    remedies: tuple[Remedy, ...]


class Block(NamedTuple):
    """Where a twin's reading stands."""

    box: QRectF
    words: float  # px, how high its reasons are
    cell: float  # px, how high a row of its table is; 0 without
    heading: float  # px, how high its table's heading is; 0 without
    air: float  # px, between its parts


class StallPanel(SheetPanel):
    """One block for each twin that is stuck, with its remedies as buttons."""

    lowest = (19.0, 14.0)

    def __init__(self, twin: int = 0) -> None:
        super().__init__(twin)
        self.buttons: list[QPushButton] = []
        self.offered: tuple[Remedy, ...] = ()

    def read(self, state: State) -> tuple[TwinStuck, ...]:
        return tuple(_reading(state, one) for one in stuck.stuck(state))

    def sentence(self, state: State) -> str:
        found = self.read(state)
        return " ".join(f"{one.name}: {one.kind}. {' '.join(one.reasons)}" for one in found) or NOTHING

    def arrange(self, look: Look, box: QRectF) -> None:
        """The buttons under each block, in as few rows as have the room."""
        told = self.told if isinstance(self.told, tuple) else ()
        offered = tuple(remedy for one in told for remedy in one.remedies)
        if offered != self.offered:
            self._make(offered)
        buttons = iter(self.buttons)
        for one, block in zip(told, self._blocks(look, box, told), strict=True):
            rows = _rows(look, one.remedies, block.box.width())
            top = block.box.bottom() - (len(rows) * (BUTTON + GAP) - GAP) * look.em
            for count in rows:
                self._place(look, QRectF(block.box.left(), top, block.box.width(), BUTTON * look.em),
                            list(islice(buttons, count)))  # fmt: skip
                top += (BUTTON + GAP) * look.em

    def _place(self, look: Look, row: QRectF, buttons: list[QPushButton]) -> None:
        """One row, each button as wide as its words and what room there is around them."""
        x, gap = row.left(), GAP * look.em
        words = "".join(button.text() for button in buttons)
        advance = QFontMetricsF(look.font(1.0, 500)).horizontalAdvance(words)
        small = advance + len(buttons) * 2.0 * look.em > row.width()
        for button in buttons:
            button.ensurePolished()
            button.setFont(look.font(LABEL if small else 1.0, 500))
            button.setStyleSheet(f"padding: 0 {look.px(PADDING)}px;" if small else "")
        texts = [QFontMetricsF(button.font()).horizontalAdvance(button.text()) for button in buttons]
        room = (row.width() + gap - sum(texts)) / max(1, len(buttons)) - gap
        around = min((0.75 if small else 1.6) * look.em, max(room, _around(look)))
        for button, text in zip(buttons, texts, strict=True):
            button.setGeometry(round(x), round(row.top()), round(text + around), round(row.height()))
            x += text + around + gap

    def _make(self, offered: tuple[Remedy, ...]) -> None:
        for button in self.buttons:
            button.hide()
            button.deleteLater()
        self.buttons, self.offered = [], offered
        for remedy in offered:
            button = QPushButton(remedy.label, self)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _=False, action=remedy.action: self.acted.emit(action))
            button.show()
            self.buttons.append(button)

    def _blocks(self, look: Look, box: QRectF, told: tuple[TwinStuck, ...]) -> list[Block]:
        """The twins' places, beside each other or in a column: room that is left has tables, then air."""
        em, count = look.em, max(1, len(told))
        top, gap = box.top() + 2.0 * em, 0.7 * em
        wide = (box.width() - 3 * gap * (count - 1)) / count if self.wide else box.width()
        words = [sum(text_height(look, reason, wide, WORDS) for reason in one.reasons) for one in told]
        if self.wide:  # what stands beside each other begins at one height
            words = [max(words)] * count if told else []
        heights = [high + _rest(look, one, wide) * em for one, high in zip(told, words, strict=True)]
        taken = max(heights, default=0.0) if self.wide else sum(heights) + gap * (count - 1)
        room = max(0.0, box.bottom() - top - taken) / (1 if self.wide else count)
        heading = HEADING * em if _cell(look, told, room - HEADING * em) else 0.0
        cell = _cell(look, told, room - heading)
        found, y = [], top
        for place, (one, reasons, high) in enumerate(zip(told, words, heights, strict=True)):
            table = _table_height(look, one, cell, heading)
            air = min(AIR * em, max(0.0, room - table) / 3)
            left = box.left() + place * (wide + 3 * gap) if self.wide else box.left()
            spot = QRectF(left, top if self.wide else y, wide, high + table + (3 if table else 2) * air)
            found.append(Block(spot, reasons, cell if table else 0.0, heading, air))
            y = spot.bottom() + gap
        return found

    # ---------------------------------------------------------------------------------- painting
    def draw(self, sheet: Sheet, box: QRectF) -> None:
        told = self.told
        assert isinstance(told, tuple)
        if not told:
            empty(sheet, box, NOTHING, WHEN)
            return
        sheet.title(TITLE_TEXT, box)
        for one, block in zip(told, self._blocks(sheet.look, box, told), strict=True):
            self._twin(sheet, one, block)

    def _twin(self, sheet: Sheet, one: TwinStuck, block: Block) -> None:
        em, color, box = sheet.em, sheet.look.twin_color(one.twin), block.box
        sheet.mark(one.mark, QRectF(box.left(), box.top(), 1.4 * em, 1.4 * em), one.twin)
        heads = f"{one.name}: {one.kind}", f"{one.name.partition(' ')[0]}: {one.kind}"
        fits = [(head, sheet.fitting(head, box.width() - 1.8 * em, 1.1, 700)) for head in heads]
        words, ems = next((pair for pair in fits if pair[1]), (one.kind.capitalize(), LABEL))
        sheet.runs([Run(words, color, 700)], box.left() + 1.8 * em, box.top() + 0.7 * em, ems or LABEL)
        y = box.top() + HEAD * em
        for reason in one.reasons:
            sheet.text(reason, QRectF(box.left(), y, box.width(), box.height()), ems=WORDS)
            y += sheet.height(reason, box.width(), WORDS)
        y = box.top() + HEAD * em + block.words + block.air
        if one.layer is not None and block.cell:
            under = y + _table_height(sheet.look, one, block.cell, block.heading)
            if block.heading:
                sheet.runs([Run(TABLE, "second")], box.left(), y + 0.6 * em, LABEL)
            _table(sheet, one.layer, QPointF(box.left(), under), box.width(), block.cell)
            y = under + block.air
        if one.gaps is not None:
            _bar(sheet, one, one.gaps, QRectF(box.left(), y + 0.3 * em, box.width(), BAR * em))


def _around(look: Look) -> float:
    """What a small button's style takes around its words, px."""
    return 2 * (look.px(PADDING) + round(look.line)) + 1


def _rows(look: Look, remedies: tuple[Remedy, ...], width: float) -> list[int]:
    """How many remedies stand in each row, small where they must be."""
    metrics, rows, x = QFontMetricsF(look.font(LABEL, 500)), list[int](), width
    for remedy in remedies:
        wide = metrics.horizontalAdvance(remedy.label) + _around(look)
        if x + wide > width:
            rows.append(0)
            x = 0.0
        rows[-1] += 1
        x += wide + GAP * look.em
    return rows


def _rest(look: Look, one: TwinStuck, wide: float) -> float:
    """How high a twin's block is without its reasons and its table, em."""
    buttons = len(_rows(look, one.remedies, wide)) * (BUTTON + GAP)
    return HEAD + (BAR if one.gaps is not None else 0.0) + buttons


def _cell(look: Look, told: tuple[TwinStuck, ...], room: float) -> float:
    """How high a row of every table is, px; 0 where there is no room for them."""
    rows = max((len(one.layer.units) for one in told if one.layer is not None), default=0)
    most = (room - NAMES * look.em) / rows if rows else 0.0
    low, high = (size * look.em for size in CELLS)
    return min(high, most) if most >= low else 0.0


def _table_height(look: Look, one: TwinStuck, cell: float, heading: float) -> float:
    if one.layer is None or not cell:
        return 0.0
    return heading + NAMES * look.em + len(one.layer.units) * cell


def _table(sheet: Sheet, layer: Layer, under: QPointF, width: float, cell: float) -> None:
    """What each hidden unit says at each point; points that the layer does not tell apart share a frame."""
    em, count = sheet.em, sum(map(len, layer.groups))
    wide = min(COLUMN * em, (width - UNIT * em - APART * em * (len(layer.groups) - 1)) / count)
    top, x = under.y() - cell * len(layer.units), under.x() + UNIT * em
    for row, name in enumerate(layer.units):
        sheet.runs([Run(name, weight=600)], under.x(), top + (row + 0.5) * cell)
    for group in layer.groups:
        box = QRectF(x, top, wide * len(group), cell * len(layer.units))
        for column in group:
            middle = QPointF(x + wide / 2, top - 0.9 * em)
            sheet.centred(column.name, middle - QPointF(0.8 * em, 0), ems=1.0, weight=600)
            sheet.target(column.target, middle + QPointF(0.8 * em, 0), 1.3 * em)
            for row, value in enumerate(column.values):
                spot = QRectF(x, top + row * cell, wide, cell)
                sheet.painter.fillRect(spot, value_color(value))
                sheet.pill(shown(value), spot.center())
            x += wide
        sheet.frame(box, token="text", width=(2.5 if len(group) > 1 else 1.0) * sheet.look.line)
        x += APART * em


def _bar(sheet: Sheet, one: TwinStuck, gaps: Gaps, box: QRectF) -> None:
    """The loss as a bar in two named parts."""
    em, color = sheet.em, sheet.look.twin_color(one.twin)
    bar = QRectF(box.left(), box.top(), box.width(), 0.6 * em)
    bar.setLeft(sheet.runs([Run(LOSS, weight=700)], bar.left(), bar.center().y(), LABEL) + 0.5 * em)
    share = gaps.not_representable / max(sum(gaps), 1e-12) * bar.width()
    sheet.painter.fillRect(QRectF(bar.left(), bar.top(), share, bar.height()), color)
    sheet.frame(bar)
    told = [f"{shown(value, 3)} {name}" for value, name in zip(reversed(gaps), PARTS, strict=True)]
    fits = [sheet.fitting(words, box.width() - em, WORDS) for words in told]
    ems = min((size for size in fits if size), default=LABEL)  # both rows in one size
    for row, (words, size) in enumerate(zip(told, fits, strict=True)):
        middle = bar.bottom() + (0.75 + 1.1 * row) * em
        patch = QRectF(box.left(), middle - 0.33 * em, 0.66 * em, 0.66 * em)
        sheet.frame(patch, color if row == 0 else sheet.look.color("panel"))
        run = Run(words if size else words.partition(" with ")[0])
        sheet.runs([run], box.left() + em, middle, ems)


def _reading(state: State, one: stuck.Stuck) -> TwinStuck:
    verdict = selectors.verdict(state, one.twin)
    reasons = tuple(filter(None, (stuck.points_told(state, one), stuck.units_told(one.units))))
    name, kind = selectors.twin_name(state, one.twin), stuck.kind_told(one)
    gaps = one.gaps and Gaps(*(round(part, DIGITS) for part in one.gaps))
    layer = stuck.layer_listed(state, one)
    return TwinStuck(one.twin, name, verdict.mark, kind, reasons, layer, gaps, verdict.remedies)


PANEL = Place("Stuck", "instrument", 63, "", StallPanel, about="Why a twin gets no better, and what to try")
