"""Animated PNG (the PNG specification's third edition): a PNG with further frames put over the first."""

import io
import struct
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

SIGNATURE = b"\x89PNG\r\n\x1a\n"
Box = tuple[int, int, int, int]


def encode(pictures: Iterator["Image.Image"], milliseconds: list[int]) -> bytes:
    """Pictures of one size as a film that repeats for ever; of each only what has changed is written."""
    from PIL import ImageChops

    made, number, before = [SIGNATURE], 0, None
    for picture, delay in zip(pictures, milliseconds, strict=True):
        whole: Box = (0, 0, *picture.size)
        changed = whole if before is None else ImageChops.difference(picture, before).getbbox()
        left, top, right, bottom = changed or (0, 0, 1, 1)
        header, data = _png(picture.crop((left, top, right, bottom)))
        if before is None:
            made += [_chunk(b"IHDR", header), _chunk(b"acTL", struct.pack(">II", len(milliseconds), 0))]
        place = struct.pack(">IIIII", number, right - left, bottom - top, left, top)
        made.append(_chunk(b"fcTL", place + struct.pack(">HHBB", delay, 1000, 0, 0)))
        number += 1
        if before is None:
            made.append(_chunk(b"IDAT", data))
        else:
            made.append(_chunk(b"fdAT", struct.pack(">I", number) + data))
            number += 1
        before = picture
    return b"".join([*made, _chunk(b"IEND", b"")])


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _png(picture: "Image.Image") -> tuple[bytes, bytes]:
    """The header and the data of a picture alone."""
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    data, at, found = buffer.getvalue(), len(SIGNATURE), {b"IHDR": b"", b"IDAT": b""}
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        name = data[at + 4 : at + 8]
        if name in found:
            found[name] += data[at + 8 : at + 8 + length]
        at += length + 12
    return found[b"IHDR"], found[b"IDAT"]
