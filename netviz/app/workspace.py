"""What is remembered from one session to the next: the experiment, the screen, the window's place."""

import json
import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QWidget

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

    def __init__(self, home: Home) -> None:
        """Look where `NETVIZ_HOME` or the platform says."""
        self._last = home.autosave / LAST
        self._settings = QSettings(str(home.settings / "netviz.ini"), QSettings.Format.IniFormat)

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
        return replace(state, message=message, **self._screen())

    def _read(self) -> Experiment:
        with self._last.open("rb") as file:
            return decode(file.read(LARGEST + 1))

    def _screen(self) -> dict[str, Any]:
        """What was on the screen, where it is still valid."""
        try:
            kept = json.loads(str(self._settings.value("screen", "{}")))
        except ValueError:
            kept = {}
        if not isinstance(kept, dict):
            return {}
        return {key: kept[key] for key, good in REMEMBERED.items() if key in kept and good(kept[key])}

    def place(self, window: QWidget) -> None:
        """Put the window where it was."""
        geometry = self._settings.value("geometry")
        if not (isinstance(geometry, QByteArray) and window.restoreGeometry(geometry)):
            available = window.screen().availableGeometry()
            window.resize(min(1600, available.width() * 9 // 10), min(900, available.height() * 9 // 10))

    def keep(self, state: State, window: QWidget) -> None:
        """Remember this session for the next start."""
        self._settings.setValue("screen", json.dumps({key: getattr(state, key) for key in REMEMBERED}))
        self._settings.setValue("geometry", window.saveGeometry())
        self._settings.sync()
        try:
            self._last.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._last, encode(state.experiment))
        except OSError as error:
            log.warning("the session could not be kept: %s", error)
