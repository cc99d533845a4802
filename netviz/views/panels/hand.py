"""By hand: nine sliders for one small network, four lamps to light, and the way it is done."""

from functools import partial
from math import cos, inf, isfinite, sin, tau
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPen
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from netviz.core.stalls import GOAL
from netviz.session import by_hand, selectors
from netviz.session.actions import Open, OpenPanel, Pause, SetField
from netviz.session.by_hand import LESSONS, MOST, SNAP, SOURCE, Nine
from netviz.session.kinds import Number, parse
from netviz.session.presets import PRESETS
from netviz.session.state import State
from netviz.session.text import fraction, shown, signed
from netviz.views.controls import sentence as refused
from netviz.views.gesture_slider import GestureSlider
from netviz.views.marks import draw_mark, pen
from netviz.views.panel import Place
from netviz.views.sheet import Run, Sheet, SheetPanel, empty
from netviz.views.theme import LABEL, Look, dress

TITLE_TEXT = "By hand"
EMPTY_HEAD = "Nine numbers, by hand"
EMPTY = "The challenge needs two inputs, two hidden units and the four corners."
USE, USE_LABEL = "Use 2-2-1 on XOR", "2-2-1 on XOR"
WHY, SHOW, NEXT, BACK = "Why can nobody do it?", "Show me", "Next", "Back"
UNDO = "Undo brings your start back."
ENDS = round(MOST / SNAP)
RANGE = Number(-MOST, MOST)
MARKS = {"right": "tick", "wrong": "cross", "undecided": "query"}
LAMP, RAYS, RAY = 1.65, 12, (1.14, 1.32)  # em across; how many; from where to where, in radii
HEAD, WORDS, LAMPS, METER, BUTTONS, FOOT = 2.1, 2.8, 3.0, 2.5, 2.2, 1.3  # em, from top to bottom
AIR, STEP = 1.4, 4.6  # in a wide page: how much further apart they are; from slider to slider, em
CELL_GAP, ENTRY = 0.25, 1.35  # em
INSIDE = 4  # px that Qt leaves free in a line to type in, and its cursor


class Lamp(NamedTuple):
    """One corner's lamp."""

    name: str
    target: int
    answer: str  # right, wrong, undecided
    output: float


class Told(NamedTuple):
    """What the panel shows."""

    twin: int
    twins: tuple[tuple[int, str], ...]  # those to choose from, and what they are called
    numbers: Nine
    names: tuple[str, ...]
    lamps: tuple[Lamp, ...]
    loss: float
    floor: float | None
    words: str
    feet: tuple[str, ...]  # what stands below everything, longest first
    lesson: int | None  # the step of the shown solution that stands there
    may_show: bool
    may_ask: bool


CHANGING = {
    "numbers": (),
    "lamps": (),
    "loss": 0.0,
    "words": "",
    "feet": (),
}  # with every frame; no control does


class Cell(QWidget):
    """One of the nine numbers: its name, the number to type, and a slider."""

    def __init__(self) -> None:
        super().__init__()
        self.name, self.entry = QLabel(self), QLineEdit(self)
        self.slider = GestureSlider(-ENDS, ENDS, 1, 5)
        self.slider.setParent(self)
        self.entry.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.value = 0.0

    def set_look(self, look: Look) -> None:
        """Take on a text size."""
        dress(self.name, look, "second", LABEL)
        line = max(1, round(look.line / 2))
        padding, radius = look.px(0.06), look.px(0.2)
        self.entry.setStyleSheet(
            f"padding: 0 {padding}px; border-width: {line}px; border-radius: {radius}px;"
        )
        self.entry.setFont(look.font(0.9, 600, tabular=True))
        self.slider.set_look(look)
        wide = self.entry.fontMetrics().horizontalAdvance("−0.00") + 2 * (line + padding) + INSIDE
        high = look.px(ENTRY)
        self.name.setGeometry(0, 0, self.width() - wide, high)
        self.entry.setGeometry(self.width() - wide, 0, wide, high)
        self.slider.setGeometry(0, high, self.width(), look.px(1.2))

    def show_number(self, name: str, value: float) -> None:
        """Show a number; one that a person is typing stays."""
        self.value = value
        if name != self.name.text():
            self.name.setText(name)
            self.slider.setAccessibleName(name)
            self.entry.setAccessibleName(f"{name}, typed")
        self.slider.show_value(round(min(max(value, -MOST), MOST) / SNAP))
        if not (self.entry.hasFocus() and self.entry.isModified()):
            self.entry.setText(signed(value))


