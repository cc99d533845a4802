"""One of a network's numbers to be set by hand: its name, the number to type, and a slider."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from netviz.session.instruments.by_hand import MOST, SNAP
from netviz.session.text import signed
from netviz.views.controls.gesture_slider import GestureSlider
from netviz.views.theme import LABEL, Look, dress

ENDS = round(MOST / SNAP)
ENTRY = 1.35  # em, how high the line to type in is
INSIDE = 4  # px that Qt leaves free in a line to type in, and its cursor


class NumberCell(QWidget):
    """One of the nine numbers: its name, the number to type, and a slider."""

    def __init__(self) -> None:
        super().__init__()
        self.name, self.entry = QLabel(self), QLineEdit(self)
        self.slider = GestureSlider(-ENDS, ENDS, 1, 5)
        self.slider.setParent(self)
        self.entry.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.value = 0.0

    def set_look(self, look: Look) -> None:
        """Take on a text size."""
        dress(self.name, look, "second", LABEL)
        line = max(1, round(look.line / 2))
        padding, radius = look.px(0.06), look.px(0.2)
        self.entry.setStyleSheet(
            f"padding: 0 {padding}px; border-width: {line}px; border-radius: {radius}px;"
        )
        self.entry.setFont(look.font(0.9, 600, tabular=True))
        self.slider.set_look(look)
        wide = self.entry.fontMetrics().horizontalAdvance("−0.00") + 2 * (line + padding) + INSIDE
        high = look.px(ENTRY)
        self.name.setGeometry(0, 0, self.width() - wide, high)
        self.entry.setGeometry(self.width() - wide, 0, wide, high)
        self.slider.setGeometry(0, high, self.width(), look.px(1.2))

    def needs(self, name: str) -> int:
        """How wide it must be for this name, px; its look is set."""
        return self.name.fontMetrics().horizontalAdvance(name) + self.entry.width() + 1

    def show_number(self, name: str, value: float) -> None:
        """Show a number; one that a person is typing stays."""
        self.value = value
        if name != self.name.text():
            self.name.setText(name)
            self.slider.setAccessibleName(name)
            self.entry.setAccessibleName(f"{name}, typed")
        self.slider.show_value(round(min(max(value, -MOST), MOST) / SNAP))
        if not (self.entry.hasFocus() and self.entry.isModified()):
            self.entry.setText(signed(value))
