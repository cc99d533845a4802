"""Files as they are written: whole in the place of the old ones, or not at all, whatever happens."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from netviz.session import files
from netviz.session.files import write_atomically
from tests.thorough import times


def test_a_file_is_replaced_whole_and_keeps_its_mode(tmp_path):
    path = tmp_path / "a.netviz"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_file_is_as_open_as_the_person_wants_files_to_be(tmp_path):
    before = os.umask(0o077)
    try:
        write_atomically(tmp_path / "a.netviz", b"new")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.netviz").stat().st_mode) == 0o600


def test_a_link_stays_a_link(tmp_path):
    path, link = tmp_path / "a.netviz", tmp_path / "b.netviz"
    path.write_bytes(b"old")
    link.symlink_to(path)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize("name", ["a.png", "nowhere/a.png", "a\0.png", "a\ud800.png", "a" * 300])
def test_where_no_file_can_be_the_wanted_name_is_told(tmp_path, name):
    (tmp_path / "b.png").symlink_to(tmp_path / "a.png")
    (tmp_path / "a.png").symlink_to(tmp_path / "b.png")
    with pytest.raises(OSError, match=r"\[Errno \d+\]") as refused:
        write_atomically(tmp_path / name, b"new")
    assert refused.value.filename == str(tmp_path / name)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.png", "b.png"]


def test_a_file_may_have_the_longest_name_there_is(tmp_path):
    write_atomically(tmp_path / ("a" * 255), b"new")
    assert (tmp_path / ("a" * 255)).read_bytes() == b"new"


def test_a_pipe_stays_a_pipe_and_gets_the_bytes(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_atomically(pipe, b"new")
    assert os.read(reading, 9) == b"new"
    os.close(reading)
    assert pipe.is_fifo()
    assert list(tmp_path.iterdir()) == [pipe]


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_failure_leaves_the_old_bytes_and_nothing_else(tmp_path, monkeypatch, call):
    def fail(*_):
        raise OSError(28, "No space left on device")

    path = tmp_path / "a.netviz"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, call, fail)
    with pytest.raises(OSError, match="No space left"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_where_folders_cannot_be_flushed_files_are_still_replaced(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "_POSIX", False)
    write_atomically(tmp_path / "a.netviz", b"new")
    assert (tmp_path / "a.netviz").read_bytes() == b"new"


def test_kill_9_while_saving_never_leaves_a_torn_or_a_stale_file(tmp_path):
    script = Path(__file__).parent / "killed.py"
    rounds = times(100, 300)
    done = subprocess.run(
        [sys.executable, script, str(rounds), tmp_path / "a.netviz"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout) > rounds // 4  # there were saves to kill
