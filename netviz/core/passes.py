"""The prepared NumPy calls of one training step, for a batch of one size.

Buffers are units x points, the rows of all layers in one, each hidden layer's last row ones, so that the bias
is one more weight. Twins stand below each other, their weights block-diagonal.
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
        for activation, group in groupby(self.activations, key=lambda row: row[depth]):
            stop = start + size * len(list(group))
            found.append((activation, slice(start, stop)))
            start = stop
        return found


class Pass:
    """Buffers for `points` points and the calls that run forward and backward through them."""

    def __init__(self, layout: Layout, weights: Array, gradient: Array, points: int) -> None:
        ends = np.cumsum([0] + [layout.twins * n + 1 for n in layout.sizes[1:]])
        self._values, self._slopes, self._errors = (np.ones((ends[-1], points)) for _ in range(3))
        self._rows = [slice(a, b - 1) for a, b in pairwise(ends)]  # without the row of ones
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
                sums, slopes = self._values[rows][part], self._slopes[rows][part]
                fast = activation.in_place
                calls += fast.value(sums) if fast else [partial(_value_and_slope, activation, sums, slopes)]
        return calls

    def _slope_calls(self) -> tuple[dict[InPlace | None, Array], list[Call]]:
        """Buffers of slopes by kind, and the calls that fill each for all its layers at once."""
        spans: dict[InPlace, slice] = {}
        for depth, rows in enumerate(self._rows):
            for activation, _ in self._layout.segments(depth):
                if (fast := activation.in_place) and fast is not STRAIGHT:
                    spans[fast] = slice(spans.get(fast, rows).start, rows.stop)
        buffers: dict[InPlace | None, Array] = {fast: np.ones_like(self._slopes) for fast in spans}
        calls = [
            c for fast, span in spans.items() for c in fast.slope(self._values[span], buffers[fast][span])
        ]
        return buffers | {None: self._slopes}, calls

    def _backward_calls(self) -> list[Call]:
        slopes, calls = self._slope_calls()
        for depth in reversed(range(len(self._rows))):
            rows = self._rows[depth]
            for activation, part in self._layout.segments(depth):
                if activation.in_place is not STRAIGHT:
                    errors, slope = self._errors[rows][part], slopes[activation.in_place][rows][part]
                    calls.append(partial(np.multiply, errors, slope, errors))
            if depth:
                before = slice(self._rows[depth - 1].start, self._rows[depth - 1].stop + 1)
                errors = self._errors[rows]
                calls.append(partial(errors.dot, self._values[before].T, self._gradients[depth]))
                calls.append(partial(self._weights[depth].T.dot, errors, self._errors[before]))
        return calls


def _value_and_slope(activation: Activation, sums: Array, slopes: Array) -> None:
    slopes[...] = activation.slope(sums)
    sums[...] = activation.value(sums)
