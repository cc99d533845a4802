from dataclasses import replace

import pytest
from PySide6.QtWidgets import QPushButton

from netviz.app.bars.gap import Difference
from netviz.app.bars.lane import LaneHeader
from netviz.session.actions import SetField, SetView


def test_a_lane_is_named_after_the_step_that_is_shown(window_of, trained):
    window = window_of(trained(100))
    window.store.dispatch(SetField("activation", "tanh", 0))  # from step 100 on
    header, between = window.findChildren(LaneHeader)[0], window.findChild(Difference)
    assert header.accessibleName() == "With tanh"
    assert between.accessibleName().startswith("Same points, same start, same steps. One difference: tanh")
    window._show(replace(window.store.state, frame=trained(50).frame, playhead=50))
    assert header.accessibleName() == "With ReLU"
    assert between.accessibleName().startswith("Same points, same start, same steps. One difference: ReLU")


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_what_helps_is_whole_where_one_twin_has_the_room(window_of, trained, size):
    window = window_of(trained(3000, seed=2), size)
    window.store.dispatch(SetView("with"))
    header = next(one for one in window.findChildren(LaneHeader) if one.isVisible())
    shown = [one for one in header.findChildren(QPushButton) if one.isVisible()]
    assert [one.text() for one in shown] == ["New start", "More units", "Other activation"]
    assert all(header.rect().contains(one.geometry()) for one in shown)
