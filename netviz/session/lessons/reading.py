"""Lessons: a TOML file each, read whole and strictly before anything is shown of it."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from netviz.paths import resources
from netviz.session.cards import MOST_CARDS, Card, Lesson, Line
from netviz.session.experiment import Experiment, sizes
from netviz.session.files import FileError, experiment_in
from netviz.session.presets import PRESETS

SUFFIX = ".toml"


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    title: Annotated[str, Meta(min_length=1, max_length=40)]
    about: Line
    cards: Annotated[tuple[Card, ...], Meta(min_length=1, max_length=MOST_CARDS)]
    order: int = 100
    experiments: dict[str, dict[str, Any]] = {}


def folder() -> Path:
    """Where the shipped lessons are."""
    return resources() / "lessons"


@cache
def lessons() -> dict[str, Lesson]:
    """The shipped lessons by name, in the order of the menu."""
    found = [read(path) for path in folder().glob(f"*{SUFFIX}")]
    return {one.name: one for one in sorted(found, key=lambda one: (one.order, one.name))}


def lesson(name: str) -> Lesson:
    """The lesson of that name, or in that file; ValueError says what is wrong with either."""
    if name.endswith(SUFFIX):
        return read(Path(name))
    if name not in lessons():
        raise ValueError(f"no lesson {name[:80]!r}; there are {', '.join(lessons())}")
    return lessons()[name]


def card(text: str) -> tuple[Lesson, int]:
    """The lesson and the card, from 0, that LESSON:CARD names; ValueError says what is wrong with it."""
    name, _, number = text.rpartition(":")
    if not name or not number.isdecimal():
        raise ValueError(f"expected LESSON:CARD such as why:6, got {text[:80]!r}")
    found = lesson(name)
    if not 1 <= int(number[:9]) <= len(found.cards):
        raise ValueError(f"{name}: no card {number[:9]}; there are 1 to {len(found.cards)}")
    return found, int(number) - 1


def cards_of(text: str) -> tuple[Lesson, int | None]:
    """The lesson that LESSON or LESSON:CARD names, and the card, from 0; None for all of them."""
    return card(text) if ":" in text.removesuffix(SUFFIX)[2:] else (lesson(text), None)


def read(path: Path) -> Lesson:
    """The lesson in a file; ValueError names file and key, OSError says that it cannot be read."""
    try:
        return decode(path.read_bytes(), path.stem)
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from None


def decode(data: bytes, name: str) -> Lesson:
    """Read a lesson's TOML whole; ValueError says what is wrong with it and where."""
    try:
        value = tomllib.loads(data.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise ValueError(f"not TOML: {error}") from None
    try:
        file = msgspec.convert(value, _File)
    except msgspec.ValidationError as error:
        raise ValueError(_keyed(str(error))) from None
    own = {key: _experiment(key, value) for key, value in file.experiments.items()}
    placed = tuple(_placed(i, one, own) for i, one in enumerate(file.cards))
    return Lesson(name, file.title, file.about, file.order, file.cards, placed)


def _keyed(error: str) -> str:
    """A sentence of msgspec's with the key in front: key 'cards[0].step': expected `int`, got `str`."""
    found = re.fullmatch(r"(.*?)(?: - at `\$\.?(.*)`)?", error, re.DOTALL)
    assert found is not None
    what = f"{found[1][0].lower()}{found[1][1:]}"
    return f"key '{found[2]}': {what}" if found[2] else what


def _experiment(name: str, value: Any) -> Experiment:
    try:
        return experiment_in(value)
    except FileError as error:
        raise ValueError(f"experiments.{name}: {error}") from None


def _placed(index: int, one: Card, own: dict[str, Experiment]) -> Experiment:
    """A card's experiment, once everything that the card says fits it."""
    found = own.get(one.experiment) or (
        PRESETS[one.experiment].experiment if one.experiment in PRESETS else None
    )
    if found is None:
        raise _wrong(index, "experiment", f"no such experiment; there are {', '.join([*own, *PRESETS])}")
    if one.to is not None and one.to <= one.step:
        raise _wrong(index, "to", "it trains on from step, so it must be above it")
    if one.question is not None and one.question.right > len(one.question.choices):
        raise _wrong(index, "question.right", f"there are {len(one.question.choices)} choices")
    if one.select is not None and not _is_unit(found, *one.select):
        raise _wrong(index, "select", "expected a unit of the network: twin, layer, place")
    for number, what in enumerate(one.expect):
        if not 0 <= what.twin < len(found.own):
            raise _wrong(index, f"expect[{number}].twin", f"there are {len(found.own)} twins")
    return found


def _is_unit(experiment: Experiment, twin: int, layer: int, place: int) -> bool:
    layers = sizes(experiment.twins[twin]) if 0 <= twin < len(experiment.own) else ()
    return 0 <= layer < len(layers) and 0 <= place < layers[layer]


def _wrong(card_index: int, key: str, what: str) -> ValueError:
    return ValueError(f"key 'cards[{card_index}].{key}': {what}")
