"""Named arrays out of files that nobody has to trust: NumPy's .npz and PyTorch's .safetensors."""

import io
import math
import re
import zipfile
import zlib
from typing import Annotated, Any, Literal, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

MOST_ARRAYS = 64
LONGEST_HEADER = 2**16  # bytes of a safetensors header; 64 arrays need some 6,000
DTYPES = {"F64": "<f8", "F32": "<f4", "F16": "<f2"}
NPY = re.compile(  # the header of an .npy file of floats or texts, whichever version
    rb"\x93NUMPY(?:\x01\x00..|[\x02\x03]\x00....)"
    rb"\{'descr': '([<>]f[248]|<U[0-9]{1,3})', 'fortran_order': (True|False), "
    rb"'shape': \(([0-9, ]{0,40})\), ?\} *\n",
    re.DOTALL,
)
TOLD = ("activations", "features")  # texts that netviz writes beside the weights

Arrays = dict[str, npt.NDArray[np.float64]]

PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What zipfile raises for an archive that is damaged, encrypted or packed in a way it does not know.
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError)


class Entry(msgspec.Struct, frozen=True):
    """One array of a safetensors header."""

    dtype: str
    shape: list[Annotated[int, msgspec.Meta(ge=0)]]
    data_offsets: tuple[int, int]


class Found(NamedTuple):
    """What a file holds: its arrays by name, and what it tells of them."""

    arrays: Arrays
    told: dict[str, tuple[str, ...]]  # by names of TOLD


def read_npz(data: bytes, largest: int) -> Found:
    """The arrays of an .npz file, at most `largest` bytes unpacked; ValueError says what is wrong."""
    found = Found({}, {})
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MOST_ARRAYS or sum(member.file_size for member in members) > largest:
                raise ValueError("more arrays than a plain network has")
            if any(member.compress_type not in PACKED for member in members):
                raise ValueError("expected an .npz file that is packed as NumPy packs it")
            for member in members:
                with archive.open(member) as file:
                    _add(found, member.filename.removesuffix(".npy"), _array(file.read(member.file_size + 1)))
    except UNREADABLE:
        raise ValueError("not an .npz file") from None
    return found


def _array(data: bytes) -> npt.NDArray[Any]:
    """One .npy file; not by NumPy's reader, which makes room for whatever shape a file claims."""
    header = NPY.match(data)
    if header is None:
        raise ValueError("expected arrays of floats, as numpy.savez writes them")
    kind, by_column, sizes = (part.decode() for part in header.groups())
    dtype, shape = np.dtype(kind), [int(size) for size in sizes.replace(",", " ").split()]
    return _shaped(data[header.end() :], dtype, shape, "F" if by_column == "True" else "C")


def _shaped(
    numbers: bytes, dtype: np.dtype[Any], shape: list[int], order: Literal["C", "F"] = "C"
) -> npt.NDArray[Any]:
    if len(shape) > 2 or 0 in shape or math.prod(shape) * dtype.itemsize != len(numbers):
        raise ValueError("a shape that does not fit its numbers")
    return np.frombuffer(numbers, dtype).reshape(shape, order=order)


def _add(found: Found, name: str, array: npt.NDArray[Any]) -> None:
    if name in TOLD and array.dtype.kind == "U":
        found.told[name] = tuple(map(str, array.ravel().tolist()))
    elif array.dtype.kind == "f":
        found.arrays[name] = array.astype(np.float64)
    else:
        raise ValueError(f"array '{name[:40]}': expected floats")


def read_safetensors(data: bytes) -> Found:
    """The arrays of a .safetensors file; ValueError says what is wrong with it."""
    size = int.from_bytes(data[:8], "little")
    if len(data) < 8 or size > min(LONGEST_HEADER, len(data) - 8):
        raise ValueError("not a safetensors file")
    try:
        header = msgspec.json.decode(data[8 : 8 + size], type=dict[str, msgspec.Raw])
        told = msgspec.json.decode(header.pop("__metadata__", msgspec.Raw(b"{}")), type=dict[str, str])
        entries = {name: msgspec.json.decode(raw, type=Entry) for name, raw in header.items()}
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise ValueError("not a safetensors file") from None
    if len(entries) > MOST_ARRAYS:
        raise ValueError("more arrays than a plain network has")
    body = data[8 + size :]
    arrays = {name: _tensor(name, entry, body) for name, entry in entries.items()}
    return Found(arrays, {key: tuple(told[key].split(",")) for key in TOLD if key in told})


def _tensor(name: str, entry: Entry, body: bytes) -> npt.NDArray[np.float64]:
    start, end = entry.data_offsets
    if entry.dtype not in DTYPES:
        raise ValueError(f"array '{name[:40]}': expected floats, got {entry.dtype[:10]}")
    if not 0 <= start <= end <= len(body):
        raise ValueError(f"array '{name[:40]}': its numbers lie outside the file")
    return _shaped(body[start:end], np.dtype(DTYPES[entry.dtype]), entry.shape).astype(np.float64)
