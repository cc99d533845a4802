"""How the program ends when it is not asked to: signals and crashes."""

import faulthandler
import logging
import signal
import socket
from pathlib import Path

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtWidgets import QApplication

ENDINGS = (signal.SIGINT, signal.SIGTERM)


def keep_logs(folder: Path) -> None:
    """Write errors and the stack of a crash into the logs; without a folder to write to, on stderr."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        faulthandler.enable((folder / "crash.log").open("a"))
        logging.raiseExceptions = (
            False  # a log that cannot be written, on a full disk, is not worth a traceback
        )
        logging.basicConfig(filename=folder / "netviz.log", level=logging.WARNING, force=True)
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
