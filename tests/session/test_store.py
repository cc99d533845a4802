"""Every action, what it makes of the State, and what it leaves alone."""

from dataclasses import fields, replace

import numpy as np
import pytest

from netviz.session import actions as act
from netviz.session.engine import advance
from netviz.session.experiment import with_value
from netviz.session.selectors import hint
from netviz.session.state import FASTEST, State, UnitId, opening
from netviz.session.store import REDUCERS, Store, reduce
from tests.session.made import XOR, trained
from tests.session.played import AT_60, OPEN, done, frame, ran

H1 = UnitId(0, 1, 0)


def changed(old: State, new: State) -> set[str]:
    return {one.name for one in fields(State) if getattr(old, one.name) is not getattr(new, one.name)}


@pytest.mark.parametrize(
    ("state", "action", "changes"),
    [
        (OPEN, act.Train(), {"playing": True}),
        (OPEN, act.Pause(), {}),
        (replace(AT_60, playing=True), act.Pause(), {"playing": False}),
        (replace(AT_60, playing=True), act.Scrub(20), {"playing": False, "playhead": 20}),
        (AT_60, act.Scrub(1000), {}),
        (AT_60, act.Scrub(-5), {"playhead": 0}),
        (AT_60, act.Step(), {"playhead": 61}),
        (AT_60, act.Step(-61), {"playhead": 0}),
        (AT_60, act.Step(10), {"playhead": 70}),
        (replace(AT_60, playhead=5), act.ToEnd(), {"playhead": 60}),
        (OPEN, act.SetSpeed(FASTEST), {"speed": FASTEST}),
        (OPEN, act.SetView("with"), {"view": "with"}),
        (OPEN, act.MoveProbe(0.5, 0.25), {"probe": (0.5, 0.25)}),
        (OPEN, act.Select(H1), {"selected": H1}),
        (replace(OPEN, selected=H1), act.Select(None), {"selected": None}),
        (replace(OPEN, filled="loss"), act.OpenPanel("fold"), {"opened": "fold", "filled": None}),
        (OPEN, act.FillWindow("loss"), {"filled": "loss"}),
        (
            replace(OPEN, message="No.", walk=1, filled="a", opened="b", selected=H1),
            act.Escape(),
            {"message": ""},
        ),
        (replace(OPEN, walk=1, filled="a", opened="b", selected=H1), act.Escape(), {"walk": None}),
        (replace(OPEN, filled="a", opened="b", selected=H1), act.Escape(), {"filled": None}),
        (replace(OPEN, opened="b", selected=H1), act.Escape(), {"opened": None, "selected": None}),
        (replace(OPEN, opened="b", selected=H1), act.OpenPanel("c"), {"opened": "c"}),
        (replace(OPEN, opened="b", selected=H1), act.OpenPanel(None), {"opened": None, "selected": None}),
        (replace(OPEN, selected=H1, opened="b", fused=1.0), act.Escape(), {"opened": None, "selected": None}),
        (replace(OPEN, selected=H1, fused=1.0), act.Escape(), {"fused": 0.0}),
        (replace(OPEN, selected=H1), act.Escape(), {"selected": None}),
        (OPEN, act.SetFused(0.25), {"fused": 0.25}),
        (replace(OPEN, walk=2), act.SetFused(7.0), {"fused": 1.0, "walk": None}),
        (replace(OPEN, fused=0.5), act.SetFused(-7.0), {"fused": 0.0}),
        (replace(AT_60, fused=1.0), act.Walk(2), {"walk": 2, "fused": 0.0}),
        (replace(AT_60, fused=1.0), act.Walk(None), {}),
        (replace(AT_60, fused=1.0, playing=True), act.Pause(), {"playing": False}),
        (OPEN, act.SetRegions(True), {"regions": True}),
        (replace(AT_60, playing=True), act.Walk(2), {"walk": 2, "playing": False}),
        (OPEN, act.SetLogLoss(True), {"log_loss": True}),
        (OPEN, act.SetTheme("dark"), {"theme": "dark"}),
        (OPEN, act.SetTextSize(2), {"text_size": 2}),
        (OPEN, act.SetTextSize(99), {"text_size": 8}),
        (OPEN, act.SetTextSize(-99), {"text_size": -4}),
        (OPEN, act.SetReducedMotion(True), {"reduced_motion": True}),
        (
            replace(AT_60, playing=True, playhead=90),
            act.Failed("No."),
            {"playing": False, "playhead": 60, "message": "No."},
        ),
        (OPEN, act.Undo(), {}),
        (OPEN, act.Redo(), {}),
        (AT_60, act.Reset(), {"frame": OPEN.frame, "playhead": 0, "furthest": 0}),
    ],
)
def test_an_action_changes_what_it_says_and_nothing_else(state, action, changes):
    after = reduce(state, action)
    wanted = {name: value for name, value in changes.items() if name != "frame"}
    assert {name: getattr(after, name) for name in wanted} == wanted
    moved = {"history", "milestones"} if "frame" in changes else set()
    assert changed(state, after) <= changes.keys() | moved


