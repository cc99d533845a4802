"""The surfaces of every unit of a network at once, in milliseconds."""

import time
from collections.abc import Iterator
from statistics import median

import numpy as np

from netviz.core.network import Surfaces
from tests.benchmarks.bench_trainer import WORKLOADS, problem, start
from tests.benchmarks.row import Row

ROUNDS, SIDE = 200, 100


def rows() -> Iterator[Row]:
    work = WORKLOADS[2]
    axis = np.linspace(-1, 1, SIDE, dtype=np.float32)
    seen = Surfaces(problem(work).network, np.stack(np.meshgrid(axis, axis)).reshape(2, -1))
    params, spent = start(work), []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        seen.at(params)
        spent.append(1e3 * (time.perf_counter() - began))
    yield Row("every unit's surface at 100x100, W3, ms", median(spent), 0.6)
