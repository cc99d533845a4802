"""A plain multilayer perceptron out of an ONNX graph: a chain of matrices, biases and activations."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from netviz.core.network import Array
from netviz.session.exchange.export_onnx import WRITTEN, written
from netviz.session.exchange.onnx_format import DOUBLE, FLOAT, Graph, Node, Scalar, read

START = -1  # where an activation's own nodes count from: the sums
LEAK = float(np.float32(0.01))
USUAL = {
    "LeakyRelu": {"alpha": LEAK},
    "Elu": {"alpha": 1.0},
    "Gemm": {"alpha": 1.0, "beta": 1.0, "transA": 0},
}
SINGLE = {  # activations that are one node in files of single precision, and gelu in newer ones
    "leaky_relu": ("LeakyRelu", (START,), ()),
    "elu": ("Elu", (START,), ()),
    "softplus": ("Softplus", (START,), ()),
    "gelu": ("Gelu", (START,), (("approximate", "tanh"),)),
    "identity": ("Identity", (START,), ()),
}

Signature = tuple[tuple[object, ...], ...]  # of each node: what it does, and to which values


class Dense(NamedTuple):
    """One layer of a chain, and the name of what follows its sums."""

    weights: Array  # (n_out, n_in)
    biases: Array  # (n_out,)
    activation: str


def read_onnx(data: bytes) -> tuple[Dense, ...]:
    """The layers of an ONNX file; ValueError says why it is no chain of them."""
    graph = _without_casts(read(data))
    if (
        len(graph.inputs) != 1
        or len(graph.outputs) != 1
        or any(len(node.outputs) != 1 for node in graph.nodes)
    ):
        raise ValueError("expected one input, one output, and one result of each operation")
    layers, value = list[Dense](), graph.inputs[0]
    for dense, behind in _layers(graph):
        if dense.inputs[0] != value:
            raise ValueError("expected a chain of layers")
        weights, biases, sums, rest = _affine(graph, dense, behind)
        layers.append(Dense(weights, biases, _activation(graph, rest, sums)))
        value = rest[-1].outputs[0] if rest else sums
    if value != graph.outputs[0] or not layers:
        raise ValueError("expected a chain of layers that ends in the output")
    return tuple(layers)


def _without_casts(graph: Graph) -> Graph:
    """The graph without changes from one precision to another: here all is double."""
    same: dict[str, str] = {}
    nodes = list[Node]()
    for node in graph.nodes:
        inputs = tuple(same.get(name, name) for name in node.inputs)
        if node.kind == "Cast" and dict(node.numbers).get("to") in (FLOAT, DOUBLE) and len(node.outputs) == 1:
            same[node.outputs[0]] = next(iter(inputs), "")
        else:
            nodes.append(node._replace(inputs=inputs))
    outputs = tuple(same.get(name, name) for name in graph.outputs)
    return graph._replace(nodes=tuple(nodes), outputs=outputs)


def _layers(graph: Graph) -> Iterator[tuple[Node, Sequence[Node]]]:
    """Each matrix product, and the nodes up to the next one."""
    starts = [i for i, node in enumerate(graph.nodes) if _is_product(graph, node)]
    if starts[:1] != [0]:
        raise ValueError("expected to begin with a layer that takes the input")
    for start, end in zip(starts, [*starts[1:], len(graph.nodes)], strict=True):
        yield graph.nodes[start], graph.nodes[start + 1 : end]


def _is_product(graph: Graph, node: Node) -> bool:
    return node.kind in ("Gemm", "MatMul") and len(node.inputs) > 1 and node.inputs[1] in graph.constants


def _affine(graph: Graph, dense: Node, rest: Sequence[Node]) -> tuple[Array, Array, str, Sequence[Node]]:
    """A layer's weights and biases, the name of its sums, and what is left behind them."""
    numbers, matrix = dict(dense.numbers), graph.constants[dense.inputs[1]].astype(np.float64)
    if dict(_numbers(dense)).keys() - {"transB"}:
        raise ValueError("expected layers without factors")
    if matrix.ndim != 2:
        raise ValueError("expected a matrix in each layer")
    weights, sums, bias = matrix if numbers.get("transB") else matrix.T, dense.outputs[0], ""
    if dense.kind == "Gemm":
        bias = dense.inputs[2] if len(dense.inputs) > 2 else ""
    elif rest and rest[0].kind == "Add" and sums in rest[0].inputs:
        bias = next((name for name in rest[0].inputs if name != sums), sums)
        sums, rest = rest[0].outputs[0], rest[1:]
    if bias and bias not in graph.constants:
        raise ValueError("expected biases that are constants")
    biases = graph.constants[bias].astype(np.float64).ravel() if bias else np.zeros(weights.shape[:1])
    return weights, biases, sums, rest


def _numbers(node: Node) -> tuple[tuple[str, Scalar], ...]:
    """A node's numbers that are not what they would be if left out."""
    usual = USUAL.get(node.kind, {})
    single = ((key, float(np.float32(x)) if isinstance(x, float) else x) for key, x in node.numbers)
    return tuple((key, value) for key, value in single if value != usual.get(key))


def _activation(graph: Graph, nodes: Sequence[Node], sums: str) -> str:
    """The name of what these nodes make of the sums: known are the nodes that netviz itself writes."""
    found = _known().get(_signature(graph, nodes, sums))
    if found is None:
        kinds = ", ".join(node.kind[:20] for node in nodes[:6])
        raise ValueError(f"expected an activation that netviz has, got {kinds}")
    return found


@lru_cache(maxsize=1)
def _known() -> dict[Signature, str]:
    names = {_signature(graph, graph.nodes, "x"): name for name, graph in _graphs()}
    return names | {(node,): name for name, node in SINGLE.items()} | {(): "identity"}


def _graphs() -> Iterator[tuple[str, Graph]]:
    return ((name, written(name)) for name in WRITTEN if name != "identity")


@np.errstate(over="ignore")  # a constant beyond single precision is in no activation
def _signature(graph: Graph, nodes: Sequence[Node], sums: str) -> Signature:
    places = {sums: START} | {node.outputs[0]: i for i, node in enumerate(nodes)}

    def taken(name: str) -> object:
        constant = graph.constants.get(name)
        if constant is None or constant.size != 1:
            return places.get(name)
        return float(np.float32(constant.ravel()[0]))  # files of single precision have no more of it

    return tuple((node.kind, tuple(map(taken, node.inputs)), _numbers(node)) for node in nodes)
