"""Which columns are learned from, which is learned, and what is said of rows that cannot be used."""

import contextlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netviz.session.tables import choice
from netviz.session.tables.choice import (
    Columns,
    built_from,
    class_names,
    left_out_sentence,
    named,
    proposed,
    table_from,
)
from netviz.session.tables.reading import TableError, read
from netviz.session.tables.values import check_table, told_table

MIXED = "id,sepal,petal,kind,grade\n" + "".join(
    f"{i},{i * i % 7},{i % 3}.5,{'abc'[i % 3]},{i % 2}\n" for i in range(1, 13)
)


def test_the_last_column_is_proposed_and_row_numbers_are_not_learned_from():
    # id counts the rows, kind holds words; grade is 0 or 1: two classes
    assert proposed(read(MIXED.encode())) == Columns((1, 2), 4, True)
    assert proposed(read(MIXED.encode()), target=3) == Columns((1, 2, 4), 3, True)


def test_a_few_rows_that_count_may_be_an_input():
    assert proposed(read(b"n,y\n1,5.5\n2,6.5\n3,9.25\n")) == Columns((0,), 1, False)


def test_row_numbers_are_learned_from_where_there_is_nothing_else():
    rows = "".join(f"{i},{i * i}.5\n" for i in range(20))
    assert proposed(read(f"n,y\n{rows}".encode())) == Columns((0,), 1, False)


def test_a_column_that_never_changes_is_not_proposed():
    sheet = read(b"a,b,y\n1,2,5.5\n1,3,6.5\n1,4,9.25\n")
    assert proposed(sheet) == Columns((1,), 2, False)
    assert proposed(read(b"a,y\n1,5.5\n1,6.5\n")).inputs == (0,)  # there is nothing else


def test_a_column_that_cannot_be_learned_is_passed_over():
    rows = "".join(f"{i % 5}.5,{i % 2},name {i}\n" for i in range(20))
    assert proposed(read(f"x,y,who\n{rows}".encode())) == Columns((0,), 1, True)
    assert proposed(read(b"x,who\n1,a\n2,a\n")).target == 1  # nothing can: the last one says why


def test_whole_numbers_are_classes_where_they_are_few_and_numbers_where_not():
    few = "".join(f"{i}.5,{i % 6}\n" for i in range(20))
    many = "".join(f"{i}.5,{i % 7}\n" for i in range(20))
    halves = "".join(f"{i}.5,{i % 2}.5\n" for i in range(20))
    assert [proposed(read(f"x,y\n{rows}".encode())).classes for rows in (few, many, halves)] == [
        True,
        False,
        False,
    ]


def test_at_most_sixteen_columns_are_proposed():
    names = ",".join(f"c{i}" for i in range(31))
    row = ",".join(str(i + 0.5) for i in range(31))
    other = ",".join(str(3 * i + 0.25) for i in range(31))
    assert len(proposed(read(f"{names}\n{row}\n{other}\n".encode())).inputs) == 16


def test_a_table_has_its_classes_in_order_and_every_row():
    built = table_from(read(b"a,b,kind\n1,2,red\n3,4,blue\n5,6,red\n"), Columns((0, 1), 2, True), "t.csv")
    assert built.table.classes == ("blue", "red")
    assert built.table.values.tolist() == [[1, 2, 1], [3, 4, 0], [5, 6, 1]]
    assert (built.table.inputs, built.table.target, built.table.name) == (("a", "b"), "kind", "t.csv")
    assert left_out_sentence(built) == ""


def test_classes_may_be_numbers_and_words_together():
    sheet = read(b"a,grade\n1,10\n2,2\n3,none\n4,2\n")
    assert class_names(sheet.columns[1]) == ("2", "10", "none")
    assert table_from(sheet, Columns((0,), 1, True), "t").table.values[:, 1].tolist() == [1, 0, 2, 0]


def test_a_number_is_learned_as_it_is():
    table = table_from(read(b"a,price\n1,10.5\n2,20.25\n"), Columns((0,), 1, False), "t").table
    assert (table.classes, table.values[:, 1].tolist()) == ((), [10.5, 20.25])


def test_rows_in_error_are_left_out_and_named_by_their_line():
    text = "a,b,kind\n1,2,x\nabc,2,y\n3,,x\n4,5,\n6\n7,8,y\n9,nan,x\n"
    built = table_from(read(text.encode()), Columns((0, 1), 2, True), "t.csv")
    assert built.table.values.tolist() == [[1, 2, 0], [7, 8, 1]]
    assert built.left_out == 5
    assert list(map(str, built.troubles)) == [
        "line 3: 'abc' is not a number",
        "line 4: b is an empty cell",
        "line 5: kind is an empty cell",
        "line 6: 1 cell, where 3 are expected",
        "line 8: 'nan' is not a number",
    ]
    sentence = "5 rows left out: line 3: 'abc' is not a number; line 4: b is an empty cell"
    assert left_out_sentence(built, 2) == f"{sentence}; …"
    assert left_out_sentence(built._replace(left_out=1, troubles=built.troubles[:1])) == (
        "1 row left out: line 3: 'abc' is not a number"
    )


