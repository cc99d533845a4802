"""The top-level window: there at once with a curtain, then filled with everything."""

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QStyle, QWidget

from netviz.app.bars.curtain import Curtain
from netviz.app.layouts import SMALLEST, layout_of

USUAL = (1600, 900)  # of the available screen at most 9/10


class Host(QWidget):
    """Shows the curtain until it has a content, which then fills it."""

    painted = Signal()  # the curtain has been seen
    closing = Signal()

    def __init__(self, theme: str, text_size: int) -> None:
        super().__init__()
        self._theme, self._text_size = theme, text_size
        self._content: QWidget | None = None
        self._painted = False
        self.setWindowTitle("netviz")
        self.setMinimumSize(SMALLEST)

    def place(self, geometry: QByteArray | None) -> None:
        """Stand where the last session stood, else in a usual size that fits the screen.

        Where only the whole screen has room for the loss chart and the table beside the lanes, it is taken.
        """
        if geometry is not None and self.restoreGeometry(geometry):
            return
        available = self.screen().availableGeometry().size()
        usual = QSize(*USUAL).boundedTo(available * 0.9)
        self.resize(usual)
        if not self._wide(usual) and self._wide(self._inside(available)):
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def _inside(self, available: QSize) -> QSize:
        """What the title bar leaves of a screen."""
        return available - QSize(0, self.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight))

    def _wide(self, size: QSize) -> bool:
        return layout_of(size.width(), size.height(), self._theme, self._text_size)[1] == "wide"

    def fill(self, content: QWidget) -> None:
        """Put the content in the place of the curtain."""
        self._content = content
        content.setParent(self)
        content.windowTitleChanged.connect(self.setWindowTitle)
        self.setWindowTitle(content.windowTitle() or self.windowTitle())
        content.setGeometry(self.rect())
        content.show()
        content.setFocus()

    def show_modified(self, modified: bool) -> None:
        """Mark the window as unsaved where the platform has a mark; elsewhere the title's word says it."""
        if QGuiApplication.platformName() == "cocoa":
            self.setWindowModified(modified)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._content is not None:
            return
        with QPainter(self) as painter:
            Curtain(painter, self.size(), self._theme, self._text_size).paint()
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._content is not None:
            self._content.setGeometry(self.rect())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say so: playback ends before the window does."""
        self.closing.emit()
        super().closeEvent(event)
