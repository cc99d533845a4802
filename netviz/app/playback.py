"""Turns what is wanted into requests and answers into frames: sole owner of the thread and the Recording."""

import gc
from time import perf_counter

from PySide6.QtCore import QObject, QThread, QTimer, Slot

from netviz.app.painting import Painting
from netviz.session import actions as act
from netviz.session import milestones
from netviz.session.each import each
from netviz.session.engine import Frame, Request, start
from netviz.session.experiment import Experiment, common_steps
from netviz.session.recording import Recording
from netviz.session.sides import side_request
from netviz.session.state import FASTEST, State, races
from netviz.session.store import Store
from netviz.worker import Worker

FRAME = 0.0165  # seconds between frames at full speed, a little under a sixtieth: more of them nobody sees
BUDGET = 0.012  # seconds of training in one request beside others
LEAST, LONGEST = 0.004, 0.05  # the same at full speed, at least and at most
BOTH = 0.4  # the share of that which each of two requests has: they begin and end a little late
REPLAY = 0.1  # seconds of one piece of a replay: a wish that changes meanwhile waits no longer
TICK = 16  # milliseconds between frames when training is paced


class Playback(QObject):
    """Pulls frames from the worker: asks for the next once panels have taken in the last."""

    def __init__(self, store: Store) -> None:
        """Start the thread and follow the store."""
        super().__init__()
        self._store = store
        self._recording = Recording()
        self._recording.keep(store.state.frame.trained)
        self._flying = 0  # requests whose answers are still to come
        self._side_flew = False  # the last request was for a side experiment: the main one comes first now
        self._looks_back = False  # the request that flies is for what nobody waits for
        self._hopeless: Experiment | None = None  # a side experiment that cannot be trained
        self._due = 0.0  # steps that paced training owes
        self._then = 0.0
        self._pace = QTimer(self)
        self._pace.setInterval(TICK)
        self._pace.timeout.connect(self._on_pace_timeout)
        self._since, self._painting = 0.0, 0.0  # when Qt began to paint, and how long that took last
        self._next = 0.0  # when the next frame is due
        self._unpainted, self._held = False, list[Frame]()  # answers wait until the last frame is painted
        self._painter: Painting | None = None
        self._unshown = False  # the frame has arrived, and some panels are still to take it in
        self._thread = QThread()
        self._thread.setObjectName("training")
        self._worker = Worker()
        self._worker.moveToThread(self._thread)
        self._worker.frame_ready.connect(self._on_worker_frame_ready)
        self._worker.failed.connect(self._on_worker_failed)
        gc.disable()  # it would run in either thread, and a widget may only die in its own
        self._thread.start()
        store.subscribe(self._on_store_changed)
        self._ask(store.state)  # an opened document stands somewhere in its run

    def close(self) -> None:
        """End the thread; the one place where that happens. Training stops at the end of its request."""
        self._pace.stop()
        self._thread.quit()
        self._thread.wait()
        gc.enable()
        gc.unfreeze()

    def _on_store_changed(self, old: State, new: State) -> None:
        if new.playing != old.playing:
            set_aside(new.playing)
        if new.experiment is not old.experiment:
            self._forget(common_steps(old.experiment, new.experiment), new)
        self._set_pace(new)
        self._ask(new)
        collect_garbage()

    def _forget(self, common: int, state: State) -> None:
        """Forget what the new experiment does not share."""
        if common:
            self._recording.cut(common)
        else:
            self._recording = Recording()
            self._recording.keep(start(state.experiment).trained)  # a run that comes back stands further on
            self._recording.keep(state.frame.trained)

    @property
    def _busy(self) -> bool:
        """Whether an answer is under way, or not yet taken in by all."""
        return self._unshown or bool(self._flying or self._held)

    def _paced(self, state: State) -> bool:
        return state.playing and state.speed != FASTEST

    def _set_pace(self, state: State) -> None:
        if self._paced(state) == self._pace.isActive():
            return
        if self._pace.isActive():
            self._pace.stop()
        else:
            self._due, self._then = 1.0, perf_counter()
            self._pace.start()

    @Slot()
    def _on_pace_timeout(self) -> None:
        """Ask for the steps that are due by now; a slow machine owes no more than it can do."""
        state, now = self._store.state, perf_counter()
        self._due = min(self._due + (now - self._then) * state.speed, max(2.0, state.speed / 10))
        self._then = now
        if self._due >= 1 and not self._busy and state.step == state.playhead:
            steps = int(self._due)
            self._due -= steps
            until = state.step + steps
            self._send(Request(state.experiment, state.frame.states, until, BUDGET))

    def _ask(self, state: State) -> None:
        """Ask for the frame that is wanted now, unless one is under way."""
        if self._busy:
            return
        goes_on = state.playing and state.step == state.playhead
        side = self._side(state, BUDGET if state.playing else REPLAY)
        if goes_on and races(state):
            self._race(state)
        elif side is not None and (not self._side_flew or (goes_on and self._due < 1)):
            self._send(side)
        elif goes_on:
            pass  # the pace asks
        elif state.step != state.playhead:
            # What was kept beyond the run's end is from before a reset: it would leave a gap in the history.
            nearest = self._recording.nearest(min(state.playhead, state.furthest)) or state.frame.states
            seconds = REPLAY if state.playhead <= state.furthest else None
            self._send(Request(state.experiment, nearest, state.playhead, seconds))
        elif side is not None:
            self._send(side)
        elif not state.playing:
            self._look_back(state)

    def _race(self, state: State) -> None:
        """Train until the next frame is due; what is trained beside the lanes comes first."""
        budget = self._budget()
        side = self._side(state, BOTH * budget)
        if side is not None:
            self._send(side)
            budget *= BOTH
        self._send(Request(state.experiment, state.frame.states, seconds=budget))

    def _look_back(self, state: State) -> None:
        """Nothing else is wanted: train what an opened run has behind it, then pin its milestones."""
        whole = state.history.covers(state.furthest)
        wanted = milestones.unpinned(state) if whole else state.furthest
        if wanted is not None:
            nearest = self._recording.nearest(wanted if whole else state.history.last_step)
            self._send(Request(state.experiment, nearest or state.frame.states, wanted, REPLAY))
            self._looks_back = True

    def _side(self, state: State, seconds: float) -> Request | None:
        side = side_request(state, seconds)
        return None if side is None or side.experiment == self._hopeless else side

    def _send(self, request: Request) -> None:
        self._flying += 1
        self._looks_back = False
        self._side_flew = request.experiment != self._store.state.experiment
        self._worker.asked.emit(request)

    @Slot(object)
    def _on_worker_frame_ready(self, frame: Frame) -> None:
        if not self._thread.isRunning():
            return  # it was on its way when the end came
        self._flying -= 1
        self._held.append(frame)
        self._take()

    def _take(self) -> None:
        """Hand on what has come, and ask on when all that Python does for it is done, before Qt paints it.

        Painting leaves Python's lock to training, Python itself would take turns with it.
        """
        if self._flying or self._unpainted or not self._held:
            return
        self._unshown = True
        try:
            frames, self._held = self._held, []
            each(self._hand_on, frames)
        finally:  # a panel that fails does not end training
            if self._painter is None or not self._painter.shows:
                self._on_painting_shown()

    def _hand_on(self, frame: Frame) -> None:
        if self._looks_back and self._store.state.playing:
            return  # it would be taken for the next frame
        self._store.dispatch(act.FrameArrived(frame))
        state = self._store.state
        if frame.experiment == state.experiment and frame.step <= state.furthest:
            self._recording.keep(frame.trained)

    @Slot()
    def _on_painting_shown(self) -> None:
        self._unshown, self._since = False, perf_counter()
        self._ask(self._store.state)  # a late answer changes no state, but the wish may have changed

    def _budget(self) -> float:
        """How long to train until the next frame: until it is due, and as long as painting takes."""
        now = perf_counter()
        self._next = max(self._next + FRAME, now + self._painting)
        self._next = min(self._next, now + LONGEST)  # else one long pause would slow all that follow
        return max(self._next - now, LEAST)

    def follow(self, painting: Painting) -> None:
        """Take each frame only when the last one is on the screen."""
        self._painter = painting
        painting.shown.connect(self._on_painting_shown)
        painting.begun.connect(self._on_painting_begun)
        painting.over.connect(self._on_painting_over)

    @Slot()
    def _on_painting_begun(self) -> None:
        if not self._unpainted:
            self._unpainted, self._since = True, perf_counter()

    @Slot()
    def _on_painting_over(self) -> None:
        """The next frame's training lasts as long as painting has, or it would wait for the window."""
        self._painting, self._unpainted = perf_counter() - self._since, False
        self._take()

    @Slot(object, str)
    def _on_worker_failed(self, request: Request, sentence: str) -> None:
        self._flying -= 1
        try:
            if request.experiment == self._store.state.experiment:
                self._store.dispatch(act.Failed(sentence))
            else:
                self._hopeless = request.experiment
        finally:  # the other one of two requests may have been answered
            self._take()
            self._ask(self._store.state)


def collect_garbage() -> None:
    """Collect in this thread what Python's own collector would have collected by now."""
    counts = zip(gc.get_count(), gc.get_threshold(), strict=True)
    due = [generation for generation, (count, threshold) in enumerate(counts) if count > threshold]
    if due:
        gc.collect(due[-1])


def set_aside(playing: bool) -> None:
    """While training goes on, leave what was there before out of every collection: it would cost a frame."""
    if playing:
        gc.collect()
        gc.freeze()
    else:
        gc.unfreeze()
