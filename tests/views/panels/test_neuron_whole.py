"""Inside a neuron nothing lies on anything: few inputs or many, alone or on the walk, in every page."""

from dataclasses import replace
from itertools import combinations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from netviz.session.experiment import with_value
from netviz.session.instruments.walk import moments
from netviz.session.presets import PRESETS
from netviz.session.state import UnitId
from netviz.views.drawing.arithmetic import Drawing
from netviz.views.panels.neuron import NeuronPanel
from netviz.views.theme import THEMES, Look

XOR = PRESETS["xor"].experiment
PAGES = {
    "column at 1366": ("light", 15, 309, 336),
    "column at 1920": ("dark", 21, 430, 480),
    "filled at 1920": ("dark", 29, 1870, 860),
    "filled at 1024, projector": ("projector", 20, 980, 440),
    "tab at 1024, projector": ("projector", 20, 625, 440),
    "own window": ("projector", 27, 1200, 700),
}
UNITS = {
    "two inputs": ((2,), UnitId(0, 1, 0)),
    "eight": ((8, 8), UnitId(0, 2, 1)),
    "sixteen": ((16, 16), UnitId(0, 2, 1)),
    "the answer": ((4,), UnitId(1, 2, 0)),
}


@pytest.fixture
def boxes(monkeypatch):
    """Every text that is drawn, with the place that its letters take."""
    found = []

    def write(self, text, box, font, color, flags=Qt.AlignmentFlag.AlignLeft):
        metrics = QFontMetricsF(font)
        wide, high = metrics.horizontalAdvance(text), 1.2 * metrics.capHeight()  # and a little air
        lines = max(1, round(metrics.boundingRect(box, int(flags), text).height() / metrics.lineSpacing()))
        left = {4: box.center().x() - wide / 2, 2: box.right() - wide}.get(int(flags) & 6, box.left())
        if lines == 1:
            found.append((text, QRectF(left, box.center().y() - high / 2, wide, high)))
        return original(self, text, box, font, color, flags)

    original = Drawing.write
    monkeypatch.setattr(Drawing, "write", write)
    return found


def check(panel, boxes):
    boxes.clear()
    panel.sheet.grab()
    assert boxes
    room = QRectF(panel.sheet.rect()).adjusted(-3, -3, 3, 3)
    drawn = {text: box for text, box in boxes if text.strip()}
    assert [text for text, box in drawn.items() if not room.contains(box)] == []
    seen = [(text, box.adjusted(1, 0, -1, 0)) for text, box in boxes if text.strip()]
    assert [(a, b) for (a, one), (b, other) in combinations(seen, 2) if one.intersects(other)] == []


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("unit", UNITS)
def test_no_words_meet(put, trained, boxes, page, unit):
    theme, em, width, height = PAGES[page]
    hidden, selected = UNITS[unit]
    state = replace(trained(20, with_value(XOR, "hidden", hidden)), theme=theme, selected=selected)
    panel = put(NeuronPanel, state, width, height)
    panel.set_look(Look(THEMES[theme], em, "wide"))
    check(panel, boxes)


LARGE = with_value(XOR, "weights", ((((-10.94, -12.25), (1, 1)), ((1, 1),)), ((-10.5, 0), (0,))))


@pytest.mark.parametrize("made", [XOR, with_value(XOR, "features", ("x", "y", "xy")), LARGE])
@pytest.mark.parametrize(("em", "width", "height"), [(15, 309, 408), (21, 432, 574), (20, 680, 463)])
def test_every_sentence_is_whole_in_its_place(put, trained, monkeypatch, made, em, width, height):
    places = []

    def draw_lines(self, lines, box):
        wide = max(self._line_box(line, box.width()).width() for line in lines)
        places.append((len(lines), wide - box.width(), box.top() + self.lines_height(lines, box.width())))

    monkeypatch.setattr(Drawing, "draw_lines", draw_lines)
    panel = put(NeuronPanel, trained(0, made), width, height)
    panel.set_look(Look(THEMES["light"], em, "wide"))
    panel.sheet.grab()
    count, beyond, end = places[-1]
    assert count == len(panel.sheet.picture.lines) == 3
    assert beyond < 1
    assert end <= panel.sheet.height() + em / 2


@pytest.mark.parametrize(
    ("em", "width", "height", "share"),
    [(15, 640, 460, 0.65), (29, 1870, 800, 0.85), (30, 1347, 725, 0.8), (21, 958, 520, 0.8)],
)
def test_a_page_of_any_shape_is_used(put, trained, boxes, em, width, height, share):
    panel = put(NeuronPanel, trained(172), width, height)
    panel.set_look(Look(THEMES["light"], em, "wide"))
    check(panel, boxes)
    assert max(box.bottom() for _, box in boxes) > share * panel.sheet.height()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("hidden", [(2,), (8, 8)])
def test_no_words_meet_on_the_walk(put, trained, boxes, page, hidden):
    theme, em, width, height = PAGES[page]
    state = replace(trained(20, with_value(XOR, "hidden", hidden)), theme=theme)
    for number in range(len(moments(replace(state, walk=0)))):
        panel = put(NeuronPanel, replace(state, walk=number), width, height)
        panel.set_look(Look(THEMES[theme], em, "wide"))
        check(panel, boxes)
