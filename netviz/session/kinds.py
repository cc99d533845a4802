"""What a setting may hold: each kind checks a value from a file and reads one typed as text."""

import json
import math
import sys
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, Protocol

PLAYGROUND = "playground:"  # before the text of a seed of TensorFlow Playground's generator
LONGEST = 60  # characters of a wrong value that are shown
Value = Any  # a number, a name, a truth value, or (nested) tuples of them: whatever its kind's check returns


class Kind(Protocol):
    """What a setting may hold."""

    def check(self, value: Value) -> Value:
        """Return the value in its normal form; ValueError says what was expected."""

    def show(self, value: Value) -> str:
        """The value as a person reads it."""


class Labelled(Protocol):
    """A row of any table of `core`: it has a label."""

    @property
    def label(self) -> str:
        """The row's name as a person reads it."""


def refusal(expected: str, value: Value) -> ValueError:
    """The one form of error for a wrong value."""
    try:
        text = json.dumps(value, default=str)
    except (RecursionError, ValueError):  # too deep, or a whole number too long to be written
        text = "something else"
    return ValueError(f"expected {expected}, got {text if len(text) <= LONGEST else text[:LONGEST] + '…'}")


def _finite(value: Value) -> bool:
    """Whether it is a number (a truth value is none) within the range of floats."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return -sys.float_info.max <= value <= sys.float_info.max


def number_text(value: float) -> str:
    """A number with a true minus sign and no trailing zeros."""
    return f"{value:g}".replace("-", "−")


class Number(NamedTuple):
    """A real number; `above` excludes the low end itself, and then there is no high one."""

    low: float = -math.inf
    high: float = math.inf
    above: bool = False
    choices: tuple[float, ...] = ()  # offered in menus; any other number in range may be typed
    log: bool = False  # it has a slider from the first to the last choice, whose steps are ratios

    def check(self, value: Value) -> float:
        """Return a finite float in range; 1 and 1.0 are the same value."""
        if not _finite(value) or not (self.low < value if self.above else self.low <= value <= self.high):
            raise refusal(self._expected(), value)
        return float(value) + 0.0  # -0.0 becomes 0.0

    def _expected(self) -> str:
        if math.isfinite(self.high):
            return f"a number from {self.low:g} to {self.high:g}"
        if self.above:
            return f"a number above {self.low:g}"
        return f"a number of at least {self.low:g}" if math.isfinite(self.low) else "a number"

    def show(self, value: float) -> str:
        """Show 0.1 as 0.1."""
        return number_text(value)


class Whole(NamedTuple):
    """A whole number."""

    low: int
    high: int
    choices: tuple[int, ...] = ()
    zero: str = ""  # what 0 means, where it means something: "all"

    def check(self, value: Value) -> int:
        """Return an int in range."""
        if not isinstance(value, int) or isinstance(value, bool) or not self.low <= value <= self.high:
            raise refusal(f"a whole number from {self.low} to {self.high}", value)
        return value

    def show(self, value: int) -> str:
        """Show 0 by its meaning."""
        return self.zero if self.zero and value == 0 else str(value)


class Seed(NamedTuple):
    """A whole number for NumPy's generator, or `playground:TEXT` for TensorFlow Playground's."""

    high: int

    def check(self, value: Value) -> int | str:
        """Return an int in range, or the text with its prefix."""
        if isinstance(value, str) and value.startswith(PLAYGROUND) and _encodable(value):
            return value
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= self.high:
            raise refusal(f"a whole number from 0 to {self.high}, or {PLAYGROUND}TEXT", value)
        return value

    def show(self, value: int | str) -> str:
        """Show it as it is typed."""
        return str(value)


def _encodable(text: str) -> bool:
    """Whether it can stand in a file."""
    return not any("\ud800" <= character <= "\udfff" for character in text)


def playground_text(seed: int | str) -> str:
    """The text that seeds Playground's generator."""
    return str(seed).removeprefix(PLAYGROUND)


