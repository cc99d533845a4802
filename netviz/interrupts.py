"""Ctrl+C while nothing is at stake: the process ends at once and without a word."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def at_once() -> Iterator[None]:
    """Leave Ctrl+C to the system: Python's own way is a traceback, and an abort inside of Qt.

    Where somebody else has a use for it, or has it ignored, that stays.
    """
    before = signal.getsignal(signal.SIGINT)
    if before is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
