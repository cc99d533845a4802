"""An experiment of one twin offers to be compared with identity where the second twin's word would stand."""

import pytest
from PySide6.QtCore import Qt

from netviz.app.bars.bottombar import BottomBar
from netviz.app.bars.topbar import TopBar
from netviz.app.commands import COMMANDS
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


def test_one_twin_leaves_no_choice_which_to_show(window_of):
    window = window_of(ONE)
    bar, rows = window.findChild(BottomBar), [row for row in COMMANDS if row.group == "Show"]
    assert len(rows) == 3
    assert not bar.view.isVisibleTo(bar)
    assert not any(row.shown(window.store.state) for row in rows)  # so More has no menu "Show"
    window.store.dispatch(Open(compared(ONE.experiment), "compare with identity"))
    assert bar.view.isVisibleTo(bar)
    assert all(row.shown(window.store.state) for row in rows)
