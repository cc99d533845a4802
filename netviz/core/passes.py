"""The prepared NumPy calls of one training step, for a batch of one size.

Buffers are units x points, the rows of all layers in one, each hidden layer's last row ones, so that the bias
is one more weight. Twins stand below each other, their weights block-diagonal; where they are copies that
differ in their dials, the shares of their activations are mixed in all of them at once.
"""

from collections.abc import Sequence
from functools import partial
from itertools import groupby, pairwise

import numpy as np

from netviz.core.activation import Activation, Array, Call, InPlace
from netviz.core.activations import ACTIVATIONS
from netviz.core.batches import Indices
from netviz.core.network import Network

STRAIGHT = ACTIVATIONS["identity"].in_place


class Layout:
    """Where the parameters and units of twins lie in one block-diagonal network."""

    def __init__(self, networks: Sequence[Network]) -> None:
        self.sizes = networks[0].sizes
        self.twins = len(networks)
        self.activations = [network.activations for network in networks]
        columns = [self.sizes[0] + 1] + [self.twins * n + 1 for n in self.sizes[1:-1]]
        self.shapes = [(self.twins * n, m) for n, m in zip(self.sizes[1:], columns, strict=True)]
        self.count = sum(rows * columns for rows, columns in self.shapes)
        self.places = [self._place(twin) for twin in range(self.twins)]  # of each twin's parameters

    def layers(self, flat: Array) -> list[Array]:
        """Cut a vector over all parameters of the block into its layers' matrices."""
        ends = np.cumsum([0] + [rows * columns for rows, columns in self.shapes])
        return [flat[a:b].reshape(shape) for (a, b), shape in zip(pairwise(ends), self.shapes, strict=True)]

    def _place(self, twin: int) -> Indices:
        places = []
        for depth, layer in enumerate(self.layers(np.arange(self.count, dtype=np.float64))):
            n_in, n_out = self.sizes[depth], self.sizes[depth + 1]
            columns = np.arange(n_in) + (twin * n_in if depth else 0)  # all twins see the same inputs
            rows = layer[twin * n_out : (twin + 1) * n_out]
            places.append(rows[:, [*columns, -1]].ravel())
        return np.concatenate(places).astype(np.intp)

    def segments(self, depth: int) -> list[tuple[Activation, slice]]:
        """The rows behind each activation of a layer, neighbours of one kind together."""
        size, start, found = self.sizes[depth + 1], 0, []
        for _, group in groupby((row[depth] for row in self.activations), key=lambda one: one.mixes or one):
            alike = list(group)
            stop = start + size * len(alike)
            found.append((alike[0], slice(start, stop)))
            start = stop
        return found

    def shares(self, depth: int) -> Array:
        """How much of its activation each row of a layer has, (rows, 1): 1 but for dialed ones."""
        dials = (row[depth].dial for row in self.activations)
        return np.repeat([dial.share if dial else 1.0 for dial in dials], self.sizes[depth + 1])[:, None]


