"""The real window on a scaled screen, in a process of its own: prints what is cut and what has no name.

QT_SCALE_FACTOR=1.5 QT_QPA_PLATFORM=offscreen:configfile=FILE python -m tests.app.scaled
"""

import json
import sys
from dataclasses import replace

from PySide6.QtCore import QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollBar,
    QWidget,
)

from netviz.app.main import make_application
from netviz.app.window import Window
from netviz.session.actions import OpenPanel, SetTheme
from netviz.session.presets import PRESETS
from netviz.session.runs import state_at
from netviz.session.state import THEMES
from netviz.session.store import Store

CONTROLS = (QAbstractButton, QAbstractSlider, QComboBox, QLineEdit)
OPENED = (None, "settings", "neuron")


def cut(window: QWidget) -> list[str]:
    """The texts that do not lie within their part of the window."""
    found = []
    for part in window.findChildren(QAbstractButton) + window.findChildren(QLabel):
        if part.isVisible() and part.text() and not _scrolled(part, window):
            inside = part.parent().rect().adjusted(-1, -1, 1, 1)
            wraps = isinstance(part, QLabel) and part.wordWrap()
            short = not wraps and part.width() < part.minimumSizeHint().width() - 1
            if short or not inside.contains(_filled(part)):
                found.append(part.text())
    return found


def _filled(part: QWidget) -> QRect:
    """Where its text stands: a label may be higher than that."""
    found = part.geometry()
    if isinstance(part, QLabel):
        found.setHeight(min(found.height(), part.minimumSizeHint().height()))
        found.moveCenter(part.geometry().center())
    return found


def _scrolled(part: QWidget, window: QWidget) -> bool:
    while part is not window:
        if part.inherits("QAbstractScrollArea"):
            return True
        part = part.parentWidget()
    return False


def unnamed(window: QWidget) -> list[str]:
    """The controls that a screen reader could not name."""
    controls = [one for kind in CONTROLS for one in window.findChildren(kind) if one.isVisible()]
    return [repr(one) for one in controls if not (_named(one) or isinstance(one, QScrollBar))]


def _named(control: QWidget) -> bool:
    return bool(control.accessibleName() or (isinstance(control, QAbstractButton) and control.text()))


def main() -> int:
    application = make_application()
    window = Window(Store(replace(state_at(PRESETS["xor"].experiment, 172), hints=frozenset())))
    window.complete()
    window.showFullScreen()
    told = {}
    for theme in THEMES:
        for opened in OPENED:
            window.store.dispatch(SetTheme(theme))
            window.store.dispatch(OpenPanel(opened))
            for _ in range(3):  # a layout may ask for another
                application.processEvents()
            told[f"{theme}, {opened}"] = cut(window) + unnamed(window)
    print(
        json.dumps({"size": [window.width(), window.height()], "wrong": {k: v for k, v in told.items() if v}})
    )
    window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
