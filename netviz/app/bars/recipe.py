"""The recipe as a sentence of menus: Teach [XOR] to [2 hidden units] with [ReLU] and with [identity]."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QActionGroup, QFont
from PySide6.QtWidgets import QMenu, QPushButton

from netviz.app.style import button
from netviz.core.activations import ACTIVATIONS
from netviz.session import selectors
from netviz.session.actions import Action, Choose, OpenPanel, SetField
from netviz.session.fields import FIELDS, Settings
from netviz.session.kinds import Value
from netviz.session.problem_groups import problem_menu
from netviz.session.state import State
from netviz.session.table_words import problem_name
from netviz.views.drawing import marks
from netviz.views.theme import Look

HIDDEN = ((), (1,), (2,), (3,), (4,), (8,), (4, 4), (8, 8), (8, 8, 8))


def hidden_text(sizes: tuple[int, ...], brief: bool = False) -> str:
    """How many hidden units: "2 hidden units", "8, 8 hidden units", "no hidden units"; in brief "2 units"."""
    what = f"{'' if brief else 'hidden '}unit{'' if sizes == (1,) else 's'}"
    return f"{FIELDS['hidden'].kind.show(sizes) if sizes else 'no'} {what}"


Group = dict[Value, str]  # texts by what they stand for


def datasets(settings: Settings) -> dict[str, Group]:
    """Every problem by its name, under the headings of the Data panel."""
    return {heading: {**rows} for heading, rows in problem_menu(settings).items()}


OPTIONS: dict[str, Callable[[Settings], dict[str, Group]]] = {  # by heading; "" for a menu without
    "dataset": datasets,
    "hidden": lambda _: {"": {sizes: hidden_text(sizes) for sizes in HIDDEN}},
    "activation": lambda _: {"": {name: row.label for name, row in ACTIVATIONS.items()}},
}


MORE: dict[str, tuple[str, Action]] = {  # what stands at the end of a word's menu
    "activation": ("See all activations…", OpenPanel("gallery")),
    "dataset": ("All data…", OpenPanel("data")),
    "hidden": ("All settings…", OpenPanel("settings")),
}


class Word:
    """One word of the recipe: a button whose menu sets a field."""

    def __init__(self, key: str, twin: int | None, act: Callable[[Action], None]) -> None:
        """Make the word for a field, of one twin or of all."""
        self.key, self.twin, self._act = key, twin, act
        self.button: QPushButton = button("", "menu")
        self.button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the chevron stands behind the text
        if twin is not None:
            self.button.setProperty("twin", str(min(twin, 1)))
        self._menu = QMenu(self.button)
        self._menu.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._menu.aboutToShow.connect(self._fill)
        self.button.setMenu(self._menu)
        self._settings = Settings()
        self._value: Value = None
        self._brief = False
        self._look: Look | None = None

    def set_look(self, look: Look) -> None:
        """Take on a theme and a text size."""
        self._look = look
        color = look.color("text") if self.twin is None else look.twin_color(self.twin)
        self.button.setFont(look.font(1.02, 600))
        self._menu.setFont(look.font())
        self.button.setIconSize(QSize(look.px(1.0), look.px(1.0)))
        self.button.setIcon(marks.chevron(color, look.px(1.0)))

    def show_state(self, state: State) -> None:
        """Read as the setting now in force."""
        self._settings = selectors.settings(state, self.twin or 0)
        self._value, row = getattr(self._settings, self.key), FIELDS[self.key]
        text = self._text()
        self._write()
        whose = "" if self.twin is None else f", {selectors.side(self.twin)}"
        self.button.setAccessibleName(f"{row.label}{whose}: {text}")
        self.button.setToolTip(row.help)

    def shorten(self, brief: bool) -> None:
        """Say it in fewer letters, or in full."""
        if brief != self._brief:
            self._brief = brief
            if self._value is not None:  # a second twin may never have had one
                self._write()

    def _write(self) -> None:
        text = f"{self._text(self._brief)}\u2002"  # a space before the chevron
        if text != self.button.text():
            self.button.setText(text)

    def _text(self, brief: bool = False) -> str:
        if self.key == "dataset":
            return problem_name(self._settings)
        if self.key == "hidden":
            return hidden_text(self._value, brief)
        return FIELDS[self.key].kind.show(self._value)

    def _fill(self) -> None:
        """List the table's rows as it opens; the one in force is ticked."""
        self._menu.clear()
        for old in self._menu.findChildren(QMenu):
            old.deleteLater()
        group = QActionGroup(self._menu)
        for heading, rows in OPTIONS[self.key](self._settings).items():
            menu = self._under(heading, self._value in rows) if heading else self._menu
            for value, text in rows.items():
                action = menu.addAction(text)
                action.setCheckable(True)
                action.setChecked(value == self._value)
                group.addAction(action)
                action.triggered.connect(partial(self._choose, value))
        self._add_more()

    def _under(self, heading: str, holds: bool) -> QMenu:
        """A menu of its own for a group; a bold heading holds what is in force."""
        menu = self._menu.addMenu(heading)
        font = self._menu.font()
        menu.setFont(font)
        font.setWeight(QFont.Weight.Bold if holds else QFont.Weight.Normal)
        menu.menuAction().setFont(font)
        return menu

    def _choose(self, value: Value, _: bool = False) -> None:
        """A problem brings what suits it along."""
        self._act(Choose(value) if self.key == "dataset" else SetField(self.key, value, self.twin))

    def _add_more(self) -> None:
        if self.key in MORE:
            text, wanted = MORE[self.key]
            self._menu.addSeparator()
            self._menu.addAction(text).triggered.connect(lambda _=False: self._act(wanted))
