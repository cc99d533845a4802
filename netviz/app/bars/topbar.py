"""The top bar: Train, the run's buttons, the recipe as a sentence, and what is one step away."""

from collections.abc import Sequence, Set

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QWidget

from netviz.app.bars.recipe import Word
from netviz.app.style import FIRST_LOOK, button, label, sends, tint, width_of
from netviz.session import selectors
from netviz.session.actions import (
    Action,
    LeaveLesson,
    NewStart,
    Open,
    OpenPanel,
    Pause,
    Present,
    Reset,
    StartLesson,
    Step,
    Train,
)
from netviz.session.experiment import Experiment, compared
from netviz.session.lessons.reading import lessons
from netviz.session.state import State
from netviz.session.text import in_sentence
from netviz.views.drawing import marks
from netviz.views.panel import Panel
from netviz.views.theme import Look

RUN: tuple[tuple[str, str, Action, str], ...] = (  # name, text, what it does, help
    ("step", "Step", Step(), "One step further (Right)"),
    ("reset", "Reset", Reset(), "Back to the same start (Ctrl+R)"),
    ("new", "New start", NewStart(), "Other starting weights (N)"),
)
SENTENCE = (  # the recipe's joints and the words behind them
    ("teach", "Teach", "dataset"),
    ("to", "to", "hidden"),
    ("with", "with", "activation 0"),
    ("and", "and with", "activation 1"),
)
# What leaves when there is no room, first to last; all of it can be had under More.
LEAVES = (
    {"teach"},
    {"divider"},
    {"settings"},
    {"compare"},
    {"lessons"},  # where there is so little room, a tab leads to them too
    {"present"},
    {"new"},
    {"to", "hidden"},
    {"step"},
    {"with", "and"},
    {"reset"},
    {"epoch"},
    {"dataset"},  # the words themselves, where the window is as small as a hand
    {"activation 0", "activation 1"},
)
SPARED = {"teach", "divider"}  # these leave before words are shortened
KEYS = {  # of the commands that the items stand for
    "step": "Right", "reset": "Ctrl+R", "new": "N", "settings": "S", "lessons": "L", "present": "F5",
}  # fmt: skip

APART, CLOSE = 0.45, 0.15  # em between two items, at most and at least
COMPARE = "Compare with identity"
TWINS = 2  # as many have words in the recipe


def kept(widths: dict[str, int], room: int, leaves: Sequence[set[str]] = LEAVES) -> set[str]:
    """The items that stay in a row of `room` px: groups leave in order until the rest fits."""
    stays = set(widths)
    for group in leaves:
        if sum(widths[name] for name in stays) <= room:
            break
        stays -= group
    return stays


def play_icon(playing: bool, color: QColor, size: int) -> QIcon:
    """A triangle, or the two bars of a pause."""
    picture = marks.pixmap(size, 2.0)
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        if playing:
            painter.drawRect(round(size * 0.2), 0, round(size * 0.22), size)
            painter.drawRect(round(size * 0.6), 0, round(size * 0.22), size)
        else:
            painter.drawPolygon(
                QPolygonF([QPointF(0.08 * size, 0), QPointF(size, size / 2), QPointF(0.08 * size, size)])
            )
    return QIcon(QPixmap(picture))


