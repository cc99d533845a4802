"""All activations side by side, one sum drawn through them; one of them to draw oneself."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSlider, QVBoxLayout, QWidget

from netviz.core.activations import ACTIVATIONS
from netviz.core.drawn import HINGE
from netviz.session.actions import SetField
from netviz.session.instruments.inside import focus, plain
from netviz.session.state import State
from netviz.views.controls.activation_cards import (
    FIRST_REACH,
    FIRST_SUM,
    SLOPE,
    Card,
    Chip,
    Use,
    row_of,
    use_of,
    value_text,
)
from netviz.views.controls.curve_slider import FINE, FURTHEST
from netviz.views.panel import Panel, Place
from netviz.views.theme import LABEL, TITLE, Look, dress

NAMES = tuple(ACTIVATIONS)
PRESETS = (3.0, 10.0)  # sums to jump to: 0.95 and nearly 1 for the sigmoid
REACHES = (FIRST_REACH, FURTHEST)
CARD = (14.5, 13.0)  # the least size of a whole card, em
CHIP, CHIP_WIDTH, CHIP_COLUMNS = 1.6, 9.9, 2  # the size of a small card, em
HIGHEST_CHIP = 4.2  # em, beside the whole card
GAP = 0.45  # between cards, em
NARROW = 30.0  # em: in a narrower page the slider has a row of its own
SHARE = 0.45  # of the height: all small cards under a whole one


class Area(QWidget):
    """Where the cards lie; its owner arranges them whenever its size changes."""

    def __init__(self, arrange: Callable[[], None]) -> None:
        super().__init__()
        self._arrange = arrange

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()


class GalleryPanel(Panel):
    """All activations, one sum through all of them; each can be chosen for a twin."""

    lowest = (21.0, 15.0)

    def __init__(self, twin: int = 0) -> None:
        super().__init__(twin)
        self.title, self.sum = QLabel("Activations"), QLabel()
        self.slope = QLabel(SLOPE)  # said once for all whole cards
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.presets = [QPushButton(f"z = {plain(z)}") for z in PRESETS]
        self.area = Area(self._arrange)
        self.cards = {name: Card() for name in NAMES}
        self.chips = {name: Chip(name) for name in NAMES}
        self.chosen = Card(alone=True)  # the one that is shown whole where there is no room for all
        self.z, self.name = FIRST_SUM, NAMES[0]
        self._reach = REACHES[0]
        self._use = Use((), (), HINGE)
        self._look: Look | None = None
        self._row, self._column = QHBoxLayout(), QVBoxLayout(self)
        self._build()

    def _build(self) -> None:
        for widget in (self.title, self.sum, self.slope, self.slider, *self.presets):
            self._row.addWidget(widget)
        self._row.setStretchFactor(self.slider, 1)
        self._column.addLayout(self._row)
        self._column.addWidget(self.area, 1)
        self.slider.setRange(round(-FURTHEST * FINE), round(FURTHEST * FINE))
        self.slider.setSingleStep(FINE // 10)
        self.slider.setPageStep(FINE)
        self.slider.setAccessibleName("The sum z")
        self.slider.valueChanged.connect(lambda value: self._move(value / FINE))
        for z, button in zip(PRESETS, self.presets, strict=True):
            button.setProperty("role", "small")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(partial(self._move, z))
        for name, chip in self.chips.items():
            chip.setParent(self.area)
            chip.clicked.connect(partial(self._choose, name))
        for card in (*self.cards.values(), self.chosen):
            card.setParent(self.area)
            card.choose = lambda name, twin: self.acted.emit(SetField("activation", name, twin))
            card.curve.moved.connect(self._move)
            card.curve.redrawn.connect(lambda knots, on: self.acted.emit(SetField("curve", knots, None, on)))

    # ---------------------------------------------------------------------------------- look
    def set_look(self, look: Look) -> None:
        self._look = look
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look.px(0.4))
        self._row.setSpacing(look.px(0.35))  # the narrowest column has just the room
        dress(self.title, look, "text", TITLE, 700)
        dress(self.sum, look, "text", 1.0, 600)
        dress(self.slope, look, "second", LABEL)
        self.slider.setMinimumHeight(look.px(1.5))
        self.sum.setMinimumWidth(self.sum.fontMetrics().horizontalAdvance("z = −12.00"))
        for button in self.presets:
            button.setFont(look.font(LABEL, 600))
        self._arrange()

    def _arrange(self) -> None:
        """All cards whole where they fit, else one whole and all of them small."""
        if self._look is None:
            return
        self._place_slider(self.width() < NARROW * self._look.em)
        columns, em = self._grid(self._look)
        whole = em >= max(1.03 * self._look.text_floor, 1.0)
        self.slope.setVisible(whole)
        cards = self.cards.values() if whole else (self.chosen,)
        look = self._look._replace(em=em) if whole else self._look
        for card in (*self.cards.values(), self.chosen):
            card.setVisible(card in cards)
        for chip in self.chips.values():
            chip.setVisible(not whole)
        for card in cards:
            card.set_look(look)
        self._place_all(columns, look) if whole else self._place_one(look)
        self._show_rows()

    def _place_slider(self, narrow: bool) -> None:
        """Beside the title, or below it in the whole width."""
        if narrow == (self._row.indexOf(self.slider) < 0):
            return
        layout = self._column if narrow else self._row
        (self._row if narrow else self._column).removeWidget(self.slider)
        layout.insertWidget(1 if narrow else 3, self.slider, 0 if narrow else 1)
        self._row.setStretchFactor(self.sum, int(narrow))

    def _grid(self, look: Look) -> tuple[int, float]:
        """The number of columns that leaves the cards largest, and how large their em is."""
        width, height = self.area.width(), self.area.height()
        sizes = []
        for columns in range(2, len(NAMES) + 1):
            rows = -(-len(NAMES) // columns)
            em = min(width / columns / (CARD[0] + 2 * GAP), height / rows / (CARD[1] + 2 * GAP))
            sizes.append((min(em, look.em), -columns))
        em, columns = max(sizes)
        return -columns, em

    def _place_all(self, columns: int, look: Look) -> None:
        gap = look.px(2 * GAP)
        rows = -(-len(NAMES) // columns)
        width, height = (self.area.width() + gap) // columns, (self.area.height() + gap) // rows
        for i, card in enumerate(self.cards.values()):
            card.setGeometry(i % columns * width, i // columns * height, width - gap, height - gap)

    def _place_one(self, look: Look) -> None:
        """The chosen card, under it (or beside it, where that is wider) all the small ones."""
        width, height, gap = self.area.width(), self.area.height(), look.px(GAP)
        legible = width / 2 / CHIP_COLUMNS >= CHIP_WIDTH * look.text_floor / LABEL
        beside = width > 1.25 * height and legible
        rows = -(-len(NAMES) // CHIP_COLUMNS)
        room = QRect(0, 0, width, height)
        if beside:
            room.setLeft(width // 2 + gap)
        else:
            room.setTop(height - min(round(SHARE * height), rows * look.px(CHIP)))
        self.chosen.setGeometry(
            QRect(0, 0, width // 2 - gap, height) if beside else QRect(0, 0, width, room.top() - 2 * gap)
        )
        high, wide = min(room.height() / rows, look.px(HIGHEST_CHIP)), room.width() / CHIP_COLUMNS
        between = min(gap // 2, max(0, int(high) - look.px(1.3)))  # a lower frame would cut its letters
        small = look._replace(em=min(look.em, wide / CHIP_WIDTH))
        for i, chip in enumerate(self.chips.values()):
            chip.look = small
            left, top = room.left() + i // rows * wide, room.top() + i % rows * high
            chip.setGeometry(round(left), round(top), round(wide) - gap // 2, int(high) - between)

    # ---------------------------------------------------------------------------------- state
    def show_state(self, old: State | None, new: State) -> None:
        same = old is not None and old.experiment is new.experiment and old.selected == new.selected
        if old is not None and same and (old.frame is new.frame or not new.experiment.edits):
            return
        use = use_of(new)
        twin = focus(new).twin
        before = self._use.names[twin : twin + 1]
        if use.names[twin : twin + 1] != before:
            self.name = use.names[twin][0] if use.names[twin] else self.name
        if use != self._use or old is None:
            self._use = use
            self._show_rows()

    def _show_rows(self) -> None:
        """Show each activation in whatever shows it now."""
        if not self._use.sides:
            return
        for name, chip in self.chips.items():
            chip.show_row(row_of(name, self._use.knots), self._use.twin_of(name))
            chip.setChecked(name == self.name)
        for name, card in self.cards.items():
            if not card.isHidden():
                card.show_row(name, self._use)
        self.chosen.show_row(self.name, self._use)
        self._show_sum()

    def _choose(self, name: str) -> None:
        self.name = name
        self._show_rows()

    def _move(self, z: float) -> None:
        """Send one sum through all of them."""
        self.z = z
        if not any(card.curve.held for card in (*self.cards.values(), self.chosen)):
            self._reach = next(reach for reach in REACHES if abs(z) <= reach)
        self._show_sum()

    def _show_sum(self) -> None:
        before = self.slider.blockSignals(True)
        self.slider.setValue(round(self.z * FINE))
        self.slider.blockSignals(before)
        self.sum.setText(f"z = {plain(self.z)}")
        for card in (*self.cards.values(), self.chosen):
            if not card.isHidden():
                card.show_sum(self.z, self._reach)
        for chip in self.chips.values():
            if not chip.isHidden():
                chip.show_sum(self.z)
        self.setAccessibleName(self._said(self._use))

    def sentence(self, state: State) -> str:
        return self._said(use_of(state))

    def _said(self, use: Use) -> str:
        told = [
            f"{side} {' and '.join(row_of(name, use.knots).label for name in dict.fromkeys(names))}"
            for side, names in zip(use.sides, use.names, strict=True)
        ]
        values = (
            f"{row_of(name, use.knots).label} {value_text(row_of(name, use.knots), self.z)}" for name in NAMES
        )
        return f"Chosen: {', '.join(told)}. At z = {plain(self.z)}: {', '.join(values)}."


PANEL = Place(
    "Activations", "instrument", 60, "G", GalleryPanel,
    about="All activations side by side, for one sum",
)  # fmt: skip
