"""What an instrument does for a racing frame, piece by piece: hands and timers come in between."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer

from netviz.views.pace import Pace


class Rounds(QObject):
    """One piece in each round of the event loop."""

    def __init__(self, parent: QObject, pace: Pace) -> None:
        """Nothing to do yet; what the pieces take counts towards a pace."""
        super().__init__(parent)
        self._pace = pace
        self._left: list[Callable[[], object]] = []
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_timer_timeout)

    def begin(self, pieces: Iterable[Callable[[], object]]) -> None:
        """Do these one by one; what is left of the last ones comes first, at once."""
        self.finish()
        self._left = list(pieces)
        if self._left:
            self._timer.start(0)

    def at_once(self, pieces: Iterable[Callable[[], object]]) -> None:
        """Do these now, in place of what is left."""
        self._left = list(pieces)
        self.finish()

    def finish(self) -> None:
        """Do now what is left."""
        self._timer.stop()
        while self._left:
            self._do_next()

    def _on_timer_timeout(self) -> None:
        if len(self._left) == 1:
            self._timer.stop()
        self._do_next()

    def _do_next(self) -> None:
        piece = self._left.pop(0)
        with self._pace.timed():
            piece()
