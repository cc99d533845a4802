"""Pictures and films of what is on the screen: to the clipboard and to files."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from netviz.app import drawing
from netviz.app.filming import FilmSheet, Picked
from netviz.session.actions import Tell
from netviz.session.files import write_atomically
from netviz.session.store import Store
from netviz.session.text import reason
from netviz.views import panels
from netviz.views.panel import Panel
from netviz.views.registry import place

PICTURES = {"PNG picture (*.png)": "png", "SVG drawing (*.svg)": "svg"}


class Figures:
    """Makes them for one window: of the panel that has the keys, else of the whole window."""

    def __init__(self, window: QWidget, store: Store) -> None:
        """Work for a window and its store."""
        self._window, self._store = window, store

    def picked(self) -> Picked:
        """What a picture would show now."""
        widget: QWidget | None = self._window.focusWidget()
        while widget is not None and widget is not self._window:
            package, _, name = type(widget).__module__.rpartition(".")
            if isinstance(widget, Panel) and package == panels.__name__ and place(name).where != "bottom":
                return Picked(name, widget.twin, widget)
            widget = widget.parentWidget()
        return Picked("", 0, self._window)

    def copy(self) -> None:
        """Put a picture on the clipboard, as pixels and as SVG: the program that pastes takes what it can."""
        widget, mime = self.picked().widget, QMimeData()
        mime.setImageData(drawing.image(widget))
        mime.setData("image/svg+xml", drawing.svg(widget))
        QGuiApplication.clipboard().setMimeData(mime)
        self._tell("The picture is on the clipboard")

    def ask_picture(self) -> None:
        """Let a file be chosen, and draw into it what is on the screen now."""
        picked = self.picked()
        self.ask("Save picture", PICTURES, lambda path: self.save_picture(picked, path))

    def save_picture(self, picked: Picked, path: str) -> None:
        """Draw into a file; its ending says which kind of picture it is."""
        name, suffix = Path(path).name, Path(path).suffix.lower()
        if suffix not in drawing.KINDS:
            self._tell(f"{name} was not saved: expected {' or '.join(drawing.KINDS)}")
            return
        try:
            write_atomically(Path(path), drawing.KINDS[suffix](picked.widget))
        except OSError as error:
            self._tell(f"{name} was not saved: {reason(error)}")
        else:
            self._tell(f"Saved {name}")

    def ask_film(self) -> None:
        """Open the sheet that makes a film of the run."""
        FilmSheet(self._window, self._store, self.picked(), self.ask).show()

    def ask(self, title: str, kinds: dict[str, str], then: Callable[[str], None]) -> None:
        """A dialog beside the window that stops nothing; `kinds` are its filters and their endings."""
        dialog = QFileDialog(self._window, title)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(list(kinds))
        dialog.setDefaultSuffix(next(iter(kinds.values())))
        dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(kinds[chosen]))
        if QGuiApplication.platformName() == "offscreen":
            dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.fileSelected.connect(then)
        dialog.finished.connect(dialog.deleteLater)
        dialog.setModal(False)
        dialog.show()

    def _tell(self, sentence: str) -> None:
        self._store.dispatch(Tell(f"{sentence}."))
