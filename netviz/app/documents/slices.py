"""Long work in the window's own thread: slice by slice between its events, told how far, stopped at will."""

from collections.abc import Callable, Generator
from time import perf_counter
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer

BUDGET = 0.008  # seconds of work between two looks at what a person does
T = TypeVar("T")


class Slices(QObject, Generic[T]):
    """Runs a generator that yields the share that is done, and returns its result."""

    def __init__(
        self,
        work: Generator[float, None, T],
        told: Callable[[float], None],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        parent: QObject,
    ) -> None:
        """Begin at the next turn of the event loop; OSError and ValueError of the work go to `failed`."""
        super().__init__(parent)
        self._work, self._told, self._done, self._failed = work, told, done, failed
        self.turns = 0  # of the event loop that the work has taken
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._timer.start(0)

    def stop(self) -> None:
        """Give the rest of the work up."""
        self._timer.stop()
        self._work.close()

    def _on_timer_timeout(self) -> None:
        self.turns += 1
        end, share = perf_counter() + BUDGET, 0.0
        try:
            while perf_counter() < end:
                share = next(self._work)
        except StopIteration as result:
            self._timer.stop()
            self._done(result.value)
        except (OSError, ValueError) as error:
            self._timer.stop()
            self._failed(error)
        else:
            self._told(share)
