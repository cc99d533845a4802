"""Sessions on the disk: kept while they last, found again after any end, never in each other's way."""

import os
import signal
import subprocess
import sys

import pytest

from netviz import paths
from netviz.app.documents import workspace as module
from netviz.app.documents.remembered import Remembered
from netviz.app.documents.workspace import BACK, CRASHED, RECOVER, Workspace
from netviz.session import actions as act
from netviz.session.document import Document, document_of, stored
from netviz.session.experiment import with_value
from netviz.session.files import encode, read
from netviz.session.lessons.reading import lesson
from netviz.session.presets import PRESETS
from netviz.session.store import Store
from tests.thorough import times

XOR = PRESETS["xor"].experiment
WIDER = with_value(XOR, "hidden", (3,))


class Session:
    """A session without a window."""

    def __init__(self, document=None, path=None) -> None:
        home = paths.home()
        self.workspace = Workspace(home, Remembered(home))
        self.state = self.workspace.opening(document, path)
        self.store = Store(self.state)
        self.workspace.follow(self.store)

    def end(self) -> None:
        from PySide6.QtCore import QByteArray

        self.workspace.keep(self.store.state, QByteArray())

    def crash(self) -> None:
        """What kill -9 leaves: the files and the lock of a process that is gone."""
        kept = self.workspace._kept
        self.workspace.write()
        lock = kept.path.with_suffix(".lock")
        gone = lock.read_bytes().replace(str(os.getpid()).encode(), b"4194303", 1)
        kept.leave()
        lock.write_bytes(gone)


@pytest.fixture
def start(qapp):
    """Start a session; it is ended after the test."""
    started = []

    def make(*asked) -> Session:
        started.append(Session(*asked))
        return started[-1]

    yield make
    for session in started:
        session.workspace._timer.stop()
        session.workspace._kept.leave()


def kept(folder) -> list:
    return sorted((folder / "autosave").glob("*.netviz"))


def test_a_first_start_opens_xor_with_its_hints(start):
    state = start().state
    assert (state.experiment, state.hints, state.message) == (XOR, frozenset(), "")


def test_an_ended_session_goes_on_where_it_was_in_the_same_file(start, own_home):
    first = start()
    first.store.dispatch(act.MoveProbe(0.25, -1))
    first.store.dispatch(act.SetView("with"))
    first.end()
    again = start()
    assert document_of(again.state) == document_of(first.store.state)
    assert (again.state.message, again.state.hints) == ("", None)
    assert len(kept(own_home)) == 1


def test_what_is_in_no_file_is_back_at_the_next_start_and_said_to_be(start):
    first = start()
    first.store.dispatch(act.SetField("hidden", (3,)))
    first.store.dispatch(act.Bookmark())
    first.end()
    state = start().state
    assert (state.experiment.base.hidden, state.bookmarks, state.message) == ((3,), (0,), BACK)


def test_after_a_crash_the_last_session_is_back_and_that_is_said_once(start):
    first = start()
    first.store.dispatch(act.SetField("learning_rate", 0.3))
    first.crash()
    second = start()
    assert (second.state.experiment, second.state.message) == (first.store.state.experiment, CRASHED)
    second.end()
    assert start().state.message == BACK


def test_the_file_that_was_open_is_open_again_with_what_it_lacks(start, tmp_path):
    path = tmp_path / "lecture.netviz"
    path.write_bytes(encode(Document(XOR)))
    first = start(Document(XOR), str(path))
    first.store.dispatch(act.SetField("learning_rate", 0.3))
    first.crash()
    state = start().state
    assert state.file == stored(str(path), Document(XOR))
    assert state.experiment == first.store.state.experiment


def test_two_windows_keep_apart_and_what_each_left_is_found(start, own_home):
    first, second = start(), start()
    assert second.state.experiment == XOR
    first.store.dispatch(act.SetField("learning_rate", 0.3))
    second.store.dispatch(act.SetField("learning_rate", 0.03))
    first.end()
    second.end()
    third = start()
    assert third.state.experiment == second.store.state.experiment
    (left,) = third.workspace.left()
    assert left.document.experiment == first.store.state.experiment
    assert left.name.startswith("XOR, ")


def test_sessions_that_stand_in_files_are_not_heaped_up(start, own_home):
    for _ in range(3):
        one, other = start(), start()
        one.end()
        other.end()
    start()
    assert len(kept(own_home)) == 1


def test_a_file_asked_for_leaves_the_crashed_session_to_be_had_back(start):
    first = start()
    first.store.dispatch(act.SetField("learning_rate", 0.3))
    first.crash()
    second = start(Document(WIDER))
    assert (second.state.experiment, second.state.message) == (WIDER, RECOVER)
    (left,) = second.workspace.left()
    assert left.document.experiment == first.store.state.experiment


def test_another_document_leaves_what_is_in_no_file_behind(start, own_home):
    session = start()
    session.store.dispatch(act.SetField("learning_rate", 0.3))
    before = session.store.state
    session.store.dispatch(act.OpenDocument(Document(WIDER)))
    assert [left.document.experiment for left in session.workspace.left()] == [before.experiment]
    session.store.dispatch(act.Undo())
    assert session.store.state.experiment == before.experiment


