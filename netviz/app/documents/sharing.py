"""Links in and out: the share sheet with its code for phones, and a link pasted into the window."""

import segno  # 76 kB, BSD, nothing else needed: a code for phones is not what netviz exists for
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QGridLayout, QLineEdit, QWidget

from netviz.app.style import button, label
from netviz.session import links, playground
from netviz.session.document import document_of
from netviz.session.state import State
from netviz.views.theme import TITLE, Look

QUIET = 4  # modules of white around a code, as its standard asks
CODE, WIDE = 17, 22  # em: the code, and the sheet's words
CAPTION = (
    "Scan it and copy the link. On a computer, paste it into netviz (Ctrl+V), or write it after: netviz open."
)


class ShareSheet(QDialog):
    """The experiment as a link and as a code; as a TensorFlow Playground link where it is one."""

    def __init__(self, parent: QWidget, state: State, look: Look) -> None:
        super().__init__(parent)
        self.setWindowTitle("Share")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._look = look
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(look.px(1.4), look.px(1.1), look.px(1.4), look.px(1.2))
        self._grid.setVerticalSpacing(look.px(0.5))
        title = label("Share this experiment")
        title.setFont(look.font(TITLE, 700))
        self._grid.addWidget(title, 0, 0, 1, 2)
        self._add_link("Opens in netviz", links.link(document_of(state)))
        try:
            self._add_link("Opens in TensorFlow Playground", playground.link(state.experiment, 0))
        except ValueError as reason:
            self._add_words(f"TensorFlow {reason}.")
        self._add_code(links.link(document_of(state)))

    def _add_words(self, words: str) -> None:
        told = label(words)
        told.setFont(self._look.font(0.9))
        told.setWordWrap(True)
        wide = self._look.px(WIDE)
        told.setFixedSize(wide, told.heightForWidth(wide))  # a sheet asks wrapped words for too little room
        self._grid.addWidget(told, self._grid.rowCount(), 0, 1, 2)

    def _add_link(self, words: str, link: str) -> None:
        if len(link) > links.LONGEST:
            self._add_words("It holds too many points for a link: save it as a file.")
            return
        self._add_words(words)
        line, copy = QLineEdit(link), button("Copy", "small", f"Copy: {words}")
        line.setReadOnly(True)
        line.setAccessibleName(words)
        line.setFont(self._look.font(0.9))
        line.setCursorPosition(0)
        copy.setFont(self._look.font(0.9))
        copy.clicked.connect(lambda: QApplication.clipboard().setText(link))
        row = self._grid.rowCount()
        self._grid.addWidget(line, row, 0)
        self._grid.addWidget(copy, row, 1)

    def _add_code(self, link: str) -> None:
        if len(link) > links.LONGEST_CODE:
            self._add_words("It is too long for a code that phones can read.")
            return
        code = label()
        made = picture(link, self._look.px(CODE), self.devicePixelRatioF())
        code.setPixmap(made)
        code.setFixedSize(made.deviceIndependentSize().toSize())  # cut, it could not be read
        code.setAccessibleName("A code of the first link, for phones")
        self._grid.addWidget(code, self._grid.rowCount(), 0, 1, 2, Qt.AlignmentFlag.AlignHCenter)
        self._add_words(CAPTION)


def picture(link: str, size: int, ratio: float) -> QPixmap:
    """A link as a QR code at most `size` px wide, black on white, each module a whole number of pixels."""
    rows = segno.make(link, error="l", micro=False).matrix
    side = len(rows) + 2 * QUIET
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                image.setPixelColor(x + QUIET, y + QUIET, QColor("black"))
    times = max(1, round(size * ratio) // side)
    made = QPixmap.fromImage(image.scaled(side * times, side * times))
    made.setDevicePixelRatio(ratio)
    return made
