"""Holds the one State: `reduce` says what an action makes of it, the Store tells who listens."""

from collections.abc import Callable
from dataclasses import replace

from netviz.core.datasets import gate_name
from netviz.session import actions as act
from netviz.session.engine import Request, advance, points, start
from netviz.session.experiment import FOREVER, Experiment, common_steps, with_edit, with_value
from netviz.session.fields import field_of
from netviz.session.recording import History
from netviz.session.selectors import all_settled, hint
from netviz.session.sides import side_experiment
from netviz.session.state import Change, State

Listener = Callable[[State, State], None]


class Store:
    """The one State and those who want to know when it changes."""

    def __init__(self, state: State) -> None:
        """Start with a state."""
        self.state = state
        self._listeners: list[Listener] = []
        self._waiting: list[act.Action] = []

    def subscribe(self, listener: Listener) -> None:
        """Call `listener(old, new)` after every change, in the order of subscription."""
        self._listeners.append(listener)

    def dispatch(self, action: act.Action) -> None:
        """Reduce and tell; an action sent by a listener waits until everybody knows of this one."""
        self._waiting.append(action)
        if len(self._waiting) > 1:
            return
        while self._waiting:
            old, self.state = self.state, reduce(self.state, self._waiting[0])
            if self.state is not old:
                for listener in self._listeners:
                    listener(old, self.state)
            self._waiting.pop(0)


def reduce(state: State, action: act.Action) -> State:
    """The state after an action. A refused one leaves everything as it was but for the message."""
    try:
        new = REDUCERS[type(action)](state, action)
    except ValueError as refused:
        return replace(state, message=f"{refused}.".replace("..", "."))
    if new is not state and state.message and not isinstance(action, act.FrameArrived | act.Failed):
        new = replace(new, message="")
    return new


def _train(state: State, _: act.Train) -> State:
    return _followed(replace(state, playing=True), "train")


def _pause(state: State, _: act.Pause) -> State:
    return replace(state, playing=False, playhead=state.step) if state.playing else state


def _step(state: State, action: act.Step) -> State:
    return _scrub(state, act.Scrub(state.playhead + action.count), FOREVER)


def _scrub(state: State, action: act.Scrub, end: int | None = None) -> State:
    step = min(max(0, action.step), state.furthest if end is None else end)
    return replace(state, playhead=step, playing=False)


def _to_end(state: State, _: act.ToEnd) -> State:
    return _scrub(state, act.Scrub(state.furthest))


def _reset(state: State, _: act.Reset) -> State:
    frame = start(state.experiment)
    history = History(len(frame.states), frame.losses.every).extended(frame.losses)
    return replace(
        state, frame=frame, history=history, playhead=0, furthest=0, playing=False, settled_once=False
    )


def _new_start(state: State, _: act.NewStart) -> State:
    seed = (state.experiment.base.seed + 1) % 2**63
    return _changed(state, with_value(state.experiment, "seed", seed), "new start")


def _set_field(state: State, action: act.SetField) -> State:
    row = field_of(action.key)
    old = getattr(state.experiment.twins_at(state.step)[action.twin or 0], action.key)
    value = row.kind.check(action.value)
    if value == old and (action.twin is not None or len({*_values(state, action.key)}) == 1):
        return state
    label = f"{row.label.lower()} {row.kind.show(old)} to {row.kind.show(value)}"
    if row.live:
        changed = with_edit(state.experiment, state.step, action.key, value, action.twin)
    else:
        changed = with_value(state.experiment.at(state.step), action.key, value, action.twin)
    return _changed(state, changed, label, action.same_gesture)


def _values(state: State, key: str) -> list[object]:
    return [getattr(settings, key) for settings in state.experiment.twins_at(state.step)]


def _set_target(state: State, action: act.SetTarget) -> State:
    targets = points(state.experiment.base).y.ravel().copy()
    targets[action.corner] = action.target
    return _set_field(state, act.SetField("dataset", gate_name(targets)))


def _open(state: State, action: act.Open) -> State:
    return _changed(state, action.experiment, action.label)


def _changed(state: State, experiment: Experiment, label: str, same_gesture: bool = False) -> State:
    """Put another experiment in place of this one, which undo brings back."""
    past = state.past if same_gesture and state.past else (*state.past, Change(state.experiment, label))
    return replace(_with_experiment(state, experiment), past=past, future=())


