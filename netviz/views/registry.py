"""Finds the panels: each file of `views/panels` that ends in `PANEL = Place(...)`; names need no Qt."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from netviz.views import panels

if TYPE_CHECKING:
    from netviz.views.panel import Place


def panel_names() -> tuple[str, ...]:
    """The panels' names: their files' names, in alphabetical order."""
    return tuple(sorted(module.name for module in iter_modules(panels.__path__)))


def place(name: str) -> "Place":
    """One panel's row; only its own file is imported."""
    found: Place = import_module(f"{panels.__name__}.{name}").PANEL
    return found


@cache
def places() -> dict[str, "Place"]:
    """Every panel's row by its name, in the order of the screen."""
    found = {name: place(name) for name in panel_names()}
    return dict(sorted(found.items(), key=lambda item: item[1].order))
