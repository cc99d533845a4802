"""What the data panel says of a table: how to open and save one, its scaling, the columns that are seen."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from netviz.session import selectors as say
from netviz.session.actions import SetAxes
from netviz.session.state import State
from netviz.session.table_words import (
    others_sentence,
    sample_sentence,
    scaling_sentence,
    table_of,
    target_sentence,
)
from netviz.views.controls.choice import Choice
from netviz.views.panel import OPEN_TABLE, SAVE_POINTS
from netviz.views.theme import LABEL, Look, dress

LONGEST = 16  # characters of a column's name on a button: the column of instruments is narrow


class TableBox(QWidget):
    """Two buttons; for a table its words, and for one of more than two inputs what the plane shows."""

    acted = Signal(object)  # an Action
    commanded = Signal(str)  # a command of the window

    def __init__(self) -> None:
        """Nothing is known yet."""
        super().__init__()
        self.open, self.save = QPushButton(OPEN_TABLE), QPushButton(SAVE_POINTS)
        self.open.setToolTip("Learn from a CSV file of your own, or drop it on the window.")
        self.save.setToolTip("As a CSV file, training and test points.")
        self.open.clicked.connect(lambda: self.commanded.emit(OPEN_TABLE))
        self.save.clicked.connect(lambda: self.commanded.emit(SAVE_POINTS))
        self.words, self.others = QLabel(), QLabel()
        self.across, self.up = Choice("Column across the plane"), Choice("Column up the plane")
        self.labels = QLabel("Across →"), QLabel("Up ↑")
        for axis, choice in enumerate((self.across, self.up)):
            choice.chosen.connect(lambda index, axis=axis: self._on_choice_chosen(axis, index))
        self._axes = (0, 1)
        self._build()

    def _build(self) -> None:
        page, row, self.grid = QVBoxLayout(self), QHBoxLayout(), QGridLayout()
        page.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.open)
        row.addWidget(self.save)
        row.addStretch(1)
        page.addLayout(row)
        for text in (self.words, self.others):
            text.setWordWrap(True)
        page.addWidget(self.words)
        for line, (name, choice) in enumerate(zip(self.labels, (self.across, self.up), strict=True)):
            self.grid.addWidget(name, line, 0)
            self.grid.addWidget(choice, line, 1)
        self.grid.setColumnStretch(2, 1)
        page.addLayout(self.grid)
        page.addWidget(self.others)

    def set_look(self, look: Look) -> None:
        """Take on colours and sizes."""
        for part in (self.open, self.save):
            part.ensurePolished()
            part.setFont(look.font())
        for text in (self.words, self.others):
            dress(text, look, "second", LABEL)
        for name in self.labels:
            dress(name, look, "text")
        for choice in (self.across, self.up):
            choice.set_look(look)
        self.grid.setHorizontalSpacing(look.px(0.6))
        self.grid.setVerticalSpacing(look.px(0.25))

    def show_state(self, state: State) -> None:
        """Say how the table is scaled, and which of its columns the plane shows."""
        table = table_of(say.settings(state, 0))
        self.words.setVisible(table is not None)
        several = table is not None and say.dimensions(state) > 2
        for part in (*self.labels, self.across, self.up, self.others):
            part.setVisible(several)
        if table is None:
            return
        told = (target_sentence(table), scaling_sentence(table), sample_sentence(state))
        self.words.setText(" ".join(filter(None, told)))
        self.others.setText(others_sentence(state))
        self._axes = say.axes(state)
        short = [name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…" for name in table.inputs]
        if several:
            for choice, index in zip((self.across, self.up), self._axes, strict=True):
                choice.offer(short)
                choice.show_index(index)

    def _on_choice_chosen(self, axis: int, index: int) -> None:
        """The same column twice is no plane: the two change places."""
        wanted = list(self._axes)
        if index == wanted[1 - axis]:
            wanted[1 - axis] = wanted[axis]
        wanted[axis] = index
        self.acted.emit(SetAxes(*wanted))
