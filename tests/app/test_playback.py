"""Playback with its real thread: training, scrubbing, replay, refusals and the end."""

import gc
from collections.abc import Iterator
from time import perf_counter

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from netviz.app.painting import Painting
from netviz.app.playback import FRAME, LEAST, LONGEST, Playback
from netviz.session import actions as act
from netviz.session import engine, milestones
from netviz.session.cards import SHOW
from netviz.session.document import Document, opened
from netviz.session.engine import Frame, Request
from netviz.session.lessons.reading import lesson
from netviz.session.presets import PRESETS
from netviz.session.runs import state_at
from netviz.session.selectors import events
from netviz.session.state import FASTEST, State, opening
from netviz.session.store import Store

XOR = PRESETS["xor"].experiment


@pytest.fixture
def store() -> Store:
    return Store(opening(XOR))


@pytest.fixture
def playback(store: Store, qapp: object) -> Iterator[Playback]:
    playing = Playback(store)
    yield playing
    playing.close()


def flat(store: Store) -> list[np.ndarray]:
    return [twin.params.flat for twin in store.state.frame.states]


def test_training_stops_by_itself_at_the_first_settling(
    qtbot: QtBot, store: Store, playback: Playback
) -> None:
    store.dispatch(act.SetSpeed(FASTEST))
    store.dispatch(act.Train())
    qtbot.waitUntil(lambda: not store.state.playing)
    assert store.state.settled_once
    assert store.state.step >= 172
    assert store.state.history.count == store.state.step + 1


def test_training_goes_on_after_the_first_settling(qtbot: QtBot, store: Store, playback: Playback) -> None:
    store.dispatch(act.SetSpeed(FASTEST))
    store.dispatch(act.Train())
    qtbot.waitUntil(lambda: not store.state.playing)
    settled = store.state.step
    store.dispatch(act.Train())
    qtbot.waitUntil(lambda: store.state.step > settled + 1000)
    assert store.state.playing


def test_pace_is_in_steps_a_second(qtbot: QtBot, store: Store, playback: Playback) -> None:
    store.dispatch(act.SetSpeed(1000.0))
    store.dispatch(act.Train())
    qtbot.waitUntil(lambda: store.state.step >= 100)
    assert store.state.step < 150  # a frame holds about 16 steps; as fast as it goes it would be thousands


@pytest.mark.parametrize("step", [0, 1, 99, 500])
def test_scrubbing_shows_the_very_same_numbers(
    qtbot: QtBot, store: Store, playback: Playback, step: int
) -> None:
    store.dispatch(act.SetSpeed(FASTEST))
    store.dispatch(act.Step(1000))
    qtbot.waitUntil(lambda: store.state.step == 1000)
    store.dispatch(act.Scrub(step))
    qtbot.waitUntil(lambda: store.state.step == step)
    expected = state_at(XOR, step).frame.states
    for mine, twin in zip(flat(store), expected, strict=True):
        assert np.array_equal(mine, twin.params.flat)
    assert store.state.furthest == 1000


def test_stepping_beyond_the_end_leaves_no_gap_in_the_history(
    qtbot: QtBot, store: Store, playback: Playback
) -> None:
    store.dispatch(act.SetSpeed(FASTEST))
    store.dispatch(act.Train())
    qtbot.waitUntil(lambda: store.state.step > 0)
    store.dispatch(act.Pause())
    goal = store.state.step + 700
    store.dispatch(act.Step(700))
    qtbot.waitUntil(lambda: store.state.step == goal)
    assert store.state.history.count == goal + 1


def test_a_change_at_a_step_keeps_the_weights_and_undo_brings_all_back(
    qtbot: QtBot, store: Store, playback: Playback
) -> None:
    store.dispatch(act.Step(60))
    qtbot.waitUntil(lambda: store.state.step == 60)
    before = flat(store)
    store.dispatch(act.SetField("activation", "tanh", 1))
    assert all(np.array_equal(a, b) for a, b in zip(before, flat(store), strict=True))
    store.dispatch(act.Step(40))
    qtbot.waitUntil(lambda: store.state.step == 100)
    store.dispatch(act.Undo())
    assert store.state.experiment == XOR
    qtbot.waitUntil(lambda: store.state.step == 60)
    assert all(np.array_equal(a, b) for a, b in zip(before, flat(store), strict=True))


