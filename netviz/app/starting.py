"""What the start goes without: looking for garbage, and PySide's look into the source of every module."""

import builtins
import gc


def hasten() -> None:
    """Import quickly from here on.

    PySide puts an import of its own before Python's, which reads each new module's source to see whether it
    uses `__feature__`. Nothing here does, and it costs a tenth of the start.
    """
    gc.disable()
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)


def settle() -> None:
    """Let later collections pass over what the start has made: most of it stays until the end."""
    gc.freeze()


def relax() -> None:
    """Collect garbage as ever."""
    gc.unfreeze()
    gc.enable()
