"""What hands do on a plane: say where the probe shall be, and which point is meant."""

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal, SignalInstance
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QGraphicsView

from netviz.views.canvas.gestures import plain
from netviz.views.canvas.plane import PlaneScene

ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class PlaneView(QGraphicsView):
    """Looks at one plane's scene; says where in the unit square (y upwards) a hand wants the probe."""

    pulled = Signal(float, float)
    pointed = Signal(object)  # (x, y) under a mouse that holds nothing; None: it is outside the square
    pressed = Signal(float, float)  # a hand begins there
    erased = Signal(float, float)  # a right click
    deleted = Signal()
    pushed = Signal(int, int, bool)  # an arrow key's direction, and whether to go by corners

    def __init__(self) -> None:
        super().__init__()
        plain(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.viewport().setMouseTracking(True)
        self.plane: PlaneScene | None = None

    def look_at(self, scene: PlaneScene) -> None:
        """Show another scene."""
        self.plane = scene
        self.setScene(scene)
        scene.setSceneRect(QRectF(self.viewport().rect()))
        scene.focus(self.hasFocus())

    def refresh(self) -> None:
        """Paint the plane again."""
        self.viewport().update()

    def event(self, event: QEvent) -> bool:
        """Keep the arrow keys from the window's shortcuts while the probe has the focus."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in ARROWS
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        direction = ARROWS.get(Qt.Key(event.key()))
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.deleted.emit()
        elif direction is None:
            event.ignore()
        else:
            self.pushed.emit(*direction, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._tell(self.pressed, event.position())
        elif event.button() == Qt.MouseButton.RightButton:
            self._tell(self.erased, event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._tell(self.pulled, event.position())
        elif self.plane is not None:
            at = event.position()
            self.pointed.emit(self._place(at) if self.plane.box.contains(at) else None)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointed.emit(None)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.ignore()  # the window's: it fills itself with this panel

    def _tell(self, signal: SignalInstance, at: QPointF) -> None:
        if self.plane is not None:
            signal.emit(*(min(1.0, max(0.0, share)) for share in self._place(at)))

    def _place(self, at: QPointF) -> tuple[float, float]:
        """A place of the window in the unit square."""
        assert self.plane is not None
        box = self.plane.box
        return (at.x() - box.left()) / box.width(), (box.bottom() - at.y()) / box.height()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.plane is not None:
            self.plane.focus(event.reason() != Qt.FocusReason.MouseFocusReason)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.plane is not None:
            self.plane.focus(False)
