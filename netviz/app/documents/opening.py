"""Opens, saves and shares documents: dialogs, recent files, dropped files, links, sessions to be had back."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from netviz.app.commands import RECENT_FILES, RECOVER, Command
from netviz.app.documents.pasting import from_link, is_link
from netviz.app.documents.workspace import Left, Workspace
from netviz.session.actions import OpenDocument, Saved, Tell
from netviz.session.document import Document, document_of, stored
from netviz.session.exchange.table_export import points_csv
from netviz.session.files import FileError, writable, write_atomically
from netviz.session.selectors import file_stem, settings
from netviz.session.sources import document_from
from netviz.session.store import Store
from netviz.session.text import reason
from netviz.views.registry import panel_names
from netviz.views.theme import Look

SUFFIX = ".netviz"
FILTER = f"netviz files (*{SUFFIX})"
TABLE_SUFFIXES = (".csv", ".tsv", ".txt")
TABLES = "Tables (*.csv *.tsv *.txt)"
EVERYTHING = f"netviz files and tables (*{SUFFIX} *.csv *.tsv *.txt)"


class Stamp(NamedTuple):
    """What tells that a file was changed by somebody else."""

    time: int  # ns
    size: int  # bytes


class Documents:
    """What the window does with files and links. Every refusal is one sentence; the run goes on."""

    def __init__(
        self, parent: QWidget, store: Store, workspace: Workspace | None, look: Callable[[], Look]
    ) -> None:
        """Work for a window that looks like this; without a workspace nothing is remembered."""
        self._parent, self._store, self._workspace, self._look = parent, store, workspace, look
        self._stamps: dict[str, Stamp | None] = {}

    # ------------------------------------------------------------------------------ opening
    def ask_open(self) -> None:
        """Let a file be chosen, and open it."""
        self._ask("Open", QFileDialog.AcceptMode.AcceptOpen, self.open_file, [EVERYTHING, FILTER, TABLES])

    def ask_open_table(self) -> None:
        """Let a CSV file be chosen, and offer its columns."""
        self._ask(
            "Open a table", QFileDialog.AcceptMode.AcceptOpen, self.open_table, [TABLES, "All files (*)"]
        )

    def open_table(self, path: str) -> None:
        """Offer the columns of a CSV file, on a sheet beside the window."""
        from netviz.app.documents.importing import ImportSheet

        sheet = ImportSheet(self._parent, self._store, Path(path), self._look())
        if self._workspace is not None and Path(path).suffix.lower() in TABLE_SUFFIXES:
            sheet.used.connect(self._workspace.used)
        sheet.show()

    def open_file(self, path: str) -> None:
        """Open a file as it was left, or say what is wrong with it; nothing changes then."""
        name = Path(path).name
        if Path(path).suffix.lower() in TABLE_SUFFIXES:
            self.open_table(path)
            return
        try:
            document, file = document_from(path)
        except OSError as error:
            self._tell(f"{name} cannot be opened: {reason(error)}")
        except ValueError as error:
            self._tell(str(error).replace(path, name, 1))
        else:
            held = None if file is None else stored(file, document)
            self._store.dispatch(OpenDocument(_with_panels(document), held, f"open {name}"))
            if file is not None:
                self._used(file)

    def takes(self, dropped: QMimeData) -> str | None:
        """The path of the one file, or the link, that was dropped here."""
        urls = dropped.urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            return urls[0].toLocalFile()
        text = urls[0].toString() if len(urls) == 1 else dropped.text()
        return text.strip() if is_link(text) else None

    def open_dropped(self, what: str) -> None:
        """Open a path or a link."""
        if is_link(what):
            self._store.dispatch(from_link(what))
        else:
            self.open_file(what)

    def open_copied_link(self) -> None:
        """Open the experiment of the link on the clipboard."""
        self._store.dispatch(from_link(QGuiApplication.clipboard().text()))

    # ------------------------------------------------------------------------------ saving and sharing
    def share(self) -> None:
        """Open the sheet with the experiment's links."""
        from netviz.app.documents.sharing import ShareSheet

        ShareSheet(self._parent, self._store.state, self._look()).show()

    def save(self) -> None:
        """Save in the file that is open; ask for one where there is none."""
        file = self._store.state.file
        if file is None:
            self.ask_save()
        elif self._stamps.get(file.path) not in (None, _stamp(file.path)):
            self._stamps[file.path] = _stamp(file.path)
            self._tell(f"{Path(file.path).name} was changed by somebody else: save once more to replace it")
        else:
            self.save_in(file.path)

    def ask_save(self) -> None:
        """Let a file be chosen, and save in it."""
        self._ask("Save as", QFileDialog.AcceptMode.AcceptSave, self.save_in)

    def save_in(self, path: str) -> None:
        """Save in a file: it holds the old bytes or the new ones, whatever happens."""
        document = document_of(self._store.state)
        try:
            write_atomically(Path(path), writable(document))
        except OSError as error:
            self._tell(f"{Path(path).name} was not saved: {reason(error)}")
        except FileError as error:
            self._tell(f"{Path(path).name} was not saved: {error}")
        else:
            self._store.dispatch(Saved(stored(path, document)))
            self._used(path)

    def ask_save_table(self) -> None:
        """Let a file be chosen, and save the problem's points in it."""
        mode = QFileDialog.AcceptMode.AcceptSave
        suggested = f"{file_stem(replace(self._store.state, file=None))}.csv"
        self._ask("Save the points", mode, self.save_table, ["Table (*.csv)"], suggested)

    def save_table(self, path: str) -> None:
        """Save the problem's points as CSV: the old bytes or the new ones, whatever happens."""
        name = Path(path).name
        try:
            write_atomically(Path(path), points_csv(settings(self._store.state, 0)))
        except OSError as error:
            self._tell(f"{name} was not saved: {reason(error)}")
        else:
            self._tell(f"Saved the points as {name}")

    def _used(self, path: str) -> None:
        self._stamps[path] = _stamp(path)
        if self._workspace is not None:
            self._workspace.used(path)

    # ------------------------------------------------------------------------------ the menu
    def rows(self, commands: Iterable[Command]) -> list[Command]:
        """The commands, and before the last about files the recent ones and the sessions to be had back."""
        listed = list(commands)
        at = max(i for i, row in enumerate(listed) if row.group == "File")
        return [*listed[:at], *self._recent(), *self._left(), *listed[at:]]

    def _recent(self) -> list[Command]:
        paths = self._workspace.recent if self._workspace else []
        return [Command(RECENT_FILES, Path(path).name, (), self._opens(path), tip=path) for path in paths]

    def _opens(self, path: str) -> Callable[[object], None]:
        return lambda _: self.open_file(path)

    def _left(self) -> list[Command]:
        found = self._workspace.left() if self._workspace else []
        return [Command(RECOVER, one.name, (), self._recovers(one)) for one in found]

    def _recovers(self, one: Left) -> Callable[[object], None]:
        return lambda _: self._recover(one)

    def _recover(self, one: Left) -> None:
        if self._workspace is not None and one.kept.take():
            self._store.dispatch(OpenDocument(_with_panels(one.document), one.file, f"recover {one.name}"))
            self._workspace.took(one)
        else:
            self._tell("Another window works with that session")

    # ------------------------------------------------------------------------------ dialogs
    def _ask(
        self,
        text: str,
        mode: QFileDialog.AcceptMode,
        then: Callable[[str], None],
        filters: Sequence[str] = (FILTER,),
        suggested: str = "",
    ) -> None:
        """A dialog beside the window that stops nothing: training goes on."""
        dialog = QFileDialog(self._parent, text)
        dialog.setAcceptMode(mode)
        dialog.setNameFilters(filters)
        dialog.setDefaultSuffix(Path(suggested or SUFFIX).suffix[1:] or SUFFIX[1:])
        if QGuiApplication.platformName() == "offscreen":
            dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        if mode == QFileDialog.AcceptMode.AcceptSave:
            dialog.selectFile(suggested or self._suggested())
        else:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(then)
        dialog.finished.connect(dialog.deleteLater)
        dialog.setModal(False)
        dialog.show()

    def _suggested(self) -> str:
        """The file that is open, else the problem's name."""
        state = self._store.state
        return state.file.path if state.file else f"{file_stem(state)}{SUFFIX}"

    def _tell(self, sentence: str) -> None:
        self._store.dispatch(Tell(f"{sentence.rstrip('.')}."))


def _with_panels(document: Document) -> Document:
    """Without the panels that this netviz does not have."""
    here = panel_names()
    view = tuple(
        (key, value) for key, value in document.view if key not in ("opened", "filled") or value in here
    )
    return document._replace(view=view)


def _stamp(path: str) -> Stamp | None:
    try:
        found = Path(path).stat()
    except OSError:
        return None
    return Stamp(found.st_mtime_ns, found.st_size)
