"""A CSV file, bytes to columns, in slices: encoding, delimiter, decimal sign and header are found."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

import numpy as np

from netviz.core.network import Array
from netviz.session.tables.values import LARGEST_NUMBER, LONGEST_NAME, MOST_ROWS

LARGEST = 64 * 2**20  # bytes of a file
MOST_COLUMNS = 200
MOST_WORDS = 1000  # different words of one column that are told apart
MOST_TOLD = 200  # rows in error whose line and reason are kept
SLICE = 4000  # cells read at once: a few milliseconds
SAMPLE = 64 * 1024  # characters that tell the delimiter
SAMPLE_ROWS, PREVIEW_ROWS = 60, 8
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")  # what no text has
WITH_COMMA = re.compile(r"\s*[+-]?\d+,\d+\s*", re.ASCII)
NUMERAL = re.compile(r"[0-9eE.+\-]+", re.ASCII)  # what a number is written with: neither 1_000 nor nan


class TableError(ValueError):
    """A file that is no table; its text is the sentence to show, without the file's name."""


class Trouble(NamedTuple):
    """A row that cannot be used."""

    line: int  # of the file, from 1
    reason: str  # "'abc' is not a number"

    def __str__(self) -> str:
        """Say it."""
        return f"line {self.line}: {self.reason}"


@dataclass(frozen=True, eq=False)
class Column:
    """One column: numbers where a cell is one, else the number of its word."""

    name: str
    numbers: Array  # (rows,), NaN where the cell is no number
    words: tuple[str, ...]  # the different cells that are no numbers, as they first came
    codes: np.ndarray[tuple[int], np.dtype[np.int32]]  # (rows,), -1 where the cell is a number

    @property
    def numeric(self) -> bool:
        """Whether most cells are numbers."""
        return int((self.codes < 0).sum()) * 2 > len(self.codes)


@dataclass(frozen=True, eq=False)
class Sheet:
    """A file that was read: its columns, and how it was understood."""

    columns: tuple[Column, ...]
    lines: np.ndarray[tuple[int], np.dtype[np.int64]]  # (rows,), where each row begins in the file, from 1
    delimiter: str
    header: bool
    comma: bool  # it writes 3,14
    encoding: str
    preview: tuple[tuple[str, ...], ...]  # the first rows, as they stand there
    troubles: tuple[Trouble, ...]  # the first MOST_TOLD rows that are not as long as the others
    ragged: int  # how many there are


@dataclass
class _Growing:
    """A column on its way."""

    numbers: list[Array] = field(default_factory=list)
    codes: list[np.ndarray[tuple[int], np.dtype[np.int32]]] = field(default_factory=list)
    words: dict[str, int] = field(default_factory=dict)

    def add(self, cells: Sequence[str], comma: bool) -> None:
        """Take on some more cells."""
        found = _numbers(cells, comma)
        codes = np.full(len(cells), -1, dtype=np.int32)
        if found is None:
            found = np.array([number(cell, comma) for cell in cells])
            for at in np.flatnonzero(np.isnan(found)).tolist():
                codes[at] = self._code(cells[at])
        self.numbers.append(found)
        self.codes.append(codes)

    def _code(self, cell: str) -> int:
        word = _short(cell)
        if len(self.words) >= MOST_WORDS:
            return self.words.get(word, MOST_WORDS - 1)
        return self.words.setdefault(word, len(self.words))

    def column(self, name: str) -> Column:
        """The column as it is now."""
        return Column(name, np.concatenate(self.numbers), tuple(self.words), np.concatenate(self.codes))


def read(data: bytes, delimiter: str | None = None, header: bool | None = None) -> Sheet:
    """Read a file's bytes whole; TableError says what is wrong with them, and in which line."""
    slices = reading(data, delimiter, header)
    while True:
        try:
            next(slices)
        except StopIteration as done:
            sheet: Sheet = done.value
            return sheet


