"""Lets panels take a frame in, then paints racing lanes, portion by portion: hands come in between."""

from collections.abc import Collection, Iterator, Mapping
from time import perf_counter
from typing import Protocol, cast

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

DONE = object()


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
    took = Signal(str, float)  # what a portion of showing a panel took, with its painting, seconds

    def __init__(self, parent: QObject, lanes: Collection[str]) -> None:
        """The names, without the twin's number, of the panels to paint; nothing to do yet."""
        super().__init__(parent)
        self._lanes = lanes
        self._shows: list[tuple[str, Iterator[None]]] = []
        self._left: list[Racer] = []
        self._again: list[Racer] = []  # what a hand changed once they were painted
        self._began: tuple[str, float] | None = None  # whose portion is painted now, and when it began
        self._closed = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_timer_timeout)

    @property
    def shows(self) -> bool:
        """Whether panels are still to take in the frame."""
        return bool(self._shows)

    def begin(self, shows: Mapping[str, Iterator[None]], parts: Mapping[str, QWidget]) -> None:
        """Have panels show a frame in portions, then paint what lanes of these there are.

        Lanes that still wait come first; of those that are painted already what a hand changes comes after
        `over`: one that never rests would keep the next frame away.
        """
        if self._closed:
            return
        seen = (name for name, part in parts.items() if not part.isHidden())
        views = [cast(Lane, parts[name]).view for name in seen if name.split()[0] in self._lanes]
        self._shows += shows.items()
        later = self._again if self._timer.isActive() and not shows else self._left
        later += [view for view in views if view not in self._left + later]
        if self._shows or self._left:
            if not self._timer.isActive():  # to start it anew would put it off
                self._timer.start(0)
            self.begun.emit()

    def close(self) -> None:
        """The program ends: nothing more is shown of what may be gone by then."""
        self._closed = True
        self._timer.stop()
        self._shows, self._left, self._again = [], [], []

    def _on_timer_timeout(self) -> None:
        self._account()
        if self._shows:
            self._show(*self._shows[0])
        elif self._left:
            self._left.pop(0).refresh()
        else:
            self._left, self._again = self._again, []
            if not self._left:
                self._timer.stop()
            self.over.emit()
            if self._left:
                self.begun.emit()

    def _show(self, name: str, portions: Iterator[None]) -> None:
        self._began, ends = (name, perf_counter()), True
        try:
            ends = next(portions, DONE) is DONE
        finally:  # a panel that fails does not end training
            if ends:
                del self._shows[0]
            if not self._shows:
                self.shown.emit()

    def _account(self) -> None:
        """The last portion is painted by now."""
        if self._began is not None:
            name, since = self._began
            self._began = None
            self.took.emit(name, perf_counter() - since)
