"""Points that a person puts by hand: at the first change another problem's become own ones."""

from dataclasses import replace

from netviz.core.own import Own, as_own, own_name
from netviz.core.points import Kind
from netviz.session import actions as act
from netviz.session import changes
from netviz.session.engine import points
from netviz.session.experiment import check, place
from netviz.session.fields import Settings, field_of
from netviz.session.judging import is_curve
from netviz.session.state import State

MOST_COPIED = 300  # points of a drawn problem that become own ones
MORE_COLUMNS = "A table of more than two inputs is edited in its file, not by hand"


def edit_points(state: State, action: act.EditPoints) -> State:
    """Begin or end editing; nothing else changes before the first point does."""
    if action.on:
        points_in_hand(_settings(state))
    return replace(state, brush=1.0 if action.on else None)


def points_in_hand(settings: Settings) -> Own:
    """The points that a hand can take: a person's own, or another problem's training points.

    Raises ValueError where a plane does not show them whole.
    """
    if settings.dataset.startswith("own"):
        return settings.own
    data = points(settings)
    if data.x.shape[1] != 2:
        raise ValueError(MORE_COLUMNS)
    return as_own(data, MOST_COPIED)


def set_own(state: State, action: act.SetOwn) -> State:
    """Put, move or erase points; another problem becomes one of own points."""
    settings = _settings(state)
    kind, curve = points(settings).kind, is_curve(settings)
    return _with_own(state, action.points, kind, curve, action.label, action.same_gesture)


def _settings(state: State) -> Settings:
    return state.experiment.at(state.playhead).base


def _with_own(state: State, own: Own, kind: Kind, curve: bool, label: str, goes_on: bool = False) -> State:
    """The problem of these points; at first all of them train. Of a curve the height is the answer."""
    points = tuple((x, y, y) for x, y, _ in own) if curve else own
    experiment = place(state.experiment.at(state.playhead), "own", field_of("own").kind.check(points), None)
    if not experiment.base.dataset.startswith("own"):
        experiment = place(experiment, "train_fraction", 1.0, None)
    name = own_name(points, kind, curve)
    if name != experiment.base.dataset:
        experiment = place(experiment, "dataset", name, None)
    check(experiment)
    return changes.put(state, experiment, label, goes_on)
