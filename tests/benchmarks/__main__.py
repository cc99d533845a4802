"""Prints every speed with its goal, in one table: the rows of each bench_*.py beside this file.

    python -m tests.benchmarks [NAME ...]        NAME as in bench_NAME.py; without one, all of them

A row's name, what was measured, its goal, and whether it holds; the exit status is 1 where one does not.
"""

import sys
from importlib import import_module
from pathlib import Path


def main(names: list[str]) -> int:
    missed = 0
    every = sorted(file.stem.removeprefix("bench_") for file in Path(__file__).parent.glob("bench_*.py"))
    for name in names or every:
        for row in import_module(f"tests.benchmarks.bench_{name}").rows():
            print(
                f"{row.name:44} {row.measured:10.3g} {row.goal:10.3g}  {'ok' if row.ok else 'MISSED'}",
                flush=True,
            )
            missed += not row.ok
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
