"""A page that is lower than its instrument gets a bar: nothing is squashed, everything can be reached."""

import pytest
from PySide6.QtWidgets import QScrollArea

from netviz.session.actions import MoveApart, OpenPanel

INSTRUMENTS = ("neuron", "fold", "collapse", "bend", "dial", "hand", "gallery", "regions", "stall", "proof")


@pytest.mark.parametrize("name", INSTRUMENTS)
@pytest.mark.parametrize("size", [(640, 360), (1024, 768), (1366, 768), (1920, 1080)])
def test_an_instrument_is_never_lower_than_it_can_be(window_of, trained, name, size):
    window = window_of(trained(172, opened=name), size)
    panel = window._part(name)
    ems = panel.width() / window._look.em
    assert panel.height() >= panel.lowest[ems >= 38] * window._look.em - 1
    assert panel.isVisible()


def test_in_a_low_window_a_bar_leads_to_the_rest(window_of, trained):
    window = window_of(trained(172, opened="hand"), (640, 360))
    panel = window._part("hand")
    (area,) = [one for one in window.findChildren(QScrollArea) if one.widget() is panel]
    bar = area.verticalScrollBar()
    assert bar.maximum() == panel.height() - area.viewport().height() > 0
    assert panel.width() <= area.viewport().width()


def test_in_a_larger_window_there_is_none(window_of, trained):
    window = window_of(trained(172, opened="hand"), (640, 360))
    window.resize(1366, 768)
    assert window._part("hand").parentWidget() is window
    assert not any(area.isVisible() for area in window.findChildren(QScrollArea) if area is window._scroll)


def test_another_instrument_takes_its_place(window_of, trained):
    window = window_of(trained(172, opened="hand"), (640, 360))
    window.store.dispatch(OpenPanel("bend"))
    assert not window._part("hand").isVisible()
    assert window._part("bend").isVisible()
    window.store.dispatch(OpenPanel(None))
    assert not window._part("bend").isVisible()
    window.store.dispatch(OpenPanel("hand"))
    assert window._part("hand").isVisible()


def test_it_moves_into_its_own_window_from_there(window_of, trained):
    window = window_of(trained(172, opened="hand"), (640, 360))
    window.store.dispatch(MoveApart("hand"))
    assert window._part("hand").window() is window.apart.windows["hand"]
    assert window._part("hand").isVisible()
