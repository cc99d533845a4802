"""What is left of a race's frames and of its training while instruments are open: ratios within one run."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from statistics import median

from tests.benchmarks.row import Row

ROUNDS = 7
FRAMES, TRAINING = 0.9, 0.8
DIAL = 0.25  # of the training: the dial trains five more networks beside the two


def rows() -> Iterator[Row]:
    command = [sys.executable, "-m", "tests.benchmarks.instruments_run", str(ROUNDS)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    told = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    for name, found in json.loads(told.stdout).items():
        frames, training = (median(column) for column in zip(*found, strict=True))
        yield Row(f"{name} open / none: frames", frames, FRAMES, least=True)
        goal = DIAL if name in ("dial", "all") else TRAINING
        yield Row(f"{name} open / none: training", training, goal, least=True)
