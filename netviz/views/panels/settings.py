"""All settings: how the screen looks and a row for every field; made from FIELDS, so that new rows appear."""

from collections.abc import Callable
from functools import partial
from itertools import groupby
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from netviz.core.optimizers import OPTIMIZERS, Constants
from netviz.session import selectors
from netviz.session.actions import (
    Action,
    OpenPanel,
    SetField,
    SetReducedMotion,
    SetTextSize,
    SetTheme,
    SetView,
    ShowHidden,
)
from netviz.session.fields import FIELDS, Field
from netviz.session.kinds import Switch, Value, Whole
from netviz.session.state import THEMES, VIEWS, State
from netviz.views.controls.fields import ChoiceControl, Control, SwitchControl, TextControl, control
from netviz.views.panel import Panel, Place
from netviz.views.theme import LABEL, TITLE, Look, dress

HIDDEN = "Show hidden settings"  # those that a link keeps out of sight
WIDEST = 36  # em: longer lines are hard to read
TEXT_SIZES = Whole(-4, 8, tuple(range(-4, 9)), "usual")


class Named(NamedTuple):
    """One name out of a few, as a kind."""

    table: dict[str, str]

    def check(self, value: Value) -> Value:
        """Return the name."""
        return value

    def show(self, value: Value) -> str:
        """Show its label."""
        return self.table[value]


class ScreenRow(NamedTuple):
    """A setting of the screen, which no experiment knows of."""

    label: str
    help: str
    make: Callable[[], Control]
    value: Callable[[State], Value]
    action: Callable[[Value], Action]


SCREEN_KEYS = ("theme", "text_size", "reduced_motion")
IN_HALL = " (presenting: projector)"  # beside the theme of the window as it is always used
SCREEN = (
    ScreenRow(
        "Theme", "Projector is thick-lined, for a lit room.", lambda: ChoiceControl(Named(THEMES), THEMES),
        lambda state: state.theme, SetTheme,
    ),
    ScreenRow(
        "Text size", "Steps up or down.", lambda: TextControl(TEXT_SIZES, TEXT_SIZES.choices, {"usual": "0"}),
        lambda state: state.text_size, SetTextSize,
    ),
    ScreenRow(
        "Reduced motion", "Show end states instead of motion.", lambda: SwitchControl(Switch()),
        lambda state: state.reduced_motion, SetReducedMotion,
    ),
    ScreenRow(
        "Show", "Both networks, or one of them.", lambda: ChoiceControl(Named(VIEWS), VIEWS),
        lambda state: state.view, SetView,
    ),
)  # fmt: skip


