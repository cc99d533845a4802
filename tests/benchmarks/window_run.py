"""The real window in a process of its own: trains as fast as it goes, rests, trains on; prints what it took.

A frame counts once both networks and both surfaces have been painted at its step. Only rounds count in which
nobody else used the machine, where the system tells (Linux).

python -m tests.benchmarks.window_run WIDTHxHEIGHT [INSTRUMENT]
"""

import json
import os
import sys
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

from PySide6.QtCore import QEvent, QEventLoop, QObject, QSize, Qt, QTimer

from netviz.app.main import make_application
from netviz.app.playback import Playback
from netviz.app.window import Window
from netviz.session import actions as act
from netviz.session import engine
from netviz.session.experiment import Experiment
from netviz.session.fields import Settings
from netviz.session.state import FASTEST, opening
from netviz.session.store import Store
from netviz.views.panels.network import NetworkPanel
from netviz.views.panels.surface import SurfacePanel
from tests.benchmarks.bench_window import OTHERS

ROUNDS, MOST_ROUNDS, SECONDS, BARE_SECONDS = 5, 15, 2.0, 0.5
TICK = 16  # ms: a timer that the window must not hold up
REST = 3.0  # seconds without anything to do
# W3: 500 points to train on, 50 steps an epoch. From this start the flat twin goes on too: where one twin has
# left the range of numbers, only the other is trained.
WIDE = Experiment(
    Settings(
        dataset="quadrant_xor", points=1000, hidden=(8, 8, 8), activation="tanh", batch_size=10,
        learning_rate=0.03, initializer="glorot_uniform",
    )
)  # fmt: skip


class Paints(QObject):
    """The steps at which each lane's views were painted."""

    def __init__(self, window: Window, store: Store) -> None:
        super().__init__(window)
        panels = [*window.findChildren(NetworkPanel), *window.findChildren(SurfacePanel)]
        self.store, self.steps = store, {panel.view.viewport(): set[int]() for panel in panels}
        for view in self.steps:
            view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.steps[watched].add(self.store.state.step)
        return False

    @property
    def frames(self) -> int:
        """How many steps all of them have shown."""
        return len(set.intersection(*self.steps.values()))


class Round(NamedTuple):
    """What one round measured: frames painted a second, the trainer's share of its bare speed, the tick."""

    frames: float
    share: float
    tick: float  # 99th percentile, ms
    others: float  # processors that others used meanwhile


def wait(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()


def busy() -> float:
    """Seconds that processors have worked for other processes; 0 where the system does not tell."""
    stat = Path("/proc/stat")
    if not stat.exists():
        return 0.0
    user, nice, system = map(int, stat.read_text().split(None, 4)[1:4])
    return (user + nice + system) / os.sysconf("SC_CLK_TCK") - time.process_time()


def bare_speed(states: tuple[engine.TrainState, ...]) -> float:
    """Steps a second without a window, in the same portions."""
    began, first = time.perf_counter(), states[0].step
    while time.perf_counter() - began < BARE_SECONDS:
        states = engine.advance(engine.Request(WIDE, states, seconds=0.012)).states
    return (states[0].step - first) / (time.perf_counter() - began)


class Bench:
    """A window with all that stands in it, one instrument open or none, and its playback."""

    def __init__(self, size: QSize, opened: str | None = None, experiment: Experiment = WIDE) -> None:
        self.application = make_application()
        self.store = Store(replace(opening(experiment), speed=FASTEST, settled_once=True, opened=opened))
        self.window = Window(self.store)
        self.playback = Playback(self.store)
        self.playback.follow(self.window.painting)
        self.window.resize(size)
        self.window.show()
        self.window.complete()
        wait(0.5)

    def close(self) -> None:
        """End it as the program does."""
        self.playback.close()
        self.window.close()
        self.application.processEvents()

    def round(self, paints: Paints) -> Round:
        """Train for a while, then alone: the share is a ratio within seconds."""
        store, ticks = self.store, list[float]()
        timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=TICK)
        timer.timeout.connect(lambda: ticks.append(time.perf_counter()))
        store.dispatch(act.Train())
        wait(0.2)
        for steps in paints.steps.values():
            steps.clear()
        first, began, others = store.state.step, time.perf_counter(), busy()
        timer.start()
        wait(SECONDS)
        timer.stop()
        spent = time.perf_counter() - began
        frames, speed = paints.frames / spent, (store.state.step - first) / spent
        others = (busy() - others) / spent
        store.dispatch(act.Pause())
        wait(0.2)
        gaps = [1000 * (b - a) for a, b in pairwise(ticks)]
        assert not any(one.stopped for one in store.state.frame.states)
        share = speed / bare_speed(store.state.frame.states)
        return Round(frames, share, quantiles(gaps, n=100)[-1], others)

    def rounds(self) -> list[Round]:
        """Rounds in which nobody else used the machine; the calmest, where there were too few."""
        found, paints = list[Round](), Paints(self.window, self.store)
        while sum(one.others < OTHERS for one in found) < ROUNDS and len(found) < MOST_ROUNDS:
            found.append(self.round(paints))
        return sorted(found, key=lambda one: one.others)[:ROUNDS]

    def idle(self) -> float:
        """The share of a processor that a settled window takes, its probe just moved."""
        self.store.dispatch(act.MoveProbe(0.3, 0.6))
        wait(0.5)
        began = time.process_time()
        wait(REST)
        return (time.process_time() - began) / REST


def measured(size: QSize, opened: str | None) -> dict[str, float]:
    bench = Bench(size, opened)
    try:
        rounds = bench.rounds()
        found = dict(zip(Round._fields, map(median, zip(*rounds, strict=True)), strict=True))
        loud = sum(one.others >= OTHERS for one in rounds)
        return found | {"loud": loud, "idle": bench.idle()}
    finally:
        bench.close()


if __name__ == "__main__":
    told = measured(QSize(*map(int, sys.argv[1].split("x"))), sys.argv[2] if len(sys.argv) > 2 else None)
    print(json.dumps(told))
