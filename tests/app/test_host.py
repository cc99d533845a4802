"""The top-level window: a curtain at once, then its content, and word of its end."""

import pytest
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
