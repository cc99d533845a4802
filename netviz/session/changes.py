"""How one experiment takes another's place: changes, branches in the middle of a run, undo and redo."""

from dataclasses import replace

from netviz.session import milestones
from netviz.session.engine import standing
from netviz.session.experiment import FOREVER, Experiment, common_steps, sizes
from netviz.session.state import Change, State, beginning


def before(state: State, label: str, whole: bool = False) -> Change:
    """What brings this state back, and what is done to it."""
    return Change(state.experiment, label, state.bookmarks, state.file, whole)


def put(state: State, experiment: Experiment, label: str, same_gesture: bool = False) -> State:
    """Put another experiment in place of this one, which undo brings back."""
    past = (*state.past, before(state, label))
    if same_gesture and state.past:  # from where it began to where it is now
        began = state.past[-1]
        start, to, _ = began.label.rpartition(" to ")
        whole = f"{start}{to}{label.rpartition(to)[2]}" if to else began.label
        past = (*state.past[:-1], began._replace(label=whole))
    return replace(_with_experiment(state, experiment), past=past, future=())


def _with_experiment(state: State, experiment: Experiment) -> State:
    """Go on from the last step that both experiments share."""
    common = common_steps(state.experiment, experiment)
    if common == FOREVER:
        return replace(state, experiment=experiment, frame=state.frame._replace(experiment=experiment))
    if common == 0:
        return restarted(state, experiment)
    frame, history = state.frame._replace(experiment=experiment), state.history.until(common)
    if state.step <= common:
        frame = standing(experiment, frame.trained)
        history = history.extended(frame.losses)
    # Otherwise the old states stay a moment longer, until the worker has replayed the shared ones.
    cut = state.history.count > history.count
    playhead = min(state.playhead, common)
    reached = common if history.covers(common) else common - 1
    return replace(
        state, experiment=experiment, frame=frame, history=history, playhead=playhead,
        furthest=max(playhead, min(state.furthest, reached)), milestones=milestones.until(state, common),
        ghost=state.history if cut else state.ghost,
    )  # fmt: skip


def restarted(state: State, experiment: Experiment) -> State:
    """At the start of an experiment; a unit stays selected where there still is one like it."""
    frame, history = beginning(experiment)
    unit, old, new = state.selected, state.experiment.twins, experiment.twins
    fits = unit and unit.twin < len(new) and sizes(old[unit.twin]) == sizes(new[unit.twin])
    return replace(
        state, experiment=experiment, frame=frame, history=history, playhead=0, furthest=0,
        selected=unit if fits else None, milestones=(), ghost=None,
    )  # fmt: skip


def undo(state: State) -> State:
    """Take the last change back."""
    if not state.past:
        return state
    *past, change = state.past
    future = (*state.future, before(state, change.label, change.whole))
    return replace(_back_to(state, change), past=tuple(past), future=future)


def redo(state: State) -> State:
    """Make the change again that was taken back last."""
    if not state.future:
        return state
    *future, change = state.future
    past = (*state.past, before(state, change.label, change.whole))
    return replace(_back_to(state, change), past=past, future=tuple(future))


def _back_to(state: State, change: Change) -> State:
    """The experiment of a change, and the file of that time: of the same file today's content counts."""
    same = state.file and change.file and state.file.path == change.file.path
    file = state.file if same else change.file
    return replace(_with_experiment(state, change.experiment), bookmarks=change.bookmarks, file=file)