def _with_experiment(state: State, experiment: Experiment) -> State:
    """Go on from the last step that both experiments share."""
    common = common_steps(state.experiment, experiment)
    if common == FOREVER:
        return replace(state, experiment=experiment, frame=state.frame._replace(experiment=experiment))
    if common == 0:
        frame = start(experiment)
        history = History(len(frame.states), frame.losses.every).extended(frame.losses)
        fitting = state.selected if _fits(state, experiment) else None
        return replace(
            state, experiment=experiment, frame=frame, history=history, playhead=0, furthest=0, selected=fitting
        )
    history = state.history.until(common)
    playhead = min(state.playhead, common)
    if state.step > common:
        # The old states stay a moment longer, until the worker has replayed the shared ones.
        frame = state.frame._replace(experiment=experiment)
    else:
        frame = advance(Request(experiment, state.frame.states, until=state.step))
        history = history.extended(frame.losses)
    return replace(
        state, experiment=experiment, frame=frame, history=history, playhead=playhead, furthest=playhead
    )


def _fits(state: State, experiment: Experiment) -> bool:
    old, new = state.experiment.base, experiment.base
    same = (old.hidden, old.features) == (new.hidden, new.features)
    return same and len(state.experiment.own) == len(experiment.own)


def _undo(state: State, _: act.Undo) -> State:
    if not state.past:
        return state
    *past, change = state.past
    future = (*state.future, Change(state.experiment, change.label))
    return replace(_with_experiment(state, change.experiment), past=tuple(past), future=future)


def _redo(state: State, _: act.Redo) -> State:
    if not state.future:
        return state
    *future, change = state.future
    past = (*state.past, Change(state.experiment, change.label))
    return replace(_with_experiment(state, change.experiment), past=past, future=tuple(future))


def _frame_arrived(state: State, action: act.FrameArrived) -> State:
    """Show a frame only if it answers today's wish."""
    frame = action.frame
    if frame.experiment == side_experiment(state):
        return replace(state, side=frame)
    if frame.experiment != state.experiment or not (state.playing or frame.step == state.playhead):
        return state
    history = state.history.extended(frame.losses)
    furthest = max(state.furthest, frame.step)
    new = replace(state, frame=frame, history=history, playhead=frame.step, furthest=furthest)
    if not state.playing:
        return new
    if all(twin.stopped for twin in frame.states):
        return replace(new, playing=False)
    if not state.settled_once and all_settled(new):
        return replace(new, playing=False, settled_once=True)
    return new


def _failed(state: State, action: act.Failed) -> State:
    return replace(state, playing=False, playhead=state.step, message=action.sentence)


def _move_probe(state: State, action: act.MoveProbe) -> State:
    followed = _followed(state, "probe") if hint(state) == "probe" else state
    return replace(followed, probe=(action.x, action.y))


def _select(state: State, action: act.Select) -> State:
    followed = _followed(state, "unit") if action.unit else state
    return replace(followed, selected=action.unit)


def _open_panel(state: State, action: act.OpenPanel) -> State:
    return replace(state, opened=action.name, filled=None)


def _escape(state: State, _: act.Escape) -> State:
    if state.message:
        return replace(state, message="")
    if state.walk is not None:
        return replace(state, walk=None)
    if state.filled:
        return replace(state, filled=None)
    if state.opened:
        return replace(state, opened=None)
    return replace(state, selected=None)


def _followed(state: State, name: str) -> State:
    """A hint was followed and does not come back."""
    return state if state.hints is None else replace(state, hints=state.hints | {name})


REDUCERS: dict[type, Callable[..., State]] = {
    act.Train: _train,
    act.Pause: _pause,
    act.Step: _step,
    act.Scrub: _scrub,
    act.ToEnd: _to_end,
    act.Reset: _reset,
    act.NewStart: _new_start,
    act.SetField: _set_field,
    act.SetTarget: _set_target,
    act.Open: _open,
    act.Undo: _undo,
    act.Redo: _redo,
    act.FrameArrived: _frame_arrived,
    act.Failed: _failed,
    act.MoveProbe: _move_probe,
    act.Select: _select,
    act.OpenPanel: _open_panel,
    act.FillWindow: lambda state, action: replace(state, filled=action.name),
    act.Escape: _escape,
    act.SetSpeed: lambda state, action: replace(state, speed=action.speed),
    act.SetView: lambda state, action: replace(state, view=action.view),
    act.SetRegions: lambda state, action: replace(state, regions=action.on),
    act.Walk: lambda state, action: replace(state, walk=action.moment, playing=False, playhead=state.step),
    act.SetLogLoss: lambda state, action: replace(state, log_loss=action.on),
    act.SetTheme: lambda state, action: replace(state, theme=action.theme),
    act.SetTextSize: lambda state, action: replace(state, text_size=min(8, max(-4, action.size))),
    act.SetReducedMotion: lambda state, action: replace(state, reduced_motion=action.on),
}
