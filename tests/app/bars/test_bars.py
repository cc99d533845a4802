"""The bars use the room they have: tabs fill their row, Present stays, and nothing moves without need."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QPushButton

from netviz.app.bars.bottombar import BottomBar
from netviz.app.bars.gap import Difference
from netviz.app.bars.lane import LaneHeader
from netviz.app.bars.tabs import TabStrip
from netviz.session.actions import FillWindow, OpenPanel, SetTheme, Train
from netviz.views.panels.timeline import TimelinePanel

TABBED = [((1024, 768), "light"), ((1366, 768), "projector"), ((1920, 1080), "projector")]


def edges(strip):
    """The left and right ends of the tabs, px."""
    shown = [one for one in strip.buttons.values() if one.isVisible()]
    return [(one.x(), one.geometry().right() + 1) for one in shown]


def test_in_the_compact_layout_the_tabs_fill_their_row(window_of, trained):
    window = window_of(trained(172, theme="projector"), (1024, 768))
    strip = window.findChild(TabStrip)
    found = edges(strip)
    assert len(found) == len(strip.buttons)
    assert strip.width() - found[-1][1] < len(found)  # what is left by rounding
    window.store.dispatch(OpenPanel("fold"))
    assert edges(strip) == found
    assert not strip._apart.isVisible()  # F6 and the More menu lead there


@pytest.mark.parametrize(("size", "theme"), TABBED)
def test_tabs_leave_room_for_the_way_into_an_own_window_alone(window_of, trained, size, theme):
    window = window_of(trained(172, theme=theme), size)
    strip = window.findChild(TabStrip)
    found = edges(strip)
    window.store.dispatch(OpenPanel("fold"))
    assert edges(strip) == found
    assert strip._apart.isVisible()
    assert 0 <= strip._apart.x() - found[-1][1] < len(found) + 1
    assert all(right <= left for (_, right), (left, _) in pairwise(found))
    window.store.dispatch(FillWindow("loss"))  # which stands in no window of its own
    assert not strip._apart.isVisible()


@pytest.mark.parametrize("size", [(1280, 720), (1366, 768), (1920, 1080), (3840, 2160)])
def test_a_projector_window_offers_present_beside_the_recipe(window_of, trained, size):
    window = window_of(trained(172, theme="projector"), size)
    seen = {one.text().strip() for one in window._top.findChildren(QPushButton) if one.isVisible()}
    assert {"Train", "Step", "Reset", "New start", "2 units", "Present", "More"} <= seen
    assert "Lessons" in seen or {"Lesson"} <= {tab.text() for tab in window._tabs.findChildren(QPushButton)}


@pytest.mark.parametrize(("size", "theme"), [((1920, 1080), "light"), *TABBED, ((1024, 768), "projector")])
def test_gaps_between_items_of_the_top_bar_are_even_and_nothing_overlaps(window_of, trained, size, theme):
    bar = window_of(trained(172, theme=theme), size)._top
    shown = sorted((one.geometry().left(), one.geometry().right() + 1) for one in bar._items.values()
                   if one.isVisible())  # fmt: skip
    gaps = sorted(left - right for (_, right), (left, _) in pairwise(shown))
    assert gaps[0] >= 0
    assert gaps[-2] - gaps[0] <= 1  # all but the one that sets the last group apart


def test_train_and_pause_begin_at_the_same_place(window_of, trained):
    window = window_of(trained(0))
    train = window._top.train

    def ink():
        """The first column of the icon, in the button's middle row."""
        image = train.grab().toImage()
        inside = range(train.width() // 20, train.width())
        paper = image.pixelColor(train.width() // 20, train.height() // 2)
        return next(x for x in inside if image.pixelColor(x, train.height() // 2) != paper)

    before = ink()
    window.store.dispatch(Train())
    assert train.text().strip() == "Pause"
    assert abs(ink() - before) <= 0.2 * window._look.em  # a bar begins a little further in than a triangle


@pytest.mark.parametrize(("size", "theme"), [((1920, 1080), "light"), *TABBED])
def test_the_sentence_between_the_lanes_stands_under_the_badges(window_of, trained, size, theme):
    window = window_of(trained(172, theme=theme), size)
    header = window.findChildren(LaneHeader)[0]
    assert window.findChild(Difference).x() == header.mapTo(window, header._badge.pos()).x()


@pytest.mark.parametrize("size", [(1280, 720), (1366, 768), (1920, 1080), (2560, 1440)])
def test_no_word_of_a_verdict_stands_alone_on_its_second_line(window_of, trained, size):
    words = window_of(trained(0), size).findChildren(LaneHeader)[0]._words
    wide, room = words.fontMetrics().horizontalAdvance, words.contentsRect().width()
    assert words.text() == "Same network, same start. Press Train."
    assert wide("Same network, same start.") <= room < wide("Same network, same start. Press")


@pytest.mark.parametrize(("size", "theme"), [((1280, 720), "light"), ((1280, 720), "projector"), *TABBED])
def test_what_the_timeline_says_is_whole(window_of, trained, size, theme):
    """Rows of words above and below the line leave the bar's edges free."""
    window = window_of(trained(1000, theme=theme), size)
    timeline = window.findChild(TimelinePanel)
    image = timeline.grab().toImage()
    assert timeline.mapTo(window, QPoint(0, timeline.height())).y() <= window.height()
    for y in (0, image.height() - 1):
        assert len({image.pixel(x, y) for x in range(image.width())}) == 1


def test_back_from_large_text_the_epoch_takes_no_more_room_than_before(window_of, trained):
    window = window_of(trained(20))
    bar = window.findChild(BottomBar)
    before = bar.epoch.width()
    window.store.dispatch(SetTheme("projector"))
    assert bar.epoch.width() > before
    window.store.dispatch(SetTheme("light"))
    assert bar.epoch.width() == before
