"""Starts the program: application, store, window and playback, and ends them in the right order."""

import logging
import sys
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QLocale, Qt, QTimer
from PySide6.QtGui import QIcon, QPixmapCache
from PySide6.QtWidgets import QApplication

from netviz import __version__, paths
from netviz.app import mishaps, overrides
from netviz.app.documents.remembered import Remembered
from netviz.app.ending import Quitter, keep_logs
from netviz.app.host import Host
from netviz.app.starting import hasten, relax, settle
from netviz.app.surroundings import has_screen, nameable, speak_utf8
from netviz.paths import Home
from netviz.views import theme

if TYPE_CHECKING:
    from netviz.session.document import Document


NO_START = "netviz: could not start ({}); the details are in {}"
NO_HOME = "netviz: the name of {} is not in UTF-8: set NETVIZ_HOME to another folder"
NO_SCREEN = "netviz: there is no screen here; netviz train, render and export work without one"


def run(document: "Document | None" = None, path: str | None = None) -> int:
    """Show the window until it is closed; without a document go on where the last session ended.

    `path` is the file that the document came from, which Save writes.
    """
    if not has_screen():
        print(NO_SCREEN, file=sys.stderr)
        return 2
    home = paths.home()
    if not nameable(home.settings):
        print(NO_HOME.format(home.settings), file=sys.stderr)
        return 2
    hasten()
    application = make_application()
    remembered = Remembered(home)
    host = Host(*first_look(remembered.screen))
    quitter = Quitter(application)
    sessions: list[Session] = []

    def fill() -> None:
        try:
            sessions.append(Session(home, remembered, host, document, path))
        except Exception as error:  # there would be a curtain for ever
            logging.getLogger(__name__).exception("no start")
            print(NO_START.format(type(error).__name__, home.logs), file=sys.stderr)
            application.exit(1)

    host.painted.connect(fill)
    host.place(remembered.geometry)
    host.show()
    status = application.exec()
    for session in sessions:
        session.end()
    host.deleteLater()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    quitter.close()
    relax()
    return status


def first_look(screen: dict[str, Any]) -> tuple[str, int]:
    """The theme and the text size of the curtain."""
    theme_name, size = screen.get("theme"), screen.get("text_size")
    return (theme_name if theme_name in theme.THEMES else "light", size if isinstance(size, int) else 0)


class Session:
    """Everything behind the curtain: it is imported and made once the curtain has been seen."""

    def __init__(
        self,
        home: Home,
        remembered: Remembered,
        host: Host,
        document: "Document | None" = None,
        path: str | None = None,
    ) -> None:
        keep_logs(home.logs)
        from netviz.app.documents.workspace import Workspace
        from netviz.app.playback import Playback
        from netviz.app.window import Window
        from netviz.session.store import Store

        self._host, self._workspace = host, Workspace(home, remembered)
        self._store = Store(self._workspace.opening(document, path))
        self._window = Window(self._store, self._workspace)
        self._playback = Playback(self._store)
        self._playback.follow(self._window.painting)
        self._workspace.follow(self._store)
        mishaps.tell_errors(self._workspace.write, self._tell_mishap)
        host.closing.connect(self._playback.close)
        host.closing.connect(self._window.painting.close)
        host.closing.connect(self._window.apart.close)
        host.closing.connect(self._window.presenter.close)
        host.fill(self._window)
        self._window.windowTitleChanged.connect(self._on_window_title_changed)
        QTimer.singleShot(0, self._on_first_shown)

    def _tell_mishap(self, sentence: str) -> None:
        from netviz.session.actions import Action, Pause, Tell
        from netviz.session.each import each

        actions: tuple[Action, ...] = (Pause(), Tell(sentence))
        each(self._store.dispatch, actions)

    def _on_first_shown(self) -> None:
        self._window.complete()
        QApplication.setWindowIcon(QIcon(str(paths.resources() / "icons" / "netviz.svg")))
        QTimer.singleShot(0, self._window, settle)  # what is ready is painted first

    def _on_window_title_changed(self) -> None:
        from netviz.session.selectors import unsaved

        self._host.show_modified(unsaved(self._store.state))

    def end(self) -> None:
        """End the thread, keep the session."""
        try:
            self._playback.close()
        finally:
            self._workspace.keep(self._store.state, self._host.saveGeometry())
            mishaps.forget()


PIXELS = 65_536  # KiB of pictures that scenes keep: points on two surfaces of a 4K screen take 35 MB


def make_application() -> QApplication:
    """The one QApplication, dressed: style, typeface, names."""
    present = QApplication.instance()
    if isinstance(present, QApplication):
        return present
    overrides.guard()
    speak_utf8()
    QLocale.setDefault(QLocale.c())  # numbers are typed and shown as in files: 0.1
    QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    application = QApplication(sys.argv[:1])
    application.setApplicationName("netviz")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("netviz")
    application.setStyle("Fusion")
    theme.fonts()
    QPixmapCache.setCacheLimit(PIXELS)
    return application
