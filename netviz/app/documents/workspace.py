"""What is remembered from one session to the next: the document, the screen, the files that were open."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QByteArray, QObject, QTimer

from netviz.app.documents.autosave import Kept, begin, others
from netviz.app.documents.remembered import Remembered
from netviz.paths import Home
from netviz.session.actions import Tell
from netviz.session.document import Document, document_of, opened, stored
from netviz.session.files import LARGEST_SESSION, FileError, read
from netviz.session.lessons.teaching import own
from netviz.session.presets import PRESETS
from netviz.session.selectors import title, unsaved
from netviz.session.state import THEMES, State, Stored
from netviz.session.store import Store
from netviz.session.text import reason
from netviz.views.registry import panel_names

REMEMBERED: dict[str, Callable[[object], bool]] = {  # of State, and what a value from the disk must be
    "theme": lambda value: value in THEMES,
    "text_size": lambda value: type(value) is int and -4 <= value <= 8,
    "reduced_motion": lambda value: type(value) is bool,
    "apart": lambda value: isinstance(value, list | tuple) and set(map(str, value)) <= set(panel_names()),
}
EVERY = 2000  # milliseconds between two autosaves of a session that goes on changing
RECENT = 8
CRASHED = "netviz ended unexpectedly: your last session is back."
BACK = "Your last session is back; it is in no file yet."
RECOVER = "netviz ended unexpectedly: that session is under More, Recover."
log = logging.getLogger(__name__)


class Left(NamedTuple):
    """A session that can be had back."""

    kept: Kept
    document: Document
    file: Stored | None
    name: str  # "XOR, 23 Nov 14:05"


class Workspace(QObject):
    """A person's folders: settings and sessions. It writes this session down as it goes."""

    def __init__(self, home: Home, remembered: Remembered) -> None:
        """Look where `NETVIZ_HOME` or the platform says."""
        super().__init__()
        self._folder, self.remembered = home.autosave, remembered
        self._kept: Kept | None = None
        self._store: Store | None = None
        self._written: tuple[Document, str | None] | None = None
        self._told = False  # that writing fails: once is enough
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.write)

    # ------------------------------------------------------------------------------ the start
    def opening(self, asked: Document | None, path: str | None = None) -> State:
        """The first state: of the document asked for, of the last session, or of a first start."""
        left, message = self._left()
        first = not left and not message
        if asked is not None or not left:
            state = opened(asked or Document(PRESETS["xor"].experiment))
            self._kept = begin(self._folder)
            if asked is not None:
                state = replace(state, file=stored(path, asked) if path else None)
                message = RECOVER if any(one.kept.crashed and _is_unsaved(one) for one in left) else message
        else:
            newest = left.pop(0)
            self._kept = newest.kept
            state = replace(opened(newest.document), file=newest.file)
            message = CRASHED if self._kept.crashed else BACK if unsaved(state) else message
        _tidy(left)
        screen, hints = checked(self.remembered.screen), frozenset[str]() if first else None
        return replace(state, message=message, hints=hints, **screen)

    def _left(self) -> tuple[list[Left], str]:
        """The sessions of earlier processes, newest first, and what is to be said of those not readable."""
        found, message = [], ""
        for kept in others(self._folder):
            try:
                document = read(kept.path, LARGEST_SESSION)
                found.append(Left(kept, document, on_disk(kept.file), ""))
            except FileError as error:
                kept.put_aside()
                message = f"The last session could not be opened ({error}); this is a new one."
            except OSError as error:
                kept.leave()
                message = f"The last session could not be opened ({reason(error)}); this is a new one."
        return found, message

    # ------------------------------------------------------------------------------ the session
    def follow(self, store: Store) -> None:
        """Write down what changes from now on."""
        self._store = store
        store.subscribe(self._on_store_changed)
        self.write()

    def _on_store_changed(self, old: State, new: State) -> None:
        old, new = own(old), own(new)  # a lesson is not kept
        if old.playing and not new.playing:
            self.write()
            return
        if len(new.past) > len(old.past) and new.past[-1].whole:
            self._part(old)
        elif not self._timer.isActive() and self._now(new) != self._written:
            self._timer.start()

    def _now(self, state: State) -> tuple[Document, str | None]:
        state = own(state)
        return document_of(state), state.file.path if state.file else None

    def write(self) -> None:
        """Write the session down as it is now."""
        self._timer.stop()
        if self._store is not None:
            self._put(self._store.state)

    def _put(self, state: State) -> None:
        """Write a state down; a failure is told once, in a sentence."""
        now = self._now(state)
        if self._kept is None or self._store is None or now == self._written:
            return
        try:
            self._kept.write(*now)
            self._written, self._told = now, False
        except OSError as error:
            log.warning("the session could not be kept: %s", error)
            if not self._told:
                self._told = True
                self._store.dispatch(Tell(f"This session cannot be kept: {reason(error)}. Save it."))

    def _part(self, old: State) -> None:
        """Another document took the place of the old one: what is in no file stays in its session."""
        assert self._kept is not None
        self._put(old)
        if unsaved(old):
            self._kept.leave()
        else:
            self._kept.forget()
        self._kept, self._written = begin(self._folder), None
        self._timer.start()

    def keep(self, state: State, geometry: QByteArray) -> None:
        """Remember this session for the next start."""
        self.remembered.keep({key: getattr(state, key) for key in REMEMBERED}, geometry)
        self.write()
        self._timer.stop()
        self._store = None
        if self._kept is not None:
            self._kept.leave()

    # ------------------------------------------------------------------------------ other sessions
    def left(self) -> list[Left]:
        """What can be had back: the sessions of earlier processes that are in no file."""
        found, _ = self._left()
        for one in found:
            one.kept.leave()
        return [
            one._replace(name=f"{_name(one)}, {_when(one.kept.path)}") for one in found if _is_unsaved(one)
        ][:RECENT]

    def took(self, one: Left) -> None:
        """That session has become this one: it is written down here, and gone there."""
        self.write()
        one.kept.forget()

    # ------------------------------------------------------------------------------ recent files
    @property
    def recent(self) -> list[str]:
        """The files opened or saved last that are still there."""
        return [path for path in self.remembered.recent if Path(path).is_file()][:RECENT]

    def used(self, path: str) -> None:
        """Put a file first among the recent ones."""
        self.remembered.recent = [path, *(one for one in self.remembered.recent if one != path)][:RECENT]


def on_disk(path: str | None) -> Stored | None:
    """What stands in a file now; None where there is none that can be read."""
    try:
        return stored(path, read(Path(path))) if path else None
    except (FileError, OSError, ValueError):
        return None


def _state(one: Left) -> State:
    return replace(opened(one.document), file=one.file)


def _is_unsaved(one: Left) -> bool:
    return unsaved(_state(one))


def _name(one: Left) -> str:
    return title(_state(one)).removeprefix("netviz: ").removesuffix(", unsaved")


def _when(path: Path) -> str:
    return f"{datetime.fromtimestamp(path.stat().st_mtime):%d %b %H:%M}"


def _tidy(left: list[Left]) -> None:
    """Forget sessions that stand in files; the others are kept until they are wanted."""
    for one in left:
        if _is_unsaved(one):
            one.kept.leave()
        else:
            one.kept.forget()


def checked(screen: dict[str, Any]) -> dict[str, Any]:
    """What was remembered of the screen, where it is still valid."""
    kept = {key: screen[key] for key, good in REMEMBERED.items() if key in screen and good(screen[key])}
    return {key: tuple(value) if isinstance(value, list) else value for key, value in kept.items()}
