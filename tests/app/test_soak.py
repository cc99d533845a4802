"""The real window for long, with slow painting, and with networks that leave the range of numbers."""

import random
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from statistics import quantiles
from typing import NamedTuple

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QPointF, Qt, QTimer, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from netviz.app.host import Host
from netviz.app.main import make_application
from netviz.app.playback import Playback
from netviz.app.window import Window
from netviz.session import actions as act
from netviz.session import selectors
from netviz.session.document import Document
from netviz.session.experiment import Experiment, with_value
from netviz.session.presets import PRESETS
from netviz.session.state import FASTEST, State, UnitId, opening
from netviz.session.store import Store
from netviz.views.registry import panel_names
from tests.benchmarks.memory_run import WARM, losses, resident
from tests.thorough import times

XOR = PRESETS["xor"].experiment
LEFT = Qt.MouseButton.LeftButton
FRAMES, ACTIONS = times(100, 20_000), times(30, 2_000)
FIRST = times(50, WARM)  # frames until what is kept for them is there
GROWTH = times(10.0, 1.0)  # MB for 10,000 frames; a hundred are too few to tell more than a picture lost each
LATEST = 0.1  # seconds: the tick's 99th percentile, and until a click is answered
CLOCK = times(time.thread_time, time.perf_counter)  # beside other tests, the window's own work alone
SLOW = 0.06  # seconds that each frame costs a slow window
CLICKS = times(4, 12)
SOME = 250  # ms of slow frames before each click
DIVERGED = times((0, 5, 10, 14, 19, 24, 29, 34, 39, 44), tuple(range(50)))  # some end beyond float32
GROWING = ("relu", "leaky_relu", "elu", "softplus", "silu", "gelu", "identity")  # no bound keeps them in


class Running(NamedTuple):
    store: Store
    window: Window
    playback: Playback


@pytest.fixture
def running(qtbot: QtBot, qapp: QApplication) -> Iterator[Running]:
    make_application()
    store = Store(opening(XOR))
    host, window, playback = Host("light", 0), Window(store), Playback(store)
    host.closing.connect(playback.close)
    host.resize(1280, 720)
    host.fill(window)
    host.show()
    window.complete()
    yield Running(store, window, playback)
    host.close()
    host.deleteLater()


class Frames:
    """Counts a store's frames, and ends a loop when so many have come."""

    def __init__(self, store: Store) -> None:
        self.store, self.left, self.loop = store, 0, QEventLoop()
        store.subscribe(self.changed)

    def changed(self, old: State, new: State) -> None:
        self.left -= old.frame is not new.frame
        if self.left <= 0 or not new.playing:  # a first run pauses by itself
            self.loop.quit()

    def wait(self, count: int) -> None:
        """Train at full speed until so many have come."""
        self.left = count
        self.store.dispatch(act.SetSpeed(FASTEST))
        while self.left > 0:
            self.store.dispatch(act.Train())
            self.loop.exec()
        self.store.dispatch(act.Pause())


def wishes(chance: random.Random) -> list[act.Action]:
    """What a person may want next."""
    return [
        act.SetField("learning_rate", chance.choice((0.03, 0.1, 0.3))),
        act.SetField("hidden", (chance.randint(1, 8),)),
        act.SetField("activation", chance.choice(("relu", "tanh", "sigmoid")), 0),
        act.NewStart(),
        act.Reset(),
        act.Undo(),
        act.Redo(),
        act.MoveProbe(chance.uniform(-1, 2), chance.uniform(-1, 2)),
        act.Select(UnitId(0, 1, 0)),
        act.OpenPanel(chance.choice((None, *panel_names()))),
        act.Scrub(chance.randrange(200)),
        act.SetTheme(chance.choice(("light", "dark", "projector"))),
        act.Escape(),
    ]


