"""The data: which problem, how its points are drawn, and what of them is shown."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from netviz.core.datasets import DATASETS
from netviz.core.own import MOST_CLASSES
from netviz.session import engine
from netviz.session import selectors as say
from netviz.session.actions import (
    Choose,
    EditPoints,
    NewStart,
    OpenPanel,
    SetBrush,
    SetDiscretized,
    SetField,
    SetTestPoints,
)
from netviz.session.fields import FIELDS, Settings
from netviz.session.kinds import Value
from netviz.session.problem_groups import GROUPS
from netviz.session.state import State
from netviz.session.table_words import problem_name
from netviz.session.text import in_sentence
from netviz.views.controls.fields import Check
from netviz.views.controls.gesture_slider import GestureSlider
from netviz.views.panel import Panel, Place
from netviz.views.table_box import TableBox
from netviz.views.theme import LABEL, TITLE, Look, dress
from netviz.views.thumbnails import Brush, Thumbnail

LINES = (("Corners and gates",), ("Two classes",), ("Several classes", "Numbers"), ("Curves: bend a line",))
LOSSES = {  # what each makes of an answer
    "mse": "a miss twice as far counts four times",
    "half_mse": "a miss twice as far counts four times",
    "bce": "it makes a probability of the output's sum",
    "cross_entropy": "it makes probabilities of the outputs' sums, which add up to 1",
}
WIDE = 40  # em: from here on the pictures stand beside the sliders
HOW = "Click on a surface to put such a point, drag to move it, right-click to erase it. E or Esc ends."
FIRST = "The first change makes them your own points, and training begins anew."
REDRAW = "Draw other points"
DRAWN = ("points", "noise")  # what own points do not have
GIVEN = (*DRAWN, "train_fraction")  # and what corners do not have


class Dial(NamedTuple):
    """A slider's setting and the values it stops at."""

    key: str
    stops: tuple[float, ...]
    words: Callable[[Value], str]


DIALS = (
    Dial(
        "points", (20, 50, 100, 200, 300, 500, 1000, 2000, 5000), lambda value: f"{value:,}".replace(",", " ")
    ),
    Dial("noise", tuple(range(0, 85, 5)), lambda value: f"{value:g} %"),
    Dial("train_fraction", tuple(i / 10 for i in range(1, 11)), lambda value: f"{100 * value:.0f} %"),
    Dial("batch_size", (1, 2, 4, 10, 20, 30, 0), lambda value: str(value) if value else "all"),
)


class Line(NamedTuple):
    """A dial's widgets."""

    label: QLabel
    slider: GestureSlider
    value: QLabel


def problem_sentence(settings: Settings) -> str:
    """What is asked, what stands behind the output's sum, and how a miss counts."""
    data, loss = engine.points(settings), engine.problem(settings).loss
    asked = {
        "classes": "Two classes, one output",
        "many": f"{data.y.shape[1]} classes, an output each",
        "numbers": "A number, one output",
    }[data.kind]
    output = FIELDS["output_activation"].kind.show(settings.output_activation)
    return f"{asked}. Output activation: {output}. Loss: {in_sentence(loss.label)}; {LOSSES[loss.name]}."


def drawn_sentence(settings: Settings) -> str:
    """100 points to train on, 100 to test."""
    data = engine.points(settings)
    if settings.dataset == "xor" or settings.dataset.startswith("gate"):
        return "The four corners: all are trained on."
    return f"{len(data.x)} points to train on, {len(data.test_x)} to test."


