"""How processes of their own end when they are not asked to: a full disk, Ctrl+C at any moment."""

import subprocess
import sys

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
