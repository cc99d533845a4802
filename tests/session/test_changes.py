"""Changes of the experiment: live or from the start, undone and made again."""

from dataclasses import replace

import numpy as np
import pytest

from netviz.session import actions as act
from netviz.session import changes
from netviz.session.engine import Request, advance
from netviz.session.experiment import Experiment, with_value
from netviz.session.runs import state_at
from netviz.session.state import UnitId
from netviz.session.store import reduce
from tests.session.made import XOR, edited, experiment
from tests.session.played import AT_60, OPEN, done, frame, ran

CHANGES = [
    (act.SetField("learning_rate", 0.3), "learning rate 0.1 to 0.3"),
    (act.SetField("learning_rate", 0.3, 1), "learning rate 0.1 to 0.3"),
    (act.SetField("activation", "tanh", 0), "activation ReLU to tanh"),
    (act.SetField("activation", "tanh", 1), "activation identity to tanh"),
    (act.SetField("l1", 0.1), "L1 penalty 0 to 0.1"),
    (act.SetField("hidden", (3,)), "hidden units 2 to 3, weights drawn anew"),
    (act.SetField("batch_size", 1), "batch size all to 1"),
    (act.SetTarget(3, 1), "problem XOR to OR"),
    (act.NewStart(), "new start"),
    (act.Open(experiment(seed=5)), "open"),
]


@pytest.mark.parametrize("start", [OPEN, AT_60, done(AT_60, act.Scrub(20))], ids=["start", "60", "scrubbed"])
@pytest.mark.parametrize(("action", "label"), CHANGES)
def test_undo_and_redo_bring_experiments_back_exactly(start, action, label):
    after = reduce(start, action)
    assert [(change.experiment, change.label) for change in after.past] == [(start.experiment, label)]
    undone = reduce(after, act.Undo())
    assert (undone.experiment, undone.past) == (XOR, ())
    assert [(change.experiment, change.label) for change in undone.future] == [(after.experiment, label)]
    redone = reduce(undone, act.Redo())
    assert (redone.experiment, redone.future) == (after.experiment, ())
    assert [(change.experiment, change.label) for change in redone.past] == [(start.experiment, label)]
    for state in (after, undone, redone):
        assert state.frame.experiment is state.experiment
        assert state.playhead <= state.furthest
        assert state.history.covers(state.furthest) or state.step != state.playhead


@pytest.mark.parametrize("step", [1, 3, 10, 60, 61, 62, 63])
def test_losses_after_undo_and_of_an_edited_run_are_those_of_a_replay(step):
    start = experiment(hidden=(8,))
    before = state_at(start, step)
    after = reduce(before, act.SetField("b[0][1]", 1.0))
    undone = reduce(after, act.Undo())
    for state in (after, undone):
        again = state_at(state.experiment, step + 5).history.rows[: step + 1]
        assert np.array_equal(state.history.rows, again)  # to the last bit
    assert np.array_equal(undone.history.rows, before.history.rows)


def test_a_new_change_ends_what_could_be_redone():
    undone = done(OPEN, act.SetField("learning_rate", 0.3), act.Undo(), act.SetField("learning_rate", 1))
    assert (undone.future, len(undone.past)) == ((), 1)


def test_one_gesture_is_one_change():
    dragged = done(
        AT_60,
        act.SetField("dial", 0.9, 0),
        act.SetField("dial", 0.5, 0, True),
        act.SetField("dial", 0.2, 0, True),
    )
    assert [change.experiment for change in dragged.past] == [XOR]
    assert reduce(dragged, act.Undo()).experiment == XOR
    (first,) = reduce(OPEN, act.SetField("dial", 0.5, 0, True)).past
    assert (first.experiment, first.label) == (XOR, "nonlinearity 1 to 0.5")


@pytest.mark.parametrize(
    "action",
    [
        act.SetField("learning_rate", 0.1),
        act.SetField("activation", "relu"),
        act.SetField("activation", "identity", 1),
        act.SetField("hidden", "2"),
        act.SetTarget(0, 0),
        act.SetField("seed", 36),
    ],
)
def test_what_is_so_already_is_no_change(action):
    assert reduce(AT_60, action) is AT_60


