"""At full speed panels take turns; nobody waits longer than a glance, nor once anything else changes."""

from collections import Counter
from dataclasses import replace
from math import ceil

import pytest
from PySide6.QtCore import QCoreApplication

from netviz.app import painting, turns
from netviz.session import engine
from netviz.session.actions import (
    FrameArrived,
    MoveApart,
    MoveBack,
    MoveProbe,
    NewStart,
    OpenPanel,
    Pause,
    SetField,
    SetSpeed,
)
from netviz.session.sides import side_request
from netviz.session.state import FASTEST
from netviz.views.panel import READING, Panel

FRAME = 1 / 60
THREE = ("neuron", "bend", "fold")


class Clock:
    """A clock that goes on by a frame whenever it is read."""

    now = 100.0

    def __call__(self):
        self.now += FRAME
        return self.now


@pytest.fixture
def racing(window_of, trained, monkeypatch):
    """A window that trains as fast as it goes, a loss chart and a table beside its lanes."""
    monkeypatch.setattr(turns, "perf_counter", Clock())
    monkeypatch.setattr(painting, "perf_counter", lambda: 0.0)  # showing takes what a test says it does
    window = window_of(replace(trained(5), playing=True, speed=FASTEST, settled_once=True))
    arrive(window)  # a clock that begins now: before, everybody has waited for ever
    return window


def arrive(window, steps=3):
    """Let the next frame come, and all that shows it take it in."""
    state = window.store.state
    request = engine.Request(state.experiment, state.frame.states, state.step + steps)
    window.store.dispatch(FrameArrived(engine.advance(request)))
    while window.painting.shows:
        QCoreApplication.processEvents()


def behind(window):
    """Which panels that are seen show another step than that of the State."""
    state, parts = window.store.state, window._parts
    seen = [name for name, part in parts.items() if isinstance(part, Panel) and not part.isHidden()]
    return {name for name in seen if window._shown[name].state.step != state.step}


def test_lanes_show_every_frame_and_what_stands_beside_them_takes_turns(racing):
    waited = []
    for _ in range(10):
        arrive(racing)
        waited.append(behind(racing))
    assert not any(name.startswith(("network", "surface")) for names in waited for name in names)
    assert {"loss", "truth", "bottom", "header 0"} <= set().union(*waited)


def test_what_is_trained_beside_the_lanes_hurries_nobody(racing):
    racing.store.dispatch(OpenPanel("dial"))
    for _ in range(4):
        arrive(racing)
        late, request = behind(racing), side_request(racing.store.state, 10.0)
        racing.store.dispatch(FrameArrived(engine.advance(request)))
        if late & behind(racing):
            return
    pytest.fail("every panel was shown again")


def test_nobody_waits_longer_than_its_turn(racing):
    arrive(racing)
    last = dict.fromkeys(behind(racing), 0)
    for frame in range(1, 30):
        arrive(racing)
        for name in last.keys() - behind(racing):
            assert frame - last[name] <= ceil(READING / FRAME) + 1  # 0.1 s are 6 frames
            last[name] = frame
    assert min(last.values()) > 20


def test_an_instrument_in_a_window_of_its_own_has_its_turn_too(racing):
    racing.store.dispatch(OpenPanel("neuron"))
    racing.store.dispatch(MoveApart("neuron"))
    shown = list[int]()
    own = racing.apart.windows["neuron"]
    for _ in range(12):
        arrive(racing)
        shown.append(own.shown.state.step)
    assert len(set(shown)) > 1
    racing.store.dispatch(Pause())
    assert own.shown.state is racing.store.state


def test_after_a_pause_every_panel_shows_the_last_frame(racing):
    for _ in range(3):
        arrive(racing)
    assert behind(racing)
    racing.store.dispatch(Pause())
    assert behind(racing) == set()


def test_what_a_hand_changes_is_shown_at_once(racing):
    arrive(racing)
    racing.store.dispatch(MoveProbe(0.25, 0.75))
    assert behind(racing) == set()


@pytest.mark.parametrize("change", [NewStart(), SetField("hidden", (1,))])
def test_another_run_is_shown_at_once(racing, change):
    """A hand would find units that are gone."""
    arrive(racing)
    racing.store.dispatch(change)
    assert racing.store.state.playing
    assert behind(racing) == set()
    assert not racing.painting.shows


def test_at_a_pace_nobody_waits_but_instruments(racing, qtbot):
    racing.store.dispatch(OpenPanel("neuron"))
    qtbot.waitUntil(lambda: not racing.painting._timer.isActive())
    racing.store.state = replace(racing.store.state, speed=30.0)
    waited = set()
    for _ in range(8):
        arrive(racing)
        waited |= behind(racing)
        assert not racing.painting._left  # lanes paint themselves then
    assert waited == {"neuron"}


