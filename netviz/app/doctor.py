"""Says what this installation consists of, what is wrong with it and how to mend it."""

import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable
from importlib import metadata
from typing import NamedTuple

from netviz import __version__, paths

LIBRARIES = ("PySide6_Essentials", "numpy", "msgspec", "segno", "ziamath")
FORBIDDEN = "6.12.0"  # of PySide6, on Python 3.11: it kills the interpreter
PROBE = (
    "from PySide6.QtWidgets import QApplication; from PySide6.QtGui import QFontDatabase;"
    "a = QApplication([]); from netviz.views import theme; theme.fonts();"
    "print(a.platformName(), theme.FAMILY in QFontDatabase.families())"
)


class Finding(NamedTuple):
    """One thing that was looked at."""

    name: str
    value: str
    mend: str = ""  # how to mend it; empty: nothing is wrong


def examine(as_json: bool) -> int:
    """Print the findings; 0 when nothing is wrong, else 1."""
    findings = [finding for look in LOOKS for finding in look()]
    if as_json:
        print(json.dumps({f.name: {"value": f.value, "ok": not f.mend, "mend": f.mend} for f in findings}))
    for finding in [] if as_json else findings:
        print(f"{'!' if finding.mend else ' '} {finding.name:20} {finding.value}")
        if finding.mend:
            print(f"    {finding.mend}")
    return 1 if any(finding.mend for finding in findings) else 0


def _versions() -> list[Finding]:
    python = platform.python_version()
    return [
        Finding("netviz", __version__),
        Finding("Python", f"{python} on {platform.platform()}", _old_python()),
        *(_library(name) for name in LIBRARIES),
    ]


def _old_python() -> str:
    return "" if sys.version_info >= (3, 11) else "Install Python 3.11 or newer."


def _library(name: str) -> Finding:
    try:
        version = metadata.version(name)
    except metadata.PackageNotFoundError:
        if getattr(sys, "frozen", False):
            return Finding(name, "built in")
        return Finding(name, "missing", f"Install it: pip install {name}")
    wrong = name.startswith("PySide6") and version == FORBIDDEN and sys.version_info < (3, 12)
    return Finding(name, version, f"It crashes on this Python: pip install '{name}<6.12'" if wrong else "")


def _screen() -> list[Finding]:
    """Start Qt in a process of its own: where it fails, it aborts."""
    if getattr(sys, "frozen", False):
        return [Finding("Qt platform", os.environ.get("QT_QPA_PLATFORM", "chosen by Qt"))]
    started, said = _started(dict(os.environ))
    if started:
        name, font = said.split()
        return [Finding("Qt platform", name), _font(font)]
    there, font = _started(os.environ | {"QT_QPA_PLATFORM": "offscreen"})
    wrong = Finding("Qt platform", f"did not start: {said}", _qt_mend())
    return [wrong, *([_font(font.split()[1])] if there else [])]


def _started(environment: dict[str, str]) -> tuple[bool, str]:
    """Whether Qt starts, and what it said."""
    command = [sys.executable, "-c", PROBE]
    try:
        ran = subprocess.run(
            command, capture_output=True, text=True, timeout=60, check=False, env=environment
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return False, str(error)
    if ran.returncode:
        return False, (ran.stderr.strip() or "no message").splitlines()[-1]
    return True, ran.stdout


def _font(found: str) -> Finding:
    if found == "True":
        return Finding("font", "Inter")
    return Finding("font", "system's", "Install netviz again: its typeface is missing.")


def _qt_mend() -> str:
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return "There is no screen here; without one, netviz train and netviz render work."
    return "Install Qt's system libraries: packaging/run.sh does, or see README."


def _folders() -> list[Finding]:
    home = paths.home()
    return [_resources(), *_person(), *(_folder(name, path) for name, path in home._asdict().items())]


def _person() -> list[Finding]:
    if os.environ.get("NETVIZ_HOME") or paths.person():
        return []
    mend = "What is kept in a temporary folder may be lost: set HOME, or NETVIZ_HOME to a folder of yours."
    return [Finding("home", "this user has none", mend)]


def _resources() -> Finding:
    try:
        return Finding("resources", str(paths.resources()))
    except FileNotFoundError as error:
        return Finding("resources", "missing", f"{error}. Install netviz again.")


def _folder(name: str, path: "os.PathLike[str]") -> Finding:
    try:
        os.makedirs(path, exist_ok=True)
        writable = os.access(path, os.W_OK)
    except OSError:
        writable = False
    mend = "" if writable else f"Make {path} writable, or set NETVIZ_HOME to a folder that is."
    return Finding(name, str(path), mend)


LOOKS: tuple[Callable[[], list[Finding]], ...] = (_versions, _screen, _folders)
