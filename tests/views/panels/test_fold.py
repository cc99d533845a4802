"""The fold shows where the hidden layer puts the points, and takes the probe along."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from netviz.session import selectors
from netviz.session.actions import EditPoints, MoveProbe, SetField, SetOwn, SetReducedMotion, SetView
from netviz.session.experiment import with_value
from netviz.session.instruments import folding
from netviz.session.instruments.fold_words import AVERAGE, NOTHING
from netviz.session.presets import PRESETS
from netviz.session.state import opening
from netviz.session.store import Store
from netviz.views.controls.motion import DURATION
from netviz.views.fold.hidden_plane import HiddenPlane
from netviz.views.fold.plane_row import ARROW, GAP
from netviz.views.panels.fold import FoldPanel
from netviz.views.theme import THEMES, Look
from tests.views.seen import marks, plane_of

XOR = PRESETS["xor"].experiment


def names(plane):
    return [pill.text.text() for pill in plane.pills if pill.frame.isVisible()]


def test_it_opens_on_the_folded_plane_and_says_what_came_of_it(put, trained):
    panel = put(FoldPanel, trained(172))
    said = panel.words.text().split("\n")
    assert said[0].startswith(
        "ReLU folds the plane: 00 and 11 land together. Now one straight line separates"
    )
    assert said[1] == "Without: the plane stays straight, no line separates 0 from 1."
    assert names(plane_of(panel, 0)) == ["00 and 11", "01", "10"]
    assert names(plane_of(panel, 1)) == ["00", "01", "10", "11"]
    assert panel.accessibleName() == panel.sentence(panel.store.state)


def test_each_point_stands_at_its_hidden_values(put, trained):
    state = trained(172)
    panel = put(FoldPanel, state)
    for twin in (0, 1):
        plane = plane_of(panel, twin)
        h = [
            selectors.values_at(state, twin, tuple(point))[1] for point in selectors.points(state).x.tolist()
        ]
        assert np.array(marks(plane)) == pytest.approx(plane.at(np.array(h)))


def test_at_the_other_end_of_the_slider_it_is_the_input_plane(put, trained):
    state = trained(172)
    panel = put(FoldPanel, state)
    panel.motion.slider.setValue(0)
    plane = plane_of(panel, 0)
    assert np.array(marks(plane)) == pytest.approx(plane.at(selectors.points(state).x))
    assert names(plane) == ["00", "01", "10", "11"]
    assert plane.across.text() == "x₁ →"
    assert panel.motion.button.text() == "Fold"


def test_the_button_unfolds_in_its_time_and_folds_back(put, trained, qtbot):
    panel = put(FoldPanel, trained(172))
    shares = []
    panel.motion.moved.connect(shares.append)
    qtbot.mouseClick(panel.motion.button, Qt.MouseButton.LeftButton)
    assert panel.motion.glide.duration == DURATION
    qtbot.waitUntil(lambda: panel.motion.share == 0.0)
    assert any(0 < share < 1 for share in shares)
    assert shares == sorted(shares, reverse=True)


def test_without_motion_both_ends_stand_beside_each_other(put, trained, qtbot):
    panel = put(FoldPanel, replace(trained(172), reduced_motion=True))
    assert [twin for twin, _ in panel.planes] == [None, 0, 1]
    assert dict(panel.planes)[None].heading.text() in ("Inputs, before", "before")
    qtbot.mouseClick(panel.motion.button, Qt.MouseButton.LeftButton)
    assert panel.motion.share == 0.0  # at once


def test_a_wide_panel_shows_the_inputs_beside_the_twins(put, trained):
    panel = put(FoldPanel, trained(172), width=1800, height=800)
    assert [twin for twin, _ in panel.planes] == [None, 0, 1]
    state = panel.store.state
    probe = dict(panel.planes)[None]
    x, y = probe.at(np.array([0.0, 1.0]))
    at = QPoint(round(x), round(y))
    from PySide6.QtTest import QTest

    QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert panel.actions == [MoveProbe(0.0, 1.0)]  # onto the corner
    assert panel.store.state.probe == (0.0, 1.0) != state.probe
    moved = plane_of(panel, 0)
    h = selectors.values_at(state, 0, (0.0, 1.0))[1]
    assert (moved.ring.pos().x(), moved.ring.pos().y()) == pytest.approx(moved.at(h))


def test_the_probe_is_taken_along_where_there_is_no_point(put, qtbot):
    store = Store(opening(with_value(XOR, "dataset", "gauss")))
    store.dispatch(EditPoints(True))
    store.dispatch(SetOwn((), "erase all"))
    panel = put(FoldPanel, store.state, width=1800, height=800)
    inputs = dict(panel.planes)[None]
    x, y = inputs.at(np.array([0.5, 0.25]))
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))
    (moved,) = panel.actions
    assert (moved.x, moved.y) == pytest.approx((0.5, 0.25), abs=0.02)


@pytest.mark.parametrize("size", [(1310, 680), (1880, 940), (1290, 610)])
def test_planes_that_fill_a_window_take_its_width_and_words_what_is_left(put, trained, size):
    panel = put(FoldPanel, trained(172), *size)
    boxes = [plane.box for _, plane in panel.planes]
    between = (ARROW + 2 * GAP) * panel.key.look.em  # from plane to plane
    assert sum(box.width() for box in boxes) + between == pytest.approx(size[0], rel=0.12)
    assert panel.key.look.em >= panel.base.em
    assert panel.words.isVisible()
    assert panel.words.y() + panel.words.heightForWidth(size[0]) <= size[1]


def test_a_hand_on_the_hidden_plane_takes_the_input_that_lands_there(put, trained, qtbot):
    state = trained(172)
    panel = put(FoldPanel, state)
    plane = plane_of(panel, 0)
    h = selectors.values_at(state, 0, (0.0, 1.0))[1]  # (0.99, 0.00)
    x, y = plane.at(h)
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))
    (moved,) = panel.actions
    landed = selectors.values_at(state, 0, (moved.x, moved.y))[1]
    assert landed == pytest.approx(h, abs=0.05)


def test_a_click_beside_the_planes_moves_nothing(put, trained, qtbot):
    panel = put(FoldPanel, trained(172))
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert panel.actions == []


def test_the_view_decides_which_twins_are_there(put, trained):
    panel = put(FoldPanel, trained(172))
    panel.store.dispatch(SetView("without"))
    assert [twin for twin, _ in panel.planes] == [1]


def test_of_many_units_two_can_be_chosen(put, trained):
    state = trained(60, with_value(XOR, "hidden", (4,)))
    panel = put(FoldPanel, state)
    plane = plane_of(panel, 0)
    assert plane.up.text() == "answer ↑"
    panel.menus[0].options.actions()[2].trigger()  # h₂, beside h₂: so h₃ goes up
    panel.menus[1].options.actions()[3].trigger()
    plane = plane_of(panel, 0)
    assert (plane.across.text(), plane.up.text()) == ("h₂ →", "h₄ ↑")
    h = folding.hidden_at(state, 0, selectors.points(state).x)[:, [1, 3]]
    assert np.array(marks(plane)) == pytest.approx(plane.at(h))
    assert AVERAGE in panel.words.text()
    panel.menus[0].choose(4)  # h₄ beside h₄ is no plane
    assert plane_of(panel, 0).across.text() == "h₄ →"
    assert plane_of(panel, 0).up.text() != "h₄ ↑"


@pytest.mark.parametrize("size", [(440, 500), (1300, 500)], ids=str)
def test_without_a_hidden_layer_it_says_so(put, trained, size):
    panel = put(FoldPanel, trained(3, with_value(XOR, "hidden", ())), *size)
    assert panel.words.text() == NOTHING
    assert panel.planes == []
    assert panel.view.isHidden()
    assert panel.motion.isHidden()


def test_a_twin_that_left_the_range_says_so(put, trained):
    state = trained(60, with_value(XOR, "learning_rate", 3.0))
    panel = put(FoldPanel, state)
    assert "left the range" in panel.words.text()


def test_the_same_frame_is_not_drawn_again(put, trained, monkeypatch):
    panel = put(FoldPanel, trained(172))
    monkeypatch.setattr(HiddenPlane, "show", lambda *_: pytest.fail("drawn again"))
    panel.show_state(panel.store.state, replace(panel.store.state, speed=10.0))


@pytest.mark.parametrize("seed", [1, 2, 8, 11, 19])
def test_of_a_stall_it_never_says_that_a_line_could_do_it(put, trained, seed):
    panel = put(FoldPanel, trained(3000, with_value(XOR, "seed", seed)))
    assert "can separate" not in panel.accessibleName()
    assert "o line separates 0 from 1" in panel.accessibleName().partition("Without")[0] or seed in (8, 11)


def test_planes_of_another_size_leave_nothing_of_the_old_ones(put, trained):
    panel, gone = put(FoldPanel, trained(172)), []
    panel.view.scene().destroyed.connect(lambda: gone.append(True))
    panel.resize(500, 500)
    assert gone == [True]


def test_over_one_input_the_inputs_are_x_and_y(put, trained):
    sine = with_value(with_value(XOR, "dataset", "sine"), "hidden", (8,))
    panel = put(FoldPanel, trained(50, sine), 1800, 800)
    (inputs,) = [plane for twin, plane in panel.planes if twin is None]
    assert (inputs.across.text(), inputs.up.text()) == ("x →", "y ↑")


def test_headings_of_all_planes_have_one_size_and_form(put, trained):
    for width in (309, 430, 700, 1800):
        panel = put(FoldPanel, trained(172), width, 480)
        planes = [plane for twin, plane in panel.planes if twin is not None]
        assert len({plane.heading.font().pixelSize() for plane in planes}) == 1
        assert len({":" in plane.heading.text() for plane in planes}) == 1


def test_no_axis_or_name_is_cut(put, trained):
    deep = with_value(XOR, "hidden", (4,) * 8)  # its points all land together
    for experiment in (deep, with_value(with_value(XOR, "dataset", "blobs:4"), "hidden", (8,))):
        panel = put(FoldPanel, trained(200, experiment), 309, 336)  # the column at 1366x768
        room = panel.view.sceneRect()
        for _, plane in panel.planes:
            for item in (plane.across, plane.up, plane.heading):
                assert room.contains(item.sceneBoundingRect().adjusted(1, 1, -1, -1))
            for pill in plane.pills:
                assert not pill.frame.isVisible() or plane.box.contains(pill.frame.sceneBoundingRect())


def test_where_there_is_room_it_says_what_the_lines_are(put, trained):
    panel = put(FoldPanel, trained(172), 1800, 640)
    assert panel.legend.isVisible()
    assert panel.legend.geometry().right() <= panel.width()
    last = panel.planes[-1][1].box.right()
    assert panel.legend.x() > last
    narrow = put(FoldPanel, trained(172), 430, 480)
    assert not narrow.legend.isVisible()


@pytest.mark.parametrize("share", [0.2, 0.4, 0.6, 0.8])
def test_no_point_leaves_the_frame_on_its_way(put, trained, share):
    panel = put(FoldPanel, trained(172))
    panel.motion.set_share(share)
    for _, plane in panel.planes:
        marks = [item for item in plane.digits if item.isVisible()]
        assert len(marks) == 4
        assert all(plane.box.contains(item.pos()) for item in (*marks, plane.ring))


def test_where_before_and_after_stand_there_is_nothing_to_slide(put, trained):
    panel = put(FoldPanel, replace(trained(172), reduced_motion=True))
    assert not panel.motion.isVisible()
    assert len(panel.planes) == 3


def test_a_plane_wears_the_badge_of_another_activation(put, trained):
    worn = []
    for activation in ("relu", "leaky_relu", "relu"):  # whose planes are laid out alike
        panel = put(FoldPanel, trained(0, with_value(XOR, "activation", "relu", 0)))
        panel.store.dispatch(SetField("activation", activation, 0))
        badge = plane_of(panel, 0).badge
        worn.append([item.path() for item in (badge, *badge.childItems())])
    assert worn[0] == worn[2] != worn[1]


def test_who_takes_motion_back_finds_what_moves_also_in_a_wide_panel(put, trained):
    panel = put(FoldPanel, replace(trained(172), reduced_motion=True), width=1800, height=800)
    for reduced in (False, True):
        panel.store.dispatch(SetReducedMotion(reduced))
        assert panel.motion.isVisible() != reduced


@pytest.mark.parametrize(("size", "em", "digits"), [((308, 408), 15.4, False), ((692, 544), 15.4, True)])
def test_marks_in_a_small_plane_are_small_and_leave_their_digits_to_their_shape(
    put, trained, size, em, digits
):
    panel = put(FoldPanel, trained(172), *size)
    panel.set_look(panel.base._replace(em=em))
    for twin in (0, 1):
        plane = plane_of(panel, twin)
        seen = [item for item in plane.digits if item.isVisible()]
        assert [item.data(0).frame.isVisible() for item in seen] == [digits] * 4
        boxes = [item.sceneBoundingRect().adjusted(2, 2, -2, -2) for item in seen]
        pills = [pill.frame.sceneBoundingRect() for pill in plane.pills if pill.frame.isVisible()]
        assert not any(pill.intersects(box) for pill in pills for box in boxes)
    apart = np.linalg.norm(np.diff([marks(plane_of(panel, 1))[i] for i in (2, 3)], axis=0))  # of 10 and 11
    assert apart > seen[0].sceneBoundingRect().width() - 2  # so near, and still both to be seen


@pytest.mark.parametrize(
    ("size", "em", "step"),
    [
        *(((wide, high), 15.4, 172) for wide, high in ((308, 408), (432, 574), (1030, 480), (1878, 858))),
        *(((688, 472), 20, step) for step in (0, 30, 172)),  # the tab of 1024x768, projector
    ],
    ids=str,
)
def test_what_lines_and_bands_are_stands_where_there_is_room(put, trained, size, em, step):
    panel = put(FoldPanel, trained(step), *size)
    panel.set_look(panel.base._replace(em=em))
    said = panel.legend.text().replace("\n\n", " ")
    assert said == "Dashed line: the answer is exactly\u00a0½. Thick band: the edge of all inputs."
    assert panel.legend.isVisible()
    assert panel.rect().contains(panel.legend.geometry())
    assert not panel.legend.geometry().intersects(panel.words.geometry().adjusted(0, 0, 0, -3))
    planes = [plane.box.translated(0, panel.view.y()).toRect() for _, plane in panel.planes]
    assert not any(panel.legend.geometry().intersects(plane) for plane in planes)


def test_what_the_legend_takes_of_the_planes_height_is_where_it_stands(put, trained):
    panel = put(FoldPanel, trained(172), 1032, 460)  # about what a projector of 1366x768 has
    panel.set_look(Look(THEMES["projector"], 20.7, "tabs"))
    ends = [panel.view.geometry().bottom(), panel.words.geometry().bottom(), panel.legend.geometry().bottom()]
    assert not panel.beside
    assert ends == sorted(ends)
    assert ends[-1] > panel.height() - 0.5 * panel.key.look.em
