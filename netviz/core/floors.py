"""The least loss an affine map can have: by least squares, or by Newton's method where it takes logits."""

from collections.abc import Callable

import numpy as np

from netviz.core.analysis import RANK_TOLERANCE, affine_fit
from netviz.core.network import Array

MOST_POINTS = 5000  # among which the floor of a loss that takes logits is looked for
STEPS = 60  # at most; mostly ten are enough
LENGTHS = tuple(0.5**halvings for halvings in range(30))  # of a step, until it goes downhill
FAIR = 1e-4  # the part of what the slope promises that a step must keep
ENOUGH = 1e-14  # a step that brings less has arrived
RIDGE = 1e-12  # of the curvature's mean: what keeps flat directions from dividing by 0


def squared_floor(x: Array, y: Array) -> float:
    """The least mean squared error an affine function of x (n, inputs) can have against y (n, outputs)."""
    miss = y - affine_fit(x, y)(x)
    return float(np.mean(miss * miss))


def softmax_floor(x: Array, y: Array) -> float:
    """The greatest lower bound of the cross-entropy of affine logits of x (n, inputs) against y (n, classes).

    The loss is convex in the logits' coefficients: Newton's method with shorter steps where a whole one
    would go uphill (Boyd and Vandenberghe, Convex Optimization, 9.5). It has no least value where affine
    logits put every point's own class strictly first: larger and larger ones come as near to 0 as one
    likes. Such logits are the proof, so 0 is then exact.
    """
    if not len(x):
        return 0.0  # nothing to be wrong about
    basis = _directions(x)
    at, logits = np.zeros((basis.shape[1], y.shape[1] - 1)), np.zeros(y.shape)
    value = _cross_entropy(logits, y)
    for _ in range(STEPS):
        if _separated(logits, y):
            return 0.0
        step, promised = _newton(basis, logits, y)
        for length in LENGTHS:
            logits = _logits(basis, at + length * step)
            fallen = value - _cross_entropy(logits, y)
            if fallen >= FAIR * length * promised:
                break
        at, value = at + length * step, value - fallen
        if fallen < ENOUGH:
            break
    return value


def logistic_floor(x: Array, y: Array) -> float:
    """The same for binary cross-entropy: one affine logit of x (n, inputs) against y (n, 1) in 0..1."""
    return softmax_floor(x, np.column_stack([y, 1 - y]))


def _directions(x: Array) -> Array:
    """An orthogonal basis (n, rank) of what [x, 1] spans, rounding left out; each column of mean square 1."""
    rows = np.column_stack([x, np.ones(len(x))])
    left, sizes, _ = np.linalg.svd(rows / np.abs(rows).max(), full_matrices=False)
    basis: Array = left[:, sizes > RANK_TOLERANCE * sizes[0]] * np.sqrt(len(x))
    return basis


def _logits(basis: Array, at: Array) -> Array:
    """Each class's logit (n, classes); the last one's is 0, for only their differences count."""
    return np.column_stack([basis @ at, np.zeros(len(basis))])


def _cross_entropy(logits: Array, y: Array) -> float:
    """Mean over the points of ln sum e^z - y z."""
    most = logits.max(axis=1, keepdims=True)
    logs = most[:, 0] + np.log(np.exp(logits - most).sum(axis=1))
    return float(np.mean(logs - (y * logits).sum(axis=1)))


def _separated(logits: Array, y: Array) -> bool:
    """Whether every point is of one class, and that one's logit is strictly the largest."""
    own = y == 1
    if not own.any(axis=1).all():
        return False
    others = np.where(own, -np.inf, logits).max(axis=1)
    return bool((logits[own] > others).all())


def _newton(basis: Array, logits: Array, y: Array) -> tuple[Array, float]:
    """Newton's step (rank, classes - 1), and how far the loss falls along it by its slope."""
    shares = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares = (shares / shares.sum(axis=1, keepdims=True))[:, :-1]
    points, rank, free = len(basis), basis.shape[1], shares.shape[1]
    slope = (basis.T @ (shares - y[:, :-1]) / points).T.ravel()
    spread = (shares[:, :, None] * basis[:, None, :]).reshape(points, free * rank)
    curvature = -(spread.T @ spread) / points
    for i in range(free):
        block = slice(i * rank, (i + 1) * rank)
        curvature[block, block] += basis.T @ spread[:, block] / points
    curvature[np.diag_indices_from(curvature)] += RIDGE * np.trace(curvature) / len(curvature)
    step = -np.linalg.solve(curvature, slope)
    return step.reshape(free, rank).T, -float(slope @ step)


FLOORS: dict[str, Callable[[Array, Array], float]] = {
    "mse": squared_floor,
    "half_mse": lambda x, y: squared_floor(x, y) / 2,
    "bce": logistic_floor,
    "cross_entropy": softmax_floor,
}


def rising_floor(loss: str, x: Array, y: Array) -> float | None:
    """The greatest value that the named loss cannot get below where the answer rises along one direction.

    Known of four points x (4, inputs) in corner order, their targets y (4, 1) as XOR's or XNOR's; else None.
    x[0] + x[3] = x[1] + x[2], so of a sum z of the inputs one pair's values enclose the other's. In order of
    z the targets are a, b, b, a. The best answers that rise are known (pooling: Barlow et al., Statistical
    Inference under Order Restrictions, 1972): one a by itself, a mean of the other three. So it is the floor
    of what tells one point from the rest, 1/6 of the squared error.
    """
    if x.shape[0] != 4 or y.shape != (4, 1) or not np.array_equal(x[0] + x[3], x[1] + x[2]):
        return None
    first, second, third, fourth = y[:, 0]
    turns = first == fourth and second == third and first != second
    return floor(loss, np.eye(4)[:, :1], y) if turns else None


def floor(loss: str, x: Array, y: Array) -> float | None:
    """The greatest value that the named loss of an affine function of x (n, k) cannot get below.

    None if there are no points, or more than MOST_POINTS where Newton's method would be needed: seconds, in
    the window's own thread. Of a network's inputs this is its affine floor; of its last hidden layer's
    values, its readout floor: loss - readout floor is not fitted yet, readout floor is not representable
    with this hidden layer.
    """
    sought = len(x) <= MOST_POINTS or FLOORS[loss] not in (softmax_floor, logistic_floor)
    return FLOORS[loss](x, y) if len(x) and sought else None
