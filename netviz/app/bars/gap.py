"""Between the lanes: what the twins have in common, and the one thing in which they differ."""

from PySide6.QtWidgets import QHBoxLayout, QLabel

from netviz.app.style import FIRST_LOOK, label
from netviz.session import selectors
from netviz.session.engine import hidden_activations
from netviz.session.state import State
from netviz.views.drawing import marks
from netviz.views.panel import Panel
from netviz.views.theme import Look


class Difference(Panel):
    """The sentence between the lanes, with the twins' badges in it."""

    def __init__(self) -> None:
        """Make the sentence, empty."""
        super().__init__()
        self._look, self._parts = FIRST_LOOK, ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)

    def set_look(self, look: Look) -> None:
        self._look = look

    def show_state(self, old: State | None, new: State) -> None:
        if old is not None and old.experiment.at(old.step) is new.experiment.at(new.step):
            return
        while self._row.count():
            item = self._row.takeAt(0)
            gone = item.widget() if item is not None else None
            if gone is not None:
                gone.hide()  # until the event loop takes it away
                gone.deleteLater()
        self._row.setSpacing(self._look.px(0.45))
        for part in selectors.difference(new):
            self._row.addWidget(self._badge(new, part) if isinstance(part, int) else self._words(part))
        self._row.addStretch()
        self.setAccessibleName(self.sentence(new))

    def _words(self, text: str) -> QLabel:
        made = label(text)
        made.setFont(self._look.font(1.0, 500))
        made.setWordWrap(len(text) > 60)
        return made

    def _badge(self, state: State, twin: int) -> QLabel:
        activation = hidden_activations(selectors.settings(state, twin))[0]
        color, panel = self._look.twin_color(twin), self._look.color("panel")
        made = QLabel()
        made.setPicture(marks.badge(activation, color, panel, self._look.px(1.7), self._look.bold))
        made.setAccessibleName(selectors.activation_label(state, twin))
        return made

    def sentence(self, state: State) -> str:
        """The same with words for the badges."""
        parts = selectors.difference(state)
        return " ".join(selectors.activation_label(state, p) if isinstance(p, int) else p for p in parts)


class Message(Panel):
    """One sentence on what could not be done; the next action or Esc takes it away."""

    def __init__(self) -> None:
        """Make the bar, empty."""
        super().__init__()
        self.setObjectName("message")
        self._words = label()
        self._words.setWordWrap(True)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._words)

    def set_look(self, look: Look) -> None:
        self._words.setFont(look.font(1.0, 600))
        self._row.setContentsMargins(look.px(0.8), 0, look.px(0.8), 0)

    def show_state(self, old: State | None, new: State) -> None:
        self._words.setText(new.message)
        self.setAccessibleName(new.message)

    def sentence(self, state: State) -> str:
        """The message."""
        return state.message
