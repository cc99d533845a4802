"""Cards of activations: a whole one with curve, formula and value, and a small one."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen, QPicture, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from netviz.core.activation import Activation
from netviz.core.activations import ACTIVATIONS
from netviz.core.drawn import HINGE, Knots, drawn
from netviz.session import selectors
from netviz.session.instruments.inside import plain
from netviz.session.state import State
from netviz.session.text import shown
from netviz.views.controls.curve_slider import CurveSlider
from netviz.views.controls.painted_button import PaintedButton
from netviz.views.drawing.curves import Frame, curve_path, value_range
from netviz.views.drawing.math_text import formula
from netviz.views.theme import LABEL, Look, dress

FIRST_SUM = 1.0
FIRST_REACH = 4.0  # the axes show the sums up to here, or all of them
MOST_DECIMALS = 6
TALL = 12.5  # em: below, the curve gets the room of what is said of an activation
WIDE = 21.5  # em: from here on what is said of an activation takes two lines
SLOPE = "dashed: slope"
READ = "Dashed: its slope. Bar at the left: all values that it can have."
DRAW = "Drag the points. Double-click adds one; outside or Delete takes one away."
DRAG = "Drag its points to draw your own."
DRAW_KEYS = "Ctrl with an arrow chooses a point, Shift moves it, Insert adds one, Delete takes it away."


def exactly(value: float, low: float, high: float) -> str:
    """A value that never looks like a bound that it does not reach: 0.99995, 1 − 4e−9, 4e−44."""
    for decimals in range(2, MOST_DECIMALS + 1):
        text = shown(value, decimals)
        if value in (low, high) or float(text.replace("−", "-")) not in (low, high):
            return text
    bound = low if value - low < high - value else high
    off = f"{abs(value - bound):.0e}".replace("e-0", "e-").replace("-", "−")
    return f"{plain(bound)} {'+' if value > bound else '−'} {off}" if bound else off


def value_at(row: Activation, z: float) -> float:
    """The activation of one sum."""
    return float(row.value(np.array([z]))[0])


def value_text(row: Activation, z: float) -> str:
    """The activation of one sum, as it is shown."""
    return exactly(value_at(row, z), row.low, row.high)


def fact(row: Activation, z: float) -> str:
    """What can be seen of an activation at this sum, in a few words: symmetry, gate, squash."""
    if row.name == "sigmoid":
        both = value_at(row, z) + value_at(row, -z)
        return f"z and −z: {value_text(row, z)} + {value_text(row, -z)} = {plain(both)}."
    if row.name in ("relu", "step"):
        return "Gate open: the sum gets through." if z > 0 else "Gate shut: nothing passes."
    if np.isfinite([row.low, row.high]).all():
        return f"Squashed: always between {plain(row.low)} and {plain(row.high)}."
    return f"Never below {plain(row.low)}." if np.isfinite(row.low) else ""


class Use(NamedTuple):
    """Which activations the twins have, and the drawn curve."""

    names: tuple[tuple[str, ...], ...]  # of each twin
    sides: tuple[str, ...]
    knots: Knots

    def twin_of(self, name: str) -> int | None:
        """The first twin with this activation."""
        return next((twin for twin, names in enumerate(self.names) if name in names), None)


def use_of(state: State) -> Use:
    """What the twins of a state have."""
    everyone = range(len(state.frame.states))
    chosen = [selectors.settings(state, twin) for twin in everyone]
    names = tuple((s.activation,) if isinstance(s.activation, str) else s.activation for s in chosen)
    twin = next((twin for twin in everyone if "drawn" in names[twin]), 0)
    return Use(names, tuple(selectors.side(twin) for twin in everyone), chosen[twin].curve)


def row_of(name: str, knots: Knots) -> Activation:
    """A row of the gallery."""
    return drawn(knots) if name == "drawn" else ACTIVATIONS[name]


class Formula(QWidget):
    """A typeset formula, as large as its room allows."""

    def __init__(self) -> None:
        super().__init__()
        self.look: Look | None = None
        self.latex = ""
        self._kept: tuple[object, QPicture] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(10, self.look.px(1.9) if self.look else 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.look is None or not self.latex:
            return
        key = (self.latex, self.look)
        if self._kept is None or self._kept[0] != key:
            self._kept = (key, formula(self.latex, self.look, 1.05))
        picture = self._kept[1]
        size = picture.boundingRect().size()
        share = min(1.0, self.width() / size.width(), self.height() / size.height())
        with QPainter(self) as painter:
            painter.translate(0, (self.height() - share * size.height()) / 2)
            painter.scale(share, share)
            painter.drawPicture(0, 0, picture)


class Card(QWidget):
    """One activation, whole: its curve, formula, value, what it does, and who uses it."""

    def __init__(self, alone: bool = False) -> None:
        super().__init__()
        self.name = ""
        self.alone = alone  # no other card is beside it: it says itself what is dashed
        self.row = ACTIVATIONS["identity"]
        self.label, self.slope, self.value, self.fact, self.character = (QLabel() for _ in range(5))
        self.curve, self.formula = CurveSlider(), Formula()
        self.use = Use((), (), HINGE)
        self.buttons: list[QPushButton] = []
        self.choose: Callable[[str, int], None] = lambda name, twin: None
        self._head, self._foot, self._column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        self._head.addWidget(self.label)
        self._head.addStretch(1)
        self._head.addWidget(self.slope)
        self._head.addStretch(1)
        self.slope.setText(SLOPE)
        self._foot.addWidget(self.formula, 1)
        self._foot.addWidget(self.value)
        self._column.addLayout(self._head)
        self._column.addWidget(self.curve, 1)
        self._column.addLayout(self._foot)
        self._column.addWidget(self.fact)
        self._column.addWidget(self.character)
        self.character.setWordWrap(True)
        self.character.setAlignment(Qt.AlignmentFlag.AlignTop)

    def set_look(self, look: Look) -> None:
        """Take on colours and sizes."""
        self._column.setContentsMargins(0, 0, 0, 0)
        for layout, space in ((self._column, 0.15), (self._head, 0.3), (self._foot, 0.4)):
            layout.setSpacing(look.px(space))
        self.curve.look = self.formula.look = look
        self.curve.setMinimumHeight(look.px(2.4))
        self.label.setMinimumHeight(look.px(1.7))
        dress(self.label, look, "text", 1.05, 700)
        dress(self.slope, look, "second", LABEL)
        dress(self.value, look, "text", 1.2, 700)
        dress(self.fact, look, "text", LABEL, 600)
        dress(self.character, look, "second", LABEL)
        for button in self.buttons:
            button.setFont(look.font(LABEL, 600))
        self.fact.setFixedHeight(self.fact.fontMetrics().lineSpacing() + 2)
        self._fit_character(look)
        self._fit_slope()
        self.formula.updateGeometry()
        self.update()

    def _fit_character(self, look: Look) -> None:
        """Every card keeps room for its longest sentence, so that curves are alike."""
        self.character.setVisible(self.height() >= look.px(TALL))
        lines = 2 if self.width() >= look.px(WIDE) else 3
        self.character.setFixedHeight(lines * self.character.fontMetrics().lineSpacing() + 2)

    def _fit_slope(self) -> None:
        """What is dashed is said between name and buttons, where all of them have room."""
        sides = self.buttons[: len(self.use.sides)]
        row = (self.label, self.slope, *sides)
        wide = sum(part.sizeHint().width() + self._head.spacing() for part in row)
        self.slope.setVisible(self.alone and wide <= self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self.curve.look:
            self._fit_character(self.curve.look)
            self._fit_slope()

    def show_row(self, name: str, use: Use) -> None:
        """Show this activation, and which twins have it."""
        self.name, self.row, self.use = name, row_of(name, use.knots), use
        self.label.setText(self.row.label)
        self.curve.show_curve(self.row, use.knots if name == "drawn" else (), use.twin_of(name))
        self.curve.setAccessibleName(f"{self.row.label}: {self.row.character}")
        self.formula.latex = "" if name == "drawn" else self.row.formula
        self.formula.update()
        self.character.setText(DRAW if name == "drawn" else self.row.character)
        told = f"{DRAW} {DRAW_KEYS}" if name == "drawn" else self.row.character
        self.curve.setToolTip(f"{told}\n{READ}")
        while len(self.buttons) < len(use.sides):
            self._add_button(len(self.buttons))
        for twin, button in enumerate(self.buttons):
            button.setVisible(twin < len(use.sides))
            if twin < len(use.sides):
                button.setText(use.sides[twin])
                button.setChecked(name in use.names[twin])
                button.setAccessibleName(f"{use.sides[twin]}: {self.row.label}")
        self._fit_slope()

    def _add_button(self, twin: int) -> None:
        button = QPushButton()
        button.setCheckable(True)
        button.setProperty("role", "small")
        button.setProperty("twin", str(min(twin, 1)))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if self.curve.look:
            button.setFont(self.curve.look.font(LABEL, 600))
        button.clicked.connect(partial(self._on_button_clicked, twin))
        self._head.addWidget(button)
        self.buttons.append(button)

    def _on_button_clicked(self, twin: int) -> None:
        """Send the choice; the button shows what holds, whatever became of it."""
        self.choose(self.name, twin)
        self.buttons[twin].setChecked(self.name in self.use.names[twin])

    def show_sum(self, z: float, reach: float) -> None:
        """Show what becomes of this sum."""
        self.curve.show_sum(z, reach)
        self.value.setText(value_text(self.row, z))
        self.value.setAccessibleName(f"{self.row.label} of {plain(z)} is {value_text(self.row, z)}")
        brief = self.name == "drawn" and self.character.isHidden()  # else that says how it is drawn
        self.fact.setText(DRAG if brief else fact(self.row, z))


class Chip(PaintedButton):
    """One activation, small: its curve, its name and its value; a click shows it whole."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.row = row_of(name, HINGE)
        self.twin: int | None = None
        self.z = FIRST_SUM
        self.look: Look | None = None
        self._kept: tuple[object, QPainterPath] | None = None
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_row(self, row: Activation, twin: int | None) -> None:
        """Show this activation and who uses it."""
        self.row, self.twin = row, twin
        self.setAccessibleName(f"{row.label}{'' if twin is None else f', {selectors.side(twin)}'}")
        self.update()

    def show_sum(self, z: float) -> None:
        """Show what becomes of this sum."""
        self.z = z
        self.setAccessibleDescription(value_text(self.row, z))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.look is None:
            return
        look = self.look
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            line = min(1.7 * look.line, 0.16 * look.em) if self.isChecked() else look.line
            box = QRectF(self.rect()).adjusted(line / 2, line / 2, -line / 2, -line / 2)
            painter.setPen(
                QPen(look.color("text" if self.isChecked() or self.hasFocus() else "decoration"), line)
            )
            painter.setBrush(look.color("fill" if self.underMouse() else "panel"))
            painter.drawRoundedRect(box, 0.3 * look.em, 0.3 * look.em)
            inner = box.adjusted(0.35 * look.em, 0.25 * look.em, -0.35 * look.em, -0.25 * look.em)
            small = QRectF(
                inner.left(), inner.top(), min(1.7 * inner.height(), 0.2 * inner.width()), inner.height()
            )
            painter.setClipRect(small.adjusted(-2, -2, 2, 2))
            color = look.color("second") if self.twin is None else look.twin_color(self.twin)
            width = max(1.5, 0.11 * look.em)
            pen = QPen(color, width) if self.twin is None else look.twin_pen(self.twin, width)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(pen)
            painter.drawPath(self._path(small))
            painter.setClipping(False)
            self._write(painter, look, inner.adjusted(small.width() + 0.35 * look.em, 0, 0, 0))

    def _path(self, box: QRectF) -> QPainterPath:
        """The curve in its box, made once for each size."""
        key = (self.row, box.getRect())
        if self._kept is None or self._kept[0] != key:
            frame = Frame(box, FIRST_REACH, *value_range(self.row, FIRST_REACH))
            self._kept = (key, curve_path(frame, self.row.value))
        return self._kept[1]

    def _write(self, painter: QPainter, look: Look, box: QRectF) -> None:
        """The name at the left and the value at the right, a little smaller where they would meet."""
        value, bold = value_text(self.row, self.z), 400 if self.twin is None else 700
        name_font, value_font = look.font(LABEL, bold), look.font(LABEL, 600, tabular=True)
        wide = [QFontMetricsF(name_font).horizontalAdvance(self.row.label + " ")]
        wide.append(QFontMetricsF(value_font).horizontalAdvance(value))
        share = min(1.0, box.width() / sum(wide))
        flags = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextDontClip)
        painter.setFont(look.font(LABEL * share, bold))
        painter.setPen(look.color("text") if self.twin is None else look.twin_color(self.twin))
        painter.drawText(box, flags, self.row.label)
        painter.setFont(look.font(LABEL * share, 600, tabular=True))
        painter.setPen(look.color("text"))
        painter.drawText(box, flags | int(Qt.AlignmentFlag.AlignRight), value)
