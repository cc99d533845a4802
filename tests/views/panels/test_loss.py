"""The loss chart shows the losses of the frame, in axes that stay, and says what a flat surface cannot do."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QMouseEvent

from netviz.core.tables import Table
from netviz.session import selectors
from netviz.session.actions import Reset, SetLogLoss, SetView
from netviz.session.experiment import with_value
from netviz.session.instruments.loss_reading import loss_text
from netviz.session.presets import PRESETS
from netviz.session.state import UnitId, opening
from netviz.views.panels.loss import LossPanel, crossed, epoch_axis

XOR = PRESETS["xor"].experiment
AND = with_value(XOR, "dataset", "gate:0001")
WILD = with_value(XOR, "learning_rate", 5.0)
WEIGHTS = ((((-2.0, 1.0), (3.0, -2.0)), ((2.0, -1.0),)), ((0.5, 0.75), (1.5,)))
HIGH = with_value(with_value(XOR, "weights", WEIGHTS), "learning_rate", 0.05)


def texts(panel):
    return [items.label.text() for items in panel.twins if items.label.isVisible()]


def boxes(panel):
    found = [QRectF(items.label.pos(), items.label.boundingRect().size()) for items in panel.twins]
    return [
        *found,
        QRectF(panel.words.pos(), panel.words.boundingRect().size()),
        QRectF(panel.log.geometry()),
    ]


def test_at_epoch_172_the_labels_say_what_first_start_shows(put, trained):
    panel = put(LossPanel, trained(172))
    assert texts(panel) == ["with 0.001", "without 0.250"]
    assert panel.title.text() == "How wrong? Mean squared error"
    assert panel.words.text() == "no flat surface gets below ¼"


@pytest.mark.parametrize("step", [0, 8, 60])
def test_the_labels_are_the_losses_of_a_fresh_forward_pass(put, trained, step):
    state = trained(step)
    panel = put(LossPanel, state)
    assert texts(panel) == [f"with {selectors.loss(state, 0):.3f}", f"without {selectors.loss(state, 1):.3f}"]


def test_a_dot_stands_at_its_epoch_and_loss(put, trained):
    state = trained(60)
    panel = put(LossPanel, state)
    for twin, items in enumerate(panel.twins):
        spot = panel.chart.at(60, selectors.loss(state, twin))
        assert (items.dot.rect().center() - spot).manhattanLength() < 0.01


def test_the_curve_is_the_history(put, trained):
    state = trained(172)
    panel = put(LossPanel, state)
    x, y = panel.twins[0].curve.across, panel.twins[0].curve.up
    assert x.tolist() == list(range(173))
    assert y == pytest.approx(state.history.rows[:, 0])


@pytest.mark.parametrize("width", [300, 440, 1200])
def test_of_many_epochs_a_curve_draws_no_more_than_its_pen_can_show(put, trained, width):
    panel = put(LossPanel, trained(9000))
    panel.resize(width, 500)
    pen, room = panel.twins[0].curve.pen().widthF(), panel.chart.frame.width()
    points = panel.twins[0].curve.across
    assert room / pen < len(points) <= 2 * 2 * room / pen  # a low and a high in half a pen's width
    loss = panel.store.state.history.rows[:, 0]
    assert panel.twins[0].curve.up.max() == loss.max()
    assert panel.twins[0].curve.up.min() == loss.min()


@pytest.mark.parametrize(("furthest", "high"), [(0, 300), (300, 300), (301, 600), (1000, 1200), (2401, 4800)])
def test_the_epoch_axis_doubles_and_never_slides(furthest, high):
    axis = epoch_axis(furthest)
    assert (axis.low, axis.high) == (0, high)
    assert axis.ticks[-1][0] == high


def test_the_axes_stay_while_training(put, trained):
    panel = put(LossPanel, trained(0))
    before = panel.chart.axes
    panel.show_state(None, trained(172))
    assert panel.chart.axes == before
    assert [axis[:2] for axis in panel.chart.axes] == [(0, 300), (0, 1)]


@pytest.mark.parametrize("step", [0, 1, 8, 30, 60, 100, 172, 290, 300, 1000])
@pytest.mark.parametrize("log", [False, True])
def test_no_label_covers_another(put, trained, step, log):
    panel = put(LossPanel, replace(trained(step), log_loss=log))
    assert not any(one.intersects(other) for one, other in combinations(boxes(panel), 2))
    assert all(panel.chart.frame.contains(box) for box in boxes(panel))


def test_below_the_floor_is_tinted_from_the_start(put, trained):
    panel = put(LossPanel, trained(0))
    assert panel.region.isVisible()
    assert panel.region.rect().top() == pytest.approx(panel.chart.at(0, 0.25).y())


def test_another_gate_has_another_floor(put, trained):
    panel = put(LossPanel, trained(5, AND))  # D = 1 for AND: the floor is 1/16
    assert panel.words.text() == "no flat surface gets below 1/16"


def test_of_what_a_flat_surface_can_do_the_chart_says_so(put, trained):
    panel = put(LossPanel, trained(5, with_value(XOR, "dataset", "gate:0011")))
    assert panel.words.text() == "a flat surface can reach 0"
    assert panel.region.rect().height() == pytest.approx(0)


def test_where_a_line_separates_the_classes_the_loss_only_nears_0(put, trained):
    panel = put(LossPanel, trained(5, PRESETS["gauss"].experiment))
    assert panel.words.text() == "a flat surface comes ever nearer to 0"


def test_several_classes_have_a_floor_too(put, trained):
    noisy = with_value(PRESETS["blobs"].experiment, "noise", 50.0)
    panel = put(LossPanel, trained(5, noisy))
    least = selectors.affine_floor(panel.state)
    assert panel.words.text() == f"no flat surface gets below {least:.3f}"
    assert panel.region.rect().top() == pytest.approx(panel.chart.at(0, least).y())


@pytest.mark.parametrize("name", ["blobs", "gauss", "moons", "sine"])
@pytest.mark.parametrize("step", [5, 60, 400])
def test_no_curve_runs_through_the_words_about_the_floor(put, trained, name, step):
    panel = put(LossPanel, trained(step, PRESETS[name].experiment))
    words = QRectF(panel.words.pos(), panel.words.boundingRect().size())
    curves = np.concatenate([panel._samples(items.curve) for items in panel.twins])
    assert panel.words.isVisible()
    assert crossed(words.adjusted(2, 4, -2, -4), curves) == 0


def test_behind_a_curved_output_nothing_is_said_of_a_floor(put, trained):
    panel = put(LossPanel, trained(5, with_value(XOR, "output_activation", "tanh")))
    assert not panel.region.isVisible()
    assert not panel.words.isVisible()


def test_a_loss_above_one_is_an_arrow_with_its_number(put, trained):
    start = put(LossPanel, trained(0, HIGH))
    value = selectors.loss(start.state, 0)
    assert value > 1
    assert texts(start)[0] == f"with {value:.3f}↑"
    later = put(LossPanel, trained(30, HIGH))
    assert later.twins[0].peak.text() == f"{value:.2f}"
    assert later.twins[0].arrow.isVisible()


def test_a_stopped_twin_says_so(put, trained):
    panel = put(LossPanel, trained(60, WILD))
    assert "without stopped" in texts(panel)
    y = panel.twins[1].curve.up
    assert np.isnan(y[-1])


def test_the_switch_makes_the_scale_logarithmic(put, trained, qtbot):
    panel = put(LossPanel, trained(1000))
    qtbot.mouseClick(panel.log, Qt.MouseButton.LeftButton)
    assert panel.actions == [SetLogLoss(True)]
    assert panel.log.isChecked()
    assert panel.chart.axes[1][:2] == (-8, 0)
    assert texts(panel)[0].startswith("with 1.")
    assert texts(panel)[0].endswith("⁻²⁹↓")


def test_one_twin_can_be_shown_alone(put, trained):
    panel = put(LossPanel, trained(172))
    panel.store.dispatch(SetView("without"))
    assert texts(panel) == ["without 0.250"]
    assert not panel.twins[0].curve.isVisible()


def test_the_crosshair_reads_an_epoch_and_both_losses(put, trained):
    state = trained(172)
    panel = put(LossPanel, state)
    spot, none = panel.chart.at(100, 0.5), Qt.MouseButton.NoButton
    panel.chart.mouseMoveEvent(
        QMouseEvent(QEvent.Type.MouseMove, spot, spot, none, none, Qt.KeyboardModifier.NoModifier)
    )
    first, second = state.history.rows[100]
    assert panel.crosshair.readout.text() == f"epoch 100   with {first:.3f}   without {second:.3f}"
    panel.chart.leaveEvent(None)
    assert not panel.crosshair.readout.isVisible()


def test_beyond_the_run_there_is_nothing_to_read(put, trained):
    panel = put(LossPanel, trained(10))
    panel.chart.hovered.emit(200.0)
    assert not panel.crosshair.readout.isVisible()


def test_an_unchanged_state_draws_nothing(put, trained, monkeypatch):
    state = trained(10)
    panel = put(LossPanel, state)
    monkeypatch.setattr(panel, "_show", lambda state: pytest.fail("drawn again"))
    panel.show_state(state, replace(state, probe=(0.5, 0.5)))


def test_the_panel_says_what_it_shows(put, trained):
    state = trained(172)
    said = "Mean squared error at epoch 172: with 0.001, without 0.250; no flat surface gets below ¼."
    assert put(LossPanel, state).accessibleName() == said


@pytest.mark.parametrize(
    ("value", "log", "text"),
    [
        (0.25, False, "0.250"),
        (1e-9, False, "0.000"),
        (1.1e-29, True, "1.1·10⁻²⁹"),
        (float("nan"), True, "stopped"),
    ],
)
def test_losses_are_read_as_people_write_them(value, log, text):
    assert loss_text(value, log) == text


@pytest.mark.parametrize("layer", [1, 2])
def test_a_selected_unit_divides_the_loss_into_its_two_gaps(put, trained, layer):
    state = trained(40)
    panel = put(LossPanel, replace(state, selected=UnitId(0, layer, 0)))
    lost, floor = selectors.loss(state, 0), selectors.readout_floor(state, 0)
    told = [gap.words.text().replace("\n", " ") for gap in panel.gaps._gaps if gap.words.isVisible()]
    assert told == [
        f"not fitted yet {lost - floor:.3f}",
        f"not representable with this hidden layer {floor:.3f}",
    ]
    ends = [panel.chart.at(40, value).y() for value in (lost, floor, 0.0)]
    bars = [gap.bar.line() for gap in panel.gaps._gaps]
    assert [bars[0].y1(), bars[0].y2(), bars[1].y2()] == pytest.approx(ends)
    assert told[0] in panel.sentence(panel.store.state)


@pytest.mark.parametrize("selected", [None, UnitId(0, 0, 1)])
def test_without_a_hidden_or_output_unit_there_are_no_gaps(put, trained, selected):
    panel = put(LossPanel, replace(trained(40), selected=selected))
    assert not any(item.isVisible() for gap in panel.gaps._gaps for item in gap)


def test_the_run_that_a_change_cut_short_stays_as_a_ghost(put, trained):
    state = trained(200)
    parted = replace(state, ghost=state.history, history=state.history.until(60), furthest=60)
    panel = put(LossPanel, parted, 900)
    ghost = panel.twins[0].ghost
    assert list(ghost.up) == pytest.approx(list(state.history.rows[:, 0]))
    assert 0 < ghost.pen().color().alphaF() < 1
    panel.store.dispatch(Reset())
    assert len(panel.twins[0].ghost.up) == 0


@pytest.mark.parametrize("seed", [1, 8, 11, 19])
@pytest.mark.parametrize("width", [309, 430, 900])
def test_the_floors_words_keep_off_the_bars_and_the_curves(put, trained, seed, width):
    state = trained(3000, with_value(XOR, "seed", seed))
    panel = put(LossPanel, replace(state, selected=UnitId(0, 1, 0)), width, 400)
    words = panel.words.sceneBoundingRect().adjusted(0, 3, 0, -3)
    for gap in panel.gaps._gaps:
        bar = gap.bar.line()
        assert not (words.left() < bar.x1() < words.right() and min(bar.y1(), bar.y2()) < words.top() + 1)
    assert not any(
        words.top() < panel.chart.at(0, selectors.loss(state, t)).y() < words.bottom() for t in (0, 1)
    )


def test_of_too_many_points_it_says_that_no_floor_is_sought(put, trained):
    """Newton's method over more than 5,000 points would take seconds; a squared error's floor does not."""
    rows = np.random.default_rng(0).normal(size=(8000, 2))
    values = np.column_stack([rows, rows[:, 0] > 0])  # 8 of 10 rows, 6,400, are trained on
    state = opening(with_value(XOR, "csv", Table("many.csv", ("a", "b"), "side", ("left", "right"), values)))
    panel = put(LossPanel, state)
    assert panel.words.text() == "no floor sought above 5\u2009000 points"
    assert panel.words.isVisible()
    assert not panel.floor.isVisible()
    assert not panel.region.isVisible()


@pytest.mark.parametrize("step", [26, 60, 100])
@pytest.mark.parametrize(("em", "width", "height"), [(21, 432, 391), (15, 309, 280)])
def test_scrubbed_back_no_label_lies_on_the_curves_that_go_on(put, trained, em, width, height, step):
    run = trained(172)
    panel = put(LossPanel, run, width, height)
    panel.set_look(panel.look._replace(em=em))
    then = trained(step)
    state = replace(run, frame=then.frame, playhead=step)
    panel.show_state(run, state)
    labels = [QRectF(one.label.pos(), one.label.boundingRect().size()) for one in panel.twins]
    curves = np.concatenate([panel._samples(items.curve) for items in panel.twins])
    assert state.step == step < state.furthest
    assert [crossed(label.adjusted(1, 3, -1, -3), curves) for label in labels] == [0, 0]
    words = QRectF(panel.words.pos(), panel.words.boundingRect().size()).adjusted(0, 2, 0, -2)
    assert not any(label.intersects(words) for label in labels)


@pytest.mark.parametrize(
    ("em", "width"), [(15.4, 308), (21.6, 448), (43.2, 900)], ids=["1366", "1920", "3840"]
)
@pytest.mark.parametrize("row", [("xor", 30), ("xor", 172), ("stalls", 1000), ("blobs", 600), ("moons", 600)])
def test_over_an_instrument_every_label_stands_free_beside_its_dot(put, trained, em, width, row):
    state = replace(trained(row[1], PRESETS[row[0]].experiment), selected=UnitId(0, 1, 0))
    panel = put(LossPanel, state, width, round(13 * em))  # as low as it is there
    panel.set_look(panel.look._replace(em=em))
    panel.layout().activate()  # the title has become one line
    words = [panel.words, *(gap.words for gap in panel.gaps._gaps if gap.words.isVisible())]
    said = [QRectF(one.pos(), one.boundingRect().size()).adjusted(0, 0.1 * em, 0, -0.1 * em) for one in words]
    labels = [QRectF(one.label.pos(), one.label.boundingRect().size()) for one in panel.twins]
    curves = np.concatenate([panel._samples(items.curve) for items in panel.twins])
    assert not any(one.intersects(other) for one, other in combinations([*labels, *said], 2))
    assert [crossed(label.adjusted(2, 4, -2, -4), curves) for label in labels] == [0, 0]
    dots = [twin.dot.rect().center() for twin in panel.twins]
    away = [
        abs(label.center().y() - dot.y()) / label.height() for label, dot in zip(labels, dots, strict=True)
    ]
    assert max(away) < 2  # rows


def test_the_line_of_the_readout_floor_does_not_run_through_the_words(put, trained):
    panel = put(LossPanel, replace(trained(0), selected=UnitId(0, 1, 0)), 640, 500)
    words, line = panel.words.sceneBoundingRect(), panel.gaps.line
    assert line == pytest.approx(panel.chart.at(0, selectors.readout_floor(panel.state, 0)).y())  # 0.196
    assert not words.top() < line < words.bottom()
