"""The sheet on which a CSV file becomes a problem: what was found, which columns to learn from and which."""

from collections.abc import Generator
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from netviz.app.documents.slices import Slices
from netviz.app.style import button, label
from netviz.session.actions import SetField
from netviz.session.plain import plain
from netviz.session.store import Store
from netviz.session.table_words import scaling_sentence, unit
from netviz.session.tables.choice import (
    Built,
    Columns,
    can_be_classes,
    is_still,
    left_out_sentence,
    proposed,
    table_from,
)
from netviz.session.tables.reading import DELIMITERS, LARGEST, Column, Sheet, reading
from netviz.session.tables.values import LONGEST_NAME
from netviz.session.text import reason
from netviz.views.controls.choice import Choice
from netviz.views.controls.fields import Check
from netviz.views.theme import LABEL, TITLE, Look

PIECE = 2**20  # bytes read at once
ROWS, FEW = 3, 2  # first rows that are shown, and where room is short
ROOMY = 46  # em, from here on it is not
LONGEST_COLUMN, LONGEST_CELL = 24, 12  # characters of a name and of a cell that are shown
MOST_TOLD = 5  # rows in error that are named
WIDE, HIGH = 46, 32  # em
ROOM = 0.95  # of the window, at most
LINE = 1.55  # em, a column's line
AS = ("classes", "a number")
Loaded = tuple[bytes, Sheet]


def loading(
    path: Path, data: bytes, delimiter: str | None, header: bool | None
) -> Generator[float, None, Loaded]:
    """Read a file, unless its bytes are here already, and understand it."""
    if not data:
        with plain(path).open("rb") as file:
            while len(data) <= LARGEST and (piece := file.read(PIECE)):
                data += piece
                yield 0.0
    return data, (yield from reading(data, delimiter, header))


