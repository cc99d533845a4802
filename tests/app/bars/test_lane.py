from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from netviz.app.bars.gap import Difference
from netviz.app.bars.lane import LaneHeader
from netviz.session import selectors as say
from netviz.session.actions import NewStart, SetField, SetView
from netviz.session.experiment import with_value
from netviz.session.presets import PRESETS
from netviz.session.runs import state_at
from netviz.views.theme import VERDICT

XOR = PRESETS["xor"].experiment
SHORT = (683, 384)


def test_a_lane_is_named_after_the_step_that_is_shown(window_of, trained):
    window = window_of(trained(100))
    window.store.dispatch(SetField("activation", "tanh", 0))  # from step 100 on
    header, between = window.findChildren(LaneHeader)[0], window.findChild(Difference)
    assert header.accessibleName() == "With tanh"
    assert between.accessibleName().startswith("Same points, same start, same steps. One difference: tanh")
    window._show(replace(window.store.state, frame=trained(50).frame, playhead=50))
    assert header.accessibleName() == "With ReLU"
    assert between.accessibleName().startswith("Same points, same start, same steps. One difference: ReLU")


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_what_helps_is_whole_where_one_twin_has_the_room(window_of, trained, size):
    window = window_of(trained(3000, seed=2), size)
    window.store.dispatch(SetView("with"))
    header = next(one for one in window.findChildren(LaneHeader) if one.isVisible())
    shown = [one for one in header.findChildren(QPushButton) if one.isVisible()]
    assert [one.text() for one in shown] == ["New start", "More units", "Other activation"]
    assert all(header.rect().contains(one.geometry()) for one in shown)


@pytest.mark.parametrize("size", [(1024, 768), (1366, 768), (1920, 1080)])
def test_what_is_said_keeps_its_place_and_size_while_it_trains(window_of, trained, size):
    window, places = window_of(trained(0), size), set()
    for step in (0, 1, 5, 20, 41, 42, 60, 171, 172):
        window._show(replace(trained(step), playing=step < 172))
        for header in window.findChildren(LaneHeader):
            words = header._words
            places.add((words.x(), words.width(), words.font().pixelSize()))
            assert words.fontMetrics().boundingRect(
                words.rect(), Qt.TextFlag.TextWordWrap, words.text()
            ).height() <= words.height()  # fmt: skip
    assert len(places) == 1
    assert {size for *_, size in places} == {window.findChild(LaneHeader)._look.font(VERDICT).pixelSize()}


def test_a_name_with_its_verdict_keeps_its_place(window_of, trained):
    window, lefts = window_of(trained(0, theme="projector"), (1024, 768)), set()
    for step in (0, 60, 172):
        window._show(replace(trained(step), theme="projector"))
        lefts |= {header._name.x() for header in window.findChildren(LaneHeader)}
    assert len(lefts) == 1


@pytest.mark.parametrize(("size", "name"), [((1024, 768), "cross-entropy"), ((760, 768), "loss")])
def test_a_cross_entropy_is_called_so_where_there_is_room(window_of, size, name):
    """Its name leaves before its number does."""
    state = replace(state_at(with_value(XOR, "loss", "bce"), 100), theme="projector")
    window = window_of(state, size)
    for playing in (False, True):  # a frame that moves nothing keeps the form
        window._show(replace(state, playing=playing))
        for header in window.findChildren(LaneHeader):
            assert not header._loss.isHidden()
            assert header._loss.text() == f"{name} {say.loss(state, header.twin):.3f}"


def test_a_short_header_tells_the_loss_of_another_start(window_of, trained):
    window = window_of(trained(0), SHORT)
    for _ in range(3):
        window.store.dispatch(NewStart())
        for header in window.findChildren(LaneHeader):
            assert header.form == "short"
            assert header._words.text() == f"loss {say.loss(window.store.state, header.twin):.3f}"


def test_a_window_that_becomes_small_keeps_the_verdict_whole(window_of, trained):
    window = window_of(trained(3000, seed=2), (1500, 900))
    words = window.findChild(LaneHeader)._words
    while not words.contentsMargins().right():  # its last word would stand alone
        window.resize(window.width() - 7, 900)
        assert window.width() > 1100
    window.resize(*SHORT)
    assert words.fontMetrics().horizontalAdvance(words.text()) <= words.contentsRect().width()
