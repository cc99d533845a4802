"""Layers fuse on the canvas of the real window, from the Collapse panel or from wherever one is."""

import pytest
from PySide6.QtCore import QPointF, Qt

from netviz.session import actions as act
from netviz.session.document import document_of
from netviz.session.engine import Request, advance
from netviz.session.lessons.reading import lesson
from netviz.views.controls.motion import Motion
from tests.views.canvas.fused import numbers, one_layer, written

LEFT = Qt.MouseButton.LeftButton


def state_of(window):
    return window.store.state


def network(window, twin):
    return window._parts[f"network {twin}"]


def fuse(qtbot, window, goal=1):
    """Press the panel's button and let the layers come together, or apart."""
    qtbot.mouseClick(window._parts["collapse"].findChild(Motion).button, LEFT)
    qtbot.waitUntil(lambda: state_of(window).fused == goal)


def press_unfuse(qtbot, panel):
    (button,) = panel.view.extras.lasting
    x, y, wide, high = button.box
    at = panel.view.scene().root.mapToScene(QPointF(x + wide / 2, y + high / 2)).toPoint()
    qtbot.mouseClick(panel.view.viewport(), LEFT, pos=at)


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_the_panels_button_fuses_the_affine_lane_and_brings_it_back(qtbot, window_of, trained, size):
    window = window_of(trained(20, opened="collapse"), size)
    with_, without = network(window, 0), network(window, 1)
    before = written(with_), written(without)
    fuse(qtbot, window)
    assert written(without) == numbers(one_layer(state_of(window)))
    assert written(with_) == before[0]  # what bends stays
    fuse(qtbot, window, goal=0)
    assert (written(with_), written(without)) == before


def test_training_goes_on_while_layers_are_one(qtbot, window_of, trained):
    window = window_of(trained(20, opened="collapse"))
    fuse(qtbot, window)
    before = written(network(window, 1))
    window.store.dispatch(act.Train())
    for _ in range(3):
        state = state_of(window)
        frame = advance(Request(state.experiment, state.frame.states, until=state.step + 5))
        window.store.dispatch(act.FrameArrived(frame))
        assert written(network(window, 1)) == numbers(one_layer(state_of(window)))
    assert written(network(window, 1)) != before
    window.store.dispatch(act.Scrub(20))
    window.store.dispatch(act.FrameArrived(trained(20).frame))  # the playback's answer
    assert written(network(window, 1)) == before
    fuse(qtbot, window, goal=0)
    assert len(network(window, 1)._scene.units) == 5


@pytest.mark.parametrize("theme", ["light", "projector"])
def test_without_a_column_the_network_tab_shows_it_and_leads_back(qtbot, window_of, trained, theme):
    window = window_of(trained(20, opened="collapse", theme=theme), (1024, 768))
    fuse(qtbot, window)
    window.store.dispatch(act.OpenPanel(None))
    panel = network(window, 1)
    assert panel.isVisible()
    assert written(panel) == numbers(one_layer(state_of(window)))
    press_unfuse(qtbot, panel)
    qtbot.waitUntil(lambda: state_of(window).fused == 0)
    assert len(panel._scene.units) == 5


def test_the_canvas_leads_back_while_the_panels_slider_still_runs(qtbot, window_of, trained):
    window = window_of(trained(20, opened="collapse"))
    motion = window._parts["collapse"].findChild(Motion)
    qtbot.mouseClick(motion.button, LEFT)
    qtbot.waitUntil(lambda: state_of(window).fused > 0.1)
    press_unfuse(qtbot, network(window, 1))
    qtbot.waitUntil(lambda: state_of(window).fused == 0)
    assert motion.share == 0
    assert not motion.glide.running


def test_escape_leads_back_once_nothing_is_open(qtbot, window_of, trained):
    window = window_of(trained(20, opened="collapse", fused=1.0))
    panel = network(window, 1)
    window.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert (state_of(window).opened, state_of(window).fused) == (None, 1)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert state_of(window).fused == 0
    assert len(panel._scene.units) == 5


def test_a_lessons_card_begins_with_all_its_layers(qtbot, window_of, trained):
    window = window_of(trained(20, opened="collapse"))
    fuse(qtbot, window)
    window.store.dispatch(act.StartLesson(lesson("why"), 6))
    assert state_of(window).fused == 0
    window.store.dispatch(act.SetFused(1.0))
    window.store.dispatch(act.ToCard(6))
    assert state_of(window).fused == 0
    window.store.dispatch(act.LeaveLesson())
    assert state_of(window).fused == 1  # as the person left it


def begin_to_fuse(qtbot, window):
    qtbot.mouseClick(window._parts["collapse"].findChild(Motion).button, LEFT)
    qtbot.waitUntil(lambda: 0 < state_of(window).fused < 1)


def test_a_lesson_begins_with_all_its_layers_also_while_they_fuse(qtbot, window_of, trained):
    window = window_of(trained(20, opened="collapse"))
    begin_to_fuse(qtbot, window)
    window.store.dispatch(act.StartLesson(lesson("why"), 2))
    assert not window._parts["collapse"].isVisible()
    assert state_of(window).fused == 0


def test_a_document_opens_as_it_was_left_also_while_layers_fuse(qtbot, window_of, trained):
    window = window_of(trained(20, opened="collapse"))
    begin_to_fuse(qtbot, window)
    window.store.dispatch(act.OpenDocument(document_of(trained(30))))
    assert (state_of(window).opened, state_of(window).fused) == (None, 0)


def test_who_leaves_the_panel_while_layers_fuse_finds_them_fused(qtbot, window_of, trained):
    window = window_of(trained(20, opened="collapse"))
    begin_to_fuse(qtbot, window)
    window.store.dispatch(act.OpenPanel("fold"))
    assert state_of(window).fused == 1


def test_where_the_panel_covers_the_canvas_its_button_has_the_last_word(qtbot, window_of, trained):
    window = window_of(trained(20, fused=1.0), (1024, 768))
    press_unfuse(qtbot, network(window, 1))
    assert 0 < state_of(window).fused < 1
    window.store.dispatch(act.OpenPanel("collapse"))
    assert state_of(window).fused == 0
    fuse(qtbot, window)


def test_a_window_that_opens_with_fused_layers_writes_of_them_as_large_as_elsewhere(window_of, trained):
    opened, fused = window_of(trained(20, fused=1.0)), window_of(trained(20))
    fused.store.dispatch(act.SetFused(1.0))
    scales = [network(window, 1)._fusing.words.frame.sceneTransform().m11() for window in (opened, fused)]
    assert scales[0] == scales[1] == pytest.approx(1.0)
