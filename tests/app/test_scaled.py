"""On every screen, at every scale, in every theme nothing is cut and every control has its name."""

import json
import os
import subprocess
import sys
from itertools import product

import pytest

from tests.thorough import times

SCREENS = ((1024, 768), (1366, 768), (1920, 1080), (3840, 2160))
SCALES = ("1", "1.5", "2")
SOME = tuple(zip(SCREENS, (*SCALES, "2"), strict=True))


@pytest.mark.parametrize(("size", "scale"), times(SOME, tuple(product(SCREENS, SCALES))))
def test_nothing_is_cut_and_everything_has_a_name(size, scale, tmp_path, own_home):
    width, height = size
    here = {"name": "here", "x": 0, "y": 0, "width": width, "height": height, "logicalDpi": 96,
            "logicalBaseDpi": 96, "dpr": 1}  # fmt: skip
    file = tmp_path / "screens.json"
    file.write_text(json.dumps({"screens": [here]}))
    scaled = os.environ | {"QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": f"offscreen:configfile={file}"}
    command = [sys.executable, "-m", "tests.app.scaled"]
    ended = subprocess.run(command, env=scaled, capture_output=True, text=True, timeout=120, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    found = json.loads(ended.stdout)
    logical = [width / float(scale), height / float(scale)]
    assert found == {"size": pytest.approx(logical, abs=1), "wrong": {}}
