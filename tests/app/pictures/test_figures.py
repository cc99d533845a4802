"""Pictures and films from the window itself, by its commands, beside a window that goes on."""

import pytest
from PIL import Image
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPushButton

from netviz.app.commands import COMMANDS
from netviz.app.pictures.exporting import ExportSheet
from netviz.app.pictures.filming import FilmSheet
from netviz.session.exchange.export import FORMATS

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(window_of, trained):
    return window_of(trained(24))


def run(window, label):
    next(row for row in COMMANDS if row.label == label).run(window)


def choose(qtbot, window, path):
    """Type a path into the dialog that is open, and accept it."""
    dialog = next(one for one in window.findChildren(QFileDialog) if one.isVisible())
    line = dialog.findChild(QLineEdit)
    line.setText(str(path))
    qtbot.keyClick(line, Qt.Key.Key_Return)


def sheet_of(window):
    return window.findChild(FilmSheet)


def press(qtbot, sheet, text):
    found = next(one for one in sheet.findChildren(QPushButton) if one.text() == text)
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def test_the_whole_window_goes_to_the_clipboard_as_pixels_and_as_a_drawing(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_C, CTRL_SHIFT)
    mime = QApplication.clipboard().mimeData()
    assert mime.imageData().size() == window.size() * window.devicePixelRatioF()
    assert b"With ReLU" in bytes(mime.data("image/svg+xml").data())
    assert window.store.state.message == "The picture is on the clipboard."


def test_the_panel_that_has_the_keys_is_copied_alone(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_P)  # to the first surface
    name, twin, widget = window.figures.picked()
    assert (name, twin) == ("surface", 0)
    run(window, "Copy picture")
    assert QApplication.clipboard().mimeData().imageData().size() == widget.size()


@pytest.mark.parametrize(("name", "start"), [("a.png", b"\x89PNG"), ("a.svg", b"<?xml"), ("a", b"\x89PNG")])
def test_a_picture_is_saved_as_its_name_says(qtbot, tmp_path, window, name, start):
    run(window, "Save picture…")
    choose(qtbot, window, tmp_path / name)
    qtbot.waitUntil(lambda: window.store.state.message.startswith("Saved a."))
    (path,) = tmp_path.iterdir()
    assert path.read_bytes().startswith(start)


def shown_dialog(window):
    return next(one for one in window.findChildren(QFileDialog) if one.isVisible())


@pytest.mark.parametrize(("kind", "name"), [("PNG picture", "a.png"), ("SVG drawing", "a.svg")])
def test_a_picture_has_the_size_and_the_theme_that_are_chosen(qtbot, tmp_path, window, kind, name):
    before = window.store.state
    run(window, "Save picture…")
    suffix = name[1:]
    shown_dialog(window).selectNameFilter(f"{kind}, 1920 × 1080, dark (*{suffix})")
    choose(qtbot, window, tmp_path / name)
    qtbot.waitUntil(lambda: window.store.state.message == f"Saved {name}.")
    if suffix == ".png":
        with Image.open(tmp_path / name) as picture:
            assert picture.size == (1920, 1080)
            assert picture.getpixel((5, 1000))[:3] == (229, 163, 223)  # the second twin's bar in dark
    else:
        head = (tmp_path / name).read_text(encoding="utf-8")[:400]
        assert 'width="1920" height="1080"' in head
    assert window.store.state.theme == before.theme


def test_another_kind_of_picture_changes_the_ending_of_the_name(tmp_path, window):
    run(window, "Save picture…")
    dialog = shown_dialog(window)
    dialog.setDirectory(str(tmp_path))
    assert dialog.selectedFiles() == [str(tmp_path / "XOR.png")]
    dialog.selectFile("mine.png")
    dialog.selectNameFilter("SVG drawing (*.svg)")
    dialog.filterSelected.emit("SVG drawing (*.svg)")  # which a person's choice sends
    assert dialog.selectedFiles() == [str(tmp_path / "mine.svg")]
    dialog.close()


@pytest.mark.parametrize("theme", ["light", "dark", "projector"])
def test_a_slide_goes_to_the_clipboard_in_a_theme_of_its_own(qtbot, window, theme):
    qtbot.keyClick(window, Qt.Key.Key_P)  # to the first surface
    before = QApplication.palette(), window.palette()
    run(window, f"Copy as a slide, {theme}")
    qtbot.waitUntil(lambda: (QApplication.palette(), window.palette()) == before)
    mime = QApplication.clipboard().mimeData()
    assert mime.imageData().size().toTuple() == (1920, 1080)
    assert mime.hasFormat("image/svg+xml")
    QApplication.clipboard().clear()


EXPORTED = {
    "ONNX model": ("XOR.onnx", b"netviz"),
    "Python with PyTorch": ("XOR.py", b"import torch"),
    "History of the run": ("XOR.csv", b"step,epoch,with_train_loss"),
    "LaTeX equations": ("XOR.tex", b"amsmath"),
    "Weights as JSON": ("XOR.json", b'"weights"'),
}


