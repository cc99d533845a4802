"""The activation panel shows what one unit does to its sums."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from netviz.core.activations import ACTIVATIONS
from netviz.session import selectors
from netviz.session.actions import MoveProbe, Select
from netviz.session.experiment import with_value
from netviz.session.presets import PRESETS
from netviz.session.state import FASTEST, UnitId
from netviz.session.text import shown, signed
from netviz.views.drawing.plots import Text
from netviz.views.panels.activation import INPUT, ActivationPanel, axes, reach_of
from tests.views.seen import shades

XOR = PRESETS["xor"].experiment


def test_without_a_selection_it_shows_the_first_hidden_unit(put, trained):
    panel = put(ActivationPanel, trained(172))
    assert panel.title.text() == "h₁, with: ReLU"
    assert panel.character.text() == ACTIVATIONS["relu"].character


def test_the_probe_is_on_the_curve_with_its_sum_and_value(put, trained):
    state = trained(172)
    panel = put(ActivationPanel, state)
    z = selectors.sums_at(state, 0, (1.0, 0.0))[1][0]  # -0.94 + 0.11 = -0.83: off
    assert panel.reading.text() == f"z {signed(z)} → 0.00"
    assert panel.reading.text() == "z −0.83 → 0.00"
    spot = panel.chart.at(z, 0)
    assert (panel.dot.rect().center() - spot).manhattanLength() < 0.01


@pytest.mark.parametrize("unit", [UnitId(0, 1, 1), UnitId(1, 1, 0), UnitId(1, 2, 0)])
def test_it_follows_the_selection(put, trained, unit):
    state = trained(60)
    panel = put(ActivationPanel, state)
    panel.store.dispatch(Select(unit))
    name = selectors.unit_name(state, unit)
    value = selectors.values_at(state, unit.twin, state.probe)[unit.layer][unit.index]
    assert panel.title.text().startswith(f"{name}, {selectors.side(unit.twin)}: ")
    assert panel.reading.text().endswith(f"→ {shown(value)}")


def test_it_follows_the_probe(put, trained):
    panel = put(ActivationPanel, trained(172))
    panel.store.dispatch(MoveProbe(0.0, 1.0))
    state = panel.store.state
    z = selectors.sums_at(state, 0, (0.0, 1.0))[1][0]
    assert panel.reading.text() == f"z {signed(z)} → {shown(max(0.0, z))}"


def test_the_training_points_are_on_the_curve_with_their_targets(put, trained):
    state = trained(60)
    panel = put(ActivationPanel, state)
    corners = [(0, 0), (0, 1), (1, 0), (1, 1)]
    for point, corner, target in zip(panel.points, corners, (0, 1, 1, 0), strict=True):
        z = selectors.sums_at(state, 0, corner)[1][0]
        shape = point.circle if target else point.square
        assert shape.isVisible()
        assert point.digit.text() == str(target)
        assert (shape.rect().center() - panel.chart.at(z, max(0.0, z))).manhattanLength() < 0.01


def test_many_points_that_race_by_are_stamped_and_look_like_those_at_rest(put, trained):
    spiral = trained(30, PRESETS["spiral"].experiment)
    resting, racing = (
        put(ActivationPanel, one) for one in (spiral, replace(spiral, playing=True, speed=FASTEST))
    )
    assert (len(resting.points), resting.crowd.isVisible()) == (len(selectors.points(spiral).x), False)
    assert (len(racing.points), racing.crowd.isVisible()) == (0, True)
    seen = [shades(panel.chart.grab()) for panel in (resting, racing)]
    racing.crowd.setVisible(False)
    off, all_of_them = (np.abs(seen[0] - other).mean() for other in (seen[1], shades(racing.chart.grab())))
    assert off < 0.3 * all_of_them  # each mark is half a pixel off at most
    racing.show_state(racing.store.state, spiral)
    assert (len(racing.points), racing.crowd.isVisible()) == (len(resting.points), False)


@pytest.mark.parametrize(
    "activation", [row for row in ACTIVATIONS.values() if row.trainable], ids=lambda a: a.name
)
def test_every_activation_is_drawn_with_its_slope(put, trained, activation):
    panel = put(ActivationPanel, trained(3, with_value(XOR, "activation", activation.name, 0)))
    z, values = panel.value.across, panel.value.up
    assert values == pytest.approx(activation.value(z))
    assert panel.slope.up == pytest.approx(activation.slope(z))
    assert not panel.formula.picture().isNull()
    assert panel.chart.axes[1].low < values.min()
    assert panel.chart.axes[1].high > values.max()


def test_an_input_has_no_activation(put, trained):
    panel = put(ActivationPanel, replace(trained(0), selected=UnitId(0, 0, 1)))
    assert panel.title.text() == "x₂, with"
    assert panel.character.text() == INPUT
    assert not panel.chart.isVisible()
    assert panel.accessibleName() == INPUT


@pytest.mark.parametrize(("most", "reach"), [(0.3, 2), (2.0, 2), (2.1, 4), (9.0, 16), (np.nan, 2)])
def test_the_axis_doubles_until_all_sums_fit(most, reach):
    assert reach_of(np.array([0.1, -most])) == reach


def test_the_axes_depend_on_the_activation_and_the_reach_alone():
    relu = ACTIVATIONS["relu"]
    assert axes(relu, 2.0) == axes(relu, 2.0)
    across, up = axes(relu, 4.0)
    assert (across.low, across.high) == (-4, 4)
    assert [text for _, text in up.ticks] == ["0", "1", "2", "3", "4"]


def test_an_unchanged_state_draws_nothing(put, trained, monkeypatch):
    state = trained(10)
    panel = put(ActivationPanel, state)
    monkeypatch.setattr(panel, "_show", lambda state: pytest.fail("drawn again"))
    panel.show_state(state, replace(state, log_loss=True))


def test_the_panel_says_what_it_shows(put, trained):
    said = put(ActivationPanel, trained(172)).accessibleName()
    assert said.startswith("h₁ with, ReLU: at the probe the sum −0.83 becomes 0.00.")


def test_sums_of_any_size_have_their_curve_and_readable_ends(put, trained):
    weights = ((((1e100, 1e100), (-1e100, 1e100)), ((1.0, 1.0),)), ((0.0, 0.0), (0.0,)))
    panel = put(ActivationPanel, trained(0, with_value(XOR, "weights", weights)))
    chart, curve = panel.chart, panel.value.path().boundingRect()
    assert curve.height() == pytest.approx(chart.at(0, 0).y() - chart.at(0, chart.axes[0].high).y())
    assert curve.width() == pytest.approx(chart.frame.width())
    ticks = [
        mark[0] for mark in chart._marks if isinstance(mark[0], Text) and mark[0].y() > chart.frame.bottom()
    ]
    seen = [tick.sceneBoundingRect() for tick in ticks if tick.isVisible()]
    assert len(ticks) == 5
    assert len(seen) == 3
    assert not any(a.intersects(b) for a, b in combinations(seen, 2))


@pytest.mark.parametrize("name", ["relu", "identity", "tanh", "sigmoid", "softplus"])
@pytest.mark.parametrize("size", [(309, 408), (688, 528)])
def test_each_curve_is_named_beside_itself(put, trained, name, size):
    panel = put(ActivationPanel, trained(172, with_value(XOR, "activation", name, 0)), *size)
    assert [text.text() for text in panel.names] == ["value", "slope"]
    curves = [panel.chart.points_at(curve.across, curve.up) for curve in (panel.value, panel.slope)]
    for text, own, other in zip(panel.names, curves, curves[::-1], strict=True):
        middle = text.sceneBoundingRect().center().toTuple()
        near, far = (np.hypot(*(points - middle).T).min() for points in (own, other))
        assert near < far
    value, slope = (text.brush().color().name() for text in panel.names)
    assert (value, slope) == (panel.value.pen().color().name(), panel.slope.pen().color().name())
