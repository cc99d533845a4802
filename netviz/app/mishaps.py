"""An error that nobody expected costs one sentence: its details go to the log, what a person made is kept."""

import logging
import sys
from collections.abc import Callable
from types import TracebackType

KEPT = "Your work is kept; the details are in the log."
log = logging.getLogger(__name__)


def tell_errors(keep: Callable[[], None], tell: Callable[[str], None]) -> None:
    """From here on write an unexpected error to the log, `keep` what there is, and `tell` a sentence.

    It comes from a slot or an override of Qt's, or from what Python cannot raise anywhere. An error in
    keeping or telling is logged, and not told in turn.
    """
    telling = False

    def on_error(kind: type[BaseException], error: BaseException | None, stack: TracebackType | None) -> None:
        nonlocal telling
        log.error("unexpected", exc_info=(kind, error or kind(), stack))
        if telling:
            return
        telling = True
        while isinstance(error, BaseExceptionGroup):
            error = error.exceptions[0]
        name = kind.__name__ if error is None else type(error).__name__
        sentence = f"Something went wrong inside netviz ({name}). {KEPT}"
        for one in (keep, lambda: tell(sentence)):
            try:
                one()
            except Exception:
                log.exception("and again, while telling of it")
        telling = False

    def on_unraisable(found: "sys.UnraisableHookArgs") -> None:
        on_error(found.exc_type, found.exc_value, found.exc_traceback)

    sys.excepthook, sys.unraisablehook = on_error, on_unraisable


def forget() -> None:
    """Leave errors to Python again."""
    sys.excepthook, sys.unraisablehook = sys.__excepthook__, sys.__unraisablehook__