def test_a_session_had_back_moves_into_this_one(start, own_home):
    first = start()
    first.store.dispatch(act.SetField("learning_rate", 0.3))
    first.crash()
    second = start(Document(XOR))
    (left,) = second.workspace.left()
    assert left.kept.take()
    second.store.dispatch(act.OpenDocument(left.document, left.file))
    second.workspace.took(left)
    assert second.workspace.left() == []
    assert [read(path).experiment for path in kept(own_home)] == [first.store.state.experiment]


def test_a_session_is_written_when_training_pauses_and_a_while_after_a_change(
    qtbot, start, own_home, monkeypatch
):
    monkeypatch.setattr(module, "EVERY", 10)
    session = start()
    assert not session.workspace._timer.isActive()  # idle means idle
    session.store.dispatch(act.SetField("learning_rate", 0.3))
    (path,) = kept(own_home)
    qtbot.waitUntil(lambda: read(path).experiment == session.store.state.experiment)
    assert not session.workspace._timer.isActive()
    session.store.dispatch(act.Train())
    session.store.dispatch(act.MoveProbe(0, 0))
    session.store.dispatch(act.Pause())
    assert dict(read(path).view)["probe"] == (0, 0)


@pytest.mark.parametrize("suffix", [".netviz", ".file"])
def test_a_pipe_among_the_sessions_keeps_nobody_waiting(start, own_home, pipe, suffix):
    start(Document(WIDER)).end()
    (path,) = kept(own_home)
    path.with_suffix(suffix).unlink(missing_ok=True)
    pipe("left").rename(path.with_suffix(suffix))
    state = start().state
    lost = "The last session could not be opened (is no file); this is a new one."
    assert state.message == (lost if suffix == ".netviz" else BACK)
    assert state.experiment == (XOR if suffix == ".netviz" else WIDER)


@pytest.mark.parametrize("data", [b"", b"{", b"\xff" * 100, b'{"format": "netviz", "version": 9}'])
def test_a_damaged_session_is_put_aside_and_told(start, own_home, data):
    start().end()
    (path,) = kept(own_home)
    path.write_bytes(data)
    state = start().state
    assert state.experiment == XOR
    assert state.message.startswith("The last session could not be opened (")
    assert path.with_suffix(".damaged").read_bytes() == data
    assert path not in kept(own_home)


def test_a_full_disk_is_told_once_and_costs_nothing(start, own_home, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    session = start()
    (path,) = kept(own_home)
    before = path.read_bytes()
    monkeypatch.setattr("netviz.app.documents.autosave.write_atomically", full)
    session.store.dispatch(act.SetField("learning_rate", 0.3))
    session.workspace.write()
    assert session.store.state.message == "This session cannot be kept: no space left on device. Save it."
    assert path.read_bytes() == before
    session.store.dispatch(act.Escape())
    session.workspace.write()
    assert session.store.state.message == ""
    monkeypatch.undo()
    session.workspace.write()
    assert read(path).experiment == session.store.state.experiment


def test_recent_files_are_eight_the_last_first_and_only_those_that_are_there(start, tmp_path):
    workspace = start().workspace
    names = [str(tmp_path / f"{i}.netviz") for i in range(10)]
    for name in names:
        (tmp_path / name).write_bytes(b"")
        workspace.used(name)
    workspace.used(names[5])
    assert workspace.recent == [names[5], *(names[i] for i in (9, 8, 7, 6, 4, 3, 2))]
    (tmp_path / names[9]).unlink()
    assert workspace.recent[:2] == [names[5], names[8]]
    assert start().workspace.recent == workspace.recent


RUN = """
import sys
from PySide6.QtCore import QTimer
from netviz.app import main
from netviz.session import actions as act
class Session(main.Session):
    def __init__(self, *given):
        super().__init__(*given)
        QTimer.singleShot(0, self._window, self.work)
    def work(self):
        self._store.dispatch(act.SetField("learning_rate", float(sys.argv[1])))
        self._workspace.write()
        self._store.dispatch(act.Train())
        print("ready", flush=True)
main.Session = Session
main.run()
"""


@pytest.mark.parametrize("rate", [0.11 + 0.01 * i for i in range(times(2, 10))])
def test_kill_9_of_the_program_costs_a_sentence(start, rate):
    with subprocess.Popen(
        [sys.executable, "-c", RUN, str(rate)], stdout=subprocess.PIPE, text=True
    ) as program:
        told = program.stdout.readline()
        program.send_signal(signal.SIGKILL)
    assert told == "ready\n"
    state = start().state
    assert (state.experiment.base.learning_rate, state.message) == (rate, CRASHED)


def test_what_is_kept_during_a_lesson_is_a_persons_own(start):
    first = start(Document(WIDER))
    first.store.dispatch(act.StartLesson(lesson("why"), 5))
    first.store.dispatch(act.SetField("hidden", (7,)))
    first.end()
    again = start()
    assert again.state.experiment == WIDER
    assert again.state.reading is None


def test_leaving_a_lesson_is_no_other_document(start, own_home):
    session = start(Document(WIDER))
    session.store.dispatch(act.Open(lesson("why").experiments[0]))  # the lesson changes nothing at first
    session.workspace.write()
    before = kept(own_home)
    session.store.dispatch(act.StartLesson(lesson("why")))
    session.store.dispatch(act.LeaveLesson())
    session.workspace.write()
    assert kept(own_home) == before
