"""Where a hand takes the probe: into the plane, and onto a point that is near."""

import pytest

from netviz.session import selectors as say
from netviz.session.actions import EditPoints, MoveProbe, SetOwn
from netviz.session.experiment import with_value
from netviz.session.presets import PRESETS
from netviz.session.probing import corner_distance, pulled
from netviz.session.state import opening
from netviz.session.store import Store

XOR = PRESETS["xor"].experiment


@pytest.mark.parametrize(
    ("at", "stands"),
    [
        ((0.5, 0.5), (0.5, 0.5)),
        ((0.95, 0.97), (1.0, 1.0)),  # 0.058 away
        ((0.95, 0.95), (0.95, 0.95)),  # 0.071 away
        ((9.0, -9.0), (1.35, -0.35)),  # the plane ends there
        ((0.1234567, 0.5), (0.123, 0.5)),
    ],
)
def test_the_probe_follows_a_hand_and_snaps_to_a_point(at, stands):
    state = opening(XOR)
    assert pulled(state, *at) == MoveProbe(*stands)


def test_nothing_moves_where_the_probe_is_already():
    state = opening(XOR)
    assert say.place(state) == (1.0, 0.0)
    assert pulled(state, 0.97, 0.02) is None  # snaps to where it is


def test_in_a_larger_plane_a_point_is_as_near_as_it_looks():
    state = opening(PRESETS["spiral"].experiment)
    x, y = say.seen(state).x[0]
    near = 0.05 * corner_distance(state)
    assert near > 0.06  # with a corner's distance of 1 it would not snap
    away = say.seen(state).x - (x + near, y)
    nearest = say.seen(state).x[(away**2).sum(axis=1).argmin()]
    assert pulled(state, x + near, y) == MoveProbe(*nearest)


def test_without_points_the_probe_is_taken_all_the_same():
    store = Store(opening(with_value(XOR, "dataset", "gauss")))
    store.dispatch(EditPoints(True))
    store.dispatch(SetOwn((), "erase all"))
    assert pulled(store.state, 0.5, 0.25) == MoveProbe(0.5, 0.25)