def test_an_instrument_shows_training_as_often_as_its_numbers_can_be_read(racing):
    racing.store.dispatch(OpenPanel("neuron"))
    steps = []
    for _ in range(60):  # a second
        arrive(racing)
        steps.append(racing._shown["neuron"].state.step)
    assert 7 <= len(set(steps)) <= 1 / READING


@pytest.fixture
def apart(racing):
    """Three instruments with windows of their own."""
    for name in THREE:
        racing.store.dispatch(OpenPanel(name))
        racing.store.dispatch(MoveApart(name))
    return racing


def shown_in(window, frames, seconds):
    """How often each of the three shows another frame, if that takes so many seconds."""
    found, last = Counter(dict.fromkeys(THREE, 0)), {}
    for _ in range(frames):
        arrive(window)
        for name in THREE:
            step = window.apart.windows[name].shown.state.step
            if last.get(name) not in (None, step):
                found[name] += 1
                window._turns.spend(name, seconds)
            last[name] = step
    return found


def test_all_instruments_together_take_no_more_than_their_share(apart):
    spent = 0.02  # seconds for one showing: it is paid for by waiting 0.3 s
    found = shown_in(apart, 180, spent)
    most = turns.SHARE * 180 * FRAME / spent
    assert most - 2 <= sum(found.values()) <= most + 1
    assert max(found.values()) - min(found.values()) <= 1  # in turn


def test_at_a_pace_each_instrument_shows_what_can_be_read(apart):
    apart.store.state = replace(apart.store.state, speed=5.0)
    for _ in range(3):
        apart._turns.spend("fold", 100.0)
        for _ in range(ceil(READING / FRAME)):
            apart._turns.of({}, apart.store.state, apart.store.state)  # time goes by
        arrive(apart)
        assert {apart.apart.windows[name].shown.state.step for name in THREE} == {apart.store.state.step}


def test_what_instruments_took_at_a_pace_is_not_paid_for_in_a_race(racing):
    racing.store.dispatch(OpenPanel("neuron"))
    racing.store.dispatch(SetSpeed(30.0))
    for _ in range(2):
        arrive(racing)
        racing._turns.spend("neuron", 2.0)
        turns.perf_counter.now += READING
    racing.store.dispatch(SetSpeed(FASTEST))
    arrive(racing)
    assert "neuron" not in behind(racing)


def test_a_machine_that_slept_while_an_instrument_was_shown_shows_it_again_soon(racing):
    racing.store.dispatch(OpenPanel("neuron"))
    arrive(racing)
    racing._turns.spend("neuron", 3600.0)
    turns.perf_counter.now += READING
    arrive(racing)
    assert "neuron" in behind(racing)
    turns.perf_counter.now += turns.LONGEST
    arrive(racing)
    assert "neuron" not in behind(racing)


def test_what_a_hand_does_in_a_race_costs_no_instrument_its_turn(racing):
    racing.store.dispatch(OpenPanel("neuron"))
    arrive(racing)
    racing._turns.spend("neuron", 3600.0)  # a window was resized before it was painted
    turns.perf_counter.now += READING
    racing.store.dispatch(MoveProbe(0.25, 0.75))
    arrive(racing)
    assert "neuron" not in behind(racing)


def test_of_slow_training_every_instrument_shows_each_step_and_what_is_trained_beside_it(racing):
    racing.store.dispatch(OpenPanel("dial"))
    racing.store.dispatch(SetSpeed(turns.SLOW))
    for _ in range(3):
        arrive(racing)
        assert behind(racing) == set()
        request = side_request(racing.store.state, 10.0)
        racing.store.dispatch(FrameArrived(engine.advance(request)))
        while racing.painting.shows:
            QCoreApplication.processEvents()
        assert racing._shown["dial"].state.side.step == racing.store.state.step


@pytest.mark.parametrize("move", [MoveApart("dial"), MoveBack("dial")])
def test_a_panel_that_moves_to_another_window_half_way_shows_what_a_hand_did_since(racing, move):
    racing.store.dispatch(OpenPanel("dial"))
    if isinstance(move, MoveBack):
        racing.store.dispatch(MoveApart("dial"))
    for _ in range(2):
        arrive(racing)
        racing.store.dispatch(FrameArrived(engine.advance(side_request(racing.store.state, 10.0))))
    shown = racing._showing("dial")
    next(shown)
    racing.store.dispatch(move)
    racing.store.dispatch(SetField("dial", 0.5, 0))
    assert list(shown) == []
    assert racing._parts["dial"].told.rows[0].dial == 0.5


