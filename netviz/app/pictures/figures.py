"""Pictures, films and exports of what is on the screen: to the clipboard and to files."""

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from netviz.app.documents.slices import Slices
from netviz.app.pictures import drawing
from netviz.app.pictures.exporting import ExportSheet, format_label
from netviz.app.pictures.filming import FilmSheet, Picked
from netviz.app.pictures.unseen import panel_sheet, settled
from netviz.session import selectors
from netviz.session.actions import Tell
from netviz.session.engine import epoch_steps
from netviz.session.exchange.export import FORMATS, Format
from netviz.session.files import write_atomically
from netviz.session.state import THEMES, State
from netviz.session.store import Store
from netviz.session.text import reason
from netviz.views import panels
from netviz.views.panel import Panel
from netviz.views.registry import place
from netviz.views.theme import Look


class Slide(NamedTuple):
    """A picture of a size and a theme of its own."""

    width: int
    height: int
    theme: str


PICTURES: dict[str, tuple[str, Slide | None]] = {  # the file's ending; without a slide it is as on the screen
    "PNG picture (*.png)": ("png", None),
    "SVG drawing (*.svg)": ("svg", None),
} | {
    f"{kind}, {width} × {height}, {theme} (*.{suffix})": (suffix, Slide(width, height, theme))
    for (kind, suffix), (width, height), theme in product(
        (("PNG picture", "png"), ("SVG drawing", "svg")), ((1280, 720), (1920, 1080), (3840, 2160)), THEMES
    )
}


class Figures:
    """Makes them for one window: of the panel that has the keys, else of the whole window."""

    def __init__(self, window: QWidget, store: Store, look: Callable[[], Look]) -> None:
        """Work for a window that looks like this, and its store."""
        self._window, self._store, self._look = window, store, look

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

    def copy_slide(self, theme: str) -> None:
        """Put a picture for a slide on the clipboard, in a theme of its own."""
        mime = QMimeData()
        with self._slide(self.picked(), Slide(1920, 1080, theme)) as shown:
            mime.setImageData(drawing.image(shown.widget))
            mime.setData("image/svg+xml", drawing.svg(shown.widget))
        QGuiApplication.clipboard().setMimeData(mime)
        self._tell("The slide is on the clipboard")

    def ask_picture(self) -> None:
        """Let a file, its kind, size and theme be chosen, and draw into it what is on the screen now."""
        picked = self.picked()

        def save(path: str) -> None:
            with self._slide(picked, PICTURES[dialog.selectedNameFilter()][1]) as shown:
                self.save_picture(shown, path)

        dialog = self.ask("Save picture", {text: suffix for text, (suffix, _) in PICTURES.items()}, save)

    @contextmanager
    def _slide(self, picked: Picked, slide: Slide | None) -> Iterator[Picked]:
        """The same panel or window where nobody sees it, at the slide's size and in its theme."""
        if slide is None:
            yield picked
            return
        size, colors = (slide.width, slide.height), QApplication.palette()
        store = Store(replace(self._store.state, theme=slide.theme, hints=None, apart=()))
        made = (
            panel_sheet(store, picked.name, picked.twin, size) if picked.name else self._another(store, size)
        )
        try:
            yield picked._replace(widget=made)
        finally:
            made.close()
            made.deleteLater()
            QApplication.setPalette(colors)  # a panel's picture takes it for its own theme

    def _another(self, store: Store, size: tuple[int, int]) -> QWidget:
        window: Any = type(self._window)  # to import it here would be a circle
        made = window(store)
        made.resize(*size)
        made.complete()
        return settled(made)

    def ask_export(self) -> None:
        """Let a format and a file be chosen, and write the network, its equations or its history into it."""
        state, twin = self._store.state, self._twin()

        def choose(row: Format) -> None:
            kinds = {f"{format_label(row)} (*{row.suffix})": row.suffix[1:]}
            self.ask(f"Export: {format_label(row)}", kinds, lambda path: self.export(row, twin, path))

        what = f"{selectors.twin_name(state, twin)}, step {state.step}"
        ExportSheet(self._window, what, choose, self._look()).show()

    def export(self, row: Format, twin: int, path: str) -> None:
        """Write a twin as it stands in a format, or say why that cannot be; a long history slice by slice."""
        name = Path(path).name

        def fail(error: Exception) -> None:
            if isinstance(error, OSError):
                self._tell(f"{name} was not saved: {reason(error)}")
            else:  # what the format cannot express
                self._tell(str(error).rstrip("."))

        def tell(share: float) -> None:
            sentence = f"Writing {name}: {share:.0%}".replace("%", " %")
            if self._store.state.message != f"{sentence}.":
                self._tell(sentence)

        work = _written(row, self._store.state, twin, Path(path))
        Slices(work, tell, lambda _: self._tell(f"Saved {name}"), fail, self._window)

    def copy_equations(self) -> None:
        """Put the network's equations on the clipboard, as LaTeX."""
        text = b"".join(FORMATS["latex"].write(self._store.state, self._twin())).decode()
        QGuiApplication.clipboard().setText(text)
        self._tell("The equations are on the clipboard, as LaTeX")

    def _twin(self) -> int:
        """Whose panel has the keys, else the first that is shown."""
        picked = self.picked()
        return picked.twin if picked.name else selectors.visible_twins(self._store.state)[0]

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

    def ask(self, title: str, kinds: dict[str, str], then: Callable[[str], None]) -> QFileDialog:
        """A dialog beside the window that stops nothing; `kinds` are its filters and their endings.

        It proposes a name; another filter changes the ending of what stands there.
        """
        dialog = QFileDialog(self._window, title)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(list(kinds))
        dialog.setDefaultSuffix(next(iter(kinds.values())))
        dialog.filterSelected.connect(lambda chosen: _rename(dialog, kinds[chosen]))
        if QGuiApplication.platformName() == "offscreen":
            dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.selectFile(f"{selectors.file_stem(self._store.state)}.{next(iter(kinds.values()))}")
        dialog.fileSelected.connect(then)
        dialog.finished.connect(dialog.deleteLater)
        dialog.setModal(False)
        dialog.show()
        return dialog

    def _tell(self, sentence: str) -> None:
        self._store.dispatch(Tell(f"{sentence}."))


def _written(row: Format, state: State, twin: int, path: Path) -> Generator[float, None, None]:
    """Write into a file piece by piece, whole or not at all; gives the share that is done."""
    rows, parts = (
        state.step // epoch_steps(state.experiment) + 3,
        list[bytes](),
    )  # of a history: the head, ends
    for part in row.write(state, twin):
        parts.append(part)
        yield min(1.0, len(parts) / rows)
    write_atomically(path, b"".join(parts))


def _rename(dialog: QFileDialog, suffix: str) -> None:
    """Give the name that stands in a dialog another ending."""
    dialog.setDefaultSuffix(suffix)
    named = [Path(path) for path in dialog.selectedFiles()]
    if named and not named[0].is_dir():
        dialog.selectFile(str(named[0].with_suffix(f".{suffix}")))
