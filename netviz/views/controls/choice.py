"""A word that is a menu: one of a few entries."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton

from netviz.views.drawing.marks import chevron
from netviz.views.theme import Look


class Choice(QPushButton):
    """Shows the chosen entry; a click offers the others."""

    chosen = Signal(int)

    def __init__(self, name: str) -> None:
        """`name` says what is chosen, for screen readers."""
        super().__init__()
        self.index = 0
        self.entries: tuple[str, ...] = ()
        self.setProperty("role", "menu")
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the chevron stands behind the text
        self.options = QMenu(self)
        self.options.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setMenu(self.options)

    def set_look(self, look: Look) -> None:
        """Take on a text size and colour."""
        self.ensurePolished()
        self.setFont(look.font(1.0, 500))
        self.options.setFont(look.font())
        self.setIconSize(QSize(look.px(1.0), look.px(1.0)))
        self.setIcon(chevron(look.color("text"), look.px(1.0)))

    def offer(self, entries: Sequence[str], index: int = 0) -> None:
        """Offer these entries; other ones than before start at `index`."""
        if tuple(entries) == self.entries:
            return
        self.entries, self.index = tuple(entries), index
        self.options.clear()
        for number, entry in enumerate(entries):
            self.options.addAction(entry).triggered.connect(lambda _=False, n=number: self.choose(n))
        self._tell()

    def show_index(self, index: int) -> None:
        """Show another entry as the chosen one, without telling."""
        self.index = index
        self._tell()

    def choose(self, index: int) -> None:
        """Take an entry."""
        self.index = index
        self._tell()
        self.chosen.emit(index)

    def _tell(self) -> None:
        self.setText(f"{self.entries[self.index]}\u2002" if self.entries else "")
