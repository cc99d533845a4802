"""What each twin answers at the four corners, to be changed by a click, or how well at many points."""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPicture, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from netviz.core.datasets import CORNERS
from netviz.session import selectors
from netviz.session.actions import SetTarget
from netviz.session.state import State
from netviz.session.text import shown
from netviz.views.controls.painted_button import PaintedButton
from netviz.views.drawing.marks import draw_target, mark
from netviz.views.drawing.score import ScoreTable, scores, told
from netviz.views.drawing.sheet import LARGEST, growth
from netviz.views.panel import Panel, Place
from netviz.views.theme import LABEL, TITLE, Look, dress

MARKS = {"right": "tick", "wrong": "cross", "undecided": "query"}
FOOT = "? = within 0.005 of ½: undecided"
COUNTED = 0.25  # seconds between two showings of counts and losses: faster ones nobody reads
WIDEST = 23  # em: a row must be followed with the eye
TABBED, LARGER = ("tabs", "compact"), 1.3  # layouts that give it a page, and how much larger it is at least
PAGE = (24.0, 13.0)  # em: for a page so large the table is laid out; in a larger one it grows
SCORE_PAGE = (20.5, 15.0)  # the same for counts and losses; each class makes it higher
FIRST = 4  # the grid's column of the first twin: x₁, x₂, target and room come before it


class TargetButton(PaintedButton):
    """A target, to be changed by a click, Space or Enter."""

    def __init__(self) -> None:
        super().__init__()
        self.target = 0
        self.look: Look | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # after a click Space is still Train
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip("Click for another gate")

    def show_target(self, corner: str, target: int) -> None:
        """Show this corner's target."""
        name = f"Target of {corner}: {target}"
        if name == self.accessibleName():
            return
        self.target = target
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        side = self.look.px(1.75) if self.look else 28
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.look is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            side, line = min(self.width(), self.height()), max(self.look.line, 0.11 * self.look.em)
            box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
            if self.hasFocus() or self.underMouse():
                painter.setPen(QPen(self.look.color("text"), 1.5 * line))
                painter.drawRoundedRect(box.adjusted(line, line, -line, -line), line * 2, line * 2)
            room = side * 0.09
            draw_target(
                painter, box.adjusted(room, room, -room, -room), self.target, self.look.font(0.8, 700), line
            )


class Cell(NamedTuple):
    """A twin's answer at a corner: its number and the mark behind it."""

    number: QLabel
    mark: QLabel


class Table(QWidget):
    """The grid, with a faint line under each row."""

    def __init__(self) -> None:
        super().__init__()
        self.grid = QGridLayout(self)
        self.line: QColor | None = None

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.line is None:
            return
        with QPainter(self) as painter:
            for row in range(len(CORNERS) + 1):
                bottom = self.grid.cellRect(row, 0).bottom() + 1
                painter.fillRect(QRectF(0, bottom, self.width(), 1.5), self.line)


