"""Shows a racing frame bit by bit: hands and timers have their turn in between."""

from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Protocol, cast

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from netviz.app.turns import Waiting
from netviz.session.state import State, races


class Racer(Protocol):
    """A view that is painted when it is told to, while frames race by."""

    def refresh(self) -> None:
        """Paint again."""


class Lane(Protocol):
    """A panel that shows every frame in such a view."""

    view: Racer


class Painting(QObject):
    """One view or panel in each round of the event loop; still as soon as none is left."""

    begun = Signal()
    taken = Signal()  # every panel whose turn it is has taken in the frame: what is left is Qt's
    over = Signal()  # everything that a frame has changed is painted

    def __init__(self, parent: QObject, lanes: Collection[str]) -> None:
        """The names, without the twin's number, of the panels to paint; nothing to do yet."""
        super().__init__(parent)
        self._lanes = lanes
        self._late, self._left = dict[str, Callable[[], None]](), dict[str, Callable[[], None]]()
        self._untaken = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_timer_timeout)

    def begin(
        self,
        parts: Mapping[str, QWidget],
        state: State,
        waiting: Waiting,
        show: Callable[[Collection[str]], None],
    ) -> None:
        """Show a racing frame to those whose turn it is, then paint the lanes; what still waits comes first.

        `show` lets all take in the State but those named.
        """
        if races(state):
            for name, part in parts.items():
                if name.split()[0] in self._lanes and not part.isHidden():
                    self._left.setdefault(name, cast(Lane, part).view.refresh)
            for name in waiting.due:
                self._late.setdefault(name, partial(show, waiting.names - {name}))
            self._untaken = True
            self._timer.start(0)
            self.begun.emit()

    def _on_timer_timeout(self) -> None:
        waiting = self._late or self._left
        if self._untaken and not self._late:
            self._untaken = False
            self.taken.emit()
        elif waiting:
            waiting.pop(next(iter(waiting)))()
        else:
            self._timer.stop()
            self.over.emit()
