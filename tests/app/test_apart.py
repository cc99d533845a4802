"""An instrument in a window of its own: it moves there and back, follows everything, and is remembered."""

import json
import os
import subprocess
import sys
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication

from netviz.app.apart import OwnWindow
from netviz.app.bars.column import APART
from netviz.app.documents.remembered import Remembered
from netviz.app.documents.workspace import Workspace
from netviz.paths import home
from netviz.session.actions import FillWindow, MoveApart, MoveProbe, OpenPanel, Scrub, SetTextSize, SetTheme
from netviz.session.store import Store

LEFT = Qt.MouseButton.LeftButton
INSTRUMENTS = ("neuron", "fold", "collapse", "bend", "dial", "hand", "gallery", "regions", "stall", "proof")


def named(window, name):
    (found,) = [
        one
        for one in window.findChildren(QAbstractButton)
        if one.accessibleName() == name and one.isVisible() and one.window() is window.window()
    ]
    return found


def own_windows():
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, OwnWindow) and one.isVisible()]


@pytest.fixture
def apart(window_of, trained):
    """Make a window with one instrument in a window of its own."""

    def make(name="fold", step=172, size=(1366, 768), **fields):
        window = window_of(trained(step, opened=name, **fields), size)
        window.store.dispatch(MoveApart(name))
        (own,) = own_windows()
        return window, own

    return make


def test_the_button_in_its_header_moves_it_and_its_place_is_free(qtbot, window_of, trained):
    window = window_of(trained(172, opened="fold"))
    panel = window._part("fold")
    qtbot.mouseClick(named(window, APART), LEFT)
    (own,) = own_windows()
    assert own.panel is panel  # the same one: its slider stands where it stood
    assert panel.window() is own
    assert panel.isVisible()
    assert (window.store.state.opened, window.store.state.apart) == (None, ("fold",))
    assert own.windowTitle() == "Fold: XOR"


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_every_instrument_goes_there_and_back_with_one_key(qtbot, window_of, trained, name):
    window = window_of(trained(172, opened=name))
    qtbot.keyClick(window, Qt.Key.Key_F6)
    (own,) = own_windows()
    assert own.panel.accessibleName() == own.panel.sentence(window.store.state)
    qtbot.keyClick(own, Qt.Key.Key_F6)
    assert not own_windows()
    assert window.store.state.opened == name
    assert window._part(name).window() is window
    assert window._part(name).isVisible()


@pytest.mark.parametrize("leave", ["Esc", "close", "button"])
def test_it_comes_back_into_its_place(qtbot, apart, leave):
    window, own = apart()
    panel = own.panel
    if leave == "Esc":
        qtbot.keyClick(own, Qt.Key.Key_Escape)
    elif leave == "close":
        own.close()
    else:
        qtbot.mouseClick(named(own, "Back into the window"), LEFT)
    assert not own_windows()
    assert (window.store.state.opened, window.store.state.apart) == ("fold", ())
    assert panel.isVisible()
    assert window.rect().contains(panel.geometry())


def test_its_door_brings_it_back(qtbot, apart):
    window, _ = apart()
    qtbot.keyClick(window, Qt.Key.Key_2)
    assert not own_windows()
    assert window.store.state.opened == "fold"


def test_it_shows_every_state(apart):
    window, own = apart("neuron")
    before = own.panel.accessibleName()
    window.store.dispatch(MoveProbe(0.0, 0.0))
    assert own.panel.accessibleName() == own.panel.sentence(window.store.state) != before


def test_what_fails_half_way_is_shown_whole_the_next_time(apart, monkeypatch):
    window, own = apart("neuron")
    before, olds = window.store.state, []

    def fail(old, new):
        olds.append(old)
        raise ValueError("a panel's error")

    monkeypatch.setattr(own.panel, "show_state", fail)
    for x in (0.1, 0.2):
        with pytest.raises(ValueError, match="a panel's error"):
            window.store.dispatch(MoveProbe(x, 0.0))
    assert olds == [before, None]


def test_theme_and_text_size_follow(apart):
    window, own = apart()
    own.resize(1200, 900)
    before = own.panel.base
    window.store.dispatch(SetTheme("dark"))
    assert own.panel.base.theme.name == "dark"
    window.store.dispatch(SetTextSize(2))
    assert own.panel.base.em > before.em


def test_keys_work_there(qtbot, apart):
    window, own = apart()
    qtbot.keyClick(own, Qt.Key.Key_Left)
    assert window.store.state.playhead == 171
    qtbot.keyClick(own, Qt.Key.Key_F11)
    assert own.isFullScreen()
    assert not window.window().isFullScreen()


