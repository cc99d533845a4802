"""Stop rules: training pauses at the very step at which one comes to hold, in the window and without."""

from dataclasses import replace

import numpy as np
import pytest

from netviz.core.network import read_only
from netviz.core.problems import Losses
from netviz.session.actions import FrameArrived, Scrub, SetField, Train
from netviz.session.engine import Request, advance, start
from netviz.session.presets import PRESETS
from netviz.session.recording import History
from netviz.session.runs import Limits, run
from netviz.session.state import State, opening
from netviz.session.stops import stop_between
from netviz.session.store import reduce
from tests.session.made import experiment

XOR = PRESETS["xor"].experiment


def with_rules(**rules) -> State:
    state = opening(XOR)
    for key, value in rules.items():
        state = reduce(state, SetField(key, value))
    return state


def with_losses(rows, **rules) -> State:
    """A run with these losses of two twins, a row a step."""
    losses = Losses(0, 1, read_only(np.array(rows, dtype=float)))
    return replace(with_rules(**rules), history=History(2).extended(losses))


def trained(state: State, until: int) -> State:
    """The state after the worker's answer to a wish for step `until`."""
    answer = advance(Request(state.experiment, state.frame.states, until=until))
    return reduce(state, FrameArrived(answer))


RULES = [
    ({"stop_epochs": 40}, 40),
    ({"stop_loss": 0.1}, 65),
    ({"stop_loss": 0.1, "stop_epochs": 40}, 40),
    ({"stop_loss": 0.1, "stop_epochs": 100}, 65),
]


@pytest.mark.parametrize(("rules", "step"), RULES)
def test_the_rule_that_holds_first_stops_at_its_step(rules, step):
    state = reduce(with_rules(**rules), Train())
    paused = trained(state, 120)
    assert (paused.playing, paused.playhead, paused.furthest) == (False, step, step)
    assert (paused.step, paused.history.last_step) == (0, step)  # the frame of that step is still to come
    there = trained(paused, step)
    assert (there.step, there.playhead, there.furthest) == (step, step, step)


@pytest.mark.parametrize(("rules", "step"), RULES)
def test_a_run_without_a_window_ends_at_the_same_step(rules, step):
    *_, last = run(with_rules(**rules).experiment, Limits(500))
    assert last.step == step


def test_the_loss_was_not_below_before_that_step():
    rows = with_rules(stop_loss=0.1)
    paused = trained(reduce(rows, Train()), 120)
    assert paused.history.rows[64, 0] >= 0.1 > paused.history.rows[65, 0]


def test_a_frame_that_ends_at_the_rules_step_is_shown_at_once():
    paused = trained(reduce(with_rules(stop_epochs=40), Train()), 40)
    assert (paused.playing, paused.step, paused.playhead) == (False, 40, 40)


def test_training_on_overrules_a_rule_that_has_been_obeyed():
    paused = trained(trained(reduce(with_rules(stop_epochs=40, stop_loss=0.1), Train()), 40), 40)
    on = trained(reduce(paused, Train()), 60)
    assert (on.playing, on.step) == (True, 60)
    again = trained(on, 80)
    assert (again.playing, again.playhead) == (False, 65)
    assert trained(reduce(trained(again, 65), Train()), 90).playing


def test_a_replay_stops_there_again_and_keeps_what_lies_beyond():
    state = trained(reduce(with_rules(stop_epochs=40), Train()), 40)
    state = trained(reduce(state, Train()), 60)
    state = reduce(reduce(state, Scrub(0)), FrameArrived(start(state.experiment)))
    paused = trained(reduce(state, Train()), 50)
    assert (paused.playing, paused.playhead, paused.furthest, paused.history.last_step) == (False, 40, 60, 60)


def test_a_rule_changes_in_the_middle_of_a_run_and_keeps_what_was_trained():
    state = trained(reduce(opening(XOR), Train()), 30)
    changed = reduce(state, SetField("stop_epochs", 50))
    assert (changed.step, changed.furthest) == (30, 30)
    assert trained(reduce(changed, Train()), 60).playhead == 50


def test_an_epoch_counts_all_its_batches():
    batches = reduce(with_rules(stop_epochs=5), SetField("batch_size", 1))  # four steps an epoch
    assert trained(reduce(batches, Train()), 100).playhead == 20


FALLING, FLAT = [[1.0, 0.5], [0.9, 0.5], [0.8, 0.5]], [[0.8, 0.5]] * 4
STALLED = [
    (FALLING, 1, None),  # one twin still falls
    (FALLING + FLAT, 1, 3),
    (FALLING + FLAT, 3, 5),  # 0.8 at row 2, no less at row 5
    (FALLING + FLAT, 9, None),  # too short a run
    ([[1.0, np.nan]] * 3, 2, 2),  # one that has stopped falls no more
    ([[1.0, 1.0], [0.9901, 1.0]], 1, 1),  # by less than a hundredth
    ([[1.0, 1.0], [0.98, 1.0]], 1, None),
]


@pytest.mark.parametrize(("rows", "epochs", "step"), STALLED)
def test_a_run_has_stalled_where_no_loss_has_fallen_for_so_many_epochs(rows, epochs, step):
    assert stop_between(with_losses(rows, stop_stalled=epochs), 0, len(rows) - 1) == step


def test_a_stall_that_was_obeyed_stops_no_more_until_a_loss_falls_again():
    rows = FALLING + FLAT + [[0.5, 0.5]] + [[0.5, 0.5]] * 3
    state = with_losses(rows, stop_stalled=2)
    assert stop_between(state, 0, 10) == 4
    assert stop_between(state, 4, 10) == 9  # fell at row 7, and no further by row 9
    assert stop_between(state, 5, 8) is None


def test_without_a_rule_nothing_stops():
    state = trained(reduce(opening(experiment()), Train()), 50)
    assert stop_between(state, 0, 50) is None
