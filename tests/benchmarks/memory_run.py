"""The real window in a process of its own, training for long: prints what its memory grows by.

python -m tests.benchmarks.memory_run XOR|W3 [FRAMES]
"""

import resource
import sys

from PySide6.QtCore import QEventLoop, QSize

from netviz.session import actions as act
from netviz.session.presets import PRESETS
from netviz.session.recording import EXACT, KEPT
from netviz.session.state import State
from netviz.session.store import Store
from tests.benchmarks.window_run import WIDE, Bench

SIZE = QSize(1280, 720)
EXPERIMENTS = {"XOR": PRESETS["xor-tanh"].experiment, "W3": WIDE}  # a frame of XOR has hundreds of steps
WARM, FRAMES = 2 * KEPT, 10_000


def resident() -> float:
    """MB of memory this process holds now."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 1e6


def losses(store: Store) -> float:
    """MB of the losses that the history keeps: the one thing that may grow."""
    return sum(tape.array[: tape.filled].nbytes for tape in store.state.history.tapes) / 1e6


class Race:
    """Lets a store train, so many frames at a time."""

    def __init__(self, store: Store) -> None:
        self.store, self._left, self._loop = store, 0, QEventLoop()
        store.subscribe(self._on_store_changed)

    def _on_store_changed(self, old: State, new: State) -> None:
        self._left -= old.frame is not new.frame
        if self._left <= 0:
            self._loop.quit()

    def run(self, frames: int) -> None:
        """Train until so many have come, without a rest."""
        self._left = frames
        self._loop.exec()


def growth(store: Store, frames: int) -> float:
    """MB for 10,000 frames of one race besides the losses, once all that fills up is full."""
    race = Race(store)
    store.dispatch(act.Train())
    race.run(WARM)
    while store.state.experiment != WIDE and store.state.history.count < EXACT:
        race.run(WARM)
    before = resident() - losses(store)
    race.run(frames)
    grown = resident() - losses(store) - before
    store.dispatch(act.Pause())
    return grown * 10_000 / frames


if __name__ == "__main__":
    bench = Bench(SIZE, experiment=EXPERIMENTS[sys.argv[1]])
    try:
        print(growth(bench.store, int(sys.argv[2]) if len(sys.argv) > 2 else FRAMES))
    finally:
        bench.close()
