"""What is remembered from one session to the next: the experiment, the screen, the window's place."""

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QByteArray

from netviz.app.remembered import Remembered
from netviz.paths import Home
from netviz.session.experiment import Experiment
from netviz.session.files import LARGEST, FileError, decode, encode, write_atomically
from netviz.session.presets import PRESETS
from netviz.session.state import FASTEST, THEMES, VIEWS, State, opening

LAST = "last.netviz"
REMEMBERED: dict[str, Callable[[object], bool]] = {  # of State, and what a value from the disk must be
    "theme": lambda value: value in THEMES,
    "view": lambda value: value in VIEWS,
    "text_size": lambda value: type(value) is int and -4 <= value <= 8,
    "speed": lambda value: type(value) is float and FASTEST <= value <= 1e6,
    "log_loss": lambda value: type(value) is bool,
    "reduced_motion": lambda value: type(value) is bool,
}
log = logging.getLogger(__name__)


class Workspace:
    """A person's folders: settings and the last session."""

    def __init__(self, home: Home, remembered: Remembered) -> None:
        """Look where `NETVIZ_HOME` or the platform says."""
        self._last = home.autosave / LAST
        self._remembered = remembered

    def opening(self, experiment: Experiment | None) -> State:
        """The first state: of the experiment asked for, of the last session, or of a first start."""
        first = not self._last.exists()
        message = ""
        if experiment is None and not first:
            try:
                experiment = self._read()
            except (FileError, OSError) as error:
                message = f"The last session could not be opened ({error}); this is a new one."
        state = opening(experiment or PRESETS["xor"].experiment, first_start=first)
        return replace(state, message=message, **checked(self._remembered.screen))

    def _read(self) -> Experiment:
        with self._last.open("rb") as file:
            return decode(file.read(LARGEST + 1))

    def keep(self, state: State, geometry: QByteArray) -> None:
        """Remember this session for the next start."""
        self._remembered.keep({key: getattr(state, key) for key in REMEMBERED}, geometry)
        try:
            self._last.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._last, encode(state.experiment))
        except OSError as error:
            log.warning("the session could not be kept: %s", error)


def checked(screen: dict[str, Any]) -> dict[str, Any]:
    """What was remembered of the screen, where it is still valid."""
    return {key: screen[key] for key, good in REMEMBERED.items() if key in screen and good(screen[key])}
