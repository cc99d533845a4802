"""The recipe as a sentence of menus: Teach [XOR] to [2 hidden units] with [ReLU] and with [identity]."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QPushButton

from netviz.app.style import button
from netviz.core.activations import ACTIVATIONS
from netviz.core.datasets import DATASETS
from netviz.session import selectors
from netviz.session.actions import Action, Choose, OpenPanel, SetField
from netviz.session.fields import FIELDS, Settings
from netviz.session.kinds import Value
from netviz.session.state import State
from netviz.session.table_words import problem_name
from netviz.views.drawing import marks
from netviz.views.theme import Look

HIDDEN = ((), (1,), (2,), (3,), (4,), (8,), (4, 4), (8, 8), (8, 8, 8))


def hidden_text(sizes: tuple[int, ...]) -> str:
    """How many hidden units: "2 hidden units", "8, 8 hidden units", "no hidden units"."""
    if not sizes:
        return "no hidden units"
    return f"{FIELDS['hidden'].kind.show(sizes)} hidden unit{'' if sizes == (1,) else 's'}"


def datasets(settings: Settings) -> dict[Value, str]:
    """Every problem by its name, once each; a table where there is one."""
    labels: dict[str, str] = {}
    for name, row in DATASETS.items():
        if not name.startswith("csv"):
            labels.setdefault(row.label, name)
    table = {settings.csv.dataset: settings.csv.name} if settings.csv else {}
    return {name: label for label, name in labels.items()} | table


def activations(_: Settings) -> dict[Value, str]:
    """Every activation's label by its name."""
    return {name: row.label for name, row in ACTIVATIONS.items()}


OPTIONS: dict[str, Callable[[Settings], dict[Value, str]]] = {
    "dataset": datasets,
    "hidden": lambda _: {sizes: hidden_text(sizes) for sizes in HIDDEN},
    "activation": activations,
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
        if text != self.button.text()[:-1]:
            self.button.setText(f"{text}\u2002")  # a space before the chevron
            whose = "" if self.twin is None else f", {selectors.side(self.twin)}"
            self.button.setAccessibleName(f"{row.label}{whose}: {text}")
            self.button.setToolTip(row.help)

    def _text(self) -> str:
        if self.key == "dataset":
            return problem_name(self._settings)
        return hidden_text(self._value) if self.key == "hidden" else FIELDS[self.key].kind.show(self._value)

    def _fill(self) -> None:
        """List the table's rows as it opens; the one in force is ticked."""
        self._menu.clear()
        group = QActionGroup(self._menu)
        for value, text in OPTIONS[self.key](self._settings).items():
            action = self._menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(value == self._value)
            group.addAction(action)
            action.triggered.connect(partial(self._choose, value))
        self._add_more()

    def _choose(self, value: Value, _: bool = False) -> None:
        """A problem brings what suits it along."""
        self._act(Choose(value) if self.key == "dataset" else SetField(self.key, value, self.twin))

    def _add_more(self) -> None:
        if self.key in MORE:
            text, wanted = MORE[self.key]
            self._menu.addSeparator()
            self._menu.addAction(text).triggered.connect(lambda _=False: self._act(wanted))
