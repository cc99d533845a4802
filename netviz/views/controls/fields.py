"""Controls made from a setting's kind: each shows a value and tells a new one as typed or chosen."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStyle,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)

from netviz.session.kinds import (
    Choice,
    Kind,
    Number,
    OneOrMore,
    Several,
    Sizes,
    Switch,
    Tested,
    Value,
    Whole,
    parse,
)
from netviz.views.controls.log_slider import LogSlider
from netviz.views.drawing.marks import STROKES, chevron_path, pen
from netviz.views.theme import Look


class Combo(QComboBox):
    """A list to choose from, with our chevron; the wheel scrolls the page, not the choice."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = self.fontMetrics().height() * 0.75
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(pen(self.palette().color(QPalette.ColorRole.Text), side * 0.13))
            painter.translate(self.width() - side * 1.5, (self.height() - side) / 2)
            painter.drawPath(chevron_path(side))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Check(QCheckBox):
    """A check box whose tick is drawn by us: a style sheet knows pictures only."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.isChecked():
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = QRectF(self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self))
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(pen(self.palette().color(QPalette.ColorRole.HighlightedText), 0.12))
            painter.translate(box.topLeft())
            painter.scale(box.width(), box.height())
            painter.drawPath(STROKES["tick"][0])


class Control(QWidget):
    """Shows one value of a setting; tells what a person made of it, checked, or why that is refused."""

    changed = Signal(object, bool)  # and whether it goes on with the change before, in one gesture
    refused = Signal(str)

    def __init__(self, kind: Kind) -> None:
        super().__init__()
        self.kind = kind
        self.value: Value = None

    def show_value(self, value: Value) -> None:
        """Show this value; nothing is told."""
        self.value = value

    def name(self, text: str) -> None:
        """What screen readers call it."""
        self.setAccessibleName(text)

    def set_look(self, look: Look) -> None:
        """Take on a text size."""
        for inside in self.findChildren(QWidget):
            inside.ensurePolished()  # a style sheet set before the first polish would undo the font
            inside.setFont(look.font())

    def tell(self, value: Value, goes_on: bool = False) -> None:
        """Tell a value if it is good and new."""
        try:
            checked = parse(self.kind, value) if isinstance(value, str) else self.kind.check(value)
        except ValueError as wrong:
            self.refused.emit(sentence(wrong))
            return
        if checked == self.value:
            self.refused.emit("")
        else:
            self.changed.emit(checked, goes_on)


def sentence(wrong: ValueError) -> str:
    """An error as a sentence: Expected a number above 0, got "fast"."""
    text = str(wrong)
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."


class ChoiceControl(Control):
    """One of the names of a table."""

    def __init__(self, kind: Kind, options: dict[str, str]) -> None:
        super().__init__(kind)
        self.box = Combo()
        for name, label in options.items():
            self.box.addItem(label, name)
        layout(self, [self.box])
        self.box.activated.connect(lambda index: self.tell(self.box.itemData(index)))

    def show_value(self, value: Value) -> None:
        super().show_value(value)
        self.box.setCurrentIndex(self.box.findData(value))

    def name(self, text: str) -> None:
        self.box.setAccessibleName(text)


class TextControl(Control):
    """A value as text, with the usual ones in a list beside it where the kind has some.

    `words` says what a person's word means where a file has another: all for 0, ReLU for relu.
    """

    def __init__(
        self,
        kind: Kind,
        choices: tuple[Value, ...] = (),
        words: dict[str, str] | None = None,
        beside: QWidget | None = None,
    ) -> None:
        super().__init__(kind)
        self.words = words or {}
        self.line = QLineEdit()
        self.box = Combo() if choices else None
        if self.box is not None:
            self.box.setEditable(True)
            self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            self.box.setLineEdit(self.line)
            self.box.setCompleter(QCompleter([], self.box))  # nothing is written for a person
            for choice in choices:
                self.box.addItem(kind.show(choice), choice)
            self.box.activated.connect(lambda index: self.tell(choices[index]))
        layout(self, [*([beside] if beside else []), self.box or self.line], across=2)
        self.line.editingFinished.connect(self._finished)

    def _finished(self) -> None:
        text = self.line.text().strip()
        if text != self.kind.show(self.value):
            self.tell(self._meant(text))

    def _meant(self, text: str) -> str:
        """What a person typed, in the form that `parse` reads."""
        parts = (part.strip().replace("−", "-") for part in text.split(","))
        return ",".join(self.words.get(part, part) for part in parts)

    def show_value(self, value: Value) -> None:
        super().show_value(value)
        if not self.line.hasFocus() or not self.line.isModified():
            self.line.setText(self.kind.show(value))

    def name(self, text: str) -> None:
        self.line.setAccessibleName(text)
        if self.box is not None:
            self.box.setAccessibleName(text)


class LogControl(TextControl):
    """A number as text, and a slider beside it over the round ones."""

    def __init__(self, kind: Number) -> None:
        slider = LogSlider(kind.choices[0], kind.choices[-1])
        super().__init__(kind, kind.choices, beside=slider)
        self.slider = slider
        slider.slid.connect(self.tell)

    def show_value(self, value: Value) -> None:
        super().show_value(value)
        self.slider.show_number(value)
        self.slider.setAccessibleDescription(self.kind.show(value))

    def name(self, text: str) -> None:
        super().name(f"{text}, typed")
        self.slider.setAccessibleName(text)

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self.slider.set_look(look)


class SeveralControl(Control):
    """Check boxes: some of the names of a table."""

    def __init__(self, kind: Kind, item: Choice) -> None:
        super().__init__(kind)
        self.boxes = {name: Check(row.label) for name, row in item.table.items()}
        layout(self, list(self.boxes.values()), across=3)
        for box in self.boxes.values():
            box.clicked.connect(self._clicked)

    def _clicked(self) -> None:
        self.tell([name for name, box in self.boxes.items() if box.isChecked()])
        self.show_value(self.value)  # what was refused or not yet taken over is not shown as if it were

    def show_value(self, value: Value) -> None:
        super().show_value(value)
        for name, box in self.boxes.items():
            box.setChecked(name in value)

    def name(self, text: str) -> None:
        for name, box in self.boxes.items():
            box.setAccessibleName(f"{text}: {self.boxes[name].text()}")


class SwitchControl(Control):
    """A check box."""

    def __init__(self, kind: Kind) -> None:
        super().__init__(kind)
        self.box = Check("on")
        layout(self, [self.box])
        self.box.clicked.connect(self.tell)

    def show_value(self, value: Value) -> None:
        super().show_value(value)
        self.box.setChecked(bool(value))

    def name(self, text: str) -> None:
        self.box.setAccessibleName(text)


class ReadOnly(Control):
    """A value that is not changed here."""

    def __init__(self, kind: Kind) -> None:
        super().__init__(kind)
        self.label = QLabel()
        layout(self, [self.label])

    def show_value(self, value: Value) -> None:
        super().show_value(value)
        self.label.setText(self.kind.show(value))

    def name(self, text: str) -> None:
        self.label.setAccessibleName(text)


def layout(widget: QWidget, parts: list[QWidget], across: int = 1) -> None:
    """Put parts into a widget, `across` in a row."""
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    for start in range(0, len(parts), across):
        row = QHBoxLayout()
        for part in parts[start : start + across]:
            row.addWidget(part, 1)
        column.addLayout(row)


def labels(choice: Choice) -> dict[str, str]:
    """The names of a table and how people read them."""
    return {name: row.label for name, row in choice.table.items()}


def _one_or_more(kind: OneOrMore) -> Control:
    named = labels(kind.item)
    return TextControl(kind, tuple(named), {label: name for name, label in named.items()})


def _whole(kind: Whole) -> Control:
    return TextControl(kind, kind.choices, {kind.zero: "0"} if kind.zero else None)


# How each kind is shown; a kind that is not here is typed as text.
MAKERS: dict[type, Callable[..., Control]] = {
    Choice: lambda kind: ChoiceControl(kind, labels(kind)),
    OneOrMore: _one_or_more,
    Several: lambda kind: SeveralControl(kind, kind.item),
    Switch: SwitchControl,
    Number: lambda kind: LogControl(kind) if kind.log else TextControl(kind, kind.choices),
    Whole: _whole,
    Sizes: lambda kind: TextControl(kind, words={kind.show(()): ""}),
    Tested: ReadOnly,
}


def control(kind: Kind) -> Control:
    """The control of a kind."""
    return MAKERS.get(type(kind), TextControl)(kind)
