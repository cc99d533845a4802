"""While frames race by, Collapse is painted one twin after the other."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QRegion

from netviz.session.state import FASTEST
from netviz.views.panels.collapse import CollapsePanel
from tests.views.seen import Painted, shades

SIZES = pytest.mark.parametrize("size", [(300, 400), (440, 600), (1000, 500)], ids=str)


@SIZES
def test_a_racing_frame_is_painted_one_twin_after_the_other(put, trained, size):
    first, second = trained(20), replace(trained(60), playing=True, speed=FASTEST)
    panel = put(CollapsePanel, first, *size)
    panel.repaint()  # what is new on the screen is painted whole
    painted = Painted(panel)
    for _ in panel.showing(first, second):
        QCoreApplication.processEvents()
    middles = [part.center().toPoint() for part in panel.parts()]
    assert all(painted.all.contains(middle) for middle in middles)
    assert not any(all(region.contains(middle) for middle in middles) for region in painted.regions)


@SIZES
@pytest.mark.parametrize("fused", [0.0, 1.0])
def test_painted_part_by_part_it_is_what_it_is_as_a_whole(put, trained, size, fused):
    first, second = (replace(trained(step), fused=fused) for step in (5, 60))
    panel = put(CollapsePanel, first, *size)
    page = panel.grab()
    before = shades(page)
    panel.show_state(None, second)
    for part in panel.parts():
        box = part.toAlignedRect().intersected(panel.rect())
        panel.render(page, box.topLeft(), QRegion(box))
    assert (shades(page) == shades(panel.grab())).all()
    assert (shades(page) != before).any()


def test_what_does_not_race_is_painted_at_once(put, trained, qtbot):
    panel = put(CollapsePanel, trained(20), 440, 600)
    panel.repaint()  # nothing is left to paint
    painted = Painted(panel)
    panel.show_state(trained(20), trained(60))
    qtbot.waitUntil(lambda: bool(painted.regions))
    assert painted.regions[0].boundingRect() == panel.rect()


def test_what_a_hand_shows_between_two_parts_is_painted_whole(put, trained):
    first, second = trained(20), replace(trained(60), playing=True, speed=FASTEST)
    panel = put(CollapsePanel, first, 440, 600)
    panel.repaint()
    portions = iter(panel.showing(first, second))
    next(portions)
    panel.read = lambda state: panel.told  # the very same, so that only what was left tells them apart
    painted = Painted(panel)
    panel.show_state(None, second)
    QCoreApplication.processEvents()
    assert painted.all.boundingRect() == panel.rect()
