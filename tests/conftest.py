"""What every test gets: a home of its own, no screen, one locale; and nothing may outlive it."""

import os
import signal
import sys
import tempfile
import threading

import pytest
from pytestqt.qtbot import QtBot

PATIENCE = 60_000  # ms until a wait gives up; it ends when its condition holds, on a busy machine too

os.environ["LC_ALL"] = "C.UTF-8"
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if "XDG_RUNTIME_DIR" not in os.environ:  # without one Qt warns, and a warning fails a test
    os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(prefix="netviz-runtime-")


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory, monkeypatch):
    """Keep settings, autosave and logs of a test out of the person's folders."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("NETVIZ_HOME", str(folder))
    return folder


@pytest.fixture(scope="session")
def qapp():
    """The program's own application, with its style and typeface, whichever test comes first."""
    from netviz.app.main import make_application

    return make_application()


class PatientBot(QtBot):
    """Waits as long as a busy machine may take; pytest-qt's own limit of 5 s is no part of any behaviour."""

    def waitUntil(self, callback):
        """Return once the condition holds."""
        super().waitUntil(callback, timeout=PATIENCE)

    def waitSignal(self, signal):
        """End with the block, once the signal came."""
        return super().waitSignal(signal, timeout=PATIENCE)

    def waitExposed(self, widget):
        """End with the block, once the window is on the screen."""
        return super().waitExposed(widget, timeout=PATIENCE)


@pytest.fixture
def qtbot(qapp, request):
    """Drive real widgets, patiently."""
    return PatientBot(request)


@pytest.fixture
def pipe(tmp_path):
    """Make a pipe under a file's name; a test that waits for it is ended after a while."""

    def make(name):
        path = tmp_path / name
        os.mkfifo(path)
        return path

    def end(*_):
        raise AssertionError("it waited for a pipe")

    before = signal.signal(signal.SIGALRM, end)
    signal.alarm(10)
    yield make
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture(autouse=True)
def nothing_outlives_the_test():
    """Fail a test that leaves a thread, a running timer or a window behind."""
    before = _alive()
    yield
    left = [thing for key, thing in _alive().items() if key not in before]
    assert not left, f"outlived the test: {', '.join(map(repr, left))}"


def _alive() -> dict[int, object]:
    """Return the running threads and timers and the windows, keyed by identity."""
    return {id(thing): thing for thing in (*_threads(), *_qt_things())}


def _threads():
    # A QThread that ran Python leaves a dummy behind; the QThread itself is looked at below.
    return (thread for thread in threading.enumerate() if not isinstance(thread, threading._DummyThread))


def _qt_things():
    """Return running QThreads, active QTimers and windows, once what is due for deletion is gone."""
    if "PySide6.QtWidgets" not in sys.modules:
        return
    from PySide6.QtCore import QCoreApplication, QEvent, QThread, QTimer
    from PySide6.QtWidgets import QApplication
    from shiboken6 import Shiboken

    if QApplication.instance() is None:
        return
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    for thing in Shiboken.getAllValidWrappers():
        if (isinstance(thing, QTimer) and thing.isActive()) or (isinstance(thing, QThread) and _runs(thing)):
            yield thing
    yield from QApplication.topLevelWidgets()


def _runs(thread) -> bool:
    """Say whether a QThread is at work, the one that runs the tests aside."""
    return thread.isRunning() and thread is not thread.currentThread()
