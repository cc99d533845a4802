"""Inside a neuron: the numbers of the picture, and the walk through a step by real keys and clicks."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt

from netviz.core.tables import Table
from netviz.session.actions import MoveProbe, Select, SetView, Step, Walk
from netviz.session.experiment import with_value
from netviz.session.presets import PRESETS
from netviz.session.state import UnitId, opening
from netviz.views.panels.neuron import PANEL, NeuronPanel, picture
from netviz.views.theme import THEMES, Look

LEFT = Qt.MouseButton.LeftButton
SIZES = ((483, 570), (330, 390), (1880, 940))


def numbers(panel):
    return [row.result for row in panel.sheet.picture.rows]


def words(panel):
    return [line.text.replace("\N{NO-BREAK SPACE}", " ") for line in panel.sheet.picture.lines]


def test_at_epoch_172_it_shows_what_the_picture_shows(put, trained):
    panel = put(NeuronPanel, trained(172))
    shown = panel.sheet.picture
    assert shown.title == "Inside h₁ at the probe (1, 0)"
    assert numbers(panel) == ["−0.94", "0.00", "+0.11", "−0.83"]
    assert shown.rows[0].working == "1 × −0.94"
    assert shown.inside.value == 0.0
    assert words(panel) == [
        "Below zero, ReLU passes nothing on.",
        "h₁ is on where −0.94 x₁ + 0.88 x₂ > −0.11.",
        "Without (identity): −0.30 becomes −0.30.",
    ]
    assert panel.accessibleName().startswith(
        "h₁ at (1, 0): the products add up to −0.94, bias +0.11, sum −0.83"
    )


@pytest.mark.parametrize("step", [0, 8, 60])
def test_it_follows_the_frame(put, trained, step):
    panel = put(NeuronPanel, trained(172))
    state = trained(step)
    panel.show_state(trained(172), state)
    weights = state.frame.states[0].params.layers[0][0]
    told = panel.sheet.picture.inside
    assert [term.weight for term in told.terms] == weights[:-1].tolist()
    assert told.sum == pytest.approx(weights[0] + weights[-1])  # at (1, 0)


def test_it_follows_the_probe_the_selection_and_the_view(put, trained):
    panel = put(NeuronPanel, trained(172))
    panel.store.dispatch(MoveProbe(0.0, 1.0))
    assert numbers(panel)[-1] == "0.99"
    panel.store.dispatch(Select(UnitId(1, 1, 0)))
    assert panel.sheet.picture.inside.activation.name == "identity"
    assert words(panel)[-1] == "With ReLU: 0.99 becomes 0.99."
    panel.store.dispatch(SetView("without"))
    assert words(panel) == ["The identity passes every sum on as it is."]
    panel.store.dispatch(Select(UnitId(1, 0, 1)))
    assert words(panel) == ["x₂ is an input: it has no weights, it passes on what comes in."]


def test_the_same_state_is_not_drawn_again(put, trained):
    panel = put(NeuronPanel, trained(172))
    before = panel.sheet.picture
    panel.show_state(panel.store.state, replace(panel.store.state, log_loss=True))
    assert panel.sheet.picture is before


def test_enter_walks_through_a_step_and_takes_it(put, trained, qtbot):
    panel = put(NeuronPanel, trained(172))
    qtbot.keyClick(panel, Qt.Key.Key_Return)
    assert panel.sheet.picture.title == "Inside h₁ at (1, 0)"
    assert numbers(panel) == ["−0.94"]
    assert (panel.count.text(), panel.sheet.picture.reached) == ("1 of 12", False)
    for _ in range(4):
        qtbot.keyClick(panel, Qt.Key.Key_Enter)
    assert numbers(panel) == ["−0.94", "0.00", "+0.11", "−0.83", "0.00"]
    assert panel.sheet.picture.reached
    for _ in range(7):
        qtbot.keyClick(panel, Qt.Key.Key_Return)
    assert (panel.next.text(), panel.sheet.picture.title) == ("Do this step", "The update")
    assert numbers(panel)[1] == "0.8795"  # x₂ → h₁: 0.8780 + 0.1 × 0.0151
    assert "0.8780 + 0.1 × 0.0151 0.8795" in panel.accessibleName()
    qtbot.mouseClick(panel.next, LEFT)
    assert panel.actions[-2:] == [Walk(None), Step(1)]
    assert (panel.store.state.playhead, panel.store.state.walk) == (173, None)


def test_back_leads_out_of_the_walk(put, trained, qtbot):
    panel = put(NeuronPanel, trained(172))
    assert not panel.back.isVisible()
    qtbot.mouseClick(panel.next, LEFT)
    qtbot.mouseClick(panel.next, LEFT)
    qtbot.keyClick(panel, Qt.Key.Key_Backspace)
    assert panel.store.state.walk == 0
    qtbot.mouseClick(panel.back, LEFT)
    assert panel.store.state.walk is None
    assert panel.sheet.picture.title == "Inside h₁ at the probe (1, 0)"
    qtbot.keyClick(panel, Qt.Key.Key_Backspace)
    assert panel.actions == [Walk(0), Walk(1), Walk(0), Walk(None)]


def test_while_training_there_is_no_walk(put, trained):
    panel = put(NeuronPanel, replace(trained(172), playing=True, walk=3))
    assert not panel.next.isEnabled()
    assert panel.sheet.picture.reached


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("walk", [None, 4, 11])
def test_it_is_drawn_at_every_size_in_every_theme(put, trained, theme, size, walk):
    panel = put(NeuronPanel, replace(trained(172), walk=walk), *size)
    panel.set_look(Look(THEMES[theme], 21, "wide"))
    picture = panel.grab().toImage()
    assert len({picture.pixel(x, y) for x in range(0, size[0], 7) for y in range(0, size[1], 7)}) > 3


def test_the_dot_stands_where_the_sum_is(put, trained):
    panel = put(NeuronPanel, trained(172))
    off = panel.sheet.grab().toImage()
    panel.store.dispatch(MoveProbe(0.0, 1.0))
    assert panel.sheet.grab().toImage() != off


def test_a_sum_that_left_the_range_has_no_dot(put, trained):
    """Qt would warn of it."""
    panel = put(NeuronPanel, trained(172))
    now = panel.sheet.picture
    panel.sheet.show_picture(now._replace(inside=now.inside._replace(sum=np.nan, value=np.nan)))
    panel.grab()


def test_its_place_is_that_of_the_brief():
    assert (PANEL.title, PANEL.where, PANEL.order, PANEL.key, PANEL.tab, PANEL.door) == (
        "Neuron", "instrument", 41, "1", "Neuron", True,
    )  # fmt: skip


def test_a_tables_probe_says_that_its_numbers_are_scaled():
    values = np.array([[0.967, 3.0, 1.0, 0], [1.2, 2.0, 2.0, 1], [2.05, 4.0, 1.0, 0], [1.1, 3.0, 5.0, 1]])
    table = Table("t.csv", ("height", "width", "depth"), "kind", ("a", "b"), values)
    state = opening(with_value(PRESETS["xor"].experiment, "csv", table))
    assert picture(state).title == "Inside h₁ at (1, 0, 0), scaled"
    one = Table("t.csv", ("height",), "kind", ("a", "b"), values[:, [0, 3]])
    state = opening(with_value(PRESETS["xor"].experiment, "csv", one))
    assert picture(state).title == "Inside h₁ at (1), scaled"
