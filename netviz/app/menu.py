"""The More menu: every command, in every layout."""

from collections.abc import Iterable

from PySide6.QtWidgets import QMenu

from netviz.app.commands import SUBMENUS, Command, Shell
from netviz.views.theme import Look


def fill(menu: QMenu, rows: Iterable[Command], shell: Shell, look: Look) -> None:
    """List the commands as the state now has them, with their keys; a rule between groups."""
    menu.clear()
    for old in menu.findChildren(QMenu):
        old.deleteLater()
    menu.setFont(look.font())
    state, submenus, last = shell.store.state, {}, ""
    for row in rows:
        if row.shown and not row.shown(state):
            continue
        if row.group in SUBMENUS and row.group not in submenus:
            submenus[row.group] = QMenu(row.group, menu)
            menu.addMenu(submenus[row.group])
            submenus[row.group].setFont(look.font())
        elif row.group not in SUBMENUS and row.group != last and last:
            menu.addSeparator()
        target = submenus.get(row.group, menu)
        text = row.told(state) if row.told else row.label
        action = target.addAction(f"{text}\t{row.keys[0]}" if row.keys else text)
        action.triggered.connect(lambda _=False, run=row.run: run(shell))
        action.setToolTip(row.tip)
        target.setToolTipsVisible(bool(row.tip))
        if row.checked:
            action.setCheckable(True)
            action.setChecked(row.checked(state))
        if row.group not in SUBMENUS:
            last = row.group
