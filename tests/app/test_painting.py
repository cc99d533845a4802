"""At full speed the lanes are painted one by one, all of every frame; at rest the screen shows the last."""

from dataclasses import replace
from functools import partial
from itertools import pairwise
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from netviz.app.painting import Painting
from netviz.session import engine
from netviz.session.actions import FrameArrived, MoveProbe, OpenPanel, Pause
from netviz.session.sides import side_request
from netviz.session.state import FASTEST, State
from netviz.session.store import reduce

LANES = ("network 0", "surface 0", "network 1", "surface 1")


class Paints(QObject):
    """Which lanes have been painted, in order."""

    def __init__(self, window):
        super().__init__(window)
        self.names = []
        self.views = {window._parts[name].view.viewport(): name for name in LANES}
        for view in self.views:
            view.installEventFilter(self)

    def eventFilter(self, watched, event):
        whole = watched.height() / 2  # a verdict that changes has the strip behind it painted
        if event.type() == QEvent.Type.Paint and event.region().boundingRect().height() > whole:
            self.names.append(self.views[watched])
        return False


@pytest.fixture
def racing(window_of, trained, qtbot):
    window = window_of(replace(trained(5), playing=True, speed=FASTEST, settled_once=True))
    arrive(window, qtbot)
    return window


def arrive(window, qtbot, steps=3):
    """Let the next frame come, and be painted."""
    state = window.store.state
    request = engine.Request(state.experiment, state.frame.states, state.step + steps)
    with qtbot.waitSignal(window.painting.over):
        window.store.dispatch(FrameArrived(engine.advance(request)))


def seen(window):
    """What stands on the screen, and what should."""
    QCoreApplication.processEvents()
    return window.screen().grabWindow(window.winId()).toImage(), window.grab().toImage()


def test_every_lane_is_painted_once_in_every_frame(racing, qtbot):
    paints = Paints(racing)
    for _ in range(3):
        arrive(racing, qtbot)
    assert sorted(paints.names) == sorted(LANES * 3)


def test_between_two_lanes_the_event_loop_goes_round(racing, qtbot):
    paints, rounds = Paints(racing), []
    racing.painting._timer.timeout.connect(lambda: rounds.append(list(paints.names)))
    arrive(racing, qtbot)
    painted = [len(names) for names in rounds]
    assert painted[-5:] == [0, 1, 2, 3, 4]
    assert not any(painted[:-5])  # first every panel takes the frame in


def test_each_panel_takes_in_a_racing_frame_in_a_round_of_its_own(racing, qtbot):
    racing.store.dispatch(OpenPanel("neuron"))
    before, rounds, had_turn = dict[str, State | None](), list[set[str]](), set[str]()

    def look():
        rounds.append({name for name, one in racing._shown.items() if one.state is not before[name]})

    racing.painting._timer.timeout.connect(look)
    for _ in range(10):  # within 0.1 s each has its turn
        before = {name: one.state for name, one in racing._shown.items()}
        rounds = [set()]
        arrive(racing, qtbot)
        taken = [now - then for then, now in pairwise(rounds)]
        assert max(map(len, taken)) == 1
        assert [name for names in taken for name in names][-4:] == [*reversed(LANES)]  # after all others
        had_turn.update(*taken)
    assert {"neuron", "loss", "header 0", "bottom", *LANES} <= had_turn


def test_a_frame_that_comes_together_with_one_from_the_side_is_on_the_lanes_too(racing, qtbot):
    old = racing.store.state
    frame = engine.advance(engine.Request(old.experiment, old.frame.states, old.step + 3))
    new = racing.store.state = replace(reduce(old, FrameArrived(frame)), side=frame)
    paints = Paints(racing)
    with qtbot.waitSignal(racing.painting.over):
        racing._on_store_changed(old, new)
    assert {racing._shown[name].state.step for name in LANES} == {new.step}
    assert sorted(paints.names) == sorted(LANES)


def test_what_a_hand_changes_between_two_twins_is_the_last_that_both_show(racing, qtbot):
    arrive(racing, qtbot)
    state = racing.store.state
    request = engine.Request(state.experiment, state.frame.states, state.step + 3)
    racing.store.dispatch(FrameArrived(engine.advance(request)))
    assert racing.painting.shows
    racing.store.dispatch(MoveProbe(0.25, 0.75))
    with qtbot.waitSignal(racing.painting.over):
        pass
    assert {racing._shown[name].state.probe for name in LANES} == {(0.25, 0.75)}


