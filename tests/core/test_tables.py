"""Tables of one's own: scaled to mean 0 and spread 1, split as told, shown as far as they reach."""

import numpy as np
import pytest

from netviz.core.datasets import DATASETS, make
from netviz.core.features import features
from netviz.core.points import Sampling
from netviz.core.tables import Table


def table(values: object, inputs: str = "a b c", classes: str = "no yes", name: str = "t.csv") -> Table:
    """A table of these rows, the target last."""
    return Table(name, tuple(inputs.split()), "what", tuple(classes.split()), np.array(values, dtype=float))


ROWS = [[0, 10, 5, 0], [2, 20, 5, 1], [4, 60, 5, 1]]


def test_each_column_is_scaled_to_mean_0_and_spread_1() -> None:
    scaled = table(ROWS).scaled
    # 0, 2, 4: mean 2, spread sqrt(8/3) = 1.63299, so that 0 becomes -1.2247
    assert scaled[:, 0] == pytest.approx([-1.224745, 0, 1.224745], abs=1e-6)
    assert scaled[:, 1].mean() == pytest.approx(0)
    assert scaled[:, 1].std() == pytest.approx(1)


def test_a_column_that_never_changes_is_0_and_is_named() -> None:
    assert table(ROWS).scaled[:, 2].tolist() == [0, 0, 0]
    assert table(ROWS).still == ("c",)
    rounded = table([[0.1, 0], [0.1, 1], [0.1, 0]], "a").scaled  # their mean is not quite 0.1
    assert rounded[:, 0].tolist() == [0, 0, 0]


def test_classes_keep_their_numbers_and_numbers_are_scaled() -> None:
    assert table(ROWS).scaled[:, -1].tolist() == [0, 1, 1]
    assert table(ROWS, classes="").scaled[:, -1].mean() == pytest.approx(0)


@pytest.mark.parametrize(
    ("inputs", "classes", "name", "kind"),
    [
        ("a b c", "no yes", "csv", "classes"),
        ("a b c", "r g b", "csv:3", "many"),
        ("a b c", "", "csv:numbers", "numbers"),
        ("a", "", "csv:curve", "numbers"),
    ],
)
def test_what_is_asked_follows_from_its_target(inputs: str, classes: str, name: str, kind: str) -> None:
    columns = len(inputs.split()) + 1
    found = table([[0] * columns, [1] * columns], inputs, classes)
    assert (found.dataset, found.kind) == (name, kind)
    data = make(found.dataset, Sampling(train_fraction=1.0, table=found))
    assert data.kind == kind == DATASETS[name].kind
    assert data.y.shape == (2, DATASETS[name].outputs)


def test_equal_tables_are_those_of_equal_content() -> None:
    assert table(ROWS) == table(ROWS)
    assert hash(table(ROWS)) == hash(table(ROWS))
    assert table(ROWS) != table(ROWS, name="u.csv")
    assert table(ROWS) != table([[0, 10, 5, 0], [2, 20, 5, 1], [4, 61, 5, 1]])
    assert table(ROWS) != "t.csv"


def test_rows_train_in_the_order_of_the_file_or_are_split_by_the_seed() -> None:
    whole = make("csv", Sampling(train_fraction=1.0, table=table(ROWS)))
    assert whole.x.shape == (3, 3)
    assert whole.y[:, 0].tolist() == [0, 1, 1]
    parts = make("csv", Sampling(train_fraction=0.7, seed=1, table=table(ROWS)))
    assert (len(parts.x), len(parts.test_x)) == (2, 1)
    assert sorted(np.vstack([parts.x, parts.test_x]).tolist()) == sorted(whole.x.tolist())


def test_a_curve_has_its_answer_as_second_coordinate_and_one_class_input_has_none() -> None:
    curve = table([[0, 1], [1, 3], [2, 2]], "a", "")
    data = make("csv:curve", Sampling(train_fraction=1.0, table=curve))
    assert data.x[:, 1].tolist() == data.y[:, 0].tolist()
    line = make("csv", Sampling(train_fraction=1.0, table=table([[0, 1], [1, 0], [2, 1]], "a")))
    assert line.x[:, 1].tolist() == [0, 0, 0]


def test_the_plane_reaches_a_little_further_than_its_columns() -> None:
    # the farthest of column a is 1.2247, of b (10, 20, 60: mean 30, spread 21.6) 1.39; 1.1 times that is 1.53
    assert table(ROWS).reach((0,)) == 1.5
    assert table(ROWS).reach((0, 1)) == 2.0
    assert table(ROWS).reach((2,)) == 1.5
    data = make("csv", Sampling(table=table(ROWS)))
    assert (data.low, data.high) == (-2.0, 2.0)


def test_without_a_table_there_is_a_sentence() -> None:
    with pytest.raises(ValueError, match="there is no table"):
        make("csv")


def test_inputs_beyond_the_second_are_columns() -> None:
    at = np.array([[1.0, 2.0, 3.0, 4.0]])
    assert features(("x", "c4", "xy"), at).tolist() == [[1, 4, 2]]
