"""The tabs of windows without a column: what stands to the left of the surfaces."""

from collections.abc import Mapping

from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QSizePolicy

from netviz.app.style import FIRST_LOOK, button, sends
from netviz.session.actions import OpenPanel
from netviz.session.state import State
from netviz.views.panel import Panel, Place
from netviz.views.theme import Look

FIRST = "network"  # the tab that is there when nothing is open


class TabStrip(Panel):
    """One tab is pressed; pressing another one opens its panel."""

    def __init__(self) -> None:
        """Make the strip with no tabs yet."""
        super().__init__()
        self._look = FIRST_LOOK
        self.buttons: dict[str, QPushButton] = {}
        self._rules: list[QFrame] = []
        self._group = QButtonGroup(self)
        self._row = QHBoxLayout(self)
        self._row.addStretch()
        self.setAccessibleName("Panels")

    def set_places(self, places: Mapping[str, Place]) -> None:
        """Make a tab for every panel that has a name for one."""
        for name, place in places.items():
            if place.tab and name not in self.buttons:
                self._add(name, place.tab)
        self.set_look(self._look)

    def _add(self, name: str, text: str) -> None:
        made = button(text, "tab")
        made.setCheckable(True)
        made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        made.clicked.connect(sends(self, OpenPanel(None if name == FIRST else name)))
        self._group.addButton(made)
        if self.buttons:
            rule = QFrame()
            rule.setObjectName("rule")
            self._rules.append(rule)
            self._row.insertWidget(self._row.count() - 1, rule)
        self._row.insertWidget(self._row.count() - 1, made)
        self.buttons[name] = made

    def set_look(self, look: Look) -> None:
        self._look = look
        self._row.setContentsMargins(
            0, max(1, round(look.line)) if look.theme.name == "projector" else 1, 0, 0
        )
        self._row.setSpacing(0)
        for one in self.buttons.values():
            one.setFont(look.font(1.05, 600))
        for rule in self._rules:
            rule.setFixedSize(max(1, round(look.line / 2)), look.px(1.4))

    def show_state(self, old: State | None, new: State) -> None:
        if old is not None and old.opened == new.opened:
            return
        opened = self.buttons.get(new.opened or FIRST)
        self._group.setExclusive(False)
        for one in self.buttons.values():
            one.setChecked(one is opened)
        self._group.setExclusive(opened is not None)
        checked = [one.isChecked() for one in self.buttons.values()]
        for rule, left, right in zip(self._rules, checked, checked[1:], strict=False):
            rule.setStyleSheet("background: transparent;" if left or right else "")
