"""The whole window while it trains the twins of W3 as fast as it goes, and while it rests."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from typing import NamedTuple

from tests.benchmarks.row import Row
from tests.benchmarks.screen import screen


class Case(NamedTuple):
    """A screen, the frames a second wanted there, and the instrument that is open."""

    platform: str
    size: str
    frames: float
    opened: str = ""


CASES = (
    Case("offscreen", "1920x1080", 60.0),
    Case("offscreen", "1920x1080", 60.0, "fold"),
    Case("offscreen", "1920x1080", 60.0, "neuron"),
    Case("offscreen", "1920x1080", 60.0, "collapse"),
    Case("offscreen", "3840x2160", 45.0),
    Case("xcb", "1920x1080", 60.0),
)
SHARE, TICK, IDLE = 0.75, 20.0, 0.002
OTHERS = 0.1  # of a processor, that others may use in a round


def run(case: Case, display: dict[str, str]) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks.window_run", case.size, *filter(None, [case.opened])]
    environment = {**os.environ, "QT_QPA_PLATFORM": case.platform, **display}
    told = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, float] = json.loads(told.stdout)
    return found


def rows_of(case: Case, found: dict[str, float]) -> Iterator[Row]:
    where = f"{case.size}{' on Xvfb' if case.platform == 'xcb' else ''}{case.opened and ', ' + case.opened}"
    yield Row(f"window {where}: frames a second", found["frames"], case.frames, least=True)
    yield Row(f"window {where}: trainer / bare", found["share"], SHARE, least=True)
    yield Row(f"window {where}: tick p99, ms", found["tick"], TICK)
    yield Row(f"window {where}: idle, of a processor", found["idle"], IDLE)
    yield Row(f"window {where}: others, of a processor", found["others"], OTHERS)
    yield Row(f"window {where}: loud rounds taken", found["loud"], 0.0)


def rows() -> Iterator[Row]:
    for case in CASES:
        if case.platform == "offscreen":
            yield from rows_of(case, run(case, {}))
        elif shutil.which("Xvfb"):
            with screen() as there:
                yield from rows_of(case, run(case, {"DISPLAY": there.display}))
