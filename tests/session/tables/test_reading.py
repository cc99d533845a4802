"""CSV files as they come: what is found in them, and one sentence for what cannot be read."""

import contextlib
import csv
import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netviz.session.tables import reading as tables
from netviz.session.tables.reading import Sheet, TableError, number, read, reading

IRIS = "sepal,petal,kind\n5.1,1.4,setosa\n6.2,4.5,other\n4.9,1.5,setosa\n"


def numbers(sheet: Sheet, column: int = 0) -> list[float]:
    """A column's numbers."""
    return list(sheet.columns[column].numbers.tolist())


def names(sheet: Sheet) -> list[str]:
    """The columns' names."""
    return [column.name for column in sheet.columns]


def test_a_plain_file_has_its_header_delimiter_and_words_found() -> None:
    sheet = read(IRIS.encode())
    assert (sheet.delimiter, sheet.header, sheet.encoding) == (",", True, "utf-8")
    assert names(sheet) == ["sepal", "petal", "kind"]
    assert numbers(sheet) == [5.1, 6.2, 4.9]
    assert sheet.columns[2].words == ("setosa", "other")
    assert sheet.columns[2].codes.tolist() == [0, 1, 0]
    assert sheet.lines.tolist() == [2, 3, 4]
    assert sheet.preview[0] == ("5.1", "1.4", "setosa")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_delimiter_is_found(delimiter: str) -> None:
    sheet = read(IRIS.replace(",", delimiter).encode())
    assert sheet.delimiter == delimiter
    assert numbers(sheet, 1) == [1.4, 4.5, 1.5]


def test_decimal_commas_are_read_beside_semicolons_and_tabs() -> None:
    sheet = read(b"a;b;c\n3,14;2,7;x\n1,5;-2;y\n")
    assert (sheet.delimiter, sheet.comma) == (";", True)
    assert numbers(sheet) == [3.14, 1.5]
    assert numbers(sheet, 1) == [2.7, -2]
    assert not read(b"a;b\n3.14;2,7\n1.5;1\n").comma  # both signs: the comma is no decimal one


def test_without_a_header_columns_are_numbered() -> None:
    sheet = read(b"1,2,x\n3,4,y\n")
    assert not sheet.header
    assert names(sheet) == ["column 1", "column 2", "column 3"]
    assert sheet.lines.tolist() == [1, 2]
    assert names(read(b"1,2\n3,4\n", header=True)) == ["1", "2"]
    assert numbers(read(IRIS.encode(), header=False)).count(5.1) == 1


def test_names_are_told_apart_and_none_is_empty() -> None:
    assert names(read(b"a,a,,b\n1,2,3,4\n")) == ["a", "a (2)", "column 3", "b"]
    (first, _) = names(read(f"{'n' * 100},m\n1,2\n".encode()))
    assert first == "n" * 59 + "…"


@pytest.mark.parametrize(
    ("data", "encoding", "word"),
    [
        ("a,b\n1,Zoë\n".encode(), "utf-8", "Zoë"),
        ("a,b\n1,Zoë\n".encode("utf-8-sig"), "utf-8-sig", "Zoë"),
        ("a,b\n1,Zoë\n".encode("latin-1"), "latin-1", "Zoë"),
        ("a,b\n1,Zoë\n".encode("utf-16"), "utf-16", "Zoë"),
    ],
)
def test_encodings(data: bytes, encoding: str, word: str) -> None:
    sheet = read(data)
    assert sheet.encoding == encoding
    assert names(sheet) == ["a", "b"]
    assert sheet.columns[1].words == (word,)


def test_quoted_cells_blank_lines_and_other_line_ends() -> None:
    sheet = read(b'a,b\r\n\r\n1,"x, y"\r\n\r\n2,"two\r\nlines"\r\n3,z\r\n , \r\n')
    assert sheet.columns[1].words == ("x, y", "two lines", "z")
    assert sheet.lines.tolist() == [3, 5, 7]  # where each begins
    assert numbers(read(b"a,b\r1,2\r3,4\r")) == [1, 3]


def test_rows_of_another_length_are_named_by_line() -> None:
    sheet = read(b"a,b\n1,2\n3\n4,5,6\n7,8\n")
    assert list(map(str, sheet.troubles)) == [
        "line 3: 1 cell, where 2 are expected",
        "line 4: 3 cells, where 2 are expected",
    ]
    assert (sheet.ragged, numbers(sheet)) == (2, [1, 7])


