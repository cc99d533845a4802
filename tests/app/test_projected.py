"""A window before a projector: every unit has its value, and answers stand apart from their points."""

import pytest

from netviz.views.panels.network import NetworkPanel
from netviz.views.panels.surface import SurfacePanel

sizes = pytest.mark.parametrize("size", [(1280, 720), (1366, 768), (1920, 1080), (1024, 768)])


@sizes
def test_every_unit_says_its_value_and_every_edge_its_weight(window_of, trained, size):
    window = window_of(trained(1000, theme="projector"), size)
    for panel in window.findChildren(NetworkPanel):
        assert all(unit.value.frame.isVisible() for unit in panel._scene.units)
        columns = {round(edge.pill.frame.x()) for edge in panel._scene.edges[:4]}
        assert len(columns) == 1  # the numbers of the first layer stand under each other


@sizes
def test_answers_do_not_touch_the_points_of_the_surface(window_of, trained, size):
    window = window_of(trained(172, theme="projector"), size)
    for panel in window.findChildren(SurfacePanel):
        for mark in panel.view.scene()._marks:
            point, answer = mark.boxes
            assert not point.meets(answer), size
