"""Gives the window, and each of its parts, the look of the moment: theme, text size and layout."""

from collections.abc import Mapping

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QWidget

from netviz.app.style import FIRST_LOOK, frames, larger
from netviz.views.drawing.arithmetic_strip import STRIP
from netviz.views.theme import Look, palette, stylesheet


class Looks:
    """Remembers what each part wears, so that nobody is dressed twice."""

    def __init__(self, window: QWidget) -> None:
        """The window's look is the first one until it takes another."""
        self.now = FIRST_LOOK
        self._window = window
        self._worn: dict[str, Look] = {}

    def take(self, look: Look) -> None:
        """Give the whole window a look; its parts are to be dressed anew."""
        if look == self.now and self._worn:
            return
        if look.theme != self.now.theme or not self._worn:
            QApplication.setPalette(palette(look.theme))  # a sheet keeps a widget's own from its children
        self.now = look
        self._worn.clear()  # a new sheet takes the colours also from labels that are hidden now
        QApplication.setFont(look.font())
        self._window.setStyleSheet(stylesheet(look) + frames(look))

    def at(self, slot: str, rects: Mapping[str, QRect], filled: bool) -> Look:
        """The look of what stands in a slot of the layout."""
        if slot == "strip":
            return self.now._replace(layout=STRIP)
        if filled and slot == "page":
            return larger(self.now, rects[slot].size())
        if slot == "legend" and "foot" in rects and rects["foot"].contains(rects[slot]):
            return self.now._replace(layout="compact")
        return self.now

    def dress(self, name: str, part: QWidget, look: Look) -> bool:
        """Give a part its look; True if that is another than it had: it is to show its state afresh."""
        if self._worn.get(name) == look:
            return False
        self._worn[name] = look
        if name.startswith("bar"):
            part.setStyleSheet(f"background: {look.twin_color(int(name.split()[1])).name()};")
        elif hasattr(part, "set_look"):
            part.set_look(look)
        return True

    def forget(self, name: str) -> None:
        """A part has worn another window's look meanwhile."""
        self._worn.pop(name, None)
