"""By hand: nine sliders for one small network, four lamps to light, and the way it is done."""

from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtWidgets import QPushButton

from netviz.session import selectors
from netviz.session.actions import Open, OpenPanel, Pause, Reset, SetField
from netviz.session.instruments import by_hand
from netviz.session.instruments.by_hand import LESSONS, MOST, SNAP, SOURCE, Nine
from netviz.session.instruments.inside import NO_BREAK
from netviz.session.instruments.stuck import usable
from netviz.session.kinds import Number, parse
from netviz.session.presets import PRESETS
from netviz.session.state import State
from netviz.session.text import shown, signed
from netviz.views.controls.fields import sentence as refused
from netviz.views.controls.number_cell import NumberCell
from netviz.views.drawing.lamps import Lamp, draw_lamp, draw_meter
from netviz.views.drawing.sheet import WIDE, Run, Sheet, SheetPanel, empty
from netviz.views.panel import Place
from netviz.views.theme import LABEL, Look

TITLE_TEXT = "By hand"
EMPTY_HEAD = "Nine numbers, by hand"
EMPTY = "The challenge needs two inputs, two hidden units and the four corners."
STOPPED_HEAD, STOPPED = "Numbers left the range", "Go back to the start, and set them by hand from there."
USE, USE_LABEL, AGAIN = "Use 2-2-1 on XOR", "2-2-1 on XOR", "Back to the start"
WHY, SHOW, NEXT, BACK = "Why can nobody do it?", "Show me", "Next", "Back"
UNDO = "Undo brings your start back."
HOW_FAR = " of 4 lit, loss "  # stays on one line
RANGE = Number(-MOST, MOST)
HEAD, WORDS, LAMPS, METER, BUTTONS, FOOT = 2.1, 2.7, 2.9, 2.5, 2.2, 1.3  # em, from top to bottom
AIR = 1.8  # in a wide page they are up to so much further apart
CELL_GAPS, CELL = (0.25, 0.6), 2.6  # em: the gaps at least and at most, and how high a cell is
HIGH, WHY_WIDE, BESIDE = 1.9, 12.5, 30.0  # em: a button, the widest one, a page with room beside it
MOST_STEP, ABOVE = 3.6, 0.8  # em, from one row of them to the next, and from the meter to the first


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


