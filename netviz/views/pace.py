"""How often an instrument follows training: numbers that change faster than they are read cost frames."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from time import perf_counter

from netviz.session.state import State

READING, MOVING = 0.1, 0.04  # seconds between two showings of a page of numbers, and of a picture that moves
SHARE = 0.08  # of the window's time, at most, is an instrument's: a slow machine shows it less often
BY_TRAINING = {"frame", "history", "playhead", "furthest", "milestones", "side", "settled_once"}
BY_HAND = tuple(field.name for field in fields(State) if field.name not in BY_TRAINING)


class Pace:
    """Remembers what is on the screen: whatever a person does is shown at once, training as often as this."""

    def __init__(self, seconds: float = READING) -> None:
        """Show training again after so many seconds."""
        self._seconds = seconds
        self._shown: State | None = None
        self._at, self._spent = 0.0, 0.0

    def since(self, old: State | None, new: State) -> State | None:
        """What the panel shows now, to be compared with `new`; `new` itself while it is too early."""
        shown, now = self._shown, perf_counter()
        early = now - self._at < max(self._seconds, self._spent / SHARE)
        if old is not None and shown is not None and early and _trained(shown, new):
            return new
        self._shown, self._at, self._spent = new, now, 0.0
        return None if old is None else shown

    def again(self) -> None:
        """Count from nothing: what was shown so far was another showing."""
        self._spent = 0.0

    @contextmanager
    def timed(self) -> Iterator[None]:
        """Count what is done within towards the time that this showing takes."""
        began = perf_counter()
        yield
        self._spent += perf_counter() - began


def _trained(shown: State, new: State) -> bool:
    """Whether training goes on and nothing else has changed."""
    return new.playing and all(getattr(shown, name) is getattr(new, name) for name in BY_HAND)
