"""PyTorch's numbers, made by tests/fixtures/make_pytorch.py: the same parameters after 100 steps."""

import json
from pathlib import Path

import numpy as np
import pytest

from netviz.core.activations import ACTIVATIONS
from netviz.core.losses import LOSSES
from netviz.core.network import Network, Params
from netviz.core.optimizers import OPTIMIZERS
from netviz.core.training import Problem, Trainer, TrainState

MADE = json.loads((Path(__file__).parents[1] / "fixtures" / "pytorch.json").read_text(encoding="utf-8"))
SIZES, START = tuple(MADE["sizes"]), np.array(MADE["start"])


def described(case: dict) -> str:
    hidden = "+".join(case["hidden"])
    return f"{hidden}-{case['output']}-{case['loss']}-{case['optimizer']}-{case['batch_size']}-{case['l2']:g}"


@pytest.mark.parametrize("case", MADE["cases"], ids=described)
def test_training_agrees_with_pytorch_after_100_steps(case: dict):
    task = Problem(
        Network(SIZES, tuple(ACTIVATIONS[name] for name in (*case["hidden"], case["output"]))),
        np.array(MADE["x"]),
        np.array(MADE["y"]),
        loss=LOSSES[case["loss"]],
        optimizer=OPTIMIZERS[case["optimizer"]],
        learning_rate=MADE["rate"],
        l2=case["l2"],
        batch_size=case["batch_size"],
        seed=MADE["seed"],
    )
    (state,), _ = Trainer([task]).advance([TrainState(Params(SIZES, START))], until=MADE["steps"])
    assert np.abs(state.params.flat - START).max() > 0.1
    assert np.abs(state.params.flat - case["end"]).max() < 1e-10


def test_the_fixture_has_met_every_row_of_the_tables_that_pytorch_has():
    met = {key: {case[key] for case in MADE["cases"]} for key in ("output", "loss", "optimizer")}
    hidden = {name for case in MADE["cases"] for name in case["hidden"]}
    drawn = {"drawn"}  # nobody else has that one
    known = {name for name, row in ACTIVATIONS.items() if row.trainable} - drawn
    assert hidden == met["output"] == known
    assert met["loss"] == set(LOSSES)
    assert met["optimizer"] == set(OPTIMIZERS)
    assert {case["batch_size"] > 0 for case in MADE["cases"]} == {True, False}
