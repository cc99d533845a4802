"""What the screen looked like at the end of the last session; read before anything else is loaded."""

import json
from typing import Any

from PySide6.QtCore import QByteArray, QSettings

from netviz.paths import Home


class Remembered:
    """The settings file of a person's home."""

    def __init__(self, home: Home) -> None:
        self._settings = QSettings(str(home.settings / "netviz.ini"), QSettings.Format.IniFormat)

    @property
    def geometry(self) -> QByteArray | None:
        """Where the window stood."""
        kept = self._settings.value("geometry")
        return kept if isinstance(kept, QByteArray) else None

    @property
    def screen(self) -> dict[str, Any]:
        """What was set about the screen, unchecked."""
        try:
            kept = json.loads(str(self._settings.value("screen", "{}")))
        except ValueError:
            return {}
        return kept if isinstance(kept, dict) else {}

    @property
    def recent(self) -> list[str]:
        """The files opened or saved last, newest first, unchecked."""
        try:
            kept = json.loads(str(self._settings.value("recent", "[]")))
        except ValueError:
            return []
        return [path for path in kept if isinstance(path, str)] if isinstance(kept, list) else []

    @recent.setter
    def recent(self, paths: list[str]) -> None:
        self._settings.setValue("recent", json.dumps(paths))
        self._settings.sync()

    def own_geometry(self, name: str) -> QByteArray | None:
        """Where an instrument's own window stood."""
        kept = self._settings.value(f"apart/{name}")
        return kept if isinstance(kept, QByteArray) else None

    def keep_own(self, name: str, geometry: QByteArray) -> None:
        """Remember where an instrument's own window stands."""
        self._settings.setValue(f"apart/{name}", geometry)

    def keep(self, screen: dict[str, Any], geometry: QByteArray) -> None:
        """Remember both for the next start."""
        self._settings.setValue("screen", json.dumps(screen))
        self._settings.setValue("geometry", geometry)
        self._settings.sync()
