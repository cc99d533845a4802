"""The activation functions: what each does to a sum, its slope, and how it reads."""

from functools import partial

import numpy as np

from netviz.core.activation import INF, ONE, Activation, AnyArray, Call, Dial, InPlace
from netviz.core.drawn import HINGE, drawn

LEAK = np.array(0.01)


def sigmoid(z: AnyArray) -> AnyArray:
    """1 / (1 + e^-z), without overflow and exact in both tails."""
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, e) / (1.0 + e)


def _sigmoid_slope(z: AnyArray) -> AnyArray:
    s = sigmoid(z)
    return s * (1.0 - s)


def _elu(z: AnyArray) -> AnyArray:
    return np.where(z > 0, z, np.expm1(np.minimum(z, 0.0)))


def _silu_slope(z: AnyArray) -> AnyArray:
    s = sigmoid(z)
    return s * (1.0 + z * (1.0 - s))


GELU_SCALE, GELU_CUBE = float(np.sqrt(2.0 / np.pi)), 0.044715  # Hendrycks and Gimpel 2016, the tanh form


def _gelu_tanh(z: AnyArray) -> AnyArray:
    return np.tanh(GELU_SCALE * (z + GELU_CUBE * z * z * z))


def _gelu_slope(z: AnyArray) -> AnyArray:
    t = _gelu_tanh(z)
    return 0.5 * (1.0 + t) + 0.5 * z * (1.0 - t * t) * GELU_SCALE * (1.0 + 3.0 * GELU_CUBE * z * z)


def _sigmoid_calls(z: AnyArray) -> list[Call]:
    one = np.ones((), z.dtype)
    return [
        partial(np.negative, z, z),
        partial(np.exp, z, z),
        partial(np.add, z, one, z),
        partial(np.reciprocal, z, z),
    ]


def _leaky_calls(z: AnyArray) -> list[Call]:
    leak = np.empty_like(z)
    return [partial(np.multiply, z, LEAK.astype(z.dtype), leak), partial(np.maximum, z, leak, out=z)]


IN_PLACE = {
    "identity": InPlace(lambda z: [], lambda a, out: [partial(out.fill, 1.0)]),
    "relu": InPlace(
        lambda z: [partial(np.maximum, z, np.zeros((), z.dtype), out=z)],
        lambda a, out: [partial(np.sign, a, out)],
    ),
    "leaky_relu": InPlace(
        _leaky_calls,
        lambda a, out: [partial(np.sign, a, out), partial(np.maximum, out, LEAK, out=out)],
    ),
    "sigmoid": InPlace(
        _sigmoid_calls,
        lambda a, out: [partial(np.subtract, ONE, a, out), partial(np.multiply, out, a, out)],
    ),
    "tanh": InPlace(
        lambda z: [partial(np.tanh, z, z)],
        lambda a, out: [partial(np.multiply, a, a, out), partial(np.subtract, ONE, out, out)],
    ),
}

