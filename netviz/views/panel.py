"""What every panel is: a view of the State that sends actions, and says in one sentence what it shows."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from netviz.session.state import State
from netviz.views.theme import Look

OPEN_TABLE, SAVE_POINTS = "Open a table…", "Save the points…"  # commands that a panel offers too

FOLD = "Fold and unfold"
READING, MOVING = 0.1, 0.04  # seconds between two showings of a page of numbers, and of a picture that moves


class Panel(QWidget):
    """One view: a lane's part or an instrument. It keeps nothing that another panel needs."""

    acted = Signal(object)  # an Action
    commanded = Signal(str)  # for a command of the window, by its label
    lowest = (0.0, 0.0)  # em: how high it must be for nothing to be cut, in a narrow and in a wide page
    pace = 0.0  # seconds between two frames of training that it shows; 0: it has no pace of its own

    def __init__(self, twin: int = 0) -> None:
        """Make the view of one twin; panels that show all twins do not look at it."""
        super().__init__()
        self.twin = twin

    def set_look(self, look: Look) -> None:
        """Take on a theme, a text size and a layout; called before the first state and when they change."""

    def show_state(self, old: State | None, new: State) -> None:
        """Show the new state; what is the same object as in the old one may be skipped."""

    def showing(self, old: State | None, new: State) -> Iterable[None]:
        """Show a frame of training; what takes long piece by piece: hands come in between."""
        self.show_state(old, new)
        return ()

    def sentence(self, state: State) -> str:
        """What the panel says now, in one sentence: also its text for screen readers."""
        return ""


class Place(NamedTuple):
    """A panel's row: what it is called, where it lives, in which order and by which key it opens."""

    title: str
    # "lane" (one a twin), "loss" (the column's head), "table" (its middle), "instrument" (opens there),
    # "drawer" (over the column), "lesson" (at the left, and no column), "bottom"
    where: str
    order: int
    key: str  # the key that opens it, "" for none
    make: Callable[[int], Panel]  # from the twin's number
    tab: str = ""  # its name as a tab where there is no column; "" for none
    door: bool = False  # stands under "Look inside"
    about: str = ""  # what it shows, in a few words: said where it is offered
