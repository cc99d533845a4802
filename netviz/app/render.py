"""Draws the window or one panel to a file, without a screen: the same State, the same widgets."""

import argparse
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from netviz.interrupts import at_once
from netviz.session.document import Document
from netviz.session.experiment import Experiment
from netviz.session.lessons.reading import cards_of
from netviz.session.lessons.teaching import card_state
from netviz.session.output import STANDARD, on_terminal, send
from netviz.session.presets import PRESETS
from netviz.session.runs import state_at, with_milestones
from netviz.session.state import THEMES, State
from netviz.session.store import Store
from netviz.views.registry import panel_names

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget

STILLS, FILMS, PAGES = (".png", ".svg"), (".gif", ".apng", ".webp", ".mp4"), (".pdf",)
STILL_SIZE, FILM_SIZE = (1920, 1080), (1280, 720)
OVERRIDE = "calling Python override"  # PySide's words where it hands an error on from an override of Qt's
Tell = Callable[[float], None]  # how much is done, 0 to 1


class Spoiled(Exception):
    """Something went wrong inside while it was drawn; its text is the sentence to print."""


def render(document: Document, arguments: argparse.Namespace, tell: Tell) -> int:
    """Write what `netviz render` asks for; ValueError and OSError say what is wrong with the request.

    Spoiled says that there is a mistake in netviz itself: no file is written.
    """
    suffix = ".png" if arguments.output == STANDARD else Path(arguments.output).suffix.lower()
    arguments.theme = arguments.theme or ("projector" if arguments.card else "light")
    _check(document.experiment, arguments, suffix)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # the picture must not depend on the screen at hand
    os.environ.pop("QT_SCALE_FACTOR", None)
    draw = _cards if arguments.card else _film if suffix in FILMS else _still
    with at_once(), _unspoiled():
        data = draw(document, arguments, suffix, tell)
    send([data], arguments.output)
    return 0


def _check(experiment: Experiment, arguments: argparse.Namespace, suffix: str) -> None:
    kinds = STILLS + PAGES if arguments.card else STILLS + FILMS
    if suffix not in kinds:
        raise ValueError(f"{arguments.output}: expected a {', '.join(kinds[:-1])} or {kinds[-1]} file")
    if arguments.output == STANDARD and on_terminal():
        raise ValueError("a picture is nothing for a terminal: name a file with -o")
    if not Path(arguments.output).parent.is_dir():
        raise ValueError(f"{Path(arguments.output).parent}: no such folder")
    if suffix in FILMS and arguments.steps is None:
        raise ValueError(f"a {suffix} film needs --steps A:B")
    if suffix in STILLS and arguments.steps is not None:
        raise ValueError(f"--steps makes a film: expected a {', '.join(FILMS[:-1])} or {FILMS[-1]} file")
    if arguments.theme not in THEMES:
        raise ValueError(f"no theme {arguments.theme!r}; there are {', '.join(THEMES)}")
    if not 0 <= arguments.twin < len(experiment.own):
        raise ValueError(f"no twin {arguments.twin}; there are {len(experiment.own)}, counted from 0")


@contextmanager
def _unspoiled() -> Iterator[None]:
    """What goes wrong inside ends the picture with Spoiled, also where Qt would only have it printed."""
    found: list[BaseException] = []
    before = sys.excepthook
    sys.excepthook = lambda kind, error, stack: found.append(error)
    try:
        yield
    except Exception as error:
        if isinstance(error, (ValueError, OSError)) and OVERRIDE not in str(error):
            raise
        found.append(error)
    finally:
        sys.excepthook = before
    if found:
        what = str(found[0]).rsplit(": ", 1)[-1] or "no details"
        raise Spoiled(f"something went wrong inside netviz ({type(found[0]).__name__}: {what})")


def _state(document: Document, arguments: argparse.Namespace, step: int) -> State:
    hints = frozenset[str]() if _is_first_start(document.experiment, arguments) else None
    state = replace(state_at(document.experiment, step), **_seen(document))
    return replace(state, theme=arguments.theme, text_size=arguments.text_size, hints=hints)


def _is_first_start(experiment: Experiment, arguments: argparse.Namespace) -> bool:
    """Whether the window as it first starts is drawn, with its one hint; a figure or a film has none."""
    return experiment == PRESETS["xor"].experiment and not arguments.panel and arguments.steps is None