_ROWS = (
    Activation(
        "identity", "identity", lambda z: z, np.ones_like, r"z", -INF, INF,
        "Passes the sum on unchanged, so layers of it are still one straight map.",
        kinks=(), monotone=True,
    ),
    Activation(
        "relu", "ReLU", lambda z: np.maximum(z, 0.0), lambda z: np.where(z > 0, 1.0, 0.0).astype(z.dtype),
        r"\max(0, z)", 0.0, INF,
        "Off below zero, unchanged above: one bend, at a threshold that the bias sets.",
        kinks=(0.0,), monotone=True,
    ),
    Activation(
        "leaky_relu", "leaky ReLU", lambda z: np.maximum(z, 0.01 * z),
        lambda z: np.where(z > 0, 1.0, 0.01).astype(z.dtype), r"\max(0.01 z, z)", -INF, INF,
        "A ReLU that lets a little through below zero, so that it can always still learn.",
        kinks=(0.0,), monotone=True,
    ),
    Activation(
        "elu", "ELU", _elu, lambda z: np.exp(np.minimum(z, 0.0)),
        r"\max(0, z) + \min(0, e^{z} - 1)", -1.0, INF,
        "A line above zero that bends softly to −1 below it.",
        monotone=True,
    ),
    Activation(
        "softplus", "softplus", lambda z: np.logaddexp(0.0, z).astype(z.dtype), sigmoid,
        r"\ln(1 + e^{z})", 0.0, INF,
        "A ReLU with its corner rounded off; its slope is the sigmoid.",
        monotone=True,
    ),
    Activation(
        "sigmoid", "sigmoid", sigmoid, _sigmoid_slope, r"\frac{1}{1 + e^{-z}}", 0.0, 1.0,
        "Squashes every sum to between 0 and 1, like a probability; flat far from zero.",
        monotone=True,
    ),
    Activation(
        "tanh", "tanh", np.tanh, lambda z: 1.0 - np.tanh(z) ** 2, r"\tanh(z)", -1.0, 1.0,
        "Squashes every sum to between −1 and 1, nearly straight around zero; flat far from it.",
        monotone=True,
    ),
    Activation(
        "silu", "SiLU", lambda z: z * sigmoid(z), _silu_slope,
        r"\frac{z}{1 + e^{-z}}", -0.2784645427610738, INF,
        "The sum times its own sigmoid: a smooth ReLU that dips below zero first.",
    ),
    Activation(
        "gelu", "GELU", lambda z: 0.5 * z * (1.0 + _gelu_tanh(z)), _gelu_slope,
        r"\frac{z}{2}\left(1 + \tanh\left(\sqrt{2/\pi}\,(z + 0.044715 z^{3})\right)\right)",
        -0.17004075057125412, INF,
        "A smooth ReLU with a small dip, used in large language models.",
    ),
    Activation(
        "sin", "sin", np.sin, np.cos, r"\sin(z)", -1.0, 1.0,
        "A wave: it rises and falls again, so one unit can bend more than once.",
    ),
    Activation(
        "cos", "cos", np.cos, lambda z: -np.sin(z), r"\cos(z)", -1.0, 1.0,
        "A wave with its crest at zero: a single such unit can learn XOR.",
    ),
    Activation(
        "gaussian", "Gaussian", lambda z: np.exp(-z * z), lambda z: -2.0 * z * np.exp(-z * z),
        r"e^{-z^{2}}", 0.0, 1.0,
        "A bump: it answers only to sums near zero.",
    ),
    Activation(
        "step", "step", lambda z: np.where(z > 0, 1.0, 0.0).astype(z.dtype), np.zeros_like,
        r"1 \text{ if } z > 0 \text{ else } 0", 0.0, 1.0,
        "Fires or does not; flat on both sides, so there is no slope to learn from.",
        kinks=(0.0,), monotone=True, trainable=False,
    ),
)  # fmt: skip

ACTIVATIONS = {row.name: row._replace(in_place=IN_PLACE.get(row.name)) for row in (*_ROWS, drawn(HINGE))}


def dialed(activation: Activation, t: float) -> Activation:
    """(1 - t) z + t phi(z): from the identity at t = 0 to the activation itself at t = 1.

    Raises ValueError unless 0 <= t <= 1.
    """
    if not 0 <= t <= 1:
        raise ValueError(f"the dial goes from 0 to 1, got {t:g}")
    if t == 1 or activation.affine:
        return activation
    if t == 0:
        return ACTIVATIONS["identity"]
    return activation._replace(
        name=f"{activation.name}@{t:g}",
        label=f"{100 * t:.0f} % {activation.label}",
        value=lambda z: (1.0 - t) * z + t * activation.value(z),
        slope=lambda z: (1.0 - t) + t * activation.slope(z),
        formula=rf"{1 - t:g} z + {t:g}\left({activation.formula}\right)",
        low=-INF,
        high=INF,
        in_place=None,
        dial=Dial(activation, t),
    )
