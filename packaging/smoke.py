"""Tries the frozen program as a stranger would, without Python; prints its size and time to first paint.

    python packaging/smoke.py dist/netviz

Needs Xvfb. Exit status 1, with a sentence for each, where something does not hold.
"""

import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.screen import SIZE, first_paint, screen

MAX_MB, MAX_SECONDS = 170, 0.6  # of 2**20 bytes, as du counts them
STARTS = 5


class Bare(NamedTuple):
    """A place with nothing in it but a copy of the program."""

    program: Path
    environment: dict[str, str]

    def run(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        command = [str(self.program), *words]
        home = self.environment["HOME"]
        return subprocess.run(
            command, env=self.environment, cwd=home, capture_output=True, text=True, check=check
        )


@contextmanager
def bare(folder: Path) -> Iterator[Bare]:
    """Copy the program away from the checkout, to where no Python is on the path and no setting exists."""
    with tempfile.TemporaryDirectory() as place:
        home = Path(place, "home")
        home.mkdir(mode=0o700)
        shutil.copytree(folder, Path(place, "netviz"), symlinks=True)
        environment = {"PATH": str(home), "LC_ALL": "C.UTF-8"} | dict.fromkeys(
            ("HOME", "XDG_RUNTIME_DIR"), str(home)
        )
        yield Bare(Path(place, "netviz", "netviz"), environment)


def _same_list(place: Bare, table: str) -> str:
    """How many there are of something, the same ones as in the source."""
    words = ("list", table, "--json")
    command = [sys.executable, "-m", "netviz", *words]
    source = subprocess.run(command, capture_output=True, text=True, check=True)
    ours = json.loads(place.run(*words).stdout)
    assert ours == json.loads(source.stdout), f"frozen {ours}, source {source.stdout}"
    return f"{len(ours)} {table}"


def lists_the_panels_of_the_source(place: Bare) -> str:
    return _same_list(place, "panels")


def carries_every_lesson(place: Bare) -> str:
    return _same_list(place, "lessons")


def trains(place: Bare) -> str:
    last = json.loads(place.run("train", "xor", "--epochs", "1000", "--json").stdout.splitlines()[-1])
    bent, straight = (twin["train_loss"] for twin in last["twins"])
    assert bent < 1e-3, f"the ReLU twin ended at {bent}"
    assert abs(straight - 0.25) < 1e-6, f"the identity twin ended at {straight}"
    return f"losses {bent:.1e} and {straight:.6f}"


def renders_the_window(place: Bare) -> str:
    picture = Path(place.environment["HOME"], "window.png")
    place.run("render", "xor", "--step", "172", "--window", "--size", "1920x1080", "-o", str(picture))
    head = picture.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n", "no PNG"
    assert struct.unpack(">II", head[16:]) == SIZE, "not of the size asked for"
    return f"{picture.stat().st_size // 1024} kB"


def draws_every_panel(place: Bare) -> str:
    panels = json.loads(place.run("list", "panels", "--json").stdout)
    for panel in panels:
        place.run("render", "xor", "--panel", panel["name"], "-o", f"{panel['name']}.svg")
    return f"{len(panels)} pictures"


def makes_films(place: Bare) -> str:
    sizes = []
    for suffix, head in ((".gif", b"GIF89a"), (".apng", b"\x89PNG"), (".webp", b"RIFF")):
        film = Path(place.environment["HOME"], f"film{suffix}")
        words = ("--steps", "0:4", "--panel", "surface", "--size", "320x240", "-o", str(film))
        place.run("render", "xor", *words)
        assert film.read_bytes().startswith(head), f"no {suffix} film"
        sizes.append(f"{film.stat().st_size // 1024} kB {suffix}")
    return ", ".join(sizes)


def says_what_an_mp4_takes(place: Bare) -> str:
    """The encoder is not built in; without it, one line that helps and no traceback."""
    ran = place.run("render", "xor", "--steps", "0:1", "-o", "film.mp4", check=False)
    told = ran.stderr.splitlines()
    assert (ran.returncode, len(told)) == (2, 1), f"ended with {ran.returncode}: {ran.stderr}"
    return told[0]


def opens_a_file(place: Bare) -> str:
    file = Path(place.environment["HOME"], "mine.netviz")
    file.write_text('{"format": "netviz", "version": 1, "experiment": {"twins": [{}]}}', encoding="utf-8")
    told = json.loads(place.run("train", str(file), "--steps", "1", "--json").stdout.splitlines()[-1])
    assert told["step"] == 1
    return "trained from it"


def puts_itself_into_the_menu(place: Bare) -> str:
    """With the system's own tools: sh, sed, cp."""
    home = Path(place.environment["HOME"])
    command = ["sh", str(place.program.parent / "desktop" / "install.sh")]
    subprocess.run(command, env=place.environment | {"PATH": os.defpath}, capture_output=True, check=True)
    entry = (home / ".local/share/applications/netviz.desktop").read_text(encoding="utf-8")
    assert f'Exec="{place.program}" open %u' in entry, entry
    return "a double click opens a file"


def paints_at_once(place: Bare) -> str:
    with screen() as there:
        times = [first_paint([str(place.program)], place.environment, there) for _ in range(STARTS)]
    usual = sorted(times)[STARTS // 2]
    assert usual < MAX_SECONDS, f"first paint after {usual:.2f} s, allowed {MAX_SECONDS}"
    return f"first paint after {usual:.2f} s, the very first {times[0]:.2f} s"


def is_lean(place: Bare) -> str:
    files = [file for file in place.program.parent.rglob("*") if file.is_file() and not file.is_symlink()]
    size = sum(file.stat().st_size for file in files) / 2**20
    assert size < MAX_MB, f"{size:.0f} MB, allowed {MAX_MB}"
    return f"{size:.0f} MB in {len(files)} files"


CHECKS = (
    is_lean,
    lists_the_panels_of_the_source,
    carries_every_lesson,
    trains,
    opens_a_file,
    draws_every_panel,
    renders_the_window,
    makes_films,
    says_what_an_mp4_takes,
    puts_itself_into_the_menu,
    paints_at_once,
)


def outcome(check: Callable[[Bare], str], place: Bare) -> tuple[bool, str]:
    """Run one check; returns whether it holds, and what it saw."""
    try:
        return True, check(place)
    except subprocess.CalledProcessError as error:
        return False, f"{error} {error.stderr}"
    except (AssertionError, subprocess.TimeoutExpired, OSError) as error:
        return False, str(error)


def main(folder: Path) -> int:
    holds = True
    with bare(folder) as place:
        for check in CHECKS:
            well, told = outcome(check, place)
            holds &= well
            print("ok  " if well else "FAIL", f"{check.__name__.replace('_', ' ')}: {told}", flush=True)
    return int(not holds)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
