"""A process that is killed while it saves, many times over: prints what each file was worth, if anything."""

import os
import random
import select
import signal
import sys
import time
from pathlib import Path

from netviz.session.document import Document
from netviz.session.experiment import with_value
from netviz.session.files import encode, read, write_atomically
from netviz.session.presets import PRESETS

XOR = PRESETS["xor"].experiment
SLOWEST = 0.05  # seconds until a process is killed


def save_for_ever(path: Path, told: int) -> None:
    """Save seed after seed, and tell of each one when it is saved."""
    for seed in range(1, 10**9):
        write_atomically(path, encode(Document(with_value(XOR, "seed", seed))))
        os.write(told, seed.to_bytes(8, "little"))


def killed(path: Path, after: float) -> tuple[int, int]:
    """The seed that was told last, and the one in the file."""
    path.write_bytes(encode(Document(with_value(XOR, "seed", 0))))
    here, there = os.pipe()
    process = os.fork()
    if not process:
        os.close(here)
        save_for_ever(path, there)
    os.close(there)
    seeds, end = b"", time.perf_counter() + after
    while (left := end - time.perf_counter()) > 0 and select.select([here], [], [], left)[0]:
        seeds += os.read(here, 8)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    with os.fdopen(here, "rb") as pipe:
        seeds += pipe.read()
    return int.from_bytes(seeds[-8:], "little"), read(path).experiment.base.seed


def main() -> None:
    """Kill as often as asked; a torn or a stale file ends it with an error."""
    chance, saved = random.Random(1), 0
    for _ in range(int(sys.argv[1])):
        last, found = killed(Path(sys.argv[2]), chance.uniform(0, SLOWEST))
        assert last <= found <= last + 1, (last, found)
        saved += found
    print(saved)


if __name__ == "__main__":
    main()
