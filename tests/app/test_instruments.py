"""Every instrument in the real window: one sentence that says what it shows, on the screen and to readers."""

import pytest

from netviz.session.actions import FrameArrived, MoveProbe, SetField, Step
from netviz.session.engine import Request, advance
from netviz.session.sides import _trained, side_experiment
from netviz.views.panel import MOVING, READING
from netviz.views.registry import place, places

INSTRUMENTS = (
    "neuron", "fold", "collapse", "bend", "proof", "dial", "hand", "regions", "stall", "activation",
    "gallery",
)  # fmt: skip


def train(window, steps):
    """Train the window's twins by so many steps, as playback does."""
    state = window.store.state
    frame = advance(Request(state.experiment, state.frame.states, until=state.step + steps))
    window.store.dispatch(Step(steps))
    window.store.dispatch(FrameArrived(frame))


def change(window, name):
    """Let what an instrument shows become something else."""
    if name == "gallery":
        window.store.dispatch(SetField("activation", "tanh", 0))
        return
    train(window, 172)
    if name == "dial":
        state = window.store.state
        window.store.dispatch(FrameArrived(_trained(side_experiment(state), state.step)))


@pytest.mark.parametrize("name", INSTRUMENTS)
@pytest.mark.parametrize("size", [(1024, 768), (1920, 1080)])
def test_its_sentence_is_what_a_reader_hears_and_changes_with_the_state(window_of, trained, name, size):
    window = window_of(trained(0, opened=name), size)
    panel = window._part(name)
    before = panel.accessibleName()
    assert before == panel.sentence(window.store.state)
    assert before.endswith((".", "…"))
    change(window, name)
    assert panel.accessibleName() == panel.sentence(window.store.state) != before


@pytest.mark.parametrize(
    "name", [name for name in INSTRUMENTS if name in ("neuron", "activation", "regions")]
)
def test_what_is_told_of_the_probe_follows_it(window_of, trained, name):
    window = window_of(trained(172, opened=name), (1920, 1080))
    panel = window._part(name)
    window.store.dispatch(MoveProbe(0.0, 0.0))
    at_00 = panel.sentence(window.store.state)
    window.store.dispatch(MoveProbe(0.0, 1.0))
    assert panel.accessibleName() == panel.sentence(window.store.state)
    assert (panel.sentence(window.store.state) != at_00) == (name != "regions")


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_it_can_be_opened_and_closed_from_the_menu(window_of, trained, name):
    window = window_of(trained(172))
    (row,) = [row for row in window._commands if row.label == place(name).title]
    assert row.group == "Look inside"
    row.run(window)
    assert window.store.state.opened == name
    assert window._part(name).isVisible()
    row.run(window)
    assert window.store.state.opened is None


def test_pages_follow_training_as_fast_as_they_are_read_and_what_moves_faster():
    found = {name: row.make.pace for name, row in places().items() if row.where == "instrument"}
    gallery = {"gallery": 0.0}  # its curves do not learn
    assert found == dict.fromkeys(found, READING) | {"fold": MOVING, "activation": MOVING} | gallery
