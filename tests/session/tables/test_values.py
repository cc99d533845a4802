"""A table within a .netviz file and a link: exact, whole, and never taken on trust."""

import base64
import re
import zlib
from dataclasses import replace

import numpy as np
import pytest

from netviz.core.tables import Table
from netviz.session import engine, links
from netviz.session.document import Document
from netviz.session.experiment import with_value
from netviz.session.files import FileError, decode, encode, writable
from netviz.session.presets import PRESETS
from netviz.session.tables.values import check_table, table_label, told_table

XOR = PRESETS["xor"].experiment
VALUES = np.random.default_rng(1).normal(size=(30, 4))
VALUES[:, 3] = np.arange(30) % 3
TABLE = Table("t.csv", ("a", "b", "c"), "kind", ("r", "g", "b"), VALUES)


def test_a_file_holds_its_table_exactly():
    experiment = with_value(XOR, "csv", TABLE)
    found = decode(encode(Document(experiment))).experiment
    assert found == experiment
    assert found.base.csv is not None
    assert (found.base.csv.values == VALUES).all()
    assert not found.base.csv.values.flags.writeable
    assert (engine.points(found.base).x == engine.points(experiment.base).x).all()


def test_a_link_carries_a_table_that_is_learned_and_no_other():
    experiment = with_value(XOR, "csv", TABLE)
    assert links.opened(links.link(Document(experiment))).experiment == experiment
    away = with_value(experiment, "dataset", "circle")
    assert away.base.csv == TABLE
    assert links.opened(links.link(Document(away))).experiment == replace(
        away, base=replace(away.base, csv=None)
    )


def test_no_table_is_a_value_too():
    assert check_table(None) is None
    assert check_table("none") is None
    assert (table_label(None), table_label(TABLE)) == ("none", "t.csv")
    assert check_table(TABLE) is TABLE


def packed(values, count=None):
    """Numbers as they stand in a file."""
    return base64.b64encode(zlib.compress(np.array(values, dtype="<f8").tobytes())).decode()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ("iris.csv", "expected a table: open its file in Data (D), or with --set csv=FILE, got"),
        ({"more": 1}, "expected an object with classes, data, inputs, name, rows, target"),
        ({"name": 7}, "expected names"),
        ({"name": "n" * 61}, "expected names of at most 60 characters on one line"),
        ({"target": "a\nb"}, "expected names of at most 60 characters on one line"),
        ({"inputs": "abc"}, "expected names"),
        ({"inputs": []}, "expected 1 to 16 inputs, got 0"),
        ({"inputs": ["a"] * 17}, "expected 1 to 16 inputs, got 17"),
        ({"classes": ["one"]}, "expected 2 to 6 classes, or none, got 1"),
        ({"classes": list("abcdefg")}, "expected 2 to 6 classes, or none, got 7"),
        ({"rows": 0}, "expected 1 to 1,000,000 rows, got 0"),
        ({"rows": True}, "expected 1 to 1,000,000 rows"),
        ({"rows": 1_000_001}, "expected 1 to 1,000,000 rows"),
        ({"rows": 31}, "expected 31 x 4 numbers in its data"),
        ({"rows": 29}, "expected 29 x 4 numbers in its data"),
        ({"data": "§"}, "its data is not whole"),
        ({"data": 5}, "its data is not whole"),
        ({"data": packed([1.0])[:-8]}, "expected 30 x 4 numbers in its data"),
        ({"data": "AAAA"}, "its data is not whole"),
        ({"data": packed([[np.nan] * 4] * 30)}, "expected numbers from −1e+15 to 1e+15 in its data"),
        ({"data": packed([[2e15] * 4] * 30)}, "expected numbers from −1e+15 to 1e+15 in its data"),
        ({"data": packed([[0.5] * 4] * 30)}, "expected the number of one of 3 classes in each row"),
    ],
)
def test_a_table_from_elsewhere_is_judged_whole(changed, sentence):
    value = {**told_table(TABLE), **changed} if isinstance(changed, dict) else changed
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}"):
        check_table(value)


def test_a_bomb_is_not_unpacked():
    bomb = base64.b64encode(zlib.compress(bytes(10**8))).decode()
    with pytest.raises(ValueError, match="expected 30 x 4 numbers"):
        check_table({**told_table(TABLE), "data": bomb})


def test_a_file_never_names_another_file_to_read(tmp_path):
    other = tmp_path / "secret.csv"
    other.write_text("a,b\n1,2\n")
    text = f'{{"format": "netviz", "version": 2, "experiment": {{"csv": "{other.as_posix()}"}}}}'
    with pytest.raises(FileError, match="key 'csv': expected a table"):
        decode(text.encode())


def test_a_file_that_no_netviz_would_open_is_not_written():
    assert writable(Document(with_value(XOR, "csv", TABLE))) == encode(
        Document(with_value(XOR, "csv", TABLE))
    )
    values = np.random.default_rng(2).normal(size=(250_000, 5))
    large = with_value(XOR, "csv", Table("big.csv", tuple("abcd"), "y", (), values))
    with pytest.raises(FileError, match=r"it would be larger than 8 MiB, for big\.csv holds 250,000 rows"):
        writable(Document(large))
