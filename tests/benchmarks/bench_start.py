"""How soon the program answers and paints, in milliseconds, as a new process each time."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from statistics import median
from typing import NamedTuple

from tests.benchmarks.screen import first_paint, screen

ROUNDS = 7
PROGRAM = [sys.executable, "-m", "netviz"]
# Words after the command, and the milliseconds they may take.
COMMANDS = ((("train", "--help"), 150.0), (("list", "activations"), 150.0))
FIRST_PAINT = 200.0


class Row(NamedTuple):
    name: str
    measured: float
    goal: float

    @property
    def ok(self) -> bool:
        return self.measured <= self.goal


def answered(words: tuple[str, ...]) -> float:
    began = time.perf_counter()
    subprocess.run([*PROGRAM, *words], stdout=subprocess.DEVNULL, check=True)
    return 1000 * (time.perf_counter() - began)


def rows() -> Iterator[Row]:
    for words, goal in COMMANDS:
        yield Row(f"netviz {' '.join(words)}, ms", median(answered(words) for _ in range(ROUNDS)), goal)
    if not shutil.which("Xvfb"):
        return
    with screen() as there, tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "HOME": home, "NETVIZ_HOME": home, "XDG_RUNTIME_DIR": home}
        times = [1000 * first_paint(PROGRAM, environment, there) for _ in range(ROUNDS)]
    yield Row("first paint, ms", median(times), FIRST_PAINT)
