"""E lets points be put: it opens their palette, and changes nothing before the first point does."""

from PySide6.QtCore import Qt

from netviz.session import selectors as say


def test_beginning_and_ending_leave_a_run_as_it_is_whatever_is_open(qtbot, window_of, trained):
    window = window_of(trained(172, opened="fold"))
    before = window.store.state
    qtbot.keyClick(window, Qt.Key.Key_E)
    state = window.store.state
    assert (state.opened, say.editing(state)) == ("data", True)
    palette = window._parts["data"].palette_box
    assert palette.isVisible()
    assert palette.visibleRegion().boundingRect().size() == palette.size()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    state = window.store.state
    assert (state.opened, say.editing(state)) == (None, False)
    assert (state.experiment, state.playhead, state.past) == (before.experiment, 172, before.past)
