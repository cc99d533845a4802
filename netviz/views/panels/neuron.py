"""Inside a neuron: each product, the sum, the bias, the activation; and one training step, by moments."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from netviz.session import selectors
from netviz.session.actions import Step, Walk
from netviz.session.fitting import is_table
from netviz.session.instruments.inside import NO_BREAK, focus, inside, place_text, regime, threshold, told
from netviz.session.instruments.walk import Moment, Row, moment, moments, term_rows
from netviz.session.state import State, UnitId
from netviz.session.text import shown, signed
from netviz.views.drawing.arithmetic import Line, Picture
from netviz.views.drawing.arithmetic_sheet import Sheet
from netviz.views.drawing.arithmetic_strip import SIDE, STRIP, Strip
from netviz.views.panel import READING, Panel, Place
from netviz.views.theme import LABEL, Look, dress

SEEN = (
    "frame",
    "experiment",
    "probe",
    "selected",
    "walk",
    "view",
    "playing",
)  # what the panel shows of a State
UNIT_PHASES = ("product", "sum", "bias", "activation")
WHOLE_NAMES = {"Step through": "Step through one training step"}
HINTS = ("one training step, key Enter", "key Enter", "")  # the first that has room


def picture(state: State) -> Picture:
    """What is drawn of a state, outside the walk."""
    found = inside(state, focus(state))
    title = f"Inside {found.name} at {_probe_text(state, found.unit.twin)}"
    if not found.terms:
        text = f"{found.name} is an input: it has no weights, it passes on what comes in."
        return Picture(title, (), None, found, True, (Line(text, "text", 600),))
    rows = (*term_rows(found), Row("bias", "", signed(found.bias)), Row("sum z", "", shown(found.sum)))
    lines = [Line(regime(found.activation, found.sum), "text", 600)]
    if threshold(found):
        lines.append(Line(threshold(found), "second"))
    lines += _other(state, found.unit)
    return Picture(title, rows, len(rows) - 1, found, True, tuple(lines))


def _probe_text(state: State, twin: int) -> str:
    """The probe as numbers; a table's are scaled, one for each of its inputs."""
    chosen, at = selectors.settings(state, twin), selectors.probe(state)
    if chosen.csv is None or not is_table(chosen):
        return f"the probe {place_text(at)}"
    return f"{place_text(at[: len(chosen.csv.inputs)])}, scaled"


def _other(state: State, unit: UnitId) -> list[Line]:
    """The same unit of the other twin, where both are shown and alike."""
    others = [twin for twin in selectors.visible_twins(state) if twin != unit.twin]
    if len(others) != 1 or selectors.net(state, others[0]).sizes != selectors.net(state, unit.twin).sizes:
        return []
    twin = others[0]
    found = inside(state, UnitId(twin, unit.layer, unit.index))
    name = selectors.twin_name(state, twin)
    became = f"{shown(found.sum)} becomes {shown(found.value)}.".replace(" ", NO_BREAK)
    return [Line(f"{name}: {became}", "without" if twin else "with_", 600)]


def walking(state: State, at: Moment) -> Picture:
    """What is drawn of a moment of the walk."""
    lines = (Line(at.text, "text", 600),)
    if at.phase not in UNIT_PHASES:
        return Picture(at.title, at.rows, None, None, False, lines, strong=at.phase == "loss")
    total = {"product": None, "activation": len(at.rows) - 2}.get(at.phase, len(at.rows) - 1)
    found = inside(state, at.units[0], at.at)
    return Picture(at.title, at.rows, total, found, at.phase == "activation", lines, strong=True)


