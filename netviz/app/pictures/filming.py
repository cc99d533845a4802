"""The sheet that makes a film: another netviz draws it, so that the window stays as quick as ever."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QProcess
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QProgressBar, QSpinBox, QWidget

from netviz.app.style import button, label
from netviz.session.actions import Tell
from netviz.session.document import document_of
from netviz.session.files import encode
from netviz.session.sources import SESSION
from netviz.session.store import Store

FILMS = {
    "Animated GIF (*.gif)": "gif", "Animated WebP (*.webp)": "webp", "Animated PNG (*.apng)": "apng",
    "MP4 film (*.mp4)": "mp4",
}  # fmt: skip


USUAL_FRAMES = 300  # so long a film is offered: every nth step of a longer run
FPS = 30
Ask = Callable[[str, dict[str, str], Callable[[str], None]], object]


class Picked(NamedTuple):
    """What a picture shows: a panel by its name and twin, or the window by no name."""

    name: str
    twin: int
    widget: QWidget


def program() -> list[str]:
    """The words that start netviz once more."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "netviz"]


class FilmSheet(QDialog):
    """Which steps, how fast; then how far it is, and a way to stop it. The window goes on beside it."""

    def __init__(self, window: QWidget, store: Store, picked: Picked, ask: Ask) -> None:
        """Offer the whole run of a store, of what was picked."""
        super().__init__(window)
        self._store, self._picked, self._ask = store, picked, ask
        self._folder = TemporaryDirectory(prefix="netviz-")
        self._path = ""
        self.setWindowTitle(f"Film of {'the ' + picked.name + ' panel' if picked.name else 'the window'}")
        furthest = store.state.furthest
        self.first, self.last = self._box(0, furthest, 0), self._box(0, furthest, furthest)
        self.every = self._box(1, max(1, furthest), max(1, -(-furthest // USUAL_FRAMES)))
        self.fps = self._box(1, 60, FPS)
        self.length, self.bar = label(), QProgressBar()
        self.bar.setAccessibleName("Frames drawn")
        self.start, self.cancel = button("Save…"), button("Cancel")
        self._lay_out()
        self.process = QProcess(self)
        self.process.readyReadStandardOutput.connect(self._on_process_output)
        self.process.finished.connect(self._on_process_finished)
        self.process.errorOccurred.connect(self._on_process_error)
        self.start.clicked.connect(self._on_start_clicked)
        self.cancel.clicked.connect(self.close)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.close)
        self._show_length()

    def _box(self, low: int, high: int, value: int) -> QSpinBox:
        made = QSpinBox()
        made.setRange(low, high)
        made.setValue(value)
        return made

    def _lay_out(self) -> None:
        form, row = QFormLayout(self), QHBoxLayout()
        boxes = {"From step": self.first, "To step": self.last, "Every nth step": self.every,
                 "Frames a second": self.fps}  # fmt: skip
        for name, box in boxes.items():
            box.setAccessibleName(name)
            box.valueChanged.connect(self._show_length)
            form.addRow(name, box)
        form.addRow(self.length)
        form.addRow(self.bar)
        self.bar.hide()
        row.addStretch()
        row.addWidget(self.start)
        row.addWidget(self.cancel)
        form.addRow(row)

    @property
    def steps(self) -> range:
        """The steps that are shown."""
        return range(self.first.value(), self.last.value() + 1, self.every.value())

    def _show_length(self, _: int = 0) -> None:
        frames = len(self.steps)
        self.length.setText(
            f"{frames:,} frames, {frames / self.fps.value():.1f} s" if frames else "No frames"
        )
        self.start.setEnabled(frames > 0)

    # ------------------------------------------------------------------------------ making it
    def _on_start_clicked(self) -> None:
        self._ask("Save film", FILMS, self.make)

    def make(self, path: str) -> None:
        """Let the other netviz draw into a file."""
        self._path = path
        source = Path(self._folder.name) / f"film{SESSION}"
        source.write_bytes(encode(document_of(self._store.state)))
        for box in (self.first, self.last, self.every, self.fps, self.start):
            box.setEnabled(False)
        self.bar.setRange(0, len(self.steps))
        self.bar.setValue(0)
        self.bar.show()
        words = [*program(), *self._words(source), "-o", path]
        self.process.start(words[0], words[1:])

    def _words(self, source: Path) -> list[str]:
        state, size, steps = self._store.state, self._picked.widget.size(), self.steps
        what = ["--panel", self._picked.name, "--twin", str(self._picked.twin)] if self._picked.name else []
        return [
            "render", str(source), *what, "--steps", f"{steps[0]}:{steps[-1]}", "--every", str(steps.step),
            "--fps", str(self.fps.value()), "--size", f"{size.width()}x{size.height()}",
            "--theme", state.theme, f"--text-size={state.text_size}", "--json",
        ]  # fmt: skip

    def _on_process_output(self) -> None:
        while self.process.canReadLine():
            self.bar.setValue(json.loads(bytes(self.process.readLine().data()))["frame"])

    def _on_process_finished(self, status: int, _: QProcess.ExitStatus) -> None:
        said = bytes(self.process.readAllStandardError().data()).decode(errors="replace").strip()
        name = Path(self._path).name
        if status == 0:
            self._tell(f"Saved {name}.")
        else:
            self._tell(said.splitlines()[-1].removeprefix("netviz: ") if said else f"{name} was not saved.")
        self.close()

    def _on_process_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._tell(f"{Path(self._path).name} was not saved: netviz could not be started once more.")
            self.close()

    def _tell(self, sentence: str) -> None:
        self._store.dispatch(Tell(f"{sentence.rstrip('.')}."))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing it ends the other netviz: nothing of the film is left."""
        self.process.finished.disconnect(self._on_process_finished)
        if self.process.state() != QProcess.ProcessState.NotRunning:
            self.process.kill()
            self.process.waitForFinished()
        self._folder.cleanup()
        self.deleteLater()
        super().closeEvent(event)
