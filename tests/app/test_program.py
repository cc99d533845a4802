"""The real window with its real training, driven by clicks and keys."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from netviz.app.host import Host
from netviz.app.main import make_application
from netviz.app.playback import Playback
from netviz.app.window import Window
from netviz.session.actions import SetSpeed
from netviz.session.presets import PRESETS
from netviz.session.state import FASTEST, opening
from netviz.session.store import Store

XOR = PRESETS["xor"].experiment


class Program(NamedTuple):
    store: Store
    window: Window
    playback: Playback

    def words(self) -> set[str]:
        """Every text that can be read in the window."""
        found = [*self.window.findChildren(QLabel), *self.window.findChildren(QPushButton)]
        return {widget.text() for widget in found if widget.isVisible()}

    def button(self, text: str) -> QPushButton:
        return next(
            b for b in self.window.findChildren(QPushButton) if b.isVisible() and b.text().strip() == text
        )


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication) -> Iterator[Program]:
    make_application()
    store = Store(opening(XOR, first_start=True))
    host, window, playback = Host("light", 0), Window(store), Playback(store)
    playback.follow(window.painting)
    host.closing.connect(playback.close)
    host.resize(1280, 720)
    host.fill(window)
    host.show()
    window.complete()
    yield Program(store, window, playback)
    host.close()
    host.deleteLater()


def test_xor_is_learned_with_and_cannot_be_without(qtbot: QtBot, program: Program) -> None:
    store, window = program.store, program.window
    store.dispatch(SetSpeed(FASTEST))
    qtbot.mouseClick(program.button("Train"), Qt.MouseButton.LeftButton)
    said = {"Learned: all four answers right.", "Cannot: its best is ½ everywhere."}
    qtbot.waitUntil(lambda: said <= program.words())
    qtbot.waitUntil(lambda: not store.state.playing)
    assert "Paused: both have settled." in program.words()

    window.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: store.state.step == 0)
    assert not said & program.words()
    start = [twin.params.flat for twin in store.state.frame.states]

    word = next(
        b for b in window.findChildren(QPushButton) if b.accessibleName().startswith("Activation, without")
    )
    menu = word.menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.text() == "tanh").trigger()
    assert store.state.experiment.twins[1].activation == "tanh"
    assert "With tanh" in program.words()
    now = [twin.params.flat for twin in store.state.frame.states]
    assert all(np.array_equal(a, b) for a, b in zip(start, now, strict=True))

    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert store.state.experiment == XOR
    assert "Without (identity)" in program.words()

    qtbot.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: store.state.playing and store.state.step > 0)
    window.window().close()
    assert not window.isVisible()


def test_space_on_a_focused_button_presses_the_button(qtbot: QtBot, program: Program) -> None:
    reset = program.button("Step")
    reset.setFocus()
    qtbot.keyClick(reset, Qt.Key.Key_Space)
    assert not program.store.state.playing
    qtbot.waitUntil(lambda: program.store.state.step == 1)


def test_the_probe_is_moved_by_keys_and_its_value_is_shown(qtbot: QtBot, program: Program) -> None:
    qtbot.keyClick(program.window, Qt.Key.Key_P)
    probe = QApplication.focusWidget()
    assert probe is not None
    qtbot.keyClick(probe, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert program.store.state.probe == (0.0, 0.0)
    qtbot.keyClick(probe, Qt.Key.Key_Right)
    assert program.store.state.probe == pytest.approx((0.05, 0.0))


def test_the_program_is_left_by_a_key(qtbot: QtBot, program: Program) -> None:
    with qtbot.waitSignal(program.window.window().closing):
        qtbot.keyClick(program.window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)


def test_r_cuts_the_surfaces_into_their_straight_pieces(qtbot: QtBot, program: Program) -> None:
    pieces = [program.window._parts[f"surface {twin}"].view.plane.pieces for twin in (0, 1)]
    qtbot.keyClick(program.window, Qt.Key.Key_R)
    drawn = [item.path().elementCount() > 0 for item in pieces]
    assert drawn == [True, True]
    assert pieces[0].path().elementCount() > pieces[1].path().elementCount()  # without, there is one piece
    qtbot.keyClick(program.window, Qt.Key.Key_R)
    assert all(item.path().isEmpty() for item in pieces)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signals_close_the_program_while_it_trains(number: int, own_home: object) -> None:
    script = (
        "import os, sys\n"
        "from PySide6.QtCore import QTimer\n"
        "from netviz.app import main\n"
        "from netviz.session.actions import Train\n"
        "class Session(main.Session):\n"
        "    def __init__(self, *given):\n"
        "        super().__init__(*given)\n"
        "        QTimer.singleShot(300, self._window, self.train_and_end)\n"
        "    def train_and_end(self):\n"
        "        self._store.dispatch(Train())\n"
        f"        os.kill(os.getpid(), {int(number)})\n"
        "main.Session = Session\n"
        "sys.exit(main.run())\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False
    )
    assert (ended.returncode, ended.stderr) == (0, "")


def test_the_window_wears_the_programs_icon(own_home: object) -> None:
    script = (
        "import sys\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from netviz.app import main\n"
        "class Session(main.Session):\n"
        "    def _on_first_shown(self):\n"
        "        super()._on_first_shown()\n"
        "        worn = self._host.windowIcon().pixmap(64, 64).toImage()\n"
        "        print(worn.pixelColor(32, 32).name(), worn.pixelColor(32, 8).name())\n"
        "        self._host.close()\n"
        "main.Session = Session\n"
        "sys.exit(main.run())\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "#ffffff #05554f\n", "")
