"""An X server without a screen, and the time a program takes until it has painted something on it."""

import mmap
import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

SIZE = (1920, 1080)
COLOURS = 24  # an empty frame has a few colours, drawn letters have dozens
PATIENCE = 30.0  # seconds
LOOK_EVERY = 0.005  # seconds


class Screen(NamedTuple):
    """A running X server: its display's name, and what reads its pixels (4 bytes each)."""

    display: str
    pixels: Callable[[], bytes]


@contextmanager
def screen() -> Iterator[Screen]:
    """Run Xvfb, its picture in a file that is looked at from outside."""
    read, write = os.pipe()
    with tempfile.TemporaryDirectory() as folder:
        size = f"{SIZE[0]}x{SIZE[1]}x24"
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
            with memory:
                yield Screen(display, lambda: memory[-4 * SIZE[0] * SIZE[1] :])
        finally:
            server.terminate()
            server.wait()


def first_paint(command: Sequence[str], environment: Mapping[str, str], there: Screen) -> float:
    """Return the seconds from starting a program to its first letters; then close it and see it end well."""
    extra = {"DISPLAY": there.display, "QT_QPA_PLATFORM": "xcb"}
    start = time.perf_counter()
    program = subprocess.Popen(
        command, env={**environment, **extra}, cwd=environment["HOME"], stderr=subprocess.PIPE, text=True
    )
    while len(set(memoryview(there.pixels()).cast("I")[::101])) < COLOURS:
        with suppress(subprocess.TimeoutExpired):
            program.wait(LOOK_EVERY)
        assert program.returncode is None, f"ended with {program.returncode}: {program.communicate()[1]}"
        assert time.perf_counter() - start < PATIENCE, "nothing was painted"
    seconds = time.perf_counter() - start
    program.terminate()
    told = program.communicate(timeout=PATIENCE)[1]
    assert program.returncode == 0, f"ended with {program.returncode}: {told}"
    return seconds
