"""Starts the program: application, store, window and playback, and ends them in the right order."""

import faulthandler
import signal
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QLocale, QObject, QSocketNotifier, Qt, QTimer
from PySide6.QtWidgets import QApplication

from netviz import __version__, paths
from netviz.app.host import Host
from netviz.app.remembered import Remembered
from netviz.paths import Home
from netviz.views import theme

if TYPE_CHECKING:
    from netviz.session.experiment import Experiment

ENDINGS = (signal.SIGINT, signal.SIGTERM)


def run(experiment: "Experiment | None" = None) -> int:
    """Show the window until it is closed; without an experiment go on where the last session ended."""
    application = make_application()
    _log_crashes()
    home = paths.home()
    remembered = Remembered(home)
    host = Host(*first_look(remembered.screen))
    quitter = Quitter(application)
    sessions: list[Session] = []
    host.painted.connect(lambda: sessions.append(Session(home, remembered, host, experiment)))
    host.place(remembered.geometry)
    host.show()
    status = application.exec()
    for session in sessions:
        session.end()
    host.deleteLater()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    quitter.close()
    return status


def first_look(screen: dict[str, Any]) -> tuple[str, int]:
    """The theme and the text size of the curtain."""
    theme_name, size = screen.get("theme"), screen.get("text_size")
    return (theme_name if theme_name in theme.THEMES else "light", size if isinstance(size, int) else 0)


class Session:
    """Everything behind the curtain: it is imported and made once the curtain has been seen."""

    def __init__(
        self, home: Home, remembered: Remembered, host: Host, experiment: "Experiment | None"
    ) -> None:
        from netviz.app.playback import Playback
        from netviz.app.window import Window
        from netviz.app.workspace import Workspace
        from netviz.session.store import Store

        self._host, self._workspace = host, Workspace(home, remembered)
        self._store = Store(self._workspace.opening(experiment))
        self._window = Window(self._store)
        self._playback = Playback(self._store)
        host.closing.connect(self._playback.close)
        host.fill(self._window)
        QTimer.singleShot(0, self._window.complete)

    def end(self) -> None:
        """End the thread, keep the session."""
        self._playback.close()
        self._workspace.keep(self._store.state, self._host.saveGeometry())


def make_application() -> QApplication:
    """The one QApplication, dressed: style, typeface, names."""
    present = QApplication.instance()
    if isinstance(present, QApplication):
        return present
    QLocale.setDefault(QLocale.c())  # numbers are typed and shown as in files: 0.1
    QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    application = QApplication(sys.argv[:1])
    application.setApplicationName("netviz")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("netviz")
    application.setStyle("Fusion")
    theme.fonts()
    return application


def _log_crashes() -> None:
    """A crash of the interpreter leaves its stack in the logs; without a folder to write to, on stderr."""
    try:
        folder: Path = paths.home().logs
        folder.mkdir(parents=True, exist_ok=True)
        faulthandler.enable((folder / "crash.log").open("a"))
    except OSError:
        faulthandler.enable()


class Quitter(QObject):
    """Lets Ctrl+C and SIGTERM close the window as a click would, without a timer that looks for them."""

    def __init__(self, application: QApplication) -> None:
        """Listen."""
        super().__init__()
        self._here, self._there = socket.socketpair()
        for end in (self._here, self._there):
            end.setblocking(False)
        self._before = signal.set_wakeup_fd(self._there.fileno(), warn_on_full_buffer=False)
        self._handlers = {number: signal.signal(number, self._ignore) for number in ENDINGS}
        self._notifier = QSocketNotifier(self._here.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_notifier_activated)
        self._application = application

    def _ignore(self, number: int, stack: object) -> None:
        """Python's own handler has nothing to do: the byte on the socket says it all."""

    def _on_notifier_activated(self) -> None:
        self._here.recv(64)
        self._application.closeAllWindows()
        self._application.quit()

    def close(self) -> None:
        """Give the signals back."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._before)
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        self._here.close()
        self._there.close()
