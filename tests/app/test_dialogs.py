"""The key sheet: every key, in sections, in a sheet that the window has room for."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from netviz.app.commands import commands
from netviz.app.dialogs import KEPT, LAST, KeySheet, Section, in_columns, sections
from netviz.session.actions import Present, StartLesson
from netviz.session.lessons.reading import lessons
from netviz.views.registry import places


@pytest.fixture
def sheet_of(qtbot, window_of, trained):
    def make(size=(1366, 768), **fields):
        window = window_of(trained(0, **fields), size)
        qtbot.keyClick(window, Qt.Key.Key_F1)
        return window.findChild(KeySheet)

    return make


def test_each_key_stands_once_under_the_menu_of_its_command():
    found = {one.heading: dict(one.rows) for one in sections(commands(dict(places())))}
    assert found["Run"]["Space"] == "Train or pause"
    assert found["Look inside"]["2"] == "Fold"
    assert found["Look inside"]["L"] == "All lessons"
    assert found["While presenting"]["A number, Enter"] == "To that card"
    assert {*KEPT} < {*found}
    assert tuple(found)[-2:] == LAST


@pytest.mark.parametrize(("count", "heights"), [(1, [15]), (2, [8, 7]), (3, [5, 5, 5])])
def test_columns_are_as_level_as_the_sections_allow(count, heights):
    rows = (("A", "Activation"),)
    found = [
        Section("one", 3 * rows),
        Section("two", rows),
        Section("three", 0 * rows),
        Section("four", 3 * rows),
    ]
    assert [sum(one.lines for one in column) for column in in_columns(found, count)] == heights


@pytest.mark.parametrize("size", [(640, 360), (1024, 768), (1366, 768), (1920, 1080)])
@pytest.mark.parametrize("theme", ["light", "projector"])
def test_the_sheet_is_no_larger_than_the_window_and_every_key_can_be_reached(qtbot, sheet_of, size, theme):
    sheet = sheet_of(size, theme=theme)
    assert sheet.width() <= size[0]
    assert sheet.height() <= size[1]
    body = sheet.area.widget()
    port = sheet.area.viewport()
    qtbot.waitUntil(lambda: body.width() <= port.width())  # only downwards there is more
    for words in body.findChildren(QLabel):
        assert body.rect().contains(words.geometry())
        assert words.height() >= words.heightForWidth(words.width())
    sheet.close()


def test_in_a_hall_the_sheet_fits_as_well(qtbot, window_of, trained):
    window = window_of(trained(0), (1024, 768))
    window.store.dispatch(StartLesson(lessons()["why"]))
    window.store.dispatch(Present(True))
    qtbot.keyClick(window, Qt.Key.Key_F1)
    sheet = window.findChild(KeySheet)
    assert sheet.width() <= window.width()
    assert sheet.height() <= window.height()
    sheet.close()
    window.store.dispatch(Present(False))


@pytest.mark.parametrize("how", ["button", "Esc", "F1"])
def test_it_is_closed_by_its_button_and_by_keys(qtbot, sheet_of, how):
    sheet = sheet_of()
    if how == "button":
        qtbot.mouseClick(sheet.button, Qt.MouseButton.LeftButton)
    else:
        qtbot.keyClick(sheet, {"Esc": Qt.Key.Key_Escape, "F1": Qt.Key.Key_F1}[how])
    assert not sheet.isVisible()


def test_arrows_scroll_it_where_it_is_higher_than_the_window(qtbot, sheet_of):
    sheet = sheet_of((1024, 768), theme="projector")
    qtbot.keyClick(sheet.area, Qt.Key.Key_Down)
    assert sheet.area.verticalScrollBar().value() > 0
    sheet.close()
