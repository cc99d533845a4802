"""Surfaces of classes, numbers and curves: colours, borders, points and what is said at the probe."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QGraphicsItem

from netviz.app.pictures.drawing import as_paths, svg
from netviz.session import playground
from netviz.session import selectors as say
from netviz.session.actions import MoveProbe, SetDiscretized, SetTestPoints
from netviz.session.experiment import with_value
from netviz.session.presets import PRESETS
from netviz.session.state import opening
from netviz.views.canvas.surfaces import CERTAIN, WHITE
from netviz.views.drawing.crowd import CLASS_COLORS
from netviz.views.panels.surface import SurfacePanel
from netviz.views.theme import value_color

SIDE = 424


def experiment(dataset):
    made = with_value(PRESETS["xor"].experiment, "hidden", (8,))
    for key, value in {"dataset": dataset, "activation": "tanh", "learning_rate": 0.05}.items():
        made = with_value(made, key, value)
    return made


@pytest.fixture
def panel_of(put, trained):
    return lambda dataset, steps=150: put(SurfacePanel, trained(steps, experiment(dataset)), SIDE, SIDE)


def color_at(panel, x, y):
    low, high = say.box(panel.store.state)
    at = QPoint(round((x - low) / (high - low) * SIDE), round((high - y) / (high - low) * SIDE))
    return panel.grab().toImage().pixelColor(at)


def near(color, wanted):
    return list(color.getRgb()[:3]) == pytest.approx(list(wanted), abs=14)


def test_a_class_region_has_its_colour_by_how_sure_it_is(panel_of):
    panel = panel_of("blobs:4")
    at = (-5.5, 4.5)
    shares = say.values_at(panel.store.state, 0, at)[-1]
    certain = CERTAIN * (shares.max() - 0.25) / 0.75
    whole = QColor(CLASS_COLORS[int(shares.argmax())]).getRgb()[:3]
    assert near(color_at(panel, *at), [WHITE * (1 - certain) + c * certain for c in whole])


def test_the_probe_names_the_class_that_is_ahead(panel_of):
    panel = panel_of("blobs:4")
    panel.acted.emit(MoveProbe(0.5, 3.0))
    shares = say.values_at(panel.store.state, 0, (0.5, 3.0))[-1]
    words = panel.view.plane.answer.text.text()
    assert words == f"class {shares.argmax() + 1}: {shares.max():.2f}"
    assert words.startswith("class 1")  # the first blob is at (0, 3.5)


def test_borders_run_where_two_classes_are_as_likely(panel_of):
    panel = panel_of("blobs:3")
    path, (low, high) = panel.view.plane.contour.path(), say.box(panel.store.state)
    middle = path.elementAt(path.elementCount() // 2)
    at = low + middle.x / SIDE * (high - low), high - middle.y / SIDE * (high - low)
    first, second = np.sort(say.values_at(panel.store.state, 0, at)[-1])[:-3:-1]
    assert first == pytest.approx(second, abs=0.03)


def test_discretized_surfaces_show_the_class_alone(panel_of):
    panel = panel_of("circle")
    panel.acted.emit(SetDiscretized(True))
    assert near(color_at(panel, 5.5, -1.0), value_color(-1).getRgb()[:3])


def test_test_points_come_when_asked_for(panel_of):
    panel = panel_of("moons", 5)
    count = len(panel.view.plane.crowd.items)
    panel.acted.emit(SetTestPoints(True))
    assert len(panel.view.plane.crowd.items) == 2 * count


def test_numbers_have_the_colour_of_the_answer_itself(panel_of):
    panel = panel_of("plane")
    answer = say.output_at(panel.store.state, 0, [(5.6, 4.2)])[0]
    assert near(color_at(panel, 5.6, 4.2), value_color(float(answer)).getRgb()[:3])
    assert panel.view.plane.contour.path().isEmpty()


def test_a_curve_is_drawn_where_the_network_answers(panel_of):
    panel = panel_of("sine")
    path = panel.view.plane.curve.path()
    assert path.elementCount() == 201
    at = path.elementAt(150)  # three quarters across: x = −1.25 + 0.75 * 2.5 = 0.625
    answer = say.output_at(panel.store.state, 0, [(0.625, 0.0)])[0]
    assert at.y == pytest.approx((1.25 - answer) / 2.5 * SIDE, abs=0.5)


def test_the_probe_rides_on_the_curve(panel_of):
    panel = panel_of("sine")
    panel.acted.emit(MoveProbe(0.4, -1.0))
    answer = say.output_at(panel.store.state, 0, [(0.4, 0.0)])[0]
    at = panel.view.plane.probe.root.pos()
    assert (at.x(), at.y()) == pytest.approx(((0.4 + 1.25) / 2.5 * SIDE, (1.25 - answer) / 2.5 * SIDE))


def test_playgrounds_answers_are_white_half_way_between_them(put):
    link = playground.opened("https://playground.tensorflow.org/#dataset=gauss&seed=0.5&networkShape=2")
    panel = put(SurfacePanel, opening(link.experiment), SIDE, SIDE)
    state = panel.store.state
    assert say.threshold(state)[0] == 0.0  # between −1 and 1
    answer = say.output_at(state, 0, [(4.0, -4.9)])[0]
    assert near(color_at(panel, 4.0, -4.9), value_color(float(answer)).getRgb()[:3])


def pixels(panel):
    image = panel.grab().toImage()
    return np.frombuffer(image.constBits(), np.uint8).astype(int)


def test_many_points_are_kept_as_pixels_and_drawn_as_paths(panel_of):
    """600 circles in one path take a tenth of a second to paint: a frame must not pay for them again."""
    panel = panel_of("circle", 5)
    items = panel.view.plane.crowd.items
    kept = QGraphicsItem.CacheMode.DeviceCoordinateCache
    assert {item.cacheMode() for item in items} == {kept}
    before = pixels(panel)
    with as_paths(panel):
        assert {item.cacheMode() for item in items} == {QGraphicsItem.CacheMode.NoCache}
        away = np.abs(pixels(panel) - before)
    assert away.max() <= 2  # what is blended twice is rounded twice
    assert {item.cacheMode() for item in items} == {kept}
    assert svg(panel).count(b"<image") == 1  # the answers alone


def test_a_crowd_is_not_made_anew_while_training(panel_of):
    panel = panel_of("circle", 5)
    items = panel.view.plane.crowd.items
    state = panel.store.state
    panel.show_state(state, replace(state, frame=state.frame._replace()))
    assert panel.view.plane.crowd.items is items
