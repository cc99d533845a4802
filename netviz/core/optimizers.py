"""The optimizers: how a gradient becomes a change of the parameters.

Each is a pure pair, `init` and `update`, over the flat parameter vector. Training runs the same arithmetic
in place: `calls` prepares the NumPy calls that turn a summed gradient, which `scale` makes the mean one,
into the change within the same buffer.
"""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np

from netviz.core.activation import ONE, Array, Call

Memory = tuple[Array, ...]  # what an optimizer remembers from step to step

Update = Callable[[Array, Memory, float, float], tuple[Array, Memory]]  # gradient, memory, rate, momentum
Calls = Callable[[Array, Array, Memory, Array, Array], list[Call]]  # gradient, scale, memory, rate, momentum

RMSPROP_DECAY, RMSPROP_EPSILON = 0.99, 1e-8
ADAM_BETAS, ADAM_EPSILON = (0.9, 0.999), 1e-8


class Optimizer(NamedTuple):
    """One optimizer: w -= change."""

    name: str
    label: str
    init: Callable[[Array], Memory]  # (parameters): the memory before the first step
    update: Update
    calls: Calls
    formula: str  # LaTeX: w, gradient g, rate r, momentum m


def _nothing(w: Array) -> Memory:
    return ()


def _velocity(w: Array) -> Memory:
    return (np.zeros_like(w),)


def _moments(w: Array) -> Memory:
    return (np.zeros_like(w), np.zeros_like(w), np.zeros(()))


def _sgd(g: Array, memory: Memory, rate: float, momentum: float) -> tuple[Array, Memory]:
    return rate * g, memory


def _sgd_calls(g: Array, scale: Array, memory: Memory, rate: Array, momentum: Array) -> list[Call]:
    return [partial(np.multiply, g, np.asarray(rate * scale), g)]


def _momentum(g: Array, memory: Memory, rate: float, momentum: float) -> tuple[Array, Memory]:
    v = momentum * memory[0] + g
    return rate * v, (v,)


def _momentum_calls(g: Array, scale: Array, memory: Memory, rate: Array, momentum: Array) -> list[Call]:
    (v,) = memory
    return [
        partial(np.multiply, g, scale, g),
        partial(np.multiply, v, momentum, v),
        partial(np.add, v, g, v),
        partial(np.multiply, v, rate, g),
    ]


def _nesterov(g: Array, memory: Memory, rate: float, momentum: float) -> tuple[Array, Memory]:
    v = momentum * memory[0] + g
    return rate * (g + momentum * v), (v,)


def _nesterov_calls(g: Array, scale: Array, memory: Memory, rate: Array, momentum: Array) -> list[Call]:
    (v,), ahead = memory, np.empty_like(g)
    return [
        partial(np.multiply, g, scale, g),
        partial(np.multiply, v, momentum, v),
        partial(np.add, v, g, v),
        partial(np.multiply, v, momentum, ahead),
        partial(np.add, g, ahead, g),
        partial(np.multiply, g, rate, g),
    ]


def _rmsprop(g: Array, memory: Memory, rate: float, momentum: float) -> tuple[Array, Memory]:
    s = RMSPROP_DECAY * memory[0] + (1 - RMSPROP_DECAY) * g * g
    return rate * g / (np.sqrt(s) + RMSPROP_EPSILON), (s,)


def _rmsprop_calls(g: Array, scale: Array, memory: Memory, rate: Array, momentum: Array) -> list[Call]:
    (s,), work = memory, np.empty_like(g)
    return [
        partial(np.multiply, g, scale, g),
        partial(np.multiply, g, g, work),
        *_average_calls(s, work, RMSPROP_DECAY),
        partial(np.sqrt, s, work),
        partial(np.add, work, np.array(RMSPROP_EPSILON), work),
        partial(np.divide, g, work, g),
        partial(np.multiply, g, rate, g),
    ]


def _average_calls(average: Array, value: Array, decay: float) -> list[Call]:
    """Average = decay average + (1 - decay) value, in place; `value` is spent."""
    return [
        partial(np.multiply, average, np.array(decay), average),
        partial(np.multiply, value, np.array(1 - decay), value),
        partial(np.add, average, value, average),
    ]


def _adam(g: Array, memory: Memory, rate: float, momentum: float) -> tuple[Array, Memory]:
    (b1, b2), (m, v, t) = ADAM_BETAS, memory
    m, v, t = b1 * m + (1 - b1) * g, b2 * v + (1 - b2) * g * g, np.asarray(t + 1)
    m_hat, v_hat = m / (1 - b1**t), v / (1 - b2**t)
    return rate * m_hat / (np.sqrt(v_hat) + ADAM_EPSILON), (m, v, t)


def _adam_calls(g: Array, scale: Array, memory: Memory, rate: Array, momentum: Array) -> list[Call]:
    (m, v, t), work = memory, np.empty_like(g)
    betas, unbias = np.array(ADAM_BETAS), np.empty(2)
    return [
        partial(np.multiply, g, scale, g),
        partial(np.add, t, ONE, t),
        partial(np.power, betas, t, unbias),
        partial(np.subtract, ONE, unbias, unbias),
        partial(np.multiply, g, g, work),
        *_average_calls(v, work, ADAM_BETAS[1]),
        *_average_calls(m, g, ADAM_BETAS[0]),
        partial(np.divide, v, unbias[1:], work),
        partial(np.sqrt, work, work),
        partial(np.add, work, np.array(ADAM_EPSILON), work),
        partial(np.divide, m, unbias[:1], g),
        partial(np.divide, g, work, g),
        partial(np.multiply, g, rate, g),
    ]


_ROWS = (
    Optimizer("sgd", "gradient descent", _nothing, _sgd, _sgd_calls, r"w \leftarrow w - r g"),
    Optimizer(
        "momentum", "momentum", _velocity, _momentum, _momentum_calls,
        r"v \leftarrow m v + g, \quad w \leftarrow w - r v",
    ),
    Optimizer(
        "nesterov", "Nesterov momentum", _velocity, _nesterov, _nesterov_calls,
        r"v \leftarrow m v + g, \quad w \leftarrow w - r (g + m v)",
    ),
    Optimizer(
        "rmsprop", "RMSProp", _velocity, _rmsprop, _rmsprop_calls,
        r"s \leftarrow 0.99 s + 0.01 g^{2}, \quad w \leftarrow w - \frac{r g}{\sqrt{s} + 10^{-8}}",
    ),
    Optimizer(
        "adam", "Adam", _moments, _adam, _adam_calls,
        r"w \leftarrow w - \frac{r \hat{m}}{\sqrt{\hat{v}} + 10^{-8}}",
    ),
)  # fmt: skip

OPTIMIZERS = {row.name: row for row in _ROWS}
