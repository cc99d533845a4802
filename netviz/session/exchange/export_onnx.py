"""A network as an ONNX file that computes in double precision, its nodes named after its layers."""

from collections.abc import Callable

import numpy as np

from netviz.session.exchange.export_model import Bend, Model
from netviz.session.exchange.export_spellings import hinges
from netviz.session.exchange.onnx_format import DOUBLE, Constant, Graph, Node, write


class Builder:
    """Writes nodes one after another; each gives one value, which is known by its name."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.constants: dict[str, Constant] = {}
        self.place = ""  # what the next names begin with

    def add(self, kind: str, *inputs: str | float, **numbers: float | int) -> str:
        """One operation on values and constants; returns the name of what it gives."""
        name = f"{self.place}.{kind.lower()}{len(self.nodes)}"
        taken = tuple(one if isinstance(one, str) else self.constant(one) for one in inputs)
        self.nodes.append(Node(kind, taken, (name,), tuple(numbers.items())))
        return name

    def constant(self, value: float | Constant, name: str = "") -> str:
        """A constant's name; it is called after its value unless it has a name of its own."""
        name = name or f"{value!r}"
        self.constants[name] = np.asarray(value, dtype=np.float64)
        return name

    def graph(self) -> Graph:
        """What was written, its last value called y."""
        *first, last = self.nodes
        return Graph((*first, last._replace(outputs=("y",))), self.constants)


Write = Callable[[Builder, str], str]  # (builder, the sums' name): the values' name


def _own(kind: str) -> Write:
    """An activation that runtimes have in double precision: LeakyRelu and the like they have in single."""
    return lambda b, z: b.add(kind, z)


def _elu(b: Builder, z: str) -> str:
    return b.add("Add", b.add("Relu", z), b.add("Sub", b.add("Exp", b.add("Min", z, 0.0)), 1.0))


def _softplus(b: Builder, z: str) -> str:
    rest = b.add("Log", b.add("Add", b.add("Exp", b.add("Neg", b.add("Abs", z))), 1.0))
    return b.add("Add", b.add("Relu", z), rest)


def _gelu(b: Builder, z: str) -> str:
    cube = b.add("Mul", z, b.add("Mul", z, z))
    inner = b.add("Mul", b.add("Add", z, b.add("Mul", cube, 0.044715)), 0.7978845608028654)
    return b.add("Mul", b.add("Mul", z, 0.5), b.add("Add", b.add("Tanh", inner), 1.0))


WRITTEN: dict[str, Write] = {
    "identity": lambda b, z: z,
    "relu": _own("Relu"),
    "leaky_relu": lambda b, z: b.add("Max", z, b.add("Mul", z, 0.01)),
    "elu": _elu,
    "softplus": _softplus,
    "sigmoid": _own("Sigmoid"),
    "tanh": _own("Tanh"),
    "silu": lambda b, z: b.add("Mul", z, b.add("Sigmoid", z)),
    "gelu": _gelu,
    "sin": _own("Sin"),
    "cos": _own("Cos"),
    "gaussian": lambda b, z: b.add("Exp", b.add("Neg", b.add("Mul", z, z))),
    "step": lambda b, z: b.add("Where", b.add("Greater", z, 0.0), 1.0, 0.0),
}
SEEN: dict[str, Callable[[Builder, str, str], str]] = {  # each feature of the coordinates x1 and x2
    "x": lambda b, x, y: x,
    "y": lambda b, x, y: y,
    "x2": lambda b, x, y: b.add("Mul", x, x),
    "y2": lambda b, x, y: b.add("Mul", y, y),
    "xy": lambda b, x, y: b.add("Mul", x, y),
    "sin_x": lambda b, x, y: b.add("Sin", x),
    "sin_y": lambda b, x, y: b.add("Sin", y),
    "cos_x": lambda b, x, y: b.add("Cos", x),
    "cos_y": lambda b, x, y: b.add("Cos", y),
}


def onnx_file(model: Model) -> bytes:
    """A model with input x, float (batch, coordinates), and output y, double (batch, outputs).

    Points come in single precision, as runtimes' users have them; from there on all is double.
    """
    b = Builder()
    b.place = "inputs"
    value = _seen(b, model, b.add("Cast", "x", to=DOUBLE))
    for i, layer in enumerate(model.layers):
        b.place = f"layer{i + 1}"
        weights = b.constant(layer.weights, f"{b.place}.weight")
        value = b.add("Gemm", value, weights, b.constant(layer.biases, f"{b.place}.bias"), transB=1)
        value = _bent(b, layer.bend, value)
    b.place = "output"
    if model.shown == "sigmoid":
        value = b.add("Sigmoid", value)
    elif model.shown == "softmax":
        value = b.add("Softmax", value, axis=1)
    widths = (model.coordinates, len(model.layers[-1].biases))
    return write(b.graph(), widths, model.title)


def _seen(b: Builder, model: Model, points: str) -> str:
    """What the first layer sees of the points."""
    if model.sees_points:
        return points
    x, y = points, ""
    if model.coordinates > 1:
        columns = tuple(f"x{i + 1}" for i in range(model.coordinates))
        x, y = columns[:2]
        b.nodes.append(Node("Split", (points,), columns, (("axis", 1),)))
    seen = [SEEN[name](b, x, y) if name in SEEN else f"x{name[1:]}" for name in model.features]
    return b.add("Concat", *seen, axis=1)


def _bent(b: Builder, bend: Bend, z: str) -> str:
    value = _drawn(b, bend, z) if bend.name == "drawn" else WRITTEN[bend.name](b, z)
    if bend.dial == 1:
        return value
    return b.add("Add", b.add("Mul", z, 1 - bend.dial), b.add("Mul", value, bend.dial))


def _drawn(b: Builder, bend: Bend, z: str) -> str:
    found = hinges(bend.knots)
    value = b.add("Add", b.add("Mul", b.add("Sub", z, found.start), found.slope), found.value)
    for place, change in found.changes:
        value = b.add("Add", value, b.add("Mul", b.add("Relu", b.add("Sub", z, place)), change))
    return value


def written(name: str) -> Graph:
    """A named activation but the identity as a graph from x to y: what a reader knows it by."""
    b = Builder()
    WRITTEN[name](b, "x")
    return b.graph()