def test_an_error_in_a_column_that_is_not_used_costs_no_row():
    built = table_from(read(b"a,b,c\n1,x,3\n4,5,6\n7,8,9\n"), Columns((0,), 2, False), "t")
    assert (built.left_out, len(built.table.values)) == (0, 3)


SHEET = read(b"a,b,same,who\n1,0,k,u\n2,1,k,v\n3,0,k,w\n4,1,k,x\n5,1,k,y\n6,0,k,z\n7,1,k,t\n")


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        (Columns((), 1, True), "expected at least one input besides the target"),
        (Columns((1,), 1, True), "expected at least one input besides the target"),
        (Columns((0,), 3, True), '"who" has more than 6 different values, too many for classes'),
        (Columns((0,), 2, True), '"same" is the same in every row: there is nothing to learn'),
        (Columns((0,), 2, False), '"same" holds words: they can be classes, not a number to learn'),
        (Columns((3,), 1, True), "no row is left: line 2: 'u' is not a number, and so on"),
        (Columns((0,) * 17, 1, True), "17 inputs, where a network can see 16"),
    ],
)
def test_a_choice_that_makes_no_table_is_refused(columns, sentence):
    with pytest.raises(TableError) as error:
        table_from(SHEET, columns, "t")
    assert str(error.value) == sentence


def test_without_any_numbers_there_is_nothing_to_learn_from():
    with pytest.raises(TableError, match="none of its columns holds numbers"):
        proposed(read(b"a,b\nx,y\nz,w\n"))


def test_columns_are_named_by_name_or_number():
    sheet = read(MIXED.encode())
    assert named(sheet, "sepal, 3", "kind") == Columns((1, 2), 3, True)
    assert named(sheet, "", "petal") == Columns((1, 4), 2, False)
    assert named(sheet, "", "") == proposed(sheet)
    for wrong in ("nose", "0", "6", "²"):
        with pytest.raises(
            TableError, match=r"there is no column .*; there are id, sepal, petal, kind, grade"
        ):
            named(sheet, wrong, "kind")
    with pytest.raises(TableError, match=r'^the column "sepal" is named twice$'):
        named(sheet, "sepal,petal,2", "kind")  # the second column is sepal


def test_a_file_is_named_with_its_columns(tmp_path):
    path = tmp_path / "m:i>x.csv"
    path.write_text(MIXED)
    assert built_from(str(path)).table.inputs == ("sepal", "petal")
    table = built_from(f"{path}:sepal->kind").table
    assert (table.inputs, table.target, table.classes) == (("sepal",), "kind", ("a", "b", "c"))
    assert built_from(f"{path}:->kind").table.inputs == ("sepal", "petal", "grade")
    with pytest.raises(TableError, match=r"expected FILE or FILE:COLUMN,COLUMN->TARGET"):
        built_from("sepal->kind")
    with pytest.raises(TableError, match=r"m:i>x\.csv: there is no column"):
        built_from(f"{path}:nose->kind")
    with pytest.raises(FileNotFoundError):
        built_from(str(tmp_path / "none.csv"))
    with pytest.raises(IsADirectoryError):
        built_from(str(tmp_path))


def test_a_file_that_changes_is_read_again(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("a,b\n1,2.5\n3,4.5\n")
    first = built_from(str(path)).table
    assert built_from(str(path)).table is first
    path.write_text("a,b\n1,2.5\n3,4.5\n5,6.5\n")
    assert len(built_from(str(path)).table.values) == 3


def test_what_is_read_of_a_file_is_bounded(tmp_path, monkeypatch):
    path = Path(tmp_path / "t.csv")
    path.write_bytes(b"1,2\n" * 100)
    monkeypatch.setattr(choice, "LARGEST", 10)
    assert len(choice.contents(path)) == 11


def test_only_the_first_troubles_are_kept_of_many():
    rows = "".join(f"x,{i % 2}\n" for i in range(500))
    built = table_from(read(f"a,b\n1,0\n2,1\n3,1\n{rows}".encode()), Columns((0,), 1, True), "t")
    assert (built.left_out, len(built.troubles)) == (500, 200)
    assert np.isfinite(built.table.values).all()


def used(data):
    """What becomes of any bytes: a table of finite numbers, or None where there is the one kind of error."""
    with contextlib.suppress(TableError):
        sheet = read(data)
        return table_from(sheet, proposed(sheet), "t.csv").table
    return None


LINES = st.lists(
    st.lists(st.sampled_from(["1", "2.5", "-3e4", "x", "y", "", "nan", "1e99", "é"]), max_size=4)
)


@settings(max_examples=200, deadline=None)
@given(LINES, st.sampled_from([",", ";", "\t", " "]))
def test_whatever_is_read_becomes_a_whole_table_or_one_kind_of_error(lines, delimiter):
    table = used("\n".join(delimiter.join(line) for line in lines).encode())
    assert table is None or np.isfinite(table.scaled).all()
    assert table is None or check_table(told_table(table)) == table
