"""What each instrument leaves of a race: frames and training with it open, over those without, alternately.

A step counts as a frame once both lanes are painted.
Prints one JSON object: {"fold": [[frames, training], ...], ...}.

python -m tests.benchmarks.instruments_run [ROUNDS]
"""

import json
import sys
import time
from typing import NamedTuple

from PySide6.QtCore import QSize

from netviz.session import actions as act
from netviz.views.registry import places
from tests.benchmarks.window_run import Bench, wait

ROUNDS, SECONDS = 3, 1.5
SIZE = QSize(1920, 1080)


class Pace(NamedTuple):
    """Frames and training steps a second."""

    frames: float
    steps: float


def pace(bench: Bench, opened: str | None) -> Pace:
    """Race for a while with an instrument open, or none."""
    painted, store = set[int](), bench.store
    if store.state.opened != opened:
        store.dispatch(act.OpenPanel(opened))
    over = bench.window.painting.over.connect(lambda: painted.add(store.state.step))
    store.dispatch(act.Train())
    wait(0.3)
    painted.clear()
    first, began = store.state.step, time.perf_counter()
    wait(SECONDS)
    spent = time.perf_counter() - began
    found = Pace(len(painted) / spent, (store.state.step - first) / spent)
    store.dispatch(act.Pause())
    bench.window.painting.over.disconnect(over)
    wait(0.1)
    return found


def ratios(bench: Bench, name: str, rounds: int) -> list[tuple[float, float]]:
    """Of each round: frames and training with the instrument open, over those without it."""
    found = []
    for _ in range(rounds):
        without, opened = pace(bench, None), pace(bench, name)
        found.append((opened.frames / without.frames, opened.steps / without.steps))
    return found


if __name__ == "__main__":
    bench = Bench(SIZE)
    names = [name for name, row in places().items() if row.where == "instrument"]
    try:
        rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
        print(json.dumps({name: ratios(bench, name, rounds) for name in names}))
    finally:
        bench.close()