def test_what_cannot_be_trained_pauses_with_a_sentence(
    qtbot: QtBot, store: Store, playback: Playback
) -> None:
    store.dispatch(act.SetField("activation", "step"))
    store.dispatch(act.Train())
    qtbot.waitUntil(lambda: bool(store.state.message))
    assert store.state.message == "A network with step cannot be trained: its slope is 0 everywhere."
    assert not store.state.playing
    assert store.state.step == 0


def test_numbers_out_of_range_stop_their_twin_and_keep_its_last_state(
    qtbot: QtBot, store: Store, playback: Playback
) -> None:
    store.dispatch(act.SetField("learning_rate", 1e6, 0))
    store.dispatch(act.SetSpeed(FASTEST))
    store.dispatch(act.Train())
    qtbot.waitUntil(lambda: store.state.frame.states[0].stopped)
    assert all(np.isfinite(weights).all() for weights in flat(store))


def test_the_dial_trains_its_strip_to_the_same_step(qtbot: QtBot, store: Store, playback: Playback) -> None:
    store.dispatch(act.OpenPanel("dial"))
    store.dispatch(act.Step(172))
    qtbot.waitUntil(lambda: store.state.side is not None and store.state.side.step == 172)
    side = store.state.side
    assert side is not None
    assert len(side.states) == 5
    assert np.array_equal(side.states[-1].params.flat, state_at(XOR, 172).frame.states[0].params.flat)


def test_it_ends_in_the_middle_of_training(qtbot: QtBot, store: Store, playback: Playback) -> None:
    store.dispatch(act.SetSpeed(FASTEST))
    store.dispatch(act.Train())
    qtbot.waitUntil(lambda: store.state.step > 0)
    playback.close()
    playback.close()  # a second time does nothing


def test_an_opened_document_is_trained_to_where_it_was_and_behind_that_to_its_end(
    qtbot: QtBot, qapp: object
) -> None:
    store = Store(opened(Document(XOR, (("furthest", 400),), (("playhead", 120),))))
    playback = Playback(store)
    qtbot.waitUntil(lambda: store.state.step == 120)
    qtbot.waitUntil(lambda: store.state.history.count == 401)
    qtbot.waitUntil(lambda: milestones.unpinned(store.state) is None)
    playback.close()
    expected = state_at(XOR, 120).frame.states
    for mine, twin in zip(flat(store), expected, strict=True):
        assert np.array_equal(mine, twin.params.flat)
    assert (store.state.playhead, store.state.furthest) == (120, 400)
    assert np.array_equal(store.state.history.rows, state_at(XOR, 400).history.rows)
    assert [event.step for event in events(store.state)] == [10, 42, 50, 172]


def test_at_full_speed_frames_come_sixty_times_a_second_and_no_more(
    qtbot: QtBot, store: Store, playback: Playback
) -> None:
    store.dispatch(act.SetField("learning_rate", 1e-6))  # nothing settles
    frames, began = list[int](), perf_counter()
    store.subscribe(lambda old, new: frames.append(new.step) if new.frame is not old.frame else None)
    store.dispatch(act.SetSpeed(FASTEST))
    store.dispatch(act.Train())
    qtbot.waitUntil(lambda: len(frames) >= 30)
    assert perf_counter() - began > 28 * FRAME  # two may come at once: each is due at its own sixtieth


