"""What README.md and CONTRIBUTING.md promise is there: scripts, commands, links, words, pins."""

import os
import re
import shlex
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from netviz.cli import COMMANDS, TABLES

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / ".github" / "CONTRIBUTING.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
NAMES = {command.name for command in COMMANDS}


def indented(text: str, start: str) -> list[list[str]]:
    """Return the words of each indented line that begins with `start`, its comment left out."""
    lines = re.findall(rf"^    ({re.escape(start)}.*)$", text, flags=re.MULTILINE)
    return [shlex.split(line, comments=True) for line in lines]


@pytest.mark.parametrize("script", ["packaging/run.sh", "packaging/test.sh", ".ci/run"])
def test_a_newcomers_command_can_be_run(script):
    assert os.access(ROOT / script, os.X_OK)


def test_the_readme_starts_with_two_commands():
    assert indented(README, "packaging/") == [["packaging/run.sh"], ["packaging/test.sh"]]


@pytest.mark.parametrize("words", indented(README, "netviz"), ids=" ".join)
def test_a_command_of_the_readme_exists(words):
    named = [word for word in words[1:2] if not word.startswith("--")]
    assert set(named) <= NAMES
    assert named != ["list"] or words[2] in TABLES


@pytest.mark.parametrize(("text", "folder"), [(README, ROOT), (CONTRIBUTING, ROOT / ".github")])
def test_a_link_leads_somewhere(text, folder):
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)]+)\)", text)]
    assert [link for link in links if "://" not in link and not (folder / link).exists()] == []


@pytest.mark.parametrize("text", [README, CONTRIBUTING])
def test_a_named_file_is_there(text):
    named = re.findall(r"`((?:netviz|packaging|resources|tests|\.github)/[\w./-]*\w/?)`", text)
    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.mark.parametrize(
    ("group", "needs"),
    [
        ("run", PROJECT["project"]["dependencies"]),
        *(
            (name, [need for need in needs if isinstance(need, str)])
            for name, needs in PROJECT["dependency-groups"].items()
        ),
        *(("test", needs) for needs in PROJECT["project"]["optional-dependencies"].values()),
    ],
)
def test_what_the_project_needs_is_pinned_within_its_range(group, needs):
    file = "run" if group == "install" else group
    pins = (ROOT / "packaging" / "requirements" / f"{file}.txt").read_text(encoding="utf-8")
    pinned = dict(re.findall(r"^([\w.-]+)==([\w.]+)", pins, flags=re.MULTILINE))
    for need in map(Requirement, needs):
        name = re.sub(r"[-_.]+", "-", need.name).lower()
        assert need.specifier.contains(pinned[name]), f"{need}: run packaging/pin.sh"