def test_thousands_of_frames_and_actions_leave_memory_and_tick_as_they_were(running: Running) -> None:
    store, chance, ticks = running.store, random.Random(5), list[float]()
    for _ in range(ACTIONS):
        store.dispatch(chance.choice(wishes(chance)))
        QCoreApplication.processEvents()
    store.dispatch(act.OpenDocument(Document(XOR), None, "open XOR"))
    frames = Frames(store)
    frames.wait(FIRST)
    before = resident() - losses(store)
    timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=16)
    timer.timeout.connect(lambda: ticks.append(CLOCK()))
    timer.start()
    frames.wait(FRAMES)
    timer.stop()
    grown = resident() - losses(store) - before
    assert grown * 10_000 / max(FRAMES, 10_000) < GROWTH
    assert quantiles([b - a for a, b in pairwise(ticks)], n=100)[-1] < LATEST


class Waiting(QObject):
    """Counts the frames that were asked for and are not shown yet; it lives in the window's thread."""

    def __init__(self, playback: Playback) -> None:
        super().__init__()
        self.now = self.most = 0
        playback._worker.asked.connect(self.asked)
        playback._worker.frame_ready.connect(self.came)

    @Slot(object)
    def asked(self, _: object) -> None:
        self.now += 1
        self.most = max(self.most, self.now)

    @Slot(object)
    def came(self, _: object) -> None:
        self.now -= 1


def press(button: QPushButton) -> None:
    """A click that waits in the queue like one from the system."""
    at = QPointF(button.rect().center())
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
        where = button.mapToGlobal(at)
        event = QMouseEvent(kind, at, where, LEFT, LEFT, Qt.KeyboardModifier.NoModifier)
        QCoreApplication.postEvent(button, event)


def test_a_slow_window_has_one_frame_waiting_and_answers_a_click(qtbot: QtBot, running: Running) -> None:
    store, answers, waiting = running.store, list[float](), Waiting(running.playback)

    def draw_slowly(old: State, new: State) -> None:
        ends = time.perf_counter() + (SLOW if old.frame is not new.frame else 0)
        while time.perf_counter() < ends:
            pass

    store.subscribe(draw_slowly)
    button = next(one for one in running.window.findChildren(QPushButton) if one.text().strip() == "Train")
    store.dispatch(act.SetSpeed(FASTEST))
    for _ in range(CLICKS):
        store.dispatch(act.Train())
        qtbot.wait(SOME)
        clicked = CLOCK()
        press(button)
        qtbot.waitUntil(lambda: not store.state.playing)
        answers.append(CLOCK() - clicked)
    assert waiting.most == 2  # the one that is being shown, and the next
    assert max(answers) < LATEST + SLOW


def leaving(number: int) -> Experiment:
    """One of many experiments whose numbers leave their range."""
    chance = random.Random(number)
    found = with_value(XOR, "seed", number)
    found = with_value(found, "hidden", tuple(chance.choices((2, 4, 8), k=chance.randint(1, 3))))
    found = with_value(found, "activation", chance.choice(GROWING))
    return with_value(found, "learning_rate", 10.0 ** chance.randint(3, 12))


@pytest.mark.parametrize("number", DIVERGED)
def test_a_network_that_diverged_has_a_sentence_and_is_saved_and_opened(
    qtbot: QtBot, running: Running, tmp_path: Path, number: int
) -> None:
    store, documents = running.store, running.window.documents
    store.dispatch(act.OpenDocument(Document(leaving(number)), None, "open"))
    store.dispatch(act.SetSpeed(FASTEST))
    store.dispatch(act.Train())
    qtbot.waitUntil(lambda: any(one.stopped for one in store.state.frame.states))
    store.dispatch(act.Pause())
    gone = [twin for twin, one in enumerate(store.state.frame.states) if one.stopped]
    told = [selectors.verdict(store.state, twin).sentence for twin in gone]
    assert all(one.endswith("numbers left the range. Lower the learning rate.") for one in told)
    before = store.state
    documents.save_in(str(tmp_path / "a.netviz"))
    documents.open_file(str(tmp_path / "a.netviz"))
    qtbot.waitUntil(lambda: store.state.step == before.step)
    assert store.state.experiment == before.experiment
    again = [selectors.verdict(store.state, twin).sentence for twin in gone]
    assert again == told
    assert running.window.grab().width() == 1280