def test_esc_leaves_a_walk_before_it_leaves_the_window(qtbot, apart):
    window, own = apart("neuron")
    qtbot.keyClick(own.panel, Qt.Key.Key_Return)
    assert window.store.state.walk == 0
    qtbot.keyClick(own, Qt.Key.Key_Escape)
    assert (window.store.state.walk, window.store.state.apart) == (None, ("neuron",))


def test_a_click_on_a_unit_is_shown_there_and_opens_nothing_here(apart):
    from netviz.session.actions import Select
    from netviz.session.state import UnitId

    window, own = apart("neuron", size=(1920, 1080))
    window.store.dispatch(Select(UnitId(1, 1, 1)))
    assert window.store.state.opened is None
    assert "h₂" in own.panel.accessibleName()


def test_the_dials_go_on_learning_there(window_of, trained):
    from netviz.session.sides import side_experiment

    assert side_experiment(replace(trained(10), apart=("dial",))) is not None
    assert side_experiment(trained(10)) is None


def test_several_stand_apart_at_once_and_one_may_fill_the_window_meanwhile(apart):
    window, _ = apart()
    window.store.dispatch(OpenPanel("bend"))
    window.store.dispatch(MoveApart("bend"))
    window.store.dispatch(OpenPanel("neuron"))
    window.store.dispatch(FillWindow("neuron"))
    assert {own.name for own in own_windows()} == {"fold", "bend"}
    assert window._part("neuron").isVisible()


def test_closing_the_window_closes_them(apart):
    window, own = apart()
    window.apart.close()
    assert not own.isVisible()
    assert window.store.state.apart == ("fold",)  # to be there at the next start
    window.store.dispatch(Scrub(0))
    assert not own_windows()


def test_it_is_remembered_for_the_next_start(qtbot, window_of, trained):
    from netviz.app.window import Window

    remembered = Remembered(home())
    workspace = Workspace(home(), remembered)
    window = Window(Store(replace(workspace.opening(None), opened="fold")), workspace)
    qtbot.addWidget(window)
    window.complete()
    window.show()
    window.store.dispatch(MoveApart("fold"))
    (own,) = own_windows()
    own.setGeometry(40, 30, 700, 500)
    window.apart.close()
    workspace.keep(window.store.state, window.saveGeometry())
    window.close()
    again = Workspace(home(), Remembered(home()))
    state = again.opening(None)
    assert state.apart == ("fold",)
    second = Window(Store(state), again)
    qtbot.addWidget(second)
    second.complete()
    second.show()
    (own,) = own_windows()
    assert own.size().toTuple() == (700, 500)
    again.keep(state, second.saveGeometry())


def test_what_was_remembered_is_not_trusted(window_of, trained):
    from netviz.app.documents.workspace import checked

    assert checked({"apart": ["fold", "nowhere"]}) == {}
    assert checked({"apart": "fold"}) == {}
    assert checked({"apart": ["fold"]}) == {"apart": ("fold",)}
    window_of(trained(0, apart=("surface", "settings")))  # no instruments
    assert not own_windows()


def test_a_scrub_reaches_it(apart):
    window, own = apart("bend")
    window.store.dispatch(Scrub(0))
    assert own.panel.accessibleName() == own.panel.sentence(window.store.state)


def test_in_a_window_with_tabs_its_button_stands_at_their_end(qtbot, window_of, trained):
    window = window_of(trained(172, opened="bend"), (1024, 768))
    qtbot.mouseClick(named(window, APART), LEFT)
    assert [own.name for own in own_windows()] == ["bend"]
    assert window.store.state.opened is None


def test_its_door_says_where_it_is(apart):
    window, _ = apart(size=(1920, 1080))
    assert named(window, "Bring Fold back").isVisible()


def screen(name, x):
    return {"name": name, "x": x, "y": 0, "width": 1280, "height": 800, "logicalDpi": 96,
            "logicalBaseDpi": 96, "dpr": 1}  # fmt: skip


def test_on_two_screens_it_opens_on_the_other_one_and_closing_the_program_ends_it(tmp_path, own_home):
    file = tmp_path / "screens.json"
    file.write_text(json.dumps({"screens": [screen("desk", 0), screen("wall", 1280)]}))
    platform = os.environ | {"QT_QPA_PLATFORM": f"offscreen:configfile={file}"}
    for _ in range(2):  # the second start has it from the first
        ended = subprocess.run(
            [sys.executable, "-m", "tests.app.two_screens"], env=platform, capture_output=True, text=True,
            timeout=60, check=False,
        )  # fmt: skip
        assert (ended.returncode, ended.stderr) == (0, "")
        assert json.loads(ended.stdout) == {"program": "desk", "own": "wall", "inside": True}
