"""Which columns of a file are learned from, and which is learned: proposed, or named in text."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from netviz.core.features import MOST_COLUMNS
from netviz.core.network import Array, read_only
from netviz.core.own import MOST_CLASSES
from netviz.core.tables import Table
from netviz.session.tables.reading import LARGEST, MOST_TOLD, Column, Sheet, TableError, Trouble, read
from netviz.session.tables.values import LONGEST_NAME

ARROW = "->"
ROW_NUMBERS = 10  # rows, from which a column that counts them is not proposed as an input
EMPTY = "an empty cell"


class Columns(NamedTuple):
    """The columns chosen, by their numbers from 0."""

    inputs: tuple[int, ...]
    target: int
    classes: bool  # the target's values are classes, not numbers


class Built(NamedTuple):
    """A table, and what of the file is not in it."""

    table: Table
    left_out: int  # rows
    troubles: tuple[Trouble, ...]  # the first of them, by line


def class_names(column: Column) -> tuple[str, ...]:
    """The different values of a column, numbers by size, then words by alphabet; at most one too many."""
    numbers = np.unique(column.numbers[column.codes < 0])
    words = sorted(word for word in column.words if word)
    told = [f"{value:.15g}" for value in numbers[: MOST_CLASSES + 1].tolist()]
    return (*told, *words)[: MOST_CLASSES + 1]


def can_be_classes(column: Column) -> bool:
    """Whether it has few enough different values, and more than one."""
    return 2 <= len(class_names(column)) <= MOST_CLASSES


def usually_classes(column: Column) -> bool:
    """Whether its values are taken for classes: words, or few different whole numbers."""
    whole = bool((np.mod(column.numbers[column.codes < 0], 1) == 0).all())
    return not column.numeric or (whole and can_be_classes(column))


def can_be_target(column: Column) -> bool:
    """Whether it can be learned at all."""
    return column.numeric or can_be_classes(column)


def proposed(sheet: Sheet, target: int | None = None) -> Columns:
    """The last column that can be learned, from all others that are numbers; TableError if there are none."""
    columns = sheet.columns
    if not any(column.numeric for column in columns):
        raise TableError("none of its columns holds numbers")
    if target is None:
        target = next((i for i in reversed(range(len(columns))) if _learnable(columns, i)), len(columns) - 1)
    numeric = [i for i, column in enumerate(columns) if column.numeric and i != target]
    telling = [i for i in numeric if not (_counts_rows(sheet, columns[i]) or is_still(columns[i]))]
    inputs = telling or numeric
    return Columns(tuple(inputs[:MOST_COLUMNS]), target, usually_classes(columns[target]))


def _learnable(columns: Sequence[Column], target: int) -> bool:
    """Whether it can be a target that leaves an input."""
    others = any(column.numeric for i, column in enumerate(columns) if i != target)
    return others and can_be_target(columns[target])


def is_still(column: Column) -> bool:
    """Whether all its numbers are the same."""
    numbers = column.numbers[column.codes < 0]
    return bool(len(numbers)) and bool((numbers == numbers[0]).all())


def _counts_rows(sheet: Sheet, column: Column) -> bool:
    """Whether it grows by 1 from line to line: a row's number says nothing about it."""
    whole = column.codes < 0
    ahead = column.numbers[whole] - sheet.lines[whole]
    return len(ahead) >= ROW_NUMBERS and bool((ahead == ahead[0]).all())


def table_from(sheet: Sheet, chosen: Columns, name: str) -> Built:
    """The table of these columns; rows with an error in one are left out. TableError if none is left."""
    inputs = [sheet.columns[i] for i in chosen.inputs]
    target = sheet.columns[chosen.target]
    if not inputs or chosen.target in chosen.inputs:
        raise TableError("expected at least one input besides the target")
    if len(inputs) > MOST_COLUMNS:
        raise TableError(f"{len(inputs)} inputs, where a network can see {MOST_COLUMNS}")
    classes, what = _target(target, chosen.classes)
    values = np.column_stack([*(column.numbers for column in inputs), what])
    fine = np.isfinite(values).all(axis=1)
    judged = [*((column, False) for column in inputs), (target, chosen.classes)]
    if not fine.any():
        raise TableError(f"no row is left: {_trouble(sheet, judged, 0)}, and so on")
    names = tuple(column.name for column in inputs)
    table = Table(name, names, target.name, classes, read_only(np.ascontiguousarray(values[fine])))
    bad = np.flatnonzero(~fine)
    found = [_trouble(sheet, judged, row) for row in bad[:MOST_TOLD].tolist()]
    troubles = sorted((*found, *sheet.troubles))[:MOST_TOLD]
    return Built(table, len(bad) + sheet.ragged, tuple(troubles))


