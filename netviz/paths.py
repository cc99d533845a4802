"""Where netviz finds what it ships, and where it keeps what a person made."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple


class Home(NamedTuple):
    """A person's folders; whoever writes into one creates it."""

    settings: Path
    autosave: Path
    logs: Path


class Place(NamedTuple):
    """Where a platform keeps one kind of file: an environment variable's folder, else one below the home."""

    variable: str
    default: str
    inside: str


# Settings, autosave, logs: the folders of Qt's AppConfigLocation and AppDataLocation, found without Qt.
PLACES = {
    "win32": (
        Place("APPDATA", "AppData/Roaming", "netviz"),
        Place("APPDATA", "AppData/Roaming", "netviz/autosave"),
        Place("LOCALAPPDATA", "AppData/Local", "netviz/logs"),
    ),
    "darwin": (
        Place("", "Library/Preferences", "netviz"),
        Place("", "Library/Application Support", "netviz/autosave"),
        Place("", "Library/Logs", "netviz"),
    ),
    "linux": (
        Place("XDG_CONFIG_HOME", ".config", "netviz"),
        Place("XDG_DATA_HOME", ".local/share", "netviz/autosave"),
        Place("XDG_STATE_HOME", ".local/state", "netviz/logs"),
    ),
}


def home(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Home:
    """Return the person's folders; `NETVIZ_HOME` keeps all three in one place."""
    if own := environ.get("NETVIZ_HOME"):
        return Home(*(Path(own).absolute() / kind for kind in Home._fields))
    places = PLACES.get(platform, PLACES["linux"])
    return Home(*(_base(place, environ) / place.inside for place in places))


def _base(place: Place, environ: Mapping[str, str]) -> Path:
    """Return the platform's folder; a relative one is ignored, as the XDG base directory rules ask."""
    named = Path(environ.get(place.variable, ""))
    return named if named.is_absolute() else (person() or temporary()) / place.default


def person() -> Path | None:
    """The person's own folder; None where the system knows of none, as in a container without accounts."""
    try:
        return Path.home()
    except RuntimeError:
        return None


def temporary() -> Path:
    """What stands in for it: a folder that nobody else has made, the same one at each start."""
    from tempfile import gettempdir, mkdtemp

    user = getattr(os, "getuid", int)()
    folder = Path(gettempdir(), f"netviz-{user}")
    try:
        folder.mkdir(0o700)
    except FileExistsError:
        if folder.lstat().st_uid != user:
            return Path(mkdtemp(prefix="netviz-"))
    return folder


def resources(package: Path = Path(__file__).parent) -> Path:
    """Return the shipped fonts, icons and lessons: inside an installed netviz, else beside a checkout's.

    Raises FileNotFoundError when neither is there, naming both.
    """
    places = (package / "_resources", package.parent / "resources")
    for place in places:
        if place.is_dir():
            return place
    raise FileNotFoundError(f"netviz is not whole: found neither {places[0]} nor {places[1]}")
