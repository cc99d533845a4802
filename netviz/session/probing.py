"""Where the probe goes, and which coordinates the plane shows: of more than two the others stay."""

from netviz.session.actions import MoveProbe, SetAxes
from netviz.session.readings import axes, dimensions, probe
from netviz.session.sections import Axes
from netviz.session.state import State

__all__ = ["dimensions", "moved", "turned"]


def moved(state: State, action: MoveProbe) -> tuple[float, ...]:
    """The probe at a place of the plane, its other coordinates as they were; or on a whole point."""
    if action.whole:
        return action.whole
    found, (across, up) = list(probe(state)), axes(state)
    found[across], found[up] = action.x, action.y
    return tuple(found)


def turned(state: State, action: SetAxes) -> Axes:
    """The coordinates that the plane shows from now on; ValueError if they make no plane."""
    count = dimensions(state)
    if action.across == action.up or not 0 <= min(action) <= max(action) < count:
        raise ValueError(f"The plane shows two different ones of {count} coordinates")
    return action.across, action.up
