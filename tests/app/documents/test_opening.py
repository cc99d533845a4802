"""Files in the real window: keys, dialogs, drops, titles, and everything that a disk can do."""

import os

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from netviz import paths
from netviz.app.documents.importing import ImportSheet
from netviz.app.documents.remembered import Remembered
from netviz.app.documents.workspace import Workspace
from netviz.session import actions as act
from netviz.session import links
from netviz.session.document import Document, document_of
from netviz.session.experiment import with_value
from netviz.session.files import encode, read
from netviz.session.presets import PRESETS

XOR = PRESETS["xor"].experiment
WIDER = with_value(XOR, "hidden", (3,))
NOBODY = 65534
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(window_of, trained):
    return window_of(trained(60))


@pytest.fixture
def remembering(window, qapp):
    """The window of a person with a home."""
    home = paths.home()
    workspace = Workspace(home, Remembered(home))
    workspace.opening(None)
    workspace.follow(window.store)
    window.documents._workspace = workspace
    yield window
    workspace._timer.stop()
    workspace._kept.leave()


def saved(folder, name="lecture.netviz", experiment=WIDER, **view):
    path = folder / name
    path.write_bytes(encode(Document(experiment, (), tuple(view.items()))))
    return path


def dialog(window) -> QFileDialog:
    (found,) = [one for one in window.findChildren(QFileDialog) if one.isVisible()]
    return found


def choose(qtbot, window, path) -> None:
    """Choose a path in the dialog that is open, and press Return."""
    asked = dialog(window)
    assert not asked.isModal()
    asked.selectFile(str(path))
    qtbot.keyClick(asked.findChild(QLineEdit, "fileNameEdit"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not asked.isVisible())


def test_a_session_is_saved_and_opened_by_keys(qtbot, window, tmp_path):
    path, store = tmp_path / "lecture.netviz", window.store
    store.dispatch(act.SetField("learning_rate", 0.3))
    assert window.windowTitle() == "netviz: XOR, unsaved"
    qtbot.keyClick(window, Qt.Key.Key_S, CONTROL)
    choose(qtbot, window, path)
    assert window.windowTitle() == "netviz: lecture.netviz"
    assert read(path) == document_of(store.state)
    store.dispatch(act.SetField("learning_rate", 1.0))
    assert window.windowTitle() == "netviz: lecture.netviz, unsaved"
    qtbot.keyClick(window, Qt.Key.Key_S, CONTROL)
    assert window.windowTitle() == "netviz: lecture.netviz"
    assert read(path).experiment == store.state.experiment
    qtbot.keyClick(window, Qt.Key.Key_S, CONTROL | SHIFT)
    choose(qtbot, window, tmp_path / "copy")
    assert read(tmp_path / "copy.netviz") == read(path)
    assert window.windowTitle() == "netviz: copy.netviz"
    store.dispatch(act.Open(XOR))
    qtbot.keyClick(window, Qt.Key.Key_O, CONTROL)
    choose(qtbot, window, path)
    assert (store.state.experiment, store.state.playhead) == (read(path).experiment, 60)
    assert window.windowTitle() == "netviz: lecture.netviz"


def test_undo_of_open_brings_back_what_was_there_and_never_saves_it_over_the_file(window, tmp_path):
    window.documents.open_file(str(saved(tmp_path)))
    assert window.store.state.past[-1].label == "open lecture.netviz"
    window.store.dispatch(act.Undo())
    assert window.windowTitle() == "netviz: XOR"
    window.store.dispatch(act.Redo())
    assert window.windowTitle() == "netviz: lecture.netviz"


def test_an_example_belongs_to_no_file(window, tmp_path):
    window.documents.open_file(str(saved(tmp_path)))
    window.store.dispatch(act.Open(XOR))
    assert window.windowTitle() == "netviz: XOR"


def test_a_panel_of_another_netviz_does_not_open(window, tmp_path):
    window.documents.open_file(str(saved(tmp_path, opened="hologram", filled="loss")))
    assert (window.store.state.opened, window.store.state.filled) == (None, "loss")


def dropped(window, urls=(), text=""):
    """Drop these on the window, as the desktop or a browser does."""
    data = QMimeData()
    if text:
        data.setText(text)
    else:
        data.setUrls(urls)
    given = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPoint(9, 9), *given)
    enter.ignore()
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        QApplication.sendEvent(window, QDropEvent(QPointF(9, 9), *given))
    return enter.isAccepted()


