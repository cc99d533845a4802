"""A slider that a button lets run from one end to the other: time made visible, never a loop."""

from PySide6.QtCore import QEasingCurve, QObject, QSignalBlocker, Qt, QVariantAnimation, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSlider, QWidget

from netviz.views.theme import Look

DURATION = 1200  # ms
STEPS = 1000


class Glide(QObject):
    """A share, 0 to 1, that time moves from one value to another: the whole way in 1.2 s."""

    moved = Signal(float)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._animation = QVariantAnimation(self)
        self._animation.setEasingCurve(QEasingCurve.Type.Linear)
        self._animation.valueChanged.connect(self._on_time_passed)

    @property
    def duration(self) -> int:
        """How long the way is that it goes, ms."""
        return self._animation.duration()

    @property
    def running(self) -> bool:
        """Whether it is under way."""
        return self._animation.state() == QVariantAnimation.State.Running

    def run(self, start: float, goal: float, reduced: bool = False) -> None:
        """Go there; where motion is unwanted, at once."""
        self.stop()
        if reduced or start == goal:
            self.moved.emit(goal)
            return
        self.moved.emit(start)
        self._animation.setStartValue(start)
        self._animation.setEndValue(goal)
        self._animation.setDuration(max(1, round(DURATION * abs(goal - start))))
        self._animation.start()

    def finish(self) -> None:
        """Be there, if it is under way."""
        if self.running:
            goal = float(self._animation.endValue())
            self.stop()
            self.moved.emit(goal)

    def stop(self) -> None:
        """Stand still."""
        self._animation.stop()

    def _on_time_passed(self, share: object) -> None:
        if isinstance(share, float) and self.running:  # setting its ends passes no time
            self.moved.emit(share)


class Motion(QWidget):
    """From before (0) to after (1) and back."""

    moved = Signal(float)

    def __init__(self, there: str, back: str, name: str) -> None:
        """`there` and `back` are the button's words; `name` says what the slider moves."""
        super().__init__()
        self._words = (there, back)
        self.reduced = False
        self.button = QPushButton(there)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self.run)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, STEPS)
        self.slider.setPageStep(STEPS // 4)
        self.slider.setAccessibleName(name)
        self.slider.valueChanged.connect(self._on_slider_moved)
        self.slider.sliderPressed.connect(self.stop)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.button)
        self._row.addWidget(self.slider, 1)
        self.glide = Glide(self)
        self.glide.moved.connect(self._on_glide_moved)

    @property
    def share(self) -> float:
        """How far it has come, 0 to 1."""
        return self.slider.value() / STEPS

    def set_look(self, look: Look) -> None:
        """Take on a text size."""
        self.button.ensurePolished()
        self.button.setFont(look.font(1.0, 600))
        self._row.setSpacing(look.px(0.6))
        self.slider.setMinimumHeight(look.px(1.2))

    def set_share(self, share: float) -> None:
        """Stand somewhere, without moving there."""
        self.stop()
        self.slider.setValue(round(share * STEPS))

    def follow(self, share: float) -> None:
        """Stand where somebody else has moved it, and tell nobody; what it moves itself goes on."""
        if round(share * STEPS) != self.slider.value():
            self.stop()
            with QSignalBlocker(self.slider):
                self.slider.setValue(round(share * STEPS))
            self._name_button()

    def run(self) -> None:
        """Go to the other end: in 1.2 s, or at once where motion is unwanted."""
        goal = 0.0 if self.slider.value() > STEPS // 2 else 1.0
        self.glide.run(self.share, goal, self.reduced)

    def stop(self) -> None:
        """Stand still."""
        self.glide.stop()

    def hideEvent(self, event: object) -> None:
        self.glide.finish()

    def _on_glide_moved(self, share: float) -> None:
        value = round(share * STEPS)
        if value != self.slider.value():
            with QSignalBlocker(self.slider):
                self.slider.setValue(value)
            self._tell()

    def _on_slider_moved(self, value: int) -> None:
        self._tell()

    def _tell(self) -> None:
        self._name_button()
        self.moved.emit(self.share)

    def _name_button(self) -> None:
        self.button.setText(self._words[self.slider.value() > STEPS // 2])
