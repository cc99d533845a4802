"""What Qt would end the process for, or complain of in its own words: a screen, a platform, a locale."""

import locale
import os
import socket
import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo

SOCKET = "/tmp/.X11-unix/X"  # where X servers listen, also as an abstract name
FIRST_PORT, LAST_PORT = 6000, 65535
PATIENCE = 2.0  # seconds for a server on another machine
ELSEWHERE = ("QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH")  # of platforms that we do not ship


def has_screen() -> bool:
    """Whether Qt will find a screen; without one it would abort with a text of its own."""
    if sys.platform != "linux":
        return True
    environ = os.environ
    named = {part.partition(":")[0] for part in environ.get("QT_QPA_PLATFORM", "").split(";")} - {""}
    if named and not any(environ.get(name) for name in ELSEWHERE) and not named & (shipped() or named):
        return False
    if named - {"xcb"} or (not named and environ.get("WAYLAND_DISPLAY")):
        return True
    return answers(environ.get("DISPLAY", ""))


def shipped() -> set[str]:
    """The names of Qt's platforms that are here."""
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforms"
    return {file.stem.removeprefix("libq") for file in folder.glob("libq*.so")}


def answers(display: str) -> bool:
    """Whether an X server listens where `HOST:NUMBER.SCREEN` says."""
    host, colon, rest = display.rpartition(":")
    number = rest.partition(".")[0]
    if "/" in host:  # a protocol or a path: rare, and left to Qt
        return True
    if not colon or not number.isdecimal() or int(number[:6]) > LAST_PORT - FIRST_PORT:
        return False
    if host in ("", "unix") and any(_listens_here(f"{mark}{SOCKET}{number}") for mark in ("\0", "")):
        return True
    try:
        address = host.strip("[]") if host not in ("", "unix") else "localhost"
        socket.create_connection((address, FIRST_PORT + int(number)), PATIENCE).close()
    except OSError:
        return False
    return True


def _listens_here(address: str) -> bool:
    with socket.socket(socket.AF_UNIX) as client:
        return client.connect_ex(address) == 0


def speak_utf8() -> None:
    """Give Qt a locale in UTF-8 where there is none: else it tells at length that it takes one."""
    if sys.platform != "linux":
        return
    try:
        locale.setlocale(locale.LC_ALL, "")
        fine = locale.nl_langinfo(locale.CODESET).upper() in ("UTF-8", "UTF8")
    except locale.Error:
        fine = False
    if not fine:
        os.environ["LC_ALL"] = "C.UTF-8"


def nameable(folder: Path) -> bool:
    """Whether Qt finds the same folder by its name as Python does."""
    try:
        return bool(str(folder).encode())
    except UnicodeEncodeError:  # it has bytes that are no text: Qt would make a second folder beside it
        return False