def test_what_is_trained_beside_the_lanes_paints_none_of_them(racing, qtbot):
    racing.store.dispatch(OpenPanel("dial"))
    with qtbot.waitSignal(racing.painting.over):
        racing.painting.begin({}, racing._parts)
    paints, request = Paints(racing), side_request(racing.store.state, 10.0)
    with qtbot.waitSignal(racing.painting.over):
        racing.store.dispatch(FrameArrived(engine.advance(request)))
        assert {name for name, _ in racing.painting._shows}.isdisjoint(LANES)
    assert (racing.store.state.side.step, paints.names) == (racing.store.state.step, [])
    arrive(racing, qtbot)
    assert sorted(paints.names) == sorted(LANES)


def test_the_screen_shows_each_frame_of_a_race_and_the_last_one_after_it(racing, qtbot):
    arrive(racing, qtbot, 40)
    for name in LANES:
        box = racing._parts[name].geometry()
        stands, should = (picture.copy(box) for picture in seen(racing))
        assert stands == should
    racing.store.dispatch(Pause())
    stands, should = seen(racing)
    assert stands == should


def test_after_a_race_what_a_hand_changes_is_on_the_screen(racing):
    racing.store.dispatch(Pause())
    before, _ = seen(racing)
    racing.store.dispatch(MoveProbe(0.2, 0.4))
    stands, should = seen(racing)
    assert stands == should != before


@pytest.fixture
def painting(qtbot):
    """One for itself, which paints networks."""
    parent = QObject()
    yield Painting(parent, ("network",))
    parent.deleteLater()


class Lane(QWidget):
    """A lane that counts how often its view is painted."""

    painted = 0

    @property
    def view(self):
        return self

    def refresh(self):
        self.painted += 1


@pytest.fixture
def lane(qtbot):
    with qtbot.waitExposed(made := Lane()):
        qtbot.addWidget(made)
        made.show()
    return made


def portions(done, names):
    """What appends a name in each of its portions."""
    for name in names:
        done.append(name)
        yield


def test_others_have_their_turn_between_two_portions(painting, qtbot):
    done, other = [], QTimer(painting)
    other.timeout.connect(lambda: done.append("other"))
    other.start(0)
    with qtbot.waitSignal(painting.over):
        painting.begin({"fold": portions(done, "abc"), "loss": portions(done, "d")}, {})
        assert done == []
    other.stop()
    assert [one for one in done if one != "other"] == ["a", "b", "c", "d"]
    assert all("other" in pair for pair in pairwise(done))


def test_what_still_waits_comes_before_what_is_new(painting, qtbot):
    done = []
    with qtbot.waitSignal(painting.over):
        painting.begin({"fold": portions(done, "ab")}, {})
        painting.begin({"fold": portions(done, "cd")}, {})
    assert done == ["a", "b", "c", "d"]


def test_a_lane_that_still_waits_is_painted_once(painting, qtbot, lane):
    with qtbot.waitSignal(painting.over):
        painting.begin({}, {"network 0": lane})
        painting.begin({}, {"network 0": lane})
    assert lane.painted == 1


def test_a_hand_that_never_rests_does_not_keep_the_next_frame_away(qtbot):
    parent, painted = QWidget(), []
    painting, hand = Painting(parent, ("surface",)), QTimer(parent)
    qtbot.addWidget(parent)
    parts = {f"surface {twin}": QWidget(parent) for twin in (0, 1)}
    for name, part in parts.items():
        part.view = SimpleNamespace(refresh=partial(painted.append, name))
    hand.timeout.connect(lambda: painting.begin({}, parts))
    hand.start(0)
    for _ in range(3):
        with qtbot.waitSignal(painting.over):
            painting.begin({"surface 0": iter(())}, parts)
    hand.stop()
    painted.clear()
    painting.begin({}, parts)
    qtbot.waitUntil(lambda: not painting._timer.isActive())
    assert sorted(painted[-2:]) == list(parts)


def test_once_the_program_ends_nothing_more_is_shown(painting):
    done = []
    painting.begin({"fold": portions(done, "abc")}, {})
    painting.close()
    painting.begin({"loss": portions(done, "d")}, {})
    for _ in range(5):
        QCoreApplication.processEvents()
    assert (done, painting.shows) == ([], False)


def test_a_portion_takes_as_long_as_until_it_is_painted(painting, qtbot, monkeypatch, lane):
    now, took = [100.0], []
    monkeypatch.setattr("netviz.app.painting.perf_counter", lambda: now[0])

    class Slow(QWidget):
        def paintEvent(self, event):
            now[0] += 0.5

    with qtbot.waitExposed(widget := Slow()):
        qtbot.addWidget(widget)
        widget.show()

    def show():
        now[0] += 0.25
        widget.update()
        yield
        now[0] += 2.0

    painting.took.connect(lambda *told: took.append(told))
    with qtbot.waitSignal(painting.over):
        painting.begin({"fold": show()}, {"network 0": lane})
    assert took == [("fold", 0.75), ("fold", 2.0)]