def test_a_live_change_keeps_the_weights_and_the_run_so_far():
    after = reduce(AT_60, act.SetField("activation", "tanh", 1))
    assert after.frame.states is AT_60.frame.states
    assert after.experiment.edits[0].step == 60
    assert (after.step, after.furthest, after.history.count) == (60, 60, 61)
    assert np.array_equal(after.history.rows[:60], AT_60.history.rows[:60])
    assert after.history.rows[60, 1] != AT_60.history.rows[60, 1]  # another network at the same weights
    assert after.history.rows[60, 0] == pytest.approx(AT_60.history.rows[60, 0])


def test_a_live_change_in_the_past_forgets_what_came_after():
    after = done(AT_60, act.Scrub(20), act.FrameArrived(frame(OPEN, 20)), act.SetField("learning_rate", 0.3))
    assert (after.step, after.furthest, after.history.count, after.experiment.edits[0].step) == (
        20,
        20,
        21,
        20,
    )


def test_a_change_while_a_scrub_is_under_way_happens_where_the_scrub_goes():
    after = done(AT_60, act.Scrub(20), act.SetField("learning_rate", 0.3))
    assert (after.experiment.edits[0].step, after.playhead, after.furthest) == (20, 20, 20)
    assert after.step == 60  # until the worker has replayed the shared steps
    there = reduce(after, act.FrameArrived(frame(replace(after, frame=OPEN.frame), 20)))
    assert (there.step, there.history.count) == (20, 21)


def test_undo_to_before_an_edit_goes_back_to_it_and_trains_the_old_run_on():
    after = reduce(AT_60, act.SetField("learning_rate", 0.3))
    later = ran(after, 100)
    undone = done(later, act.Train(), act.Undo())
    assert (undone.playhead, undone.step, undone.playing) == (60, 100, True)
    late = act.FrameArrived(frame(later, 110))
    assert reduce(undone, late) is undone
    wrong = act.FrameArrived(advance(Request(XOR, later.frame.states, until=110)))
    assert reduce(undone, wrong) is undone  # trained on from what is no longer so
    there = reduce(undone, act.FrameArrived(frame(OPEN, 60)))
    assert (there.step, there.playing) == (60, True)
    assert np.array_equal(ran(there, 100).history.rows, ran(AT_60, 100).history.rows)


def test_undo_beyond_the_playhead_shortens_the_run_only():
    later = ran(reduce(AT_60, act.SetField("learning_rate", 0.3)), 100)
    back = act.FrameArrived(advance(Request(later.experiment, OPEN.frame.states, until=20)))
    undone = done(later, act.Scrub(20), back, act.Undo())
    assert (undone.step, undone.playhead, undone.furthest, undone.history.count) == (20, 20, 59, 60)


def test_another_problem_starts_anew_with_the_settings_of_now():
    after = done(AT_60, act.SetField("learning_rate", 0.3), act.SetTarget(3, 1))
    assert after.experiment == with_value(with_value(XOR, "learning_rate", 0.3), "dataset", "gate:0111")
    assert (after.step, after.furthest, after.history.count) == (0, 0, 1)


def test_a_new_start_is_another_seed_with_the_settings_of_now():
    after = done(AT_60, act.SetField("learning_rate", 0.3), act.NewStart())
    assert (after.experiment.base.seed, after.experiment.base.weights, after.experiment.edits) == (
        37,
        None,
        (),
    )
    assert after.experiment.base.learning_rate == 0.3
    assert done(OPEN, act.Open(experiment(seed=2**63 - 1)), act.NewStart()).experiment.base.seed == 0


def test_reset_keeps_the_settings_of_now_and_can_be_undone():
    after = done(AT_60, act.SetField("learning_rate", 0.3), act.Train(), act.Reset())
    assert after.experiment == with_value(XOR, "learning_rate", 0.3)
    assert (after.step, after.playhead, after.furthest, after.playing, after.history.count) == (
        0,
        0,
        0,
        False,
        1,
    )
    assert after.past[-1].label == "reset"
    assert reduce(after, act.Undo()).experiment == edited(XOR, (60, "learning_rate", 0.3, None))
    assert reduce(AT_60, act.Reset()).past == ()


