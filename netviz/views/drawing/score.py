"""How good answers to many points are: counts, losses, and which class is taken for which."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from netviz.session import selectors as say
from netviz.session.state import State
from netviz.session.text import shown
from netviz.views.drawing.crowd import CLASS_COLORS, CLASS_SHAPES, shape_path
from netviz.views.drawing.sheet import Sheet
from netviz.views.theme import LABEL, Look

ROW = 1.3  # em
LARGEST, LEAST = 2.0, 0.95  # em, a cell of the confusion grid
BRIEF = 3  # classes: of more the grid tells what is wrong, in place of rows
CAPTION = "Rows: true class. Columns: answer."
PAPER = QColor("#ffffff")


class Score(NamedTuple):
    """What is told of one twin: rows of words and numbers, and its confusion grid."""

    twin: int
    rows: tuple[tuple[str, str], ...]
    confusion: tuple[tuple[int, ...], ...]  # [true class][answered class]


def scores(state: State) -> tuple[Score, ...]:
    """The visible twins' scores."""
    return tuple(_score(state, twin) for twin in say.visible_twins(state))


def _score(state: State, twin: int) -> Score:
    answers, grid, test = say.answers(state, twin), say.confusion(state, twin), say.test_loss(state, twin)
    rows = [(word, str(answers.count(word))) for word in ("right", "wrong", "undecided") if answers]
    if grid is not None and len(grid) > BRIEF:  # the grid says which are wrong, and needs the room
        rows = [("right", f"{answers.count('right')} of {len(answers)}")]
    if not answers:
        rows.append(("explained", f"{100 * max(0.0, say.explained(state, twin)):.1f} %"))
    rows.append(("loss, training", shown(say.loss(state, twin), 4)))
    if test is not None:
        rows.append(("loss, test", shown(test, 4)))
    cells = () if grid is None else tuple(tuple(row) for row in grid.tolist())
    return Score(twin, tuple(rows), cells)


def told(state: State) -> str:
    """With: 98 right, 2 wrong, 0 undecided; loss, training 0.02; loss, test 0.03."""
    parts = [
        f"{say.side(score.twin)}: {', '.join(f'{word} {number}' for word, number in score.rows)}"
        for score in scores(state)
    ]
    return f"{'; '.join(parts)}."


class ScoreTable(QWidget):
    """A column for each twin, and below it the twins' confusion grids."""

    def __init__(self) -> None:
        super().__init__()
        self.look: Look | None = None
        self.scores: tuple[Score, ...] = ()

    def show_scores(self, scores: tuple[Score, ...]) -> None:
        """Show these; what stays as it is costs nothing."""
        if scores != self.scores:
            self.scores = scores
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(20), self.look.px(13)) if self.look else QSize(320, 200)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.look is None or not self.scores:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sheet, em = Sheet(painter, self.look), self.look.em
        bottom = self._rows(sheet, em)
        if self.scores[0].confusion:
            self._grids(sheet, em, bottom)
        painter.end()

    def _rows(self, sheet: Sheet, em: float) -> float:
        """Write the numbers under the twins' names; return where they end."""
        high, first = ROW * em, 7.0 * em
        wide = min(6.5 * em, (self.width() - first) / len(self.scores))
        for column, score in enumerate(self.scores):
            right = first + (column + 1) * wide
            token = "without" if score.twin else "with_"
            self._right(sheet, say.side(score.twin), right, high / 2, token, 700)
            for row, (_, number) in enumerate(score.rows, 1):
                self._right(sheet, number, right, (row + 0.5) * high, "text", 600)
        for row, (word, _) in enumerate(self.scores[0].rows, 1):
            y = (row + 0.5) * high
            box = sheet.centred(word, QPointF(sheet.width(word, LABEL) / 2, y), "second")
            sheet.line(
                QPointF(box.left(), row * high),
                QPointF(first + len(self.scores) * wide, row * high),
                "decoration",
            )
        return (len(self.scores[0].rows) + 1) * high

    def _right(self, sheet: Sheet, words: str, right: float, y: float, token: str, weight: int) -> None:
        at = QPointF(right - sheet.width(words, LABEL, weight) / 2, y)
        sheet.centred(words, at, token, LABEL, weight)

    def _grids(self, sheet: Sheet, em: float, top: float) -> None:
        """The confusion grids beside each other, as large as there is room for."""
        classes, count = len(self.scores[0].confusion), len(self.scores)
        top += 0.3 * em
        room = self.height() - top - 1.5 * em
        cell = min(LARGEST * em, room / (classes + 1), self.width() / count / (classes + 1.5))
        if cell < LEAST * em:
            return
        for place, score in enumerate(self.scores):
            self._grid(sheet, score, QPointF(place * (classes + 1.5) * cell, top), cell)
        below = QRectF(0, top + (classes + 1.2) * cell, self.width(), 1.4 * em)
        sheet.text(CAPTION, below, "second", LABEL)

    def _grid(self, sheet: Sheet, score: Score, at: QPointF, cell: float) -> None:
        """One twin's grid: on the diagonal what is right, framed in its colour."""
        painter, most = sheet.painter, max(map(sum, score.confusion), default=0) or 1
        for i, row in enumerate(score.confusion):
            for place in (QPointF(0, i + 1), QPointF(i + 1, 0)):
                middle = at + QPointF(place.x() + 0.5, place.y() + 0.5) * cell
                painter.setPen(QPen(PAPER, 1))
                painter.setBrush(QColor(CLASS_COLORS[i]))
                painter.drawPath(shape_path(CLASS_SHAPES[i], 0.26 * cell).translated(middle))
            for j, count in enumerate(row):
                box = QRectF(at.x() + (j + 1) * cell, at.y() + (i + 1) * cell, cell, cell)
                inner = box.adjusted(1, 1, -1, -1)
                painter.setPen(
                    QPen(sheet.look.twin_color(score.twin) if i == j else sheet.color("decoration"), 1.5)
                )
                painter.setBrush(sheet.color("fill" if count else "panel"))
                painter.drawRect(inner)
                if count:
                    size = min(LABEL, 0.55 * cell / sheet.em)
                    sheet.centred(str(count), box.center(), "text", size, 700 if 2 * count > most else 400)
