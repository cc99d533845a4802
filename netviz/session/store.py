"""Holds the one State: `reduce` says what an action makes of it, the Store tells who listens."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import replace

from netviz.core.datasets import DATASETS, gate_name
from netviz.core.seedrandom import SeedRandom
from netviz.core.tables import Table
from netviz.session import actions as act
from netviz.session import arriving, changes, probing, putting
from netviz.session.choosing import chosen
from netviz.session.document import shown
from netviz.session.each import each
from netviz.session.engine import points
from netviz.session.experiment import FOREVER, Experiment, with_edit, with_value
from netviz.session.fields import field_of
from netviz.session.kinds import PLAYGROUND, Value, playground_text
from netviz.session.lessons import teaching
from netviz.session.parameters import BIAS, Parameter, parameter
from netviz.session.selectors import epoch_number, marks, params, unit_name
from netviz.session.state import THEMES, VIEWS, State, UnitId
from netviz.session.text import in_sentence
from netviz.session.text import shown as told

DATA = "data"  # the panel with the palette of points
ANEW = ("hidden", "features")  # another shape takes other weights
Listener = Callable[[State, State], None]
KEEP_THE_MESSAGE = (act.FrameArrived, act.Failed, act.Tell)  # any other action takes it away


class Store:
    """The one State and those who want to know when it changes."""

    def __init__(self, state: State) -> None:
        """Start with a state."""
        self.state = state
        self._listeners: list[Listener] = []
        self._waiting: deque[act.Action] = deque()
        self._telling = False

    def subscribe(self, listener: Listener) -> None:
        """Call `listener(old, new)` after every change, in the order of subscription."""
        self._listeners.append(listener)

    def dispatch(self, action: act.Action) -> None:
        """Reduce and tell; an action sent by a listener waits until everybody knows of this one."""
        self._waiting.append(action)
        if self._telling:
            return
        self._telling = True
        try:
            while self._waiting:
                self._take(self._waiting.popleft())
        finally:
            self._telling = False

    def _take(self, action: act.Action) -> None:
        old, self.state = self.state, reduce(self.state, action)
        if self.state is not old:
            new = self.state
            each(lambda listener: listener(old, new), self._listeners)


def reduce(state: State, action: act.Action) -> State:
    """The state after an action. A refused one leaves everything as it was but for the message."""
    try:
        new = REDUCERS[type(action)](state, action)
    except ValueError as refused:
        return replace(state, message=f"{str(refused).rstrip('.')}.")
    if new is not state and state.message and not isinstance(action, KEEP_THE_MESSAGE):
        new = replace(new, message="")
    return new


def _train(state: State, _: act.Train) -> State:
    return _followed(replace(state, playing=True), "train")


def _pause(state: State, _: act.Pause) -> State:
    return replace(state, playing=False, playhead=state.step) if state.playing else state


def _step(state: State, action: act.Step) -> State:
    return _scrub(state, act.Scrub(state.playhead + action.steps), FOREVER)


def _scrub(state: State, action: act.Scrub, end: int | None = None) -> State:
    step = min(max(0, action.step), state.furthest if end is None else end)
    return replace(state, playhead=step, playing=False)


def _to_end(state: State, _: act.ToEnd) -> State:
    return _scrub(state, act.Scrub(state.furthest))


def _reset(state: State, _: act.Reset) -> State:
    """Back to the start, with the settings of now: what was edited on the way holds from step 0 on."""
    if state.experiment.edits:
        state = changes.put(state, _now(state), "reset")
    return replace(changes.restarted(state, state.experiment), playing=False)


def _now(state: State) -> Experiment:
    """The experiment whose run has the settings of the step that is asked for from its start on."""
    return state.experiment.at(state.playhead)


def _new_start(state: State, _: act.NewStart) -> State:
    seed = _another(state.experiment.twins[0].seed)
    return changes.put(state, with_value(_now(state), "seed", seed), "new start")


def _another(seed: int | str) -> int | str:
    """The next seed; Playground makes one of five decimals from its own stream."""
    if isinstance(seed, int):
        return (seed + 1) % 2**63
    return f"{PLAYGROUND}{SeedRandom(playground_text(seed)).number():.5f}"


def _set_field(state: State, action: act.SetField) -> State:
    row, twin = field_of(action.key), action.twin
    try:
        value = row.kind.check(action.value)
    except ValueError as error:
        raise ValueError(f"{row.label}: {error}") from None
    if row.live:
        changed = with_edit(state.experiment, state.playhead, action.key, value, twin)
    else:
        changed = with_value(_now(state), action.key, value, twin)
    at = parameter(action.key)
    if at is not None:
        return _set_number(state, action, at, changed)
    before, after = (_values(one, state.playhead, action.key) for one in (state.experiment, changed))
    if before == after:
        return state
    label = f"{in_sentence(row.label)} {row.kind.show(before[twin or 0])} to {row.kind.show(value)}"
    if isinstance(value, Table):
        known = value.name in {table.name for table in before if isinstance(table, Table)}
        label = f"{'other columns of' if known else 'open'} {value.name}"
    if action.key in ANEW:
        label += ", weights drawn anew"
    return changes.put(state, changed, label, action.same_gesture)


def _set_number(state: State, action: act.SetField, at: Parameter, changed: Experiment) -> State:
    """Put the experiment in place in which one weight or bias was set by hand."""
    twins = range(len(state.frame.states)) if action.twin is None else (action.twin,)
    if any(state.frame.states[twin].stopped for twin in twins):
        raise ValueError("This network's numbers have left the range; Reset goes back to its start")
    now = [float(params(state, twin).layers[at.layer][at.to, at.source]) for twin in twins]
    if all(number == action.value for number in now):
        return state
    to = unit_name(state, UnitId(twins[0], at.layer + 1, at.to))
    below = "" if at.source == BIAS else f"{unit_name(state, UnitId(twins[0], at.layer, at.source))}→"
    name = f"{'weight' if below else 'bias'} {below}{to}"
    return changes.put(state, changed, f"{name} {told(now[0])} to {told(action.value)}", action.same_gesture)


def _values(experiment: Experiment, step: int, key: str) -> list[Value]:
    return [getattr(settings, key) for settings in experiment.twins_at(step)]


def _choose(state: State, action: act.Choose) -> State:
    before, after = _now(state), chosen(_now(state), action.name)
    old, new = (DATASETS[one.base.dataset].label for one in (before, after))
    return state if after == before else changes.put(state, after, f"problem {old} to {new}")


def _set_target(state: State, action: act.SetTarget) -> State:
    targets = points(state.experiment.twins[0]).y.ravel().copy()
    targets[action.corner] = action.target
    return _set_field(state, act.SetField("dataset", gate_name(targets)))


def _open(state: State, action: act.Open) -> State:
    return _opened(teaching.left(state), action.experiment, action.label)


def _open_document(state: State, action: act.OpenDocument) -> State:
    document = action.document
    state = teaching.left(state)
    opened = _opened(replace(state, playing=False, walk=None, ghost=None), document.experiment, action.label)
    return replace(shown(opened, document), file=action.file)


def _opened(state: State, experiment: Experiment, label: str) -> State:
    """Another document in place of this one."""
    new = changes.put(state, experiment, label)
    past = (*new.past[:-1], new.past[-1]._replace(whole=True))
    return replace(new, past=past, file=None, bookmarks=(), fused=0.0)


def _bookmark(state: State, _: act.Bookmark) -> State:
    """Undo takes a bookmark back like any other change."""
    step, there = state.playhead, set(state.bookmarks)
    done = "remove bookmark" if step in there else "bookmark"
    past = (*state.past, changes.before(state, f"{done} at epoch {epoch_number(state, step)}"))
    marked = tuple(sorted(there ^ {step}))
    return replace(state, bookmarks=marked, past=changes.within_reason(past), future=())


def _to_mark(state: State, action: act.ToMark) -> State:
    steps = sorted({mark.step for mark in marks(state)})[:: action.direction]
    beyond = (step for step in steps if (step - state.playhead) * action.direction > 0)
    step = next(beyond, None)
    return state if step is None else _scrub(state, act.Scrub(step))


def _tell(state: State, action: act.Tell) -> State:
    if state.message == action.sentence:
        return state  # or an error that showing it brings about would go round for ever
    return replace(state, message=action.sentence)


def _failed(state: State, action: act.Failed) -> State:
    return replace(state, playing=False, playhead=state.step, message=action.sentence)


def _move_probe(state: State, action: act.MoveProbe) -> State:
    return replace(_followed(state, "probe"), probe=probing.moved(state, action))


def _select(state: State, action: act.Select) -> State:
    followed = _followed(state, "unit") if action.unit else state
    return replace(followed, selected=action.unit)


def _open_panel(state: State, action: act.OpenPanel) -> State:
    looked_into = state.selected if action.name else None  # it is left together with the instrument
    apart = tuple(name for name in state.apart if name != action.name)  # it stands in one place
    brush = state.brush if action.name == DATA else None  # points are put while their palette is in sight
    return replace(state, opened=action.name, filled=None, selected=looked_into, apart=apart, brush=brush)


def _edit_points(state: State, action: act.EditPoints) -> State:
    """Begin with the palette in sight."""
    edited = putting.edit_points(state, action)
    return _open_panel(edited, act.OpenPanel(DATA)) if action.on else edited


def _move_apart(state: State, action: act.MoveApart) -> State:
    if action.name in state.apart:
        return state
    opened, filled = (None if name == action.name else name for name in (state.opened, state.filled))
    return replace(state, opened=opened, filled=filled, apart=(*state.apart, action.name))


def _move_back(state: State, action: act.MoveBack) -> State:
    if action.name not in state.apart:
        return state
    return _open_panel(state, act.OpenPanel(action.name))


def _escape(state: State, _: act.Escape) -> State:
    if state.message:
        return replace(state, message="")
    if state.walk is not None:
        return replace(state, walk=None)
    if state.filled:
        return replace(state, filled=None)
    if state.presenting:
        return teaching.back(state)
    if state.opened:
        return _open_panel(state, act.OpenPanel(None))
    if state.fused:
        return replace(state, fused=0.0)
    return replace(state, selected=None)


def _walk(state: State, action: act.Walk) -> State:
    """Go to a moment of a step, or end the walk: paused, and through all layers, with their hidden units."""
    fused = 0.0 if state.fused and action.moment is not None else state.fused
    return replace(state, walk=action.moment, playing=False, playhead=state.step, fused=fused)


def _set_fused(state: State, action: act.SetFused) -> State:
    if action.since not in (None, state.fused):
        return state  # whoever has moved it meanwhile has the last word
    return replace(state, fused=min(1.0, max(0.0, action.share)), walk=None)


def _set_view(state: State, action: act.SetView) -> State:
    return replace(state, view=_one_of(VIEWS, "view", action.view))


def _set_theme(state: State, action: act.SetTheme) -> State:
    return replace(state, theme=_one_of(THEMES, "theme", action.theme))


def _one_of(table: Mapping[str, str], what: str, name: str) -> str:
    if name not in table:
        raise ValueError(f'There is no {what} "{name}"; there are {", ".join(table)}')
    return name


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
    act.Choose: _choose,
    act.SetTarget: _set_target,
    act.Open: _open,
    act.OpenDocument: _open_document,
    act.Saved: lambda state, action: replace(state, file=action.file),
    act.Bookmark: _bookmark,
    act.ToMark: _to_mark,
    act.SetTestPoints: lambda state, action: replace(state, test_points=action.on),
    act.SetDiscretized: lambda state, action: replace(state, discretized=action.on),
    act.EditPoints: _edit_points,
    act.SetBrush: lambda state, action: replace(state, brush=action.brush),
    act.SetOwn: putting.set_own,
    act.ShowHidden: lambda state, _: replace(state, hidden_rows=()),
    act.Tell: _tell,
    act.Undo: lambda state, _: changes.undo(state),
    act.Redo: lambda state, _: changes.redo(state),
    act.FrameArrived: arriving.frame_arrived,
    act.Failed: _failed,
    act.MoveProbe: _move_probe,
    act.SetAxes: lambda state, action: replace(state, axes=probing.turned(state, action)),
    act.Select: _select,
    act.OpenPanel: _open_panel,
    act.FillWindow: lambda state, action: replace(state, filled=action.name),
    act.MoveApart: _move_apart,
    act.MoveBack: _move_back,
    act.Escape: _escape,
    act.SetSpeed: lambda state, action: replace(state, speed=action.speed),
    act.SetView: _set_view,
    act.SetRegions: lambda state, action: replace(state, regions=action.on),
    act.SetFused: _set_fused,
    act.Walk: _walk,
    act.SetLogLoss: lambda state, action: replace(state, log_loss=action.on),
    act.SetTheme: _set_theme,
    act.SetTextSize: lambda state, action: replace(state, text_size=min(8, max(-4, action.size))),
    act.SetReducedMotion: lambda state, action: replace(state, reduced_motion=action.on),
    **teaching.REDUCERS,
}