def test_every_action_has_a_reducer():
    assert set(act.Action.__args__) == set(REDUCERS)


@pytest.mark.parametrize(
    ("action", "message"),
    [
        (act.SetField("learning_rate", "fast"), 'Learning rate: expected a number above 0, got "fast".'),
        (act.SetField("activation", "relu", 2), "no such twin; there are 2."),
        (
            act.SetField("activation", ("relu", "tanh")),
            "key 'activation': expected one, or one for each of 1 hidden layers, got 2.",
        ),
        (act.SetField("hidden", 17), "Hidden units: expected a whole number from 1 to 16, got 17."),
        (act.SetView("neither"), 'There is no view "neither"; there are both, with, without.'),
        (act.SetTheme("pink"), 'There is no theme "pink"; there are light, dark, projector.'),
    ],
)
def test_a_refused_action_changes_nothing_but_the_message(action, message):
    after = reduce(AT_60, action)
    assert changed(AT_60, after) == {"message"}
    assert after.message == message


def test_the_message_leaves_at_the_next_action_of_a_person():
    refused = reduce(AT_60, act.SetField("learning_rate", 0))
    assert reduce(refused, act.Train()).message == ""
    playing = replace(refused, playing=True)
    assert reduce(playing, act.FrameArrived(frame(playing, 61))).message == refused.message


def test_training_shows_frame_after_frame_and_keeps_every_loss():
    state = reduce(OPEN, act.Train())
    for until in (10, 25, 60):
        state = reduce(state, act.FrameArrived(frame(state, until)))
    assert (state.step, state.playhead, state.furthest, state.epoch) == (60, 60, 60, 60.0)
    assert np.array_equal(state.history.rows, AT_60.history.rows)


def test_a_frame_is_shown_only_if_it_answers_todays_wish():
    at_70 = frame(AT_60, 70)
    assert reduce(AT_60, act.FrameArrived(at_70)) is AT_60  # paused meanwhile
    other = replace(AT_60, experiment=with_value(XOR, "learning_rate", 0.3), playing=True)
    assert reduce(other, act.FrameArrived(at_70)) is other  # changed meanwhile
    scrubbed = done(AT_60, act.Scrub(20), act.Train())
    assert reduce(scrubbed, act.FrameArrived(at_70)) is scrubbed  # the scrub comes first
    back = reduce(scrubbed, act.FrameArrived(frame(OPEN, 20)))
    assert (back.step, back.playing, back.furthest, back.history.count) == (20, True, 60, 61)
    fresh = done(AT_60, act.Reset(), act.Train())
    assert reduce(fresh, act.FrameArrived(at_70)) is fresh  # from before the reset
    assert reduce(AT_60, act.FrameArrived(frame(AT_60, 60))).step == 60


def test_scrubbing_shows_the_first_pass_again():
    back = done(AT_60, act.Scrub(20), act.FrameArrived(frame(OPEN, 20)))
    assert back.step == 20
    for twin, wanted in zip(back.frame.states, frame(OPEN, 20).states, strict=True):
        assert np.array_equal(twin.params.flat, wanted.params.flat)
    assert (back.furthest, back.history) == (60, AT_60.history)


def test_each_run_stops_by_itself_once_at_its_first_settling():
    state = reduce(OPEN, act.Train())
    state = reduce(state, act.FrameArrived(frame(state, 171)))
    assert state.playing
    state = reduce(state, act.FrameArrived(frame(state, 172)))
    assert (state.playing, state.settled_once, state.step) == (False, True, 172)
    state = reduce(state, act.Train())
    assert reduce(state, act.FrameArrived(frame(state, 180))).playing
    again = done(state, act.Reset(), act.Train())  # another run, which stops once too
    assert not reduce(again, act.FrameArrived(frame(again, 180))).playing


