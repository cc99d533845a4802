"""Points put by hand: what a hand can take, and when a problem becomes one of own points."""

import numpy as np
import pytest

from netviz.core.tables import Table
from netviz.session import actions as act
from netviz.session import selectors as say
from netviz.session.experiment import with_value
from netviz.session.presets import PRESETS
from netviz.session.putting import points_in_hand
from netviz.session.state import opening
from netviz.session.store import reduce

XOR = PRESETS["xor"].experiment


def test_the_corners_are_at_hand_with_their_targets():
    assert points_in_hand(XOR.base) == ((0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 1, 0))


def test_own_points_are_at_hand_as_they_are():
    state = reduce(opening(XOR), act.SetOwn(((0.5, 0.5, 1.0),), "add a point"))
    assert state.experiment.base.dataset == "own"
    assert points_in_hand(state.experiment.base) == ((0.5, 0.5, 1.0),)


def test_editing_opens_the_palette_and_escape_leaves_both():
    state = reduce(opening(XOR), act.EditPoints(True))
    assert (state.opened, state.brush, state.experiment) == ("data", 1.0, XOR)
    left = reduce(state, act.Escape())
    assert (left.opened, left.brush) == (None, None)
    off = reduce(state, act.EditPoints(False))
    assert (off.opened, say.editing(off)) == ("data", False)


def test_of_more_than_two_columns_there_is_nothing_at_hand():
    rows = np.array([[1.0, 2.0, 3.0, 0.0], [2.0, 1.0, 4.0, 1.0], [0.0, 5.0, 1.0, 1.0]])
    table = with_value(XOR, "csv", Table("t.csv", ("a", "b", "c"), "class", ("no", "yes"), rows))
    with pytest.raises(ValueError, match="more than two inputs"):
        points_in_hand(table.base)
    editing = reduce(opening(XOR), act.EditPoints(True))
    assert not say.editing(reduce(editing, act.SetField("csv", table.base.csv)))
