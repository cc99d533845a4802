"""`python -m netviz` is the same program as `netviz`."""

import sys

from netviz.interrupts import at_once


def start() -> int:
    """Run one command; returns the exit status."""
    with at_once():
        from netviz.cli import main
    return main()


if __name__ == "__main__":
    sys.exit(start())