class NeuronPanel(Panel):
    """The selected unit at the probe, or a moment of the walk through one training step."""

    lowest = (20.0, 15.0)
    pace = READING

    def __init__(self, twin: int = 0) -> None:
        super().__init__(twin)
        self.sheet = Sheet()
        self.back, self.next = QPushButton("Back"), QPushButton("Step through")
        self.count = QLabel()
        self._row = QHBoxLayout()
        for widget in (self.back, self.next, self.count):
            self._row.addWidget(widget)
        self._row.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.sheet, 1)
        self._column.addLayout(self._row)
        for button in (self.back, self.next):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves Space to Train
        self.back.clicked.connect(self._go_back)
        self.next.clicked.connect(self._go_on)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._walk: tuple[Moment, ...] = ()
        self._at: int | None = None
        self._strip = False  # the arithmetic alone, in one row

    def set_look(self, look: Look) -> None:
        self.sheet.look = look
        self._strip = look.layout == STRIP
        self.sheet.form = Strip if self._strip else None
        side = look.px(SIDE) if self._strip else 0
        self._column.setContentsMargins(side, 0, side // 2, 0)
        self._column.setSpacing(look.px(0.3))
        self._row.setSpacing(look.px(0.6))
        for button in (self.back, self.next):
            button.setFont(look.font(1.0, 600))
        dress(self.count, look, "second", LABEL)
        self.sheet.update()

    # ---------------------------------------------------------------------------------- state
    def show_state(self, old: State | None, new: State) -> None:
        if old is not None and all(getattr(old, name) is getattr(new, name) for name in SEEN):
            return
        self._walk = moments(new) if new.walk is not None and not new.playing else ()
        self._at = min(max(new.walk or 0, 0), len(self._walk) - 1) if self._walk else None
        self.sheet.show_picture(picture(new) if self._at is None else walking(new, self._walk[self._at]))
        self._show_buttons(new)
        self.setAccessibleName(self.sentence(new))

    def _show_buttons(self, state: State) -> None:
        self.next.setVisible(not self._strip)
        self.count.setVisible(not self._strip)
        last = self._at is not None and self._at == len(self._walk) - 1
        ends = last and self._walk[-1].phase == "update"
        self.back.setVisible(self._at is not None and not self._strip)
        words = "Step through" if self._at is None else "Do this step" if ends else "Done" if last else "Next"
        if words != self.next.text():
            self.next.setText(words)
            self.next.setAccessibleName(WHOLE_NAMES.get(words, words))
        possible = not state.playing and not state.frame.states[focus(state).twin].stopped
        self.next.setEnabled(possible)
        self._show_count()

    def _show_count(self) -> None:
        """Which moment of the walk this is; before it, what the button does and its key."""
        room = self.width() - self.next.sizeHint().width() - self._row.spacing()
        metrics = self.count.fontMetrics()
        hint = next(one for one in HINTS if metrics.horizontalAdvance(one) <= room or not one)
        self.count.setText(hint if self._at is None else f"{self._at + 1} of {len(self._walk)}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._show_count()
        super().resizeEvent(event)

    def sentence(self, state: State) -> str:
        at = moment(state)
        if at is not None:
            numbers = "; ".join(" ".join(filter(None, row[:3])) for row in at.rows)
            return f"{at.title}. {at.text} {numbers}."
        found = inside(state, focus(state))
        said = [
            told(found, selectors.probe(state)),
            regime(found.activation, found.sum) if found.terms else "",
            threshold(found),
        ]
        return " ".join(filter(None, said))

    # ---------------------------------------------------------------------------------- the walk
    def _go_on(self) -> None:
        """The next moment; after the last one the step itself."""
        if self._at is None:
            self.acted.emit(Walk(0))
        elif self._at < len(self._walk) - 1:
            self.acted.emit(Walk(self._at + 1))
        else:
            does = self._walk[-1].phase == "update"
            self.acted.emit(Walk(None))
            if does:
                self.acted.emit(Step(1))

    def _go_back(self) -> None:
        """The moment before; from the first one out of the walk."""
        self.acted.emit(Walk(self._at - 1 if self._at else None))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            button = self.back if self.back.hasFocus() else self.next
            button.click()
        elif event.key() == Qt.Key.Key_Backspace and self._at is not None:
            self._go_back()
        else:
            super().keyPressEvent(event)


PANEL = Place(
    "Neuron", "instrument", 41, "1", NeuronPanel, tab="Neuron", door=True,
    about="What one unit does with its inputs, number by number",
)  # fmt: skip
