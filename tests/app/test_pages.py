"""Pages of instruments and drawers: whole where there is room, their bars off what they scroll."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint

from netviz.app.bars.lane import LaneHeader
from netviz.views.panels.data import DataPanel
from netviz.views.panels.lesson import LessonPanel
from netviz.views.panels.settings import SettingsPanel
from netviz.views.panels.truth import TruthPanel
from netviz.views.thumbnails import Thumbnail

THEMES = ("light", "dark", "projector")


@pytest.mark.parametrize("size", [(1280, 720), (1366, 768), (1920, 1080), (3840, 2160)])
def test_all_that_is_said_of_corners_is_whole_without_a_bar(window_of, trained, size):
    window = window_of(trained(0, opened="data"), size)
    assert window.findChild(DataPanel).area.verticalScrollBar().maximum() == 0


@pytest.mark.parametrize("theme", THEMES)
def test_the_chosen_problem_has_a_frame_of_ink_in_every_theme(window_of, trained, theme):
    window = window_of(trained(0, opened="data", theme=theme), (1920, 1080))
    for one in window.findChildren(Thumbnail):
        image = one.grab().toImage()
        inside = round(0.2 * window._look.em)  # further in than other frames are wide
        assert (image.pixelColor(inside, inside).name() == "#111827") == one.isChecked()


@pytest.mark.parametrize(("size", "theme"), [((1024, 768), "light"), ((1366, 768), "projector")])
def test_the_bar_of_all_settings_is_at_the_edge_of_the_page(window_of, trained, size, theme):
    window = window_of(trained(0, opened="settings", theme=theme), size)
    panel = window.findChild(SettingsPanel)
    bar = panel.area.verticalScrollBar()
    assert bar.mapTo(panel, QPoint(bar.width(), 0)).x() == panel.width()
    body = panel.area.widget()
    assert body.x() == 0
    assert panel.screen_rows[0].label.mapTo(panel, QPoint()).x() == panel.title.x()


def test_the_bar_beside_lessons_keeps_off_their_buttons(window_of, trained):
    window = window_of(trained(0, opened="lesson", theme="projector"), (1024, 768))
    panel = window.findChild(LessonPanel)
    bar = panel._pages.currentWidget().verticalScrollBar()
    assert bar.isVisible()
    image, em = window.grab().toImage(), window._look.em
    at = bar.mapTo(window, QPoint(0, round(2 * em)))
    row = [image.pixelColor(at.x() + x, at.y()).name() for x in range(bar.width())]
    assert set(row[: round(0.3 * em)]) == {"#ffffff"}
    assert "#000000" in row


@pytest.mark.parametrize(("size", "theme"), [((1024, 768), "light"), ((1280, 720), "projector")])
def test_a_page_keeps_off_the_headers_above_it(window_of, trained, size, theme):
    window = window_of(trained(172, opened="truth", theme=theme), size)
    panel = window.findChild(TruthPanel)
    ends = [one.geometry().bottom() for one in window.findChildren(LaneHeader)]
    assert panel.mapTo(window, QPoint()).y() - max(ends) >= 0.4 * window._look.em


@pytest.mark.parametrize(
    ("size", "theme"),
    [
        ((1024, 768), "light"),
        ((1024, 768), "projector"),
        ((1280, 720), "projector"),
        ((3840, 2160), "projector"),
    ],
)
@pytest.mark.parametrize("text_size", [0, 3])
def test_the_table_is_larger_as_a_page_and_whole(window_of, trained, size, theme, text_size):
    state = replace(trained(172, theme=theme), opened="truth", text_size=text_size)
    window = window_of(state, size)
    panel = window.findChild(TruthPanel)
    larger = 1.2 if window._look.layout != "short" else 1.0
    assert panel.cells[0][0].number.font().pixelSize() > larger * window._look.em
    for part in (panel.title, panel.table, panel.foot, *panel.targets):
        assert part.height() >= part.sizeHint().height() - 1
        assert panel.rect().contains(part.rect().translated(part.mapTo(panel, QPoint())))
    names = [name.geometry() for name in panel.names]
    assert names[0].right() < names[1].left()
