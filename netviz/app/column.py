"""The column's doors: one button for every instrument that there is, and the way back."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy

from netviz.app.layouts import DOORS
from netviz.app.style import FIRST_LOOK, button, label, sends
from netviz.session.actions import Escape, OpenPanel
from netviz.session.state import State
from netviz.views.panel import Panel, Place
from netviz.views.theme import TITLE, Look


class Doors(Panel):
    """Look inside: a door opens its instrument in the place of table and doors."""

    def __init__(self, places: Mapping[str, Place]) -> None:
        """Make a door for each of these panels."""
        super().__init__()
        self._title = label("Look inside")
        self._grid = QGridLayout(self)
        columns = min(DOORS, max(2, len(places)))
        self._grid.addWidget(self._title, 0, 0, 1, columns)
        self.buttons: dict[str, QPushButton] = {}
        self._insides: list[QHBoxLayout] = []
        self._texts: list[tuple[QLabel, QLabel]] = []
        for i, (name, place) in enumerate(places.items()):
            made = button("", "", place.title)
            made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
            made.setToolTip(f"{place.title} ({place.key})")
            made.clicked.connect(sends(self, OpenPanel(name)))
            inside = QHBoxLayout(made)
            texts = label(place.key), label(place.title)
            for one in texts:
                one.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
                inside.addWidget(one)
            inside.addStretch()
            self._insides.append(inside)
            self._texts.append(texts)
            self._grid.addWidget(made, 1 + i // columns, i % columns)
            self.buttons[name] = made
        for place_in_row in range(columns):
            self._grid.setColumnStretch(place_in_row, 1)
        self._look = FIRST_LOOK

    def set_look(self, look: Look) -> None:
        self._title.setFont(look.font(TITLE, 700))
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(look.px(0.42))
        self._grid.setRowMinimumHeight(0, look.px(1.7))
        for row in range(1, self._grid.rowCount()):
            self._grid.setRowMinimumHeight(row, look.px(1.6))
        for inside in self._insides:
            inside.setContentsMargins(look.px(0.45), 0, 0, 0)
            inside.setSpacing(look.px(0.35))
        for key, title in self._texts:
            key.setFont(look.font(0.9, 400))
            title.setFont(look.font(1.0, 600))


class Back(Panel):
    """Closes what was opened."""

    def __init__(self) -> None:
        """Make the button."""
        super().__init__()
        self.button = button("◂ Back", "flat", "Back")
        self.button.setToolTip("Back (Esc)")
        self.button.clicked.connect(sends(self, Escape()))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.button)
        row.addStretch()

    def set_look(self, look: Look) -> None:
        self.button.setFont(look.font(1.0, 600))

    def show_state(self, old: State | None, new: State) -> None:
        """It always says the same."""