def test_training_stops_where_all_twins_have_left_the_range():
    state = reduce(opening(with_value(XOR, "learning_rate", 1e9)), act.Train())
    state = reduce(state, act.FrameArrived(frame(state, 50)))
    assert not state.playing
    assert all(twin.stopped for twin in state.frame.states)


def test_hints_come_one_at_a_time_and_leave_when_done():
    state = opening(XOR, first_start=True)
    assert hint(state) == "train"
    state = reduce(state, act.Train())
    assert hint(state) is None
    state = reduce(state, act.FrameArrived(frame(state, 100)))
    assert hint(reduce(state, act.Pause())) is None  # nothing has settled yet
    state = reduce(state, act.FrameArrived(frame(state, 172)))
    assert hint(state) == "probe"
    state = reduce(state, act.MoveProbe(0, 0))
    assert hint(state) == "unit"
    state = reduce(state, act.Select(H1))
    assert hint(state) is None
    assert hint(reduce(state, act.Reset())) is None
    assert hint(OPEN) is None  # a later start


def test_selecting_nothing_follows_no_hint():
    state = reduce(opening(XOR, first_start=True), act.Select(None))
    assert state.hints == frozenset()


def test_a_side_experiment_is_trained_beside_the_main_one():
    from netviz.session.sides import DIALS, side_experiment, side_request

    opened = reduce(AT_60, act.OpenPanel("dial"))
    wanted = side_request(opened, 1.0)
    assert wanted is not None
    assert [twin.dial for twin in wanted.experiment.twins] == list(DIALS)
    arrived = reduce(opened, act.FrameArrived(advance(wanted)))
    assert (arrived.side.step, arrived.frame) == (60, AT_60.frame)
    assert side_request(arrived, 1.0) is None
    on = ran(arrived, 70)
    assert side_request(on, 1.0).states is arrived.side.states  # goes on from there
    back = replace(on, frame=OPEN.frame)
    assert side_request(back, 1.0).states[0].step == 0
    assert (side_experiment(AT_60), side_request(AT_60, 1.0)) == (None, None)


def test_listeners_hear_of_every_change_in_order():
    store, heard = Store(OPEN), []
    store.subscribe(lambda old, new: heard.append(("first", old.playing, new.playing)))
    store.subscribe(lambda old, new: heard.append(("second", old.playing, new.playing)))
    store.dispatch(act.Pause())
    store.dispatch(act.Train())
    assert heard == [("first", False, True), ("second", False, True)]
    assert store.state.playing


def test_what_a_listener_sends_waits_until_everybody_knows():
    store, heard = Store(OPEN), []

    def stop(_old, new):
        if new.playing:
            store.dispatch(act.Pause())
            assert store.state.playing  # not yet

    store.subscribe(stop)
    store.subscribe(lambda _, new: heard.append(new.playing))
    store.dispatch(act.Train())
    assert heard == [True, False]


def test_a_listener_that_fails_does_not_stop_the_store():
    store, failing = Store(OPEN), [True]

    def fail(_old, _new):
        if failing.pop() if failing else False:
            raise RuntimeError("broken")

    store.subscribe(fail)
    with pytest.raises(RuntimeError, match="broken"):
        store.dispatch(act.Train())
    store.dispatch(act.Pause())
    assert not store.state.playing


def test_a_trained_state_reads_its_epoch():
    assert trained(6, batch_size=1).epoch == 1.5


def test_an_instrument_stands_in_one_place():
    state = reduce(opening(XOR), act.OpenPanel("fold"))
    away = reduce(replace(state, filled="fold"), act.MoveApart("fold"))
    assert (away.opened, away.filled, away.apart) == (None, None, ("fold",))
    assert reduce(away, act.MoveApart("fold")) is away
    assert reduce(away, act.MoveBack("bend")) is away
    both = reduce(reduce(away, act.OpenPanel("bend")), act.MoveApart("dial"))
    assert (both.opened, both.apart) == ("bend", ("fold", "dial"))
    back = reduce(both, act.MoveBack("fold"))
    assert (back.opened, back.apart) == ("fold", ("dial",))
