"""Where the probe goes, and which coordinates the plane shows: of more than two the others stay."""

import numpy as np

from netviz.core.datasets import CORNER_BOX
from netviz.session.actions import MoveProbe, SetAxes
from netviz.session.readings import axes, box, dimensions, place, probe, seen, whole
from netviz.session.sections import Axes
from netviz.session.state import State

SNAP = 0.06  # of a corner's distance from the next: nearer than this to a point, the probe is on it


def corner_distance(state: State) -> float:
    """One corner's distance from the next, where the plane is as large as that of the corners."""
    low, high = box(state)
    return (high - low) / (CORNER_BOX[1] - CORNER_BOX[0])


def pulled(state: State, x: float, y: float, twin: int = 0, snap: float = SNAP) -> MoveProbe | None:
    """The move of the probe to a point of the plane, or to a training point beside it; None: it is there."""
    low, high = box(state)
    x, y = (round(min(high, max(low, value)), 3) for value in (x, y))
    points, on = seen(state, twin).x, tuple[float, ...]()
    away = np.hypot(*(points - (x, y)).T)
    if len(away) and away.min() <= snap * corner_distance(state):
        nearest = int(away.argmin())
        (x, y), on = points[nearest].tolist(), whole(state, nearest)
    there = (x, y) == place(state) and on in ((), probe(state))
    return None if there else MoveProbe(x, y, on)


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
