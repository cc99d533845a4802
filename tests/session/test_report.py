"""A run as `--json` tells it."""

import json

import numpy as np
import pytest

from netviz.session import report
from netviz.session.experiment import with_value
from netviz.session.runs import state_at
from tests.session.made import XOR, experiment, trained


def near(value: float):
    return pytest.approx(value, abs=1e-6)


def final(state) -> dict:
    """The last line, as another program reads it."""
    return json.loads(json.dumps(report.final(state), allow_nan=False))


def test_a_line_tells_where_the_twins_stand():
    assert report.line(state_at(XOR, 172)) == {
        "step": 172,
        "epoch": 172,
        "twins": [
            {"name": "with", "activation": "relu", "train_loss": near(0.000999), "test_loss": None,
             "accuracy": 1.0},
            {"name": "without", "activation": "identity", "train_loss": near(0.25), "test_loss": None,
             "accuracy": 0.0},
        ],
    }  # fmt: skip


def test_after_a_thousand_epochs_relu_has_learned_and_identity_is_flat():
    relu, identity = final(state_at(XOR, 1000))["twins"]
    assert relu["train_loss"] < 1e-3
    assert relu["outputs"] == pytest.approx([0, 1, 1, 0], abs=0.05)
    assert relu["bend"] == pytest.approx(-2, abs=0.1)
    assert relu["collapsed"]["max_residual"] > 0.1
    assert relu["stall"] is None
    assert identity["train_loss"] == pytest.approx(0.25, abs=1e-6)
    assert abs(identity["bend"]) < 1e-12
    assert identity["collapsed"]["max_residual"] < 1e-12
    assert (identity["affine_floor"], identity["readout_floor"]) == pytest.approx((0.25, 0.25))
    assert identity["stall"] == {
        "kind": "cannot",
        "merged": [],
        "sentence": "Cannot: its best is ½ everywhere.",
    }


def test_parameters_give_back_the_outputs():
    relu = final(state_at(XOR, 100))["twins"][0]
    (w1, w2), (b1, b2) = relu["parameters"]["weights"], relu["parameters"]["biases"]
    corners = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    hidden = np.maximum(corners @ np.array(w1).T + b1, 0)
    assert (hidden @ np.array(w2).T + b2).ravel() == pytest.approx(relu["outputs"])


def test_a_collapsed_layer_gives_the_affine_twins_outputs():
    identity = final(state_at(XOR, 7))["twins"][1]
    corners = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    one_layer = corners @ np.array(identity["collapsed"]["weight"]).T + identity["collapsed"]["bias"]
    assert one_layer.ravel() == pytest.approx(identity["outputs"])


def test_merged_corners_are_named():
    stall = final(trained(3000, seed=1))["twins"][0]["stall"]
    assert (stall["kind"], stall["merged"]) == ("merged", [["00", "10", "11"]])


def test_out_of_range_is_null_and_never_a_warning():
    for state in (state_at(with_value(XOR, "learning_rate", 1e9), 50), huge(1e200, 1e200), huge(1e308, 1.0)):
        assert final(state)["final"]
    twin = final(huge(1e308, 1.0))["twins"][1]
    assert (twin["train_loss"], twin["readout_floor"]) == (None, None)
    assert twin["collapsed"] == {"weight": None, "bias": None, "max_residual": None}


def huge(first: float, second: float):
    weights = ((((first,) * 2,) * 2, ((second,) * 2,)), ((0.0,) * 2, (0.0,)))
    return state_at(with_value(XOR, "weights", weights), 0)


def test_an_epoch_is_whole_where_it_ends():
    assert report.line(trained(8, batch_size=1))["epoch"] == 2
    assert report.line(trained(6, batch_size=1))["epoch"] == 1.5


def test_a_person_reads_one_line():
    state = state_at(experiment(hidden=(2, 2), activation=("relu", "tanh"), weights=None), 0)
    line = report.line(state)
    assert report.sentence(line).startswith("epoch 0: with (relu, tanh) loss ")
    line["twins"][0] |= {"test_loss": 0.15, "accuracy": 2 / 3}
    line["twins"][1] |= {"train_loss": None, "accuracy": None}
    told = report.sentence(line)
    assert told.endswith(", on test points 0.15, 66.67 % right; without (identity) loss none")
