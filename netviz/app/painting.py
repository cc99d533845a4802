"""Paints the lanes one after another while frames race by: hands and timers have their turn in between."""

from collections.abc import Collection, Mapping
from typing import Protocol, cast

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from netviz.session.state import State, races


class Racer(Protocol):
    """A view that is painted when it is told to, while frames race by."""

    def refresh(self) -> None:
        """Paint again."""


class Lane(Protocol):
    """A panel that shows every frame in such a view."""

    view: Racer


class Painting(QObject):
    """One view in each round of the event loop; still as soon as none is left."""

    begun = Signal()
    over = Signal()  # everything that a frame has changed is painted

    def __init__(self, parent: QObject, lanes: Collection[str]) -> None:
        """The names, without the twin's number, of the panels to paint; nothing to do yet."""
        super().__init__(parent)
        self._lanes = lanes
        self._left: list[Racer] = []
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_timer_timeout)

    def begin(self, parts: Mapping[str, QWidget], state: State) -> None:
        """Paint the lanes of a racing frame; those that still wait come first."""
        if races(state):
            seen = (name for name, part in parts.items() if not part.isHidden())
            names = [name for name in seen if name.split()[0] in self._lanes]
            views = [cast(Lane, parts[name]).view for name in names]
            self._left += [view for view in views if view not in self._left]
            self._timer.start(0)
            self.begun.emit()

    def _on_timer_timeout(self) -> None:
        if self._left:
            self._left.pop(0).refresh()
        else:
            self._timer.stop()
            self.over.emit()
