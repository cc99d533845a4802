"""The column's doors: one button for every instrument that there is, and the way back."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy

from netviz.app.layouts import DOORS
from netviz.app.style import FIRST_LOOK, button, label, sends, tint
from netviz.session.actions import Escape, MoveApart, OpenPanel
from netviz.session.state import State
from netviz.views.panel import Panel, Place
from netviz.views.registry import panel_names, place
from netviz.views.theme import TITLE, Look

APART, APART_TIP = "In its own window", "In its own window, for a second screen (F6)"
HOME = "instrument"  # where panels live that may move into a window of their own


def movable(state: State) -> str | None:
    """The open panel, where it may move into a window of its own."""
    name = state.filled or state.opened
    return name if name in panel_names() and place(name).where == HOME else None


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
        self._titles: dict[str, str] = {}
        for i, (name, row) in enumerate(places.items()):
            made = button("", "", row.title)
            made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
            made.setToolTip(f"{row.about} ({row.key})")
            made.clicked.connect(sends(self, OpenPanel(name)))
            inside = QHBoxLayout(made)
            texts = label(row.key), label(row.title)
            for one in texts:
                one.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
                inside.addWidget(one)
            inside.addStretch()
            self._insides.append(inside)
            self._texts.append(texts)
            self._titles[name] = row.title
            self._grid.addWidget(made, 1 + i // columns, i % columns)
            self.buttons[name] = made
        for place_in_row in range(columns):
            self._grid.setColumnStretch(place_in_row, 1)
        self._look = FIRST_LOOK

    def show_state(self, old: State | None, new: State) -> None:
        if old is not None and old.apart == new.apart:
            return
        for (name, title), (_, text) in zip(self._titles.items(), self._texts, strict=True):
            away = name in new.apart
            text.setText(f"{title} ↗" if away else title)
            self.buttons[name].setAccessibleName(f"Bring {title} back" if away else title)

    def set_look(self, look: Look) -> None:
        self._title.setFont(look.font(TITLE, 700))
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(look.px(0.42))
        self._grid.setRowMinimumHeight(0, look.px(1.7))
        for row in range(1, self._grid.rowCount()):
            self._grid.setRowMinimumHeight(row, look.px(1.6))
        for inside in self._insides:
            inside.setContentsMargins(look.px(0.6), 0, 0, 0)
            inside.setSpacing(look.px(0.35))
        for key, title in self._texts:
            key.setFont(look.font(0.9, 400))
            tint(key, look, "second")
            title.setFont(look.font(1.0, 600))


class Back(Panel):
    """Closes what was opened, or gives it a window of its own."""

    def __init__(self, words: str = "Back") -> None:
        """Make the buttons."""
        super().__init__()
        self.button = button(f"◂ {words}", "flat", words)
        self.button.setToolTip(f"{words} (Esc)")
        self.button.clicked.connect(sends(self, Escape()))
        self.apart = button(APART, "flat", APART)
        self.apart.setToolTip(APART_TIP)
        self.apart.clicked.connect(self._move_apart)
        self.apart.hide()
        self._name: str | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.button)
        row.addStretch()
        row.addWidget(self.apart)

    def set_look(self, look: Look) -> None:
        self.button.setFont(look.font(1.0, 600))
        self.apart.setFont(look.font(1.0, 400))

    def show_state(self, old: State | None, new: State) -> None:
        self._name = movable(new)
        self.apart.setVisible(self._name is not None)

    def _move_apart(self) -> None:
        if self._name is not None:
            self.acted.emit(MoveApart(self._name))
