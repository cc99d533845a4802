"""How processes of their own end when they are not asked to: a full disk, Ctrl+C at any moment."""

import signal
import subprocess
import sys

import pytest

WARNS = """
import logging, sys
from pathlib import Path
from netviz.app.ending import keep_logs
keep_logs(Path(sys.argv[1]))
logging.getLogger("netviz").warning("the session could not be kept")
"""


def test_a_log_on_a_full_disk_costs_no_traceback(tmp_path):
    (tmp_path / "netviz.log").symlink_to("/dev/full")  # every byte that is written to it finds no room
    command = [sys.executable, "-c", WARNS, str(tmp_path)]
    ended = subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert (ended.returncode, ended.stderr) == (0, b"")


INTERRUPTED = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
class Asking:
    def find_spec(self, name, path=None, target=None):
        if name == moment:
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Asking())
moment = sys.argv.pop(1)
from netviz.__main__ import start
sys.exit(start())
"""


@pytest.mark.parametrize(
    "words",
    [
        ("argparse",),
        ("netviz.cli",),
        ("PySide6.QtCore",),
        ("netviz.app.host",),
        ("PySide6.QtWidgets", "render", "-o", "a.png"),
    ],
)
def test_ctrl_c_ends_the_start_at_once_and_without_a_word(tmp_path, words):
    command = [sys.executable, "-c", INTERRUPTED, *words]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=60, check=False)
    assert (ended.returncode, ended.stderr) == (-signal.SIGINT, b"")  # a shell says 130
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_in_training_fails_without_a_word(tmp_path):
    command = [sys.executable, "-c", INTERRUPTED, "numpy", "train"]
    ended = subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert (ended.returncode, ended.stderr) == (1, b"")