class ImportSheet(QDialog):
    """Beside the window, which goes on; nothing changes before Use."""

    used = Signal(str)  # the file's path

    def __init__(self, parent: QWidget, store: Store, path: Path, look: Look) -> None:
        """Begin to read a file."""
        super().__init__(parent)
        self._store, self._path, self._look = store, path, look
        self._data = b""
        self.sheet: Sheet | None = None
        self.chosen: Columns | None = None
        self.built: Built | None = None
        self.name = path.name[-LONGEST_NAME:]
        self.setWindowTitle(f"Open {self.name}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        room = parent.size() * ROOM
        self.resize(min(look.px(WIDE), room.width()), min(look.px(HIGH), room.height()))
        self.told, self.bar = label(), QProgressBar()
        self.delimiter, self.target, self.kind = map(
            Choice, ("Between two columns", "Column to be learned", "It is learned as")
        )
        self.delimiter.offer(tuple(DELIMITERS.values()))
        self.header = Check("The first row names the columns")
        self.use, self.cancel = button("Use", "primary"), button("Cancel")
        self.checks: list[Check] = []
        self._build()
        self._connect()
        self.slices: Slices[Loaded] | None = None
        self._read(None, None)

    # ------------------------------------------------------------------------------ look
    def _build(self) -> None:
        look = self._look
        title = self._words(label(f"Open {self.name}"), TITLE, 700)
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Read so far")
        page = QVBoxLayout(self)
        page.setContentsMargins(look.px(1.4), look.px(1.1), look.px(1.4), look.px(1.2))
        page.setSpacing(look.px(0.6))
        page.addWidget(title)
        page.addLayout(self._line("Columns are separated by", self.delimiter, self.header))
        self.area, self.body = QScrollArea(), QWidget()
        self.area.setWidgetResizable(True)
        self.area.setWidget(self.body)
        self.body.setAutoFillBackground(False)
        self.area.viewport().setAutoFillBackground(False)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.grid = QGridLayout(self.body)
        page.addWidget(self.bar)
        page.addWidget(self.area, 1)
        page.addLayout(self._line("To be learned:", self.target, label("as"), self.kind))
        page.addWidget(self._words(self.told, LABEL))
        self.told.setWordWrap(True)
        page.addLayout(self._line(None, self.use, self.cancel))
        self.grid.setContentsMargins(0, 0, look.px(0.5), 0)
        self.use.setDefault(True)
        self.grid.setHorizontalSpacing(look.px(1.2))
        self.grid.setVerticalSpacing(look.px(0.25))
        for choice in (self.delimiter, self.target, self.kind):
            choice.setAutoDefault(False)
            choice.set_look(look)
        for part in (self.header, self.use, self.cancel):
            part.ensurePolished()
            part.setFont(look.font())

    def _line(self, first: str | None, *parts: QWidget) -> QLayout:
        line = QHBoxLayout()
        line.setSpacing(self._look.px(0.6))
        if first is None:
            line.addStretch(1)
        else:
            line.addWidget(self._words(label(first)))
        for part in parts:
            line.addWidget(self._words(part) if isinstance(part, QLabel) else part)
        if first is not None:
            line.addStretch(1)
        return line

    def _words(self, made: QLabel, ems: float = 1.0, weight: int = 400) -> QLabel:
        made.setFont(self._look.font(ems, weight))
        return made

    def _connect(self) -> None:
        self.delimiter.chosen.connect(self._on_manner_changed)
        self.header.clicked.connect(self._on_manner_changed)
        self.target.chosen.connect(self._on_target_chosen)
        self.kind.chosen.connect(self._on_kind_chosen)
        self.use.clicked.connect(self._on_use_clicked)
        self.cancel.clicked.connect(self.close)

    # ------------------------------------------------------------------------------ reading
    def _read(self, delimiter: str | None, header: bool | None) -> None:
        self._stop()
        self._show_busy(True)
        work = loading(self._path, self._data, delimiter, header)
        self.slices = Slices(work, self._on_slices_told, self._on_slices_done, self._on_slices_failed, self)

    def _stop(self) -> None:
        if self.slices is not None:
            self.slices.stop()
            self.slices.deleteLater()
            self.slices = None

    def _show_busy(self, busy: bool) -> None:
        self.bar.setVisible(busy)
        self.bar.setValue(0)
        for part in (self.area, self.target, self.kind):
            part.setEnabled(not busy)
        self.use.setEnabled(False)
        if busy:
            self.told.setText(f"Reading {self.name}…")

    def _on_slices_told(self, share: float) -> None:
        self.bar.setValue(round(1000 * share))

    def _on_slices_failed(self, error: Exception) -> None:
        why = reason(error) if isinstance(error, OSError) else str(error)
        self.sheet = self.chosen = None
        self._show_busy(False)
        self._refuse(f"{self.name}: {why}.")

    def _on_slices_done(self, loaded: Loaded) -> None:
        self._data, self.sheet = loaded
        sheet = self.sheet
        self._show_busy(False)
        self.delimiter.show_index(list(DELIMITERS).index(sheet.delimiter))
        self.header.setChecked(sheet.header)
        self._list(sheet)
        try:
            self._choose(proposed(sheet))
            self.use.setFocus()
        except ValueError as error:
            self._refuse(f"{self.name}: {error}.")

    # ------------------------------------------------------------------------------ choosing
    def _list(self, sheet: Sheet) -> None:
        """A line for each column: whether to learn from it, what it holds, and its first rows."""
        while self.grid.count():
            item = self.grid.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        for place, words in enumerate(("Learn from", "holds", "first rows")):
            self.grid.addWidget(self._words(label(words), LABEL, 600), 0, place)
        self.checks = []
        rows = ROWS if self.width() >= self._look.px(ROOMY) else FEW
        for i, column in enumerate(sheet.columns):
            check = Check(_short(column.name, LONGEST_COLUMN).replace("&", "&&"))
            check.setToolTip(column.name)
            check.setAccessibleName(f"Learn from {column.name}, {holds(column)}")
            check.setFont(self._look.font())
            check.ensurePolished()
            check.setMinimumSize(check.sizeHint().width() + self._look.px(0.5), self._look.px(LINE))
            check.setEnabled(column.numeric)
            check.clicked.connect(self._on_check_clicked)
            self.checks.append(check)
            self.grid.addWidget(check, i + 1, 0)
            self.grid.addWidget(self._words(label(holds(column)), LABEL), i + 1, 1)
            for place, row in enumerate(sheet.preview[:rows]):
                cell = _short(row[i] if i < len(row) else "", LONGEST_CELL)
                self.grid.addWidget(self._words(label(cell), LABEL), i + 1, 2 + place)
        self.grid.setColumnStretch(2 + ROWS, 1)
        self.grid.setRowStretch(len(sheet.columns) + 1, 1)
        order = (self.delimiter, self.header, *self.checks, self.target, self.kind, self.use, self.cancel)
        for before, after in pairwise(order):  # as they are read, though the columns came last
            QWidget.setTabOrder(before, after)
        self.target.entries = ()
        self.target.offer([column.name for column in sheet.columns])

    def _choose(self, chosen: Columns) -> None:
        """Show a choice, and what becomes of it."""
        assert self.sheet is not None
        self.chosen = chosen
        for i, (check, column) in enumerate(zip(self.checks, self.sheet.columns, strict=True)):
            check.setChecked(i in chosen.inputs)
            check.setEnabled(column.numeric and i != chosen.target)
        target = self.sheet.columns[chosen.target]
        self.target.show_index(chosen.target)
        both = can_be_classes(target) and target.numeric
        offered = AS if both else (AS[0],) if not target.numeric else (AS[1],)
        self.kind.entries = ()
        self.kind.offer(offered, offered.index(AS[not chosen.classes]) if both else 0)
        try:
            self.built = table_from(self.sheet, chosen, self.name)
        except ValueError as error:
            self._refuse(f"{str(error)[:1].upper()}{str(error)[1:]}.")
            return
        self.told.setText(_summary(self.built, _manner(self.sheet)))
        self.use.setEnabled(True)

    def _refuse(self, sentence: str) -> None:
        self.built = None
        self.told.setText(sentence)
        self.use.setEnabled(False)

    # ------------------------------------------------------------------------------ hands
    def _on_manner_changed(self) -> None:
        self._read(list(DELIMITERS)[self.delimiter.index], self.header.isChecked())

    def _on_target_chosen(self, index: int) -> None:
        if self.sheet is not None:
            self._choose(proposed(self.sheet, index))

    def _on_kind_chosen(self, index: int) -> None:
        if self.chosen is not None:
            self._choose(self.chosen._replace(classes=self.kind.entries[index] == AS[0]))

    def _on_check_clicked(self) -> None:
        if self.chosen is not None:
            inputs = tuple(i for i, check in enumerate(self.checks) if check.isChecked())
            self._choose(self.chosen._replace(inputs=inputs))

    def _on_use_clicked(self) -> None:
        if self.built is not None:
            self._store.dispatch(SetField("csv", self.built.table))
            self.used.emit(str(self._path.absolute()))
            self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing it ends the reading."""
        self._stop()
        super().closeEvent(event)


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def holds(column: Column) -> str:
    """What a column holds: numbers, 4.3 to 7.9; or 3 words."""
    numbers = column.numbers[column.codes < 0]
    if column.numeric and is_still(column):
        return f"always {unit(float(numbers[0]))}"
    if column.numeric:
        return f"numbers, {unit(float(numbers.min()))} to {unit(float(numbers.max()))}"
    count = len(column.words)
    return "1 word" if count == 1 else f"{count:,} words"


def _manner(sheet: Sheet) -> str:
    """How it was understood."""
    signs = ", decimal commas" if sheet.comma else ""
    encoding = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "latin-1": "Latin-1", "utf-16": "UTF-16"}
    return f"{encoding[sheet.encoding]}{signs}"


def _summary(built: Built, manner: str) -> str:
    """What is learned from, how it is scaled, and what was left out."""
    rows, out = f"{len(built.table.values):,} rows, {manner}.", left_out_sentence(built, MOST_TOLD)
    return " ".join(filter(None, (rows, scaling_sentence(built.table), f"{out}." if out else "")))
