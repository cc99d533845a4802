"""What ruff cannot say of the house style: sizes, words left for later, tests that wait or look away."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted(
    file for folder in ("netviz", "tests", "packaging") for file in (ROOT / folder).rglob("*.py")
)  # fmt: skip
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
EVERYWHERE = ("TODO", "FIXME", "pragma: no cover", r"type: ignore(?!\[)", r"# noqa(?!:)")
IN_TESTS = (r"time\.sleep", "qSleep", r"mark\.skip", r"mark\.xfail", r"pytest\.skip", "assert True")
BELOW_APP = (r"QApplication\.instance\(",)


def name(file: Path) -> str:
    return str(file.relative_to(ROOT))


@pytest.mark.parametrize("file", FILES, ids=name)
def test_a_file_is_short(file):
    text = file.read_text(encoding="utf-8")
    functions = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef))
    long = [node.name for node in functions if node.end_lineno - node.lineno >= LONGEST_FUNCTION]
    assert len(text.splitlines()) <= LONGEST_FILE
    assert long == []


@pytest.mark.parametrize("file", [file for file in FILES if file != Path(__file__)], ids=name)
def test_nothing_is_left_for_later_or_silenced(file):
    path, text = name(file), file.read_text(encoding="utf-8")
    patterns = list(EVERYWHERE)
    patterns += IN_TESTS if path.startswith("tests/") else ()
    patterns += BELOW_APP if path.startswith("netviz/") and not path.startswith("netviz/app/") else ()
    assert [pattern for pattern in patterns if re.search(pattern, text)] == []
