"""The tabs of windows without a column: what stands to the left of the surfaces."""

from collections.abc import Mapping

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QSizePolicy

from netviz.app.bars.column import APART, APART_TIP, movable
from netviz.app.bars.topbar import kept
from netviz.app.style import FIRST_LOOK, button, sends, width_of
from netviz.session.actions import MoveApart, OpenPanel
from netviz.session.state import State
from netviz.views.panel import Panel, Place
from netviz.views.theme import Look

AFTER = 3  # what stands behind the tabs: the menu of the others, room, the way into an own window
FIRST = "network"  # the tab that is there when nothing is open


class TabStrip(Panel):
    """One tab is pressed, another one opens its panel; what has no room stands in the menu of the last."""

    def __init__(self) -> None:
        """Make the strip with no tabs yet."""
        super().__init__()
        self._look, self._open = FIRST_LOOK, FIRST
        self.buttons: dict[str, QPushButton] = {}
        self._rules: list[QFrame] = []
        self._others = button("", "tab", "Other panels")
        self._others.setCheckable(True)
        self._menu = QMenu(self._others)
        self._others.setMenu(self._menu)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._others)
        self._row.addStretch()
        self._apart = button("↗", "tab", APART)
        self._apart.setToolTip(APART_TIP)
        self._apart.clicked.connect(self._move_apart)
        self._movable: str | None = None
        self._left_out: str | None = None
        self._row.addWidget(self._apart)
        self.setAccessibleName("Panels")

    def set_places(self, places: Mapping[str, Place]) -> None:
        """Make a tab for every panel that has a name for one."""
        for name, place in places.items():
            if place.tab and name not in self.buttons:
                self._add(name, place.tab)
                self.buttons[name].setToolTip(place.about)
        self.set_look(self._look)

    def _add(self, name: str, text: str) -> None:
        made = button(text, "tab")
        made.setCheckable(True)
        made.clicked.connect(sends(self, OpenPanel(None if name == FIRST else name)))
        made.clicked.connect(self._press)  # it stays as the state has it
        rule = QFrame()
        rule.setObjectName("rule")
        self._rules.append(rule)
        self._row.insertWidget(self._row.count() - AFTER, made)
        self._row.insertWidget(self._row.count() - AFTER, rule)
        self.buttons[name] = made

    def set_look(self, look: Look) -> None:
        self._look = look
        self._row.setContentsMargins(0, max(1, look.px(0.07)), 0, 0)
        self._row.setSpacing(0)
        for one in (*self.buttons.values(), self._others, self._apart):
            one.setFont(look.font(1.05, 600))
            one.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._menu.setFont(look.font())
        for rule in self._rules:
            rule.setFixedSize(max(1, round(look.line / 2)), look.px(1.4))
        self._fit()

    def leave_out(self, name: str | None) -> None:
        """Have no tab for a panel that stands elsewhere."""
        if name != self._left_out:
            self._left_out = name
            self._fit()

    def show_state(self, old: State | None, new: State) -> None:
        if old is None or (old.opened, old.filled) != (new.opened, new.filled):
            self._open = new.opened or FIRST
            self._movable = movable(new)
            self._fit()

    def _move_apart(self) -> None:
        if self._movable is not None:
            self.acted.emit(MoveApart(self._movable))

    def _press(self) -> None:
        """Press the open panel's tab; no rule stands beside it."""
        for name, one in self.buttons.items():
            one.setChecked(name == (FIRST if self._open == self._left_out else self._open))
        shown = [one for one in (*self.buttons.values(), self._others) if not one.isHidden()]
        for rule, one in zip(self._rules, self.buttons.values(), strict=True):
            after = shown[shown.index(one) + 1 :][:1] if one in shown else []
            rule.setVisible(bool(after))
            beside = one.isChecked() or any(next_one.isChecked() for next_one in after)
            rule.setStyleSheet("background: transparent;" if beside else "")

    def _fit(self) -> None:
        """As many tabs as there is room for; the menu of the others is called as the open one of them.

        In the compact layout the way into an own window is left to the More menu.
        """
        rule = self._rules[0].minimumWidth() if self._rules else 0
        widths = {name: one.sizeHint().width() + rule for name, one in self.buttons.items()}
        self._others.setText(f"{self._widest()} ▾")
        widths.pop(self._left_out or "", None)
        groups = [{name} for name in reversed(widths)]
        kept_free = 0 if self._look.layout == "compact" else width_of(self._apart)
        stays, room = set(widths), self.width() - kept_free  # it comes and goes, they do not move
        if sum(widths.values()) > room:
            room -= self._others.sizeHint().width()
            stays = kept(widths, room, groups)
        left = [name for name in self.buttons if name not in stays and name != self._left_out]
        self._others.setText(f"{self.buttons[self._open].text() if self._open in left else 'More'} ▾")
        self._others.setChecked(self._open in left)
        self._others.setVisible(bool(left))
        self._apart.setVisible(self._movable is not None and kept_free > 0)
        self._menu.clear()
        more = max(0, room - sum(widths[name] for name in stays)) // max(1, len(stays))  # they fill their row
        for name, one in self.buttons.items():
            one.setFixedWidth(one.sizeHint().width() + more)
            one.setVisible(name in stays)
            if name in left:
                self._menu.addAction(one.text(), sends(self, OpenPanel(name)))
        self._press()

    def _widest(self) -> str:
        return max((one.text() for one in self.buttons.values()), key=len, default="")

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)
