"""What is said of a twin, reached by experiments that were really trained."""

from dataclasses import replace

import numpy as np
import pytest

from netviz.session import actions as act
from netviz.session import selectors, verdicts
from netviz.session.experiment import with_value
from netviz.session.fields import MAX_UNITS
from netviz.session.runs import state_at
from netviz.session.state import State, opening
from netviz.session.store import reduce
from tests.session.made import XOR, experiment, trained

IDLE = "Same network, same start. Press Train."
FLAT = "A flat surface: it can get no lower than {}."
CANNOT_HALF = "Cannot: its best is ½ everywhere."
MERGED = "Did not find it: its hidden layer no longer tells {} apart."
FLAT_AGAIN = "Did not find it: no unit bends between these points, so it is flat again."


def playing(state: State) -> State:
    return replace(state, playing=True)


def said(state: State, twin: int = 0) -> tuple[str, str, str]:
    found = selectors.verdict(state, twin)
    return found.kind, found.sentence, found.mark


XOR_AT = {step: state_at(XOR, step) for step in (0, 20, 42, 60, 172)}


@pytest.mark.parametrize(
    ("state", "twin", "expected"),
    [
        (XOR_AT[0], 0, ("idle", IDLE, "")),
        (XOR_AT[0], 1, ("idle", IDLE, "")),
        (trained(0, own=((),)), 0, ("idle", "Press Train.", "")),
        (trained(0, own=((), (("seed", 1),))), 0, ("idle", "Press Train.", "")),
        (playing(XOR_AT[60]), 0, ("training", "Learning: 4 of 4 on the right side, loss 0.11.", "")),
        (playing(XOR_AT[0]), 0, ("training", "Learning: 2 of 4 on the right side, loss 0.82.", "")),
        (XOR_AT[60], 0, ("paused", "Paused at epoch 60.", "")),
        (XOR_AT[20], 1, ("flat", FLAT.format("¼"), "")),
        (playing(XOR_AT[20]), 1, ("flat", FLAT.format("¼"), "")),
        (XOR_AT[42], 1, ("cannot", CANNOT_HALF, "bar")),
        (XOR_AT[172], 0, ("learned", "Learned: all four answers right.", "tick")),
        (XOR_AT[172], 1, ("cannot", CANNOT_HALF, "bar")),
        (trained(1000, seed=8), 0, ("did_not_find", FLAT_AGAIN, "loop")),
        (trained(1000, seed=11), 0, ("did_not_find", FLAT_AGAIN, "loop")),
        (trained(3000, seed=1), 0, ("did_not_find", MERGED.format("00, 10 and 11"), "loop")),
        (trained(20, dataset="gate:0001"), 1, ("flat", FLAT.format("1/16"), "")),
        (
            trained(2000, dataset="gate:0001"),
            1,
            ("cannot", "Cannot: no flat surface gets below 1/16.", "bar"),
        ),
        (
            trained(2000, dataset="gate:0111"),
            1,
            ("cannot", "Cannot: no flat surface gets below 1/16.", "bar"),
        ),
        (trained(2000, dataset="gate:1001"), 1, ("cannot", CANNOT_HALF, "bar")),
        (trained(3000, dataset="gate:0011"), 1, ("learned", "Learned: all four answers right.", "tick")),
        (trained(2000, hidden=(), loss="bce"), 0, ("cannot", CANNOT_HALF, "bar")),
        (
            trained(3000, activation="identity", features=("x", "y", "xy")),
            0,
            ("learned", "Learned: all four answers right.", "tick"),
        ),
        (
            trained(0, initializer="zeros", activation="tanh", output_activation="sigmoid"),
            1,
            ("idle", IDLE, ""),
        ),
    ],
)
def test_a_verdict_says_what_came_of_a_twin(state, twin, expected):
    assert said(state, twin) == expected


def test_a_stall_of_two_merged_corners_names_them():
    kind, sentence, mark = said(trained(5000, seed=19))  # ends on 1/8
    assert (kind, mark) == ("did_not_find", "loop")
    assert sentence in {MERGED.format(f"{a} and {b}") for a in ("00", "11") for b in ("01", "10")} | {
        MERGED.format(f"{b} and {a}") for a in ("00", "11") for b in ("01", "10")
    }


def test_a_verdict_that_diverged_tells_the_epoch_and_what_to_do():
    state = state_at(with_value(XOR, "learning_rate", 1e9), 200)
    first = int(np.flatnonzero(np.isnan(state.history.rows[:, 0]))[0])
    assert said(state) == (
        "diverged",
        f"Stopped at epoch {first}: numbers left the range. Lower the learning rate.",
        "broken",
    )
    assert np.isfinite(selectors.params(state, 0).flat).all()
    assert selectors.stall_of(state, 0) is None


def test_a_start_out_of_range_raises_no_warning_and_no_claim():
    weights = ((((1e200,) * 2,) * 2, ((1e200,) * 2,)), ((0.0,) * 2, (0.0,)))
    state = opening(with_value(XOR, "weights", weights))
    assert selectors.loss(state, 0) == np.inf
    assert selectors.stall_of(state, 0) is None
    assert said(state)[0] == "idle"
    assert (
        selectors.readout_floor(
            opening(with_value(XOR, "weights", ((((1e308,) * 2,) * 2, ((1.0,) * 2,)), weights[1]))), 0
        )
        is None
    )
    assert selectors.verdict(state_at(state.experiment, 1), 0).sentence.startswith("Stopped at epoch 1:")


def undecided(bias: float, weight: float = 0.0) -> State:
    """Answers near one half at the corners, by weights alone."""
    weights = ((((1.0, 1.0), (1.0, 1.0)), ((weight, 0.0),)), ((0.0, -1.0), (bias,)))
    return playing(opening(with_value(experiment(), "weights", weights)))


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (undecided(0.5), "Undecided: it answers ½ everywhere."),
        (undecided(0.4999), "Undecided: it answers ½ everywhere."),
        (
            undecided(0.4960, 0.004),
            "Undecided: it answers ½ at every point.",
        ),  # 0.496 to 0.504, more at the rim
        (undecided(0.5, 0.0049), "Learning: 0 of 4 on the right side, 3 undecided, loss 0.25."),
        (undecided(0.506), "Learning: 2 of 4 on the right side, loss 0.25."),
    ],
)
def test_undecided_is_never_a_score(state, sentence):
    assert selectors.verdict(state, 0).sentence == sentence
    assert selectors.verdict(state, 0).mark == ("query" if sentence.startswith("Undecided") else "")


@pytest.mark.parametrize(
    ("chosen", "labels", "actions"),
    [
        (
            {"seed": 8},
            ["New start", "More units", "Other activation"],
            [act.SetField("hidden", (3,)), act.SetField("activation", "tanh", 0)],
        ),
        (
            {"seed": 8, "hidden": (MAX_UNITS,), "initializer": "zeros"},
            ["New start", "Other activation"],
            [act.SetField("activation", "tanh", 0)],
        ),
    ],
)
def test_what_did_not_find_offers_remedies_that_change_something(chosen, labels, actions):
    state = trained(1500, **chosen)
    remedies = selectors.verdict(state, 0).remedies
    assert [remedy.label for remedy in remedies] == labels
    assert [remedy.action for remedy in remedies[1:]] == actions
    assert isinstance(remedies[0].action, act.NewStart)
    assert all(reduce(state, remedy.action).experiment != state.experiment for remedy in remedies)


def test_the_other_activation_of_tanh_is_another():
    state = trained(1, activation="tanh", initializer="zeros")
    assert verdicts._remedies(state, 0)[-1].action.value == "leaky_relu"
