"""The arithmetic below a card's picture: large, and in line with what stands above it."""

import pytest
from PySide6.QtCore import QPointF, QRectF

from netviz.app.hall.words import Side
from netviz.session.lessons.reading import lesson
from netviz.session.lessons.teaching import card_state
from netviz.views.drawing.arithmetic_strip import Strip


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_what_it_means_stands_below_the_choices(window_of, monkeypatch, size):
    boxes: list[QRectF] = []
    monkeypatch.setattr(Strip, "_say", lambda self, text, box: boxes.append(box))
    window = window_of(card_state(lesson("why"), 5), size)
    side, sheet = window.findChild(Side), window._parts["neuron"].sheet
    sheet.grab()
    left = sheet.mapTo(window, QPointF(boxes[-1].topLeft())).x()
    assert left == pytest.approx(side.title.mapTo(window, QPointF(0, 0)).x(), abs=1)
