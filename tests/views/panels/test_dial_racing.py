"""While frames race by, the dial's copies are read one in each round; a hand's change is shown at once."""

from dataclasses import replace
from math import inf

import pytest

from netviz.session.engine import Request, advance, start
from netviz.session.sides import DIALS, side_experiment
from netviz.session.state import FASTEST
from netviz.views import pace
from netviz.views.pace import Pace
from netviz.views.panels import dial
from netviz.views.panels.dial import DialPanel


def beside(state, step):
    """The state with the copies trained to a step, while frames race by."""
    state = replace(state, opened="dial", playing=True, speed=FASTEST)
    experiment = side_experiment(state)
    side = advance(Request(experiment, start(experiment).states, until=step))
    return replace(state, side=side)


@pytest.fixture
def racing(put, trained, monkeypatch):
    """A panel that shows epoch 20; `read_since` tells which copies it has read after that."""
    panel, read, small = put(DialPanel, trained(0)), [], dial.small
    panel.pace = Pace(0.0)
    monkeypatch.setattr(pace, "SHARE", inf)  # the next frame may come at once
    panel.show_state(None, beside(trained(60), 20))

    def spied(copy, section):
        read.append(copy.settings.dial)
        return small(copy, section)

    monkeypatch.setattr(dial, "small", spied)
    panel.read_since = read
    return panel


def test_each_copy_is_read_in_a_round_of_its_own(racing, trained, qtbot):
    old, new = beside(trained(60), 20), beside(trained(60), 60)
    rounds = []
    racing.rounds._timer.timeout.connect(lambda: rounds.append(len(racing.read_since)))
    racing.show_state(old, new)
    assert racing.read_since == []
    qtbot.waitUntil(lambda: "epoch 60" in racing.accessibleName())
    assert rounds == [1, 2, 3, 4, 5, 5]
    assert racing.read_since == list(DIALS)


def test_what_a_hand_changes_meanwhile_is_shown_at_once(racing, trained):
    old, new = beside(trained(60), 20), beside(trained(60), 60)
    racing.show_state(old, new)
    racing.show_state(new, replace(new, playing=False))
    assert "epoch 60" in racing.accessibleName()
    assert len(racing.read_since) == len(DIALS)  # what was under way is not read again
