"""The page of an opened panel: as it is where there is room, with a bar where it would be squashed."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from netviz.views.panel import Panel
from netviz.views.theme import Look

SPLIT = 38.0  # em: from this width on a page has its parts beside each other, and is lower


class Scroll(QScrollArea):
    """Holds the one panel whose page is lower than it can be."""

    def __init__(self, parent: QWidget) -> None:
        """Hold nothing yet."""
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self.hide()

    def stand(self, panel: QWidget, rect: QRect, look: Look) -> None:
        """Put a panel into its page, within a bar's reach if it needs more height."""
        least = round(look.em * lowest(panel, rect.width() / look.em))
        if least <= rect.height():
            self.release(panel)
            panel.setGeometry(rect)
            panel.show()
            return
        if self.widget() is not panel:
            self.release()
            self.setWidget(panel)
            panel.setAutoFillBackground(False)  # the frame behind it is the page
        self.setGeometry(rect)
        panel.resize(rect.width() - self.verticalScrollBar().sizeHint().width(), least)
        panel.show()
        self.show()
        self.raise_()

    def release(self, panel: QWidget | None = None) -> None:
        """Give back what is held, or this panel if it is the one."""
        held = self.widget()
        if held is not None and panel in (None, held):
            self.takeWidget().setParent(self.parentWidget())
            self.hide()


def lowest(panel: QWidget, width: float) -> float:
    """How high a panel must be at a width, both in em."""
    return panel.lowest[width >= SPLIT] if isinstance(panel, Panel) else 0.0