def reading(
    data: bytes, delimiter: str | None = None, header: bool | None = None
) -> Generator[float, None, Sheet]:
    """Read in slices of a few milliseconds, each yielding the share that is read; returns the Sheet.

    What is not given is found. TableError as for `read`.
    """
    if len(data) > LARGEST:
        raise TableError(f"larger than {LARGEST // 2**20} MiB")
    if not data.strip():
        raise TableError("it is empty")
    encoding = yield from _encoding(data)
    sample = _sample(data, encoding)
    found = _delimiter(sample) if delimiter is None else delimiter
    first = list(islice(_rows(io.StringIO(sample, newline=None), found), SAMPLE_ROWS))
    comma = found != "," and _writes_comma(first)
    headed = _has_header(first, comma) if header is None else header
    bytes_read = io.BytesIO(data)
    text = io.TextIOWrapper(bytes_read, encoding, newline=None)
    manner = _Manner(found, headed, comma, encoding)
    return (yield from _columns(text, lambda: bytes_read.tell() / len(data), manner))


class _Manner(NamedTuple):
    """How a file is written."""

    delimiter: str
    header: bool
    comma: bool
    encoding: str


def _encoding(data: bytes) -> Generator[float, None, str]:
    """The one that its mark names, UTF-8 where all of it is, else Latin-1; text must not be binary."""
    marked = next((name for mark, name in MARKS.items() if data.startswith(mark)), None)
    if marked is None and b"\0" in data:
        raise TableError("it is no text")
    found = marked or "utf-8"
    text = io.TextIOWrapper(io.BytesIO(data), found)
    try:
        while piece := text.read(SAMPLE):
            if CONTROL.search(piece):
                raise TableError("it is no text")
            yield 0.0
    except UnicodeError:
        if marked:
            raise TableError(f"its text is not {'UTF-8' if marked == 'utf-8-sig' else 'UTF-16'}") from None
        if CONTROL.search(data[:SAMPLE].decode("latin-1")):
            raise TableError("it is no text") from None
        return "latin-1"
    return found


def _sample(data: bytes, encoding: str) -> str:
    """The beginning of a file, in whole lines where it has several."""
    text = io.TextIOWrapper(io.BytesIO(data), encoding, newline=None).read(SAMPLE)
    return text[: text.rfind("\n") + 1] or text if len(text) == SAMPLE else text


class _Row(NamedTuple):
    line: int
    cells: list[str]


