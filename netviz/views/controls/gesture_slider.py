"""A slider that says which of its changes belong to one gesture: one undo takes a whole drag back."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider

from netviz.views.theme import Look


class GestureSlider(QSlider):
    """Drags from wherever it is pressed; keys step, and a key held down is one gesture too."""

    moved = Signal(int, bool)  # the value a person chose, and whether it goes on with the change before

    def __init__(self, low: int, high: int, step: int, page: int) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setRange(low, high)
        self.setSingleStep(step)
        self.setPageStep(page)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves Space to Train
        self._goes_on = False
        self.valueChanged.connect(self._tell)

    def set_look(self, look: Look) -> None:
        """Take on a text size."""
        self.setMinimumHeight(look.px(1.2))

    def show_value(self, value: int) -> None:
        """Stand at a value; nothing is told."""
        with QSignalBlocker(self):
            self.setValue(value)

    def place_of(self, value: int) -> int:
        """Where the handle's middle is for a value, px from the left."""
        span, room = self._handle_room()
        return span // 2 + QStyle.sliderPositionFromValue(self.minimum(), self.maximum(), value, room)

    def _handle_room(self) -> tuple[int, int]:
        """The handle's width and how far its left edge travels, px."""
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        part, whole = QStyle.SubControl.SC_SliderHandle, QStyle.SubControl.SC_SliderGroove
        style, kind = self.style(), QStyle.ComplexControl.CC_Slider
        width = style.subControlRect(kind, option, part, self).width()
        return width, max(1, style.subControlRect(kind, option, whole, self).width() - width)

    def _tell(self, value: int) -> None:
        self.moved.emit(value, self._goes_on)
        self._goes_on = True

    # ---------------------------------------------------------------------------------- hands
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._goes_on = False
            self.setSliderDown(True)
            self._follow(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._follow(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)
        self._goes_on = False

    def _follow(self, event: QMouseEvent) -> None:
        width, room = self._handle_room()
        at = round(event.position().x() - width / 2)
        self.setValue(QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), at, room))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not event.isAutoRepeat():
            self._goes_on = False
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
