"""Where results go: to a file whole or not at all, to a pipe as they are, to a terminal in its letters."""

import sys
from collections.abc import Iterable
from pathlib import Path

from netviz.session.files import write_atomically

STANDARD = "-"  # what commands call standard input and output


def on_terminal() -> bool:
    """Whether a person watches standard output."""
    return sys.stdout is not None and sys.stdout.isatty()


def send(parts: Iterable[bytes], name: str) -> None:
    """Write to the file of that name, or to STANDARD output; OSError if it cannot be."""
    if name != STANDARD:
        write_atomically(Path(name), b"".join(parts))
        return
    for part in parts if sys.stdout is not None else ():
        if on_terminal():
            print(part.decode(), end="")
        else:
            sys.stdout.buffer.write(part)