def _seen(document: Document) -> dict[str, Any]:
    """What was on the screen of a file or a link, where its experiment is taken as it is."""
    view, names = dict(document.view), panel_names()
    panels = {key: name for key in ("opened", "filled") if (name := view.get(key)) in names}
    return {key: view[key] for key in view if key not in ("playhead", "opened", "filled")} | panels


@contextmanager
def _widget(store: Store, arguments: argparse.Namespace, usual: tuple[int, int]) -> "Iterator[QWidget]":
    """What is asked for, as long as it is needed."""
    from netviz.app.headless import panel_picture, window_picture

    size = arguments.size or usual
    if arguments.panel:
        widget = panel_picture(store, arguments.panel, arguments.twin, size)
    else:
        widget = window_picture(store, size)
    try:
        yield widget
    finally:
        widget.close()
        widget.deleteLater()


def _still(document: Document, arguments: argparse.Namespace, suffix: str, tell: Tell) -> bytes:
    from netviz.app.pictures.drawing import KINDS

    state = _state(document, arguments, arguments.step)
    if arguments.panel in (None, "timeline"):
        state = with_milestones(state)
    with _widget(Store(state), arguments, STILL_SIZE) as widget:
        return KINDS[suffix](widget)


def _cards(document: Document, arguments: argparse.Namespace, suffix: str, tell: Tell) -> bytes:
    """A lesson's card, or all of them, as a hall sees them at their end; the lesson's experiment rules."""
    from netviz.app.headless import window_picture
    from netviz.app.pictures.drawing import KINDS, pdf

    lesson, index = cards_of(arguments.card)
    if index is None and suffix not in PAGES:
        example = f"expected LESSON:CARD such as {arguments.card}:1"
        raise ValueError(f"--card {arguments.card}: {example}, or a .pdf file for the whole lesson")
    shown = range(len(lesson.cards)) if index is None else [index]
    widgets = []
    for count, one in enumerate(shown):
        tell(count / len(shown))
        state = replace(card_state(lesson, one), theme=arguments.theme, text_size=arguments.text_size)
        widgets.append(window_picture(Store(state), arguments.size or STILL_SIZE, arguments.theme))
    try:
        return pdf(widgets, lesson.title) if suffix in PAGES else KINDS[suffix](widgets[0])
    finally:
        for widget in widgets:
            widget.close()
            widget.deleteLater()


def _film(document: Document, arguments: argparse.Namespace, suffix: str, tell: Tell) -> bytes:
    from netviz.app.pictures import films

    film = films.Film(arguments.steps[:: arguments.every], arguments.fps)
    sentence = films.refusal(film, suffix, arguments.size or FILM_SIZE)
    if sentence:
        raise ValueError(sentence)
    store = Store(_state(document, arguments, 0))
    with _widget(store, arguments, FILM_SIZE) as widget, _cancelling() as check:
        frames = _frames(store, widget, film.steps, check, _teller(arguments.json, len(film.steps), tell))
        try:
            return films.KINDS[suffix].write(film, frames)
        except OSError:
            check()  # Ctrl+C ends ffmpeg too
            raise


@contextmanager
def _cancelling() -> Iterator[Callable[[], None]]:
    """Gives a check that ends the film once somebody asked for it: an interrupt inside Qt would be lost."""
    asked: list[int] = []
    signals = signal.SIGINT, signal.SIGTERM
    before = [signal.signal(one, lambda number, _: asked.append(number)) for one in signals]

    def check() -> None:
        if asked:
            raise KeyboardInterrupt

    try:
        yield check
    finally:
        for one, handler in zip(signals, before, strict=True):
            signal.signal(one, handler)


def _frames(
    store: Store, widget: "QWidget", steps: range, check: Callable[[], None], tell: Callable[[int], None]
) -> "Iterator[QImage]":
    from netviz.app.pictures import drawing, films

    count = 0
    for due in films.moments(store, steps):
        check()
        if due:
            count += 1
            tell(count)
            yield drawing.image(widget)


def _teller(as_json: bool, frames: int, tell: Tell) -> Callable[[int], None]:
    """Tells of each frame: lines for programs, or how much is done."""

    def told(count: int) -> None:
        if as_json:
            print(json.dumps({"frame": count, "frames": frames}), flush=True)
        tell(count / frames)

    return told
