"""The real window with its real training survives whatever a mouse and a keyboard can do to it."""

import random
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from netviz.app.host import Host
from netviz.app.main import make_application
from netviz.app.playback import Playback
from netviz.app.window import Window
from netviz.session.presets import PRESETS
from netviz.session.state import opening
from netviz.session.store import Store
from tests.thorough import times

EVENTS = times(1_000, 10_000)
SIZES = ((640, 360), (1024, 768), (1280, 720), (1366, 768), (1920, 1080))
NONE, CONTROL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
KEYS = (
    *(Qt.Key(ord(letter)) for letter in " ABCGHLNOPRSTW0123456789.-+="),
    Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Delete,
    Qt.Key.Key_Backspace, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home,
    Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_F1, Qt.Key.Key_F5, Qt.Key.Key_F11,
)  # fmt: skip
CONTROLLED = (*(Qt.Key(ord(letter)) for letter in "ZYRMVLEC"), Qt.Key.Key_Left, Qt.Key.Key_Right)


class Hands(NamedTuple):
    """Two hands that know nothing, and do the same again for the same seed."""

    window: QWidget
    chance: random.Random

    def spot(self) -> tuple[QWidget, QPoint]:
        """Some visible widget, and a point of it."""
        at = QPoint(self.chance.randrange(self.window.width()), self.chance.randrange(self.window.height()))
        widget = self.window.childAt(at) or self.window
        return widget, widget.mapFrom(self.window, at)

    def click(self) -> None:
        widget, at = self.spot()
        QTest.mouseClick(widget, self.chance.choice((LEFT, LEFT, LEFT, RIGHT)), NONE, at)

    def double_click(self) -> None:
        widget, at = self.spot()
        QTest.mouseDClick(widget, LEFT, NONE, at)

    def drag(self) -> None:
        widget, at = self.spot()
        QTest.mousePress(widget, LEFT, NONE, at)
        for _ in range(4):
            at += QPoint(self.chance.randint(-60, 60), self.chance.randint(-60, 60))
            move = QMouseEvent(QEvent.Type.MouseMove, QPointF(at), widget.mapToGlobal(QPointF(at)),
                               Qt.MouseButton.NoButton, LEFT, NONE)  # fmt: skip
            QApplication.sendEvent(widget, move)
        QTest.mouseRelease(widget, LEFT, NONE, at)

    def turn(self) -> None:
        widget, at = self.spot()
        angle = QPoint(0, self.chance.choice((-240, -120, 120, 240)))
        event = QWheelEvent(QPointF(at), widget.mapToGlobal(QPointF(at)), QPoint(), angle,
                            Qt.MouseButton.NoButton, NONE, Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
        QApplication.sendEvent(widget, event)

    def key(self) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, self.chance.choice(KEYS),
                       self.chance.choice((NONE, NONE, NONE, SHIFT)))  # fmt: skip

    def control(self) -> None:
        QTest.keyClick(self.window, self.chance.choice(CONTROLLED), CONTROL)

    def resize(self) -> None:
        self.window.window().resize(*self.chance.choice(SIZES))

    def choose(self) -> None:
        """Take a row of the menu that is open, or none; anything else that stands in the way is shut."""
        popup = QApplication.activePopupWidget()
        if isinstance(popup, QMenu):
            rows = [row for row in popup.actions() if row.isEnabled() and not is_an_end(row.text())]
            popup.close()
            if rows and self.chance.random() < 0.7:
                self.chance.choice(rows).trigger()
        elif popup is not None:
            popup.close()
        for dialog in QApplication.topLevelWidgets():
            if dialog is not self.window.window() and dialog.isVisible():
                dialog.close()


def is_an_end(row: str) -> bool:
    """Whether a row of a menu closes the window or asks for a file."""
    return "…" in row or row.startswith(("Quit", "Save"))


DEEDS: tuple[tuple[int, Callable[[Hands], None]], ...] = (
    (40, Hands.click), (6, Hands.double_click), (12, Hands.drag), (6, Hands.turn), (26, Hands.key),
    (6, Hands.control), (1, Hands.resize),
)  # fmt: skip


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> Iterator[Window]:
    make_application()
    store = Store(opening(PRESETS["xor"].experiment, first_start=True))
    host, made, playback = Host("light", 0), Window(store), Playback(store)
    playback.follow(made.painting)
    host.closing.connect(playback.close)
    host.resize(1280, 720)
    host.fill(made)
    host.show()
    made.complete()
    yield made
    QApplication.clipboard().clear()  # the offscreen one would outlive Python with what was copied
    host.close()
    host.deleteLater()


@pytest.mark.parametrize("seed", [1])
def test_no_hands_break_it(window: Window, seed: int) -> None:
    hands = Hands(window, random.Random(seed))
    chooser = QTimer()  # a button's menu waits inside the click that opened it
    chooser.timeout.connect(hands.choose)
    chooser.start(0)
    weights, deeds = zip(*DEEDS, strict=True)
    for deed in hands.chance.choices(deeds, weights, k=EVENTS):
        deed(hands)
        QCoreApplication.processEvents()
    chooser.stop()
    assert window.isVisible()