class DataPanel(Panel):
    """The drawer with the data."""

    def __init__(self, twin: int = 0) -> None:
        super().__init__(twin)
        self.look: Look | None = None
        self.settings: Settings | None = None
        self.title, self.done = QLabel("Data"), QPushButton("Done")
        self.done.setProperty("role", "primary")
        self.done.clicked.connect(lambda: self.acted.emit(OpenPanel(None)))
        self.thumbnails = {name: Thumbnail(name) for names in GROUPS.values() for name in names}
        self.headings = {heading: QLabel(heading) for heading in GROUPS}
        self.name, self.character, self.drawn, self.problem = (QLabel() for _ in range(4))
        for text in (self.character, self.drawn, self.problem):
            text.setWordWrap(True)
        self.lines = {dial.key: self._line(dial) for dial in DIALS}
        self.regenerate = QPushButton(REDRAW)
        self.regenerate.clicked.connect(self._on_regenerate_clicked)
        self.test_points, self.discretized = Check("Show test points, hollow"), Check("Discretize the answer")
        self.test_points.clicked.connect(lambda on: self.acted.emit(SetTestPoints(on)))
        self.edit = Check("Edit points (E)")
        self.edit.setToolTip("Click on a surface to put a point, drag to move it, right-click to erase it.")
        self.edit.clicked.connect(lambda on: self.acted.emit(EditPoints(on)))
        self.brushes = [Brush(number) for number in range(MOST_CLASSES)]
        for brush in self.brushes:
            brush.clicked.connect(partial(self._on_brush_clicked, brush))
        self.discretized.clicked.connect(lambda on: self.acted.emit(SetDiscretized(on)))
        self.table = TableBox()
        self.table.acted.connect(self.acted)
        self.table.commanded.connect(self.commanded)
        self._build()

    def _line(self, dial: Dial) -> Line:
        row = FIELDS[dial.key]
        slider = GestureSlider(0, len(dial.stops) - 1, 1, 2)
        slider.setAccessibleName(row.label)
        slider.setToolTip(row.help)
        slider.moved.connect(partial(self._on_slider_moved, dial))
        return Line(QLabel(row.label), slider, QLabel())

    # ---------------------------------------------------------------------------------- look
    def _build(self) -> None:
        head, body = QHBoxLayout(), QWidget()
        head.addWidget(self.title, 1)
        head.addWidget(self.done)
        self.halves = QBoxLayout(QBoxLayout.Direction.TopToBottom, body)
        self.page, self.second = QVBoxLayout(), QVBoxLayout()
        self.halves.addLayout(self.page)
        self.halves.addLayout(self.second)
        self.rows = [self._thumbnail_row(headings) for headings in LINES]
        for text in (self.name, self.character, self.problem):
            self.page.addWidget(text)
        self.page.addWidget(self.table)
        self.page.addStretch(1)
        self.grid = QGridLayout()
        for number, line in enumerate(self.lines.values()):
            for column, part in enumerate(line):
                self.grid.addWidget(part, number, column)
        self.grid.setColumnStretch(1, 1)
        self.second.addLayout(self.grid)
        foot = QHBoxLayout()
        foot.addWidget(self.drawn, 1)
        foot.addWidget(self.regenerate)
        self.second.addLayout(foot)
        for switch in (self.test_points, self.discretized, self.edit):
            switch.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.second.addWidget(switch)
        self.second.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(body)
        body.setAutoFillBackground(False)
        self.area.viewport().setAutoFillBackground(False)
        self.column = QVBoxLayout(self)
        self.column.addLayout(head)
        self._add_palette()
        self.column.addWidget(self.area, 1)

    def _add_palette(self) -> None:
        """Above all else, where it is in sight whatever the height: what the next point is."""
        self.palette_box, self.how = QFrame(), QLabel()
        self.how.setWordWrap(True)
        self.strip = QVBoxLayout(self.palette_box)
        row = QHBoxLayout()
        for brush in self.brushes:
            row.addWidget(brush)
        row.addStretch(1)
        self.strip.addLayout(row)
        self.strip.addWidget(self.how)
        self.column.addWidget(self.palette_box)

    def _thumbnail_row(self, headings: tuple[str, ...]) -> QGridLayout:
        """Groups beside each other, each under its heading."""
        grid, column = QGridLayout(), 0
        for heading in headings:
            grid.addWidget(self.headings[heading], 0, column, 1, len(GROUPS[heading]))
            for name in GROUPS[heading]:
                grid.addWidget(self.thumbnails[name], 1, column)
                self.thumbnails[name].clicked.connect(partial(self._on_thumbnail_clicked, name))
                column += 1
        grid.setColumnStretch(column, 1)
        self.page.addLayout(grid)
        return grid

    def sizeHint(self) -> QSize:
        em = self.look.em if self.look else 16
        return QSize(round(23 * em), round(40 * em))

    def set_look(self, look: Look) -> None:
        self.look = look
        dress(self.title, look, "text", TITLE, 700)
        for heading in self.headings.values():
            dress(heading, look, "second", LABEL, 600)
        dress(self.name, look, "text", TITLE, 700)
        dress(self.character, look, "text")
        for text in (self.drawn, self.problem):
            dress(text, look, "second", LABEL)
        dress(self.how, look, "text", LABEL)
        self.strip.setContentsMargins(0, look.px(0.1), 0, look.px(0.4))
        self.strip.setSpacing(look.px(0.35))
        for thumbnail in self.thumbnails.values():
            thumbnail.set_look(look)
        self.table.set_look(look)
        for brush in self.brushes:
            brush.set_look(look)
        for label, slider, value in self.lines.values():
            dress(label, look, "text")
            dress(value, look, "text", 1, 600, tabular=True)
            value.setMinimumWidth(look.px(3.2))
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            slider.set_look(look)
        for part in (self.done, self.regenerate, self.test_points, self.discretized, self.edit):
            part.ensurePolished()
            part.setFont(look.font())
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(look.px(0.3))
        self.halves.setContentsMargins(0, 0, 0, 0)
        self.halves.setSpacing(look.px(0.24))
        for half in (self.page, self.second):
            half.setSpacing(look.px(0.24))
        self._arrange()
        for row in self.rows:
            row.setHorizontalSpacing(look.px(0.17))
            row.setVerticalSpacing(look.px(0.1))
        self.grid.setHorizontalSpacing(look.px(0.6))
        self.grid.setVerticalSpacing(look.px(0.15))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """The pictures beside the sliders where there is room."""
        if self.look is None:
            return
        wide = self.width() >= WIDE * self.look.em
        direction = QBoxLayout.Direction
        self.halves.setDirection(direction.LeftToRight if wide else direction.TopToBottom)
        self.halves.setSpacing(self.look.px(2.0 if wide else 0.24))
        self.halves.setStretch(0, int(wide))
        self.halves.setStretch(1, 1)

    # ---------------------------------------------------------------------------------- state
    def show_state(self, old: State | None, new: State) -> None:
        """Show the problem of the first twin: it is the same for all."""
        self.test_points.setChecked(new.test_points)
        self.discretized.setChecked(new.discretized)
        self._show_brushes(new)
        self.table.show_state(new)
        if old is not None and old.experiment is new.experiment and old.step == new.step:
            return
        settings = say.settings(new, 0)
        if settings is self.settings:
            return
        self.settings = settings
        row = DATASETS[settings.dataset]
        for name, thumbnail in self.thumbnails.items():
            thumbnail.setChecked(DATASETS[name].label == row.label)
        self.name.setText(problem_name(settings))
        self.character.setText(row.character)
        self.problem.setText(problem_sentence(settings))
        self.drawn.setText(drawn_sentence(settings))
        own = settings.dataset.startswith(("own", "csv"))
        without = DRAWN if own else GIVEN if say.on_corners(new) else ()
        generated = not without
        self.regenerate.setEnabled(generated)
        self.test_points.setEnabled(generated or own)
        for dial in DIALS:
            self._show_line(dial, getattr(settings, dial.key), dial.key not in without)
        self.setAccessibleName(self.sentence(new))

    def _show_brushes(self, state: State) -> None:
        """While points are edited: what the next one is."""
        editing = say.editing(state)
        self.edit.setChecked(editing)
        self.palette_box.setVisible(editing)
        own = say.settings(state, 0).dataset.startswith("own")
        self.how.setText(HOW if own else f"{HOW} {FIRST}")
        for brush in self.brushes:
            brush.show_kind(say.kind(state))
            brush.setVisible(editing and brush.value is not None and not say.is_curve(state))
            brush.setChecked(brush.value == state.brush)

    def _show_line(self, dial: Dial, value: Value, enabled: bool) -> None:
        """Stand at the stop that is nearest; the words say the value itself."""
        line = self.lines[dial.key]
        nearest = min(range(len(dial.stops)), key=lambda i: abs(dial.stops[i] - value))
        line.slider.show_value(nearest)
        line.value.setText(dial.words(value) if enabled else "–")
        line.slider.setEnabled(enabled)

    def sentence(self, state: State) -> str:
        settings = say.settings(state, 0)
        row = DATASETS[settings.dataset]
        told = (row.character, drawn_sentence(settings), problem_sentence(settings))
        return f"{problem_name(settings)}. {' '.join(told)}"

    # ---------------------------------------------------------------------------------- hands
    def _on_thumbnail_clicked(self, name: str) -> None:
        self.acted.emit(Choose(name))

    def _on_brush_clicked(self, brush: Brush) -> None:
        if brush.value is not None:
            self.acted.emit(SetBrush(brush.value))

    def _on_slider_moved(self, dial: Dial, stop: int, goes_on: bool) -> None:
        kind = FIELDS[dial.key].default
        value = int(dial.stops[stop]) if isinstance(kind, int) else float(dial.stops[stop])
        self.acted.emit(SetField(dial.key, value, same_gesture=goes_on))

    def _on_regenerate_clicked(self) -> None:
        """The next draw; with Playground's generator the start is drawn anew along with it."""
        if self.settings is not None:
            own = isinstance(self.settings.seed, int)
            self.acted.emit(SetField("data_seed", self.settings.data_seed + 1) if own else NewStart())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.acted.emit(OpenPanel(None))
        else:
            super().keyPressEvent(event)


PANEL = Place("Data", "drawer", 47, "D", DataPanel)
