from itertools import product

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QComboBox,
    QGraphicsView,
    QLabel,
    QLineEdit,
    QPushButton,
)

from netviz.app.bars.lane import LaneHeader
from netviz.session.actions import (
    FillWindow,
    LeaveLesson,
    OpenPanel,
    Scrub,
    SetField,
    SetTheme,
    SetView,
    StartLesson,
    Train,
    Undo,
)
from netviz.session.lessons.reading import lesson
from netviz.session.state import UnitId

SIZES = ((1024, 768), (1280, 720), (1366, 768), (1920, 1080), (3840, 2160), (640, 360))
LOOKS = ("light", "dark", "projector")
LEFT = Qt.MouseButton.LeftButton


def button(window, name):
    (found,) = [
        one
        for one in window.findChildren(QAbstractButton)
        if one.accessibleName() == name and one.isVisible()
    ]
    return found


def texts(window):
    return {one.text() for one in window.findChildren(QLabel) if one.isVisible()}


def headers(window):
    return [one for one in window.findChildren(LaneHeader) if one.isVisible()]


def test_train_is_pressed_and_reads_pause_while_it_runs(qtbot, window_of, trained):
    window = window_of(trained(0))
    qtbot.mouseClick(button(window, "Train"), LEFT)
    assert window.store.state.playing
    qtbot.mouseClick(button(window, "Pause"), LEFT)
    assert not window.store.state.playing


KEYS = (
    (Qt.Key.Key_Space, lambda s: s.playing),
    (Qt.Key.Key_Right, lambda s: s.playhead == 101),
    (Qt.Key.Key_Left, lambda s: s.playhead == 99),
    (Qt.Key.Key_Home, lambda s: s.playhead == 0),
    (Qt.Key.Key_N, lambda s: s.experiment.base.seed == 37),
    (Qt.Key.Key_W, lambda s: s.view == "with"),
    (Qt.Key.Key_O, lambda s: s.view == "without"),
    (Qt.Key.Key_S, lambda s: s.opened == "settings"),
    (Qt.Key.Key_A, lambda s: s.opened == "activation"),
    (Qt.Key.Key_Plus, lambda s: s.text_size == 1),
    (Qt.Key.Key_Minus, lambda s: s.text_size == -1),
)


@pytest.mark.parametrize(("key", "done"), KEYS)
def test_every_key_does_what_the_sheet_says(qtbot, window_of, trained, key, done):
    window = window_of(trained(100))
    qtbot.keyClick(window, key)
    assert done(window.store.state)


def test_a_focused_control_uses_space_itself(qtbot, window_of, trained):
    window = window_of(trained(100))
    step = button(window, "Step")
    step.setFocus()
    qtbot.keyClick(step, Qt.Key.Key_Space)
    assert (window.store.state.playing, window.store.state.playhead) == (False, 101)


def test_undo_and_redo_have_their_keys(qtbot, window_of, trained):
    window = window_of(trained(100))
    window.store.dispatch(SetField("activation", "tanh", 1))
    assert "Without (identity)" not in texts(window)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "Without (identity)" in texts(window)
    qtbot.keyClick(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert "With tanh" in texts(window)


def test_the_recipe_is_a_sentence_of_menus(qtbot, window_of, trained):
    window = window_of(trained(100))
    word = button(window, "Activation, without: identity")
    menu = word.menu()
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions() if action.isChecked()] == ["identity"]
    next(action for action in menu.actions() if action.text() == "tanh").trigger()
    assert window.store.state.experiment.twins_at(100)[1].activation == "tanh"
    assert button(window, "Activation, without: tanh")


def test_a_door_opens_in_the_place_of_table_and_doors_and_escape_goes_back(qtbot, window_of, trained):
    window = window_of(trained(100))
    lane = headers(window)[0].geometry()
    qtbot.mouseClick(button(window, "Neuron"), LEFT)
    assert "Look inside" not in texts(window)
    assert window.store.state.opened == "neuron"
    assert headers(window)[0].geometry() == lane  # the lanes never move for it
    qtbot.mouseClick(button(window, "Back"), LEFT)
    assert "Look inside" in texts(window)


def test_a_double_click_fills_the_window_and_escape_returns(qtbot, window_of, trained):
    window = window_of(trained(100))
    loss = window._parts["loss"]
    small = loss.height()
    qtbot.mouseDClick(loss, LEFT, pos=QPoint(3, 3))
    assert window.store.state.filled == "loss"
    assert loss.height() > 1.5 * small
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert loss.height() == small


def test_tabs_take_the_place_of_the_network_and_keep_the_verdicts(qtbot, window_of, trained):
    window = window_of(trained(172, theme="projector"), (1024, 768))
    qtbot.mouseClick(button(window, "Table"), LEFT)
    assert window.store.state.opened == "truth"
    assert not window._parts["network 0"].isVisible()
    assert window._parts["surface 0"].isVisible()
    assert {"With ReLU: learned", "Without: cannot"} <= texts(window)
    qtbot.mouseClick(button(window, "Network"), LEFT)
    assert window._parts["network 0"].isVisible()


