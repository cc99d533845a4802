"""Each contract of pyproject.toml breaks when it should: one that guards nothing is worse than none."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]


class Plant(NamedTuple):
    """A line that must not be there, where it is planted, and the contract that must notice."""

    contract: str
    path: str
    line: str


PLANTS = (
    Plant("layers", "core/network.py", "import netviz.session.state"),
    Plant("layers", "core/network.py", "import netviz.paths"),
    Plant("layers", "paths.py", "import netviz.core.network"),
    Plant("layers", "session/state.py", "import netviz.worker"),
    Plant("layers", "session/state.py", "import netviz.views.panel"),
    Plant("layers", "worker.py", "import netviz.views.panel"),
    Plant("layers", "views/panel.py", "import netviz.worker"),
    Plant("layers", "views/panels/planted.py", "import netviz.app"),
    Plant("layers", "app/planted.py", "import netviz.cli"),
    Plant("layers", "planted.py", "# a module that no layer names"),
    Plant("core-is-numpy", "core/network.py", "import msgspec"),
    Plant("core-is-numpy", "core/network.py", "import PySide6.QtCore"),
    Plant("core-is-numpy", "paths.py", "import PySide6.QtCore"),
    Plant("session-has-no-window", "session/state.py", "import PySide6.QtCore"),
    Plant("session-has-no-window", "session/state.py", "import ziamath"),
    Plant("worker-draws-nothing", "worker.py", "import ziamath"),
    Plant("panels-are-islands", "views/panels/planted.py", "import netviz.views.panels.planted_too"),
    Plant("no-cycles", "core/network.py", "import netviz.core.training"),
    Plant("no-cycles", "views/panels/planted.py", "import netviz.views.registry"),
)


@pytest.fixture
def tree(tmp_path):
    """Copy the package, with two panels more that import nothing yet."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "netviz", tmp_path / "netviz", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("planted", "planted_too"):
        (tmp_path / "netviz" / "views" / "panels" / f"{name}.py").write_text(f'"""{name}"""\n')
    return tmp_path


def check(tree: Path, *options: str) -> subprocess.CompletedProcess:
    """Run import-linter over the copy, in a process of its own so that it sees the copy alone."""
    code = "from importlinter.cli import lint_imports_command as run; run()"
    command = [sys.executable, "-c", code, "--no-cache", "--no-logo", *options]
    return subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)


def test_the_tree_keeps_every_contract(tree):
    done = check(tree)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: f"{plant.contract}: {plant.path}: {plant.line}")
def test_a_planted_violation_breaks_its_contract(tree, plant):
    file = tree / "netviz" / plant.path
    text = file.read_text() if file.exists() else ""
    file.write_text(f"{text}\n{plant.line}\n")
    done = check(tree, "--contract", plant.contract)
    assert done.returncode == 1
    assert "0 kept, 1 broken" in done.stdout, done.stdout + done.stderr
