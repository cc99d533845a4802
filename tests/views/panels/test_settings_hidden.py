"""Settings that a link hides are hidden here too, with a way to show them; so are those of no use now."""

import pytest
from PySide6.QtCore import Qt

from netviz.core.optimizers import Constants
from netviz.session import playground
from netviz.session.actions import OpenDocument, SetField, Train, Undo
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


@pytest.mark.parametrize(
    ("optimizer", "constants"),
    [
        ("sgd", set()),
        ("momentum", {"momentum"}),
        ("nesterov", {"momentum"}),
        ("rmsprop", {"rms_decay", "epsilon"}),
        ("adam", {"beta1", "beta2", "epsilon"}),
    ],
)
def test_an_optimizer_brings_the_rows_of_its_constants(put, optimizer, constants):
    panel = put(SettingsPanel, opening(XOR))
    panel.store.dispatch(SetField("optimizer", optimizer, 0))
    assert {key for key in Constants._fields if panel.rows[key].isVisibleTo(panel)} == constants


def test_a_constant_typed_while_training_goes_on_from_there(put, qtbot):
    panel = put(SettingsPanel, opening(XOR))
    for action in (SetField("optimizer", "adam"), Train()):
        panel.store.dispatch(action)
    line = panel.rows["beta1"].controls[0].line
    line.selectAll()
    qtbot.keyClicks(line, "0.5")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    state = panel.store.state
    assert state.experiment.twins[0].beta1 == 0.5
    assert state.past[-1].label == "β₁ (Adam) 0.9 to 0.5"
    panel.store.dispatch(Undo())
    assert panel.store.state.experiment.twins[0].beta1 == 0.9


def test_a_single_network_leaves_no_choice_which_to_show(put):
    """Of one network there is nothing to hide, so the row "Show" has come and gone with the second."""
    panel = put(SettingsPanel, opening(XOR))
    rows = {row.label.text(): row for row in panel.screen_rows}
    assert rows["Show"].isVisibleTo(panel)
    panel.store.dispatch(OpenDocument(playground.document("https://playground.tensorflow.org/#seed=0.5")))
    rows = {row.label.text(): row for row in panel.screen_rows}
    assert not rows["Show"].isVisibleTo(panel)
    assert rows["Theme"].isVisibleTo(panel)