def test_tabs_without_room_stand_in_a_menu_named_after_the_open_one(window_of, trained):
    window = window_of(trained(172, theme="projector"), (640, 360))
    strip = window._parts["tabs"]
    hidden = [name for name, one in strip.buttons.items() if one.isHidden()]
    assert [action.text() for action in strip._menu.actions()] == [
        strip.buttons[name].text() for name in hidden
    ]
    strip._menu.actions()[0].trigger()
    assert window.store.state.opened == hidden[0]
    assert button(window, "Other panels").text() == f"{strip.buttons[hidden[0]].text()} ▾"


def test_a_refusal_is_one_sentence_that_the_next_action_takes_away(window_of, trained):
    window = window_of(trained(100))
    window.store.dispatch(SetField("learning_rate", -1))
    assert window.store.state.message in texts(window)
    window.store.dispatch(Scrub(50))
    assert not window._parts["message"].isVisible()


def test_the_first_hint_points_at_train_and_leaves_when_it_is_followed(window_of, trained):
    window = window_of(trained(0, hints=frozenset()))
    assert window._bubble.isVisible()
    assert window._bubble.text == "Press me"
    window.store.dispatch(Train())
    assert not window._bubble.isVisible()


def test_the_last_hint_points_at_the_first_hidden_unit(window_of, trained):
    window = window_of(trained(172, hints=frozenset({"train", "probe"})))
    assert window._bubble.text == "Click me"
    assert window._parts["network 0"].geometry().contains(window._bubble.geometry().center())


def test_one_twin_gets_the_room_and_the_menu_says_so(window_of, trained):
    window = window_of(trained(172))
    width = window._parts["surface 1"].width()
    window.store.dispatch(SetView("without"))
    assert window._parts["surface 1"].width() > 1.2 * width
    assert [header.accessibleName() for header in headers(window)] == ["Without (identity)"]
    assert button(window, "Show without")


def menu_of(menu, title):
    (found,) = (action.menu() for action in menu.actions() if action.text() == title)
    return found


def listed(menu):
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def test_the_more_menu_lists_every_command_and_what_undo_would_undo(qtbot, window_of, trained):
    window = window_of(trained(100))
    window.store.dispatch(SetField("learning_rate", 0.3))
    qtbot.mouseClick(button(window, "More: every command"), LEFT)
    menu = window._more
    assert listed(menu) == [
        "File", "Edit", "Run", "View", "Look inside", "Lessons", "Examples", "Picture", "Help",
    ]  # fmt: skip
    assert "Undo: learning rate 0.1 to 0.3\tCtrl+Z" in listed(menu_of(menu, "Edit"))
    assert "Speed" in listed(menu_of(menu, "Run"))
    assert {"Show", "Theme", "Present\tF5"} <= set(listed(menu_of(menu, "View")))
    assert listed(menu_of(menu, "File"))[-1] == "Quit\tCtrl+Q"
    menu.close()


def test_what_the_bar_has_no_room_for_stands_at_the_top_of_more(window_of, trained):
    window = window_of(trained(0, theme="projector"), (1024, 768))
    window.show_more()
    assert listed(window._more)[:5] == [
        "New start\tN", "Present\tF5", "All settings\tS", "All lessons\tL", "File",
    ]  # fmt: skip
    seed = window.store.state.experiment.base.seed
    window._more.actions()[0].trigger()
    assert window.store.state.experiment.base.seed != seed
    window._more.close()


@pytest.mark.parametrize("size", [(1024, 768), (1366, 768)])
def test_the_bar_says_the_recipe_in_fewer_letters_rather_than_drop_new_start(window_of, trained, size):
    window = window_of(trained(0), size)
    seen = {one.text().strip() for one in window.findChildren(QPushButton) if one.isVisible()}
    assert {"Train", "Step", "Reset", "New start", "XOR", "ReLU", "identity"} <= seen
    assert {"Lessons", "Present", "More"} <= seen
    assert ("2 units" in seen, "2 hidden units" in seen) == (size[0] == 1024, size[0] == 1366)
    assert button(window, "Hidden units: 2 hidden units").isVisible()


def test_own_points_still_leave_room_for_new_start(window_of, trained):
    window = window_of(trained(0), (1024, 768))
    window.store.dispatch(SetField("dataset", "own"))
    seen = {one.text().strip() for one in window.findChildren(QPushButton) if one.isVisible()}
    assert {"Own points", "New start", "Lessons", "More"} <= seen


