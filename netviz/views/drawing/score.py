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
from netviz.views.theme import LABEL, PAPER, Look

ROW = 1.3  # em
LARGEST, LEAST = 2.0, 0.95  # em, a cell of the confusion grid
BRIEF = 3  # classes: of more the grid tells what is wrong, in place of rows
CAPTION = "Rows: true class. Columns: answer."
CAPTION_OPEN = "Rows: true. Columns: answer, ? undecided."
OPEN = "?"  # heads the column of what is undecided, the mark of that verdict
BETWEEN = 1.3  # cells of a grid's width that are none of its columns: its marks, and the gap to the next
ASIDE = 0.35  # em, in a cell beside its number


class Score(NamedTuple):
    """What is told of one twin: rows of words and numbers, and its confusion grid."""

    twin: int
    rows: tuple[tuple[str, str], ...]
    confusion: tuple[tuple[int, ...], ...]  # [true class][answered class, last: undecided]


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


def columns(scores: tuple[Score, ...]) -> int:
    """How many columns the grids have: the classes, and one for the undecided where there are any."""
    classes = len(scores[0].confusion)
    return classes + any(row[classes] for score in scores for row in score.confusion)


class Cell(NamedTuple):
    """A cell of the confusion grids, px, and its numbers' size, em: the widest number fits."""

    wide: float
    high: float
    ems: float


def cell_of(sheet: Sheet, scores: tuple[Score, ...], width: float, room: float) -> Cell | None:
    """The largest cell with which all grids fit into width and room, px; None where numbers would not fit."""
    em, classes = sheet.em, len(scores[0].confusion)
    numbers = {str(count) for score in scores for row in score.confusion for count in row}
    high = min(LARGEST * em, room / (classes + 1))
    most, ems = width / len(scores) / (columns(scores) + BETWEEN), min(LABEL, 0.8 * high / em)
    widest = max(sheet.width(number, ems, 700) for number in numbers)
    wide = min(most, max(high, widest + ASIDE * em))
    ems *= min(1.0, 0.94 * wide / widest)
    fits = max(sheet.width(number, ems, 700) for number in numbers) < wide  # no letter is below reading size
    return Cell(wide, high, ems) if fits and high >= LEAST * em else None


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

    def set_look(self, look: Look) -> None:
        """Write in this look."""
        if look != self.look:
            self.look = look
            self.update()

    @property
    def classes(self) -> int:
        """How many the grids tell apart; 0 without grids."""
        return len(self.scores[0].confusion) if self.scores else 0

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
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            sheet, em = Sheet(painter, self.look), self.look.em
            bottom = self._rows(sheet, em)
            if self.scores[0].confusion:
                self._grids(sheet, em, bottom)

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
        classes, across = len(self.scores[0].confusion), columns(self.scores)
        top += 0.3 * em
        cell = cell_of(sheet, self.scores, self.width(), self.height() - top - 1.5 * em)
        if cell is None:
            return
        for place, score in enumerate(self.scores):
            self._grid(sheet, score, QPointF(place * (across + BETWEEN) * cell.wide, top), cell)
        below = QRectF(0, top + (classes + 1) * cell.high + 0.15 * em, self.width(), 1.4 * em)
        sheet.text(CAPTION if across == classes else CAPTION_OPEN, below, "second", LABEL)

    def _grid(self, sheet: Sheet, score: Score, at: QPointF, cell: Cell) -> None:
        """One twin's grid: on the diagonal what is right, framed in its colour."""
        painter, most = sheet.painter, max(map(sum, score.confusion), default=0) or 1
        wide, high, across = cell.wide, cell.high, columns(self.scores)
        if across > len(score.confusion):
            middle = at + QPointF((across + 0.5) * wide, 0.5 * high)
            sheet.centred(OPEN, middle, "text", cell.ems, 700)
        for i, row in enumerate(score.confusion):
            for place in (QPointF(0, i + 1), QPointF(i + 1, 0)):
                middle = at + QPointF((place.x() + 0.5) * wide, (place.y() + 0.5) * high)
                painter.setPen(QPen(PAPER, 1))
                painter.setBrush(QColor(CLASS_COLORS[i]))
                painter.drawPath(shape_path(CLASS_SHAPES[i], 0.26 * min(wide, high)).translated(middle))
            for j, count in enumerate(row[:across]):
                box = QRectF(at.x() + (j + 1) * wide, at.y() + (i + 1) * high, wide, high)
                inner = box.adjusted(1, 1, -1, -1)
                painter.setPen(
                    QPen(sheet.look.twin_color(score.twin) if i == j else sheet.color("decoration"), 1.5)
                )
                painter.setBrush(sheet.color("fill" if count else "panel"))
                painter.drawRect(inner)
                if count:
                    weight = 700 if 2 * count > most else 400
                    sheet.centred(str(count), box.center(), "text", cell.ems, weight)
