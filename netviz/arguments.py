"""Words of the command line as numbers, sizes and ranges; a wrong one costs a sentence."""

import argparse
import json

SMALLEST_TEXT, LARGEST_TEXT = -4, 8  # steps
DIGITS = 15  # of a number of steps: so many are exact as JSON numbers everywhere


def whole(text: str) -> int:
    """A whole number."""
    if not text.isdecimal() or len(text) > DIGITS:
        raise argparse.ArgumentTypeError(f"expected a whole number, got {json.dumps(text[:60])}")
    return int(text)


def counting(text: str) -> int:
    """A whole number above 0."""
    if whole(text) == 0:
        raise argparse.ArgumentTypeError("expected a whole number above 0, got 0")
    return whole(text)


def positive(text: str) -> float:
    """A number above 0."""
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError(f"expected a number above 0, got {json.dumps(text[:60])}")
    return value


def signed(text: str) -> int:
    """A whole number that may have a sign."""
    sign = -1 if text.startswith(("-", "−")) else 1
    return sign * whole(text.lstrip("+-−"))


def text_steps(text: str) -> int:
    """How many steps larger or smaller a text is, as far as the window goes."""
    if not SMALLEST_TEXT <= signed(text) <= LARGEST_TEXT:
        expected = f"expected {SMALLEST_TEXT} to {LARGEST_TEXT}"
        raise argparse.ArgumentTypeError(f"{expected}, got {json.dumps(text[:60])}")
    return signed(text)


def steps(text: str) -> range:
    """FIRST:LAST, both included."""
    first, colon, last = text.partition(":")
    if not colon or whole(first) > whole(last):
        raise argparse.ArgumentTypeError(f"expected FIRST:LAST such as 0:172, got {json.dumps(text[:60])}")
    return range(whole(first), whole(last) + 1)


def size(text: str) -> tuple[int, int]:
    """WIDTHxHEIGHT in pixels."""
    width, x, height = text.partition("x")
    if not (x and all(n.isdecimal() and len(n) < 6 and 64 <= int(n) <= 16384 for n in (width, height))):
        expected = "expected WIDTHxHEIGHT such as 1920x1080"
        raise argparse.ArgumentTypeError(f"{expected}, got {json.dumps(text[:60])}")
    return int(width), int(height)