class TopBar(Panel):
    """Train is the only filled control; the recipe's words are menus."""

    more = Signal()

    def __init__(self) -> None:
        """Make the bar; an experiment of one twin leaves out what belongs to the second."""
        super().__init__()
        self._experiment: Experiment | None = None
        self._reading = False  # a lesson
        self.left: tuple[str, ...] = ()  # the keys of what has no room
        self._look, self._playing, self._letters, self._twins = FIRST_LOOK, False, 0, TWINS
        self.train = button("Train", "primary")
        self.train.setObjectName("train")
        self.train.clicked.connect(self._on_train_clicked)
        self.more_button = button("More", "flat", "More: every command")
        self.more_button.setToolTip("Every command (Ctrl+M)")
        self.more_button.clicked.connect(self.more)
        self.epoch = label()
        self.words = {key: Word(key, None, self.acted.emit) for key in ("dataset", "hidden")}
        self.words |= {f"activation {i}": Word("activation", i, self.acted.emit) for i in range(TWINS)}
        self.compare = button(COMPARE, "flat")
        self.compare.setToolTip("The same network beside it, without its activation")
        self.compare.clicked.connect(self._on_compare_clicked)
        self._items: dict[str, QWidget] = {"train": self.train, **self._buttons(), **self._sentence()}
        self._items |= {"compare": self.compare, "settings": self._settings()}
        self._items |= {"lessons": self._lessons(), "present": self._present()}
        self._items |= {"more": self.more_button, "epoch": self.epoch}
        self._build()

    def _buttons(self) -> dict[str, QWidget]:
        made: dict[str, QWidget] = {}
        for name, text, action, help_text in RUN:
            made[name] = one = button(text, "flat")
            one.setToolTip(help_text)
            one.clicked.connect(sends(self, action))
        return made

    def _sentence(self) -> dict[str, QWidget]:
        self._divider = QFrame()
        self._divider.setObjectName("rule")
        self._joints = {name: label(text) for name, text, _ in SENTENCE}
        texts: dict[str, QWidget] = {"divider": self._divider}
        for name, _, word in SENTENCE:
            texts |= {name: self._joints[name], word: self.words[word].button}
        return texts

    def _settings(self) -> QWidget:
        made = button("All settings", "flat")
        made.setToolTip("Everything that can be set (S)")
        made.clicked.connect(sends(self, OpenPanel("settings")))
        return made

    def _lessons(self) -> QWidget:
        made = button("Lessons", "flat")
        made.setToolTip("Scripted experiments, card by card (L)")
        self._menu = QMenu(made)
        self._menu.setToolTipsVisible(True)
        self._menu.aboutToShow.connect(self._fill_lessons)
        made.setMenu(self._menu)
        return made

    def _fill_lessons(self) -> None:
        """List the lessons as the menu opens."""
        self._menu.clear()
        for row in lessons().values():
            entry = self._menu.addAction(row.title, sends(self, StartLesson(row)))
            entry.setToolTip(row.about)
        if self._reading:
            self._menu.addSeparator()
            self._menu.addAction("Leave the lesson", sends(self, LeaveLesson()))

    def _present(self) -> QWidget:
        made = button("Present", "flat")
        made.setToolTip("For a hall: large, in full screen (F5)")
        made.clicked.connect(sends(self, Present(True)))
        return made

    def _build(self) -> None:
        self._row = QHBoxLayout(self)
        for name, item in self._items.items():
            if name == "settings":
                self._row.addStretch()
            self._row.addWidget(item)
            item.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def _on_train_clicked(self) -> None:
        self.acted.emit(Pause() if self._playing else Train())

    def _on_compare_clicked(self) -> None:
        if self._experiment is not None:
            self.acted.emit(Open(compared(self._experiment), in_sentence(COMPARE)))

    def set_look(self, look: Look) -> None:
        self._look = look
        self._row.setContentsMargins(look.px(1.1 if look.layout == "wide" else 0.5), 0, look.px(0.6), 0)
        for item in self._items.values():
            item.setFont(look.font(1.0, 400))
        self._menu.setFont(look.font())
        for joint in self._joints.values():
            tint(joint, look, "second")
        self.train.setFont(look.font(1.2, 700))
        self.train.setIconSize(QSize(look.px(1.15), look.px(1.15)))
        wide = look.layout == "wide"
        self.train.setFixedSize(look.px(8.1 if wide else 6.7), look.px(2.45 if wide else 2.2))
        self._divider.setFixedSize(max(1, look.px(0.07)), look.px(2.0))
        self.epoch.setFont(look.font(1.25, 700, tabular=True))
        self.epoch.setContentsMargins(look.px(0.3), 0, look.px(0.2), 0)
        for word in self.words.values():
            word.set_look(look)
            word.button.setFixedHeight(look.px(2.05))
        self._shorten(self._small)
        self._show_train(self._playing)

    @property
    def _small(self) -> bool:
        return self._look.layout in ("compact", "short")

    def _shorten(self, brief: bool) -> None:
        """Say the recipe with fewer letters and gaps, or in full."""
        self._joints["and"].setText("and" if brief else "and with")
        beside = self._look.px(0.15 if brief else 0.4)
        for joint in self._joints.values():
            joint.setContentsMargins(beside, 0, beside, 0)
        for word in self.words.values():
            word.shorten(brief)

    def _show_train(self, playing: bool) -> None:
        self._playing = playing
        self.train.setText(" Pause" if playing else " Train")
        self.train.setAccessibleName("Pause" if playing else "Train")
        self.train.setIcon(play_icon(playing, self._look.color("panel"), self._look.px(1.15)))

    def show_state(self, old: State | None, new: State) -> None:
        self._experiment, self._reading = new.experiment, new.reading is not None
        if self._playing != new.playing:
            self._show_train(new.playing)
        if self._small:
            self.epoch.setText(selectors.epoch_text(new))
        if old is None or old.experiment.twins_at(old.step) is not new.experiment.twins_at(new.step):
            self._twins = len(new.frame.states)
            for word in self.words.values():
                if (word.twin or 0) < self._twins:
                    word.show_state(new)
        if old is None or old.experiment is not new.experiment or len(self.epoch.text()) != self._letters:
            self._fit()

    def _fit(self) -> None:
        """Shorten the recipe where that gives room to more; hide what still has none."""
        self._letters = len(self.epoch.text())
        absent = set() if self._small else {"epoch"}
        absent |= {"and", "activation 1"} if self._twins < TWINS else {"compare"}
        present = self._items.keys() - absent
        ways = (True,) if self._small else (False, True)
        best = max(ways, key=lambda brief: len(self._kept(present, brief) - SPARED))
        stays = self._kept(present, best)
        self._spread(stays)
        for name, item in self._items.items():
            item.setVisible(name in stays)
        self.left = tuple(key for name, key in KEYS.items() if name in present - stays)

    def _kept(self, names: Set[str], brief: bool) -> set[str]:
        """What has room where the recipe is said like that."""
        self._shorten(brief)
        return kept(self._widths(names), self._room)

    def _spread(self, names: Set[str]) -> None:
        """Give the gaps between these items half of what is left; the rest sets the last ones apart."""
        spare = self._room - sum(self._widths(names).values())
        least, most = self._look.px(CLOSE), self._look.px(APART)
        self._row.setSpacing(min(most, least + max(0, spare) // 2 // len(names)))

    def _widths(self, names: Set[str]) -> dict[str, int]:
        """How wide they are, each with the least gap, px."""
        return {name: width_of(self._items[name]) + self._look.px(CLOSE) for name in names}

    @property
    def _room(self) -> int:
        margins = self._row.contentsMargins()
        return self.width() - margins.left() - margins.right()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def sentence(self, state: State) -> str:
        """The recipe as one sentence."""
        words = [word.button.text().strip() for word in self.words.values()]
        return f"Teach {words[0]} to {words[1]} with {' and with '.join(words[2:])}."
