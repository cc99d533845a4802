"""A pasted or dropped text as what it wants: the experiment of a link."""

from netviz.session import links, playground
from netviz.session.actions import Action, Failed, OpenDocument

NO_LINK = "There is no link to open: copy a netviz link or a TensorFlow Playground link first."


def is_link(text: str) -> bool:
    """Whether a text is a share link or a TensorFlow Playground link, sound or not."""
    return links.is_share(text.strip()) or playground.is_link(text.strip())


def from_link(text: str) -> Action:
    """Open what a text links to, or say why that cannot be."""
    text = text.strip()
    try:
        if links.is_share(text):
            return OpenDocument(links.opened(text), label="open a link")
        if playground.is_link(text):
            return OpenDocument(playground.document(text), label="open a Playground link")
    except ValueError as wrong:
        return Failed(f"{str(wrong)[:1].upper()}{str(wrong)[1:].rstrip('.')}.")
    return Failed(NO_LINK)
