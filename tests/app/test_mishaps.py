"""An error nobody expected, in the real program: it goes on, says a sentence, and keeps what was made."""

import os
import subprocess
import sys
from typing import NamedTuple

import pytest

from netviz import paths
from netviz.session.files import read

# A person sets the learning rate, meets the mistake, reads of it and steps on; then the process dies at once.
PROGRAM = """
import os, sys
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from netviz.app import main
from netviz.app.bars.topbar import TopBar
from netviz.session.actions import MoveProbe, SetField
from netviz.views.canvas.editing import EditableView
from netviz.views.panels.network import NetworkPanel
from netviz.views.panels.surface import SurfacePanel

def wrong(*_):
    {mistake}

def patched(*_):
    wrong()

{prepare}

class Session(main.Session):
    def _on_first_shown(self):
        super()._on_first_shown()
        self._store.dispatch(SetField("learning_rate", 0.25))
        QTimer.singleShot(0, self.provoke)
        QTimer.singleShot(0, self.look)
    def provoke(self):
        host, window, parts = self._host, self._window, self._window._parts
        {provoke}
    def look(self):
        labels = self._window.findChildren(QLabel)
        told = [one.text() for one in labels if one.isVisible() and "went wrong" in one.text()]
        QTimer.singleShot(20, self.go_on if told else self.look)
        if told:
            print(told, flush=True)
            QTest.keyClick(self._window, Qt.Key.Key_Right)
    def go_on(self):
        if self._store.state.step == 0:
            QTimer.singleShot(20, self.go_on)
        else:
            {end}

main.Session = Session
sys.exit(main.run())
"""
DIES = "os._exit(9)"
LEAVES = "host = self._host; host.close()"


class Place(NamedTuple):
    """Where the mistake is, and what brings it about."""

    prepare: str
    provoke: str


CLICK = Place(
    "EditableView.mousePressEvent = patched",
    "at, left = QPointF(5, 5), Qt.MouseButton.LeftButton\n"
    "        none = Qt.KeyboardModifier.NoModifier\n"
    "        press = QMouseEvent(QEvent.Type.MouseButtonPress, at, at, left, left, none)\n"
    "        QCoreApplication.postEvent(parts['network 0'].view.viewport(), press)",
)
PLACES = {
    "click": CLICK,
    "layout": Place(
        "seen = []\ndef patched(*_):\n    seen.append(1)\n    if len(seen) > 4: wrong()\n"
        "NetworkPanel.resizeEvent = patched",
        "host.resize(1100, 700); host.resize(1280, 720)",
    ),
    "slot": Place(
        "TopBar._on_train_clicked = patched",
        'QTest.mouseClick(parts["top"].train, Qt.MouseButton.LeftButton)',
    ),
    "panel": Place("", "SurfacePanel.show_state = patched; window.store.dispatch(MoveProbe(0.5, 0.5))"),
    "later class": Place(
        "def late(parent):\n"
        "    return type('Late', (QWidget,), {'__module__': 'netviz.late', 'resizeEvent': patched})(parent)",
        "late(window).show()",
    ),
}
MISTAKES = {
    "IndexError": "(1,)[5]",  # raised by C: before Python 3.12 not yet an exception object
    "ZeroDivisionError": "1 / 0",
    "ValueError": "int('a word')",
    "StopIteration": "next(iter(()))",
    "RuntimeError": "raise RuntimeError('by hand')",
}


def run(place: Place, mistake: str, end: str = DIES) -> subprocess.CompletedProcess[str]:
    program = PROGRAM
    values = {"mistake": mistake, "prepare": place.prepare, "provoke": place.provoke, "end": end}
    for key, value in values.items():
        program = program.replace(f"{{{key}}}", value)
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False
    )


CASES = [("click", kind) for kind in MISTAKES] + [
    (place, "IndexError") for place in PLACES if place != "click"
]


@pytest.mark.parametrize(("place", "kind"), CASES)
def test_a_mistake_costs_a_sentence_and_nothing_that_was_made(place, kind, own_home):
    ended = run(PLACES[place], MISTAKES[kind])
    said = f"Something went wrong inside netviz ({kind}). Your work is kept; the details are in the log."
    assert (ended.returncode, ended.stdout) == (9, f"{[said]}\n"), ended.stderr
    home = paths.home()
    log = (home.logs / "netviz.log").read_text()
    assert "Traceback" in log
    assert f"{kind}" in log
    (kept,) = home.autosave.glob("*.netviz")
    assert read(kept).experiment.twins[0].learning_rate == 0.25


def test_after_a_mistake_the_program_ends_as_ever(own_home):
    ended = run(CLICK, MISTAKES["IndexError"], LEAVES)
    assert ended.returncode == 0, ended.stderr


def test_a_program_that_cannot_start_says_so_and_ends(own_home):
    program = (
        "import sys\n"
        "from netviz.app import main\n"
        "from netviz.app.documents import workspace\n"
        "def wrong(*_): (1,)[5]\n"
        "workspace.Workspace.opening = wrong\n"
        "sys.exit(main.run())\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False
    )
    told = f"netviz: could not start (IndexError); the details are in {paths.home().logs}{os.linesep}"
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", told)
    assert "Traceback" in (paths.home().logs / "netviz.log").read_text()
