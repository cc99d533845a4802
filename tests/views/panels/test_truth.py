"""The truth table shows each twin's answers, and its targets can be changed."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPixmap

from netviz.session import selectors
from netviz.session.actions import SetTarget, SetView
from netviz.session.experiment import with_value
from netviz.session.presets import PRESETS
from netviz.session.text import shown
from netviz.views.drawing import score
from netviz.views.drawing.crowd import CLASS_COLORS
from netviz.views.drawing.sheet import Sheet
from netviz.views.panels.truth import COUNTED, TruthPanel
from netviz.views.theme import THEMES, Look

XOR = PRESETS["xor"].experiment


def numbers(panel, twin):
    return [cell.number.text() for cell in panel.cells[twin]]


def marks(panel, twin):
    return [cell.mark.accessibleName() for cell in panel.cells[twin]]


def test_at_epoch_172_the_table_says_what_first_start_shows(put, trained):
    panel = put(TruthPanel, trained(172))
    assert numbers(panel, 0) == ["0.05", "0.97", "0.99", "0.00"]
    assert numbers(panel, 1) == ["0.50"] * 4
    assert marks(panel, 0) == ["right"] * 4
    assert marks(panel, 1) == ["undecided"] * 4


@pytest.mark.parametrize("step", [0, 8, 60])
def test_the_table_follows_the_frame(put, trained, step):
    panel = put(TruthPanel, trained(0))
    state = trained(step)
    panel.show_state(trained(0), state)
    for twin in (0, 1):
        assert numbers(panel, twin) == [shown(value) for value in selectors.outputs(state, twin)]
        assert marks(panel, twin) == list(selectors.answers(state, twin))


def test_a_wrong_answer_has_a_mark_of_its_own(put, trained):
    panel = put(TruthPanel, trained(8))
    assert "wrong" in marks(panel, 0)
    pictures = {mark: picture.data() for (mark, twin), picture in panel.marks.items() if not twin}
    assert pictures["wrong"] != pictures["right"]


@pytest.mark.parametrize("corner", range(4))
def test_a_click_on_a_target_makes_another_gate(put, trained, qtbot, corner):
    panel = put(TruthPanel, trained(0))
    before = (0, 1, 1, 0)[corner]
    qtbot.mouseClick(panel.targets[corner], Qt.MouseButton.LeftButton)
    assert panel.actions == [SetTarget(corner, 1 - before)]
    assert panel.targets[corner].target == 1 - before
    assert selectors.targets(panel.store.state)[corner] == 1 - before


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_a_target_is_changed_from_the_keyboard(put, trained, qtbot, key):
    panel = put(TruthPanel, trained(0))
    assert panel.targets[2].focusPolicy() & Qt.FocusPolicy.TabFocus
    qtbot.keyClick(panel.targets[2], key)
    assert panel.actions == [SetTarget(2, 0)]
    assert panel.targets[2].accessibleName() == "Target of 10: 0"


def test_any_other_key_is_left_alone(put, trained, qtbot):
    panel = put(TruthPanel, trained(0))
    qtbot.keyClick(panel.targets[0], Qt.Key.Key_X)
    assert panel.actions == []


def test_one_twin_can_be_shown_alone(put, trained):
    panel = put(TruthPanel, trained(172))
    panel.store.dispatch(SetView("with"))
    assert not panel.names[1].isVisible()
    assert panel.names[0].isVisible()


@pytest.mark.parametrize("dataset", ["circle", "blobs:6", "plane", "sine"])
def test_many_points_are_counted_instead(put, trained, dataset):
    state = trained(30, with_value(XOR, "dataset", dataset))
    panel = put(TruthPanel, state)
    assert not panel.table.isVisible()
    for twin, found in enumerate(panel.score.scores):
        said, answers = dict(found.rows), selectors.answers(state, twin)
        assert said["loss, training"] == shown(selectors.loss(state, twin), 4)
        assert said["loss, test"] == shown(selectors.test_loss(state, twin), 4)
        if answers:
            assert said["right"].split(" of ")[0] == str(answers.count("right"))
            assert ("wrong" in said) == (dataset != "blobs:6")  # there the grid has the room
            assert sum(map(sum, found.confusion)) == 100  # half of 200 points are trained on
        else:
            assert said["explained"].endswith(" %")


def test_answers_follow_every_frame_and_counts_as_fast_as_they_are_read(put, trained):
    assert put(TruthPanel, trained(30)).pace == 0
    assert put(TruthPanel, trained(30, with_value(XOR, "dataset", "circle"))).pace == COUNTED


@pytest.mark.parametrize("classes", [3, 4, 5, 6])
def test_the_confusion_grid_has_room_for_every_number_of_classes(put, trained, classes):
    """In the column at 1920x1080 the table is 433 x 328 px."""
    panel = put(TruthPanel, trained(0, with_value(XOR, "dataset", f"blobs:{classes}")), 433, 328)
    picture = panel.grab().toImage()
    seen = {picture.pixelColor(x, y).name() for x in range(433) for y in range(150, 328)}
    assert set(CLASS_COLORS[:classes]) <= seen  # the classes' marks at its sides


@pytest.mark.parametrize("size", [(330, 230), (433, 328), (500, 500)])
@pytest.mark.parametrize("dataset", ["circle", "blobs:3", "blobs:6"])
def test_every_number_fits_into_its_cell(put, trained, look, dataset, size):
    found = trained(0, with_value(with_value(XOR, "dataset", dataset), "points", 5000))
    scores, painter = score.scores(found), QPainter(paper := QPixmap(10, 10))
    sheet = Sheet(painter, look)
    cell = score.cell_of(sheet, scores, size[0], size[1] / 2)
    needed = widest(sheet, scores, cell.ems) if cell else 0.0
    painter.end()
    assert not paper.isNull()
    if cell is None:  # too many classes, too large numbers: what would overflow is not drawn
        assert dataset == "blobs:6"
        assert size[0] < 500
        return
    assert needed < cell.wide
    assert len(scores) * (score.columns(scores) + score.BETWEEN) * cell.wide <= size[0] + 1e-9


def widest(sheet, scores, ems):
    numbers = {str(count) for one in scores for row in one.confusion for count in row}
    return max(sheet.width(number, ems, 700) for number in numbers)


def test_what_is_undecided_has_a_column_of_its_own(put, trained):
    flat = with_value(with_value(XOR, "dataset", "circle"), "initializer", "zeros")
    scores = score.scores(trained(0, flat))  # 0 everywhere is a decided 0; one half is not
    assert score.columns(scores) == 2
    several = score.scores(
        trained(0, with_value(with_value(flat, "dataset", "blobs:3"), "loss", "cross_entropy"))
    )
    assert score.columns(several) == 4  # a third of each class everywhere
    assert dict(several[0].rows)["undecided"] == str(sum(row[-1] for row in several[0].confusion)) == "100"


def test_the_confusion_grid_says_which_class_is_taken_for_which(put, trained):
    state = trained(0, with_value(XOR, "dataset", "blobs:3"))
    panel = put(TruthPanel, state)
    taken = selectors.class_outputs(state, 0).argmax(axis=1)
    true = selectors.targets(state)
    assert panel.score.scores[0].confusion[2][0] == sum((true == 2) & (taken == 0))
    assert panel.accessibleName().startswith("with: right ")


def test_an_unchanged_frame_is_not_shown_again(put, trained, monkeypatch):
    state = trained(0)
    panel = put(TruthPanel, state)
    monkeypatch.setattr(panel, "_show_twin", lambda *_: pytest.fail("shown again"))
    panel.show_state(state, replace(state, probe=(0.1, 0.1)))


def test_the_panel_says_what_it_shows(put, trained):
    said = put(TruthPanel, trained(172)).accessibleName()
    assert said == (
        "Targets 0, 1, 1, 0; answers with 0.05, 0.97, 0.99, 0.00 (all right); "
        "without 0.50, 0.50, 0.50, 0.50 (all undecided)."
    )


def test_in_a_page_of_its_own_the_table_takes_the_room_and_keeps_its_marks(put, trained):
    panel = put(TruthPanel, trained(172), 688, 440)
    small, wide = Look(THEMES["projector"], 20, "compact"), Look(THEMES["light"], 21, "wide")
    panel.set_look(small)
    panel.layout().activate()
    assert panel.look.em > 1.4 * small.em
    assert panel.rect().contains(panel.foot.geometry())
    assert panel.foot.geometry().bottom() > 0.7 * panel.height()
    panel.resize(400, 440)
    assert panel.look.em < 1.4 * small.em
    assert not any(cell.mark.picture().isNull() for cells in panel.cells for cell in cells)
    panel.set_look(wide)
    assert panel.look.em < 1.2 * wide.em
    panel.resize(1878, 858)  # it fills the window
    assert panel.look.em > 2 * wide.em


@pytest.mark.parametrize(("dataset", "least"), [("circle", 1.9), ("blobs:6", 1.5)])
def test_in_a_page_of_its_own_counts_and_grids_are_larger(put, trained, monkeypatch, dataset, least):
    look = Look(THEMES["light"], 15, "tabs")
    panel = put(
        TruthPanel, trained(30, with_value(PRESETS["blobs"].experiment, "dataset", dataset)), 688, 528
    )
    panel.set_look(look)
    assert panel.score.look.em > least * look.em
    drawn = []
    monkeypatch.setattr(panel.score, "_grid", lambda sheet, one, at, cell: drawn.append((one.twin, at, cell)))
    panel.layout().activate()
    panel.grab()
    assert [twin for twin, *_ in drawn] == [0, 1]  # and the grids have room still
    assert all(at.y() + (panel.score.classes + 1) * cell.high < panel.score.height() for _, at, cell in drawn)
    panel.resize(309, 222)  # the column
    panel.set_look(look._replace(layout="wide"))
    assert panel.score.look.em == look.em
