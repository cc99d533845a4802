"""The sheet on which a network's format is chosen: all of them, side by side."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from netviz.app.style import button, label
from netviz.session.exchange.export import FORMATS, Format
from netviz.views.theme import LABEL, TITLE, Look

COLUMNS = 2


class ExportSheet(QDialog):
    """A button for each format, its file's ending beside it; the first click leads on to the file."""

    def __init__(self, parent: QWidget, what: str, then: Callable[[Format], object], look: Look) -> None:
        """Offer the formats for `what`: With ReLU, step 172."""
        super().__init__(parent)
        self._then = then
        self.setWindowTitle("Export")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        grid = QGridLayout(self)
        grid.setContentsMargins(look.px(1.4), look.px(1.1), look.px(1.4), look.px(1.2))
        grid.setHorizontalSpacing(look.px(0.6))
        grid.setVerticalSpacing(look.px(0.5))
        title = label(f"Export: {what}")
        title.setFont(look.font(TITLE, 700))
        grid.addWidget(title, 0, 0, 1, 2 * COLUMNS)
        high = -(-len(FORMATS) // COLUMNS)
        for i, row in enumerate(FORMATS.values()):
            column, line = divmod(i, high)
            choice, ending = button(format_label(row)), label(row.suffix)
            choice.setFont(look.font())
            ending.setFont(look.font(LABEL))
            choice.clicked.connect(self._chooses(row))
            grid.addWidget(choice, 1 + line, 2 * column)
            grid.addWidget(ending, 1 + line, 2 * column + 1)
        grid.setColumnMinimumWidth(1, look.px(3.4))

    def _chooses(self, row: Format) -> Callable[[], None]:
        def choose() -> None:
            self.close()
            self._then(row)

        return choose


def format_label(row: Format) -> str:
    """A format as a button says it: History of the run."""
    return f"{row.label[:1].upper()}{row.label[1:]}"
