"""From a key that no control used to its command."""

from collections.abc import Iterable

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from netviz.app.commands import Command


def key_name(event: QKeyEvent) -> str:
    """The key as the tables write it: "Ctrl+Z", "Space", "+"; the Shift that makes a sign is dropped."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    key = Qt.Key(event.key())
    if not Qt.Key.Key_A <= key <= Qt.Key.Key_Z and event.text().isprintable() and event.text().strip():
        modifiers &= ~Qt.KeyboardModifier.ShiftModifier
    return QKeySequence(QKeyCombination(modifiers, key)).toString(QKeySequence.SequenceFormat.PortableText)


def by_key(rows: Iterable[Command]) -> dict[str, Command]:
    """The commands by their keys."""
    return {key: row for row in rows for key in row.keys}
