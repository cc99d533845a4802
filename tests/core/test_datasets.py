"""The corners, the gates and their names."""

import numpy as np
import pytest

from netviz.core.datasets import CORNER_NAMES, CORNERS, DATASETS, GATES, Sampling, gate_name, make

TRUTH = {  # the gate's label, and what it says of two truth values
    "AND": lambda a, b: a and b,
    "OR": lambda a, b: a or b,
    "NAND": lambda a, b: not (a and b),
    "NOR": lambda a, b: not (a or b),
    "XOR": lambda a, b: a != b,
    "XNOR": lambda a, b: a == b,
    "x₁": lambda a, b: a,
    "x₂": lambda a, b: b,
    "not x₁": lambda a, b: not a,
    "not x₂": lambda a, b: not b,
    "x₁ and not x₂": lambda a, b: a and not b,
    "x₂ and not x₁": lambda a, b: b and not a,
    "x₁ implies x₂": lambda a, b: not a or b,
    "x₂ implies x₁": lambda a, b: not b or a,
    "Always 0": lambda a, b: False,
    "Always 1": lambda a, b: True,
}


def test_corners_stand_in_the_order_of_their_names():
    assert ["".join(str(int(value)) for value in corner) for corner in CORNERS] == list(CORNER_NAMES)


@pytest.mark.parametrize("targets", GATES)
def test_a_gate_answers_what_its_label_says(targets):
    points = make(f"gate:{targets}")
    says = TRUTH[GATES[targets]]
    assert [bool(y) for y in points.y.ravel()] == [says(bool(a), bool(b)) for a, b in points.x]


def test_all_sixteen_gates_are_there_under_different_labels():
    assert len(GATES) == len(set(GATES.values())) == 16
    assert list(DATASETS)[:17] == ["xor", *(f"gate:{targets}" for targets in GATES)]


def test_xor_is_the_gate_0110():
    assert make("xor").y.tolist() == [[0], [1], [1], [0]]
    assert DATASETS["xor"].label == DATASETS["gate:0110"].label == "XOR"


@pytest.mark.parametrize("name", [name for name in DATASETS if not name.startswith(("own", "csv"))])
def test_points_are_read_only_inside_their_box_and_as_their_row_says(name):
    row, points = DATASETS[name], make(name)
    everywhere = np.concatenate([points.x, points.test_x])
    assert row.name == name
    assert points.x.shape[1:] == points.test_x.shape[1:] == (2,)
    assert points.y.shape == (len(points.x), row.outputs)
    assert points.test_y.shape == (len(points.test_x), row.outputs)
    assert points.kind == row.kind
    assert points.low < everywhere.min() < everywhere.max() < points.high
    assert not any(array.flags.writeable for array in (points.x, points.y, points.test_x, points.test_y))


@pytest.mark.parametrize("targets", GATES)
def test_the_corners_are_all_trained_on(targets):
    points = make(f"gate:{targets}", Sampling(train_fraction=0.25))
    assert points.x.tolist() == CORNERS.tolist()
    assert len(points.test_x) == len(points.test_y) == 0


def test_the_corners_are_the_same_however_data_is_drawn():
    assert make("xor", Sampling(points=9, noise=50, seed=3)) is make("xor")


def test_an_unknown_dataset_is_refused_with_the_known_ones():
    with pytest.raises(
        ValueError, match=r'there is no dataset "xnor"; known are xor, gate:0000, .*gate:1111'
    ):
        make("xnor")


@pytest.mark.parametrize(
    ("targets", "name"),
    [
        ([0, 1, 1, 0], "xor"),
        (np.array([[0.0], [0.0], [0.0], [1.0]]), "gate:0001"),
        ([1, 0, 0, 1], "gate:1001"),
    ],
)
def test_targets_have_the_name_of_their_gate(targets, name):
    assert gate_name(targets) == name
