"""Everybody has a turn, and what went wrong is still heard of."""

import pytest

from netviz.session.each import each


def called(wrong):
    """Who was called, with those in `wrong` raising, and what came out."""
    seen = []

    def call(item):
        seen.append(item)
        if item in wrong:
            raise KeyError(item)

    return seen, lambda: each(call, "abc")


def test_all_are_called_in_order():
    seen, run = called("")
    run()
    assert seen == ["a", "b", "c"]


def test_one_error_waits_for_the_others():
    seen, run = called("a")
    with pytest.raises(KeyError, match="a"):
        run()
    assert seen == ["a", "b", "c"]


def test_several_errors_come_together():
    seen, run = called("ac")
    with pytest.raises(ExceptionGroup) as raised:
        run()
    assert [error.args for error in raised.value.exceptions] == [("a",), ("c",)]
    assert seen == ["a", "b", "c"]
