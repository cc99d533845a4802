"""An experiment of one twin offers to be compared with identity where the second twin's word would stand."""

import pytest
from PySide6.QtCore import Qt

from netviz.app.bars.topbar import TopBar
from netviz.session import playground
from netviz.session.actions import Open
from netviz.session.experiment import compared
from netviz.session.presets import PRESETS
from netviz.session.state import opening
from netviz.views.theme import THEMES, Look, fonts

ONE = opening(playground.opened("https://playground.tensorflow.org/#seed=0.5").experiment)


@pytest.fixture
def bar(qtbot, qapp):
    fonts()
    made = TopBar()
    qtbot.addWidget(made)
    made.resize(1920, 72)
    made.set_look(Look(THEMES["light"], 21, "wide"))
    return made


def test_one_twin_is_compared_by_a_click(bar, qtbot):
    bar.show_state(None, ONE)
    wanted = []
    bar.acted.connect(wanted.append)
    assert bar.compare.isVisibleTo(bar)
    qtbot.mouseClick(bar.compare, Qt.MouseButton.LeftButton)
    assert wanted == [Open(compared(ONE.experiment), "compare with identity")]


def test_two_twins_need_no_such_button(bar):
    bar.show_state(None, opening(PRESETS["xor"].experiment))
    assert not bar.compare.isVisibleTo(bar)
