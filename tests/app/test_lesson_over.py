"""A lesson's card over the lanes: in a window with tabs the networks that it speaks of stay visible."""

import pytest
from PySide6.QtWidgets import QApplication, QScrollArea

from netviz.session import actions as act
from netviz.session import selectors
from netviz.session.lessons.reading import lesson, lessons

CARDS = [(name, index) for name, one in lessons().items() for index in range(len(one.cards))]


@pytest.mark.parametrize(("name", "index"), CARDS)
def test_card_networks_and_surfaces_are_visible_and_nothing_of_the_card_is_cut(
    window_of, trained, name, index
):
    window = window_of(trained(0), (1024, 768))
    window.store.dispatch(act.StartLesson(lesson(name), index))
    state = window.store.state
    for _ in state.reading.card.beats:
        QApplication.sendPostedEvents()  # layouts
        card = window._parts["lesson"]
        assert card.isVisible()
        assert window._rects["card"].bottom() < min(
            rect.top() for slot, rect in window._rects.items() if slot.startswith("surface")
        )
        area = card.card.findChild(QScrollArea)
        assert area.verticalScrollBar().maximum() == 0
        twin = selectors.visible_twins(window.store.state)[0]
        assert window._parts[window.store.state.opened or f"network {twin}"].isVisible()
        if window.store.state.reading.beat != "show":
            window.store.dispatch(act.Turn())


def test_leaving_gives_the_lanes_their_room_back(window_of, trained):
    window = window_of(trained(0), (1024, 768))
    before = dict(window._rects)
    window.store.dispatch(act.StartLesson(lesson("why")))
    assert window._rects["surface 0"].height() < before["surface 0"].height()
    window.store.dispatch(act.LeaveLesson())
    assert window._rects == before
