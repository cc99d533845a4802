"""Share links hold an experiment whole, stay short, and refuse what is broken in one sentence."""

import base64
import zlib

import pytest

from netviz.session import links
from netviz.session.document import Document, document_of
from netviz.session.files import LARGEST, FileError
from netviz.session.presets import PRESETS
from netviz.session.runs import state_at
from netviz.session.sources import experiment_from

CHAT = 700  # characters that any messenger takes in one message


@pytest.mark.parametrize("name", PRESETS)
def test_a_link_brings_back_what_it_was_made_of(name):
    document = Document(PRESETS[name].experiment)
    made = links.link(document)
    assert links.opened(made) == document
    assert experiment_from(made) == PRESETS[name].experiment
    assert len(made) < CHAT
    assert set(made.removeprefix("netviz:1/")) <= set(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"
    )


def test_a_link_keeps_the_playhead():
    document = document_of(state_at(PRESETS["xor"].experiment, 60))
    assert dict(links.opened(links.link(document)).view)["playhead"] == 60


def packed(data: bytes) -> str:
    return links.PREFIX + base64.urlsafe_b64encode(zlib.compress(data)).decode().rstrip("=")


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("netviz:2/abc", "share link: this netviz reads links that begin with netviz:1/"),
        ("netviz:1/", "share link: it is not whole"),
        ("netviz:1/ä", "share link: it is not whole"),
        ("netviz:1/abcd", "share link: it is not whole"),
        (links.link(Document(PRESETS["xor"].experiment))[:-9], "share link: it is not whole"),
        (packed(b"[]"), "share link: not a netviz file"),
        (packed(b" " * (LARGEST + 1)), f"share link: larger than {LARGEST // 2**20} MiB"),
    ],
)
def test_what_is_no_whole_link_is_refused_in_a_sentence(link, said):
    with pytest.raises(FileError) as refused:
        links.opened(link)
    assert str(refused.value) == said
