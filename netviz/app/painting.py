"""Lets panels take a racing frame in, then paints its lanes, portion by portion: hands come in between."""

from collections.abc import Callable, Collection, Mapping, Sequence
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
    """One portion in each round of the event loop; still as soon as none is left."""

    begun = Signal()
    shown = Signal()  # every panel has taken in the frame; it is still to be painted
    over = Signal()  # everything that a frame has changed is painted

    def __init__(self, parent: QObject, lanes: Collection[str]) -> None:
        """The names, without the twin's number, of the panels to paint; nothing to do yet."""
        super().__init__(parent)
        self._lanes = lanes
        self._shows: list[Callable[[], None]] = []
        self._left: list[Racer] = []
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_timer_timeout)

    @property
    def shows(self) -> bool:
        """Whether panels are still to take in the frame."""
        return bool(self._shows)

    def begin(
        self, parts: Mapping[str, QWidget], state: State, shows: Sequence[Callable[[], None]] = ()
    ) -> None:
        """Show a racing frame in portions, then paint its lanes; those that still wait come first."""
        if races(state):
            seen = (name for name, part in parts.items() if not part.isHidden())
            names = [name for name in seen if name.split()[0] in self._lanes]
            views = [cast(Lane, parts[name]).view for name in names]
            self._shows += shows
            self._left += [view for view in views if view not in self._left]
            self._timer.start(0)
            self.begun.emit()

    def _on_timer_timeout(self) -> None:
        if self._shows:
            try:
                self._shows.pop(0)()
            finally:  # a panel that fails does not end training
                if not self._shows:
                    self.shown.emit()
        elif self._left:
            self._left.pop(0).refresh()
        else:
            self._timer.stop()
            self.over.emit()