def test_what_showing_takes_is_what_is_counted(racing, monkeypatch):
    racing.store.dispatch(OpenPanel("neuron"))
    monkeypatch.setattr(painting, "perf_counter", Clock())  # a frame for each showing
    steps = set()
    for _ in range(60):  # a second
        arrive(racing)
        steps.add(racing._shown["neuron"].state.step)
    assert len(steps) <= 2 + turns.SHARE / FRAME


def test_what_is_not_seen_takes_nobodys_turn(racing):
    racing.store.dispatch(OpenPanel("collapse"))
    racing.store.dispatch(OpenPanel("neuron"))
    for _ in range(3):
        turns.perf_counter.now += READING
        arrive(racing)
        assert "neuron" not in behind(racing)


def test_after_a_long_wait_nobody_has_two_turns_at_once(racing):
    state = racing.store.state
    turns.perf_counter.now += 3600.0
    rounds = racing._turns.of(racing._parts, state, replace(state, side=state.frame)).rounds
    assert len(rounds) == len(set(rounds)) > 2


@pytest.mark.parametrize("speed", [30.0, FASTEST])
@pytest.mark.parametrize("before", [False, True])
def test_a_step_with_which_training_begins_or_ends_is_shown_at_once(racing, speed, before):
    racing.store.dispatch(OpenPanel("neuron"))
    old = replace(racing.store.state, speed=speed, playing=before)
    new = replace(old, frame=old.frame._replace(), side=old.frame, playing=not before)
    assert racing._turns.of(racing._parts, old, new) == turns.Turn()


def test_what_is_always_there_costs_no_instrument_its_turn(racing):
    racing.store.dispatch(OpenPanel("neuron"))
    for _ in range(12):
        arrive(racing)
        racing._turns.spend("loss", 100.0)
    before = racing._shown["neuron"].state.step
    for _ in range(8):
        arrive(racing)
    assert racing._shown["neuron"].state.step > before


def test_what_a_hand_changes_half_way_through_an_instrument_is_shown_whole(racing):
    racing.store.dispatch(OpenPanel("fold"))
    for done in range(1, 4):
        arrive(racing)
        racing._shown["fold"].state = replace(racing.store.state, frame=racing.store.state.frame._replace())
        shown = racing._showing("fold")
        for _ in range(done):
            next(shown)
        assert racing._shown["fold"].state is None
        racing.store.dispatch(MoveProbe(0.1 * done, 0.3))
        assert racing._shown["fold"].state is racing.store.state is racing._parts["fold"].state
        assert list(shown) == []
        assert racing._shown["fold"].state is racing.store.state


@pytest.mark.parametrize("change", [MoveProbe(0.25, 0.75), OpenPanel(None)])
def test_what_a_hand_has_shown_or_closed_before_its_turn_has_none(racing, monkeypatch, change):
    racing.store.dispatch(OpenPanel("neuron"))
    turns.perf_counter.now += READING
    state = racing.store.state
    request = engine.Request(state.experiment, state.frame.states, state.step + 3)
    racing.store.dispatch(FrameArrived(engine.advance(request)))
    racing.store.dispatch(change)
    monkeypatch.setattr(Panel, "showing", lambda *_: pytest.fail("shown again"))
    assert "neuron" in {name for name, _ in racing.painting._shows}
    while racing.painting.shows:
        QCoreApplication.processEvents()


@pytest.mark.parametrize("size", [(700, 500), (640, 560)])
def test_a_window_of_its_own_that_is_resized_half_way_shows_all(racing, size):
    racing.store.dispatch(OpenPanel("fold"))
    racing.store.dispatch(MoveApart("fold"))
    own, state = racing.apart.windows["fold"], racing.store.state
    shown = own.shown.portions(replace(state, frame=state.frame._replace()))
    next(shown)
    assert own.shown.state is None
    own.resize(*size)
    assert own.shown.state is own.panel.state is racing.store.state
    assert list(shown) == []


def test_what_a_hand_changes_half_way_through_a_window_of_its_own_is_the_last_it_shows(racing):
    racing.store.dispatch(OpenPanel("fold"))
    racing.store.dispatch(MoveApart("fold"))
    own, state = racing.apart.windows["fold"], racing.store.state
    shown = own.shown.portions(replace(state, frame=state.frame._replace()))
    next(shown)
    racing.store.dispatch(MoveProbe(0.25, 0.75))
    assert list(shown) == []
    assert own.shown.state is own.panel.state is racing.store.state