def test_a_dropped_file_opens(window, tmp_path):
    assert dropped(window, [QUrl.fromLocalFile(str(saved(tmp_path)))])
    assert window.store.state.experiment == WIDER


PLAYGROUND = "https://playground.tensorflow.org/#activation=relu&dataset=gauss&seed=0.5&networkShape=3"


@pytest.mark.parametrize("as_text", [False, True])
def test_a_dropped_link_opens(window, as_text):
    assert dropped(window, [QUrl(PLAYGROUND)], PLAYGROUND if as_text else "")
    found = window.store.state.experiment.base
    assert (found.dataset, found.hidden, found.activation) == ("gauss", (3,), "relu")


def test_a_dropped_share_link_opens(window):
    assert dropped(window, text=links.link(Document(WIDER)))
    assert window.store.state.experiment == WIDER


def test_a_dropped_pipe_costs_a_sentence_and_not_the_window(qtbot, window, pipe):
    assert dropped(window, [QUrl.fromLocalFile(str(pipe("a.netviz")))])
    assert window.store.state.message == "a.netviz cannot be opened: is no file."
    assert dropped(window, [QUrl.fromLocalFile(str(pipe("a.csv")))])
    (sheet,) = window.findChildren(ImportSheet)
    qtbot.waitUntil(lambda: sheet.told.text() == "a.csv: is no file.")
    qtbot.mouseClick(sheet.cancel, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("urls", [[], ["https://example.org/"], ["file:///a.netviz", "file:///b.netviz"]])
def test_anything_but_one_file_is_not_taken(window, urls):
    assert not dropped(window, [QUrl(url) for url in urls])


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"{", "a.netviz: not JSON: Input data was truncated."),
        (encode(Document(XOR)).replace(b'"version": 2', b'"version": 7'),
         "a.netviz: key 'version': expected 1 to 2, which this netviz reads, got 7."),
        (None, "a.netviz cannot be opened: no such file or directory."),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_opened_costs_a_sentence_and_nothing_else(window, tmp_path, data, sentence):
    path, before = tmp_path / "a.netviz", window.store.state
    if data is not None:
        path.write_bytes(data)
    window.documents.open_file(str(path))
    after = window.store.state
    assert after.message == sentence
    assert (after.experiment, after.past, after.file) == (before.experiment, before.past, before.file)


def full_disk(monkeypatch, path):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    return "no space left on device"


def short_write(monkeypatch, path):
    """A disk that takes 100 bytes more, for real."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
    monkeypatch.callback = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, before)
    return "file too large"


def read_only(monkeypatch, path):
    """A folder of somebody else's, for real: root, who may write everywhere, is another person meanwhile."""
    before = os.geteuid()
    path.parent.chmod(0o555)
    if before == 0:
        os.seteuid(NOBODY)
    monkeypatch.callback = lambda: (os.seteuid(before), path.parent.chmod(0o755))
    return "permission denied"


def folder_gone(monkeypatch, path):
    path.unlink()
    path.parent.rmdir()
    return "no such file or directory"


def in_the_way(monkeypatch, path):
    path.unlink()
    path.mkdir()
    return "is a directory"


@pytest.mark.parametrize("number", range(3))
@pytest.mark.parametrize("accident", [full_disk, short_write, read_only, folder_gone, in_the_way])
def test_an_accident_while_saving_leaves_the_old_file_and_one_sentence(
    window, tmp_path, monkeypatch, accident, number
):
    folder = tmp_path / "lectures"
    folder.mkdir()
    path = saved(folder)
    window.documents.open_file(str(path))
    window.store.dispatch(act.SetField("learning_rate", 0.3 + number))
    before = path.read_bytes()
    with monkeypatch.context() as patch:
        reason = accident(patch, path)
        window.documents._stamps.clear()
        window.documents.save()
        getattr(patch, "callback", lambda: None)()
    assert window.store.state.message == f"lecture.netviz was not saved: {reason}."
    assert window.windowTitle() == "netviz: lecture.netviz, unsaved"
    if path.is_file():
        assert path.read_bytes() == before
        assert list(folder.iterdir()) == [path]


