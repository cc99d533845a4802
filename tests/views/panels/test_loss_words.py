"""In the low chart of a column each word has a place of its own: labels, the gaps, the floor."""

from dataclasses import replace
from itertools import combinations

import pytest

from netviz.session import selectors
from netviz.session.actions import Select
from netviz.session.instruments import stuck
from netviz.session.presets import PRESETS
from netviz.session.state import UnitId
from netviz.views.panels.loss import LossPanel

SHORT = (309, 195)  # the chart in the column of 1366x768, an instrument open below it


def short(put, state):
    """The chart with the gaps of the first hidden unit."""
    panel = put(LossPanel, replace(state, selected=UnitId(0, 1, 0)), *SHORT)
    panel.set_look(panel.look._replace(em=15))
    panel.layout().activate()
    panel.resize(*SHORT)
    return panel


def level(panel, value):
    """How high a loss stands, px."""
    return panel.chart.at(0, value).y()


@pytest.mark.parametrize(
    ("preset", "step", "told"),
    [
        ("circle", 60, "not representable 0.000"),
        ("xor", 172, "not representable with\nthis hidden layer 0.000"),
    ],
)
def test_no_line_runs_through_the_names_of_the_gaps(put, trained, preset, step, told):
    state = trained(step, PRESETS[preset].experiment)
    panel = short(put, state)
    words = [gap.words for gap in panel.gaps._gaps]
    assert words[1].text() == told
    floor = level(panel, selectors.affine_floor(state))
    boxes = [text.sceneBoundingRect() for text in words]
    assert not any(box.top() + 3 < floor < box.bottom() - 3 for box in boxes)


def test_the_floor_does_not_run_through_a_twins_label(put, trained):
    state = trained(400, PRESETS["stalls"].experiment)  # with 0.167, close below the floor
    panel = short(put, state)
    floor = level(panel, 0.25)
    boxes = [items.label.sceneBoundingRect() for items in panel.twins]
    assert not any(box.top() + 3 < floor < box.bottom() - 3 for box in boxes)


@pytest.mark.parametrize("preset", ["xor", "spiral", "circle"])
@pytest.mark.parametrize("step", [0, 1, 2, 3, 4, 5, 6, 8, 10, 20, 60, 172])
@pytest.mark.parametrize("gaps", [True, False])
def test_no_word_covers_another_from_the_first_step_on(put, trained, preset, step, gaps):
    panel = short(put, trained(step, PRESETS[preset].experiment))
    panel.store.dispatch(Select(UnitId(0, 1, 0) if gaps else None))
    texts = [panel.words, *(gap.words for gap in panel.gaps._gaps)]
    texts += [text for twin in panel.twins for text in (twin.label, twin.peak)]
    boxes = [text.sceneBoundingRect().adjusted(0, 2, 0, -2) for text in texts if text.isVisible()]  # letters
    assert not any(one.intersects(other) for one, other in combinations(boxes, 2))


@pytest.mark.parametrize("preset", ["xor", "spiral", "circle"])
def test_at_the_start_the_upper_dots_label_is_the_upper_one(put, trained, preset):
    panel = put(LossPanel, trained(0, PRESETS[preset].experiment), 309, 280)
    upper, lower = sorted(panel.twins, key=lambda twin: twin.dot.rect().y())
    assert upper.label.y() < lower.label.y()


@pytest.mark.parametrize("gaps", [True, False])
def test_at_the_start_each_label_stands_beside_its_own_dot(put, trained, gaps):
    panel = short(put, trained(0))
    panel.store.dispatch(Select(UnitId(0, 1, 0) if gaps else None))
    dots = [twin.dot.rect().center().y() for twin in panel.twins]
    for twin, other in ((0, 1), (1, 0)):
        box = panel.twins[twin].label.sceneBoundingRect()
        assert not box.top() < dots[other] < box.bottom()
        assert abs(box.center().y() - dots[twin]) < box.height()


def test_one_placing_seeks_the_readout_floor_once(put, trained, monkeypatch):
    panel, sought, gaps = short(put, trained(60, PRESETS["spiral"].experiment)), [], stuck.gaps
    monkeypatch.setattr(stuck, "gaps", lambda *which: sought.append(which) or gaps(*which))
    panel._place()
    assert len(sought) == 1
