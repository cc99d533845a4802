"""Presenting: full screen, and the keys of remotes, before any control can take them for itself."""

from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QScreen
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QWidget

from netviz.app.keys import key_name
from netviz.session import actions as act
from netviz.session.actions import Action
from netviz.session.state import State
from netviz.session.store import Store

ENTER = ("Return", "Enter", "Num+Enter")
MOST_DIGITS = 2


class Stage(Protocol):
    """What presenting needs of the program's window."""

    store: Store

    def window(self) -> QWidget:
        """The top-level window."""


class Presenter(QObject):
    """Follows `presenting`: as long as it lasts it fills the screen and takes the keys of a remote."""

    def __init__(self, parent: QObject, stage: Stage) -> None:
        """Nothing is filtered yet: a filter is asked at every event. It ends with its parent, the window."""
        super().__init__(parent)
        self._stage, self._digits = stage, ""
        self._on, self._before = False, Qt.WindowState.WindowNoState
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenRemoved.connect(self._on_screen_removed)

    def follow(self, state: State) -> None:
        """Begin or end with the State."""
        if state.presenting == self._on:
            return
        self._on, self._digits = state.presenting, ""
        application, window = QApplication.instance(), self._stage.window()
        assert application is not None
        if self._on:
            application.installEventFilter(self)
            self._before = window.windowState()
            window.setWindowState(self._before | Qt.WindowState.WindowFullScreen)
        else:
            application.removeEventFilter(self)
            window.setWindowState(self._before)

    def close(self) -> None:
        """End with the program."""
        application = QApplication.instance()
        if self._on and application is not None:
            application.removeEventFilter(self)

    def _on_screen_removed(self, screen: QScreen) -> None:
        """The projector is gone: what it showed stands in a usual window again."""
        if self._on:
            self._stage.store.dispatch(act.Present(False))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of presenting, wherever in the window they arrive."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if not isinstance(watched, QWidget) or watched.window() is not self._stage.window():
            return False
        key = key_name(event)
        typing = isinstance(watched, QLineEdit | QAbstractSpinBox)
        if key.isdigit() and not typing and self._stage.store.state.reading:
            self._digits = (self._digits + key)[-MOST_DIGITS:]
            return True
        action = self._action(key, typing)
        self._digits = ""
        if action is None:
            return False
        self._stage.store.dispatch(action)
        return True

    def _action(self, key: str, typing: bool) -> Action | None:
        """What a key wants; None where it is not one of presenting's."""
        state = self._stage.store.state
        if key in ENTER and self._digits:
            return act.ToCard(int(self._digits) - 1)
        if key in KEYS:
            return KEYS[key]
        if key in (".", "B") and not typing:
            return act.SetBlack(not state.black)
        if key == "Space" and not typing:
            return act.Pause() if state.playing else act.Train()
        return None


KEYS: dict[str, Action] = {
    "PgDown": act.Turn(),
    "PgUp": act.Turn(-1),
    "Esc": act.Escape(),
    "F5": act.Present(False),
}
