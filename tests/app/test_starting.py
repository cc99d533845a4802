"""A start does no more than it must: no source is read, nothing is imported that nobody needs yet."""

import subprocess
import sys

START = """
import gc, linecache, sys
from PySide6.QtCore import QTimer
from netviz.app import main
class Session(main.Session):
    def _on_first_shown(self):
        super()._on_first_shown()
        QTimer.singleShot(0, lambda: QTimer.singleShot(0, self.tell))
    def tell(self):
        late = [name for name in ("numpy.random", "numpy.ma", "ziamath") if name in sys.modules]
        read = [name for name in linecache.cache if "netviz/session" in name or "numpy" in name]
        print(late, read, gc.isenabled(), gc.get_freeze_count() > 10_000)
        main.make_application().quit()
main.Session = Session
main.run()
print(gc.isenabled(), gc.get_freeze_count())
"""


def test_a_start_reads_no_source_and_imports_nothing_before_its_time(own_home):
    ended = subprocess.run(
        [sys.executable, "-c", START], capture_output=True, text=True, timeout=60, check=True
    )
    assert ended.stdout == "[] [] False True\nTrue 0\n"