class HandPanel(SheetPanel):
    """The nine numbers of a 2-2-1 network, and what they make of the four corners."""

    def __init__(self, twin: int = 0) -> None:
        super().__init__(twin)
        self.chosen: int | None = None  # the twin whose lamps are shown; None: the first that cannot
        self.laid: object = None  # what the controls were placed for
        self.wrong = ""  # why what was typed is refused
        self.state: State | None = None
        self.cells = [Cell() for _ in range(9)]
        for index, cell in enumerate(self.cells):
            cell.setParent(self)
            cell.slider.moved.connect(partial(self._on_slider_moved, index))
            cell.entry.editingFinished.connect(partial(self._on_entry_finished, index))
        self.twins: list[QPushButton] = []
        self.why, self.show_me, self.back, self.next, self.use = (
            self._button(words) for words in (WHY, SHOW, BACK, NEXT, USE)
        )
        self.why.clicked.connect(lambda: self.acted.emit(OpenPanel("bend")))
        self.show_me.clicked.connect(lambda: self._show_lesson(0, False))
        self.back.clicked.connect(lambda: self._turn(-1))
        self.next.clicked.connect(lambda: self._turn(1))
        self.use.clicked.connect(lambda: self.acted.emit(Open(PRESETS["xor"].experiment, USE_LABEL)))

    def _button(self, words: str) -> QPushButton:
        made = QPushButton(words, self)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setAccessibleName(words)
        made.hide()
        return made

    # ---------------------------------------------------------------------------------- state
    def show_state(self, old: State | None, new: State) -> None:
        self.state = new
        super().show_state(old, new)

    def same(self, old: State, new: State) -> bool:
        return old.past is new.past and super().same(old, new)

    def _twin(self, state: State) -> int:
        seen = selectors.visible_twins(state)
        return self.chosen if self.chosen in seen else by_hand.first_choice(state)

    def read(self, state: State) -> Told | str:
        if not by_hand.fits(state):
            return EMPTY
        twin = self._twin(state)
        nine = by_hand.numbers(state, twin)
        lesson = by_hand.lesson(nine) if by_hand.can_show(state, twin) else None
        names, answers = selectors.corner_names(state), selectors.answers(state, twin)
        targets = map(int, selectors.targets(state).tolist())
        lamps = map(Lamp, names, targets, answers, selectors.outputs(state, twin).tolist())
        impossible = by_hand.impossible(state, twin)
        undo = UNDO if state.past else ""
        return Told(
            twin=twin,
            twins=tuple((one, selectors.side(one)) for one in selectors.visible_twins(state)),
            numbers=nine,
            names=by_hand.names(state, twin),
            lamps=tuple(lamps),
            loss=selectors.loss(state, twin),
            floor=selectors.affine_floor(state, twin),
            words=by_hand.told(state, twin) if lesson is None else f"{lesson + 1} {LESSONS[lesson].text}",
            feet=(f"{SOURCE} {undo}", SOURCE) if lesson == len(LESSONS) - 1 else (undo,),
            lesson=lesson,
            may_show=by_hand.can_show(state, twin),
            may_ask=impossible and by_hand.tries(state) >= by_hand.ENOUGH,
        )

    def sentence(self, state: State) -> str:
        if not by_hand.fits(state):
            return EMPTY
        twin = self._twin(state)
        lamps = zip(selectors.corner_names(state), selectors.answers(state, twin), strict=True)
        return f"{by_hand.told(state, twin)} {', '.join(f'{name} {answer}' for name, answer in lamps)}."

    # ---------------------------------------------------------------------------------- hands
    def _choose(self, twin: int) -> None:
        self.chosen = twin
        self._reread()

    def _reread(self) -> None:
        """Read the same state again: a private choice has changed."""
        if self.state is not None:
            super().show_state(None, self.state)

    def _send(self, nine: Nine, goes_on: bool) -> None:
        """Start from these numbers; a hand at them ends training."""
        if self.state is not None and self.state.playing:
            self.acted.emit(Pause())
        self.wrong = ""
        self.acted.emit(SetField("weights", by_hand.as_weights(nine), same_gesture=goes_on))

    def _set(self, index: int, value: float, goes_on: bool) -> None:
        told = self.told
        if isinstance(told, Told):
            self._send((*told.numbers[:index], value, *told.numbers[index + 1 :]), goes_on)

    def _on_slider_moved(self, index: int, value: int, goes_on: bool) -> None:
        self._set(index, round(value * SNAP, 2), goes_on)

    def _on_entry_finished(self, index: int) -> None:
        cell = self.cells[index]
        text = cell.entry.text().strip().replace("−", "-").lstrip("+")
        cell.entry.setModified(False)
        if text == shown(cell.value).replace("−", "-"):
            return
        try:
            self._set(index, parse(RANGE, text), False)
        except ValueError as wrong:
            self.wrong = refused(wrong)
            cell.entry.setText(signed(cell.value))
            self.update()

    def _turn(self, way: int) -> None:
        told = self.told
        if isinstance(told, Told) and told.lesson is not None:
            self._show_lesson(told.lesson + way, True)

    def _show_lesson(self, step: int, goes_on: bool) -> None:
        """Set the numbers of a step; all steps are one gesture, so that one undo takes them back."""
        self._send(tuple(map(float, LESSONS[step].numbers)), goes_on)

    # ---------------------------------------------------------------------------------- layout
    def _columns(self, box: QRectF, em: float) -> tuple[QRectF, QRectF]:
        """Where words, lamps and meter are, and where the sliders: below them, or right of them."""
        if self.wide:
            left = box.adjusted(0, 0, -(box.width() + 2 * em) / 2, 0)
            top = left.top() + HEAD * em
            return left, QRectF(left.right() + 2 * em, top, left.width(), 3 * STEP * em)
        top = box.top() + self._down(em, HEAD + WORDS + LAMPS + METER)
        return box, QRectF(box.left(), top, box.width(), box.bottom() - (BUTTONS + FOOT) * em - top)

    def _down(self, em: float, ems: float) -> float:
        """How far down something is, px: further in a wide page, where there is room."""
        return ems * em * (AIR if self.wide else 1.0)

    def arrange(self, look: Look, box: QRectF) -> None:
        told = self.told
        steady = told._replace(**CHANGING) if isinstance(told, Told) else told
        key = (look, box, steady)
        if key != self.laid:
            self.laid = key
            self._lay(look, box)
        if isinstance(told, Told):
            for cell, name, value in zip(self.cells, told.names, told.numbers, strict=True):
                cell.show_number(name, value)

    def _lay(self, look: Look, box: QRectF) -> None:
        """Place what only moves with the look, the size, and what there is to press."""
        told = self.told if isinstance(self.told, Told) else None
        for part in (*self.cells, *self.twins, self.why, self.show_me, self.back, self.next):
            part.setVisible(told is not None)
        self.use.setVisible(told is None)
        if told is None:
            self._put(self.use, look, box.center().x() - 5.5 * look.em, box.top() + 0.66 * box.height(), 11)
            return
        words, sliders = self._columns(box, look.em)
        self._place_twins(told, look, words)
        self._place_cells(look, sliders)
        self._place_buttons(told, look, box)

    def _put(self, button: QPushButton, look: Look, left: float, top: float, width: float) -> None:
        button.setFont(look.font(1.0, 600))
        button.setGeometry(QRectF(left, top, width * look.em, 1.9 * look.em).toRect())

    def _place_twins(self, told: Told, look: Look, box: QRectF) -> None:
        """The switch between the twins, at the right of the title."""
        while len(self.twins) < len(told.twins):
            made = self._button("")
            made.setCheckable(True)
            made.setProperty("role", "small")
            self.twins.append(made)
            made.clicked.connect(partial(self._choose_place, len(self.twins) - 1))
        widths = [4.6 if name == "with" else 5.6 for _, name in told.twins]
        left = box.right() - sum(widths) * look.em
        for button in self.twins[len(told.twins) :]:
            button.hide()
        for button, (twin, name), width in zip(self.twins, told.twins, widths, strict=False):
            button.setText(name)
            button.setAccessibleName(f"Lamps of {name}")
            button.setChecked(twin == told.twin)
            button.setVisible(len(told.twins) > 1)
            button.setFont(look.font(0.95, 600))
            button.setGeometry(QRectF(left, box.top(), (width - 0.25) * look.em, 1.6 * look.em).toRect())
            left += width * look.em

    def _choose_place(self, place: int, *_: object) -> None:
        if isinstance(self.told, Told):
            self._choose(self.told.twins[place][0])

    def _place_cells(self, look: Look, box: QRectF) -> None:
        width = (box.width() - 2 * CELL_GAP * look.em) / 3
        step = box.height() / 3
        for index, cell in enumerate(self.cells):
            left = box.left() + index % 3 * (width + CELL_GAP * look.em)
            cell.setGeometry(QRectF(left, box.top() + index // 3 * step, width, 2.6 * look.em).toRect())
            cell.set_look(look)

    def _place_buttons(self, told: Told, look: Look, box: QRectF) -> None:
        top = box.bottom() - (BUTTONS + FOOT) * look.em
        if self.wide:
            top = box.top() + self._down(look.em, HEAD + WORDS + LAMPS + METER)
        self._put(self.why, look, box.left(), top, 12.5)
        self._put(self.show_me, look, box.left(), top, 6.5)
        self._put(self.back, look, box.left(), top, 5)
        self._put(self.next, look, box.left() + 5.5 * look.em, top, 5)
        self.why.setVisible(told.may_ask)
        self.show_me.setVisible(told.may_show and told.lesson is None)
        self.back.setVisible(told.lesson not in (None, 0))
        self.next.setVisible(told.lesson is not None and told.lesson < len(LESSONS) - 1)

    # ---------------------------------------------------------------------------------- drawing
    def draw(self, sheet: Sheet, box: QRectF) -> None:
        told, em = self.told, sheet.em
        if not isinstance(told, Told):
            empty(sheet, box, EMPTY_HEAD, EMPTY)
            return
        left, _ = self._columns(box, em)
        sheet.title(TITLE_TEXT, left)
        weight = 400 if told.lesson is None else 600
        sheet.text(told.words, left.adjusted(0, self._down(em, HEAD), 0, 0), weight=weight)
        top = left.top() + self._down(em, HEAD + WORDS)
        for i, lamp in enumerate(told.lamps):
            self._draw_lamp(sheet, lamp, told.twin, QPointF(left.left() + i * left.width() / 4, top))
        self._draw_meter(
            sheet, told, QRectF(left.left(), top + self._down(em, LAMPS), left.width(), METER * em)
        )
        fits = (foot for foot in told.feet if sheet.width(foot, LABEL) <= box.width())
        foot = Run(self.wrong, "text", 600) if self.wrong else Run(next(fits, told.feet[-1]), "second")
        sheet.runs([foot], box.left(), box.bottom() - FOOT * em / 2, LABEL)

    def _draw_lamp(self, sheet: Sheet, lamp: Lamp, twin: int, at: QPointF) -> None:
        """A lamp with its target in it: filled and with rays when lit; its corner, answer and mark beside."""
        em, look, lit = sheet.em, sheet.look, lamp.answer == "right"
        radius = LAMP * em / 2
        middle = QPointF(at.x() + RAY[1] * radius, at.y() + 1.3 * em)
        color, line = look.twin_color(twin), max(1.5, 1.2 * look.line)
        if lit:
            sheet.path(rays(middle, radius), pen(color, max(1.5, 0.11 * em)))
        rim = QPen(color if lit else look.color("outline"), line)
        if lamp.answer == "undecided":
            rim.setStyle(Qt.PenStyle.DashLine)
        disc = QPainterPath()
        disc.addEllipse(middle, radius, radius)
        sheet.path(disc, rim, color if lit else look.color("panel"))
        sheet.target(lamp.target, middle, 1.15 * em)
        left, size = middle.x() + (RAY[1] + 0.15) * radius, 0.8 * em
        upper, lower = middle.y() - 0.6 * em, middle.y() + 0.65 * em
        end = sheet.runs([Run(lamp.name, "second")], left, upper, LABEL) + 0.3 * em
        sheet.runs([Run(shown(lamp.output), "text", 600)], left, lower, LABEL)
        sheet.painter.setFont(look.font())
        ink = look.color("text") if lamp.answer == "wrong" else color
        mark = QRectF(end, upper - size / 2, size, size)
        draw_mark(sheet.painter, MARKS[lamp.answer], mark, ink, look.color("panel"))

    def _draw_meter(self, sheet: Sheet, told: Told, box: QRectF) -> None:
        """The loss on a bar from 0 to 1, with the goal and the least that a flat surface can have."""
        em, look = sheet.em, sheet.look
        bar = QRectF(box.left() + 6.4 * em, box.top() + 0.1 * em, box.width() - 7.3 * em, 0.9 * em)
        sheet.runs([Run(f"Loss {shown(told.loss, 3)}", "text", 600)], box.left(), bar.center().y())
        sheet.frame(bar, "panel")
        loss = told.loss if isfinite(told.loss) else inf
        filled = QRectF(bar.left(), bar.top(), min(loss, 1.0) * bar.width(), bar.height())
        sheet.painter.fillRect(filled, look.twin_color(told.twin))
        if loss > 1:  # beyond the scale: an arrow, and the number at the left
            sheet.path(arrow(bar.right() + 0.15 * em, bar.center().y(), 0.45 * em), QPen(look.color("text")),
                       look.color("text"))  # fmt: skip
        ticks = [(GOAL, "goal"), (1.0, "1")]
        if told.floor is not None and told.floor > GOAL:
            ticks.append((told.floor, fraction(told.floor)))
        for value, label in ticks:
            x, below = bar.left() + value * bar.width(), bar.bottom() + 0.3 * em
            sheet.line(QPointF(x, bar.top() - 0.2 * em), QPointF(x, below), "text")
            sheet.centred(label, QPointF(x, below + 0.55 * em), "text")


def rays(middle: QPointF, radius: float) -> QPainterPath:
    """Short strokes around a lamp that is lit."""
    path = QPainterPath()
    for i in range(RAYS):
        toward = QPointF(cos(tau * i / RAYS), sin(tau * i / RAYS)) * radius
        path.moveTo(middle + toward * RAY[0])
        path.lineTo(middle + toward * RAY[1])
    return path


def arrow(x: float, y: float, size: float) -> QPainterPath:
    """An arrow head that points right."""
    path = QPainterPath(QPointF(x, y - size))
    path.lineTo(x + size, y)
    path.lineTo(x, y + size)
    path.closeSubpath()
    return path


PANEL = Place(TITLE_TEXT, "instrument", 46, "6", HandPanel, tab=TITLE_TEXT, door=True)