def _rows(text: io.TextIOBase, delimiter: str) -> Iterator[_Row]:
    """The rows that are not blank, each with the line it begins in."""
    reader = csv.reader(text, delimiter=delimiter, skipinitialspace=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield _Row(line, cells)
            line = reader.line_num + 1
    except csv.Error:
        limit = csv.field_size_limit()
        told = f"line {line}: a quotation mark or a cell has no end within {limit:,} characters"
        raise TableError(told) from None


def _delimiter(sample: str) -> str:
    """The one that cuts the first rows into the most equal, most numeric columns."""
    return max(DELIMITERS, key=lambda one: _worth(sample, one))


def _worth(sample: str, delimiter: str) -> tuple[float, float, int]:
    rows = list(islice(_rows(io.StringIO(sample, newline=None), delimiter), SAMPLE_ROWS))
    counts = Counter(len(row.cells) for row in rows)
    width, often = max(counts.items(), key=lambda item: (item[1], item[0])) if counts else (0, 0)
    if width < 2:
        return 0.0, 0.0, 0
    comma = delimiter != ","
    cells = [cell for row in rows for cell in row.cells]
    numeric = sum(not np.isnan(number(cell, comma)) for cell in cells) / len(cells)
    return round(often / len(rows), 1), round(numeric, 1), width


def _writes_comma(rows: Sequence[_Row]) -> bool:
    """Whether numbers have a decimal comma, and none a point."""
    cells = [cell for row in rows for cell in row.cells]
    return any(map(WITH_COMMA.fullmatch, cells)) and not any(
        "." in cell and not np.isnan(number(cell)) for cell in cells
    )


def _has_header(rows: Sequence[_Row], comma: bool) -> bool:
    """Whether no cell of the first row is a number, while some are below it, or nothing is."""
    if not rows:
        return False
    numeric = [any(not np.isnan(number(cell, comma)) for cell in row.cells) for row in rows]
    return not numeric[0] and (len(rows) == 1 or any(numeric[1:]))


def number(cell: str, comma: bool = False) -> float:
    """The number in a cell, NaN where there is none; one that is too large for a float is none."""
    text = cell.strip()
    text = text.replace(",", ".") if comma else text
    if not NUMERAL.fullmatch(text):
        return float("nan")
    try:
        found = float(text)
    except ValueError:
        return float("nan")
    return found if abs(found) <= LARGEST_NUMBER else float("nan")


def _numbers(cells: Sequence[str], comma: bool) -> Array | None:
    """Numbers at once where all cells are; None where one is not."""
    texts = [cell.replace(",", ".") for cell in cells] if comma else cells
    try:
        found = np.array(list(map(float, texts)))
    except ValueError:
        return None
    joined = "".join(texts)  # Python also takes 1_000 and the digits of other scripts
    plain = "_" not in joined and joined.isascii()
    return found if plain and (np.abs(found) <= LARGEST_NUMBER).all() else None


def _columns(
    text: io.TextIOWrapper, share: Callable[[], float], manner: _Manner
) -> Generator[float, None, Sheet]:
    rows = _rows(text, manner.delimiter)
    first = next(rows, None)
    if first is None:
        raise TableError("it is empty")
    width = len(first.cells)
    if width > MOST_COLUMNS:
        raise TableError(f"line {first.line}: {width} columns, where {MOST_COLUMNS} can be read")
    if width < 2:
        raise TableError("it has one column only: expected inputs and a target, between commas or semicolons")
    growing = [_Growing() for _ in range(width)]
    lines, troubles, ragged, preview = list[int](), list[Trouble](), 0, list[tuple[str, ...]]()
    waiting = [] if manner.header else [first]
    while waiting or (waiting := list(islice(rows, max(1, SLICE // width)))):
        preview += [tuple(map(_short, row.cells)) for row in waiting[: PREVIEW_ROWS - len(preview)]]
        whole = [row for row in waiting if len(row.cells) == width]
        if len(whole) < len(waiting):
            short = [row for row in waiting if len(row.cells) != width]
            ragged += len(short)
            troubles += [_ragged(row, width) for row in short[: MOST_TOLD - len(troubles)]]
        for column, cells in zip(growing, zip(*(row.cells for row in whole), strict=True), strict=False):
            column.add(cells, manner.comma)
        lines += [row.line for row in whole]
        if len(lines) > MOST_ROWS:
            raise TableError(f"line {lines[MOST_ROWS]}: more than {MOST_ROWS:,} rows")
        yield share()
        waiting = []
    if not lines:
        raise TableError(
            f"{troubles[0]}, and so are all other rows"
            if troubles
            else "it has a header and no rows below it"
        )
    columns = tuple(one.column(name) for one, name in zip(growing, _names(first, manner.header), strict=True))
    places = np.array(lines, dtype=np.int64)
    return Sheet(columns, places, *manner, tuple(preview), tuple(troubles), ragged)


def _ragged(row: _Row, width: int) -> Trouble:
    cells = "1 cell" if len(row.cells) == 1 else f"{len(row.cells)} cells"
    return Trouble(row.line, f"{cells}, where {width} are expected")


def _names(first: _Row, header: bool) -> tuple[str, ...]:
    """The columns' names: of the header, each once, or numbers."""
    names = list[str]()
    for place, cell in enumerate(first.cells, 1):
        name = _short(cell) if header else ""
        name = name or f"column {place}"
        twice = name in names
        names.append(f"{_short(name, LONGEST_NAME - 6)} ({place})" if twice else name)
    return tuple(names)


def _short(text: str, most: int = LONGEST_NAME) -> str:
    """A name or word on one line, cut where it is too long; what cannot be printed becomes a mark."""
    text = " ".join(text.split())
    if not text.isprintable():
        text = "".join(one if one.isprintable() else "\ufffd" for one in text)
    return text if len(text) <= most else f"{text[: most - 1]}…"
