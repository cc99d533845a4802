"""Lanes in a hall: every verdict whole, every loss beside it, every unit with its number."""

import pytest
from PySide6.QtWidgets import QGraphicsSimpleTextItem, QGraphicsView

from netviz.app.hall.words import Band
from netviz.session import selectors
from netviz.session.lessons.reading import lesson
from netviz.session.lessons.teaching import card_state
from netviz.session.text import shown

HALLS = ((1024, 768), (1366, 768), (1920, 1080))
LANES = [("unit", 0), ("why", 1), ("deeper", 0), ("deeper", 2), ("chance", 0), ("chance", 1)]


@pytest.mark.parametrize("size", HALLS)
@pytest.mark.parametrize(("name", "index"), LANES)
def test_every_verdict_is_whole_with_its_loss_and_no_offer_beside_it(window_of, name, index, size):
    window = window_of(card_state(lesson(name), index), size)
    state = window.store.state
    for twin in selectors.visible_twins(state):
        header = window._parts[f"header {twin}"]
        said = selectors.verdict(state, twin)
        assert header._name.text().endswith(f": {said.short}")  # not elided
        assert header._name.fontMetrics().horizontalAdvance(header._name.text()) <= header._name.width()
        assert header._loss.isVisible()
        assert not header._name.geometry().intersects(header._loss.geometry())
        assert not header._try.isVisible()


@pytest.mark.parametrize("size", HALLS)
def test_who_is_told_to_read_every_unit_sees_its_number(window_of, size):
    window = window_of(card_state(lesson("why"), 0), size)
    for twin in (0, 1):
        view = window._parts[f"network {twin}"].findChild(QGraphicsView)
        words = [one for one in view.scene().items() if isinstance(one, QGraphicsSimpleTextItem)]
        state = window.store.state
        hidden = selectors.values_at(state, twin, state.probe)[1]
        assert {shown(value) for value in hidden} <= {one.text() for one in words if one.isVisible()}


def test_notes_alone_stand_in_the_band_of_a_narrow_hall(window_of):
    window = window_of(card_state(lesson("why"), 0), (1024, 768))
    band = window.findChild(Band)
    assert band.notes == "White circle: should be 1.  White square: should be 0."
    assert not window._parts["side"].isVisible()
    wide = window_of(card_state(lesson("why"), 0), (1920, 1080))
    assert wide._parts["side"].isVisible()
