"""Tries the frozen program as a stranger would, without Python; prints its size and time to first paint.

    python packaging/smoke.py dist/netviz

Needs Xvfb. Exit status 1, with a sentence for each, where something does not hold.
"""

import json
import mmap
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

MAX_MB, MAX_SECONDS = 170, 0.6
SCREEN = (1920, 1080)
STARTS = 5
COLOURS = 24  # an empty frame has a few colours, drawn letters have dozens
PATIENCE = 30.0  # seconds


class Bare(NamedTuple):
    """A place with nothing in it but a copy of the program."""

    program: Path
    environment: dict[str, str]

    def run(self, *words: str) -> subprocess.CompletedProcess:
        command = [str(self.program), *words]
        return subprocess.run(
            command,
            env=self.environment,
            cwd=self.environment["HOME"],
            capture_output=True,
            text=True,
            check=True,
        )


@contextmanager
def bare(folder: Path) -> Iterator[Bare]:
    """Copy the program away from the checkout, to where no Python is on the path and no setting exists."""
    with tempfile.TemporaryDirectory() as place:
        home = Path(place, "home")
        home.mkdir(mode=0o700)
        shutil.copytree(folder, Path(place, "netviz"), symlinks=True)
        environment = {
            "HOME": str(home),
            "XDG_RUNTIME_DIR": str(home),
            "PATH": str(home),
            "LC_ALL": "C.UTF-8",
        }
        yield Bare(Path(place, "netviz", "netviz"), environment)


def lists_the_panels_of_the_source(place: Bare) -> str:
    words = ("list", "panels", "--json")
    source = subprocess.run(
        [sys.executable, "-m", "netviz", *words], capture_output=True, text=True, check=True
    )
    ours = json.loads(place.run(*words).stdout)
    assert ours == json.loads(source.stdout), f"frozen {ours}, source {source.stdout}"
    return f"{len(ours)} panels"


def trains(place: Bare) -> str:
    last = json.loads(place.run("train", "xor", "--epochs", "1000", "--json").stdout.splitlines()[-1])
    bent, straight = (twin["train_loss"] for twin in last["twins"])
    assert bent < 1e-3, f"the ReLU twin ended at {bent}"
    assert abs(straight - 0.25) < 1e-6, f"the identity twin ended at {straight}"
    return f"losses {bent:.1e} and {straight:.6f}"


def renders_the_window(place: Bare) -> str:
    picture = Path(place.environment["HOME"], "window.png")
    offscreen = place._replace(environment=place.environment | {"QT_QPA_PLATFORM": "offscreen"})
    offscreen.run("render", "xor", "--step", "172", "--window", "--size", "1920x1080", "-o", str(picture))
    head = picture.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n", "no PNG"
    assert struct.unpack(">II", head[16:]) == SCREEN, "not of the size asked for"
    return f"{picture.stat().st_size // 1024} kB"


def opens_a_file(place: Bare) -> str:
    file = Path(place.environment["HOME"], "mine.netviz")
    file.write_text('{"format": "netviz", "version": 1, "experiment": {"twins": [{}]}}', encoding="utf-8")
    told = json.loads(place.run("train", str(file), "--steps", "1", "--json").stdout.splitlines()[-1])
    assert told["step"] == 1
    return "trained from it"


def paints_at_once(place: Bare) -> str:
    with screen() as (display, pixels):
        times = [first_paint(place, display, pixels) for _ in range(STARTS)]
    usual = sorted(times)[STARTS // 2]
    assert usual < MAX_SECONDS, f"first paint after {usual:.2f} s, allowed {MAX_SECONDS}"
    return f"first paint after {usual:.2f} s, the very first {times[0]:.2f} s"


def is_lean(place: Bare) -> str:
    files = [file for file in place.program.parent.rglob("*") if file.is_file() and not file.is_symlink()]
    size = sum(file.stat().st_size for file in files) / 1e6
    assert size < MAX_MB, f"{size:.0f} MB, allowed {MAX_MB}"
    return f"{size:.0f} MB in {len(files)} files"


@contextmanager
def screen() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Start an X server without a screen; yields its name, and what reads its pixels."""
    with tempfile.TemporaryDirectory() as folder:
        read, write = os.pipe()
        size = f"{SCREEN[0]}x{SCREEN[1]}x24"
        command = [
            "Xvfb",
            "-displayfd",
            str(write),
            "-screen",
            "0",
            size,
            "-fbdir",
            folder,
            "-nolisten",
            "tcp",
        ]
        server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        try:
            with os.fdopen(read) as told:
                display = f":{told.readline().strip()}"
            with Path(folder, "Xvfb_screen0").open("rb") as file:
                memory = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
                yield display, lambda: memory[-4 * SCREEN[0] * SCREEN[1] :]
                memory.close()
        finally:
            server.terminate()
            server.wait()


def first_paint(place: Bare, display: str, pixels: Callable[[], bytes]) -> float:
    """Return the seconds from starting the program to its first letters; then close it and see it end."""
    environment = place.environment | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    start = time.perf_counter()
    program = subprocess.Popen(
        [place.program], env=environment, cwd=environment["HOME"], stderr=subprocess.PIPE
    )
    while len(set(memoryview(pixels()).cast("I")[::101])) < COLOURS:
        assert program.poll() is None, f"ended with {program.returncode}: {program.stderr.read().decode()}"
        assert time.perf_counter() - start < PATIENCE, "nothing was painted"
        time.sleep(0.005)
    seconds = time.perf_counter() - start
    program.terminate()
    _, told = program.communicate(timeout=PATIENCE)
    assert program.returncode == 0, f"ended with {program.returncode}: {told.decode()}"
    return seconds


CHECKS = (
    is_lean,
    lists_the_panels_of_the_source,
    trains,
    opens_a_file,
    renders_the_window,
    paints_at_once,
)


def main(folder: Path) -> int:
    failed = 0
    with bare(folder) as place:
        for check in CHECKS:
            try:
                told, mark = check(place), "ok  "
            except (AssertionError, subprocess.SubprocessError, OSError) as error:
                told, mark, failed = (
                    f"{error} {getattr(error, 'stderr', None) or ''}".strip(),
                    "FAIL",
                    failed + 1,
                )
            print(f"{mark} {check.__name__.replace('_', ' ')}: {told}", flush=True)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
