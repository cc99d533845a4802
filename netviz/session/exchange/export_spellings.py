"""How each language of an export spells the activations and the features."""

from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from netviz.core.drawn import Knots

GELU = "0.5 * z * (1.0 + {0}.tanh(0.7978845608028654 * (z + 0.044715 * z * z * z)))"


class Language(NamedTuple):
    """A Python library: what it has of its own, and how the rest is written in it."""

    library: str  # what sin and cos stand in
    own: Mapping[str, str]  # activations that it has: how one stands in the network
    bodies: Mapping[str, str]  # those written out: an expression in the sums z
    called: str  # one of its own at z, from {own} or {name}
    placed: str  # a function {} in the network
    hinge: str  # the larger of {} and 0
    shown: Mapping[str, str]  # how outputs {} are shown: as they are, or as probabilities


NUMPY = Language(
    "np",
    {},
    {
        "identity": "z",
        "relu": "np.maximum(z, 0.0)",
        "leaky_relu": "np.maximum(z, 0.01 * z)",
        "elu": "np.where(z > 0.0, z, np.expm1(np.minimum(z, 0.0)))",
        "softplus": "np.logaddexp(0.0, z)",
        "sigmoid": "0.5 * (1.0 + np.tanh(0.5 * z))",  # 1 / (1 + e^-z), which may overflow
        "tanh": "np.tanh(z)",
        "silu": "0.5 * z * (1.0 + np.tanh(0.5 * z))",
        "gelu": GELU.format("np"),
        "sin": "np.sin(z)",
        "cos": "np.cos(z)",
        "gaussian": "np.exp(-z * z)",
        "step": "np.where(z > 0.0, 1.0, 0.0)",
        "softmax": "(e := np.exp(z - z.max(axis=1, keepdims=True))) / e.sum(axis=1, keepdims=True)",
    },
    "{name}(z)",
    "{}",
    "np.maximum({}, 0.0)",
    {"": "{}", "sigmoid": "sigmoid({})", "softmax": "softmax({})"},
)

TORCH = Language(
    "torch",
    {
        "identity": "nn.Identity()",
        "relu": "nn.ReLU()",
        "leaky_relu": "nn.LeakyReLU(0.01)",
        "elu": "nn.ELU()",
        "softplus": "nn.Softplus()",
        "sigmoid": "nn.Sigmoid()",
        "tanh": "nn.Tanh()",
        "silu": "nn.SiLU()",
        "gelu": 'nn.GELU(approximate="tanh")',
    },
    {
        "sin": "torch.sin(z)",
        "cos": "torch.cos(z)",
        "gaussian": "torch.exp(-z * z)",
        "step": "(z > 0.0).to(z.dtype)",
    },
    "{own}(z)",
    "Function({})",
    "torch.relu({})",
    {"": "{}", "sigmoid": "torch.sigmoid({})", "softmax": "torch.softmax({}, dim=1)"},
)

KERAS = Language(
    "ops",
    {
        "identity": '"linear"',
        **{name: f'"{name}"' for name in ("relu", "elu", "softplus", "sigmoid", "tanh", "silu")},
    },
    {
        "leaky_relu": "ops.maximum(z, 0.01 * z)",
        "gelu": GELU.format("ops"),
        "sin": "ops.sin(z)",
        "cos": "ops.cos(z)",
        "gaussian": "ops.exp(-z * z)",
        "step": "ops.cast(z > 0.0, z.dtype)",
    },
    "keras.activations.{name}(z)",
    "{}",
    "ops.relu({})",
    {"": "{}", "sigmoid": "ops.sigmoid({})", "softmax": "ops.softmax({})"},
)

SEEN = {  # each feature of a point with the coordinates x1 and x2; c3, a table's third column, is x3
    "x": "x1",
    "y": "x2",
    "x2": "x1 * x1",
    "y2": "x2 * x2",
    "xy": "x1 * x2",
    "sin_x": "{0}.sin(x1)",
    "sin_y": "{0}.sin(x2)",
    "cos_x": "{0}.cos(x1)",
    "cos_y": "{0}.cos(x2)",
}


class Hinges(NamedTuple):
    """A drawn activation as a sum: value + slope (z - start), and at each place z a change of the slope."""

    start: float
    value: float
    slope: float
    changes: tuple[tuple[float, float], ...]  # (place, change)


def hinges(knots: Knots) -> Hinges:
    """The straight pieces between these knots, from left to right."""
    slopes = [(b - a) / (right - left) for (left, a), (right, b) in pairwise(knots)]
    changes = zip((z for z, _ in knots[1:-1]), (b - a for a, b in pairwise(slopes)), strict=True)
    return Hinges(*knots[0], slopes[0], tuple(changes))
