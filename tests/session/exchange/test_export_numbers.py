"""Histories and weights as plain numbers, read back by those who read such files."""

import csv
import io
import json

import numpy as np
import pytest

from netviz.session import engine, selectors
from netviz.session.exchange.export import FORMATS
from netviz.session.experiment import with_edit
from netviz.session.runs import state_at
from netviz.session.sources import experiment_from
from tests.session.exported import standing, written


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode())))


def test_the_history_has_a_row_an_epoch_and_each_twins_numbers():
    found = rows(written("csv", standing(step=20)))
    assert list(found[0]) == [
        "step", "epoch", "with_train_loss", "with_test_loss", "with_accuracy",
        "without_train_loss", "without_test_loss", "without_accuracy",
    ]  # fmt: skip
    assert [(row["step"], row["epoch"]) for row in found] == [(str(i), str(i)) for i in range(21)]
    for step in (0, 7, 20):
        state = standing(step=step)
        for twin, side in enumerate(("with", "without")):
            assert float(found[step][f"{side}_train_loss"]) == selectors.loss(state, twin)
            assert float(found[step][f"{side}_accuracy"]) == selectors.answers(state, twin).count("right") / 4
            assert found[step][f"{side}_test_loss"] == ""


@pytest.mark.parametrize(("step", "steps"), [(0, [0]), (5, [0, 2, 4, 5]), (6, [0, 2, 4, 6])])
def test_the_history_ends_at_its_own_step(step, steps):
    found = rows(written("csv", standing("batch_size=2", step=step)))
    assert [int(row["step"]) for row in found] == steps
    assert [float(row["epoch"]) for row in found] == [at / 2 for at in steps]


def test_a_history_knows_the_test_points_and_the_edits():
    experiment = with_edit(experiment_from("xor", ["dataset=circle", "points=40"]), 3, "learning_rate", 0.5)
    state = state_at(experiment, 6)
    last = rows(written("csv", state))[-1]
    assert float(last["with_train_loss"]) == selectors.loss(state, 0)
    assert float(last["with_test_loss"]) > 0


def test_a_twin_that_left_the_range_keeps_its_last_numbers_while_the_other_goes_on():
    found = rows(written("csv", standing("twins[1].learning_rate=1e9", step=400)))
    losses = {row["without_train_loss"] for row in found[-10:]}
    assert len(losses) == 1
    assert float(losses.pop()) > 1e9
    assert float(found[-1]["with_train_loss"]) < float(found[0]["with_train_loss"])


def test_a_run_that_left_the_range_ends_there():
    found = rows(written("csv", standing("learning_rate=1e9", step=10_000)))
    assert len(found) < 100
    assert [int(row["step"]) for row in found] == list(range(len(found)))


def test_a_run_that_went_on_behind_its_stop_rule_is_told_whole():
    found = rows(written("csv", standing("stop_epochs=5", step=12)))
    assert [int(row["step"]) for row in found] == list(range(13))


def test_weights_can_be_set_again():
    state = standing("hidden=3,2", step=9)
    text = written("weights", state).decode()
    again = experiment_from("xor", ["hidden=3,2", f"weights={text}"])
    assert np.array_equal(engine.start_params(again.base).flat, state.frame.states[0].params.flat)
    assert set(json.loads(text)) == {"weights", "biases"}


def test_weights_as_a_table_name_where_each_leads():
    found = rows(written("weights_csv", standing("weights=[[[[0.5,-0.25],[1,2]],[[3,4]]],[[5,6],[7]]]")))
    told = [(row["layer"], row["to"], row["from"], float(row["value"])) for row in found]
    assert told == [
        ("1", "1", "1", 0.5), ("1", "1", "2", -0.25), ("1", "1", "", 5), ("1", "2", "1", 1),
        ("1", "2", "2", 2), ("1", "2", "", 6), ("2", "1", "1", 3), ("2", "1", "2", 4), ("2", "1", "", 7),
    ]  # fmt: skip


def test_numpy_reads_the_arrays():
    state = standing("hidden=3")
    with np.load(io.BytesIO(written("npz", state)), allow_pickle=False) as found:
        assert set(found) == {"W0", "b0", "W1", "b1", "activations", "features"}
        assert np.array_equal(found["W0"], state.frame.states[0].params.weights[0])
        assert found["activations"].tolist() == ["relu", "identity"]
        assert found["features"].tolist() == ["x", "y"]


def test_activations_that_a_name_does_not_say_are_left_out():
    with np.load(io.BytesIO(written("npz", standing("dial=0.5"))), allow_pickle=False) as found:
        assert "activations" not in found
    assert b"activations" not in written("safetensors", standing("activation=drawn"))


def test_a_safetensors_file_is_a_header_and_numbers():
    state = standing("hidden=3")
    data = written("safetensors", state)
    size = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + size])
    assert size % 8 == 0
    assert header["__metadata__"] == {"features": "x,y", "activations": "relu,identity"}
    assert {name: each["shape"] for name, each in header.items() if name != "__metadata__"} == {
        "0.weight": [3, 2], "0.bias": [3], "2.weight": [1, 3], "2.bias": [1],
    }  # fmt: skip
    numbers = np.frombuffer(data[8 + size :], "<f8")
    at = state.frame.states[0].params
    assert numbers.tolist() == [
        *at.weights[0].ravel(), *at.biases[0], *at.weights[1].ravel(), *at.biases[1],
    ]  # fmt: skip


def test_the_playground_link_is_the_twins():
    link = written(
        "playground", state_at(experiment_from("#activation=tanh&networkShape=2&seed=0.5"), 0)
    ).decode()
    assert "activation=tanh" in link
    assert link.endswith("\n")


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in ("csv", "playground")])
def test_a_twin_that_is_not_there_is_refused(name):
    with pytest.raises(ValueError, match=r"^no twin 2; there are 2, counted from 0$"):
        written(name, standing(), 2)


@pytest.mark.parametrize("row", FORMATS.values(), ids=FORMATS)
def test_a_format_says_what_it_is(row):
    assert row.label
    assert row.suffix.startswith(".")
    assert row.binary == (row.suffix in (".onnx", ".npz", ".safetensors"))
