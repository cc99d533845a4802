"""The real program on two screens, in a process of its own: prints which screen an instrument's window is on.

QT_QPA_PLATFORM=offscreen:configfile=FILE python -m tests.app.two_screens
"""

import json
import sys

from PySide6.QtCore import QTimer

from netviz.app import main
from netviz.session.actions import MoveApart


class Session(main.Session):
    """Opens Fold in a window of its own, tells where it is, and closes the program's window."""

    def __init__(self, *given):
        super().__init__(*given)
        QTimer.singleShot(200, self._window, self._look)

    def _look(self):
        if not self._store.state.apart:
            self._store.dispatch(MoveApart("fold"))
        own = self._window.apart.windows["fold"]
        screens = {"program": self._window.screen().name(), "own": own.screen().name()}
        print(json.dumps(screens | {"inside": own.screen().geometry().contains(own.geometry())}), flush=True)
        self._window.leave()


if __name__ == "__main__":
    main.Session = Session
    sys.exit(main.run())
