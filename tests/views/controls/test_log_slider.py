"""A slider of round numbers: every stop is one, and a page goes from 0.1 to 0.3 to 1."""

from math import log10

import pytest
from PySide6.QtCore import Qt

from netviz.session.fields import RATES
from netviz.views.controls.log_slider import LogSlider, number_at, stop_of


@pytest.fixture
def slider(qtbot):
    made = LogSlider(0.001, 3.0)
    qtbot.addWidget(made)
    made.told = []
    made.slid.connect(lambda number, goes_on: made.told.append((number, goes_on)))
    return made


def test_the_stops_of_a_decade_are_round_numbers():
    assert [number_at(stop) for stop in range(-10, 1)] == [
        0.1, 0.12, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0,
    ]  # fmt: skip


@pytest.mark.parametrize("stop", range(-40, 41))
def test_every_number_is_found_at_its_own_stop_close_to_a_like_ratio(stop: int):
    assert stop_of(number_at(stop)) == stop
    assert abs(log10(number_at(stop)) - stop / 10) < 0.025


@pytest.mark.parametrize("rate", RATES)
def test_every_rate_that_a_menu_offers_is_a_stop(rate: float):
    assert number_at(stop_of(rate)) == rate


def test_arrows_go_to_the_next_round_number_and_pages_by_thirds(qtbot, slider):
    slider.show_number(0.1)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_PageUp, Qt.Key.Key_PageUp, Qt.Key.Key_End):
        qtbot.keyClick(slider, key)
    assert slider.told == [(0.12, False), (0.1, False), (0.3, False), (1.0, False), (3.0, False)]


@pytest.mark.parametrize(("number", "stands_at"), [(0.13, 0.12), (1e-9, 0.001), (50.0, 3.0)])
def test_a_number_between_or_beyond_is_shown_at_the_nearest_stop_untold(slider, number, stands_at):
    slider.show_number(number)
    assert number_at(slider.value()) == stands_at
    assert slider.told == []
