"""Protocol Buffers' wire format, as far as ONNX needs it: numbered fields, to bytes and back."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5  # wire types
WIDEST = 10  # bytes of a 64-bit number
WIDTHS = {FIXED64: 8, FIXED32: 4}


class Field(NamedTuple):
    """One field: its number, and its value as the wire has it."""

    number: int
    value: int | bytes


def message(*fields: tuple[int, int | float | str | bytes]) -> bytes:
    """A message of these (number, value): whole numbers, single precision floats, texts, messages."""
    return b"".join(_field(number, value) for number, value in fields)


def _field(number: int, value: int | float | str | bytes) -> bytes:
    if isinstance(value, int):
        return _varint(number << 3 | VARINT) + _varint(value)
    if isinstance(value, float):
        return _varint(number << 3 | FIXED32) + struct.pack("<f", value)
    data = value.encode() if isinstance(value, str) else value
    return _varint(number << 3 | BYTES) + _varint(len(data)) + data


def _varint(value: int) -> bytes:
    """Seven bits a byte, the lowest first; the high bit says that more follow."""
    parts = bytearray()
    while value > 0x7F:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*parts, value])


def fields(data: bytes) -> Iterator[Field]:
    """The fields of a message, whole numbers unsigned; ValueError where the bytes are none."""
    at = 0
    while at < len(data):
        key, at = _read_varint(data, at)
        wire = key & 7
        if wire == VARINT:
            value, at = _read_varint(data, at)
            yield Field(key >> 3, value)
            continue
        if wire == BYTES:
            size, at = _read_varint(data, at)
        elif wire in WIDTHS:
            size = WIDTHS[wire]
        else:
            raise ValueError("not Protocol Buffers")
        if size > len(data) - at:
            raise ValueError("it ends too early")
        yield Field(key >> 3, data[at : at + size])
        at += size


def numbers(data: bytes) -> list[int]:
    """Whole numbers packed one after another; ValueError where the bytes are none."""
    found, at = [], 0
    while at < len(data):
        value, at = _read_varint(data, at)
        found.append(value)
    return found


def _read_varint(data: bytes, at: int) -> tuple[int, int]:
    """A number at a place, and the place behind it."""
    value = 0
    for i, byte in enumerate(data[at : at + WIDEST]):
        value |= (byte & 0x7F) << 7 * i
        if byte < 0x80:
            return value, at + i + 1
    raise ValueError("it ends too early")
