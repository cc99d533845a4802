"""A CSV file in the real window: dropped, its columns chosen by clicks and keys, learned, and saved again."""

from itertools import combinations, pairwise

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from netviz.app.documents.importing import ImportSheet
from netviz.app.playback import Playback
from netviz.core.tables import Table
from netviz.session import engine
from netviz.session import selectors as say
from netviz.session.actions import OpenPanel, Pause, SetField, SetSpeed, Train, Undo
from netviz.session.exchange.table_export import points_csv
from netviz.session.experiment import with_value
from netviz.session.presets import PRESETS
from netviz.session.state import FASTEST, opening
from netviz.session.tables.choice import built_from
from netviz.views.panels.data import DataPanel

XOR = PRESETS["xor"].experiment
LEFT = Qt.MouseButton.LeftButton
MIDDLES = np.array([[5, 3.4, 1.5, 0.2], [6, 2.8, 4.3, 1.3], [6.6, 3, 5.6, 2]])


@pytest.fixture
def iris(tmp_path):
    """A file of four columns of numbers and one of words, with two rows in error."""
    rng, lines = (
        np.random.default_rng(5),
        ["number,sepal length,sepal width,petal length,petal width,species"],
    )
    for i in range(150):
        cells = ",".join(f"{value:.2f}" for value in MIDDLES[i % 3] + rng.normal(scale=0.3, size=4))
        lines.append(f"{i + 1},{cells},{('setosa', 'versicolor', 'virginica')[i % 3]}")
    lines[17] = lines[17].replace(",", ",abc", 1)
    lines[30] = "1,2,3"
    path = tmp_path / "iris.csv"
    path.write_text("\n".join(lines))
    return path


@pytest.fixture
def window(window_of):
    return window_of(opening(XOR))


@pytest.fixture
def playing(window):
    """The window with its training thread."""
    playback = Playback(window.store)
    yield window
    playback.close()


