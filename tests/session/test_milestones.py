"""What a run reaches on its way: seen at whatever frames arrive, pinned to the very step."""

import pytest

from netviz.session import actions as act
from netviz.session import milestones
from netviz.session.engine import Request, advance, start
from netviz.session.experiment import with_value
from netviz.session.runs import state_at, with_milestones
from netviz.session.selectors import Event, events, marks
from netviz.session.state import opening
from netviz.session.store import reduce
from tests.session.made import XOR

TANH = with_value(XOR, "activation", "tanh")


def frame(experiment, step):
    return advance(Request(experiment, start(experiment).states, until=step))


def trained(experiment, *steps):
    """The state after frames at these steps."""
    state = reduce(opening(experiment), act.Train())
    for step in steps:
        losses = advance(Request(experiment, state.frame.states, until=step))
        state = reduce(reduce(state, act.FrameArrived(losses)), act.Train())
    return reduce(state, act.Pause())


def pinned(state):
    """The state when all that can be known of its milestones is known."""
    while (step := milestones.unpinned(state)) is not None:
        state = reduce(state, act.FrameArrived(frame(state.experiment, step)))
    return state


def reached(state, name):
    return [one.step for one in state.milestones if one.name == name]


@pytest.mark.parametrize("steps", [(400,), (30, 400), tuple(range(1, 400, 7)), (9, 10, 49, 50, 400)])
def test_milestones_do_not_depend_on_the_frames_that_showed_them(steps):
    state = pinned(trained(XOR, *steps))
    assert (reached(state, "bends"), reached(state, "right"), reached(state, "stalls")) == ([10], [50], [])


@pytest.mark.parametrize(
    ("experiment", "name", "step"),
    [(XOR, "bends", 10), (XOR, "right", 50), (TANH, "bends", 56), (TANH, "right", 125),
     (with_value(XOR, "seed", 2), "stalls", 233), (with_value(XOR, "seed", 8), "stalls", 407)],
)  # fmt: skip
def test_it_is_the_first_step_that_has_it(experiment, name, step):
    assert reached(pinned(trained(experiment, 600)), name) == [step]
    has = milestones.MILESTONES[name].reached
    assert [has(trained(experiment, at), 0) for at in (step - 1, step)] == [False, True]


@pytest.mark.parametrize("chosen", [XOR, TANH, with_value(XOR, "seed", 8)])
def test_a_run_without_a_window_has_the_milestones_that_the_window_pins(chosen):
    found = with_milestones(state_at(chosen, 600))
    assert found.milestones == pinned(trained(chosen, 600)).milestones != ()


def test_events_tell_of_milestones_and_bookmarks_among_them():
    state = reduce(reduce(pinned(trained(XOR, 200)), act.Scrub(50)), act.FrameArrived(frame(XOR, 50)))
    state = reduce(state, act.Bookmark())
    assert [event.text for event in marks(state)] == [
        "10: with starts to bend", "42: without reaches ¼", "50: with has all right", "50: bookmark",
        "172: with has learned",
    ]  # fmt: skip
    assert Event(50, None, "50: bookmark") not in events(state)


def test_what_was_so_from_the_start_has_not_happened():
    wide = with_value(XOR, "seed", 5)
    state = next(
        s
        for seed in range(5, 60)
        if reached(s := pinned(trained(with_value(wide, "seed", seed), 9)), "bends") == [0]
    )
    assert not [event for event in events(state) if "bends" in event.text]


def test_another_way_on_forgets_only_what_came_after():
    state = pinned(trained(XOR, 200))
    at_30 = reduce(reduce(state, act.Scrub(30)), act.FrameArrived(frame(XOR, 30)))
    changed = reduce(at_30, act.SetField("learning_rate", 0.3))
    assert (reached(changed, "bends"), reached(changed, "right")) == ([10], [])
    assert changed.ghost is state.history
    assert reduce(changed, act.Undo()).ghost is changed.ghost  # nothing was trained on the other way
    assert reduce(changed, act.Reset()).ghost is None


def test_marks_are_gone_to_one_by_one():
    state = reduce(pinned(trained(XOR, 200)), act.Scrub(0))
    found = []
    for _ in range(5):
        state = reduce(state, act.ToMark())
        found.append(state.playhead)
    assert found == [10, 42, 50, 172, 172]
    assert reduce(state, act.ToMark(-1)).playhead == 50
    assert reduce(reduce(state, act.Scrub(0)), act.ToMark(-1)).playhead == 0


def test_a_late_frame_from_before_a_reset_leaves_everything_as_it_is():
    state = reduce(trained(XOR, 200), act.Reset())
    assert reduce(state, act.FrameArrived(frame(XOR, 150))) is state
