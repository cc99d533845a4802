"""Every panel can be shown where there is no point at all to train on."""

import pytest

from netviz.session.actions import EditPoints, SetOwn
from netviz.session.experiment import with_value
from netviz.session.presets import PRESETS
from netviz.session.state import opening
from netviz.session.store import Store
from netviz.views.registry import panel_names, place


@pytest.mark.parametrize("dataset", ["gauss", "blobs:3", "plane"])
@pytest.mark.parametrize("name", panel_names())
def test_a_panel_shows_an_empty_plane(put, name, dataset):
    store = Store(opening(with_value(PRESETS["xor"].experiment, "dataset", dataset)))
    store.dispatch(EditPoints(True))
    store.dispatch(SetOwn((), "erase all"))
    assert not len(store.state.experiment.base.own)
    assert not put(place(name).make, store.state).grab().isNull()
