"""Starting and ending leaves nothing behind: no thread, no descriptor, no work while nothing moves."""

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import nullcontext

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
from tests.benchmarks.memory_run import resident
from tests.benchmarks.screen import Screen, screen
from tests.thorough import times

XOR = PRESETS["xor"].experiment
DESCRIPTORS = "/proc/self/fd" if os.path.isdir("/proc/self/fd") else "/dev/fd"
IDLE = 0.05  # of one core: nothing moves, and a clock has to be read now and then
STARTED = """
import os, signal, sys
from PySide6.QtCore import QTimer
from netviz.app import main
from netviz.session.actions import Train
class Session(main.Session):
    def __init__(self, *given):
        super().__init__(*given)
        QTimer.singleShot(100, self._window, self.work)
    def work(self):
        if "training" in sys.argv:
            self._store.dispatch(Train())
        if "signal" in sys.argv:
            os.kill(os.getpid(), signal.SIGTERM)
        else:
            QTimer.singleShot(100, self._window, self._window.leave)
main.Session = Session
sys.exit(main.run())
"""
WAYS = (("offscreen",), ("offscreen", "training"), ("offscreen", "training", "signal"), ("xcb", "training"))
HERE = [ways for ways in WAYS if ways[0] != "xcb" or shutil.which("Xvfb")]  # elsewhere there is no X server
GROWTH = 2.0  # MB of memory that training may keep when it has started and stopped so often


def open_descriptors() -> int:
    return len(os.listdir(DESCRIPTORS))


def start() -> tuple[Host, Window, Playback]:
    make_application()
    store = Store(opening(XOR))
    host, window, playback = Host("light", 0), Window(store), Playback(store)
    playback.follow(window.painting)
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


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """An X server's name where there is one to be had."""
    with screen() if shutil.which("Xvfb") else nullcontext(Screen("", bytes)) as there:
        yield there.display


@pytest.mark.parametrize("again", range(times(1, 10)))
@pytest.mark.parametrize("ways", HERE, ids=" ".join)
def test_the_program_starts_and_ends_in_a_process_of_its_own(
    ways: tuple[str, ...], again: int, own_home: object, display: str
) -> None:
    environment = os.environ | {"QT_QPA_PLATFORM": ways[0], "DISPLAY": display}
    command = [sys.executable, "-c", STARTED, *ways]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_training_starts_and_stops_without_leaving_anything(qtbot: QtBot, qapp: QApplication) -> None:
    store = Store(opening(XOR))
    playback = Playback(store)
    store.dispatch(SetSpeed(FASTEST))
    rounds, counts, held = times(50, 500), [], []
    for _ in range(rounds):
        store.dispatch(NewStart())
        store.dispatch(Train())
        qtbot.waitUntil(lambda: store.state.step > 0)
        store.dispatch(Pause())
        counts.append((threading.active_count(), open_descriptors()))
        held.append(resident())
    playback.close()
    threads, descriptors = zip(*counts, strict=True)
    assert threads[-1] == threads[0]
    assert descriptors[-1] <= descriptors[0]  # fewer, where what earlier tests left was collected meanwhile
    assert held[-1] - held[rounds // 5] < GROWTH  # the first ones fill what is kept


def test_nothing_is_done_while_nothing_moves(qtbot: QtBot, qapp: QApplication) -> None:
    host, window, _ = start()
    window.store.dispatch(Train())
    qtbot.waitUntil(lambda: window.store.state.step > 10)
    window.store.dispatch(Pause())

    def rests():
        begun = time.process_time()
        qtbot.wait(1000)
        return time.process_time() - begun < IDLE

    qtbot.waitUntil(rests)  # what is still under way ends first
    end(host)
