"""What instruments leave of a race: frames and training with them open, over those without, alternately.

A step counts as a frame once all panels have taken it in: the next one waits until both lanes are painted.
Prints one JSON object: {"fold": [[frames, training], ...], ..., "all": ...}; "all" is every instrument in a
window of its own. Without names it measures each, and all.

python -m tests.benchmarks.instruments_run ROUNDS [NAME ...]
"""

import json
import sys
import time
from typing import NamedTuple

from PySide6.QtCore import QSize

from netviz.session import actions as act
from netviz.views.registry import places
from tests.benchmarks.window_run import Bench, wait

WARM, SECONDS = 0.4, 1.0
SIZE = QSize(1920, 1080)
INSTRUMENTS = [name for name, row in places().items() if row.where == "instrument"]
ALL = "all"


class Speed(NamedTuple):
    """Frames and training steps a second."""

    frames: float
    steps: float


def open_instruments(bench: Bench, name: str | None) -> None:
    """One in the window, all of them in windows of their own, or none."""
    store = bench.store
    for one in store.state.apart:
        store.dispatch(act.MoveBack(one))
    for one in INSTRUMENTS if name == ALL else ():
        store.dispatch(act.OpenPanel(one))
        store.dispatch(act.MoveApart(one))
    opened = None if name == ALL else name
    if store.state.opened != opened:
        store.dispatch(act.OpenPanel(opened))
    wait(WARM)


def speed(bench: Bench, name: str | None) -> Speed:
    """Race for a while with an instrument open, all, or none."""
    painted, store = set[int](), bench.store
    open_instruments(bench, name)
    shown = bench.window.painting.shown.connect(lambda: painted.add(store.state.step))
    store.dispatch(act.Train())
    wait(WARM)
    painted.clear()
    first, began = store.state.step, time.perf_counter()
    wait(SECONDS)
    spent = time.perf_counter() - began
    found = Speed(len(painted) / spent, (store.state.step - first) / spent)
    store.dispatch(act.Pause())
    bench.window.painting.shown.disconnect(shown)
    return found


def ratio(bench: Bench, name: str, first: bool) -> tuple[float, float]:
    """Frames and training with the instrument open, which is measured first or second, over those without."""
    order = (name, None) if first else (None, name)
    found = {one: speed(bench, one) for one in order}
    return found[name].frames / found[None].frames, found[name].steps / found[None].steps


if __name__ == "__main__":
    bench = Bench(SIZE)
    rounds, names = int(sys.argv[1]), sys.argv[2:] or [*INSTRUMENTS, ALL]
    try:
        found = {name: [ratio(bench, name, bool(number % 2)) for number in range(rounds)] for name in names}
        print(json.dumps(found))
    finally:
        bench.close()
