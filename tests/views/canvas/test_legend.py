"""The legend shows the value scale, its arrow ends and both readings, and shows it in every layout."""

import pytest

from netviz.session import playground
from netviz.session.experiment import with_value
from netviz.session.presets import PRESETS
from netviz.session.state import opening
from netviz.views.canvas.legend import ANSWER, REACH, UNITS, Legend
from netviz.views.drawing.crowd import CLASS_COLORS
from netviz.views.theme import THEMES, Look, value_color


@pytest.fixture
def legend(qtbot, look):
    made = Legend()
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("layout", "size"), [("wide", (424, 64)), ("compact", (300, 62))])
def test_the_bar_has_the_colours_of_the_values(legend, theme, layout, size):
    legend.resize(*size)
    legend.set_look(Look(THEMES[theme], 21, layout))
    image = legend.grab().toImage()
    found = {image.pixelColor(x, y).name() for x in range(size[0]) for y in range(size[1])}
    for value in (-0.7, -0.3, 0.3, 0.7):  # between the ticks
        wanted = value_color(value)
        near = [c for c in found if max(abs(int(c[i : i + 2], 16) - w) for i, w in channels(wanted)) <= 6]
        assert near, value


def channels(color):
    return ((1, color.red()), (3, color.green()), (5, color.blue()))


@pytest.mark.parametrize(("dataset", "marked"), [("circle", True), ("xor", False), ("plane", False)])
def test_marks_that_stand_for_classes_are_told(legend, look, dataset, marked):
    """Corners have their digits inside; a cloud's squares and circles stand at the answers 0 and 1."""
    legend.resize(424, 64)
    legend.set_look(look)
    legend.show_state(None, opened(dataset))
    image = legend.grab().toImage()
    below = {image.pixelColor(x, y).name() for x in range(424) for y in range(28, 64)}
    assert (set(CLASS_COLORS[:2]) <= below) == marked


def test_the_readings_are_those_of_answers_and_units():
    assert ANSWER.ticks == ("0", "½", "1")
    assert UNITS.ticks == ("−1", "0", "+1")
    assert 1 < REACH < 2  # what is beyond is behind the arrow ends


def test_a_screen_reader_hears_both_readings(legend):
    assert "answer 0 or unit value −1" in legend.accessibleDescription()


def opened(dataset):
    return opening(with_value(PRESETS["xor"].experiment, "dataset", dataset))


@pytest.mark.parametrize(
    ("state", "ticks"),
    [
        (opened("circle"), ("0", "½", "1")),
        (opened("plane"), ("−1", "0", "+1")),
        (
            opening(playground.opened("https://playground.tensorflow.org/#seed=0.5").experiment),
            ("−1", "0", "1"),
        ),
    ],
    ids=["classes", "numbers", "playground"],
)
def test_the_answers_reading_is_that_of_the_problem(legend, state, ticks):
    legend.show_state(None, state)
    assert legend.reading.ticks == ticks


def test_of_several_classes_each_has_its_mark(legend):
    legend.resize(424, 64)
    legend.set_look(Look(THEMES["light"], 21, "wide"))
    legend.show_state(None, opened("blobs:5"))
    image = legend.grab().toImage()
    found = {image.pixelColor(x, y).name() for x in range(424) for y in range(64)}
    assert set(CLASS_COLORS[:5]) <= found
    assert CLASS_COLORS[5] not in found
    assert "5 classes" in legend.accessibleDescription()
