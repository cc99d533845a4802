"""Trains in a thread of its own: a Request in, a Frame out; keeps nothing."""

from PySide6.QtCore import QObject, Signal, Slot

from netviz.session.engine import Request, advance


class Worker(QObject):
    """Lives in a QThread; the window asks for the next frame when it wants one."""

    asked = Signal(object)  # a Request: emit it from any thread
    frame_ready = Signal(object)  # a Frame
    failed = Signal(object, str)  # the Request, and why it could not be done

    def __init__(self) -> None:
        """Wait for requests."""
        super().__init__()
        self.asked.connect(self._on_asked)

    @Slot(object)
    def _on_asked(self, request: Request) -> None:
        try:
            frame = advance(request)
        except Exception as error:  # whatever went wrong, the window must hear of it and stay usable
            sentence = str(error) if isinstance(error, ValueError) else f"Training failed: {error!r}"
            self.failed.emit(request, sentence)
        else:
            self.frame_ready.emit(frame)