def drop(window, path):
    """Let go of a file over the window."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    given = (Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPoint(9, 9), *given)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(9, 9), *given))


def sheet_of(qtbot, window) -> ImportSheet:
    """The sheet that is open, once its file is read."""
    (sheet,) = [one for one in window.findChildren(ImportSheet) if one.isVisible()]
    qtbot.waitUntil(lambda: sheet.bar.isHidden() and all(c.isVisible() for c in sheet.checks))
    return sheet


def test_a_dropped_table_is_chosen_learned_and_taken_back(qtbot, playing, iris):
    window = playing
    store = window.store
    drop(window, iris)
    sheet = sheet_of(qtbot, window)
    assert not sheet.isModal()
    assert store.state.experiment == XOR  # nothing changes before Use
    assert [check.text() for check in sheet.checks if check.isChecked()] == [
        "sepal length", "sepal width", "petal length", "petal width",
    ]  # fmt: skip
    assert sheet.told.text() == (
        "148 rows, UTF-8. Every input is scaled to mean 0, spread 1. 2 rows left out: "
        "line 18: 'abc5.08' is not a number; line 31: 3 cells, where 6 are expected."
    ).replace("abc5.08", say_word(iris))
    qtbot.mouseClick(sheet.checks[1], LEFT, pos=QPoint(9, sheet.checks[1].height() // 2))
    assert not sheet.checks[1].isChecked()
    qtbot.keyClick(sheet.use, Qt.Key.Key_Space)
    assert not [one for one in window.findChildren(ImportSheet) if one.isVisible()]
    base = store.state.experiment.base
    assert base.csv.inputs == ("sepal width", "petal length", "petal width")
    assert say.title(store.state) == "netviz: iris.csv, unsaved"
    assert say.undo_label(store.state) == "Undo: open iris.csv"
    before = say.accuracy(store.state, 0)
    store.dispatch(SetField("hidden", (8,)))
    store.dispatch(Train())
    qtbot.waitUntil(lambda: say.accuracy(store.state, 0) > max(0.9, before))
    store.dispatch(Undo())
    store.dispatch(Undo())
    assert store.state.experiment == XOR


def say_word(path):
    """The cell in error as the file has it."""
    return path.read_text().splitlines()[17].split(",")[1]


def test_everything_on_the_sheet_is_reached_by_keys_and_has_a_name(qtbot, window, iris):
    window.documents.open_file(str(iris))
    sheet = sheet_of(qtbot, window)
    reached, at = set(), sheet.focusWidget()
    for _ in range(20):
        reached.add(at)
        qtbot.keyClick(at, Qt.Key.Key_Tab)
        at = sheet.focusWidget()
    named = (sheet.delimiter, sheet.target, sheet.kind, sheet.use, sheet.cancel, *sheet.checks[:5])
    assert set(named) | {sheet.header} <= reached
    assert all(one.accessibleName() for one in named)
    assert sheet.checks[1].accessibleName().startswith("Learn from sepal length, numbers, ")
    qtbot.keyClick(sheet.checks[1], Qt.Key.Key_Space)
    assert sheet.chosen.inputs == (2, 3, 4)
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert window.store.state.experiment == XOR


def test_another_target_and_its_kind_are_chosen(qtbot, window, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("a,b,grade\n" + "".join(f"{i % 7}.5,{i % 5}.25,{i % 3}\n" for i in range(40)))
    window.documents.open_file(str(path))
    sheet = sheet_of(qtbot, window)
    assert (sheet.target.text().strip(), sheet.kind.text().strip()) == ("grade", "classes")
    sheet.kind.options.actions()[1].trigger()
    assert sheet.kind.text().strip() == "a number"
    assert sheet.told.text() == "40 rows, UTF-8. Every column is scaled to mean 0, spread 1."
    sheet.target.options.actions()[0].trigger()
    assert sheet.chosen.target == 0
    assert sheet.chosen.inputs == (1, 2)
    assert sheet.kind.entries == ("a number",)
    assert not sheet.checks[0].isEnabled()
    for check in sheet.checks[1:]:
        qtbot.keyClick(check, Qt.Key.Key_Space)
    assert sheet.told.text() == "Expected at least one input besides the target."
    assert not sheet.use.isEnabled()
    qtbot.keyClick(sheet.checks[2], Qt.Key.Key_Space)
    qtbot.mouseClick(sheet.use, LEFT)
    base = window.store.state.experiment.base
    assert (base.dataset, base.csv.inputs, base.csv.target) == ("csv:curve", ("grade",), "a")


def test_delimiter_and_header_can_be_changed(qtbot, window, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("7;5\n1,5;2,5\n3,5;4,5\n")
    window.documents.open_file(str(path))
    sheet = sheet_of(qtbot, window)
    assert sheet.told.text() == "3 rows, UTF-8, decimal commas. Every column is scaled to mean 0, spread 1."
    assert sheet.delimiter.text().strip() == "semicolon"
    qtbot.keyClick(sheet.header, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not sheet.bar.isVisible())
    assert [check.text() for check in sheet.checks] == ["7", "5"]
    sheet.delimiter.options.actions()[2].trigger()
    qtbot.waitUntil(lambda: not sheet.bar.isVisible())
    assert sheet.told.text().startswith("t.csv: it has one column only")
    assert not sheet.use.isEnabled()
    sheet.delimiter.options.actions()[1].trigger()
    qtbot.waitUntil(sheet.use.isEnabled)
    sheet.close()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "t.csv: no such file or directory."),
        (b"", "t.csv: it is empty."),
        (b"\x89PNG\r\n\x1a\n\0\0", "t.csv: it is no text."),
        (b"a,b\nx,y\nz,w\n", "t.csv: none of its columns holds numbers."),
        (b"a,who\n1,u\n2,u\n", '"who" is the same in every row: there is nothing to learn.'),
    ],
)
def test_a_file_that_is_no_table_says_why_on_the_sheet(qtbot, window, tmp_path, content, sentence):
    path = tmp_path / "t.csv"
    if content is not None:
        path.write_bytes(content)
    window.documents.open_file(str(path))
    sheet = sheet_of(qtbot, window)
    assert sheet.told.text() == sentence
    assert not sheet.use.isEnabled()
    sheet.close()


def big(tmp_path, rows=100_000):
    """A file of many rows, a quarter of them of chance, so that no network ever has learned it."""
    path, rng = tmp_path / "big.csv", np.random.default_rng(1)
    values = rng.normal(size=(rows, 4)).round(3)
    kinds = np.where(values[:, 0] + values[:, 2] + rng.normal(size=rows) > 0, "yes", "no")
    path.write_text("a,b,c,d,kind\n" + "".join(
        f"{a},{b},{c},{d},{kind}\n" for (a, b, c, d), kind in zip(values.tolist(), kinds, strict=True)
    ))  # fmt: skip
    return path


def test_a_hundred_thousand_rows_are_read_between_the_windows_own_events(qtbot, window, tmp_path):
    beats = [0]
    beat = QTimer(window)
    beat.timeout.connect(lambda: beats.__setitem__(0, beats[0] + 1))
    beat.start(0)
    window.documents.open_file(str(big(tmp_path)))
    sheet = sheet_of(qtbot, window)
    beat.stop()
    assert sheet.told.text().startswith("100,000 rows, UTF-8. ")
    assert sheet.slices.turns > 10
    # Each turn of the reading gave the window one of its own: nothing was read in one go.
    assert beats[0] >= sheet.slices.turns - 1
    sheet.close()


def test_reading_is_given_up_when_the_sheet_is_closed(qtbot, window, tmp_path):
    window.documents.open_file(str(big(tmp_path, 20_000)))
    (sheet,) = window.findChildren(ImportSheet)
    assert sheet.bar.isVisible()
    slices = sheet.slices
    qtbot.mouseClick(sheet.cancel, LEFT)
    assert sheet.slices is None
    assert not slices._timer.isActive()


def test_the_data_panel_opens_and_saves_and_turns_the_plane(qtbot, window, iris, tmp_path):
    window.documents.open_file(str(iris))
    qtbot.mouseClick(sheet_of(qtbot, window).use, LEFT)
    window.store.dispatch(OpenPanel("data"))
    panel = window.findChild(DataPanel)
    box = panel.table
    assert panel.name.text() == "iris.csv"
    assert "Every input is scaled to mean 0, spread 1." in box.words.text()
    assert box.others.text().startswith("The plane shows 2 of 4 inputs; the others stand at the probe: petal")
    box.across.options.actions()[2].trigger()
    assert say.axes(window.store.state) == (2, 1)
    box.up.options.actions()[2].trigger()  # the same twice is no plane: they change places
    assert say.axes(window.store.state) == (1, 2)
    assert (box.across.text().strip(), box.up.text().strip()) == ("sepal width", "petal length")
    surface = window._parts["surface 0"].view.plane
    assert surface._names[1].startswith("sepal width: ")
    qtbot.mouseClick(box.open, LEFT)
    asked = next(one for one in window.findChildren(QFileDialog) if one.isVisible())
    assert "Tables (*.csv *.tsv *.txt)" in asked.nameFilters()
    asked.close()
    qtbot.mouseClick(box.save, LEFT)
    asked = next(one for one in window.findChildren(QFileDialog) if one.isVisible())
    assert asked.selectedFiles()[0].endswith("iris.csv")
    asked.close()
    path = tmp_path / "again.csv"
    window.documents.save_table(str(path))
    assert window.store.state.message == "Saved the points as again.csv."
    again, table = built_from(str(path)).table, window.store.state.experiment.base.csv
    assert again.values.tolist() == table.values.tolist()
    assert (again.inputs, again.classes) == (table.inputs, table.classes)
    window.documents.save_table(str(tmp_path / "none" / "t.csv"))
    assert window.store.state.message == "t.csv was not saved: no such file or directory."


def test_without_a_table_the_data_panel_offers_to_open_one(window):
    window.store.dispatch(OpenPanel("data"))
    box = window.findChild(DataPanel).table
    assert box.open.isVisible()
    assert not any(part.isVisible() for part in (box.words, box.others, box.across, box.up))


def test_a_click_on_a_point_takes_all_its_columns(qtbot, window, iris):
    window.store.dispatch(SetField("csv", built_from(str(iris)).table))
    view = window._parts["surface 0"].view
    low, high = say.box(window.store.state)
    x, y = say.seen(window.store.state).x[7]
    at = view.plane.place((x - low) / (high - low), (high - y) / (high - low))
    qtbot.mouseClick(view.viewport(), LEFT, pos=at.toPoint())
    whole = say.probe(window.store.state)
    assert whole in set(map(tuple, engine.points(window.store.state.experiment.base).x.tolist()))


def test_inputs_carry_their_columns_names_on_the_canvas(window, iris):
    window.store.dispatch(SetField("csv", built_from(str(iris)).table))
    for hidden in ((2,), (8,)):
        window.store.dispatch(SetField("hidden", hidden))
        units = window._parts["network 0"]._scene.units[:4]
        assert [unit.name.text.text() for unit in units] == [
            "sepal length", "sepal width", "petal length", "petal width",
        ]  # fmt: skip
        assert all(unit.name.frame.isVisible() for unit in units)


@pytest.mark.parametrize("dataset", ["xor", "circle", "blobs:4", "plane", "sine", "spiral"])
def test_any_points_are_saved_and_opened_as_the_same_points(dataset, tmp_path):
    base = with_value(with_value(XOR, "noise", 30), "dataset", dataset).base
    path = tmp_path / "points.csv"
    path.write_bytes(points_csv(base))
    data, table = engine.points(base), built_from(str(path)).table
    kept = data.x[:, : len(table.inputs)], data.test_x[:, : len(table.inputs)]
    assert table.values[:, :-1].tolist() == np.vstack(kept).tolist()
    y = np.vstack([data.y, data.test_y])
    what = y.argmax(axis=1) if data.kind == "many" else y[:, 0]
    assert table.values[:, -1].tolist() == what.tolist()


def test_points_of_playground_keep_their_classes(tmp_path):
    base = with_value(with_value(XOR, "dataset", "circle"), "seed", "playground:0.5").base
    path = tmp_path / "points.csv"
    path.write_bytes(points_csv(base))
    table = built_from(str(path)).table
    assert table.classes == ("-1", "1")
    assert (2 * table.values[:, -1] - 1).tolist()[:10] == engine.points(base).y[:10, 0].tolist()


def test_the_sheet_says_its_words_as_plain_text(qtbot, window, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("a&b,<b>c</b>\n1,2.5\n2,3.5\n4,7.5\n")
    window.documents.open_file(str(path))
    sheet = sheet_of(qtbot, window)
    assert sheet.checks[0].text() == "a&&b"
    assert all(one.textFormat() == Qt.TextFormat.PlainText for one in sheet.findChildren(QLabel))
    assert window.store.state.speed != FASTEST
    sheet.close()


@pytest.mark.parametrize("batch", [1000, 0])
def test_training_on_a_hundred_thousand_rows_keeps_frames_arriving(qtbot, playing, tmp_path, batch):
    store, steps = playing.store, [0]
    store.dispatch(SetField("csv", built_from(str(big(tmp_path))).table))
    store.dispatch(SetField("batch_size", batch))
    store.dispatch(SetSpeed(FASTEST))
    store.subscribe(lambda old, new: steps.append(new.step) if new.frame is not old.frame else None)
    before = say.loss(store.state, 0)
    store.dispatch(Train())
    qtbot.waitUntil(lambda: len(steps) > 8)
    store.dispatch(Pause())
    assert all(later > step for step, later in pairwise(steps[:9]))  # each frame is further on
    assert say.loss(store.state, 0) < before


def test_names_of_many_inputs_do_not_cover_each_other(window):
    values = np.random.default_rng(3).normal(size=(50, 17))
    names = tuple(f"a long name {i}" for i in range(16))
    window.store.dispatch(SetField("csv", Table("wide.csv", names, "y", (), values)))
    scene = window._parts["network 0"]._scene
    boxes = [unit.name.frame.deviceTransform(scene.views()[0].viewportTransform()).mapRect(
        unit.name.frame.boundingRect()) for unit in scene.units[:16]]  # fmt: skip
    assert all(unit.name.frame.isVisible() for unit in scene.units[:16])
    for one, other in combinations(boxes, 2):
        shared = one.intersected(other)
        assert shared.height() <= 0.2 * one.height() or shared.width() < 1
