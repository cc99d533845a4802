"""The data panel shows every problem as it is drawn, and changes it by real clicks, drags and keys."""

import pytest
from PySide6.QtCore import QPoint, Qt

from netviz.core.datasets import DATASETS
from netviz.session import playground
from netviz.session import selectors as say
from netviz.session.actions import NewStart, OpenPanel, SetField
from netviz.session.experiment import with_value
from netviz.session.fields import FIELDS
from netviz.session.presets import PRESETS
from netviz.session.state import opening
from netviz.views.panels.data import DIALS, DataPanel, drawn_sentence
from netviz.views.thumbnails import thumbnail

XOR = PRESETS["xor"].experiment
LEFT = Qt.MouseButton.LeftButton


def opened(dataset):
    return opening(with_value(XOR, "dataset", dataset))


@pytest.fixture
def panel(put):
    return put(DataPanel, opened("circle"), 430, 900)


def test_every_problem_that_is_drawn_has_its_picture(panel):
    labels = {DATASETS[name].label for name in panel.thumbnails}
    drawn = {row.label for name, row in DATASETS.items() if not name.startswith(("gate", "own", "csv"))}
    assert drawn <= labels
    assert all(row.character.endswith(".") for row in DATASETS.values())


@pytest.mark.parametrize("name", ["xor", "gate:0111", "spiral", "blobs:5", "multi_gauss", "abs"])
def test_a_click_on_a_picture_chooses_that_problem(panel, qtbot, name):
    qtbot.mouseClick(panel.thumbnails[name], LEFT)
    settings = panel.store.state.experiment.base
    assert settings.dataset == name
    assert panel.thumbnails[name].isChecked()
    assert sum(one.isChecked() for one in panel.thumbnails.values()) == 1
    assert panel.name.text() == DATASETS[name].label


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_a_picture_is_chosen_from_the_keyboard(panel, qtbot, key):
    qtbot.keyClick(panel.thumbnails["moons"], key)
    assert panel.store.state.experiment.base.dataset == "moons"


def test_several_classes_bring_their_loss_and_the_panel_says_what_it_does(panel, qtbot):
    qtbot.mouseClick(panel.thumbnails["blobs:4"], LEFT)
    panel.store.dispatch(SetField("loss", "cross_entropy"))
    assert panel.problem.text() == (
        "4 classes, an output each. Output activation: identity. Loss: cross-entropy; "
        "it makes probabilities of the outputs' sums, which add up to 1."
    )


@pytest.mark.parametrize("dial", DIALS, ids=[dial.key for dial in DIALS])
def test_a_slider_sets_its_field_to_the_next_stop(panel, qtbot, dial):
    line = panel.lines[dial.key]
    before = line.slider.value()
    key = Qt.Key.Key_Right if before < len(dial.stops) - 1 else Qt.Key.Key_Left
    qtbot.keyClick(line.slider, key)
    wanted = dial.stops[before + (1 if key == Qt.Key.Key_Right else -1)]
    assert getattr(panel.store.state.experiment.base, dial.key) == wanted
    assert line.value.text() == dial.words(wanted)


def test_a_whole_drag_is_one_undo(panel, qtbot):
    slider = panel.lines["noise"].slider
    qtbot.mousePress(slider, LEFT, pos=QPoint(slider.place_of(2), 8))
    qtbot.mouseMove(slider, QPoint(slider.place_of(5), 8))
    slider.setValue(6)
    slider.setValue(7)
    qtbot.mouseRelease(slider, LEFT, pos=QPoint(slider.place_of(7), 8))
    assert panel.store.state.experiment.base.noise == 35
    assert len(panel.store.state.past) == 1


def test_every_value_a_slider_stops_at_is_one_the_field_takes():
    for dial in DIALS:
        for stop in dial.stops:
            assert FIELDS[dial.key].kind.check(stop) == stop


def test_other_points_are_drawn_on_request(panel, qtbot):
    before = say.points(panel.store.state).x
    qtbot.mouseClick(panel.regenerate, LEFT)
    assert panel.store.state.experiment.base.data_seed == 1
    assert not (say.points(panel.store.state).x == before).all()


def test_playgrounds_points_are_drawn_anew_by_another_seed(put, qtbot):
    link = playground.opened("https://playground.tensorflow.org/#seed=0.5")
    panel = put(DataPanel, opening(link.experiment), 430, 900)
    qtbot.mouseClick(panel.regenerate, LEFT)
    assert panel.actions == [NewStart()]


def test_what_corners_do_not_have_is_switched_off(put):
    panel = put(DataPanel, opened("xor"), 430, 900)
    assert [panel.lines[dial.key].slider.isEnabled() for dial in DIALS] == [False, False, False, True]
    assert not panel.regenerate.isEnabled()
    assert panel.drawn.text() == "The four corners: all are trained on."


def test_how_many_points_train_and_test_is_said(panel):
    panel.store.dispatch(SetField("train_fraction", 0.7))
    assert panel.drawn.text() == "140 points to train on, 60 to test."  # of 200
    assert drawn_sentence(panel.store.state.experiment.base) in panel.accessibleName()


def test_switches_show_test_points_and_discretize(panel, qtbot):
    for switch in (panel.test_points, panel.discretized):
        qtbot.keyClick(switch, Qt.Key.Key_Space)
    assert panel.store.state.test_points
    assert panel.store.state.discretized
    assert panel.test_points.isChecked()


@pytest.mark.parametrize("key", ["done", "escape"])
def test_it_closes(panel, qtbot, key):
    if key == "done":
        qtbot.mouseClick(panel.done, LEFT)
    else:
        qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert panel.actions == [OpenPanel(None)]


def test_thumbnails_have_up_above_and_right_on_the_right():
    ones = next(group for group in thumbnail("gate:0010") if group.shape == "circle")  # x₁ and not x₂
    x, y = ones.places[0]
    assert x > 0.5  # x₁ = 1 is on the right
    assert y > 0.5  # x₂ = 0 is at the bottom


def test_a_thumbnails_pixels_are_its_points(panel):
    picture = panel.thumbnails["plane"].grab().toImage()
    found = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}
    assert len(found) > 20  # many shades
