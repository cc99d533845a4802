"""The file in which a session is kept while it lasts: locked, and found again after a crash."""

import os
import time
from pathlib import Path

from PySide6.QtCore import QLockFile

from netviz.session.document import Document
from netviz.session.files import encode, write_atomically
from netviz.session.plain import plain

NAMED, DAMAGED = ".file", ".damaged"  # beside a session: the path of its file; and what cannot be read


class Kept:
    """One session on the disk: NAME.netviz, NAME.file with the path it was saved under, NAME.lock."""

    def __init__(self, path: Path) -> None:
        """Look at a session; nothing is locked or written yet."""
        self.path = path
        self._lock = QLockFile(str(path.with_suffix(".lock")))
        self._lock.setStaleLockTime(0)  # only the death of its process frees it
        self.crashed = False  # whether a process died with it

    def take(self) -> bool:
        """Lock it; False where another process works with it."""
        left = self.path.with_suffix(".lock").exists()
        taken = self._lock.tryLock(0)
        self.crashed |= left and taken
        return taken

    def leave(self) -> None:
        """Let it be found by the next start."""
        self._lock.unlock()

    @property
    def file(self) -> str | None:
        """The path under which the session was saved or opened."""
        try:
            return plain(self.path.with_suffix(NAMED)).read_text("utf-8") or None
        except (OSError, UnicodeDecodeError):
            return None

    def write(self, document: Document, file: str | None) -> None:
        """Put a document in its place; OSError if that cannot be done."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if file != self.file:
            write_atomically(self.path.with_suffix(NAMED), os.fsencode(file or ""))
        write_atomically(self.path, encode(document))

    def forget(self) -> None:
        """Remove it: what it holds is kept elsewhere."""
        for suffix in (".netviz", NAMED):
            self.path.with_suffix(suffix).unlink(missing_ok=True)
        self.leave()

    def put_aside(self) -> None:
        """Keep what cannot be read, but out of the way."""
        self.path.replace(self.path.with_suffix(DAMAGED))
        self.leave()


def begin(folder: Path) -> Kept:
    """A new session; where its folder cannot be written to, writing it will say so."""
    started = Kept(folder / f"{time.strftime('%Y-%m-%d-%H%M%S')}-{os.getpid()}-{os.urandom(2).hex()}.netviz")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        started.take()
    except OSError:
        started.crashed = False  # nothing was there
    return started


def others(folder: Path) -> list[Kept]:
    """The sessions that no process works with, newest first; each is locked now: `leave` those not wanted."""
    found = [kept for path in folder.glob("*.netviz") if (kept := Kept(path)).take()]
    return sorted(found, key=lambda kept: (_written(kept.path), kept.path.name), reverse=True)


def _written(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
