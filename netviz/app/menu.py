"""The More menu: every command in a menu of its kind, and above them what the top bar had no room for."""

from collections.abc import Collection, Iterable

from PySide6.QtWidgets import QMenu

from netviz.app.commands import WITHIN, Command, Shell
from netviz.views.theme import Look


def fill(menu: QMenu, rows: Iterable[Command], shell: Shell, look: Look, first: Collection[str] = ()) -> None:
    """List the commands as the state now has them, with their keys; those of the keys `first` at the top."""
    menu.clear()
    for old in menu.findChildren(QMenu):
        old.deleteLater()
    menu.setFont(look.font())
    menus: dict[str, QMenu] = {}
    shown = [row for row in rows if not row.shown or row.shown(shell.store.state)]
    for row in shown:
        if row.keys and row.keys[0] in first:
            _add(menu, row, shell)
    if first:
        menu.addSeparator()
    for row in shown:
        _add(_menu(menu, menus, row.group, look), row, shell)


def _menu(menu: QMenu, menus: dict[str, QMenu], group: str, look: Look) -> QMenu:
    """The menu of a group, made where it is not there yet."""
    if group not in menus:
        above = _menu(menu, menus, WITHIN[group], look) if group in WITHIN else menu
        menus[group] = QMenu(group, above)
        menus[group].setFont(look.font())
        above.addMenu(menus[group])
    return menus[group]


def _add(menu: QMenu, row: Command, shell: Shell) -> None:
    state = shell.store.state
    text = row.told(state) if row.told else row.label
    action = menu.addAction(f"{text}\t{row.keys[0]}" if row.keys else text)
    action.triggered.connect(lambda _=False: row.run(shell))
    action.setToolTip(row.tip)
    menu.setToolTipsVisible(menu.toolTipsVisible() or bool(row.tip))
    if row.checked:
        action.setCheckable(True)
        action.setChecked(row.checked(state))
