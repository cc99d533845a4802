"""Documents in the session: opened, saved, undone, and what the title says of them."""

import pytest

from netviz.session import actions as act
from netviz.session.document import Document, document_of, stored
from netviz.session.experiment import with_value
from netviz.session.files import encode, read
from netviz.session.links import link
from netviz.session.runs import state_at
from netviz.session.selectors import title, unsaved
from netviz.session.sources import document_from
from netviz.session.state import opening
from netviz.session.store import reduce
from netviz.session.text import reason
from tests.session.made import XOR

WIDER = with_value(XOR, "hidden", (3,))
DOCUMENT = Document(
    WIDER, (("furthest", 300), ("bookmarks", (7,))), (("playhead", 120), ("probe", (0.0, 0.5)))
)
LECTURE = stored("/talks/lecture.netviz", DOCUMENT)


def done(state, *actions):
    for action in actions:
        state = reduce(state, action)
    return state


def test_a_document_opens_as_it_was_left_whatever_was_there():
    before = done(state_at(XOR, 60), act.SetView("with"), act.Train(), act.Walk(2))
    state = reduce(before, act.OpenDocument(DOCUMENT, LECTURE, "open lecture.netviz"))
    assert document_of(state) == DOCUMENT
    assert (state.playing, state.walk, state.step, state.ghost) == (False, None, 0, None)
    undone = reduce(state, act.Undo())
    assert (undone.experiment, undone.bookmarks, undone.file) == (XOR, (), None)
    redone = reduce(undone, act.Redo())
    assert (redone.experiment, redone.bookmarks, redone.file) == (WIDER, (7,), LECTURE)


def test_after_undo_the_file_holds_what_was_saved_last():
    state = done(opening(XOR), act.OpenDocument(DOCUMENT, LECTURE), act.SetField("learning_rate", 0.3))
    assert unsaved(state)
    held = reduce(state, act.Saved(stored(LECTURE.path, document_of(state))))
    assert not unsaved(held)
    assert unsaved(reduce(held, act.Undo()))


@pytest.mark.parametrize(
    ("actions", "text"),
    [
        ((), "netviz: XOR"),
        ((act.Scrub(3), act.Bookmark()), "netviz: XOR, unsaved"),
        ((act.Bookmark(), act.Bookmark()), "netviz: XOR"),
        ((act.SetField("learning_rate", 0.3),), "netviz: XOR, unsaved"),
        ((act.OpenDocument(DOCUMENT, LECTURE),), "netviz: lecture.netviz"),
        ((act.OpenDocument(DOCUMENT, LECTURE), act.Bookmark()), "netviz: lecture.netviz, unsaved"),
        ((act.OpenDocument(DOCUMENT, LECTURE), act.Open(XOR)), "netviz: XOR"),
    ],
)
def test_the_title_names_the_file_and_says_unsaved(actions, text):
    assert title(done(opening(XOR), *actions)) == text


def test_a_bookmark_is_undone_by_its_name():
    state = done(opening(XOR), act.Bookmark())
    assert (state.bookmarks, state.past[-1].label) == ((0,), "bookmark at epoch 0")
    gone = reduce(state, act.Bookmark())
    assert (gone.bookmarks, gone.past[-1].label) == ((), "remove bookmark at epoch 0")
    assert reduce(gone, act.Undo()).bookmarks == (0,)


def test_a_sentence_is_told_without_a_pause():
    state = done(opening(XOR), act.Train(), act.Tell("Saved."))
    assert (state.message, state.playing) == ("Saved.", True)


def test_a_document_is_named_by_a_file_a_link_or_a_preset(tmp_path):
    path = tmp_path / "a.netviz"
    path.write_bytes(encode(DOCUMENT))
    assert read(path) == DOCUMENT
    assert document_from(str(path)) == (DOCUMENT, str(path))
    assert document_from(link(DOCUMENT)) == (DOCUMENT, None)
    assert document_from("xor") == (Document(XOR), None)


def test_a_refusal_of_the_system_is_read_inside_a_sentence():
    assert reason(OSError(28, "No space left on device")) == "no space left on device"
    assert reason(OSError("Odd")) == "odd"