def test_a_file_changed_by_somebody_else_is_replaced_only_when_asked_twice(qtbot, window, tmp_path):
    path = saved(tmp_path)
    window.documents.open_file(str(path))
    path.write_bytes(b"theirs")
    qtbot.keyClick(window, Qt.Key.Key_S, CONTROL)
    assert path.read_bytes() == b"theirs"
    assert window.store.state.message.startswith("lecture.netviz was changed by somebody else")
    qtbot.keyClick(window, Qt.Key.Key_S, CONTROL)
    assert read(path).experiment == WIDER


def entries(window, title):
    """The entries of a menu under More, as it opens now."""
    window.show_more()
    above = [window._more, *(action.menu() for action in window._more.actions() if action.menu())]
    menus = [action.menu() for menu in above for action in menu.actions() if action.text() == title]
    return {action.text(): action for menu in menus for action in menu.actions()}


def test_recent_files_stand_under_more(remembering, tmp_path):
    window = remembering
    for name in ("a.netviz", "b.netviz"):
        window.documents.open_file(str(saved(tmp_path, name)))
    (tmp_path / "b.netviz").unlink()
    found = entries(window, "Recent files")
    assert list(found) == ["a.netviz"]
    window.store.dispatch(act.Open(XOR))
    found["a.netviz"].trigger()
    assert window.windowTitle() == "netviz: a.netviz"
    window._more.close()


def test_a_table_that_was_used_is_a_recent_file_and_opens_its_sheet_again(qtbot, remembering, tmp_path):
    window, path = remembering, tmp_path / "t.csv"
    path.write_text("a,b\n0,1\n1,0\n2,1\n", encoding="utf-8")
    window.documents.open_file(str(path))
    assert entries(window, "Recent files") == {}  # looked at is not used
    for _ in range(2):
        (sheet,) = [one for one in window.findChildren(ImportSheet) if one.isVisible()]
        qtbot.waitUntil(sheet.use.isEnabled)
        sheet.use.click()
        entries(window, "Recent files")["t.csv"].trigger()
    assert window.store.state.experiment.base.csv.name == "t.csv"
    window.findChild(ImportSheet).close()
    window._more.close()


def test_what_was_left_behind_stands_under_more_and_comes_back(remembering, tmp_path):
    window = remembering
    window.store.dispatch(act.SetField("learning_rate", 0.3))
    left = window.store.state.experiment
    window.documents.open_file(str(saved(tmp_path)))
    ((name, action),) = entries(window, "Recover").items()
    assert name.startswith("XOR, ")
    action.trigger()
    assert (window.store.state.experiment, window.windowTitle()) == (left, "netviz: XOR, unsaved")
    assert entries(window, "Recover") == {}
    window._more.close()


def test_bookmarks_are_put_and_reached_by_keys_and_undone(qtbot, window):
    store = window.store
    store.dispatch(act.Scrub(20))
    qtbot.keyClick(window, Qt.Key.Key_B)
    store.dispatch(act.Scrub(50))
    qtbot.keyClick(window, Qt.Key.Key_B)
    assert store.state.bookmarks == (20, 50)
    assert window.windowTitle() == "netviz: XOR, unsaved"
    qtbot.keyClick(window, Qt.Key.Key_Left, CONTROL)
    assert store.state.playhead in (42, 20)  # 42: the floor is reached
    store.dispatch(act.Scrub(0))
    qtbot.keyClick(window, Qt.Key.Key_Right, CONTROL)
    assert store.state.playhead <= 20
    assert store.state.past[-1].label == "bookmark at epoch 50"
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert store.state.bookmarks == (20,)
    window._more.close()
