"""What the memory of the whole window grows by while it trains for minutes, besides the losses it keeps."""

import os
import subprocess
import sys
from collections.abc import Iterator

from tests.benchmarks.row import Row

RUNS = ("XOR", "W3")
GROWTH = 1.0  # MB in 10,000 frames


def rows() -> Iterator[Row]:
    for name in RUNS:
        command = [sys.executable, "-m", "tests.benchmarks.memory_run", name]
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        told = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
        yield Row(f"memory {name}: MB in 10,000 frames", float(told.stdout), GROWTH)
