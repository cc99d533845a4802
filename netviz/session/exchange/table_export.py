"""A problem's points as a CSV file: read again they are the same points, number for number."""

import csv
import io
from collections.abc import Sequence

import numpy as np

from netviz.core.network import Array
from netviz.session import engine
from netviz.session.fields import Settings
from netviz.session.fitting import coordinates
from netviz.session.table_words import table_of


def points_csv(settings: Settings) -> bytes:
    """The training points, then the test points; of a table its rows as they were read, in its own units."""
    table = table_of(settings)
    if table is not None:
        names = (*table.inputs, table.target)
        return _written(names, table.values[:, :-1], table.values[:, -1], table.classes)
    data = engine.points(settings)
    x = np.vstack([data.x, data.test_x])[:, : coordinates(settings)]
    y = np.vstack([data.y, data.test_y])
    names = ("x1", "x2")[: x.shape[1]]
    classes = [str(number) for number in range(y.shape[1])] if data.kind == "many" else ()
    what = y.argmax(axis=1).astype(np.float64) if data.kind == "many" else y[:, 0]
    return _written((*names, "y" if data.kind == "numbers" else "class"), x, what, classes)


def _written(names: Sequence[str], x: Array, y: Array, classes: Sequence[str]) -> bytes:
    """The header and the rows; a number is written with all the digits that tell it from every other."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    ends = [classes[int(end)] for end in y] if classes else list(map(_number, y.tolist()))
    writer.writerows([*map(_number, row), end] for row, end in zip(x.tolist(), ends, strict=True))
    return text.getvalue().encode()


def _number(value: float) -> str:
    """The shortest text that is read as this number: 5 for 5.0."""
    return repr(value).removesuffix(".0")
