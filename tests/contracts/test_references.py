"""PySide6 6.12.0 on Python 3.11 loses a reference to None or True at every call, and dies within seconds."""

import sys

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel

SLACK = 100  # what other code may take and give meanwhile


class Emitter(QObject):
    fired = Signal(object)


def test_calls_that_return_nothing_keep_none_alive(qtbot):
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for number in range(2000):
        label.setText(str(number))
    assert sys.getrefcount(None) > before - SLACK


def test_emits_keep_true_alive(qapp):
    emitter = Emitter()
    emitter.fired.connect(lambda value: None)
    before = sys.getrefcount(True)
    for _ in range(2000):
        emitter.fired.emit(True)
    assert sys.getrefcount(True) > before - SLACK
