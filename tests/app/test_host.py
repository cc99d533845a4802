"""The top-level window: a curtain at once, then its content, and word of its end."""

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from netviz.app.host import Host
from netviz.views.theme import THEMES, fonts

COLOURS = 24  # an empty frame has a few, drawn letters have dozens


@pytest.fixture
def host(qtbot):
    fonts()
    made = Host("light", 0)
    qtbot.addWidget(made)
    made.resize(1280, 720)
    return made


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", [(1920, 1080), (1024, 768), (683, 384)])
def test_the_curtain_is_more_than_an_empty_frame(qtbot, theme, size):
    fonts()
    made = Host(theme, 0)
    qtbot.addWidget(made)
    made.resize(*size)
    picture = made.grab().toImage()
    seen = {picture.pixel(x, y) for x in range(0, size[0], 2) for y in range(0, size[1], 2)}
    assert len(seen) > COLOURS


def test_it_says_once_that_the_curtain_was_seen(qtbot, host):
    told = []
    host.painted.connect(lambda: told.append(True))
    with qtbot.waitSignal(host.painted):
        host.show()
    host.repaint()
    qtbot.waitUntil(lambda: told == [True])


def test_its_content_fills_it_and_names_it(qtbot, host):
    content = QWidget()
    host.fill(content)
    host.show()
    content.setWindowTitle("netviz: XOR")
    assert host.windowTitle() == "netviz: XOR"
    host.resize(1000, 600)
    assert content.size() == host.size()


def test_closing_says_so(qtbot, host):
    host.show()
    with qtbot.waitSignal(host.closing):
        host.close()


class Screen:
    """A screen of a size: Qt's own cannot be resized."""

    def __init__(self, *size):
        self.availableGeometry = lambda: QRect(0, 0, *size)


@pytest.fixture
def placed(qtbot):
    """Place a window on a screen of a size; whether it is maximised, and its size otherwise."""

    def place(size, theme="light", text_size=0, geometry=None):
        fonts()
        made = Host(theme, text_size)
        qtbot.addWidget(made)
        made.screen = lambda: Screen(*size)
        made.place(geometry)
        return made.isMaximized(), made.size().toTuple()

    return place


@pytest.mark.parametrize(
    ("screen", "maximised"),
    [
        ((1366, 768), True),  # 9/10 are 1229 px wide, 3 less than 88 em of 14 px
        ((1366, 738), True),
        ((1280, 720), True),
        ((1920, 1080), False),  # 1600x900 is wide
        ((1024, 768), False),  # nor would all of it be
    ],
)
def test_the_whole_screen_is_taken_where_only_that_shows_the_loss_chart(placed, screen, maximised):
    assert placed(screen)[0] is maximised


def test_a_first_window_that_is_wide_leaves_a_tenth_of_the_screen(placed):
    assert placed((1600, 900)) == (False, (1440, 810))


def test_what_is_remembered_rules_over_the_screen(qtbot, placed):
    before = QWidget()
    qtbot.addWidget(before)
    before.resize(700, 400)
    assert placed((1366, 768), geometry=before.saveGeometry()) == (False, (700, 400))


def test_a_first_window_is_seen_at_its_whole_size_at_once(qtbot):
    available = QGuiApplication.primaryScreen().availableGeometry().size()
    made = Host("light", 0)
    qtbot.addWidget(made)
    usual = QSize(1600, 900).boundedTo(available * 0.9)
    sizes = []
    made.painted.connect(lambda: sizes.append(made.size()))
    made.place(None)
    with qtbot.waitSignal(made.painted):
        made.show()
    assert sizes == [available if made.isMaximized() else usual]
