"""The page of the neuron panel: its arithmetic as a column, or across where there is room."""

from typing import Any

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from netviz.views.drawing.arithmetic import (
    ACROSS,
    COLUMN,
    LARGEST,
    LEAST_ACROSS,
    MOST_ACROSS,
    Across,
    Column,
    Picture,
)
from netviz.views.theme import Look


class Sheet(QWidget):
    """The drawing: as a column, or across where there is room."""

    def __init__(self) -> None:
        super().__init__()
        self.look: Look | None = None
        self.picture: Picture | None = None
        self.kept: dict[str, Any] = {}
        self.form: type[Across] | None = None  # instead of what the room asks for
        self.setMinimumSize(1, 1)

    def show_picture(self, new: Picture) -> None:
        """Draw this, unless it is drawn already."""
        if new != self.picture:
            self.picture = new
            self.update()

    def sizeHint(self) -> QSize:
        look = self.look
        return QSize(look.px(COLUMN.width), look.px(COLUMN.height)) if look else QSize(300, 300)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.look is None or self.picture is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            width, height, em = self.width(), self.height(), self.look.em
            if self.form is not None:
                self.form(painter, self.look, em, self.picture, self.kept).draw(QRectF(0, 0, width, height))
                return
            form, unit = self._form(width, height, em)
            form(painter, self.look, unit, self.picture, self.kept).draw(QRectF(0, 0, width, height))

    def _form(self, width: float, height: float, em: float) -> tuple[type[Across | Column], float]:
        """The form that takes more of the page, and the em of its picture; the walk is always an addition."""
        found = self.picture
        assert found is not None
        column, across = (min(width / wide, height / high) for wide, high in (COLUMN, ACROSS))
        one_line = found.inside is not None and 0 < len(found.inside.terms) <= MOST_ACROSS
        larger = across**2 * ACROSS.width * ACROSS.height >= column**2 * COLUMN.width * COLUMN.height
        if one_line and larger and width >= LEAST_ACROSS * em and found.reached and not found.strong:
            return Across, min(LARGEST * em, across)
        return Column, min(LARGEST * em, max(em, column))
