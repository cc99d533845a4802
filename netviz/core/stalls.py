"""Why a network stays above its goal: it cannot get there, or it did not find the way."""

from collections.abc import Callable
from functools import partial
from typing import Literal, NamedTuple

import numpy as np

from netviz.core.activation import Activation, AnyArray
from netviz.core.analysis import hidden_values, is_affine, only_rises
from netviz.core.backprop import backward
from netviz.core.floors import floor, rising_floor
from netviz.core.losses import Loss
from netviz.core.network import Array, Layers, Network, Params, layer_values

GOAL = 1e-3  # a loss below this is learned
NEAR = 1e-3  # a loss this near the floor has reached it
STILL = 1e-3  # a gradient shorter than this leads nowhere (tried on 1,900 runs of 2-2-1: see tests)
SAME = 1e-3  # hidden vectors nearer than this, relative to the largest value, are one
MOST = 0.5  # of the squared error: merged points that make up less are not what keeps it
MOST_LOOKED = 5000  # points that tell whether a network that bends rests, and which of them are merged
SATURATED = 0.01  # a smooth unit whose slope is below this at every point hardly passes anything on

Groups = tuple[tuple[int, ...], ...]
UnitState = Literal["bends", "straight", "dead", "saturated"]


class Stall(NamedTuple):
    """Why the loss stays above the goal.

    cannot: no network of this kind reaches the goal, for it is affine, or can only rise where the targets
    turn round. The rest did not find it.
    merged: the last hidden layer no longer tells apart points that have different targets.
    flat: no unit bends between the points, so the network is affine again.
    """

    kind: Literal["cannot", "merged", "flat"]
    merged: Groups = ()  # the points, by index, of each merged group


def stall(
    network: Network,
    params: Params,
    x: Array,
    y: Array,
    loss: Loss,
    goal: float = GOAL,
    affine_floor: Callable[[], float | None] | None = None,
    layers: Layers | None = None,
) -> Stall | None:
    """Why training has come to rest above the goal, at points x (n, inputs), y (n, outputs); else None.

    `affine_floor` tells what is known of it already; without, it is found. Of many points an even sample
    says whether a network that bends has come to rest. `layers` is what `layer_values` gives at x, where that
    is known already.
    """
    if is_affine(network):
        if affine_floor is not None and affine_floor() is None:
            return None  # of very many points not even the loss is looked at
        value = loss.value((layers or layer_values(network, params, x))[-1][1], y)
        find = affine_floor or partial(floor, loss.name, x, y)
        least = find() if value > goal and network.activations[-1].affine else None
        return Stall("cannot") if least is not None and goal < least and value < least + NEAR else None
    every = -(-len(x) // MOST_LOOKED) or 1
    x, y = x[::every], y[::every]
    if layers is None or every > 1:
        layers = layer_values(network, params, x)
    value = loss.value(layers[-1][1], y)
    if not value > goal:
        return None
    least = rising_floor(loss.name, x, y) if only_rises(network) else None
    if least is not None and goal < least and value < least + NEAR:
        return Stall("cannot")  # its slope may take for ever to vanish
    if _moves(network, layers, x, y, loss) or np.linalg.norm(gradient(network, params, x, y, loss)) > STILL:
        return None
    if least is not None and goal < least:
        return Stall("cannot")
    merged = mixed_groups(merged_points(hidden_values(network, params, x)), y)
    if merged and _explains(merged, y, loss.shown(layers[-1][1])):
        return Stall("merged", merged)
    bending = {state for layer in unit_states(network, params, x) for state in layer} - {"straight", "dead"}
    return None if bending else Stall("flat")


def _moves(network: Network, layers: Layers, x: Array, y: Array, loss: Loss) -> bool:
    """Whether the readout's gradient alone is too long for rest: it is quickly found, and mostly tells."""
    sums, values = layers[-1]
    below = layers[-2][1] if len(layers) > 1 else x
    deltas = loss.gradient(values, y) * network.activations[-1].slope(sums)
    return bool(np.linalg.norm(deltas.T @ below) > STILL)


def merged_points(h: Array) -> Groups:
    """The points that share one hidden vector of h (n, units), as groups of two or more indices in order."""
    near = SAME * max(1.0, float(np.abs(h).max()))
    _, group, sizes = np.unique(np.rint(h / near), axis=0, return_inverse=True, return_counts=True)
    groups = (np.flatnonzero(group.ravel() == which) for which in np.flatnonzero(sizes > 1))
    return tuple(sorted(tuple(members.tolist()) for members in groups))


def mixed_groups(groups: Groups, y: Array) -> Groups:
    """The groups whose points have different targets in y (n, outputs): no readout can be right on them."""
    return tuple(group for group in groups if np.ptp(y[list(group)], axis=0).any())


def _explains(groups: Groups, y: Array, shown: AnyArray) -> bool:
    """Whether merged points make up at least half of the squared error, not a few among many."""
    within = [y[list(group)] - y[list(group)].mean(axis=0) for group in groups]
    return sum(float(np.sum(miss * miss)) for miss in within) >= MOST * float(np.sum((shown - y) ** 2))


def unit_states(network: Network, params: Params, x: Array) -> tuple[tuple[UnitState, ...], ...]:
    """For each hidden layer, what each unit does at the points x (n, inputs).

    dead: its slope is 0 at every point, so it gets no gradient and cannot recover. straight: every
    point lies on one straight piece of its activation. saturated: smooth, but nearly level everywhere.
    """
    layers = layer_values(network, params, x)[:-1]
    return tuple(_layer_states(z, row) for (z, _), row in zip(layers, network.activations, strict=False))


def _layer_states(z: Array, activation: Activation) -> tuple[UnitState, ...]:
    """What the units of a layer with these sums z (n, units) at the points do there."""
    steepest = np.abs(activation.slope(z)).max(axis=0, initial=0.0)
    lowest, highest = z.min(axis=0, initial=np.inf), z.max(axis=0, initial=-np.inf)
    units = zip(steepest.tolist(), lowest.tolist(), highest.tolist(), strict=True)
    return tuple(_unit_state(*unit, activation) for unit in units)


def _unit_state(steepest: float, lowest: float, highest: float, activation: Activation) -> UnitState:
    """What a unit does whose slope is at most this steep, and whose sums lie between these two."""
    if steepest == 0:
        return "dead"
    if activation.kinks is None:
        return "saturated" if steepest < SATURATED else "bends"
    return "bends" if any(lowest < kink < highest for kink in activation.kinks) else "straight"


def gradient(network: Network, params: Params, x: Array, y: Array, loss: Loss) -> Array:
    """The loss's gradient in Params.flat's order, by plain backpropagation."""
    layers = backward(network, params, x, y, loss)
    return np.concatenate([layer.gradient.ravel() for layer in layers])
