"""Pictures without a window: the application is made, then what is to be drawn."""

from PySide6.QtWidgets import QWidget

from netviz.app.main import make_application
from netviz.app.pictures.unseen import panel_sheet, settled
from netviz.app.window import Window
from netviz.session.store import Store
from netviz.views.registry import panel_names


def window_picture(store: Store, size: tuple[int, int], hall: str = "projector") -> QWidget:
    """The whole window at a size, ready to be drawn; `hall` is the theme of a card that is presented."""
    make_application()
    window = Window(store)
    window.hall = hall
    window.resize(*size)
    window.complete()
    return settled(window)


def panel_picture(store: Store, name: str, twin: int, size: tuple[int, int]) -> QWidget:
    """One panel filling a picture; ValueError names the panels there are."""
    if name not in panel_names():
        raise ValueError(f"no panel {name!r}; there are {', '.join(panel_names())}")
    make_application()
    return panel_sheet(store, name, twin, size)
