"""The walk through a training step, drawn on the canvas."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint

from netviz.session.actions import SetReducedMotion, Walk
from netviz.session.experiment import with_edit, with_value
from netviz.session.instruments import walk
from netviz.views.panels.network import NetworkPanel
from netviz.views.theme import THEMES, Look

from .mouse import (
    LANE,
    XOR,
    hover,
    place_rect,
)


def tags(panel):
    return {tag.text.text() for tag in panel.hands.walking._tags}


def at_phase(panel, phase):
    found = [i for i, one in enumerate(walk.moments(panel.store.state)) if one.phase == phase]
    panel.store.dispatch(Walk(found[0]))
    return walk.highlight(panel.store.state)


@pytest.mark.parametrize("phase", ["product", "backward", "mean", "update"])
def test_the_walk_writes_its_numbers_at_the_edges(put, trained, phase):
    panel = put(NetworkPanel, trained(20), *LANE)
    panel.store.dispatch(SetReducedMotion(True))
    now = at_phase(panel, phase)
    assert tags(panel) == {text.text for text in now.edges}
    assert len(panel.hands.walking._tags) == len(now.edges)
    panel.store.dispatch(Walk(None))
    assert tags(panel) == set()
    assert all(unit.bright for unit in panel._scene.units)


def test_the_walk_dims_what_it_is_not_about_and_only_its_own_twin(put, trained):
    panel = put(NetworkPanel, trained(20), *LANE)
    panel.store.dispatch(SetReducedMotion(True))
    at_phase(panel, "backward")  # into the output first
    assert [unit.bright for unit in panel._scene.units] == [False, False, True, True, True]
    assert [edge.bright for edge in panel._scene.edges] == [False] * 4 + [True] * 2
    hover(panel, panel.view.unit_box((0, 0)).center().toPoint())
    hover(panel, QPoint(640, 410))
    assert [unit.bright for unit in panel._scene.units] == [False, False, True, True, True]
    other = NetworkPanel(1)
    other.resize(*LANE)
    other.set_look(Look(THEMES["light"], 21, "wide"))
    other.show_state(None, panel.store.state)
    assert all(unit.bright for unit in other._scene.units)
    other.deleteLater()


def test_a_pulse_runs_once_along_the_edges_and_not_where_motion_is_unwanted(put, trained, qtbot):
    panel = put(NetworkPanel, trained(20), *LANE)
    at_phase(panel, "forward")
    walking = panel.hands.walking
    assert walking.running
    assert len(walking._dots) == 4
    start = walking._dots[0][0].pos().x()
    qtbot.waitUntil(lambda: walking._dots and walking._dots[0][0].pos().x() > start)
    qtbot.waitUntil(lambda: not walking.running)
    assert walking._dots == []
    panel.store.dispatch(SetReducedMotion(True))
    at_phase(panel, "backward")
    assert not walking.running


def test_the_walk_shows_the_values_of_its_own_point(put, trained):
    state = replace(trained(20), probe=(0.5, 0.5), reduced_motion=True)
    panel = put(NetworkPanel, state, *LANE)
    now = at_phase(panel, "forward")
    assert now.at == (0.0, 0.0)
    assert [unit.value.text.text() for unit in panel._scene.units[:2]] == ["0", "0"]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("shape", [(), (1,), (16,), (8, 4), (16,) * 8])
def test_every_shape_can_be_hovered_locked_and_walked(qtbot, look, trained, theme, shape):
    built = with_value(XOR, "hidden", shape)
    state = replace(trained(2, with_edit(built, 1, "frozen", ("layer[0]",), 0)), walk=0)
    panel = NetworkPanel(0)
    qtbot.addWidget(panel)
    panel.resize(*LANE)
    panel.set_look(Look(THEMES[theme], 21, "wide"))
    moments = walk.moments(state)
    for step, moment in ((0, moments[0]), (len(moments) - 1, moments[-1])):
        panel.show_state(None, replace(state, walk=step))
        assert panel.hands.walking.now.phase == moment.phase
    for x in range(0, LANE[0], 40):
        hover(panel, QPoint(x, 200))
        for button in panel.view.extras.buttons:
            assert panel.view.band.contains(panel.view._camera.to_window(place_rect(button.box)).center())
    assert not panel.grab().isNull()