def test_an_equal_experiment_in_other_words_keeps_the_run():
    told = Experiment(XOR.base, ((("activation", "relu"),), XOR.own[1]))
    after = reduce(AT_60, act.Open(told))
    assert (after.experiment, after.history, after.step) == (told, AT_60.history, 60)


@pytest.mark.parametrize(
    ("action", "kept"),
    [
        (act.NewStart(), True),
        (act.SetTarget(0, 1), True),
        (act.SetField("hidden", 3), False),
        (act.SetField("features", "x"), False),
        (act.Open(experiment(own=((),))), False),
    ],
)
def test_a_unit_stays_selected_where_there_is_one_like_it(action, kept):
    unit = UnitId(1, 1, 1)
    assert reduce(replace(OPEN, selected=unit), action).selected == (unit if kept else None)


ELSEWHERE = [action for action, label in CHANGES if label.split()[0] in ("hidden", "problem", "new", "open")]


@pytest.mark.parametrize("action", ELSEWHERE, ids=lambda action: type(action).__name__)
def test_undo_and_redo_bring_runs_back_as_they_stood(action):
    mine = replace(ran(OPEN, 300), bookmarks=(42,))
    scrubbed = done(mine, act.Scrub(100), act.FrameArrived(frame(replace(mine, frame=OPEN.frame), 100)))
    after = ran(reduce(scrubbed, action), 50)
    assert (after.step, after.furthest, after.history.count) == (50, 50, 51)
    undone = reduce(after, act.Undo())
    assert undone.frame is scrubbed.frame
    assert undone.history is scrubbed.history
    assert (undone.playhead, undone.furthest, undone.bookmarks) == (100, 300, (42,))
    assert undone.milestones == scrubbed.milestones != ()
    redone = reduce(undone, act.Redo())
    assert (redone.frame, redone.history, redone.playhead, redone.furthest) == (
        after.frame, after.history, 50, 50,
    )  # fmt: skip


def test_a_run_that_is_back_rests_whatever_ran_meanwhile():
    settled = done(OPEN, act.Train(), act.FrameArrived(frame(OPEN, 172)))
    undone = done(settled, act.NewStart(), act.Train(), act.Undo())
    assert (undone.playing, undone.step, undone.settled_once) == (False, 172, True)
    on = reduce(undone, act.Train())
    assert reduce(on, act.FrameArrived(frame(on, 180))).playing  # it has stopped by itself once already
    assert not done(undone, act.Redo()).settled_once


def test_a_document_in_place_of_another_gives_its_run_back_though_they_share_all_steps():
    mine = ran(OPEN, 60)
    undone = done(ran(reduce(mine, act.Open(XOR)), 90), act.Undo())
    assert (undone.frame, undone.history, undone.furthest) == (mine.frame, mine.history, 60)
    assert reduce(undone, act.Redo()).furthest == 90


def test_runs_of_long_ago_are_trained_again(monkeypatch):
    run = ran(OPEN, 300)  # 301 rows of two losses and 18 parameters: 620 numbers
    monkeypatch.setattr(changes, "MOST_KEPT", 1000)
    later = ran(reduce(run, act.NewStart()), 300)
    last = done(later, act.NewStart(), act.NewStart())  # 620, 620 and 20 numbers
    assert [change.run.kept is None for change in last.past] == [True, False, False]
    back = done(last, act.Undo(), act.Undo(), act.Undo())
    assert (back.experiment, back.step, back.playhead, back.furthest) == (XOR, 0, 300, 300)
    assert back.milestones == run.milestones
    there = reduce(back, act.FrameArrived(frame(back, 300)))
    assert np.array_equal(there.history.rows, run.history.rows)


def test_the_last_run_stays_at_hand_however_long_it_was(monkeypatch):
    run = ran(OPEN, 300)
    monkeypatch.setattr(changes, "MOST_KEPT", 100)
    assert done(run, act.NewStart(), act.Undo()).history is run.history
