"""How soon the program answers and paints, in milliseconds, as a new process each time."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from statistics import median

from tests.benchmarks.row import Row
from tests.benchmarks.screen import Screen, first_paint, screen

ROUNDS = 7
PROGRAM = [sys.executable, "-m", "netviz"]
# Words after the command, and the milliseconds they may take.
COMMANDS = ((("train", "--help"), 150.0), (("list", "activations"), 150.0))
FIRST_PAINT, READY = 200.0, 600.0
# Tells the time at which everything stands in the window and is painted, and ends.
TELLS_READY = """
import time
from PySide6.QtCore import QTimer
from netviz.app import main
class Session(main.Session):
    def __init__(self, *given):
        super().__init__(*given)
        QTimer.singleShot(0, lambda: QTimer.singleShot(0, self.tell))
    def tell(self):
        print(time.time())
        main.make_application().quit()
main.Session = Session
main.run()
"""


def answered(words: tuple[str, ...]) -> float:
    began = time.perf_counter()
    subprocess.run([*PROGRAM, *words], stdout=subprocess.DEVNULL, check=True)
    return 1000 * (time.perf_counter() - began)


def ready(environment: dict[str, str], there: Screen) -> float:
    """Return the seconds from starting the program to a window in which everything is there."""
    began = time.time()
    extra = {"DISPLAY": there.display, "QT_QPA_PLATFORM": "xcb"}
    command = [sys.executable, "-c", TELLS_READY]
    told = subprocess.run(
        command, env={**environment, **extra}, stdout=subprocess.PIPE, text=True, check=True
    )
    return float(told.stdout) - began


def rows() -> Iterator[Row]:
    for words, goal in COMMANDS:
        yield Row(f"netviz {' '.join(words)}, ms", median(answered(words) for _ in range(ROUNDS)), goal)
    if not shutil.which("Xvfb"):
        return
    with screen() as there, tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "HOME": home, "NETVIZ_HOME": home, "XDG_RUNTIME_DIR": home}
        times = [1000 * first_paint(PROGRAM, environment, there) for _ in range(ROUNDS)]
        there_all = [1000 * ready(environment, there) for _ in range(ROUNDS)]
    yield Row("first paint, ms", median(times), FIRST_PAINT)
    yield Row("ready, ms", median(there_all), READY)
