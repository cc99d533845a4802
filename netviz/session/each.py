"""Gives each of many its turn, whatever goes wrong in one of them."""

from collections.abc import Callable, Iterable
from typing import TypeVar

Item = TypeVar("Item")


def each(call: Callable[[Item], object], items: Iterable[Item]) -> None:
    """Call for every item in order; what was raised goes on its way when all had their turn."""
    errors: list[Exception] = []
    for item in items:
        try:
            call(item)
        except Exception as error:
            errors.append(error)
    if len(errors) > 1:
        raise ExceptionGroup("several parts failed", errors)
    if errors:
        raise errors[0]
