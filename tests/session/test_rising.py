"""What is said of a network that only rises: it cannot learn XOR, whatever its start."""

import pytest

from netviz.session import actions as act
from netviz.session import selectors
from netviz.session.instruments import stuck
from tests.session.made import trained

ONE = "Cannot: one rising unit only goes up, so no loss below {}."
ROW = "Cannot: rising units in a row only go up, so no loss below {}."


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (trained(2000, hidden=(1,)), ONE.format("⅙")),
        (trained(2000, hidden=(1,), dataset="gate:1001"), ONE.format("⅙")),
        (trained(4000, hidden=(1,), loss="bce"), ONE.format("0.477")),
        (trained(9000, hidden=(1, 1), activation="tanh", seed=3), ROW.format("⅙")),
    ],
)
def test_a_network_that_only_rises_cannot(state, sentence):
    said = selectors.verdict(state, 0)
    assert (said.kind, said.sentence, said.mark) == ("cannot", sentence, "bar")


def test_a_cosine_unit_is_not_said_to_be_unable():
    assert selectors.verdict(trained(300, hidden=(1,), activation="cos"), 0).kind == "learned"


def test_what_one_rising_unit_cannot_is_no_matter_of_its_start():
    state = trained(2000, hidden=(1,))
    assert [(remedy.label, remedy.action) for remedy in selectors.verdict(state, 0).remedies] == [
        ("More units", act.SetField("hidden", (2,))),
        ("Other activation", act.SetField("activation", "cos", 0)),
    ]
    (found, _) = stuck.stuck(state)
    assert stuck.kind_told(found) == "cannot represent it"
    assert stuck.points_told(state, found) == (
        "From one corner over the next to the opposite one the targets turn round. What only rises, or "
        "only falls, cannot follow them: no start will help."
    )
    assert [event.text for event in selectors.events(state) if "stalls" in event.text] == []
