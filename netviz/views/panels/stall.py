"""Why a twin stands still above its goal: in its hidden layer, in its units, and what to try."""

from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QPushButton

from netviz.session import selectors
from netviz.session.instruments import stuck
from netviz.session.instruments.stuck import Gaps
from netviz.session.selectors import Remedy
from netviz.session.state import State
from netviz.session.text import shown
from netviz.views.drawing.sheet import Run, Sheet, SheetPanel, empty, text_height
from netviz.views.panel import Place
from netviz.views.theme import LABEL, Look

TITLE_TEXT = "Stuck"
NOTHING, WHEN = (
    "Nothing is stuck.",
    "When a twin stops improving above its goal, this says why and what to try.",
)
BUTTON, HEAD, BAR = 2.1, 1.7, 3.3  # em
WORDS = 0.95  # em, the reasons
DIGITS = 7  # of a gap: a smaller change is none; what is read is rounded from them
PARTS = ("not representable with this hidden layer", "not fitted yet")


class TwinStuck(NamedTuple):
    """One twin's reading."""

    twin: int
    name: str
    mark: str
    kind: str
    reasons: tuple[str, ...]
    gaps: Gaps | None
    remedies: tuple[Remedy, ...]


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
        """One row of buttons under each block."""
        told = self.told if isinstance(self.told, tuple) else ()
        offered = tuple(remedy for one in told for remedy in one.remedies)
        if offered != self.offered:
            self._make(offered)
        number = 0
        for one, block in zip(told, self._blocks(look, box, told), strict=True):
            self._place(look, block, self.buttons[number : number + len(one.remedies)])
            number += len(one.remedies)

    def _place(self, look: Look, block: QRectF, buttons: list[QPushButton]) -> None:
        """One row at the foot of a block, each as wide as its words and what room there is around them."""
        x, y, high, gap = block.left(), block.bottom() - BUTTON * look.em, BUTTON * look.em, 0.25 * look.em
        words = "".join(button.text() for button in buttons)
        advance = QFontMetricsF(look.font(1.0, 500)).horizontalAdvance(words)
        small = advance + len(buttons) * 2.0 * look.em > block.width()
        for button in buttons:
            button.ensurePolished()
            button.setFont(look.font(LABEL if small else 1.0, 500))
            button.setStyleSheet(f"padding: 0 {look.px(0.2)}px;" if small else "")
        texts = [QFontMetricsF(button.font()).horizontalAdvance(button.text()) for button in buttons]
        room = (block.width() + gap - sum(texts)) / max(1, len(buttons)) - gap
        around = min((0.75 if small else 1.6) * look.em, max(room, 0.3 * look.em))
        for button, text in zip(buttons, texts, strict=True):
            button.setGeometry(round(x), round(y), round(text + around), round(high))
            button.setVisible(x + text + around <= block.right() + 2)
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

    def _blocks(self, look: Look, box: QRectF, told: tuple[TwinStuck, ...]) -> list[QRectF]:
        """The twins' places: beside each other, or in a column; each as high as what it says."""
        top, gap, count = box.top() + 2.0 * look.em, 0.7 * look.em, max(1, len(told))
        wide = (box.width() - 3 * gap * (count - 1)) / count if self.wide else box.width()
        found, y = [], top
        for place, one in enumerate(told):
            high = _height(look, one, wide)
            left = box.left() + place * (wide + 3 * gap) if self.wide else box.left()
            found.append(QRectF(left, top if self.wide else y, wide, high))
            y += high + gap
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

    def _twin(self, sheet: Sheet, one: TwinStuck, box: QRectF) -> None:
        em, color = sheet.em, sheet.look.twin_color(one.twin)
        sheet.mark(one.mark, QRectF(box.left(), box.top(), 1.4 * em, 1.4 * em), one.twin)
        heads = f"{one.name}: {one.kind}", f"{one.name.partition(' ')[0]}: {one.kind}"
        fits = [(head, sheet.fitting(head, box.width() - 1.8 * em, 1.1, 700)) for head in heads]
        words, ems = next((pair for pair in fits if pair[1]), (one.kind.capitalize(), LABEL))
        sheet.runs([Run(words, color, 700)], box.left() + 1.8 * em, box.top() + 0.7 * em, ems or LABEL)
        y = box.top() + HEAD * em
        for reason in one.reasons:
            y = sheet.text(reason, QRectF(box.left(), y, box.width(), box.height()), ems=WORDS)
        if one.gaps is not None:
            _bar(sheet, one, one.gaps, QRectF(box.left(), y + 0.3 * em, box.width(), BAR * em))


def _height(look: Look, one: TwinStuck, width: float) -> float:
    """How high a twin's block is, px."""
    words = sum(text_height(look, reason, width, WORDS) for reason in one.reasons)
    rest = HEAD + (BAR if one.gaps is not None else 0.0) + (BUTTON + 0.3 if one.remedies else 0.0)
    return words + rest * look.em


def _bar(sheet: Sheet, one: TwinStuck, gaps: Gaps, box: QRectF) -> None:
    """The loss as a bar in two named parts."""
    em, color = sheet.em, sheet.look.twin_color(one.twin)
    bar = QRectF(box.left(), box.top(), box.width(), 0.6 * em)
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
    return TwinStuck(one.twin, name, verdict.mark, kind, reasons, gaps, verdict.remedies)


PANEL = Place("Stuck", "instrument", 63, "", StallPanel)
