"""The real window in a process of its own: trains as fast as it goes, rests, trains on; prints what it took.

A frame counts once both networks and both surfaces have been painted at its step. Only rounds count in which
nobody else used the machine, where the system tells (Linux).

python -m tests.benchmarks.window_run WIDTHxHEIGHT [INSTRUMENT]
"""

import json
import os
import resource
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
from netviz.session.experiment import with_value
from netviz.session.presets import PRESETS
from netviz.session.recording import EXACT
from netviz.session.state import FASTEST, opening
from netviz.session.store import Store
from netviz.views.panels.network import NetworkPanel
from netviz.views.panels.surface import SurfacePanel

ROUNDS, MOST_ROUNDS, SECONDS, BARE_SECONDS = 5, 15, 2.0, 0.5
OTHERS = 0.1  # of a processor, that others may use in a round
TICK = 16  # ms: a timer that the window must not hold up
REST = 3.0  # seconds without anything to do
WARM, SOAK = 200, 2000  # frames
WIDE = with_value(with_value(PRESETS["xor"].experiment, "hidden", (8, 8, 8)), "activation", "tanh")


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

    def __init__(self, size: QSize, opened: str | None = None) -> None:
        self.store = Store(replace(opening(WIDE), speed=FASTEST, settled_once=True, opened=opened))
        self.window = Window(self.store)
        self.playback = Playback(self.store)
        self.playback.follow(self.window.painting)
        self.window.resize(size)
        self.window.show()
        self.window.complete()
        self.paints = Paints(self.window, self.store)
        wait(0.5)

    def round(self) -> Round:
        """Train for a while, then alone: the share is a ratio within seconds."""
        store, ticks = self.store, list[float]()
        timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=TICK)
        timer.timeout.connect(lambda: ticks.append(time.perf_counter()))
        store.dispatch(act.Train())
        wait(0.2)
        for steps in self.paints.steps.values():
            steps.clear()
        first, began, others = store.state.step, time.perf_counter(), busy()
        timer.start()
        wait(SECONDS)
        timer.stop()
        spent = time.perf_counter() - began
        frames, speed = self.paints.frames / spent, (store.state.step - first) / spent
        others = (busy() - others) / spent
        store.dispatch(act.Pause())
        wait(0.2)
        gaps = [1000 * (b - a) for a, b in pairwise(ticks)]
        share = speed / bare_speed(store.state.frame.states)
        return Round(frames, share, quantiles(gaps, n=100)[-1], others)

    def rounds(self) -> list[Round]:
        """Rounds in which nobody else used the machine; the calmest, where there were too few."""
        found = list[Round]()
        while sum(one.others < OTHERS for one in found) < ROUNDS and len(found) < MOST_ROUNDS:
            found.append(self.round())
        return sorted(found, key=lambda one: one.others)[:ROUNDS]

    def idle(self) -> float:
        """The share of a processor that a settled window takes, its probe just moved."""
        self.store.dispatch(act.MoveProbe(0.3, 0.6))
        wait(0.5)
        began = time.process_time()
        wait(REST)
        return (time.process_time() - began) / REST

    def growth(self) -> float:
        """MB of memory for 10,000 frames, besides the losses kept, once all that fills up is full."""
        while self.store.state.history.count < EXACT:
            self.frames(WARM)
        before = resident() - self.losses()
        self.frames(SOAK)
        return (resident() - self.losses() - before) * 10_000 / SOAK

    def losses(self) -> float:
        """MB of the losses that the history keeps, of every step: the one thing that may grow."""
        return sum(tape.array[: tape.filled].nbytes for tape in self.store.state.history.tapes) / 1e6

    def frames(self, count: int) -> None:
        """Let so many frames come."""
        loop, left = QEventLoop(), [count]

        def arrived(old: object, new: object) -> None:
            left[0] -= 1
            if left[0] == 0:
                loop.quit()

        self.store.subscribe(arrived)
        self.store.dispatch(act.Train())
        loop.exec()
        self.store.dispatch(act.Pause())


def resident() -> float:
    """MB of memory this process holds now."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 1e6


def measured(size: QSize, opened: str | None) -> dict[str, float]:
    application = make_application()
    bench = Bench(size, opened)
    try:
        found = dict(zip(Round._fields, map(median, zip(*bench.rounds(), strict=True)), strict=True))
        return found | {"idle": bench.idle(), "growth": bench.growth()}
    finally:
        bench.playback.close()
        bench.window.close()
        application.processEvents()


if __name__ == "__main__":
    told = measured(QSize(*map(int, sys.argv[1].split("x"))), sys.argv[2] if len(sys.argv) > 2 else None)
    print(json.dumps(told))