class TruthPanel(Panel):
    """The truth table with live answers."""

    def __init__(self, twin: int = 0) -> None:
        super().__init__(twin)
        self.title = QLabel("What each one answers")
        self.table = Table()
        self.foot = QLabel(FOOT)
        self.score = ScoreTable()
        self.column = QVBoxLayout(self)
        for widget in (self.title, self.table, self.foot):
            self.column.addWidget(widget)
        self.column.addWidget(self.score, 1)
        self.column.addStretch(0)
        self.heads = [QLabel("x₁"), QLabel("x₂"), QLabel("target")]
        self.inputs = [[QLabel(f"{value:g}") for value in corner] for corner in CORNERS]
        self.targets = [TargetButton() for _ in CORNERS]
        self.names: list[QLabel] = []
        self.cells: list[list[Cell]] = []  # [twin][corner]
        self.marks: dict[tuple[str, bool], QPicture] = {}
        self.state: State | None = None  # whose answers the table shows
        self.base: Look | None = None
        self.look: Look | None = None
        self._fill()

    def _fill(self) -> None:
        grid, middle = self.table.grid, Qt.AlignmentFlag.AlignCenter
        for column, head in enumerate(self.heads):
            grid.addWidget(head, 0, column, middle)
        for row, (inputs, target) in enumerate(zip(self.inputs, self.targets, strict=True), 1):
            for column, label in enumerate(inputs):
                grid.addWidget(label, row, column, middle)
            grid.addWidget(target, row, 2, middle)
            target.clicked.connect(partial(self._flip, row - 1))
        grid.setColumnStretch(3, 1)

    def _flip(self, corner: int) -> None:
        self.acted.emit(SetTarget(corner, 1 - self.targets[corner].target))

    # ---------------------------------------------------------------------------------- look
    def set_look(self, look: Look) -> None:
        self.base, self.look = look, None
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """A whole page is larger than a place in the column: what is shown takes what it gives."""
        look = self.base
        if look is None:
            return
        counted = self.table.isHidden()
        wide, high = SCORE_PAGE if counted else PAGE
        room = growth((wide, high + counted * self.score.classes), look, self.width(), self.height())
        larger, least = min(LARGEST, max(1.0, room)), LARGER if look.layout in TABBED else 1.0
        self.score.set_look(look._replace(em=larger * look.em))
        grown = look._replace(em=max(larger, least) * look.em)
        if grown != self.look:
            self._lay(grown)

    def _lay(self, look: Look) -> None:
        self.look = look
        self.marks.clear()
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(look.px(0.35))
        self.table.setMaximumWidth(look.px(WIDEST))
        self.table.line = look.color("decoration")
        grid = self.table.grid
        grid.setContentsMargins(0, 0, look.px(0.4), look.px(0.1))
        grid.setHorizontalSpacing(look.px(0.5))
        grid.setVerticalSpacing(0)
        for column, width in enumerate((1.4, 2.0, 3.4)):
            grid.setColumnMinimumWidth(column, look.px(width))
        for row in range(1, len(CORNERS) + 1):
            grid.setRowMinimumHeight(row, look.px(2.15 if look.layout == "wide" else 1.85))
        grid.setRowMinimumHeight(0, look.px(1.7))
        self._dress()
        self._show_twins()

    def _dress(self) -> None:
        """Fonts and colours of everything that is there now."""
        if self.look is None:
            return
        look = self.look
        dress(self.title, look, "text", TITLE, 700)
        dress(self.foot, look, "second", LABEL)
        for head in self.heads:
            dress(head, look, "second", LABEL)
        for label in (label for labels in self.inputs for label in labels):
            dress(label, look, "text", 1.05, tabular=True)
        for target in self.targets:
            target.look = look
            target.updateGeometry()
        for twin, name in enumerate(self.names):
            dress(name, look, "without" if twin else "with_", LABEL, 700)
        for cell in (cell for cells in self.cells for cell in cells):
            dress(cell.number, look, "text", 1.05, 600, tabular=True)
            cell.mark.clear()  # it is made anew
            cell.mark.setMinimumWidth(look.px(1.1))
        for twin in range(len(self.cells)):
            self.table.grid.setColumnMinimumWidth(FIRST + 2 * twin, look.px(3.6))

    def _make_twins(self, state: State) -> None:
        """One pair of columns for each twin."""
        for label in (*self.names, *(label for cells in self.cells for cell in cells for label in cell)):
            label.setParent(None)
            label.deleteLater()
        self.names, self.cells = [], []
        right, left = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignLeft
        middle, grid = Qt.AlignmentFlag.AlignVCenter, self.table.grid
        for twin in range(len(state.frame.states)):
            column = FIRST + 2 * twin
            self.names.append(QLabel(selectors.side(twin)))
            grid.addWidget(self.names[-1], 0, column, 1, 2, right | middle)
            self.cells.append([Cell(QLabel(), QLabel()) for _ in CORNERS])
            for row, cell in enumerate(self.cells[-1], 1):
                grid.addWidget(cell.number, row, column, right | middle)
                grid.addWidget(cell.mark, row, column + 1, left | middle)
        self._dress()

    # ---------------------------------------------------------------------------------- state
    def show_state(self, old: State | None, new: State) -> None:
        fits = selectors.on_corners(new)
        self.pace = 0.0 if fits else COUNTED
        if old is not None and all(
            getattr(old, name) is getattr(new, name) for name in ("frame", "experiment", "view", "playing")
        ):
            return
        self.table.setVisible(fits)
        self.foot.setVisible(fits)
        self.score.setVisible(not fits)
        if not new.playing:
            self.setAccessibleName(self.sentence(new))
        if not fits:
            self.score.show_scores(scores(new))
            self._fit()
            return
        self._fit()
        if len(self.names) != len(new.frame.states):
            self._make_twins(new)
        names = selectors.corner_names(new)
        for corner, target in enumerate(selectors.targets(new)):
            self.targets[corner].show_target(names[corner], int(target))
        self.state = new
        self._show_twins()

    def _show_twins(self) -> None:
        if self.state is not None:
            for twin in range(len(self.names)):
                self._show_twin(self.state, twin)

    def _show_twin(self, state: State, twin: int) -> None:
        seen = twin in selectors.visible_twins(state)
        self.names[twin].setVisible(seen)
        outputs, answers = selectors.outputs(state, twin), selectors.answers(state, twin)
        for cell, output, answer in zip(self.cells[twin], outputs, answers, strict=True):
            cell.number.setText(shown(output))
            if answer != cell.mark.accessibleName() or cell.mark.picture().isNull():
                cell.mark.setPicture(self._mark(answer, twin))
                cell.mark.setAccessibleName(answer)
            cell.number.setVisible(seen)
            cell.mark.setVisible(seen)

    def _mark(self, answer: str, twin: int) -> QPicture:
        """The picture of an answer, made once for each look."""
        look = self.look
        if look is None:
            return QPicture()
        key = (answer, bool(twin))
        if key not in self.marks:
            color = look.color("text") if answer == "wrong" else look.twin_color(twin)
            paper, font = look.color("panel"), look.font()
            self.marks[key] = mark(MARKS[answer], color, look.em * 1.05, paper, font)
        return self.marks[key]

    def sentence(self, state: State) -> str:
        if not selectors.on_corners(state):
            return told(state)
        said = []
        for twin in selectors.visible_twins(state):
            numbers = ", ".join(map(shown, selectors.outputs(state, twin)))
            said.append(f"{selectors.side(twin)} {numbers} ({summary(selectors.answers(state, twin))})")
        targets = ", ".join(f"{target:g}" for target in selectors.targets(state))
        return f"Targets {targets}; answers {'; '.join(said)}."


def summary(answers: Sequence[str]) -> str:
    """All right; or: 1 right, 3 undecided."""
    counts = [(answers.count(word), word) for word in MARKS if word in answers]
    return (
        f"all {counts[0][1]}" if len(counts) == 1 else ", ".join(f"{count} {word}" for count, word in counts)
    )


PANEL = Place("What each one answers", "table", 30, "", TruthPanel, tab="Table")