def test_a_problem_is_chosen_by_keys_from_its_group(qtbot, window_of, trained):
    window = window_of(trained(0))
    word = button(window, "Problem: XOR")
    word.setFocus()
    qtbot.keyClick(word, Qt.Key.Key_Space)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right):
        qtbot.keyClick(word.menu(), key)
    gates = word.menu().actions()[0].menu()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):  # from XOR to AND and OR
        qtbot.keyClick(gates, key)
    assert window.store.state.experiment.base.dataset == "gate:0111"


def test_the_key_sheet_names_every_key(qtbot, window_of, trained):
    window = window_of(trained(0))
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert {"Space", "Train or pause", "Ctrl+Shift+Z or Ctrl+Y", "A", "Activation"} <= texts(window)


def test_the_title_names_the_problem(window_of, trained):
    window = window_of(trained(0))
    assert window.windowTitle() == "netviz: XOR"
    window.store.dispatch(SetField("dataset", "gate:0001"))
    assert window.windowTitle() == "netviz: AND, unsaved"
    window.store.dispatch(Undo())
    assert window.windowTitle() == "netviz: XOR"


@pytest.mark.parametrize(("size", "theme"), list(product(SIZES, LOOKS)))
def test_nothing_is_cut_at_any_size_in_any_theme(window_of, trained, size, theme):
    window = window_of(trained(172, theme=theme), size)
    for part in window.findChildren(QAbstractButton) + window.findChildren(QLabel):
        if (
            part.isVisible()
            and part.parent().isVisible()
            and part.text()
            and not part.parent().inherits("QScrollArea")
        ):
            inside = part.parent().rect().adjusted(-1, -1, 1, 1)
            assert inside.contains(part.geometry()), (part.text(), part.geometry(), inside)
            least = (
                part.minimumSizeHint() if not (isinstance(part, QLabel) and part.wordWrap()) else part.size()
            )
            assert part.width() >= least.width() - 1, (part.text(), part.width(), least)


def test_every_control_has_a_name_for_screen_readers(window_of, trained):
    window = window_of(trained(172))
    for opened in ("activation", "settings"):
        window.store.dispatch(OpenPanel(opened))
    kinds = (QAbstractButton, QAbstractSlider, QComboBox, QLineEdit)
    unnamed = [
        one
        for kind in kinds
        for one in window.findChildren(kind)
        if one.isVisible() and not (one.accessibleName() or one.text())
    ]
    assert unnamed == []


def test_a_theme_changes_every_part_at_once(window_of, trained):
    window = window_of(trained(172))
    for theme in ("dark", "projector", "light"):
        window.store.dispatch(SetTheme(theme))
    assert window.palette().window().color().name() == "#f7f8fa"
    window.store.dispatch(FillWindow("truth"))
    assert "Paused: both have settled." in texts(window)


@pytest.mark.parametrize(("size", "opened"), [((1366, 768), "neuron"), ((1024, 768), None)])
def test_a_click_on_a_unit_looks_inside_it_where_there_is_room_beside_the_network(
    qtbot, window_of, trained, size, opened
):
    window = window_of(trained(172), size)
    network = window._parts["network 0"]
    tile = network.unit_rect(UnitId(0, 1, 0))
    view = network.findChild(QGraphicsView)
    at = view.viewport().mapFrom(network, tile.center())
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert window.store.state.selected == UnitId(0, 1, 0)
    assert window.store.state.opened == opened


@pytest.mark.parametrize("hidden", [(), (1,), (16,) * 8])
def test_a_window_shows_networks_of_any_depth(window_of, trained, hidden):
    window = window_of(trained(0))
    window.store.dispatch(SetField("hidden", hidden))
    for name in ("neuron", "fold", "collapse", "bend", "dial", "hand", None):
        window.store.dispatch(OpenPanel(name))
    assert len(headers(window)) == 2


def test_a_small_projector_has_step_beside_more(trained, window_of):
    window = window_of(trained(172, theme="projector"), (1024, 768))
    seen = {one.text().strip() for one in window.findChildren(QPushButton) if one.isVisible()}
    assert {"Train", "Step", "Reset", "XOR", "ReLU", "identity", "More"} <= seen


@pytest.mark.parametrize("away", [lambda: StartLesson(lesson("why"), 2), lambda: SetTheme("projector")])
def test_a_part_that_was_hidden_meanwhile_comes_back_in_its_colours(window_of, trained, away):
    window = window_of(trained(20))
    before = colors_of(window, "truth")
    window.store.dispatch(away())
    assert not window._parts["truth"].isVisible()
    window.store.dispatch(LeaveLesson())
    window.store.dispatch(SetTheme("light"))
    assert window._parts["truth"].isVisible()
    assert colors_of(window, "truth") == before


def colors_of(window, name):
    """The colours that a part's words are in."""
    return [label.palette().windowText().color() for label in window._parts[name].findChildren(QLabel)]