class Switch(NamedTuple):
    """On or off."""

    def check(self, value: Value) -> bool:
        """Return a truth value; the words on and off count."""
        words = {"on": True, "off": False}
        found = words.get(value) if isinstance(value, str) else value
        if not isinstance(found, bool):
            raise refusal("on or off", value)
        return found

    def show(self, value: bool) -> str:
        """Show on or off."""
        return "on" if value else "off"


class Choice(NamedTuple):
    """One name out of a table of `core`."""

    table: Mapping[str, Labelled]
    what: str  # "loss": for the error

    def check(self, value: Value) -> str:
        """Return a name that stands in the table."""
        if not isinstance(value, str) or value not in self.table:
            raise refusal(f"one of {', '.join(self.table)}", value)
        return value

    def show(self, value: str) -> str:
        """Show the row's label."""
        return self.table[value].label


class OneOrMore(NamedTuple):
    """One item for everything, or one for each: `relu` or `relu,tanh`; a single one stands for itself."""

    item: Choice

    def check(self, value: Value) -> Value:
        """Return a name, or a tuple of names."""
        names = value.split(",") if isinstance(value, str) else value
        if not isinstance(names, list | tuple) or not names:
            raise refusal(f"one {self.item.what}, or one for each hidden layer", value)
        checked = tuple(self.item.check(name) for name in names)
        return checked[0] if len(checked) == 1 else checked

    def show(self, value: Value) -> str:
        """Show labels joined by commas."""
        return ", ".join(self.item.show(name) for name in ((value,) if isinstance(value, str) else value))


class Several(NamedTuple):
    """A set of names out of a table, kept in the table's order."""

    item: Choice

    def check(self, value: Value) -> tuple[str, ...]:
        """Return the names once each, in the table's order."""
        names = value.split(",") if isinstance(value, str) else value
        if not isinstance(names, list | tuple) or not names:
            raise refusal(f"one or more of {', '.join(self.item.table)}", value)
        chosen = {self.item.check(name) for name in names}
        return tuple(name for name in self.item.table if name in chosen)

    def show(self, value: tuple[str, ...]) -> str:
        """Show labels joined by commas."""
        return ", ".join(self.item.show(name) for name in value)


class Sizes(NamedTuple):
    """The hidden layers' sizes: `2`, `8,8`, or nothing for no hidden layer."""

    layers: int
    units: int

    def check(self, value: Value) -> tuple[int, ...]:
        """Return a tuple of at most `layers` sizes from 1 to `units`."""
        if isinstance(value, str):
            value = [_read(part.strip()) for part in value.split(",") if part.strip()]
        sizes = [value] if isinstance(value, int) and not isinstance(value, bool) else value
        whole = Whole(1, self.units)
        if not isinstance(sizes, list | tuple) or len(sizes) > self.layers:
            raise refusal(f"up to {self.layers} hidden layers, such as 8,8", value)
        return tuple(whole.check(size) for size in sizes)

    def show(self, value: tuple[int, ...]) -> str:
        """Show sizes joined by commas."""
        return ", ".join(map(str, value)) if value else "none"


class Tested(NamedTuple):
    """A value that a function of `core` judges: it returns the normal form or raises ValueError."""

    test: Callable[[Value], Value]
    label: Callable[[Value], str] = str

    def check(self, value: Value) -> Value:
        """Return what the function returns."""
        return self.test(value)

    def show(self, value: Value) -> str:
        """Show its label."""
        return self.label(value)


def _read(text: str) -> Value:
    try:
        return json.loads(text, parse_constant=lambda name: name)
    except (ValueError, RecursionError):
        return text


def parse(kind: Kind, text: str) -> Value:
    """Read a value typed as text: numbers and lists as JSON, everything else as it stands."""
    value = _read(text)
    try:
        return kind.check(value)
    except ValueError:
        if isinstance(value, str):
            raise
        return kind.check(text)  # "8,8" is no JSON but 8 is; gate 0110 and seed texts stay text
