"""While frames race by, the dial's copies are read one by one; a hand's change is shown at once."""

from dataclasses import replace

import pytest

from netviz.session.engine import Request, advance, start
from netviz.session.sides import DIALS, side_experiment
from netviz.session.state import FASTEST
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
    panel.show_state(None, beside(trained(60), 20))

    def spied(copy, section):
        read.append(copy.settings.dial)
        return small(copy, section)

    monkeypatch.setattr(dial, "small", spied)
    panel.read_since = read
    return panel


def test_each_copy_is_read_by_itself(racing, trained):
    old, new = beside(trained(60), 20), beside(trained(60), 60)
    portions = [len(racing.read_since) for _ in racing.showing(old, new)]
    assert portions == [1, 2, 3, 4, 5, 5]
    assert racing.read_since == list(DIALS)
    assert "epoch 60" in racing.accessibleName()


def test_what_a_hand_changes_meanwhile_is_shown_at_once(racing, trained):
    old, new = beside(trained(60), 20), beside(trained(60), 60)
    portions = iter(racing.showing(old, new))
    next(portions)
    racing.show_state(None, replace(new, playing=False))
    assert "epoch 60" in racing.accessibleName()
    assert len(racing.read_since) == len(DIALS)  # what was under way is not read again
