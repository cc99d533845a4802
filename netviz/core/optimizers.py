"""The optimizers: how a gradient g becomes a change of a parameter w, which is subtracted from it.

`init(w)` is the memory before the first step; `update(g, memory, rate, constants)` returns the change and
the new memory and rewrites nothing. w, g and each array of the memory are (n,), or 0-d for a count.
Training does the same arithmetic in place: `calls` prepares the NumPy calls that turn a summed gradient,
which `scale` makes the mean one, into the change within the same buffer.
"""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np

from netviz.core.activation import ONE, Array, Call

Memory = tuple[Array, ...]  # what an optimizer remembers from step to step


class Constants(NamedTuple):
    """What the optimizers' formulas call m, rho, b1, b2 and e; each has its usual value."""

    momentum: float = 0.9
    rms_decay: float = 0.99
    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8


USUAL = Constants()
Update = Callable[[Array, Memory, float, Constants], tuple[Array, Memory]]  # gradient, memory, rate
Calls = Callable[[Array, Array, Memory, Array, Constants], list[Call]]  # gradient, scale, memory, rate


class Optimizer(NamedTuple):
    """One optimizer: w -= change."""

    name: str
    label: str
    init: Callable[[Array], Memory]  # (parameters): the memory before the first step
    update: Update
    calls: Calls
    formula: str  # LaTeX: w, gradient g, rate r, and the constants
    constants: tuple[str, ...] = ()  # those of `Constants` that it looks at


def _nothing(w: Array) -> Memory:
    return ()


def _velocity(w: Array) -> Memory:
    return (np.zeros_like(w),)


def _moments(w: Array) -> Memory:
    return (np.zeros_like(w), np.zeros_like(w), np.zeros(()))


def _sgd(g: Array, memory: Memory, rate: float, constants: Constants) -> tuple[Array, Memory]:
    return rate * g, memory


def _sgd_calls(g: Array, scale: Array, memory: Memory, rate: Array, constants: Constants) -> list[Call]:
    return [partial(np.multiply, g, np.asarray(rate * scale), g)]


def _momentum(g: Array, memory: Memory, rate: float, constants: Constants) -> tuple[Array, Memory]:
    v = constants.momentum * memory[0] + g
    return rate * v, (v,)


def _momentum_calls(g: Array, scale: Array, memory: Memory, rate: Array, constants: Constants) -> list[Call]:
    (v,), momentum = memory, np.array(constants.momentum)
    return [
        partial(np.multiply, g, scale, g),
        partial(np.multiply, v, momentum, v),
        partial(np.add, v, g, v),
        partial(np.multiply, v, rate, g),
    ]


def _nesterov(g: Array, memory: Memory, rate: float, constants: Constants) -> tuple[Array, Memory]:
    v = constants.momentum * memory[0] + g
    return rate * (g + constants.momentum * v), (v,)


def _nesterov_calls(g: Array, scale: Array, memory: Memory, rate: Array, constants: Constants) -> list[Call]:
    (v,), ahead, momentum = memory, np.empty_like(g), np.array(constants.momentum)
    return [
        partial(np.multiply, g, scale, g),
        partial(np.multiply, v, momentum, v),
        partial(np.add, v, g, v),
        partial(np.multiply, v, momentum, ahead),
        partial(np.add, g, ahead, g),
        partial(np.multiply, g, rate, g),
    ]


def _rmsprop(g: Array, memory: Memory, rate: float, constants: Constants) -> tuple[Array, Memory]:
    s = constants.rms_decay * memory[0] + (1 - constants.rms_decay) * g * g
    return rate * g / (np.sqrt(s) + constants.epsilon), (s,)


def _rmsprop_calls(g: Array, scale: Array, memory: Memory, rate: Array, constants: Constants) -> list[Call]:
    (s,), work = memory, np.empty_like(g)
    return [
        partial(np.multiply, g, scale, g),
        partial(np.multiply, g, g, work),
        *_average_calls(s, work, constants.rms_decay),
        partial(np.sqrt, s, work),
        partial(np.add, work, np.array(constants.epsilon), work),
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


def _adam(g: Array, memory: Memory, rate: float, constants: Constants) -> tuple[Array, Memory]:
    (_, _, b1, b2, epsilon), (m, v, t) = constants, memory
    m, v, t = b1 * m + (1 - b1) * g, b2 * v + (1 - b2) * g * g, np.asarray(t + 1)
    m_hat, v_hat = m / (1 - b1**t), v / (1 - b2**t)
    return rate * m_hat / (np.sqrt(v_hat) + epsilon), (m, v, t)


def _adam_calls(g: Array, scale: Array, memory: Memory, rate: Array, constants: Constants) -> list[Call]:
    (m, v, t), work = memory, np.empty_like(g)
    betas, unbias = np.array([constants.beta1, constants.beta2]), np.empty(2)
    return [
        partial(np.multiply, g, scale, g),
        partial(np.add, t, ONE, t),
        partial(np.power, betas, t, unbias),
        partial(np.subtract, ONE, unbias, unbias),
        partial(np.multiply, g, g, work),
        *_average_calls(v, work, constants.beta2),
        *_average_calls(m, g, constants.beta1),
        partial(np.divide, v, unbias[1:], work),
        partial(np.sqrt, work, work),
        partial(np.add, work, np.array(constants.epsilon), work),
        partial(np.divide, m, unbias[:1], g),
        partial(np.divide, g, work, g),
        partial(np.multiply, g, rate, g),
    ]


_ROWS = (
    Optimizer("sgd", "gradient descent", _nothing, _sgd, _sgd_calls, r"w \leftarrow w - r g"),
    Optimizer(
        "momentum", "momentum", _velocity, _momentum, _momentum_calls,
        r"v \leftarrow m v + g, \quad w \leftarrow w - r v", ("momentum",),
    ),
    Optimizer(
        "nesterov", "Nesterov momentum", _velocity, _nesterov, _nesterov_calls,
        r"v \leftarrow m v + g, \quad w \leftarrow w - r (g + m v)", ("momentum",),
    ),
    Optimizer(
        "rmsprop", "RMSProp", _velocity, _rmsprop, _rmsprop_calls,
        r"s \leftarrow \rho s + (1 - \rho) g^{2}, \quad w \leftarrow w - \frac{r g}{\sqrt{s} + \epsilon}",
        ("rms_decay", "epsilon"),
    ),
    Optimizer(
        "adam", "Adam", _moments, _adam, _adam_calls,
        r"w \leftarrow w - \frac{r \hat{m}}{\sqrt{\hat{v}} + \epsilon}", ("beta1", "beta2", "epsilon"),
    ),
)  # fmt: skip

OPTIMIZERS = {row.name: row for row in _ROWS}
