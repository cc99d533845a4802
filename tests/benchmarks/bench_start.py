"""How soon the program answers and paints, in milliseconds, as a new process each time.

Measured as a person has it from the second start on, with Python's compiled files kept. Importing Qt's
widgets alone says how fast this machine is; the window's two times are also given in that measure.
"""

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
QT = [sys.executable, "-c", "import PySide6.QtWidgets"]
USUAL_QT = 100.0  # milliseconds that takes on the machine for which the goals were set
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


def ended(command: list[str], environment: dict[str, str]) -> float:
    """Return the milliseconds that a command takes."""
    began = time.perf_counter()
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
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


def compiling(folder: str) -> dict[str, str]:
    """Return an environment in which Python keeps what it compiles, whatever the one here says."""
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return kept | {
        "HOME": folder,
        "NETVIZ_HOME": folder,
        "XDG_RUNTIME_DIR": folder,
        "PYTHONPYCACHEPREFIX": folder,
    }


def rows() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        environment = compiling(folder)
        for words, goal in COMMANDS:
            command = [*PROGRAM, *words]
            ended(command, environment)
            took = median(ended(command, environment) for _ in range(ROUNDS))
            yield Row(f"netviz {' '.join(words)}, ms", took, goal)
        if shutil.which("Xvfb"):
            with screen() as there:
                yield from window_rows(environment, there)


def window_rows(environment: dict[str, str], there: Screen) -> Iterator[Row]:
    """Take the three times in turns, so that a ratio's two were measured under the same load."""
    first_paint(PROGRAM, environment, there)
    ready(environment, there)
    rounds = range(ROUNDS)
    times = [
        (
            ended(QT, environment),
            1000 * first_paint(PROGRAM, environment, there),
            1000 * ready(environment, there),
        )
        for _ in rounds
    ]
    for name, place, goal in (("first paint", 1, FIRST_PAINT), ("ready", 2, READY)):
        yield Row(f"{name}, ms", median(row[place] for row in times), goal)
        yield Row(f"{name} / importing Qt", median(row[place] / row[0] for row in times), goal / USUAL_QT)