@pytest.mark.parametrize(
    "cell", ["nan", "NaN", "inf", "-inf", "1e999", "1e16", "1_000", "", "abc", "0x10", "١٢", "1e", "--1"]
)
def test_what_is_no_number(cell: str) -> None:
    assert np.isnan(number(cell))
    sheet = read(f"a,b\n1,2\n3,{cell}\n5,6\n".encode())
    assert np.isnan(sheet.columns[1].numbers).tolist() == [False, True, False]


@pytest.mark.parametrize(("cell", "value"), [(" 1.5 ", 1.5), ("-2e-3", -0.002), ("+.5", 0.5), ("1.", 1.0)])
def test_what_is_a_number(cell: str, value: float) -> None:
    assert number(cell) == value
    assert numbers(read(f"a,b\n{cell},2\n".encode())) == [value]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "it is empty"),
        (b" \n\n ", "it is empty"),
        (b"\xef\xbb\xbf", "it is empty"),
        (b"a,b,c\n", "it has a header and no rows below it"),
        (b"a\n1\n2\n", "it has one column only: expected inputs and a target, between commas or semicolons"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "it is no text"),
        (b"\x7fELF\x02\x01\x01,\xff\x03\xfe", "it is no text"),
        (b"a,b\n1,\x02\n", "it is no text"),
        (b"\xef\xbb\xbfa,b\n1,\xff\n", "its text is not UTF-8"),
        (b"\xff\xfea\0,\0b", "its text is not UTF-16"),
        (b",".join([b"1"] * 201), "line 1: 201 columns, where 200 can be read"),
        (b"a,b\n1\n2\n", "line 2: 1 cell, where 2 are expected, and so are all other rows"),
        (b'a,b\n1,2\n3,"' + b"x" * 140_000, "line 3: a quotation mark or a cell has no end within 131,072"),
    ],
)
def test_one_sentence_for_each_file_that_is_no_table(data: bytes, sentence: str) -> None:
    with pytest.raises(TableError) as error:
        read(data)
    assert str(error.value).startswith(sentence)
    assert "\n" not in str(error.value)


def test_files_and_rows_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "LARGEST", 2**20)
    with pytest.raises(TableError, match="larger than 1 MiB"):
        read(b"1,2\n" * 2**18 + b"1")
    monkeypatch.setattr(tables, "MOST_ROWS", 5000)
    with pytest.raises(TableError, match="line 5001: more than 5,000 rows"):
        read(b"1,2\n" * 6000)


def test_only_so_many_words_of_a_column_are_told_apart() -> None:
    rows = "".join(f"{i},word {i}\n" for i in range(1500))
    sheet = read(f"a,b\n{rows}x,word 3\n".encode())
    assert len(sheet.columns[1].words) == 1000
    assert sheet.columns[1].codes[[0, 999, 1200, 1500]].tolist() == [0, 999, 999, 3]


def test_a_long_file_is_read_in_slices_that_are_told() -> None:
    data = ("a,b,c\n" + "0.125,2,yes\n" * 20_000).encode()
    shares = list(reading(data))
    assert len(read(data).lines) == 20_000
    assert len(shares) > 15  # 4,000 cells each, and the look at its encoding
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_a_chosen_delimiter_is_taken() -> None:
    assert read(b"a;b,c\n1;2,3\n", delimiter=";").delimiter == ";"
    assert names(read(b"a;b,c\n1;2,3\n", delimiter=";")) == ["a", "b,c"]
    assert read(b"1,5;2,5\n2,5;3,5\n").delimiter == ";"  # all numbers, where commas would leave words


def read_or_told(*how, **more):
    """The sheet, or None where there is the one kind of error."""
    with contextlib.suppress(TableError):
        return read(*how, **more)
    return None


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_whatever_bytes_come_there_is_a_sheet_or_one_kind_of_error(data: bytes) -> None:
    sheet = read_or_told(data)
    assert sheet is None or len(sheet.lines) == len(sheet.columns[0].numbers) > 0


CELLS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=8) | st.floats().map(repr)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=8), st.sampled_from(",;\t|"))
def test_whatever_cells_come_every_row_is_a_row_or_a_trouble(rows: list[list[str]], delimiter: str) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    sheet = read_or_told(text.getvalue().encode(), delimiter, header=False)
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    assert sheet is None or len(sheet.lines) + sheet.ragged == len(filled)
