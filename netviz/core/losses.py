"""The losses: how far outputs are from their targets, and the way down."""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from netviz.core.activation import ONE, Array, Call
from netviz.core.activations import sigmoid

AnyArray = npt.NDArray[np.floating[Any]]


class Loss(NamedTuple):
    """One loss; outputs and targets are (..., points, outputs)."""

    name: str
    label: str
    terms: Callable[[Array, Array], Array]  # (outputs, targets): what is averaged
    residual: Callable[[Array, Array], Array]  # (outputs, targets): the slope of the terms, over `factor`
    factor: float
    formula: str  # LaTeX, in the output f (or logit z) and the target y
    logits: bool  # it takes logits: the output activation must be the identity; `shown` makes probabilities
    shown: Callable[[AnyArray], AnyArray]  # (outputs): as people see them
    calls: Callable[[Array, Array, Array], list[Call]]  # (outputs, targets, out): the residual of
    # arrays that are (..., outputs, points), by prepared calls
    per_point: bool = False  # one term a point, not one an output

    def value(self, outputs: Array, targets: Array) -> Array:
        """The loss, averaged over points (and outputs); leading axes stay."""
        terms = self.terms(outputs, targets)
        *lead, points, columns = terms.shape
        rows = np.ascontiguousarray(terms.reshape(*lead, points * columns))  # summed alike, however many rows
        return np.asarray(np.add.reduce(rows, axis=-1) / (points * columns))

    def gradient(self, outputs: Array, targets: Array) -> Array:
        """The slope of `value` with respect to each output, (..., points, outputs)."""
        return self.residual(outputs, targets) * self.weight(*targets.shape[-2:])

    def weight(self, points: int, outputs: int) -> float:
        """What a residual counts in the mean over so many points and outputs."""
        return self.factor / (points if self.per_point else points * outputs)


def softmax(z: AnyArray) -> AnyArray:
    """e^z_i / sum_j e^z_j along the last axis, without overflow."""
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    shares: AnyArray = e / e.sum(axis=-1, keepdims=True)
    return shares


def _difference(outputs: Array, targets: Array) -> Array:
    return outputs - targets


def _squares(outputs: Array, targets: Array) -> Array:
    e = outputs - targets
    return e * e


def _binary_entropy(z: Array, y: Array) -> Array:
    return np.logaddexp(0.0, z) - y * z


def _cross_entropy(z: Array, y: Array) -> Array:
    logs = z - z.max(axis=-1, keepdims=True)
    logs = logs - np.log(np.exp(logs).sum(axis=-1, keepdims=True))
    return np.asarray(-(y * logs).sum(axis=-1, keepdims=True))


def _as_they_are(outputs: AnyArray) -> AnyArray:
    return outputs


def _difference_calls(f: Array, y: Array, out: Array) -> list[Call]:
    return [partial(np.subtract, f, y, out)]


def _binary_entropy_calls(z: Array, y: Array, out: Array) -> list[Call]:
    return [
        partial(np.negative, z, out),
        partial(np.exp, out, out),
        partial(np.add, out, ONE, out),
        partial(np.reciprocal, out, out),
        partial(np.subtract, out, y, out),
    ]


def _cross_entropy_calls(z: Array, y: Array, out: Array) -> list[Call]:
    one_each = np.empty_like(z[..., :1, :])
    return [
        partial(np.maximum.reduce, z, axis=-2, out=one_each, keepdims=True),
        partial(np.subtract, z, one_each, out),
        partial(np.exp, out, out),
        partial(np.add.reduce, out, axis=-2, out=one_each, keepdims=True),
        partial(np.divide, out, one_each, out),
        partial(np.subtract, out, y, out),
    ]


_ROWS = (
    Loss(
        "mse", "mean squared error", _squares, _difference, 2.0,
        r"(f - y)^{2}", False, _as_they_are, _difference_calls,
    ),
    Loss(
        "half_mse", "half mean squared error", lambda f, y: 0.5 * _squares(f, y), _difference, 1.0,
        r"\frac{1}{2}(f - y)^{2}", False, _as_they_are, _difference_calls,
    ),
    Loss(
        "bce", "binary cross-entropy", _binary_entropy, lambda z, y: sigmoid(z) - y, 1.0,
        r"\ln(1 + e^{z}) - y z", True, sigmoid, _binary_entropy_calls,
    ),
    Loss(
        "cross_entropy", "cross-entropy", _cross_entropy, lambda z, y: softmax(z) - y, 1.0,
        r"\ln \sum_{j} e^{z_{j}} - \sum_{j} y_{j} z_{j}", True, softmax, _cross_entropy_calls, per_point=True,
    ),
)  # fmt: skip

LOSSES = {row.name: row for row in _ROWS}
