"""Answers in words that are numbers behind: a sequence like any other."""

import numpy as np

from netviz.session.answer_words import Answers

FOUND = Answers(np.array([1, 2, 0, 1], dtype=np.uint8))


def test_answers_are_a_sequence_of_words():
    assert list(FOUND) == ["right", "wrong", "undecided", "right"]
    assert (len(FOUND), FOUND[1], FOUND[-1]) == (4, "wrong", "right")
    assert FOUND[1:3] == ("wrong", "undecided")
    assert [FOUND.count(word) for word in ("right", "wrong", "undecided", "other")] == [2, 1, 1, 0]


def test_answers_compare_with_any_other_sequence():
    assert FOUND == ("right", "wrong", "undecided", "right")
    assert FOUND != ("right", "wrong", "undecided", "wrong")
    assert FOUND[:2] != FOUND
    assert FOUND != 4