class HandPanel(SheetPanel):
    """The nine numbers of a 2-2-1 network, and what they make of the four corners."""

    lowest = (20.5, 14.5)
    below, beside = (20.3, 23.0), (42.0, 17.0)  # its rows want air under each other, beside them less

    def __init__(self, twin: int = 0) -> None:
        super().__init__(twin)
        self.chosen: int | None = None  # the twin whose lamps are shown; None: the first that cannot
        self.laid: object = None  # what the controls were placed for
        self.wrong = ""  # why what was typed is refused
        self.state: State | None = None
        self.cells = [NumberCell() for _ in range(9)]
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
        self.use.clicked.connect(self._on_use_clicked)

    def _button(self, words: str) -> QPushButton:
        made = QPushButton(words, self)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setAccessibleName(words)
        made.hide()
        return made

    # ---------------------------------------------------------------------------------- state
    def notice(self, old: State | None, new: State) -> None:
        self.state = new
        if old is not None and old.past is not new.past:
            self.wrong = ""

    def same(self, old: State, new: State) -> bool:
        return old.past is new.past and super().same(old, new)

    def _twin(self, state: State) -> int | None:
        """The chosen twin or the first choice, among those whose numbers can still be set."""
        seen = [twin for twin in selectors.visible_twins(state) if usable(state, twin)]
        wanted = self.chosen if self.chosen in seen else by_hand.first_choice(state)
        return wanted if wanted in seen else next(iter(seen), None)

    def read(self, state: State) -> Told | str:
        if not by_hand.fits(state):
            return EMPTY
        twin = self._twin(state)
        if twin is None:
            return STOPPED
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
        if twin is None:
            return f"{STOPPED_HEAD}. {STOPPED}"
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
            self.wrong = refused(wrong).replace("-", "−")
            cell.entry.setText(signed(cell.value))
            self.update()

    def _on_use_clicked(self) -> None:
        """The way out of an empty page: another experiment, or the start of this one."""
        stopped = self.told == STOPPED
        self.acted.emit(Reset() if stopped else Open(PRESETS["xor"].experiment, USE_LABEL))

    def _turn(self, way: int) -> None:
        told = self.told
        if isinstance(told, Told) and told.lesson is not None:
            self._show_lesson(told.lesson + way, True)

    def _show_lesson(self, step: int, goes_on: bool) -> None:
        """Set the numbers of a step; all steps are one gesture, so that one undo takes them back."""
        self._send(tuple(map(float, LESSONS[step].numbers)), goes_on)

    # ---------------------------------------------------------------------------------- layout
    @property
    def wide(self) -> bool:
        """Whether nine sliders fit beside the lamps."""
        return super().wide and self.base is not None and self.width() >= WIDE[0] * self.base.em

    def _columns(self, box: QRectF, em: float) -> tuple[QRectF, QRectF]:
        """Where words, lamps and meter are, and where the sliders: below them, or right of them."""
        if self.wide:
            left = box.adjusted(0, 0, -(box.width() + 2 * em) / 2, 0)
            top, high = left.top() + self._down(em, HEAD), self._down(em, WORDS + LAMPS + METER)
            return left, QRectF(left.right() + 2 * em, top, left.width(), high)
        top = box.top() + self._down(em, HEAD + WORDS + LAMPS + METER)
        return box, QRectF(box.left(), top, box.width(), box.bottom() - self._buttons(box, em) - top)

    def _low(self, box: QRectF, em: float) -> bool:
        """Whether the foot stands beside the buttons: in a low page that is wide enough for both."""
        rows = HEAD + WORDS + LAMPS + METER + 3 * CELL + BUTTONS + FOOT
        return not self.wide and box.height() < rows * em and box.width() > BESIDE * em

    def _buttons(self, box: QRectF, em: float) -> float:
        """How far above the page's end the buttons begin, px."""
        return (BUTTONS if self._low(box, em) else BUTTONS + FOOT) * em

    def _down(self, em: float, ems: float) -> float:
        """How far down something is, px: further in a wide page that has the room."""
        rows = HEAD + WORDS + LAMPS + METER + BUTTONS + FOOT
        return ems * em * (min(AIR, max(1.0, self.height() / (rows * em))) if self.wide else 1.0)

    def arrange(self, look: Look, box: QRectF) -> None:
        told = self.told
        steady = (
            told._replace(numbers=(), lamps=(), loss=0.0, words="", feet=())
            if isinstance(told, Told)
            else told
        )
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
            words = AGAIN if self.told == STOPPED else USE
            self.use.setText(words)
            self.use.setAccessibleName(words)
            self._put(self.use, look, box.center().x() - 5.5 * look.em, box.top() + 0.66 * box.height(), 11)
            return
        left, sliders = self._columns(box, look.em)
        self._place_twins(told, look, left)
        self._place_cells(told, look, sliders)
        self._place_buttons(told, look, box)

    def _put(self, button: QPushButton, look: Look, left: float, top: float, width: float) -> None:
        button.setFont(look.font(1.0, 600))
        button.setGeometry(QRectF(left, top, width * look.em, HIGH * look.em).toRect())

    def _place_twins(self, told: Told, look: Look, box: QRectF) -> None:
        """The switch between the twins, at the right of the title."""
        while len(self.twins) < len(told.twins):
            made = self._button("")
            made.setCheckable(True)
            made.setAutoExclusive(True)
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

    def _place_cells(self, told: Told, look: Look, box: QRectF) -> None:
        for cell in self.cells:
            cell.set_look(look)
        needed = max(cell.needs(name) for cell, name in zip(self.cells, told.names, strict=True))
        # Where letters no longer shrink with the rest, the gaps do.
        least, most = (gap * look.em for gap in CELL_GAPS)
        gap = min(most, max(least, (box.width() - 3 * needed) / 2))
        width = (box.width() - 2 * gap) / 3
        top, step = box.top(), box.height() / 3
        if not self.wide:  # what is left over goes above and between them
            above = min(ABOVE * look.em, max(0.0, box.height() - 3 * CELL * look.em) / 2)
            top, step = top + above, min((box.height() - above) / 3, MOST_STEP * look.em)
        for index, cell in enumerate(self.cells):
            left = box.left() + index % 3 * (width + gap)
            place = QRectF(left, top + index // 3 * step, width, min(step - 1, CELL * look.em))
            cell.setGeometry(place.toRect())
            cell.set_look(look)

    def _place_buttons(self, told: Told, look: Look, box: QRectF) -> None:
        top = box.bottom() - self._buttons(box, look.em)
        if self.wide:
            top = box.top() + self._down(look.em, HEAD + WORDS + LAMPS + METER)
        self._put(self.why, look, box.left(), top, WHY_WIDE)
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
            empty(sheet, box, STOPPED_HEAD if told == STOPPED else EMPTY_HEAD, str(told))
            return
        left, _ = self._columns(box, em)
        sheet.title(TITLE_TEXT, left)
        weight = 400 if told.lesson is None else 600
        words = told.words.replace(HOW_FAR, HOW_FAR.replace(" ", NO_BREAK))
        sheet.text(words, left.adjusted(0, self._down(em, HEAD), 0, 0), weight=weight)
        top = left.top() + self._down(em, HEAD + WORDS)
        for i, lamp in enumerate(told.lamps):
            draw_lamp(sheet, lamp, told.twin, QPointF(left.left() + i * left.width() / 4, top))
        meter = QRectF(left.left(), top + self._down(em, LAMPS), left.width(), METER * em)
        draw_meter(sheet, told.loss, told.floor, told.twin, meter)
        below = QRectF(box.left(), box.bottom() - FOOT * em, box.width(), FOOT * em)
        if self._low(box, em):
            top = box.bottom() - BUTTONS * em
            below = QRectF(QPointF(box.left() + (WHY_WIDE + 0.5) * em, top), QSizeF(box.width(), HIGH * em))
            below.setRight(box.right())
        fits = (foot for foot in told.feet if sheet.width(foot, LABEL) <= below.width())
        foot = Run(self.wrong, "text", 600) if self.wrong else Run(next(fits, told.feet[-1]), "second")
        sheet.runs([foot], below.left(), below.center().y(), LABEL)


PANEL = Place(
    TITLE_TEXT, "instrument", 46, "6", HandPanel, tab=TITLE_TEXT, door=True,
    about="All nine numbers of a small network, to set by hand",
)  # fmt: skip