def test_the_next_frame_is_asked_for_once_this_one_is_in_every_panel(
    qtbot: QtBot, store: Store, playback: Playback, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.dispatch(act.SetField("learning_rate", 1e-6))
    told = list[str]()
    send = playback._send
    monkeypatch.setattr(playback, "_send", lambda request: (told.append("asked"), send(request)))
    store.subscribe(lambda old, new: told.append("shown") if new.frame is not old.frame else None)
    store.dispatch(act.SetSpeed(FASTEST))
    store.dispatch(act.Train())
    qtbot.waitUntil(lambda: len(told) > 6)
    assert told[:6] == ["asked", "shown", "asked", "shown", "asked", "shown"]


@pytest.mark.parametrize("fails", [False, True])
def test_the_next_frame_waits_for_what_takes_this_one_in_later(
    qtbot: QtBot, store: Store, playback: Playback, monkeypatch: pytest.MonkeyPatch, fails: bool
) -> None:
    store.dispatch(act.SetField("learning_rate", 1e-6))
    painting, told, send = Painting(playback, ()), list[str](), playback._send

    def shows(name: str) -> Iterator[None]:
        told.append(name)
        if fails and name == "last":
            raise ValueError("a panel's error")
        yield from ()

    def begin(old: State, new: State) -> None:
        if new.frame is not old.frame:
            painting.begin({name: shows(name) for name in ("first", "last")}, {})

    monkeypatch.setattr(playback, "_send", lambda request: (told.append("asked"), send(request)))
    playback.follow(painting)
    store.subscribe(begin)
    store.dispatch(act.SetSpeed(FASTEST))
    with qtbot.captureExceptions() as errors:
        store.dispatch(act.Train())
        qtbot.waitUntil(lambda: len(told) > 9)
        painting.close()  # or what it does and where it fails outlives the test
    assert told[:9] == ["asked", "first", "last"] * 3
    assert bool(errors) == fails


@pytest.mark.parametrize("opened", [None, "dial"])
def test_what_fails_while_a_frame_is_handed_on_does_not_end_training(
    qtbot: QtBot, store: Store, playback: Playback, opened: str | None
) -> None:
    store.dispatch(act.SetField("learning_rate", 1e-6))
    store.dispatch(act.OpenPanel(opened))  # the dial's frames come together with the others

    def fail(old: State, new: State) -> None:
        if new.playing and (new.step != old.step or new.side is not old.side):
            raise ValueError("a panel's error")

    store.subscribe(fail)
    store.dispatch(act.SetSpeed(FASTEST))
    with qtbot.captureExceptions() as errors:
        store.dispatch(act.Train())
        qtbot.waitUntil(lambda: len(errors) > 4)
        store.dispatch(act.Pause())


def test_what_is_there_before_training_stays_out_of_collections_until_it_ends(
    qtbot: QtBot, store: Store, playback: Playback
) -> None:
    store.dispatch(act.Train())
    assert gc.get_freeze_count() > 10_000  # all that was imported and made
    store.dispatch(act.Pause())
    assert gc.get_freeze_count() == 0


def test_a_card_trains_to_its_end_and_then_shows_what_came_of_it(
    qtbot: QtBot, store: Store, playback: Playback
) -> None:
    store.dispatch(act.StartLesson(lesson("why"), 1))
    store.dispatch(act.SetSpeed(FASTEST))
    store.dispatch(act.Predict(1))
    qtbot.waitUntil(lambda: store.state.reading.beat == SHOW and store.state.step == 172)
    assert not store.state.playing
    assert store.state.furthest == 172


def test_a_card_in_the_middle_of_a_run_is_trained_up_to_there(
    qtbot: QtBot, store: Store, playback: Playback
) -> None:
    store.dispatch(act.StartLesson(lesson("why"), 3))
    qtbot.waitUntil(lambda: store.state.step == 172)
    assert store.state.opened == "bend"


def test_after_a_lesson_the_own_run_can_be_scrubbed_again(
    qtbot: QtBot, store: Store, playback: Playback
) -> None:
    store.dispatch(act.Step(40))
    qtbot.waitUntil(lambda: store.state.step == 40)
    mine, there = store.state.experiment, flat(store)
    store.dispatch(act.StartLesson(lesson("why"), 7))
    qtbot.waitUntil(lambda: store.state.step > 5)
    store.dispatch(act.LeaveLesson())
    assert (store.state.step, store.state.experiment) == (40, mine)
    store.dispatch(act.Scrub(10))
    qtbot.waitUntil(lambda: store.state.step == 10)
    store.dispatch(act.Scrub(40))
    qtbot.waitUntil(lambda: store.state.step == 40)
    assert all(np.array_equal(a, b) for a, b in zip(flat(store), there, strict=True))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What playback takes for the time: seconds, to be set."""
    now = [100.0]
    monkeypatch.setattr("netviz.app.playback.perf_counter", lambda: now[0])
    return now


@pytest.fixture
def painting(playback: Playback) -> Painting:
    """What playback waits for."""
    made = Painting(playback, ())
    playback.follow(made)
    return made


def paint(painting: Painting, clock: list[float], seconds: float) -> None:
    """Paint for so many seconds."""
    painting.begun.emit()
    clock[0] += seconds
    painting.over.emit()


def test_where_painting_takes_longer_than_a_frame_training_lasts_as_long(
    playback: Playback, painting: Painting, clock: list[float]
) -> None:
    assert playback._budget() == LEAST  # the first frame of all is due at once
    paint(painting, clock, 0.03)
    assert playback._budget() == pytest.approx(0.03)
    paint(painting, clock, 0.005)
    clock[0] = playback._next
    assert playback._budget() == pytest.approx(FRAME)


def test_one_long_wait_does_not_slow_the_frames_after_it(
    playback: Playback, painting: Painting, clock: list[float]
) -> None:
    playback._budget()
    paint(painting, clock, 3600)  # a machine that slept
    assert playback._budget() == pytest.approx(LONGEST)
    paint(painting, clock, 0.005)
    clock[0] += LONGEST
    assert playback._budget() <= FRAME


def test_the_next_frame_waits_until_the_last_one_is_on_the_screen(
    qtbot: QtBot, store: Store, playback: Playback
) -> None:
    painting = Painting(playback, ())
    playback.follow(painting)
    store.dispatch(act.SetField("learning_rate", 1e-6))
    store.dispatch(act.SetSpeed(FASTEST))
    painting.begun.emit()
    store.dispatch(act.Train())
    qtbot.waitUntil(lambda: bool(playback._held))
    store.dispatch(act.MoveProbe(0.25, 0.75))
    assert (store.state.step, playback._flying) == (0, 0)  # whatever a hand does, one waits
    painting.over.emit()
    assert store.state.step > 0


def test_while_the_next_frame_waits_for_the_screen_the_dials_copies_are_trained(
    qtbot: QtBot, store: Store, playback: Playback, painting: Painting
) -> None:
    store.dispatch(act.SetField("learning_rate", 1e-6))
    store.dispatch(act.OpenPanel("dial"))
    store.subscribe(lambda old, new: painting.begun.emit() if new.step != old.step else None)
    store.dispatch(act.SetSpeed(FASTEST))
    store.dispatch(act.Train())
    for _ in range(3):  # the first of these frames found the copies where they belong
        painting.over.emit()
        qtbot.waitUntil(lambda: bool(playback._held) and not playback._flying)
    side, main = playback._held
    assert (main.experiment, len(side.states)) == (store.state.experiment, 5)
    assert store.state.step < main.step
    assert side.step <= store.state.step
    painting.over.emit()
    assert store.state.frame.states is main.states
    assert store.state.side is side


@pytest.mark.parametrize("twins", [2, 5])
def test_after_one_of_two_requests_has_failed_it_trains_on(
    qtbot: QtBot,
    store: Store,
    playback: Playback,
    painting: Painting,
    monkeypatch: pytest.MonkeyPatch,
    twins: int,
) -> None:
    fails = [twins]

    def advance(request: Request) -> Frame:
        if len(request.states) in fails:
            raise ValueError("out of memory")
        return engine.advance(request)

    store.dispatch(act.SetField("learning_rate", 1e-6))
    store.dispatch(act.OpenPanel("dial"))
    qtbot.waitUntil(lambda: store.state.side is not None)
    monkeypatch.setattr("netviz.worker.advance", advance)
    store.dispatch(act.SetSpeed(FASTEST))
    store.dispatch(act.Train())
    qtbot.waitUntil(lambda: bool(store.state.message or playback._hopeless))
    fails.clear()
    store.dispatch(act.Train())
    step = store.state.step
    qtbot.waitUntil(lambda: store.state.step > step)
