"""Instruments in windows of their own, for a second screen: the same panel, the same State, a way back."""

from collections.abc import Collection, Mapping
from typing import Protocol

from PySide6.QtCore import QByteArray, QRect, Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QResizeEvent, QScreen
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from netviz.app.bars.column import HOME, Back
from netviz.app.documents.remembered import Remembered
from netviz.app.following import Following
from netviz.app.keys import key_name
from netviz.app.layouts import SMALLEST, layout_of
from netviz.app.style import frames
from netviz.session.actions import Escape, MoveBack
from netviz.session.state import State
from netviz.session.store import Store
from netviz.views.panel import Place
from netviz.views.theme import THEMES, Look, stylesheet

SHARE = (3, 4)  # of the screen's room, where nothing is remembered


class Program(Protocol):
    """What own windows need of the program's window."""

    store: Store

    def lend(self, name: str) -> Following:
        """Give an instrument away."""

    def regain(self, name: str) -> None:
        """Take it back."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Run the key's command."""


class OwnWindow(QFrame):
    """One instrument in a window: it shows every State and hands keys on to the program's commands."""

    def __init__(self, parent: QWidget, program: Program, name: str, place: Place, shown: Following) -> None:
        """Take a panel; its window belongs to the program's, and closes with it."""
        super().__init__(parent, Qt.WindowType.Window)
        self.name, self.shown, self.panel, self._program = name, shown, shown.panel, program
        self._place, self._ending = place, False
        self._look: Look | None = None
        self.setObjectName("sheet")
        self.setAccessibleName(f"{place.title}, in a window of its own")
        self._back = Back("Back into the window")
        self._back.acted.connect(lambda _: program.store.dispatch(MoveBack(name)))
        self._column = QVBoxLayout(self)
        self._column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        self._column.addWidget(self._back)
        self._column.addWidget(self.panel, 1)
        self.setMinimumSize(SMALLEST)
        self.panel.show()

    # ------------------------------------------------------------------------------ what it shows
    def show_state(self, state: State) -> None:
        """Follow the State: its numbers, theme and text size."""
        self._dress(state)
        self.shown.show(state)

    def _dress(self, state: State) -> None:
        em, layout = layout_of(self.width(), self.height(), state.theme, state.text_size)
        look = Look(THEMES[state.theme], em, layout)
        if look == self._look:
            return
        self._look = look
        self.shown.forget()  # a panel shows its state afresh in a new look
        self.setStyleSheet(stylesheet(look) + frames(look))
        margin = look.px(0.8)
        self._column.setContentsMargins(margin, margin // 2, margin, margin)
        self._column.setSpacing(look.px(0.3))
        self._back.set_look(look)
        self.panel.set_look(look)

    def retitle(self, title: str) -> None:
        """Name the window after its instrument and the experiment."""
        told = f"{self._place.title}: {title.removeprefix('netviz: ')}"
        if told != self.windowTitle():
            self.setWindowTitle(told)

    def stand(self, geometry: QByteArray | None, main: QScreen) -> None:
        """Stand where it last stood, else in the middle of a screen that the program's window is not on."""
        if geometry is not None and self.restoreGeometry(geometry):
            return
        self.setGeometry(_usual(main))

    # ------------------------------------------------------------------------------ what a person does
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc brings the instrument back, F11 fills the screen; every other key is the program's."""
        key, store = key_name(event), self._program.store
        if key == "Esc":
            within = store.state.walk is not None or bool(store.state.message)
            store.dispatch(Escape() if within else MoveBack(self.name))
        elif key == "F11":
            self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
        else:
            self._program.keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._look is not None:
            self.show_state(self._program.store.state)

    def end(self) -> None:
        """Close without bringing the instrument back by an action."""
        self._ending = True
        self.close()
        self.deleteLater()

    def closeEvent(self, event: QCloseEvent) -> None:
        """A person's close brings the instrument back."""
        super().closeEvent(event)
        if not self._ending:
            self._program.store.dispatch(MoveBack(self.name))


class Apart:
    """The own windows of one program window: opened and closed as the State says."""

    def __init__(self, parent: QWidget, program: Program, remembered: Remembered | None) -> None:
        """Nothing is apart yet; without what is remembered every window stands where it usually would."""
        self._parent, self._program, self._remembered = parent, program, remembered
        self.windows: dict[str, OwnWindow] = {}
        self._over = False

    def bring_back(self, state: State) -> None:
        """Close the windows of instruments that are no longer apart: their place in the window is free."""
        for name in [name for name in self.windows if name not in state.apart]:
            self._return(name)

    def follow(
        self, state: State, places: Mapping[str, Place], title: str, waiting: Collection[str] = ()
    ) -> None:
        """Open the windows that are missing, and show the State in all that do not wait for their turn."""
        if self._over:
            return
        for name in state.apart:
            if name not in self.windows and name in places and places[name].where == HOME:
                self._open(name, places[name], state)
            if name in self.windows and name not in waiting:
                self.windows[name].show_state(state)
                self.windows[name].retitle(title)

    def _open(self, name: str, place: Place, state: State) -> None:
        own = OwnWindow(self._parent, self._program, name, place, self._program.lend(name))
        self.windows[name] = own
        kept = self._remembered.own_geometry(name) if self._remembered else None
        own.stand(kept, self._parent.screen())
        own.show_state(state)
        own.show()
        own.panel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _return(self, name: str) -> None:
        own = self.windows.pop(name)
        self._keep(name, own)
        self._program.regain(name)
        own.end()

    def close(self) -> None:
        """The program ends: they stand where they stood at the next start."""
        self._over = True
        for name, own in self.windows.items():
            self._keep(name, own)
            own.end()

    def _keep(self, name: str, own: OwnWindow) -> None:
        if self._remembered is not None:
            self._remembered.keep_own(name, own.saveGeometry())


def _usual(main: QScreen) -> QRect:
    """Three quarters of another screen than the program's, or of the same where there is no other."""
    others = [screen for screen in QGuiApplication.screens() if screen is not main]
    room = (others or [main])[0].availableGeometry()
    found = QRect(0, 0, room.width() * SHARE[0] // SHARE[1], room.height() * SHARE[0] // SHARE[1])
    found.moveCenter(room.center())
    return found
