"""Share links: `netviz:1/` and the same value as a file, compressed and safe in any message."""

import base64
import json
import zlib
from dataclasses import replace

from netviz.session.document import Document
from netviz.session.files import LARGEST, FileError, decode, encode
from netviz.session.fitting import is_table

PREFIX = "netviz:1/"
SCHEME = "netviz:"
LONGEST = 30_000  # characters that programs still pass on whole
LONGEST_CODE = 2000  # characters that a QR code on a wall can still carry


def is_share(text: str) -> bool:
    """Whether a text is meant as a share link, of whatever version."""
    return text.strip().startswith(SCHEME)


def link(document: Document) -> str:
    """The link of a document; a table that is not learned now stays behind."""
    base = document.experiment.base
    if base.csv is not None and not any(map(is_table, document.experiment.twins)):
        slim = replace(document.experiment, base=replace(base, csv=None))
        document = document._replace(experiment=slim)
    plain = json.dumps(json.loads(encode(document)), separators=(",", ":"), ensure_ascii=False)
    return PREFIX + base64.urlsafe_b64encode(zlib.compress(plain.encode(), 9)).decode().rstrip("=")


def opened(text: str) -> Document:
    """The document of a link; FileError says what is wrong with it."""
    text = text.strip()
    if not text.startswith(PREFIX):
        raise FileError(f"share link: this netviz reads links that begin with {PREFIX}")
    code = text.removeprefix(PREFIX)
    try:
        packed = base64.b64decode(code + "=" * (-len(code) % 4), altchars=b"-_", validate=True)
        unpacker = zlib.decompressobj()
        data = unpacker.decompress(packed, LARGEST + 1)
    except (ValueError, zlib.error):
        raise FileError("share link: it is not whole") from None
    if not unpacker.eof and len(data) <= LARGEST:
        raise FileError("share link: it is not whole")
    try:
        return decode(data)
    except FileError as error:
        raise FileError(f"share link: {error}") from None
