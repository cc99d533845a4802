"""The weights panel draws every layer of both twins, says what it draws, and opens from the canvas."""

import pytest
from PySide6.QtCore import QRectF

from netviz.session.actions import OpenPanel, SetView
from netviz.session.experiment import with_value
from netviz.session.instruments.weighing import histograms
from netviz.session.presets import PRESETS
from netviz.views.canvas import menus
from netviz.views.canvas.editing import Target
from netviz.views.drawing.sheet import Sheet
from netviz.views.panels import weights
from netviz.views.panels.weights import WeightsPanel, outline
from netviz.views.theme import THEMES, Look

SPIRAL = PRESETS["spiral"].experiment
DEEP = with_value(SPIRAL, "hidden", (8,) * 8)


def colors(panel, left=0.0, right=1.0, top=0.0, bottom=1.0):
    """The colours painted in a part of the panel."""
    picture = panel.grab().toImage()
    wide, high = picture.width(), picture.height()
    return {
        picture.pixelColor(x, y).name()
        for x in range(int(left * wide), int(right * wide))
        for y in range(int(top * high), int(bottom * high))
    }


def test_both_twins_are_drawn(put, trained, look):
    panel = put(WeightsPanel, trained(172))
    assert {look.twin_color(0).name(), look.twin_color(1).name()} <= colors(panel)


def test_the_hidden_twin_is_not(put, trained, look):
    panel = put(WeightsPanel, trained(172))
    panel.store.dispatch(SetView("with"))
    assert look.twin_color(1).name() not in colors(panel)


@pytest.mark.parametrize("size", [(440, 500), (300, 220), (1200, 700)])
def test_nine_layers_have_room_too(put, trained, look, size):
    panel = put(WeightsPanel, trained(3, DEEP), *size)
    assert len(panel.told.layers) == 9
    # the last row's bars stand above the scale's numbers
    assert look.twin_color(0).name() in colors(panel, top=0.75)


@pytest.mark.parametrize(("theme", "em", "size"), [("light", 15, (688, 528)), ("projector", 20, (1040, 470))])
def test_a_page_is_filled_and_no_bar_runs_through_the_words(put, trained, monkeypatch, theme, em, size):
    bars, words, foot = [], [], []

    def drawn(sheet, one, at, step, tall):
        for place, count in enumerate(one.now):
            left, high = at.x() + place * step, tall * count / one.most
            bars.append(QRectF(left, at.y(), step, high).normalized())

    def centred(self, said, *told, **named):
        box = original(self, said, *told, **named)
        (words if said.endswith("weights") else foot).append(box)
        return box

    original = Sheet.centred
    monkeypatch.setattr(weights, "_bars", drawn)
    monkeypatch.setattr(Sheet, "centred", centred)
    panel = put(WeightsPanel, trained(172, SPIRAL), *size)
    panel.set_look(Look(THEMES[theme], em, "tabs"))
    panel.grab()
    assert len(words) >= 6
    assert not any(box.intersects(bar) for box in words for bar in bars if bar.height())
    assert foot[-1].bottom() > panel.height() - panel.look.em


def test_it_reads_the_same_numbers_as_the_session(put, trained):
    state = trained(50, SPIRAL)
    panel = put(WeightsPanel, state)
    assert panel.told == histograms(state)
    assert panel.accessibleName().startswith("Weights into hidden layer 1: with ")


def test_an_outline_goes_around_each_group_of_bars():
    from PySide6.QtCore import QPointF

    path = outline((0, 2, 1, 0, 1), 2, QPointF(0, 10), 1.0, -10.0)
    corners = [(path.elementAt(i).x, path.elementAt(i).y) for i in range(path.elementCount())]
    assert corners == [
        (1, 10), (1, 0), (2, 0), (2, 5), (3, 5), (3, 10),  # two neighbours: 2 fills all of it, 1 half
        (4, 10), (4, 5), (5, 5), (5, 10),
    ]  # fmt: skip


def test_the_canvas_leads_there(trained):
    rows = menus.entries(trained(0), 0, Target())
    assert rows[-1].does == (OpenPanel("weights"),)


def test_how_many_weights_a_bar_stands_for_is_said_off_the_bars(put, trained, monkeypatch):
    """At epoch 172 both of ReLU's weights into ŷ stand at the right end: the number goes to the left."""
    said = []
    monkeypatch.setattr(
        "netviz.views.drawing.sheet.Sheet.centred",
        lambda self, words, at, *_: said.append((words, at.x())),
    )
    panel = put(WeightsPanel, trained(172), 300, 300)
    panel.grab()
    found = [(words, x < panel.width() / 2) for words, x in said if "weight" in words]
    assert found == [("2 weights", False), ("2 weights", False), ("1 weight", True), ("1 weight", True)]
