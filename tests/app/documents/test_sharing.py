"""Links by real keys: the share sheet shows and copies them, Ctrl+V opens one."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

from netviz.app.documents.pasting import NO_LINK
from netviz.app.documents.sharing import QUIET, ShareSheet, picture
from netviz.session import links, playground
from netviz.session.actions import Open
from netviz.session.document import Document, document_of
from netviz.session.presets import PRESETS

CTRL = Qt.KeyboardModifier.ControlModifier
PLAYGROUND = "https://playground.tensorflow.org/#activation=relu&dataset=circle&networkShape=3&seed=0.5"


def sheet_of(qtbot, window) -> ShareSheet:
    qtbot.keyClick(window, Qt.Key.Key_L, CTRL)
    (found,) = window.findChildren(ShareSheet)
    return found


def test_the_sheet_shows_and_copies_the_link(qtbot, window_of, trained):
    window = window_of(trained(60))
    sheet = sheet_of(qtbot, window)
    expected = links.link(document_of(window.store.state))
    assert [line.text() for line in sheet.findChildren(QLineEdit)] == [expected]
    said = "TensorFlow Playground cannot express this: it has no data called XOR."
    assert said in [label.text() for label in sheet.findChildren(QLabel)]
    qtbot.mouseClick(sheet.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == expected
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


@pytest.mark.parametrize("theme", ["light", "dark", "projector"])
@pytest.mark.parametrize("name", ["xor", "circle", "overfits"])
def test_the_code_is_seen_whole_below_the_words(qtbot, window_of, trained, theme, name):
    """A code without its lower corners is none: in the projector's theme the sheet was too low for it."""
    window = window_of(trained(0, theme=theme))
    window.store.dispatch(Open(PRESETS[name].experiment))
    sheet = sheet_of(qtbot, window)
    (code,) = (label for label in sheet.findChildren(QLabel) if not label.pixmap().isNull())
    assert code.size() == code.pixmap().deviceIndependentSize().toSize()
    assert sheet.rect().contains(code.geometry())
    others = [one for one in sheet.findChildren(QWidget) if one.isVisible() and one is not code]
    assert not any(one.geometry().intersects(code.geometry()) for one in others if one.parent() is sheet)
    for words in sheet.findChildren(QLabel):
        assert words.height() >= words.heightForWidth(words.width())


def test_a_code_is_its_links_modules_in_a_white_frame(qapp):
    image = picture("netviz:1/abc", 400, 1.0).toImage()
    assert image.width() <= 400
    modules = 21 + 2 * QUIET  # a code of version 1
    times = image.width() // modules
    assert image.pixelColor(times, times) == QColor("white")
    corner = QUIET * times + times // 2
    assert image.pixelColor(corner, corner) == QColor("black")


def test_a_pasted_link_opens_and_undo_goes_back(qtbot, window_of, trained):
    window = window_of(trained(0))
    QApplication.clipboard().setText(links.link(Document(PRESETS["xor-tanh"].experiment)))
    qtbot.keyClick(window, Qt.Key.Key_V, CTRL)
    assert window.store.state.experiment == PRESETS["xor-tanh"].experiment
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert window.store.state.experiment == PRESETS["xor"].experiment


def test_a_pasted_playground_link_opens_as_one_twin_to_be_compared(qtbot, window_of, trained):
    window = window_of(trained(0))
    QApplication.clipboard().setText(PLAYGROUND)
    qtbot.keyClick(window, Qt.Key.Key_V, CTRL)
    assert window.store.state.experiment == playground.opened(PLAYGROUND).experiment
    assert len(window.store.state.frame.states) == 1
    window.show_more()
    (edit,) = (a.menu() for a in window._more.actions() if a.text() == "Edit")
    next(a for a in edit.actions() if a.text() == "Compare with identity").trigger()
    assert [twin.activation for twin in window.store.state.experiment.twins] == ["relu", "identity"]
    window._more.close()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hello", NO_LINK),
        ("netviz:1/abc", "Share link: it is not whole."),
        ("netviz:9/abc", "Share link: this netviz reads links that begin with netviz:1/."),
    ],
)
def test_what_is_no_link_costs_a_sentence(qtbot, window_of, trained, text, said):
    window = window_of(trained(0))
    QApplication.clipboard().setText(text)
    qtbot.keyClick(window, Qt.Key.Key_V, CTRL)
    assert window.store.state.message == said
