"""Weights as large as can be set by hand, in every panel: nothing fails, and nobody warns."""

import numpy as np
import pytest

from netviz.app.pictures.drawing import image
from netviz.app.pictures.unseen import panel_sheet
from netviz.session.actions import Walk
from netviz.session.experiment import with_value
from netviz.session.fields import LARGEST
from netviz.session.presets import PRESETS
from netviz.session.runs import state_at
from netviz.session.state import opening
from netviz.session.store import Store
from netviz.views.registry import panel_names
from netviz.views.theme import fonts

XOR = PRESETS["xor"].experiment
ONE = ("w[0][0][0]",)
SOME = ("w[0][0][0]", "w[1][0][0]", "b[0][0]")
CASES = {
    "one": (XOR, ONE),
    "gelu": (with_value(XOR, "activation", "gelu", 0), SOME),
    "classes": (with_value(XOR, "dataset", "blobs:3"), ONE),
    "deep": (with_value(XOR, "hidden", (2, 2, 2)), ("w[0][0][0]", "w[1][0][0]", "w[2][0][0]", "w[3][0][0]")),
}


def large(case, value):
    experiment, keys = CASES[case]
    for key in keys:
        experiment = with_value(experiment, key, value)
    return experiment


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", panel_names())
def test_a_panel_shows_the_largest_numbers(qtbot, name, case):
    fonts()
    for value in (LARGEST, -LARGEST):
        for step in (0, 1):
            sheet = panel_sheet(Store(state_at(large(case, value), step)), name, 0, (900, 700))
            qtbot.addWidget(sheet)
            assert not image(sheet).isNull()


@pytest.mark.parametrize("case", CASES)
def test_a_step_is_walked_through_with_the_largest_numbers(qtbot, case):
    fonts()
    store = Store(opening(large(case, LARGEST)))
    sheet = panel_sheet(store, "network", 0, (1400, 900))
    qtbot.addWidget(sheet)
    for moment in range(6):
        store.dispatch(Walk(moment))
        assert not image(sheet).isNull()


@pytest.mark.parametrize("name", ["activation", "weights"])
def test_weights_from_a_file_may_be_as_large_as_floats_are(qtbot, name):
    fonts()
    most = float(np.finfo(np.float64).max)
    weights = ((((most, 1.0), (1.0, -most)), ((1.0, 1.0),)), ((0.0, 0.0), (0.0,)))
    sheet = panel_sheet(Store(opening(with_value(XOR, "weights", weights))), name, 0, (900, 700))
    qtbot.addWidget(sheet)
    assert not image(sheet).isNull()
