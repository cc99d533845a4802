"""What hands do on the canvas: point, click, drag, zoom and keys; zoom and focus stay the view's own."""

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsView, QToolTip

from netviz.views.canvas.layout import edge_at, related, tile_at
from netviz.views.canvas.scene import Camera, NetworkScene, Place, fitted, place

ZOOM_STEP, NOTCH = 1.25, 120.0  # a key's zoom, and a wheel's angle for one
MOST_ZOOM, LEAST_ZOOM = 12.0, 0.5  # of the fitted one
SMOOTH_UNITS = 12  # more tiles than that are small, and smoothing them would take half of the painting
REACH = 6.0  # px, how near an edge has to be
KEY_ZOOM = {Qt.Key.Key_Plus: ZOOM_STEP, Qt.Key.Key_Equal: ZOOM_STEP, Qt.Key.Key_Minus: 1 / ZOOM_STEP}


def plain(view: QGraphicsView) -> None:
    """Make a view nothing but its picture, painted whole by Qt's stock items."""
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
    view.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    view.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontAdjustForAntialiasing)
    view.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


def race(view: QGraphicsView, on: bool) -> None:
    """While frames race by, paint a view when it is told to, else when anything in it changes."""
    modes = QGraphicsView.ViewportUpdateMode
    wanted = modes.NoViewportUpdate if on else modes.FullViewportUpdate
    if wanted != view.viewportUpdateMode():
        view.setViewportUpdateMode(wanted)
        view.viewport().update()


