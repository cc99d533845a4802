"""Settings that a Playground link hides are hidden here too, with a way to show them."""

from PySide6.QtCore import Qt

from netviz.session import playground
from netviz.session.actions import OpenDocument
from netviz.session.presets import PRESETS
from netviz.session.state import opening
from netviz.session.store import Store
from netviz.views.panels.settings import SettingsPanel

XOR = PRESETS["xor"].experiment


def test_what_a_link_hides_is_hidden_until_asked_for(put, qtbot):
    link = "https://playground.tensorflow.org/#seed=0.5&noise_hide=true&learningRate_hide=true"
    store = Store(opening(XOR))
    store.dispatch(OpenDocument(playground.document(link)))
    panel = put(SettingsPanel, store.state)
    assert not panel.rows["noise"].isVisibleTo(panel)
    assert not panel.rows["learning_rate"].isVisibleTo(panel)
    assert panel.rows["activation"].isVisibleTo(panel)
    qtbot.mouseClick(panel.hidden, Qt.MouseButton.LeftButton)
    assert panel.rows["noise"].isVisibleTo(panel)
    assert not panel.hidden.isVisibleTo(panel)
