"""`netviz doctor` in processes of its own: what it finds here, and where something is missing."""

import json
import os
import subprocess
import sys

import pytest


@pytest.fixture
def doctor(tmp_path):
    """Call `netviz doctor --json` in another environment; gives the exit status and the findings."""

    def call(**environment):
        surroundings = os.environ | {"QT_QPA_PLATFORM": "offscreen", "NETVIZ_HOME": str(tmp_path)}
        command = [sys.executable, "-m", "netviz", "doctor", "--json"]
        done = subprocess.run(
            command, env=surroundings | environment, capture_output=True, timeout=120, check=False
        )
        assert done.stderr == b""
        return done.returncode, json.loads(done.stdout)

    return call


def test_nothing_is_wrong_where_the_tests_run(doctor, tmp_path):
    status, found = doctor()
    assert (status, [name for name, one in found.items() if not one["ok"]]) == (0, [])
    assert (found["Qt platform"]["value"], found["font"]["value"]) == ("offscreen", "Inter")
    assert set(found) > {"netviz", "Python", "PySide6_Essentials", "numpy", "resources", "settings", "logs"}
    assert found["autosave"]["value"] == str(tmp_path / "autosave")


def test_a_platform_that_does_not_start_is_said_with_its_mend_and_the_rest_is_looked_at(doctor):
    status, found = doctor(QT_QPA_PLATFORM="absent")
    assert status == 1
    assert found["Qt platform"]["value"].startswith("did not start: ")
    assert found["Qt platform"]["mend"]
    assert found["font"]["ok"]


def test_a_folder_that_cannot_be_written_is_said_with_its_mend(doctor, tmp_path):
    (tmp_path / "file").write_text("in the way")
    status, found = doctor(NETVIZ_HOME=str(tmp_path / "file"))
    assert (status, found["settings"]["ok"]) == (1, False)
    assert "NETVIZ_HOME" in found["settings"]["mend"]


def test_a_user_without_a_home_is_told_where_things_are_kept_instead(tmp_path):
    lacking = {"HOME", "NETVIZ_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"}
    surroundings = {key: value for key, value in os.environ.items() if key not in lacking}
    surroundings |= {"QT_QPA_PLATFORM": "offscreen", "TMPDIR": str(tmp_path)}
    code = "import pwd, sys; pwd.getpwuid = {}.__getitem__; from netviz import cli; sys.exit(cli.main())"
    command = [sys.executable, "-c", code, "doctor", "--json"]
    done = subprocess.run(command, env=surroundings, capture_output=True, timeout=120, check=False)
    found = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (1, b"")
    assert found["home"]["mend"].startswith("What is kept in a temporary folder may be lost")
    assert found["settings"]["value"].startswith(f"{tmp_path}/netviz-")


def test_people_read_lines_with_a_mark_at_what_is_wrong(tmp_path):
    (tmp_path / "file").write_text("in the way")
    surroundings = os.environ | {"QT_QPA_PLATFORM": "offscreen", "NETVIZ_HOME": str(tmp_path / "file")}
    command = [sys.executable, "-m", "netviz", "doctor"]
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=120, check=False)
    marked = [line.split()[1] for line in done.stdout.splitlines() if line.startswith("!")]
    assert (done.returncode, marked) == (1, ["settings", "autosave", "logs"])