class Pass:
    """Buffers for `points` points and the calls that run forward and backward through them."""

    def __init__(self, layout: Layout, weights: Array, gradient: Array, points: int) -> None:
        ends = np.cumsum([0] + [layout.twins * n + 1 for n in layout.sizes[1:]])
        self._values, self._slopes, self._errors, self._wholes = (
            np.ones((ends[-1], points)) for _ in range(4)
        )
        self._shares = np.ones((ends[-1], 1))  # of the activation, in each row
        self._rows = [slice(a, b - 1) for a, b in pairwise(ends)]  # without the row of ones
        for depth, rows in enumerate(self._rows):
            self._shares[rows] = layout.shares(depth)
        self._layout, self._points = layout, points
        self._weights, self._gradients = layout.layers(weights), layout.layers(gradient)
        self.forward = self._forward_calls()
        self.backward = self._backward_calls()

    @property
    def outputs(self) -> Array:
        """The last layer's values (twins, outputs, points), rewritten by every pass."""
        return self._values[self._rows[-1]].reshape(self._layout.twins, self._layout.sizes[-1], self._points)

    @property
    def residual(self) -> Array:
        """Where the loss puts its slope, (twins, outputs, points)."""
        return self._errors[self._rows[-1]].reshape(self._layout.twins, self._layout.sizes[-1], self._points)

    def enter(self, x: Array) -> Call:
        """The call that feeds x (inputs + 1, points) to the first layer, before `forward`."""
        return partial(self._weights[0].dot, x, self._values[self._rows[0]])

    def leave(self, x: Array) -> Call:
        """The call that takes the first layer's gradient, after `backward`."""
        return partial(self._errors[self._rows[0]].dot, x.T, self._gradients[0])

    def _forward_calls(self) -> list[Call]:
        calls: list[Call] = []
        for depth, rows in enumerate(self._rows):
            if depth:
                before = self._rows[depth - 1]
                inputs = self._values[before.start : before.stop + 1]
                calls.append(partial(self._weights[depth].dot, inputs, self._values[rows]))
            for activation, part in self._layout.segments(depth):
                at = slice(rows.start + part.start, rows.start + part.stop)
                if activation.mixes:
                    calls += self._mixed(activation.mixes, at)
                elif activation.in_place:
                    calls += activation.in_place.value(self._values[at])
                else:
                    calls.append(partial(_value_and_slope, activation, self._values[at], self._slopes[at]))
        return calls

    def _mixed(self, whole: InPlace, at: slice) -> list[Call]:
        """The calls that turn sums z into (1 - t) z + t phi(z), and keep phi(z); errors come later."""
        sums, wholes, shares, parts = self._values[at], self._wholes[at], self._shares[at], self._errors[at]
        return [
            partial(np.copyto, wholes, sums),
            *whole.value(wholes),
            partial(np.multiply, wholes, shares, parts),
            partial(np.multiply, sums, 1.0 - shares, sums),
            partial(np.add, sums, parts, sums),
        ]

    def _slope_calls(self) -> tuple[dict[object, Array], list[Call]]:
        """Buffers of slopes by kind, and the calls that fill each for all its layers at once."""
        spans: dict[tuple[InPlace, bool], slice] = {}
        for depth, rows in enumerate(self._rows):
            for activation, _ in self._layout.segments(depth):
                if (kind := _kind(activation)) and activation.in_place is not STRAIGHT:
                    spans[kind] = slice(spans.get(kind, rows).start, rows.stop)
        buffers: dict[object, Array] = {kind: np.ones_like(self._slopes) for kind in spans}
        calls = list[Call]()
        for (fast, mixed), span in spans.items():
            slopes, shares = buffers[fast, mixed][span], self._shares[span]
            calls += fast.slope((self._wholes if mixed else self._values)[span], slopes)
            if mixed:
                calls.append(partial(np.multiply, slopes, shares, slopes))
                calls.append(partial(np.add, slopes, 1.0 - shares, slopes))
        return buffers | {None: self._slopes}, calls

    def _backward_calls(self) -> list[Call]:
        slopes, calls = self._slope_calls()
        for depth in reversed(range(len(self._rows))):
            rows = self._rows[depth]
            for activation, part in self._layout.segments(depth):
                if activation.in_place is not STRAIGHT:
                    errors, slope = self._errors[rows][part], slopes[_kind(activation)][rows][part]
                    calls.append(partial(np.multiply, errors, slope, errors))
            if depth:
                before = slice(self._rows[depth - 1].start, self._rows[depth - 1].stop + 1)
                errors = self._errors[rows]
                calls.append(partial(errors.dot, self._values[before].T, self._gradients[depth]))
                calls.append(partial(self._weights[depth].T.dot, errors, self._errors[before]))
        return calls


def _kind(activation: Activation) -> tuple[InPlace, bool] | None:
    """Its fast form, and whether that is mixed with the sums; None without one."""
    fast = activation.mixes or activation.in_place
    return (fast, activation.mixes is not None) if fast else None


def _value_and_slope(activation: Activation, sums: Array, slopes: Array) -> None:
    slopes[...] = activation.slope(sums)
    sums[...] = activation.value(sums)
