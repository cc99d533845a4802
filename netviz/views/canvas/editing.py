"""The canvas under hands that change the network: turn a number, type it, freeze it, ask for a menu."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from netviz.session.parameters import Parameter
from netviz.views.canvas.extras import Extras
from netviz.views.canvas.gestures import NOTCH, REACH, CanvasView
from netviz.views.canvas.layout import READABLE, Rect, Related, related
from netviz.views.canvas.scene import NetworkScene, Place
from netviz.views.canvas.targets import Button, badge_at, buttons_at, line_at, number_at, place_of
from netviz.views.theme import Look

PER_EM = 0.25  # how far a number goes when the mouse moves one em up
PER_NOTCH = 0.05  # of the wheel
FINE = 0.1  # of it all while Shift is held
SLACK = 3.0  # px, below which a press is no drag
ENTRY = 5.6  # em, the width of the line to type in
KEYS = {Qt.Key.Key_Insert: 1, Qt.Key.Key_Delete: -1, Qt.Key.Key_Backspace: -1}


class Target(NamedTuple):
    """What a menu is asked for: a number, a unit, a layer's badge, or the canvas."""

    number: Parameter | None = None
    unit: Place | None = None
    badge: int | None = None


class Entry(QLineEdit):
    """A small line to type a number in; Enter takes it, Esc leaves everything as it was."""

    left = Signal(object)  # the text, or None

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._over = False
        self.returnPressed.connect(lambda: self._leave(self._typed()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave(None)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._leave(self._typed())

    def _typed(self) -> str | None:
        """What was typed; None where nothing was: the number keeps all its decimals."""
        return self.text() if self.isModified() else None

    def _leave(self, text: str | None) -> None:
        if not self._over:
            self._over = True
            self.left.emit(text)


class _Drag(NamedTuple):
    """A number in the hand."""

    at: Parameter
    value: float  # as it was when it was taken
    y: float  # of the mouse then
    moved: bool = False


class EditableView(CanvasView):
    """A canvas whose numbers turn under the mouse and whose columns offer buttons."""

    began = Signal()  # a number is taken into the hand
    turned = Signal(object, float)  # a Parameter, its new value
    dropped = Signal(bool)  # the number is out of the hand; whether the old one shall come back
    typed = Signal(object, str)  # a Parameter, what was typed for it
    froze = Signal(object)  # a Target
    pressed = Signal(object)  # a Button
    menued = Signal(object, QPoint)  # a Target, where on the screen
    grown = Signal(object, int)  # at a Place, units more or fewer

    def __init__(self) -> None:
        super().__init__()
        self._look: Look | None = None
        self.extras: Extras | None = None
        self._hovered: Parameter | None = None
        self._drag: _Drag | None = None
        self._notches = 0.0
        self.reads: Callable[[Parameter], float] = lambda number: 0.0  # how much a number is
        self.entry: Entry | None = None
        self.resting: Related | None = None  # what stays bright where the mouse is at nothing
        self.editable = True

    @property
    def dragging(self) -> bool:
        """Whether a number is in the hand."""
        return self._drag is not None

    def show_network(self, scene: NetworkScene, look: Look) -> None:
        """Look at another scene, and offer to change it."""
        self._close_entry()
        self._look, self._hovered, self._drag = look, None, None
        self.extras = Extras(scene, look)
        self.look_at(scene)

    # ------------------------------------------------------------------------------------------- where
    def _plan_at(self, at: QPointF) -> tuple[NetworkScene, float, float] | None:
        if self._scene is None or not self.band.contains(at):
            return None
        return self._scene, *self._camera.to_plan(at)

    def _number_at(self, at: QPointF) -> Parameter | None:
        found = self._plan_at(at) if self.editable and self._camera.scale >= READABLE else None
        return number_at(*found) if found else None

    def target_at(self, at: QPointF) -> Target:
        """What a menu or a key means at a point of the view."""
        found = self._plan_at(at)
        if found is None:
            return Target()
        number = self._number_at(at)
        badge, unit = badge_at(*found), self._unit_at(at)
        if number is None and unit is None and badge is None:
            number = line_at(*found, REACH / self._camera.scale)
        return Target(number, None if number or badge else unit, None if number else badge)

    def _button_at(self, at: QPointF) -> Button | None:
        found = self._plan_at(at)
        if found is None or self.extras is None:
            return None
        offered = (*self.extras.lasting, *self.extras.buttons)
        return next((button for button in offered if button.box.holds(*found[1:])), None)

    def to_screen(self, box: Rect) -> QPoint:
        """The lower left corner of a box of the plan, on the screen."""
        return self.mapToGlobal(self._camera.to_window(QRectF(*box)).bottomLeft().toPoint())

    # ------------------------------------------------------------------------------------------- mouse
    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        number, button, found = self._number_at(at), self._button_at(at), self._plan_at(at)
        badge = badge_at(*found) if found else None
        if event.button() == Qt.MouseButton.LeftButton and button is not None:
            self.pressed.emit(button)
        elif event.button() != Qt.MouseButton.LeftButton or not self.editable:
            super().mousePressEvent(event)
        elif number is not None:
            self._drag = _Drag(number, self.reads(number), at.y())
            self.began.emit()
        elif badge is not None:
            self.menued.emit(Target(badge=badge), event.globalPosition().toPoint())
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag is not None:
            self._turn(event)
            return
        super().mouseMoveEvent(event)
        if event.buttons() == Qt.MouseButton.NoButton:
            self._hover(event.position())

    def _turn(self, event: QMouseEvent) -> None:
        drag, look = self._drag, self._look
        assert drag is not None
        assert look is not None
        up = drag.y - event.position().y()
        if not drag.moved and abs(up) < SLACK:
            return
        self._drag = drag._replace(moved=True)
        self.turned.emit(drag.at, _stepped(drag.value, PER_EM * up / look.em, event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._drag is None:
            super().mouseReleaseEvent(event)
        else:
            self._drop(back=False)
        self._hover(event.position())

    def _drop(self, back: bool) -> None:
        drag, self._drag = self._drag, None
        if drag is not None and drag.moved:
            self.dropped.emit(back)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        target = self.target_at(event.position())
        if self._button_at(event.position()) is not None:
            self.mousePressEvent(event)
        elif target.number is not None and self.editable:
            self._drag = None
            self.type(target.number)
        else:
            super().mouseDoubleClickEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        number = self._number_at(event.position())
        if number is None:
            super().wheelEvent(event)
            return
        turned = event.angleDelta().y() or event.angleDelta().x()  # Shift makes some wheels go sideways
        self._notches += turned / NOTCH
        if abs(self._notches) >= 1:
            whole, self._notches = int(self._notches), self._notches - int(self._notches)
            self.turned.emit(number, _stepped(self.reads(number), PER_NOTCH * whole, event))
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            self.menued.emit(self.target_at(QPointF(event.pos())), event.globalPos())
        else:
            box = self.unit_box(self.focused) if self.focused else self.band
            self.menued.emit(Target(unit=self.focused), self.mapToGlobal(box.center().toPoint()))
        event.accept()

    def _hover(self, at: QPointF) -> None:
        """Ring the number under the mouse, and offer the buttons of its column."""
        if self.extras is None or self._look is None:
            return
        if not self.editable:
            if self._button_at(at) is not None:
                self.setCursor(Qt.CursorShape.PointingHandCursor)
            return
        number, found = self._number_at(at), self._plan_at(at)
        if number != self._hovered:
            self._hovered, self._notches = number, 0.0
            self.extras.ring(number)
        scale = self._camera.scale  # buttons stay as large as they are, however small the network is seen
        buttons = buttons_at(found[0], found[1], self._look.em / scale) if found else ()
        if self._button_at(at) is None:  # at a button nothing moves
            self.extras.show_buttons(buttons, scale)
        if number is not None:
            self.setCursor(Qt.CursorShape.SizeVerCursor)
        elif self._button_at(at) is not None or (found and badge_at(*found) is not None):
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._offer_nothing()

    def _offer_nothing(self) -> None:
        self._hovered = None
        if self.extras is not None:
            self.extras.ring(None)
            self.extras.show_buttons(())

    def let_go(self) -> None:
        """Put down what is in the hand, and offer nothing more: what was there is no longer."""
        if self._drag is not None:
            self._drop(back=False)
        self._close_entry()
        self._offer_nothing()

    def event(self, event: QEvent) -> bool:
        """A button tells what it does."""
        if event.type() == QEvent.Type.ToolTip:
            button = self._button_at(QPointF(event.pos()))  # type: ignore[attr-defined]
            if button is not None:
                self.tell(button.told)
                return True
        return super().event(event)

    def _point(self, unit: Place | None) -> None:
        if unit != self._at:
            self._at = unit
            if self._scene is not None:
                self._scene.brighten(related(self._scene.plan, *unit) if unit else self.resting)
            self.pointed.emit(unit)

    # -------------------------------------------------------------------------------------------- keys
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        here = self._hovered
        if key == Qt.Key.Key_Escape and self._drag is not None:
            self._drop(back=self._drag.moved)
        elif not plain or not self.editable:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_F:
            self.froze.emit(Target(here, None if here else self.focused or self._at))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and here is not None:
            self.type(here)
        elif key in KEYS and self.focused is not None:
            self.grown.emit(self.focused, KEYS[Qt.Key(key)])
        else:
            super().keyPressEvent(event)

    # -------------------------------------------------------------------------------------------- typing
    def type(self, number: Parameter) -> None:
        """Open a small line at a number, to type another one."""
        if self._scene is None or self._look is None:
            return
        self._close_entry()
        look, box = self._look, self._camera.to_window(place_of(self._scene, number))
        self.entry = Entry(self.viewport())
        self.entry.setFont(look.font(1.0, 600, tabular=True))
        self.entry.setText(f"{round(self.reads(number), 4):g}".replace("-", "−"))
        self.entry.setGeometry(_entry_box(box, look, self.window_box).toRect())
        self.entry.left.connect(lambda text: self._on_entry_left(number, text))
        self.entry.show()
        self.entry.selectAll()
        self.entry.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_entry_left(self, number: Parameter, text: str | None) -> None:
        self._close_entry()
        if text is not None:
            self.typed.emit(number, text)

    def _close_entry(self) -> None:
        entry, self.entry = self.entry, None
        if entry is not None:
            had = entry.hasFocus()
            entry.hide()
            entry.deleteLater()
            if had:
                self.setFocus(Qt.FocusReason.OtherFocusReason)


def _stepped(value: float, by: float, event: QMouseEvent | QWheelEvent) -> float:
    """A number further by so much, with two decimals; while Shift is held by a tenth of it, with three."""
    if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
        return round(value + FINE * by, 3)
    return round(value + by, 2)


def _entry_box(at: QRectF, look: Look, window: QRectF) -> QRectF:
    """Room to type in, around a number, inside the view."""
    wide, high = ENTRY * look.em, 1.9 * look.em
    x = min(max(0.0, at.center().x() - wide / 2), window.width() - wide)
    y = min(max(0.0, at.center().y() - high / 2), window.height() - high)
    return QRectF(x, y, wide, high)
