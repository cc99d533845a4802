"""A frame of both lanes at 1920x1080, from numbers to painted pixels, in milliseconds."""

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from netviz.session import engine
from netviz.session.experiment import Experiment, with_value
from netviz.session.presets import PRESETS
from netviz.session.state import State, opening
from netviz.views.panel import Panel
from netviz.views.panels.network import NetworkPanel
from netviz.views.panels.surface import SurfacePanel
from netviz.views.theme import THEMES, Look, fonts
from tests.benchmarks.row import Row

FRAMES, HEADER = 60, 68
LANE, SURFACE = (968, 424), (424, 424)  # SCREEN: a lane at 1920x1080
SHAPES = (("2-2-1", (2,)), ("W3", (8, 8, 8)))
GOAL = 1000 / 60


def states(experiment: Experiment) -> list[State]:
    """One state a step."""
    found = [replace(opening(experiment), playing=True)]
    for _ in range(FRAMES):
        frame = engine.advance(engine.Request(experiment, found[-1].frame.states, until=found[-1].step + 1))
        found.append(replace(found[-1], frame=frame, playhead=frame.step))
    return found


def panels(state: State) -> list[Panel]:
    """Both twins' canvases and surfaces."""
    look, made = Look(THEMES["light"], 21, "wide"), []
    for twin in range(2):
        for panel, size in ((NetworkPanel(twin), LANE), (SurfacePanel(twin), SURFACE)):
            panel.resize(*size)
            panel.set_look(look)
            panel.show_state(None, state)
            if isinstance(panel, NetworkPanel):
                panel.set_header_height(HEADER)
            made.append(panel)
    return made


def rows() -> Iterator[Row]:
    app = QApplication.instance() or QApplication([])
    assert app is not None
    fonts()
    for name, hidden in SHAPES:
        experiment = with_value(PRESETS["xor"].experiment, "hidden", hidden)
        run = states(with_value(experiment, "activation", "tanh"))
        shown = panels(run[0])
        images = [QImage(panel.size(), QImage.Format.Format_RGB32) for panel in shown]
        spent = []
        for old, new in pairwise(run):
            began = time.perf_counter()
            for panel, image in zip(shown, images, strict=True):
                panel.show_state(old, new)
                painter = QPainter(image)
                panel.view.render(painter)
                painter.end()
            spent.append(1e3 * (time.perf_counter() - began))
        yield Row(f"a frame of both lanes, {name}, ms", median(spent), GOAL)
