"""ONNX files, as far as multilayer perceptrons need them: the parts of a graph, written and read."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from netviz.session.exchange.protobuf import fields, message, numbers

FLOAT, DOUBLE, INT64 = 1, 11, 7  # element types of a tensor
DTYPES = {FLOAT: "<f4", INT64: "<i8", DOUBLE: "<f8"}
RAW = (4, 9, 10)  # where a tensor keeps its numbers: as floats, as bytes, as doubles
MOST_PARTS = 2000  # nodes and constants; a network of 8 layers needs fewer than 200
IR_VERSION, OPSET = 8, 13  # of 2021: every runtime in use reads them

Scalar = float | int | str
Constant = npt.NDArray[Any]


class Node(NamedTuple):
    """One operation: its kind, what it takes, what it gives, and its numbers."""

    kind: str  # "Gemm"
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    numbers: tuple[tuple[str, Scalar], ...] = ()  # and texts, of others' files


class Graph(NamedTuple):
    """Nodes in the order of computing, and the constants they take."""

    nodes: tuple[Node, ...]
    constants: Mapping[str, Constant]
    inputs: tuple[str, ...] = ("x",)
    outputs: tuple[str, ...] = ("y",)


# ------------------------------------------------------------------------------------- writing
def write(graph: Graph, widths: tuple[int, int], name: str) -> bytes:
    """A model's bytes; its input is float (batch, widths[0]), its output double (batch, widths[1])."""
    body = message(
        *((1, _node(node)) for node in graph.nodes),
        (2, name),
        *((5, _tensor(key, value)) for key, value in graph.constants.items()),
        *((11, _value(key, FLOAT, widths[0])) for key in graph.inputs),
        *((12, _value(key, DOUBLE, widths[1])) for key in graph.outputs),
    )
    opset = message((1, ""), (2, OPSET))
    return message((1, IR_VERSION), (2, "netviz"), (7, body), (8, opset))


def _node(node: Node) -> bytes:
    return message(
        *((1, name) for name in node.inputs),
        *((2, name) for name in node.outputs),
        (3, node.outputs[0]),
        (4, node.kind),
        *((5, _attribute(key, number)) for key, number in node.numbers),
    )


def _attribute(key: str, number: Scalar) -> bytes:
    whole = isinstance(number, int)
    return message((1, key), (3 if whole else 2, number), (20, 2 if whole else 1))


def _tensor(name: str, value: Constant) -> bytes:
    data = value.astype(DTYPES[DOUBLE]).tobytes()
    return message(*((1, size) for size in value.shape), (2, DOUBLE), (8, name), (9, data))


def _value(name: str, kind: int, width: int) -> bytes:
    shape = message((1, message((2, "batch"))), (1, message((1, width))))
    return message((1, name), (2, message((1, message((1, kind), (2, shape))))))


# ------------------------------------------------------------------------------------- reading
def read(data: bytes) -> Graph:
    """The graph of a model's bytes; ValueError says why it is none that can be understood."""
    graphs = [value for number, value in fields(data) if number == 7]
    if len(graphs) != 1:
        raise ValueError("not an ONNX file")
    parts = [(number, value) for number, value in fields(_bytes(graphs[0])) if number in (1, 5, 11, 12)]
    if len(parts) > MOST_PARTS:
        raise ValueError("too many operations for a plain network")
    constants = dict(_read_tensor(_bytes(value)) for number, value in parts if number == 5)
    names = {at: tuple(_text(_bytes(v), 1) for number, v in parts if number == at) for at in (11, 12)}
    inputs = tuple(name for name in names[11] if name not in constants)
    nodes = tuple(_read_node(_bytes(value)) for number, value in parts if number == 1)
    return Graph(nodes, constants, inputs, names[12])


def _bytes(value: int | bytes) -> bytes:
    if isinstance(value, int):
        raise ValueError("not an ONNX file")
    return value


def _text(data: bytes, number: int) -> str:
    """A message's text of that number; empty if it has none."""
    found = [_bytes(value) for at, value in fields(data) if at == number]
    return found[-1].decode("utf-8", "replace") if found else ""


def _read_node(data: bytes) -> Node:
    names: dict[int, list[str]] = {1: [], 2: []}
    attributes = []
    for number, value in fields(data):
        if number in names:
            names[number].append(_bytes(value).decode("utf-8", "replace"))
        elif number == 5:
            attributes.append(_read_attribute(_bytes(value)))
    attributes.sort(key=lambda attribute: attribute[0])  # two of one name may not compare
    return Node(_text(data, 4), tuple(names[1]), tuple(names[2]), tuple(attributes))


def _read_attribute(data: bytes) -> tuple[str, Scalar]:
    """Its name, and its number or text; one that holds something else keeps its name alone, with 0."""
    number: Scalar = 0
    for at, value in fields(data):
        if at == 2 and isinstance(value, bytes) and len(value) == 4:
            number = float(np.frombuffer(value, "<f4")[0])
        elif at == 3 and isinstance(value, int):
            number = value
        elif at == 4:
            number = _bytes(value).decode("utf-8", "replace")
    return _text(data, 1), number


def _read_tensor(data: bytes) -> tuple[str, Constant]:
    """Its name and numbers; ValueError if they are no tensor of floats or whole numbers."""
    shape = _whole(data, 1)
    kind = (_whole(data, 2) or [0])[-1]
    name = _text(data, 8)
    if _whole(data, 14) not in ([], [0]):
        raise ValueError(f"constant '{name[:40]}': its numbers are in another file")
    raw = b"".join(_bytes(value) for number, value in fields(data) if number in RAW)
    if kind not in DTYPES or len(shape) > 2 or 0 in shape:
        raise ValueError(f"constant '{name[:40]}': expected a matrix or a row of floats")
    size = int(np.dtype(DTYPES[kind]).itemsize)
    if math.prod(shape) * size != len(raw):
        raise ValueError(f"constant '{name[:40]}': its shape does not fit its numbers")
    return name, np.frombuffer(raw, DTYPES[kind]).reshape(shape)


def _whole(data: bytes, number: int) -> Sequence[int]:
    """All whole numbers of that field, packed ones included."""
    found: list[int] = []
    for at, value in fields(data):
        if at == number:
            found += [value] if isinstance(value, int) else numbers(value)
    return found
