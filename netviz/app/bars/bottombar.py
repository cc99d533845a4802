"""The bottom bar: the epoch, the timeline, why it is paused, the speed, and which twins are shown."""

import re
from math import log10

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QActionGroup, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSlider, QSpacerItem, QToolTip, QWidget

from netviz.app.bars.topbar import kept
from netviz.app.style import FIRST_LOOK, button, label, sends, tint, width_of
from netviz.session import selectors
from netviz.session.actions import SetSpeed, SetView
from netviz.session.state import FASTEST, VIEWS, State
from netviz.views.panel import Panel
from netviz.views.theme import Look

DIGIT = re.compile(r"\d")  # all are equally wide
DECADE = 10  # slider positions for ten times the speed
TOP = 3 * DECADE + 1  # 1 to 1000 steps a second, and then as fast as it goes
CHOICE = {"show", "view"}  # which of the twins are shown
LEAVES = ({"why"}, {"speed", "slider"}, CHOICE, {"epoch"})
LONGEST = "Paused: both have settled."  # its room is kept, so that the timeline never moves
END = 0.9  # em behind the timeline
TIMELINE = 22  # em that the timeline always has


def speed_at(position: int) -> float:
    """Steps a second at a position of the slider: each tenth position is ten times as fast."""
    return FASTEST if position >= TOP else round(10 ** (position / DECADE))


def position_of(speed: float) -> int:
    """The slider's position for a speed."""
    return TOP if speed == FASTEST else min(TOP - 1, max(0, round(DECADE * log10(max(speed, 1)))))


def speed_words(speed: float) -> str:
    """A speed as a person says it."""
    if speed == FASTEST:
        return "as fast as it goes"
    return "1 step a second" if speed == 1 else f"{speed:g} steps a second"


class BottomBar(Panel):
    """Time and how fast it goes; the timeline itself is a panel of its own."""

    def __init__(self, timeline: Panel) -> None:
        """Make the bar around the timeline."""
        super().__init__()
        self.epoch, self.why = label(), label()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, TOP)
        self.slider.setPageStep(DECADE)
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.slider.setAccessibleName("Speed")
        self.slider.valueChanged.connect(self._on_slider_moved)
        self.view = button("", "flat", "Show")
        self._menu = QMenu(self.view)
        self._group = QActionGroup(self._menu)
        for name, text in VIEWS.items():
            action = self._menu.addAction(text, sends(self, SetView(name)))
            action.setCheckable(True)
            action.setData(name)
            self._group.addAction(action)
        self.view.setMenu(self._menu)
        self._timeline = timeline
        timeline.acted.connect(self.acted)
        self._items: dict[str, QWidget] = {
            "epoch": self.epoch, "timeline": timeline, "why": self.why, "speed": label("Speed"),
            "slider": self.slider, "show": label("Show"), "view": self.view,
        }  # fmt: skip
        self._row = QHBoxLayout(self)
        for name, item in self._items.items():
            self._row.addWidget(item, 1 if name == "timeline" else 0)
        self._end = QSpacerItem(0, 0)  # keeps the knob off what follows
        self._row.insertItem(2, self._end)
        self._look, self._shape = FIRST_LOOK, ""
        self._alone = False  # a single network leaves nothing to choose which to show

    def _on_slider_moved(self, position: int) -> None:
        speed = speed_at(position)
        self.acted.emit(SetSpeed(speed))
        if self.slider.isSliderDown():
            above = self.slider.mapToGlobal(QPoint(0, -2 * self.slider.height()))
            QToolTip.showText(above, speed_words(speed), self.slider)

    def set_look(self, look: Look) -> None:
        self._look = look
        self._timeline.set_look(look)
        for item in self._items.values():
            if item is not self._timeline:
                item.setFont(look.font())
        for name in ("why", "speed", "show"):
            tint(self._items[name], look, "second")
        self.epoch.setFont(look.font(1.25, 700, tabular=True))
        self.epoch.setMinimumWidth(0)  # else its place would be as wide as the largest text has made it
        self.view.setFont(look.font(1.0, 600))
        self._menu.setFont(look.font())
        self.slider.setFixedSize(look.px(5.8), look.px(1.5))
        self.epoch.setContentsMargins(0, 0, look.px(1.1), 0)
        self.why.setContentsMargins(0, 0, look.px(0.4), 0)
        self.why.setMinimumWidth(QFontMetrics(look.font()).horizontalAdvance(LONGEST) + look.px(0.5))
        self._row.setSpacing(0)
        self._items["speed"].setContentsMargins(look.px(0.5), 0, look.px(0.45), 0)
        self._items["show"].setContentsMargins(look.px(1.3), 0, 0, 0)

    def show_state(self, old: State | None, new: State) -> None:
        self._timeline.show_state(old, new)
        self.epoch.setText(selectors.epoch_text(new))
        self.why.setText(selectors.why_paused(new))
        if old is None or old.speed != new.speed:
            self.slider.blockSignals(True)
            self.slider.setValue(position_of(new.speed))
            self.slider.blockSignals(False)
            self.slider.setAccessibleDescription(speed_words(new.speed))
            self.slider.setToolTip(f"Speed: {speed_words(new.speed)}")
        if old is None or old.view != new.view:
            self.view.setText(f"{VIEWS[new.view]} ▾")
            self.view.setAccessibleName(f"Show {VIEWS[new.view]}")
            for action in self._group.actions():
                action.setChecked(action.data() == new.view)
        shape, alone = DIGIT.sub("0", self.epoch.text()), len(new.frame.states) == 1
        if old is None or (shape, alone) != (self._shape, self._alone) or old.view != new.view:
            self._shape, self._alone = shape, alone
            self._fit()

    def _fit(self) -> None:
        """Let leave what has no room: the timeline stays.

        The epoch's place is fixed, or every number would lay out the bar again.
        """
        self.epoch.setFixedSize(self.epoch.sizeHint().width(), self.height())
        look = self._look
        narrow = look.layout in ("compact", "short")  # the timeline alone, its ends under the tabs' ends
        edge = 0.9 if self._alone or narrow else 0.4  # em; a button has its own
        self._row.setContentsMargins(look.px(0.65 if narrow else 1.3), 0, look.px(edge), 0)
        margins = self._row.contentsMargins()
        gone = {"timeline"} | (CHOICE if self._alone else set())
        widths = {n: width_of(item) for n, item in self._items.items() if n not in gone}
        end = look.px(END)
        room = self.width() - margins.left() - margins.right() - look.px(TIMELINE) - end
        stays = kept(widths, room, LEAVES)
        if narrow:
            stays = set()
        self._end.changeSize(end if stays - {"epoch"} else 0, 0)
        self._row.invalidate()
        for name, item in self._items.items():
            item.setVisible(name in stays or name == "timeline")

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def sentence(self, state: State) -> str:
        """Where the run stands."""
        return f"{selectors.epoch_text(state)}. {selectors.why_paused(state)}".strip()
