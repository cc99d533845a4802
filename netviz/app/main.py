"""Starts the program: application, store, window and playback, and ends them in the right order."""

import faulthandler
import signal
import socket
import sys
from pathlib import Path

from PySide6.QtCore import QLocale, QObject, QSocketNotifier, Qt, QTimer
from PySide6.QtWidgets import QApplication

from netviz import __version__, paths
from netviz.app.playback import Playback
from netviz.app.window import Window
from netviz.app.workspace import Workspace
from netviz.session.experiment import Experiment
from netviz.session.store import Store
from netviz.views import theme

ENDINGS = (signal.SIGINT, signal.SIGTERM)


def run(experiment: Experiment | None = None) -> int:
    """Show the window until it is closed; without an experiment go on where the last session ended."""
    application = make_application()
    _log_crashes()
    quitter = Quitter(application)
    workspace = Workspace(paths.home())
    store = Store(workspace.opening(experiment))
    window = Window(store)
    playback = Playback(store)
    window.closing.connect(playback.close)
    application.aboutToQuit.connect(playback.close)
    workspace.place(window)
    window.show()
    QTimer.singleShot(0, window.complete)
    status = application.exec()
    workspace.keep(store.state, window)
    window.deleteLater()
    application.sendPostedEvents(window, 0)
    quitter.close()
    return status


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
