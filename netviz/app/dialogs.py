"""The key sheet: every key and what it does, by what one does with it."""

from collections.abc import Iterable
from itertools import combinations, pairwise
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from netviz.app.commands import MENUS, Command, menu_of
from netviz.app.style import button, label, tint
from netviz.views.theme import TITLE, Look

COLUMN, MOST = 21.0, 3  # em that a column of sections takes, and how many there are at most
KEYS = 8.7  # em that keys take in it
SHARE = 0.94  # of the window
ROOM = 46.0  # em: larger text than that, as in a hall, would leave a window no room for a sheet
JOINED = {"Lessons": "Look inside", "Picture": "File", "Help": "View"}  # menus of few keys
KEPT = {  # keys that are no commands: what has the focus takes them
    "What has the focus": (
        ("Tab", "To the next control or unit"),
        ("Enter", "Select the unit, press the button"),
        ("Arrows", "Move the probe; with Shift from point to point"),
        ("Insert or Delete", "One unit more or fewer in this layer"),
        ("F", "Freeze the number under the mouse, or the unit"),
        ("Ctrl and +, − or 0", "Zoom the network, or fit it"),
    ),
    "While presenting": (
        ("PageDown", "On"),
        ("PageUp", "Back"),
        ("A number, Enter", "To that card"),
        (". or B", "Black, and back"),
        ("Esc or F5", "End"),
    ),
}
LAST = ("Look inside", "What has the focus")


class Section(NamedTuple):
    """A heading, and what each key under it does."""

    heading: str
    rows: tuple[tuple[str, str], ...]

    @property
    def lines(self) -> int:
        """How many lines it takes, its heading for two."""
        return len(self.rows) + 2


def sections(commands: Iterable[Command]) -> list[Section]:
    """All keys, by the menus of their commands."""
    found: dict[str, list[tuple[str, str]]] = {name: [] for name in MENUS if name not in JOINED}
    for row in commands:
        if row.keys:
            group = menu_of(row)
            keys = " or ".join(row.keys).replace("-", "−")
            found[JOINED.get(group, group)].append((keys, row.label))
    listed = [Section(name, tuple(rows)) for name, rows in found.items() if rows]
    return sorted([*listed, *(Section(*item) for item in KEPT.items())], key=lambda one: one.heading in LAST)


def in_columns(found: list[Section], count: int) -> list[list[Section]]:
    """The sections in so many columns of about the same height."""
    ways = ((0, *cuts, len(found)) for cuts in combinations(range(1, len(found)), count - 1))
    columns = ([found[a:b] for a, b in pairwise(way)] for way in ways)
    return min(columns, key=lambda way: max(sum(one.lines for one in column) for column in way))


class KeySheet(QDialog):
    """All keys in a sheet no larger than the window; Esc, F1 or its button closes it."""

    def __init__(self, parent: QWidget, rows: Iterable[Command], look: Look) -> None:
        """List the keys of these commands, and those that are none."""
        super().__init__(parent)
        self.setWindowTitle("Keys")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._look = look = look._replace(em=min(look.em, max(14, parent.width() / ROOM)))
        title, self.button = label("Keys"), button("Close", "primary")
        title.setFont(look.font(TITLE, 700))
        self.button.setFont(look.font())
        self.button.clicked.connect(self.close)
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self.button)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = QVBoxLayout(self)
        page.setContentsMargins(look.px(1.4), look.px(1.0), look.px(1.0), look.px(1.0))
        page.setSpacing(look.px(0.6))
        page.addLayout(head)
        page.addWidget(self.area, 1)
        room = parent.size() * SHARE
        columns = min(MOST, max(1, int(room.width() / look.em / COLUMN)))
        body = self._columns(in_columns(sections(rows), columns))
        self.area.setWidget(body)
        wide = min(room.width(), look.px(columns * (COLUMN + 4.0)))
        self.resize(QSize(wide, body.heightForWidth(wide - look.px(4.0)) + look.px(6.2)).boundedTo(room))
        self.area.setFocus()  # arrows and pages scroll

    def _columns(self, found: list[list[Section]]) -> QWidget:
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, self._look.px(1.0), 0)
        row.setSpacing(self._look.px(2.0))
        for sections_there in found:
            row.addLayout(self._column(sections_there), 1)
        return body

    def _column(self, found: list[Section]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(self._look.px(0.9))
        for one in found:
            column.addLayout(self._section(one))
        column.addStretch(1)
        return column

    def _section(self, one: Section) -> QGridLayout:
        look, grid = self._look, QGridLayout()
        grid.setHorizontalSpacing(look.px(0.9))
        grid.setVerticalSpacing(look.px(0.28))
        grid.setColumnStretch(1, 1)
        heading = label(one.heading)
        heading.setFont(look.font(1.0, 700))
        tint(heading, look, "second")
        grid.addWidget(heading, 0, 0, 1, 2)
        for line, (keys, told) in enumerate(one.rows, 1):
            key, what = label(keys), label(told)
            key.setFont(look.font(1.0, 700))
            what.setFont(look.font())
            key.setWordWrap(True)
            key.setFixedWidth(look.px(KEYS))
            what.setWordWrap(True)
            grid.addWidget(key, line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(what, line, 1, Qt.AlignmentFlag.AlignTop)
        return grid

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F1 shows the sheet and takes it away."""
        if event.key() == Qt.Key.Key_F1:
            self.close()
        else:
            super().keyPressEvent(event)
