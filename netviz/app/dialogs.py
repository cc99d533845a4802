"""The key sheet: every key and what it does."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from netviz.app.commands import Command
from netviz.app.style import label
from netviz.views.theme import TITLE, Look

COLUMNS = 2


class KeySheet(QDialog):
    """A table of keys beside the window; Esc or F1 closes it."""

    def __init__(self, parent: QWidget, rows: Iterable[Command], look: Look) -> None:
        """List the commands that have keys, by group."""
        super().__init__(parent)
        self.setWindowTitle("Keys")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        listed = [row for row in rows if row.keys]
        grid = QGridLayout(self)
        grid.setContentsMargins(look.px(1.4), look.px(1.1), look.px(1.4), look.px(1.2))
        grid.setHorizontalSpacing(look.px(1.0))
        grid.setVerticalSpacing(look.px(0.4))
        title = label("Keys")
        title.setFont(look.font(TITLE, 700))
        grid.addWidget(title, 0, 0, 1, 2 * COLUMNS)
        height = -(-len(listed) // COLUMNS)
        for i, row in enumerate(listed):
            column, line = divmod(i, height)
            key, what = label(" or ".join(row.keys).replace("-", "−")), label(row.label)
            key.setFont(look.font(1.0, 700))
            what.setFont(look.font())
            grid.addWidget(key, 1 + line, 2 * column, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(what, 1 + line, 2 * column + 1)
