"""Keeps what C code raises inside an override of Qt's from ending the process: decision 0012.

Before Python 3.12 such an error is not yet an exception object when it reaches PySide 6.11, which takes it
for one and reads beyond it. Any `except` on the way makes it one.
"""

import sys
from collections.abc import Callable, Iterator
from functools import wraps
from types import FunctionType
from typing import Any

from shiboken6 import Shiboken

OURS = __name__.split(".", 1)[0]


def guard() -> None:
    """Guard the overrides of every class of this program, of those still to come too."""
    if sys.version_info >= (3, 12):
        return
    for kind in _below(Shiboken.Object):
        _guard(kind)
    later: Any = Shiboken.Object
    later.__init_subclass__ = classmethod(_guard)


def _below(kind: type[Any]) -> Iterator[type[Any]]:
    below: list[type[Any]] = kind.__subclasses__()
    for one in below:
        yield one
        yield from _below(one)


def _guard(kind: type[Any], /, **_: object) -> None:
    """Wrap the methods of a class of ours that take the place of one of Qt's."""
    if kind.__module__.split(".", 1)[0] != OURS:
        return
    bases = [base for base in kind.__mro__ if base.__module__.split(".", 1)[0] != OURS]
    for name, method in list(vars(kind).items()):
        own = isinstance(method, FunctionType) and not name.startswith("__")
        if own and not hasattr(method, "__wrapped__") and any(hasattr(base, name) for base in bases):
            setattr(kind, name, _normal(method))


def _normal(method: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def run(*given: Any) -> Any:
        try:
            return method(*given)
        except BaseException:
            raise

    return run
