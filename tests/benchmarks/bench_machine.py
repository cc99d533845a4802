"""What this machine takes for four things that were timed where the goals were set.

The goals in frames and milliseconds were set there; a machine that takes longer for these is read with that.
"""

import os
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from statistics import median

import numpy as np
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView

from netviz.app.main import make_application
from netviz.core.activation import Array
from tests.benchmarks.bench_trainer import WORKLOADS
from tests.benchmarks.row import Row

FRAMES, CALLS, ROUNDS = 30, 2000, 30
LINES = ((1920, 1080, 5.6), (3840, 2160, 13.0))  # ms that drawing W4's 344 lines took there
PRODUCT, CALL = 0.25, 0.35  # microseconds there: a prepared product of one layer, any other small call


def drawing(width: int, height: int) -> float:
    """Milliseconds that the straight lines of W4's network take, thin, antialiased, their pens new."""
    scene = QGraphicsScene(0, 0, width, height)
    view = QGraphicsView(scene)
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setRenderHint(QPainter.RenderHint.Antialiasing)
    view.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
    view.resize(width, height)
    sizes = WORKLOADS[-1].sizes
    columns = np.linspace(0.0, width, len(sizes)).tolist()
    places = [[(x, height * (k + 0.5) / n) for k in range(n)] for x, n in zip(columns, sizes, strict=True)]
    lines = [scene.addLine(*a, *b) for left, right in pairwise(places) for a in left for b in right]
    pens = [QPen(color) for color in ("#1f77b4", "#d95f02", "#444444")]
    view.show()
    QCoreApplication.processEvents()  # what is not on the screen yet is not painted
    spent = []
    for frame in range(FRAMES):
        for number, line in enumerate(lines):
            line.setPen(pens[(number + frame) % len(pens)])
        began = time.perf_counter()
        view.viewport().repaint()
        spent.append(1e3 * (time.perf_counter() - began))
    view.close()
    return median(spent)


def calling(call: Callable[[], object]) -> float:
    """Microseconds of one call."""
    spent = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        for _ in range(CALLS):
            call()
        spent.append(1e6 * (time.perf_counter() - began) / CALLS)
    return median(spent)


def layer(rows: int, columns: int) -> Array:
    return np.random.default_rng(0).uniform(-1, 1, (rows, columns))


def rows() -> Iterator[Row]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = make_application()  # kept until all is drawn
    for width, height, there in LINES:
        yield Row(f"drawing 344 lines at {width}x{height}, ms", drawing(width, height), there)
    weights, values, sums = layer(8, 9), layer(9, 10), layer(8, 10)
    product = weights.dot
    yield Row("a prepared product of 8x9 by 9x10, us", calling(lambda: product(values, sums)), PRODUCT)
    yield Row("a call on 80 numbers, us", calling(lambda: np.negative(sums, sums)), CALL)
    application.processEvents()
