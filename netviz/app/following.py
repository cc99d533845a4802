"""Which State a panel shows, wherever it stands: all of one, or a frame of training portion by portion."""

from collections.abc import Iterator

from netviz.session.state import State
from netviz.views.panel import Panel


class Following:
    """A panel that follows the State, and the State that all of it shows."""

    def __init__(self, panel: Panel) -> None:
        """Nothing is shown yet."""
        self.panel = panel
        self.state: State | None = None  # None: all of none, for now
        self._count = 0  # of showings: another one ends what is left of the last

    def show(self, state: State) -> None:
        """Show all of a State; what fails half-way is shown afresh next time."""
        if self.state is not state:
            last = self.forget()
            self.panel.show_state(last, state)
            self.state = state

    def portions(self, state: State) -> Iterator[None]:
        """Show a frame of training; nothing more of it once a hand has the panel show anything else."""
        if self.state is state:
            return
        last, count = self.forget(), self._count
        for _ in self.panel.showing(last, state):
            yield
            if self._count != count:
                return
        self.state = state

    def forget(self) -> State | None:
        """Have the next State shown afresh; return what was shown."""
        last, self.state = self.state, None
        self._count += 1
        return last
