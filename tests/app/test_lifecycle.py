"""Starting and ending leaves nothing behind: no thread, no descriptor, no work while nothing moves."""

import os
import subprocess
import sys
import threading
import time

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from netviz.app.host import Host
from netviz.app.main import make_application
from netviz.app.playback import Playback
from netviz.app.window import Window
from netviz.session.actions import NewStart, Pause, SetSpeed, Train
from netviz.session.presets import PRESETS
from netviz.session.state import FASTEST, opening
from netviz.session.store import Store

XOR = PRESETS["xor"].experiment
DESCRIPTORS = "/proc/self/fd" if os.path.isdir("/proc/self/fd") else "/dev/fd"
IDLE = 0.05  # of one core: nothing moves, and a clock has to be read now and then
ONCE = (
    "import os, sys, time\n"
    "from PySide6.QtCore import QTimer\n"
    "from netviz.app import main\n"
    "class Session(main.Session):\n"
    "    def __init__(self, *given):\n"
    "        super().__init__(*given)\n"
    "        QTimer.singleShot(100, self._window, self._window.leave)\n"
    "main.Session = Session\n"
    "sys.exit(main.run())\n"
)


def open_descriptors() -> int:
    return len(os.listdir(DESCRIPTORS))


def start() -> tuple[Host, Window, Playback]:
    make_application()
    store = Store(opening(XOR))
    host, window, playback = Host("light", 0), Window(store), Playback(store)
    host.closing.connect(playback.close)
    host.resize(1280, 720)
    host.fill(window)
    host.show()
    window.complete()
    return host, window, playback


def end(host: Host) -> None:
    host.close()
    host.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_starting_and_ending_again_and_again_leaves_nothing(qapp: QApplication) -> None:
    counts = []
    for _ in range(5):
        host, window, _ = start()
        window.store.dispatch(Train())
        end(host)
        counts.append((threading.active_count(), open_descriptors()))
    assert counts[-1] == counts[1]  # the first one opens what the process keeps: fonts


@pytest.mark.parametrize("again", range(2))
def test_the_program_starts_and_ends_in_a_process_of_its_own(again: int, own_home: object) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", ONCE], capture_output=True, text=True, timeout=60, check=False
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_fifty_runs_leave_threads_and_descriptors_as_they_were(qtbot: QtBot, qapp: QApplication) -> None:
    store = Store(opening(XOR))
    playback = Playback(store)
    store.dispatch(SetSpeed(FASTEST))
    counts = []
    for _ in range(50):
        store.dispatch(NewStart())
        store.dispatch(Train())
        qtbot.waitUntil(lambda: store.state.step > 0, timeout=10_000)
        store.dispatch(Pause())
        counts.append((threading.active_count(), open_descriptors()))
    playback.close()
    threads, descriptors = zip(*counts, strict=True)
    assert threads[-1] == threads[0]
    assert descriptors[-1] <= descriptors[0]  # fewer, where what earlier tests left was collected meanwhile


def test_nothing_is_done_while_nothing_moves(qtbot: QtBot, qapp: QApplication) -> None:
    host, window, _ = start()
    window.store.dispatch(Train())
    qtbot.waitUntil(lambda: window.store.state.step > 10, timeout=10_000)
    window.store.dispatch(Pause())
    qtbot.wait(500)  # what is still under way ends
    begun = time.process_time()
    qtbot.wait(1000)
    spent = time.process_time() - begun
    end(host)
    assert spent < IDLE