@pytest.mark.parametrize("kind", EXPORTED)
def test_the_network_is_exported_from_the_window(qtbot, tmp_path, window, kind):
    name, part = EXPORTED[kind]
    qtbot.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    sheet = window.findChild(ExportSheet)
    assert "Export: With ReLU, step 24" in [one.text() for one in sheet.findChildren(QLabel)]
    press(qtbot, sheet, kind)
    assert not sheet.isVisible()
    dialog = shown_dialog(window)
    dialog.setDirectory(str(tmp_path))
    assert dialog.selectedFiles() == [str(tmp_path / name)]  # the name is proposed
    qtbot.keyClick(dialog.findChild(QLineEdit), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.store.state.message == f"Saved {name}.")
    assert part in (tmp_path / name).read_bytes()


def test_a_long_history_is_written_between_the_events_of_the_window(qtbot, tmp_path, window_of, trained):
    window = window_of(trained(3000))  # 3001 rows, of which a slice of 8 ms writes some hundred at most
    told, ticks, timer = [], [], QTimer()
    window.store.subscribe(lambda _, state: told.append(state.message))
    timer.timeout.connect(lambda: ticks.append(len(told)))
    timer.start(0)
    window.figures.export(FORMATS["csv"], 0, str(tmp_path / "a.csv"))
    qtbot.waitUntil(lambda: window.store.state.message == "Saved a.csv.")
    timer.stop()
    assert len(ticks) > 10
    shares = [int(sentence.split()[-2]) for sentence in told if sentence.startswith("Writing a.csv: ")]
    assert len(shares) > 5
    assert shares == sorted(shares)
    assert len((tmp_path / "a.csv").read_text().splitlines()) == 3002  # the head, steps 0 to 3000


def test_what_a_format_cannot_express_and_a_folder_that_is_gone_cost_a_sentence(qtbot, tmp_path, window):
    window.figures.export(FORMATS["playground"], 0, str(tmp_path / "a.txt"))
    qtbot.waitUntil(lambda: window.store.state.message.startswith("Playground cannot express this: "))
    window.figures.export(FORMATS["numpy"], 0, str(tmp_path / "gone" / "a.py"))
    qtbot.waitUntil(lambda: window.store.state.message == "a.py was not saved: no such file or directory.")
    assert list(tmp_path.iterdir()) == []


def test_the_equations_of_the_panel_that_has_the_keys_go_to_the_clipboard(qtbot, window):
    run(window, "Copy equations")
    assert "With ReLU, step 24" in QApplication.clipboard().text()
    window._parts["surface 1"].setFocus()
    run(window, "Copy equations")
    assert "Without (identity), step 24" in QApplication.clipboard().text()
    QApplication.clipboard().clear()


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("nowhere/a.png", "a.png was not saved: no such file or directory."),
        ("a.jpg", "a.jpg was not saved: expected .png or .svg."),
    ],
)
def test_what_cannot_be_saved_is_told_in_one_sentence(tmp_path, window, path, sentence):
    window.figures.save_picture(window.figures.picked(), str(tmp_path / path))
    assert window.store.state.message == sentence


def test_a_film_of_the_run_is_offered_with_its_length(window):
    run(window, "Save film…")
    sheet = sheet_of(window)
    assert not sheet.isModal()
    assert (sheet.first.value(), sheet.last.value(), sheet.every.value()) == (0, 24, 1)
    assert sheet.length.text() == "25 frames, 0.8 s"
    sheet.every.setValue(6)
    sheet.fps.setValue(10)
    assert sheet.length.text() == "5 frames, 0.5 s"  # steps 0, 6, 12, 18, 24
    sheet.first.setValue(20)
    sheet.last.setValue(10)
    assert sheet.length.text() == "No frames"
    assert not sheet.start.isEnabled()
    sheet.close()


def test_a_film_is_made_beside_the_window(qtbot, tmp_path, window):
    qtbot.keyClick(window, Qt.Key.Key_P)
    run(window, "Save film…")
    sheet = sheet_of(window)
    assert sheet.windowTitle() == "Film of the surface panel"
    sheet.every.setValue(12)
    press(qtbot, sheet, "Save…")
    choose(qtbot, window, tmp_path / "a.gif")
    assert sheet.bar.isVisible()
    qtbot.waitUntil(lambda: window.store.state.message == "Saved a.gif.")
    with Image.open(tmp_path / "a.gif") as film:
        assert film.size == window.figures.picked().widget.size().toTuple()
        assert film.n_frames == 3  # steps 0, 12, 24


def test_a_film_that_cannot_be_made_says_why(qtbot, tmp_path, window):
    run(window, "Save film…")
    sheet_of(window).make(str(tmp_path / "nowhere" / "a.gif"))
    qtbot.waitUntil(lambda: window.store.state.message.endswith("no such folder."))


def test_a_cancelled_film_leaves_nothing(qtbot, tmp_path, window):
    run(window, "Save film…")
    sheet = sheet_of(window)
    sheet.make(str(tmp_path / "a.gif"))
    qtbot.waitUntil(lambda: sheet.bar.value() > 0)
    process = sheet.process
    press(qtbot, sheet, "Cancel")
    assert not sheet.isVisible()
    assert process.state() == process.ProcessState.NotRunning
    assert list(tmp_path.iterdir()) == []
    assert window.store.state.message == ""
