"""A table as a .netviz file holds it: names as they are, numbers packed exactly; no other file is read."""

import base64
import zlib
from functools import lru_cache
from typing import Any

import numpy as np

from netviz.core.features import MOST_COLUMNS
from netviz.core.network import Array, read_only
from netviz.core.own import MOST_CLASSES
from netviz.core.tables import Table
from netviz.session.kinds import Value, refusal

MOST_ROWS = 1_000_000
QUICK = 1  # of zlib: a tenth larger than its best, in a sixth of the time
LONGEST_NAME = 60  # characters of a file's, a column's or a class's name
LARGEST_NUMBER = 1e15  # either way: its square is still far within the range of floats
KEYS = {"name", "inputs", "target", "classes", "rows", "data"}


@lru_cache(maxsize=2)  # autosave asks again and again
def told_table(table: Table) -> dict[str, Any]:
    """The table for a file: `data` is zlib's, in base64, of its float64 numbers column by column."""
    packed = zlib.compress(table.values.T.astype("<f8").tobytes(), QUICK)
    return {
        "name": table.name,
        "inputs": table.inputs,
        "target": table.target,
        "classes": table.classes,
        "rows": len(table.values),
        "data": base64.b64encode(packed).decode(),
    }


def table_label(table: Table | None) -> str:
    """The table as a person reads it."""
    return "none" if table is None else table.name


def check_table(value: Value) -> Table | None:
    """A table, or what `told_table` made of one; ValueError says what was expected."""
    if value is None or value == "none":
        return None
    if isinstance(value, Table):
        return value
    if isinstance(value, str):
        raise refusal("a table: open its file in Data (D), or with --set csv=FILE", value)
    if not isinstance(value, dict) or set(value) != KEYS:
        raise refusal(f"an object with {', '.join(sorted(KEYS))}", value)
    inputs, classes = _names(value["inputs"]), _names(value["classes"])
    name, target = _names([value["name"], value["target"]])
    if not 1 <= len(inputs) <= MOST_COLUMNS:
        raise refusal(f"1 to {MOST_COLUMNS} inputs", len(inputs))
    if len(classes) == 1 or len(classes) > MOST_CLASSES:
        raise refusal(f"2 to {MOST_CLASSES} classes, or none", len(classes))
    rows = value["rows"]
    if type(rows) is not int or not 1 <= rows <= MOST_ROWS:
        raise refusal(f"1 to {MOST_ROWS:,} rows", rows)
    values = _unpacked(value["data"], rows, len(inputs) + 1)
    whole = np.isin(values[:, -1], np.arange(len(classes)))
    if classes and not whole.all():
        raise ValueError(f"expected the number of one of {len(classes)} classes in each row")
    return Table(name, inputs, target, classes, values)


def _names(value: Value) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(name, str) for name in value):
        raise refusal("names", value)
    if any(len(name) > LONGEST_NAME or not name.isprintable() for name in value):
        raise ValueError(f"expected names of at most {LONGEST_NAME} characters on one line")
    return tuple(value)


def _unpacked(text: Value, rows: int, columns: int) -> Array:
    """The numbers (rows, columns), read-only."""
    size = 8 * rows * columns
    try:
        unpacker = zlib.decompressobj()
        data = unpacker.decompress(base64.b64decode(text, validate=True), size + 1)
    except (TypeError, ValueError, zlib.error):
        raise ValueError("its data is not whole") from None
    if len(data) != size:
        raise ValueError(f"expected {rows} x {columns} numbers in its data")
    values = np.frombuffer(data, dtype="<f8").reshape(columns, rows).T.astype(np.float64)
    if not (np.abs(values) <= LARGEST_NUMBER).all():
        raise ValueError(f"expected numbers from −{LARGEST_NUMBER:g} to {LARGEST_NUMBER:g} in its data")
    return read_only(np.ascontiguousarray(values))