class CanvasView(QGraphicsView):
    """Looks at a network's scene; says which unit is pointed at and which one is chosen."""

    pointed = Signal(object)  # the Place of a unit, or None
    zoomed = Signal()  # pictures may be drawn finer or coarser
    walked = Signal()  # the keyboard is at another unit
    chosen = Signal(object)  # the Place of a unit
    asked = Signal(object, object)  # a Place and None, or None and an edge's number: for its exact numbers

    def __init__(self) -> None:
        super().__init__()
        plain(self)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scene: NetworkScene | None = None
        self._header = 0
        self._camera = Camera(1.0, 0.0, 0.0)
        self._own_camera = False  # a person has zoomed or panned
        self._pressed: QPointF | None = None
        self._at: Place | None = None  # the unit under the mouse
        self.focused: Place | None = None

    def look_at(self, scene: NetworkScene) -> None:
        """Show another scene: whole, or as near as the one before where it is as large."""
        before, self._scene = self._scene, scene
        few = len(scene.units) <= SMOOTH_UNITS
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, few)
        self.setScene(scene)
        self._at = None
        if self.focused not in [place(tile) for tile in scene.plan.tiles]:
            self.focused = None
        alike = before is not None and before.plan[-2:] == scene.plan[-2:]  # width and height
        if self._own_camera and alike:
            self._look_through(self._camera)
        else:
            self.fit()

    def refresh(self) -> None:
        """Paint the network again, and nothing else: the header stays as it is."""
        self.viewport().update(self.band.toAlignedRect())

    def set_header(self, height: int) -> None:
        """Keep this much clear at the top."""
        self._header = height
        self.fit()

    @property
    def window_box(self) -> QRectF:
        """The whole view."""
        return QRectF(self.viewport().rect())

    @property
    def band(self) -> QRectF:
        """Where the network stands: below the header."""
        box = self.window_box
        return box.adjusted(0, min(self._header, box.height() - 1), 0, 0)

    def fit(self) -> None:
        """Show the whole network."""
        self._own_camera = False
        if self._scene is not None:
            self._look_through(fitted(self._scene.plan, self.band))

    def zoom(self, factor: float, at: QPointF) -> None:
        """Zoom about a point, within bounds."""
        if self._scene is None:
            return
        least = fitted(self._scene.plan, self.band).scale
        wanted = min(MOST_ZOOM * least, max(LEAST_ZOOM * least, self._camera.scale * factor))
        self._own_camera = True
        self._look_through(self._camera.zoomed(wanted / self._camera.scale, at))

    @property
    def resolution(self) -> float:
        """The screen's pixels for one of the plan."""
        return self._camera.scale * self.devicePixelRatioF()

    def _look_through(self, camera: Camera) -> None:
        nearer, self._camera = camera.scale != self._camera.scale, camera
        if self._scene is not None:
            self._scene.look_through(camera, self.band, self.window_box)
            if nearer:
                self.zoomed.emit()

    def unit_box(self, unit: Place) -> QRectF:
        """Where a unit's tile is seen."""
        tiles = self._scene.plan.tiles if self._scene else ()
        found = next((tile for tile in tiles if place(tile) == unit), None)
        return self._camera.to_window(QRectF(*found.box)) if found else QRectF()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    # ------------------------------------------------------------------------------------------- mouse
    def _unit_at(self, at: QPointF) -> Place | None:
        if self._scene is None or not self.band.contains(at):
            return None
        found = tile_at(self._scene.plan, *self._camera.to_plan(at))
        return place(found) if found else None

    def _edge_at(self, at: QPointF) -> int | None:
        if self._scene is None or not self.band.contains(at):
            return None
        return edge_at(self._scene.plan, *self._camera.to_plan(at), REACH / self._camera.scale)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        unit = self._unit_at(event.position())
        if unit is None:
            self._pressed = event.position()
        else:
            self.chosen.emit(unit)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._pressed is not None:
            moved, self._pressed = at - self._pressed, at
            self._own_camera = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self._look_through(
                Camera(self._camera.scale, self._camera.x + moved.x(), self._camera.y + moved.y())
            )
            return
        unit = self._unit_at(at)
        self.setCursor(Qt.CursorShape.ArrowCursor if unit is None else Qt.CursorShape.PointingHandCursor)
        self._point(unit)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        self.setCursor(Qt.CursorShape.ArrowCursor)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._unit_at(event.position()) is None:
            self.fit()
        else:
            self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom(ZOOM_STEP ** (event.angleDelta().y() / NOTCH), event.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Zoom as fingers do, tell what the mouse rests on.

        Not `viewportEvent`, which every paint goes through: one in Python would hold up training meanwhile.
        """
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom(1 + event.value(), event.position())
            return True
        if event.type() == QEvent.Type.ToolTip:
            at = QPointF(event.pos())  # type: ignore[attr-defined]
            unit = self._unit_at(at)
            self.asked.emit(unit, None if unit else self._edge_at(at))
            return True
        return super().event(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point(None)

    def tell(self, words: str) -> None:
        """Show words beside the mouse."""
        QToolTip.showText(self.cursor().pos(), words, self)

    def _point(self, unit: Place | None) -> None:
        if unit != self._at:
            self._at = unit
            if self._scene is not None:
                self._scene.brighten(related(self._scene.plan, *unit) if unit else None)
            self.pointed.emit(unit)

    # -------------------------------------------------------------------------------------------- keys
    def _focus(self, unit: Place | None) -> None:
        self.focused = unit
        self.walked.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        reasons = {Qt.FocusReason.TabFocusReason: 0, Qt.FocusReason.BacktabFocusReason: -1}
        if self._scene is not None and event.reason() in reasons:
            self._focus(place(self._scene.plan.tiles[reasons[event.reason()]]))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._focus(None)

    def focusNextPrevChild(self, forward: bool) -> bool:
        units = [place(tile) for tile in self._scene.plan.tiles] if self._scene else []
        step = 1 if forward else -1
        at = units.index(self.focused) + step if self.focused in units else (0 if forward else len(units) - 1)
        if not 0 <= at < len(units):
            return super().focusNextPrevChild(forward)
        self._focus(units[at])
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = event.key(), event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.focused:
            self.chosen.emit(self.focused)
        elif held and key == Qt.Key.Key_0:
            self.fit()
        elif held and key in KEY_ZOOM:
            self.zoom(KEY_ZOOM[Qt.Key(key)], self.band.center())
        else:
            event.ignore()
