"""What of the screen a Playground link asks for."""

import pytest

from netviz.session import playground
from netviz.session.actions import OpenDocument, ShowHidden
from netviz.session.files import decode, encode
from netviz.session.presets import PRESETS
from netviz.session.sources import document_from
from netviz.session.state import opening
from netviz.session.store import Store

HOME = "https://playground.tensorflow.org/#seed=0.5"


@pytest.mark.parametrize(
    ("keys", "shown", "discretized", "hidden"),
    [
        ("", False, False, ()),
        ("&showTestData=true", True, False, ()),
        ("&discretize=true", False, True, ()),
        ("&noise_hide=true&learningRate_hide=true", False, False, ("learning_rate", "noise")),
        ("&playButton_hide=true", False, False, ()),  # no setting of ours
    ],
)
def test_a_link_opens_with_what_it_shows_and_hides(keys, shown, discretized, hidden):
    document = document_from(HOME + keys)[0]
    store = Store(opening(PRESETS["xor"].experiment))
    store.dispatch(OpenDocument(document))
    state = store.state
    assert (state.test_points, state.discretized, state.hidden_rows) == (shown, discretized, hidden)
    assert state.experiment == playground.opened(HOME + keys).experiment
    assert decode(encode(document)) == document  # a file keeps it
    store.dispatch(ShowHidden())
    assert store.state.hidden_rows == ()
