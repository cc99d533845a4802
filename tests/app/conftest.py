"""Real windows over really trained numbers, for the tests of the shell."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from netviz.session.experiment import with_value
from netviz.session.presets import PRESETS
from netviz.session.runs import state_at
from netviz.session.store import Store
from netviz.views.theme import fonts

XOR = PRESETS["xor"].experiment


@pytest.fixture
def trained():
    """Make a state at a step; `seed` 2 merges three corners."""

    def make(step, seed=None, **fields):
        experiment = XOR if seed is None else with_value(XOR, "seed", seed)
        return replace(state_at(experiment, step), **fields)

    return make


@pytest.fixture
def window_of(qtbot):
    """Make a complete window that shows a state."""

    kept = []  # qtbot remembers weakly: a window must not be collected while it is painted after the test

    def make(state, size=(1366, 768)):
        from netviz.app.window import Window

        QApplication.setStyle("Fusion")
        fonts()
        window = Window(Store(state))
        kept.append(window)
        qtbot.addWidget(window)
        window.resize(*size)
        window.complete()
        with qtbot.waitExposed(window):
            window.show()
        return window

    return make