class Row(QWidget):
    """A setting: its label, a control (or one for each twin), what it does, and what was wrong."""

    def __init__(self, label: str, told: str, controls: list[Control], captions: list[str]) -> None:
        super().__init__()
        self.controls = controls
        self.label, self.help, self.error = QLabel(label), QLabel(told), QLabel()
        self.captions = [QLabel(caption) for caption in captions if caption]
        for text in (self.help, self.error):
            text.setWordWrap(True)
        self.error.hide()
        self.setToolTip(told)
        grid = self.grid = QGridLayout(self)
        grid.addWidget(self.label, 0, 0, 1, 2)
        for line, (made, caption) in enumerate(zip(controls, captions, strict=True), 1):
            made.name(f"{label}, {caption}" if caption else label)
            made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            made.refused.connect(self.say)
            if caption:
                grid.addWidget(self.captions[line - 1], line, 0)
                grid.addWidget(made, line, 1)
            else:
                grid.addWidget(made, line, 0, 1, 2)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.error, len(controls) + 1, 0, 1, 2)
        grid.addWidget(self.help, len(controls) + 2, 0, 1, 2)

    def say(self, sentence: str) -> None:
        """Say what was wrong, or nothing more."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))

    def set_look(self, look: Look) -> None:
        """Take on colours and sizes."""
        for made in self.controls:
            made.set_look(look)
        self.grid.setContentsMargins(0, look.px(0.2), 0, look.px(0.5))
        self.grid.setHorizontalSpacing(look.px(0.6))
        self.grid.setVerticalSpacing(look.px(0.2))
        dress(self.label, look, "text", 1, 600)
        dress(self.help, look, "second", LABEL)
        dress(self.error, look, "text", LABEL, 600)
        for twin, caption in enumerate(self.captions):
            dress(caption, look, "without" if twin else "with_", LABEL, 600)


class SettingsPanel(Panel):
    """The drawer with every setting."""

    def __init__(self, twin: int = 0) -> None:
        super().__init__(twin)
        self.title = QLabel("All settings")
        self.done = QPushButton("Done")
        self.done.setProperty("role", "primary")
        self.done.clicked.connect(lambda: self.acted.emit(OpenPanel(None)))
        self.hidden = QPushButton(HIDDEN)
        self.hidden.clicked.connect(lambda: self.acted.emit(ShowHidden()))
        self.hidden.hide()
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.done)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.column = QVBoxLayout(self)
        self.column.addLayout(head)
        self.column.addWidget(self.hidden)
        self.column.addWidget(self.area, 1)
        self.screen_rows: list[Row] = []
        self.rows: dict[str, Row] = {}
        self.headings: list[QLabel] = []
        self.names: list[str] = []  # of the twins that the rows are for
        self.asked: Row | None = None  # the row that was changed last: a refusal belongs there
        self.page: QVBoxLayout | None = None
        self.look: Look | None = None

    def sizeHint(self) -> QSize:
        em = self.look.em if self.look else 16
        return QSize(round(23 * em), round(40 * em))

    # ---------------------------------------------------------------------------------- rows
    def _make(self, names: list[str]) -> None:
        """All rows, for these twins."""
        self.names, self.rows, self.headings = names, {}, []
        body = QWidget()
        body.setObjectName("settings")
        column = self.page = QVBoxLayout(body)
        self._heading("Screen", column)
        self.screen_rows = [self._screen_row(row) for row in SCREEN]
        for made in self.screen_rows:
            column.addWidget(made)
        for group, fields in groupby(FIELDS.values(), key=lambda field: field.group):
            self._heading(group, column)
            for field in fields:
                self.rows[field.key] = self._field_row(field)
                column.addWidget(self.rows[field.key])
        column.addStretch(1)
        self.area.setWidget(body)
        body.setAutoFillBackground(False)
        self.area.viewport().setAutoFillBackground(False)

    def _heading(self, text: str, column: QVBoxLayout) -> None:
        self.headings.append(QLabel(text))
        column.addWidget(self.headings[-1])

    def _screen_row(self, row: ScreenRow) -> Row:
        made = row.make()
        made.changed.connect(lambda value: self.acted.emit(row.action(value)))
        shown = Row(row.label, row.help, [made], [""])
        made.changed.connect(lambda: shown.say(""))
        return shown

    def _field_row(self, field: Field) -> Row:
        captions = [""] if field.shared or len(self.names) == 1 else self.names
        controls = [control(field.kind) for _ in captions]
        row = Row(field.label, field.help, controls, captions)
        for twin, made in enumerate(controls):
            made.changed.connect(partial(self._changed, field.key, twin if len(captions) > 1 else None))
        return row

    def _changed(self, key: str, twin: int | None, value: Value, goes_on: bool) -> None:
        self.asked = self.rows[key]
        self.acted.emit(SetField(key, value, twin, goes_on))

    # ---------------------------------------------------------------------------------- look and state
    def set_look(self, look: Look) -> None:
        self.look = look
        self.done.ensurePolished()
        self.done.setFont(look.font())
        self.hidden.ensurePolished()
        self.hidden.setFont(look.font())
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(look.px(0.5))
        self._dress()

    def _dress(self) -> None:
        look = self.look
        if look is None:
            return
        dress(self.title, look, "text", TITLE, 700)
        for heading in self.headings:
            dress(heading, look, "second", 1, 700)
            heading.setContentsMargins(0, look.px(0.5), 0, 0)
        for row in (*self.screen_rows, *self.rows.values()):
            row.set_look(look)
        if self.page is not None:
            if (body := self.area.widget()) is not None:  # its bar stays at the page's edge
                body.setMaximumWidth(look.px(WIDEST))
            self.page.setContentsMargins(0, 0, look.px(0.4), 0)
            self.page.setSpacing(look.px(0.2))

    def show_state(self, old: State | None, new: State) -> None:
        watched = ("experiment", "step", "view", "message", "hidden_rows", "presenting", *SCREEN_KEYS)
        if old is not None and all(getattr(old, name) == getattr(new, name) for name in watched):
            return
        names = [selectors.side(twin) for twin in range(len(new.frame.states))]
        if names != self.names:
            self._make(names)
            self._dress()
        for said, made in zip(SCREEN, self.screen_rows, strict=True):
            made.controls[0].show_value(said.value(new))
            made.setVisible(said.action is not SetView or len(names) > 1)  # one network: nothing to choose
        self.screen_rows[0].label.setText(f"{SCREEN[0].label}{IN_HALL if new.presenting else ''}")
        if new.message and self.asked is not None:
            told = new.message.rpartition("': ")[2]  # beside its row the key need not be named
            self.asked.say(told[:1].upper() + told[1:])  # what was typed stays, to be mended
            return
        if self.asked is not None:
            self.asked.say("")
        self.asked = None
        self.hidden.setVisible(bool(new.hidden_rows))
        unused = _unused(new)
        for key, row in self.rows.items():
            row.setVisible(key not in new.hidden_rows and key not in unused)
            for twin, one in enumerate(row.controls):
                one.show_value(getattr(selectors.settings(new, twin), key))

    def sentence(self, state: State) -> str:
        given = [
            f"{field.label} {field.kind.show(getattr(selectors.settings(state, 0), key))}"
            for key, field in FIELDS.items()
            if getattr(selectors.settings(state, 0), key) != field.default
        ]
        return f"All settings; not as usual: {', '.join(given)}." if given else "All settings are as usual."

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.acted.emit(OpenPanel(None))
        else:
            super().keyPressEvent(event)


def _unused(state: State) -> set[str]:
    """The constants that no twin's optimizer looks at."""
    chosen = {selectors.settings(state, twin).optimizer for twin in range(len(state.frame.states))}
    return set(Constants._fields).difference(*(OPTIMIZERS[name].constants for name in chosen))


PANEL = Place("All settings", "drawer", 90, "S", SettingsPanel)
