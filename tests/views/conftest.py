"""What tests of views share: the look of the window at 1920x1080, trained states, and panels with a store."""

from dataclasses import replace
from functools import cache

import pytest
from PySide6.QtCore import Qt

from netviz.session import engine
from netviz.session.presets import PRESETS
from netviz.session.state import opening
from netviz.session.store import Store
from netviz.views.theme import THEMES, Look, fonts, palette, stylesheet

XOR = PRESETS["xor"].experiment


@cache
def train(experiment, step):
    """The state of an experiment trained to a step."""
    state = opening(experiment)
    frame = engine.advance(engine.Request(experiment, state.frame.states, until=step))
    history = state.history.extended(frame.losses)
    return replace(state, frame=frame, history=history, playhead=step, furthest=step)


@pytest.fixture
def trained():
    """Train an experiment, corner XOR if none is named, to a step."""
    return lambda step, experiment=XOR: train(experiment, step)


@pytest.fixture
def look(qapp):
    """The light theme at 1920x1080, with the style sheet in force."""
    fonts()
    found = Look(THEMES["light"], 21, "wide")
    qapp.setPalette(palette(found.theme))
    qapp.setStyleSheet(stylesheet(found))
    yield found
    qapp.setStyleSheet("")


@pytest.fixture
def put(qtbot, look):
    """Show a state in a new panel; what it wants goes to a store that shows it the answer."""

    kept = []  # qtbot remembers weakly: a panel must not be collected while it is painted after the test

    def put(make, state, width=440, height=500):
        panel, store = make(0), Store(state)
        kept.append(panel)
        qtbot.addWidget(panel)
        panel.actions = []
        panel.store = store
        panel.acted.connect(panel.actions.append)
        panel.acted.connect(store.dispatch)
        store.subscribe(panel.show_state)
        panel.resize(width, height)
        panel.set_look(look)
        panel.show_state(None, state)
        panel.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        panel.show()
        return panel

    return put
