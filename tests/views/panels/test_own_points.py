"""Own points are put, dragged and erased on the surface by hand; each can be undone."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from netviz.core.own import own_name
from netviz.core.tables import Table
from netviz.session import engine
from netviz.session import selectors as say
from netviz.session.actions import EditPoints, Escape, OpenPanel, SetBrush, SetOwn, Undo
from netviz.session.document import Document
from netviz.session.experiment import with_value
from netviz.session.files import decode, encode
from netviz.session.presets import PRESETS
from netviz.session.putting import points_in_hand
from netviz.session.state import opening
from netviz.session.store import Store
from netviz.views.panels.data import FIRST, HOW, DataPanel
from netviz.views.panels.surface import SurfacePanel

XOR = PRESETS["xor"].experiment
SIDE = 424
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


def opened(dataset):
    return opening(with_value(XOR, "dataset", dataset))


@pytest.fixture
def panel(put):
    made = put(SurfacePanel, opened("gauss"), SIDE, SIDE)
    made.store.dispatch(EditPoints(True))
    made.store.dispatch(SetOwn((), "erase all"))
    return made


def at(panel, x, y):
    low, high = say.box(panel.store.state)
    return QPoint(round((x - low) / (high - low) * SIDE), round((high - y) / (high - low) * SIDE))


def drag(qtbot, panel, start, end):
    port = panel.view.viewport()
    qtbot.mousePress(port, LEFT, pos=at(panel, *start))
    for share in (0.5, 1.0):
        there = QPointF(at(panel, *(a + share * (b - a) for a, b in zip(start, end, strict=True))))
        none, no_keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(port, QMouseEvent(QEvent.Type.MouseMove, there, there, none, LEFT, no_keys))
    qtbot.mouseRelease(port, LEFT, pos=at(panel, *end))


def own(panel):
    return panel.store.state.experiment.base.own


def test_a_click_adds_a_point_of_the_chosen_class_and_undo_takes_it_back(panel, qtbot):
    qtbot.mouseClick(panel.view.viewport(), LEFT, pos=at(panel, 2, 3))
    assert own(panel)[0] == pytest.approx((2, 3, 1), abs=0.02)  # a pixel is 12 / 424 = 0.028
    panel.store.dispatch(SetBrush(0.0))
    qtbot.mouseClick(panel.view.viewport(), LEFT, pos=at(panel, -2, -3))
    assert [point[2] for point in own(panel)] == [1, 0]
    data = engine.points(panel.store.state.experiment.base)
    assert data.y.ravel().tolist() == [1, 0]
    panel.store.dispatch(Undo())
    assert len(own(panel)) == 1


def test_a_drag_moves_the_point_under_the_hand_and_is_one_undo(panel, qtbot):
    panel.store.dispatch(SetOwn(((2.0, 3.0, 1.0), (-2.0, -3.0, 0.0)), "two"))
    drag(qtbot, panel, (2, 3), (4, -1))
    assert own(panel)[0] == pytest.approx((4, -1, 1), abs=0.02)
    assert own(panel)[1] == (-2.0, -3.0, 0.0)
    panel.store.dispatch(Undo())
    assert own(panel)[0] == (2.0, 3.0, 1.0)


@pytest.mark.parametrize("how", ["right click", "delete"])
def test_a_point_is_erased(panel, qtbot, how):
    panel.store.dispatch(SetOwn(((2.0, 3.0, 1.0), (-2.0, -3.0, 0.0)), "two"))
    if how == "right click":
        qtbot.mouseClick(panel.view.viewport(), RIGHT, pos=at(panel, 2, 3))
    else:
        qtbot.mouseClick(panel.view.viewport(), LEFT, pos=at(panel, 2, 3))
        qtbot.keyClick(panel.view, Qt.Key.Key_Delete)
    assert own(panel) == ((-2.0, -3.0, 0.0),)


def test_without_editing_the_same_click_moves_the_probe(panel, qtbot):
    panel.store.dispatch(Escape())
    assert panel.store.state.brush is None
    qtbot.mouseClick(panel.view.viewport(), LEFT, pos=at(panel, 2, 3))
    assert own(panel) == ()
    assert panel.store.state.probe == pytest.approx((2, 3), abs=0.02)


@pytest.mark.parametrize(("brush", "dataset", "outputs"), [(1, "own", 1), (2, "own:3", 3), (5, "own:6", 6)])
def test_another_class_brings_its_output(panel, qtbot, brush, dataset, outputs):
    panel.store.dispatch(SetBrush(float(brush)))
    qtbot.mouseClick(panel.view.viewport(), LEFT, pos=at(panel, 1, 1))
    settings = panel.store.state.experiment.base
    assert settings.dataset == dataset
    assert engine.network(settings).sizes[-1] == outputs


@pytest.mark.parametrize("dataset", ["xor", "circle", "blobs:4", "plane"])
def test_editing_begins_with_the_points_that_are_there(dataset):
    store = Store(opened(dataset))
    before = say.points(store.state)
    experiment, playhead = store.state.experiment, store.state.playhead
    store.dispatch(EditPoints(True))
    assert say.editing(store.state)
    assert (store.state.experiment, store.state.playhead) == (experiment, playhead)
    held = points_in_hand(experiment.base)
    store.dispatch(SetOwn((*held[:-1], (*held[-1][:2], 1.0)), "first"))
    after = say.points(store.state)
    assert np.array_equal(after.x, before.x)
    assert np.array_equal(after.y[:-1], before.y[:-1])
    assert (after.low, after.high) == (before.low, before.high)
    assert not len(after.test_x)
    store.dispatch(Undo())
    assert store.state.experiment == experiment


def test_another_panel_ends_editing_for_its_palette_is_gone():
    store = Store(opened("xor"))
    store.dispatch(EditPoints(True))
    store.dispatch(OpenPanel("fold"))
    assert not say.editing(store.state)


def test_the_first_point_makes_the_corners_own_points_and_one_undo_gives_them_back(put, qtbot):
    panel = put(SurfacePanel, opened("xor"), SIDE, SIDE)
    panel.store.dispatch(EditPoints(True))
    qtbot.mouseClick(
        panel.view.viewport(), LEFT, pos=at(panel, 0, 1)
    )  # taking hold of a corner changes nothing
    assert panel.store.state.experiment.base.dataset == "xor"
    qtbot.mouseClick(panel.view.viewport(), LEFT, pos=at(panel, 0.5, 0.5))
    assert len(own(panel)) == 5
    panel.store.dispatch(Undo())
    assert panel.store.state.experiment == XOR


def test_a_line_is_bent_by_dragging_points_of_its_curve(put, qtbot):
    panel = put(SurfacePanel, opened("sine"), SIDE, SIDE)
    drawn = say.points(panel.store.state)
    panel.store.dispatch(EditPoints(True))
    kept = say.points(panel.store.state)
    assert np.array_equal(kept.x, drawn.x)
    assert np.array_equal(kept.y, drawn.y)
    assert (kept.low, kept.high) == (drawn.low, drawn.high)
    assert say.settings(panel.store.state, 0).features == ("x",)
    panel.store.dispatch(SetOwn(((0.5, 0.25, 0.0),), "leave one"))
    assert panel.store.state.experiment.base.dataset == "own:curve"
    drag(qtbot, panel, (0.5, 0.25), (0.75, -1.0))
    (x, y, answer) = panel.store.state.experiment.base.own[0]
    assert (x, y) == pytest.approx((0.75, -1.0), abs=0.01)
    assert answer == y  # the height is what is to be answered
    assert panel.store.state.past[-1].label == "move a point"
    qtbot.mouseClick(panel.view.viewport(), LEFT, pos=at(panel, -1.0, 1.0))
    data = say.points(panel.store.state)
    assert data.x[:, 1].tolist() == data.y[:, 0].tolist()
    assert len(data.x) == 2
    qtbot.mouseClick(panel.view.viewport(), RIGHT, pos=at(panel, -1.0, 1.0))
    assert len(say.points(panel.store.state).x) == 1


def test_an_own_curve_needs_no_brush(put):
    panel = put(DataPanel, opened("sine"))
    panel.store.dispatch(EditPoints(True))
    assert panel.how.isVisibleTo(panel)
    assert not any(brush.isVisibleTo(panel) for brush in panel.brushes)


def test_a_table_of_many_columns_is_not_edited_on_the_plane():
    rows = np.array([[1.0, 2.0, 3.0, 0.0], [2.0, 1.0, 4.0, 1.0], [0.0, 5.0, 1.0, 1.0]])
    table = Table("t.csv", ("a", "b", "c"), "class", ("no", "yes"), rows)
    store = Store(opening(with_value(XOR, "csv", table)))
    before = store.state.experiment
    store.dispatch(EditPoints(True))
    assert store.state.experiment is before
    assert store.state.message.startswith("A table of more than two inputs")


def test_what_the_next_point_is_comes_into_sight_as_editing_begins(put):
    """In the column at 1366x768 the panel is higher than its place."""
    panel = put(DataPanel, opened("gauss"), 420, 400)
    assert not panel.palette_box.isVisible()
    panel.store.dispatch(EditPoints(True))
    panel.column.activate()
    assert panel.rect().contains(panel.palette_box.geometry())
    assert panel.brushes[0].visibleRegion().boundingRect().size() == panel.brushes[0].size()
    assert panel.how.text() == f"{HOW} {FIRST}"
    panel.store.dispatch(SetOwn((), "erase all"))
    assert panel.how.text() == HOW


def test_own_points_train():
    store = Store(opened("gauss"))
    store.dispatch(SetOwn(points_in_hand(store.state.experiment.base), "as drawn"))
    experiment = store.state.experiment
    end = engine.advance(engine.Request(experiment, engine.start(experiment).states, until=50))
    assert end.losses.rows[-1][0] < end.losses.rows[0][0]


def test_no_points_at_all_still_open_and_show(panel):
    assert panel.sentence(panel.store.state)
    assert own_name((), "classes") == "own"


def test_own_points_are_kept_in_a_file(panel, qtbot):
    qtbot.mouseClick(panel.view.viewport(), LEFT, pos=at(panel, 2, 3))
    document = Document(panel.store.state.experiment)
    assert decode(encode(document)) == document


def test_the_data_panel_begins_editing_and_chooses_the_class(put, qtbot):
    panel = put(DataPanel, opened("blobs:3"), 430, 900)
    assert not any(brush.isVisible() for brush in panel.brushes)
    qtbot.keyClick(panel.edit, Qt.Key.Key_Space)
    assert say.editing(panel.store.state)
    qtbot.mouseClick(panel.brushes[4], LEFT)
    assert panel.store.state.brush == 4
    assert [brush.isChecked() for brush in panel.brushes] == [False] * 4 + [True, False]
    qtbot.keyClick(panel.edit, Qt.Key.Key_Space)
    assert not panel.brushes[0].isVisible()


def test_numbers_have_five_brushes_from_minus_one_to_one(put, qtbot):
    panel = put(DataPanel, opened("plane"), 430, 900)
    qtbot.keyClick(panel.edit, Qt.Key.Key_Space)
    shown = [brush.value for brush in panel.brushes if brush.isVisible()]
    assert shown == [-1, -0.5, 0, 0.5, 1]


def test_own_points_keep_their_training_share(put, qtbot):
    panel = put(DataPanel, opened("circle"), 430, 900)
    panel.store.dispatch(SetOwn(points_in_hand(panel.store.state.experiment.base), "as drawn"))
    enabled = [key for key, line in panel.lines.items() if line.slider.isEnabled()]
    assert enabled == ["train_fraction", "batch_size"]
    assert panel.drawn.text() == "100 points to train on, 0 to test."
