"""The window where Qt would abort, or complain: one line and exit 2, or not a word."""

import os
import socket
import subprocess
import sys

import pytest

from netviz.app.main import NO_SCREEN
from netviz.app.surroundings import answers


def started(code: str, **environment: str) -> tuple[int, str]:
    """The exit status and stderr of a process of its own."""
    lacking = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "LANG", "LC_ALL", "LC_CTYPE")
    surroundings = {key: value for key, value in os.environ.items() if key not in lacking} | environment
    command = [sys.executable, "-c", code]
    ended = subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=60, check=False)
    return ended.returncode, ended.stderr


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"DISPLAY": ":999"},
        {"DISPLAY": "nonsense"},
        {"DISPLAY": ":999", "QT_QPA_PLATFORM": "xcb"},
        {"QT_QPA_PLATFORM": "nonsense"},
    ],
)
def test_without_a_screen_one_line_says_so(environment):
    code = "import sys; from netviz.cli import main; sys.exit(main([]))"
    assert started(code, **environment) == (2, f"{NO_SCREEN}\n")


def test_a_server_that_listens_is_a_screen():
    with socket.create_server(("localhost", 0)) as server:
        number = server.getsockname()[1] - 6000
        assert answers(f"localhost:{number}.0")
    assert not answers(f"localhost:{number}")


@pytest.mark.parametrize("names", [{"LANG": "C"}, {"LC_ALL": "C"}, {"LANG": "xx_YY.UTF-99"}])
def test_another_locale_is_no_reason_to_speak(names):
    code = "from netviz.app.main import make_application; make_application()"
    assert started(code, QT_QPA_PLATFORM="offscreen", **names) == (0, "")


def test_a_home_that_is_not_in_utf8_costs_one_line_and_is_never_spelled_in_two_ways(tmp_path):
    home = os.fsdecode(os.fsencode(tmp_path) + b"/\xff")
    code = "import sys; from netviz.cli import main; sys.exit(main([]))"
    status, said = started(code, QT_QPA_PLATFORM="offscreen", NETVIZ_HOME=home)
    assert (status, said.count("\n")) == (2, 1)
    assert said.endswith("is not in UTF-8: set NETVIZ_HOME to another folder\n")
    assert list(tmp_path.iterdir()) == []