def _target(column: Column, as_classes: bool) -> tuple[tuple[str, ...], Array]:
    """The classes' names and each row's number, NaN where there is none; for numbers no names."""
    if not as_classes:
        if not column.numeric:
            raise TableError(f'"{column.name}" holds words: they can be classes, not a number to learn')
        return (), column.numbers
    names = class_names(column)
    if len(names) > MOST_CLASSES:
        raise TableError(
            f'"{column.name}" has more than {MOST_CLASSES} different values, too many for classes'
        )
    if len(names) < 2:
        raise TableError(f'"{column.name}" is the same in every row: there is nothing to learn')
    numbers = {name: float(i) for i, name in enumerate(names)}
    of_word = np.array([numbers.get(word, np.nan) for word in column.words] or [np.nan])
    values, places = np.unique(column.numbers, return_inverse=True)
    of_value = np.array([numbers.get(f"{value:.15g}", np.nan) for value in values.tolist()])
    return names, np.where(column.codes < 0, of_value[places], of_word[np.maximum(column.codes, 0)])


def _trouble(sheet: Sheet, judged: Sequence[tuple[Column, bool]], row: int) -> Trouble:
    """What is wrong with a row: its first cell that is empty, or no number where one is needed."""
    cells = (
        (column.name, column.words[column.codes[row]], as_class)
        for column, as_class in judged
        if column.codes[row] >= 0
    )
    name, word = next((name, word) for name, word, as_class in cells if not (word and as_class))
    return Trouble(int(sheet.lines[row]), f"'{word}' is not a number" if word else f"{name} is {EMPTY}")


def left_out_sentence(built: Built, most: int = 3) -> str:
    """3 rows left out: line 17: 'abc' is not a number; line 20: …; empty where none is."""
    if not built.left_out:
        return ""
    told = "; ".join(map(str, built.troubles[:most]))
    rows = "1 row" if built.left_out == 1 else f"{built.left_out:,} rows"
    return f"{rows} left out: {told}{'; …' if built.left_out > most else ''}"


def named(sheet: Sheet, inputs: str, target: str) -> Columns:
    """The columns of a text such as a,b->c: by name, or by number from 1; TableError names those known."""
    at = _named(sheet, target.strip()) if target.strip() else None
    columns = proposed(sheet, at)
    if inputs.strip():
        places = [_named(sheet, name.strip()) for name in inputs.split(",")]
        for place in places:
            if places.count(place) > 1:
                raise TableError(f'the column "{sheet.columns[place].name[:40]}" is named twice')
        columns = columns._replace(inputs=tuple(places))
    return columns


def _named(sheet: Sheet, name: str) -> int:
    names = [column.name for column in sheet.columns]
    if name in names:
        return names.index(name)
    if name.isascii() and name.isdigit() and len(name) < 4 and 1 <= int(name) <= len(names):
        return int(name) - 1
    raise TableError(f'there is no column "{name[:40]}"; there are {", ".join(names[:20])}')


def built_from(text: str) -> Built:
    """The table that `FILE` or `FILE:COLUMN,COLUMN->TARGET` names; TableError and OSError say why not."""
    before, arrow, target = text.rpartition(ARROW) if ARROW in text else (text, "", "")
    path, colon, inputs = before.rpartition(":") if arrow else (before, "", "")
    if arrow and not colon:
        raise TableError(f"expected FILE or FILE:COLUMN,COLUMN{ARROW}TARGET, got {text[:60]}")
    return _built(path, inputs, target, _stamp(Path(path)))


def _stamp(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_mtime_ns, found.st_size


@lru_cache(maxsize=1)
def _built(path: str, inputs: str, target: str, _: tuple[int, int]) -> Built:
    name = Path(path).name
    try:
        sheet = read(contents(Path(path)))
        return table_from(sheet, named(sheet, inputs, target), name[-LONGEST_NAME:])
    except TableError as error:
        raise TableError(f"{name}: {error}") from None


def contents(path: Path) -> bytes:
    """A file's bytes, one more than is read at most; OSError if it cannot be read."""
    with path.open("rb") as file:
        return file.read(LARGEST + 1)
