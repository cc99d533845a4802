"""Canvases under the mouse: one trained for 100 steps, and one at its start."""

import pytest

from netviz.views.panels.network import NetworkPanel

from .mouse import LANE


@pytest.fixture
def panel(put, trained):
    made = put(NetworkPanel, trained(100), *LANE)
    made.set_header_height(68)
    return made


@pytest.fixture
def first(put, trained):
    made = put(NetworkPanel, trained(0), *LANE)
    made.set_header_height(68)
    return made
