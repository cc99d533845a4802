"""What became of each twin is said over its lane: in words, with what helps, and once to screen readers."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel

from netviz.app.bars.lane import LaneHeader


def said(window):
    """The words of all labels that are seen."""
    return {one.text() for one in window.findChildren(QLabel) if one.isVisible()}


def test_both_verdicts_stand_in_words(window_of, trained):
    window = window_of(trained(172))
    assert {"With ReLU", "Without (identity)", "Learned: all four answers right.",
            "Cannot: its best is ½ everywhere.", "Epoch 172"} <= said(window)  # fmt: skip


def test_a_narrow_window_says_the_verdict_in_the_name(window_of, trained):
    window = window_of(trained(172, theme="projector"), (1024, 768))
    assert {"With ReLU: learned", "Without: cannot", "loss 0.001", "loss ¼"} <= said(window)


def test_verdicts_of_both_lanes_stand_under_each_other(window_of, trained):
    window = window_of(trained(172))
    lefts = {
        one.x()
        for header in window.findChildren(LaneHeader)
        for one in header.findChildren(QLabel)
        if not one.picture().isNull()
    }
    assert len(lefts) == 2  # the badges' and the marks'


def test_what_helps_stands_under_a_network_that_did_not_find_it(qtbot, window_of, trained):
    window = window_of(trained(3000, seed=2))
    units = window.store.state.experiment.base.hidden
    (remedy,) = [
        one for one in window.findChildren(QAbstractButton) if one.accessibleName() == "More units, with"
    ]
    qtbot.mouseClick(remedy, Qt.MouseButton.LeftButton)
    assert window.store.state.experiment.base.hidden == tuple(size + 1 for size in units)  # (2,) to (3,)


def test_a_verdict_is_announced_once(monkeypatch, window_of, trained):
    window = window_of(trained(172, playhead=0))
    told = []
    monkeypatch.setattr(
        "netviz.app.bars.lane.QAccessible.updateAccessibility",
        lambda event: told.append(getattr(event, "message", str)()),
    )
    undecided = trained(100)
    window.store.state = undecided
    window._show(undecided)
    window.store.state = trained(172)
    for _ in range(2):
        window._show(window.store.state)
    assert [text for text in told if text.startswith("With ReLU")] == [
        "With ReLU. Learned: all four answers right."
    ]
