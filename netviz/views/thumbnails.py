"""Small pictures of problems, drawn from the points that the problem really draws."""

from functools import lru_cache

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen

from netviz.core.datasets import DATASETS, Points, Sampling
from netviz.views.controls.painted_button import PaintedButton
from netviz.views.drawing.crowd import CLASS_COLORS, CLASS_SHAPES, Group, groups, marks_path, shape_path
from netviz.views.theme import INK, PAPER, Look, value_color

NUMBERS = (-1.0, -0.5, 0.0, 0.5, 1.0, None)  # what brushes stand for where numbers are asked for
SIDE = 2.55  # em
FEW = 12  # points, up to which they are drawn large
DRAWN = Sampling(points=110, train_fraction=1.0)


@lru_cache(maxsize=64)
def thumbnail(name: str) -> tuple[Group, ...]:
    """The points of a problem as marks in the unit square, x to the right and y upwards as on a surface."""
    data: Points = DATASETS[name].make(DRAWN)
    return groups(data, data.x, data.y, plain=DATASETS[name].inputs == 1)


class Brush(PaintedButton):
    """What the next own point is: a class's mark, or a number's colour."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number
        self.value: float | None = float(number)
        self.shape, self.color = CLASS_SHAPES[number], CLASS_COLORS[number]
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.look: Look | None = None

    def show_kind(self, kind: str) -> None:
        """Stand for a class, or for one of the numbers −1 to 1; there is no sixth of these."""
        shape, color = CLASS_SHAPES[self.number], CLASS_COLORS[self.number]
        value: float | None = float(self.number)
        if kind == "numbers":
            value = NUMBERS[self.number]
            shape, color = "circle", value_color(value or 0.0).name()
        self.value, self.shape, self.color = value, shape, color
        self.setAccessibleName(f"Number {value or 0:g}" if kind == "numbers" else f"Class {self.number + 1}")
        self.update()

    def set_look(self, look: Look) -> None:
        """Take on colours and sizes."""
        self.look = look
        self.setFixedSize(look.px(1.9), look.px(1.9))

    def nextCheckState(self) -> None:
        """Stay as it is: the State says which one is taken."""

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.look is None:
            return
        look = self.look
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            frame = max(2.0, 0.24 * look.em) if self.isChecked() or self.hasFocus() else look.line
            painter.setPen(QPen(look.color("text" if self.isChecked() else "outline"), frame))
            painter.setBrush(PAPER)
            painter.drawRect(QRectF(self.rect()).adjusted(frame / 2, frame / 2, -frame / 2, -frame / 2))
            painter.setPen(QPen(INK, 1))
            painter.setBrush(QColor(self.color))
            painter.drawPath(
                shape_path(self.shape, 0.42 * look.em).translated(self.width() / 2, self.height() / 2)
            )


class Thumbnail(PaintedButton):
    """A problem to choose by a click, Space or Enter."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.problem = name
        row = DATASETS[name]
        self.setCheckable(True)
        self.setAccessibleName(row.label)
        self.setAccessibleDescription(row.character)
        self.setToolTip(f"{row.label}. {row.character}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # after a click Space is still Train
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.look: Look | None = None

    def set_look(self, look: Look) -> None:
        """Take on colours and sizes."""
        self.look = look
        self.setFixedSize(look.px(SIDE), look.px(SIDE))
        self.update()

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def nextCheckState(self) -> None:
        """Stay as it is: the State says which problem is chosen."""

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.look is None:
            return
        look = self.look
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            frame = max(3.0, 0.3 * look.em) if self.isChecked() else look.line
            inner = QRectF(self.rect()).adjusted(frame / 2, frame / 2, -frame / 2, -frame / 2)
            strong = self.isChecked() or self.hasFocus() or self.underMouse()
            color = INK if self.isChecked() else look.color("text" if strong else "outline")
            painter.setPen(QPen(color, frame))  # ink on its paper is seen in every theme
            painter.setBrush(PAPER)
            painter.drawRect(inner)
            if self.hasFocus():
                painter.setPen(QPen(INK, look.line, Qt.PenStyle.DotLine))
                painter.drawRect(inner.adjusted(*(3 * look.line * side for side in (1, 1, -1, -1))))
            painter.setClipRect(inner.adjusted(frame / 2, frame / 2, -frame / 2, -frame / 2))
            self._points(painter, inner)

    def _points(self, painter: QPainter, box: QRectF) -> None:
        found = thumbnail(self.problem)
        few = sum(len(group.places) for group in found) <= FEW
        radius = (0.3 if few else 0.115) * (self.look.em if self.look else 16)
        painter.setPen(Qt.PenStyle.NoPen)
        for group in found:
            places = group.places * (box.width(), box.height()) + (box.left(), box.top())
            painter.setBrush(QColor(group.color or INK))
            painter.drawPath(marks_path(group.shape, radius, places))
