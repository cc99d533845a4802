"""All settings has a row for every field, changes it, and says what is wrong."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt

from netviz.session import kinds, selectors
from netviz.session.actions import OpenPanel, SetField, SetReducedMotion, SetTextSize, SetTheme, SetView, Undo
from netviz.session.fields import FIELDS
from netviz.session.kinds import Choice
from netviz.views.controls.fields import ChoiceControl, ReadOnly, SeveralControl, SwitchControl, TextControl
from netviz.views.controls.log_slider import number_at, stop_of
from netviz.views.panels.settings import SCREEN, SettingsPanel

ROWS = list(FIELDS.values())


def shown_text(made):
    if isinstance(made, ChoiceControl):
        return made.box.currentText()
    if isinstance(made, TextControl):
        return made.line.text()
    if isinstance(made, ReadOnly):
        return made.label.text()
    if isinstance(made, SwitchControl):
        return made.box.text() if made.box.isChecked() else "off"
    return ", ".join(box.text() for box in made.boxes.values() if box.isChecked())


def type_into(qtbot, line, text):
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def tick(qtbot, box):
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(10, box.height() // 2))


def choose(made, value):
    index = made.box.findData(value)
    made.box.setCurrentIndex(index)
    made.box.activated.emit(index)


@pytest.mark.parametrize("field", ROWS, ids=lambda field: field.key)
def test_every_field_has_a_row_with_label_help_and_value(put, trained, field):
    state = trained(0)
    panel = put(SettingsPanel, state)
    row = panel.rows[field.key]
    assert row.label.text() == field.label
    assert row.help.text() == field.help
    assert row.toolTip() == field.help
    assert len(row.controls) == (1 if field.shared else 2)
    for twin, made in enumerate(row.controls):
        value = getattr(selectors.settings(state, twin), field.key)
        assert made.value == value
        assert shown_text(made) == field.kind.show(value)


@pytest.mark.parametrize(
    "field", [f for f in ROWS if not isinstance(f.kind, kinds.Tested)], ids=lambda f: f.key
)
def test_every_control_has_a_name_for_screen_readers(put, trained, field):
    for made in put(SettingsPanel, trained(0)).rows[field.key].controls:
        inside = made.boxes.values() if isinstance(made, SeveralControl) else [made.findChildren(object)[1]]
        assert all(
            made_of.accessibleName().startswith(field.label) for made_of in inside if made_of.isWidgetType()
        )


@pytest.mark.parametrize(
    "field", [f for f in ROWS if isinstance(f.kind, Choice) and f.shared is False], ids=lambda f: f.key
)
def test_a_choice_for_one_twin_leaves_the_other(put, trained, field):
    panel = put(SettingsPanel, trained(0))
    other = next(name for name in field.kind.table if name not in (field.default, "step"))
    choose(panel.rows[field.key].controls[1], other)
    assert panel.actions == [SetField(field.key, other, 1)]
    assert [shown_text(made) for made in panel.rows[field.key].controls] == [
        field.kind.show(getattr(selectors.settings(panel.store.state, twin), field.key)) for twin in (0, 1)
    ]


def test_a_shared_setting_is_changed_for_both(put, trained):
    panel = put(SettingsPanel, trained(0))
    choose(panel.rows["dataset"].controls[0], "gate:0001")
    assert panel.actions == [SetField("dataset", "gate:0001", None)]
    assert shown_text(panel.rows["dataset"].controls[0]) == "AND"


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("learning_rate", "0.25", 0.25),
        ("hidden", "8, 8", (8, 8)),
        ("hidden", "none", ()),
        ("seed", "7", 7),
        ("batch_size", "2", 2),
        ("activation", "tanh", "tanh"),
        ("activation", "leaky ReLU", "leaky_relu"),
    ],
)
def test_a_value_is_typed(put, trained, qtbot, key, text, value):
    panel = put(SettingsPanel, trained(0))
    type_into(qtbot, panel.rows[key].controls[0].line, text)
    assert getattr(selectors.settings(panel.store.state, 0), key) == value
    assert shown_text(panel.rows[key].controls[0]) == FIELDS[key].kind.show(value)


def test_all_is_typed_as_it_is_read(put, trained, qtbot):
    panel = put(SettingsPanel, trained(0))
    type_into(qtbot, panel.rows["batch_size"].controls[0].line, "2")
    type_into(qtbot, panel.rows["batch_size"].controls[0].line, "all")
    assert panel.store.state.experiment.base.batch_size == 0


def test_a_wrong_value_is_answered_beside_its_field_and_stays(put, trained, qtbot):
    panel = put(SettingsPanel, trained(0))
    row = panel.rows["learning_rate"]
    type_into(qtbot, row.controls[0].line, "fast")
    assert row.error.text() == 'Expected a number above 0, got "fast".'
    assert row.error.isVisible()
    assert row.controls[0].line.text() == "fast"
    assert panel.actions == []
    type_into(qtbot, row.controls[0].line, "0.3")
    assert not row.error.isVisible()
    assert panel.actions[-1] == SetField("learning_rate", 0.3, 0)


def test_what_only_the_experiment_can_refuse_is_answered_there_too(put, trained, qtbot):
    panel = put(SettingsPanel, trained(0))
    row = panel.rows["activation"]
    type_into(qtbot, row.controls[0].line, "tanh, ReLU")
    assert row.error.text() == "Expected one, or one for each of 1 hidden layers, got 2."
    assert row.controls[0].line.text() == "tanh, ReLU"


def test_inputs_are_check_boxes_and_one_always_stays(put, trained, qtbot):
    panel = put(SettingsPanel, trained(0))
    row = panel.rows["features"]
    boxes = row.controls[0].boxes
    tick(qtbot, boxes["xy"])
    assert panel.store.state.experiment.base.features == ("x", "y", "xy")
    for name in ("xy", "y", "x"):
        tick(qtbot, boxes[name])
    assert panel.store.state.experiment.base.features == ("x",)
    assert boxes["x"].isChecked()
    assert row.error.isVisible()


@pytest.mark.parametrize(
    ("label", "act", "action"),
    [
        ("Theme", lambda made, _: choose(made, "dark"), SetTheme("dark")),
        ("Show", lambda made, _: choose(made, "with"), SetView("with")),
        ("Reduced motion", lambda made, _: made.box.click(), SetReducedMotion(True)),
        ("Text size", lambda made, bot: type_into(bot, made.line, "2"), SetTextSize(2)),
    ],
)
def test_the_screen_is_set_at_the_top(put, trained, qtbot, label, act, action):
    panel = put(SettingsPanel, trained(0))
    row = next(made for made, said in zip(panel.screen_rows, SCREEN, strict=True) if said.label == label)
    act(row.controls[0], qtbot)
    assert panel.actions[0] == action


def test_while_presenting_the_theme_says_what_the_hall_sees(put, trained):
    panel = put(SettingsPanel, trained(0))
    assert panel.screen_rows[0].label.text() == "Theme"
    panel.show_state(panel.store.state, replace(panel.store.state, presenting=True))
    assert panel.screen_rows[0].label.text() == "Theme (presenting: projector)"


def test_done_closes(put, trained, qtbot):
    panel = put(SettingsPanel, replace(trained(0), opened="settings"))
    qtbot.mouseClick(panel.done, Qt.MouseButton.LeftButton)
    assert panel.actions == [OpenPanel(None)]


def test_escape_closes(put, trained, qtbot):
    panel = put(SettingsPanel, trained(0))
    qtbot.keyClick(panel.rows["seed"].controls[0].line, Qt.Key.Key_Escape)
    assert panel.actions == [OpenPanel(None)]


# The learning rate's slider


def slide(qtbot, slider, *rates):
    at = [QPoint(slider.place_of(stop_of(rate)), slider.height() // 2) for rate in rates]
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=at[0])
    for point in at[1:]:
        qtbot.mouseMove(slider, point)
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=at[-1])


def rates(state):
    return [selectors.settings(state, twin).learning_rate for twin in (0, 1)]


def test_the_rate_is_dragged_and_one_undo_takes_the_drag_back(put, trained, qtbot):
    panel = put(SettingsPanel, trained(0))
    made = panel.rows["learning_rate"].controls[1]
    slide(qtbot, made.slider, 0.2, 0.5, 1.0)
    assert panel.actions == [
        SetField("learning_rate", 0.2, 1),
        SetField("learning_rate", 0.5, 1, same_gesture=True),
        SetField("learning_rate", 1.0, 1, same_gesture=True),
    ]
    assert rates(panel.store.state) == [0.1, 1.0]
    assert made.line.text() == "1"
    assert panel.store.state.past[-1].label == "learning rate 0.1 to 1"
    panel.store.dispatch(Undo())
    assert rates(panel.store.state) == [0.1, 0.1]
    assert (made.line.text(), number_at(made.slider.value())) == ("0.1", 0.1)


def test_two_drags_are_two_undos(put, trained, qtbot):
    panel = put(SettingsPanel, trained(0))
    slider = panel.rows["learning_rate"].controls[0].slider
    for rate in (0.3, 0.01):
        slide(qtbot, slider, rate)
    panel.store.dispatch(Undo())
    assert rates(panel.store.state) == [0.3, 0.1]


def test_the_rate_is_set_by_keys(put, trained, qtbot):
    panel = put(SettingsPanel, trained(0))
    made = panel.rows["learning_rate"].controls[0]
    for key in (Qt.Key.Key_Right, Qt.Key.Key_PageUp, Qt.Key.Key_Home):
        qtbot.keyClick(made.slider, key)
    assert [action.value for action in panel.actions] == [0.12, 0.4, 0.001]
    assert (made.slider.accessibleName(), made.slider.accessibleDescription()) == (
        "Learning rate, with",
        "0.001",
    )


def test_a_rate_that_is_typed_need_not_be_a_stop(put, trained, qtbot):
    panel = put(SettingsPanel, trained(0))
    made = panel.rows["learning_rate"].controls[0]
    type_into(qtbot, made.line, "0.27")
    assert rates(panel.store.state) == [0.27, 0.1]
    assert number_at(made.slider.value()) == 0.25
    assert made.line.text() == "0.27"


def test_a_rate_dragged_in_the_middle_of_a_run_keeps_the_weights(put, trained, qtbot):
    before = trained(60)
    panel = put(SettingsPanel, replace(before, playing=True))
    slide(qtbot, panel.rows["learning_rate"].controls[0].slider, 0.2, 0.3)
    state = panel.store.state
    assert [(edit.step, edit.key, edit.value) for edit in state.experiment.edits] == [
        (60, "learning_rate", 0.3)
    ]
    assert (state.step, state.playing) == (60, True)
    assert state.frame.states == before.frame.states


def test_undo_is_seen(put, trained, qtbot):
    panel = put(SettingsPanel, trained(0))
    choose(panel.rows["optimizer"].controls[0], "adam")
    panel.store.dispatch(Undo())
    assert shown_text(panel.rows["optimizer"].controls[0]) == FIELDS["optimizer"].kind.show("sgd")


def test_the_panel_says_what_is_not_as_usual(put, trained):
    panel = put(SettingsPanel, trained(0))
    choose(panel.rows["optimizer"].controls[0], "adam")
    assert "Optimizer Adam" in panel.sentence(panel.store.state)
