"""What hands do on the planes of the fold."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QGraphicsView

from netviz.views.canvas.gestures import plain, race


class PlanesView(QGraphicsView):
    """Looks at the planes and says where a hand pulls."""

    pulled = Signal(QPointF, bool)  # where, and whether the hand has just come down

    def __init__(self) -> None:
        super().__init__()
        plain(self)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def race(self, on: bool) -> None:
        """While frames race by, paint only what `refresh` says; else whatever changes."""
        race(self, on)

    def refresh(self, box: QRectF) -> None:
        """Paint a part of the scene again."""
        self.viewport().update(self.mapFromScene(box).boundingRect().adjusted(-2, -2, 2, 2))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.pulled.emit(event.position(), True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.pulled.emit(event.position(), False)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.ignore()  # the window's: it fills itself with this panel
