"""The page of the neuron panel: its arithmetic as a column, or across where there is room."""

from typing import Any

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from netviz.views.drawing.arithmetic import (
    ACROSS,
    COLUMN,
    FLAT,
    LARGEST,
    MOST_ACROSS,
    TALL,
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
        return QSize(look.px(COLUMN), look.px(TALL)) if look else QSize(300, 300)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.look is None or self.picture is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            width, height, em = self.width(), self.height(), self.look.em
            if self.form is not None:
                self.form(painter, self.look, em, self.picture, self.kept).draw(QRectF(0, 0, width, height))
                return
            few = self.picture.inside is not None and 0 < len(self.picture.inside.terms) <= MOST_ACROSS
            if (
                few
                and width >= 1.3 * height
                and width >= 40 * em
                and self.picture.reached
                and not self.picture.strong
            ):
                unit = min(LARGEST * em, width / ACROSS, height / FLAT)
                Across(painter, self.look, unit, self.picture, self.kept).draw(QRectF(0, 0, width, height))
            else:
                unit = min(LARGEST * em, max(em, min(width / COLUMN, height / TALL)))
                Column(painter, self.look, unit, self.picture, self.kept).draw(QRectF(0, 0, width, height))
