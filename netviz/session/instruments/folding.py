"""The last hidden layer as a plane: where it puts the inputs, the points and the line of one half."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from netviz.core import analysis
from netviz.core.network import Array
from netviz.session import engine, judging, selectors
from netviz.session.fields import Settings
from netviz.session.sections import Section, sampled
from netviz.session.state import State, UnitId

HALF = 0.5
CELLS, SAMPLES = 8, 33  # the input grid: squares a side, and samples along each of its lines
FINE = 69  # points a side among which the one is looked for that lands nearest to a hand
SPREAD = 17  # points a side of the plane that tell its main directions
TOGETHER = 0.06  # points nearer than this share of the window land together
ROOM = 1.75  # the window is this many times as wide as the points lie apart
LEAST = 0.5  # the narrowest window's points: below this all of them have landed together
AROUND = 0.1  # of the window, around points on their way
FOLDED = 0.7  # the share of the way after which all is folded and only turns
Units = tuple[int, int]
Groups = tuple[tuple[int, ...], ...]


class Plane(NamedTuple):
    """A flat piece of the last hidden layer: h = origin + (u scales) axes for u (n, 2)."""

    labels: tuple[str, ...]  # one or two
    origin: Array  # (units,)
    axes: Array  # (2, units), each of length 1, or 0 where there is a single unit
    scales: Array  # (2,), how far one step along each goes

    def at(self, h: Array) -> Array:
        """Where hidden values h (n, units) stand: (n, 2)."""
        return np.asarray((h - self.origin) @ self.axes.T / self.scales)

    def hidden(self, u: Array) -> Array:
        """The hidden values (n, units) at places u (n, 2) of the plane."""
        return np.asarray(self.origin + (u * self.scales) @ self.axes)


class Window(NamedTuple):
    """The square of a plane that is shown: from its lower left corner, as far as its side."""

    left: float
    low: float
    side: float


class Fold(NamedTuple):
    """What a hidden layer makes of the input plane."""

    plane: Plane
    window: Window
    points: Array  # (n, 2), the training points
    groups: Groups  # the points, by index, that land together
    probe: Array  # (2,)
    half: tuple[float, float, float] | None  # a u + b v + c = 0 half-way between two classes; None: nowhere


def units(state: State, twin: int) -> int:
    """How many units the last hidden layer has; 0 without one."""
    sizes = selectors.net(state, twin).sizes
    return sizes[-2] if len(sizes) > 2 else 0


def unit_labels(state: State, twin: int) -> tuple[str, ...]:
    """The last hidden layer's units: h₁, h₂."""
    layer = len(selectors.net(state, twin).sizes) - 2
    return tuple(selectors.unit_name(state, UnitId(twin, layer, i)) for i in range(units(state, twin)))


def hidden_at(state: State, twin: int, at: Array) -> Array:
    """The last hidden layer's values (n, units) at points (n, 2) of the input plane, or at whole ones."""
    x = engine.inputs(selectors.settings(state, twin), selectors.lifted(state, at))
    return analysis.hidden_values(selectors.net(state, twin), selectors.params(state, twin), x)


def plane(state: State, twin: int, chosen: Units | None = None) -> Plane:
    """The plane of two chosen units, or None: the only two, or of more the one that `_main` finds."""
    count, labels = units(state, twin), unit_labels(state, twin)
    if chosen is None and count > 2:
        h = hidden_at(state, twin, selectors.plane(state, SPREAD))
        at = selectors.params(state, twin)
        if len(at.weights[-1]) > 1:
            return _ways_apart(h, at.weights[-1])
        return _main(h, at.weights[-1][0], float(at.biases[-1][0]))
    shown = (0, 1)[:count] if chosen is None else chosen
    axes = np.zeros((2, count))
    axes[range(len(shown)), shown] = 1.0
    at_points = hidden_at(state, twin, sampled(selectors.settings(state, twin)).x)
    middle = at_points.mean(axis=0) if len(at_points) else np.zeros(count)
    middle[list(shown)] = 0.0
    return Plane(tuple(labels[i] for i in shown), middle, axes, np.ones(2))


def _main(h: Array, readout: Array, bias: float) -> Plane:
    """Up, the readout's own sum; across, the direction in which h (n, units) varies most beside it.

    So the plane holds all that the readout sees: every point's answer is the colour it stands on. The
    other direction is a principal component, its largest part positive; the inputs are spread as wide in it
    as their sums are high, or by 1: a sum of 20 beside a spread of 1 would leave a thin upright line.
    """
    middle, length = h.mean(axis=0), float(np.linalg.norm(readout))
    up = readout / length if length else np.eye(len(readout))[0]
    rest = (h - middle) - np.outer((h - middle) @ up, up)
    across = np.linalg.eigh(rest.T @ rest)[1][:, -1]
    across = across * np.sign(across[np.abs(across).argmax()])
    origin = middle - up * (middle @ readout + bias) / (length or 1.0)
    wide, high = max(float(np.ptp(rest @ across)), 1e-9), max(float(np.ptp(h @ readout)), 1.0)
    scales = np.array([wide / high, 1.0 / (length or 1.0)])
    return Plane(("main direction", "answer"), origin, np.stack([across, up]), scales)


def _ways_apart(h: Array, readout: Array) -> Plane:
    """The two directions of h (n, units) in which the classes' sums differ most, each as wide as h in it.

    What all sums share decides nothing, so of three classes this plane holds all that the readout sees.
    """
    apart = readout - readout.mean(axis=0)
    axes = np.linalg.svd(apart)[2][:2]  # all of them, so that a readout of few ranks has a second one too
    axes = axes * np.sign(axes[range(2), np.abs(axes).argmax(axis=1)])[:, None]
    middle = h.mean(axis=0)
    scales = np.maximum(np.ptp((h - middle) @ axes.T, axis=0), 1e-9)
    return Plane(("main direction", "second direction"), middle, axes, scales)


@lru_cache(maxsize=4)
def grid_lines(low: float, high: float) -> Array:
    """The input grid as lines (lines, samples, 2): those across first, the outermost included."""
    at, along = np.linspace(low, high, CELLS + 1), np.linspace(low, high, SAMPLES)
    across = np.stack(np.broadcast_arrays(along[None, :], at[:, None]), axis=-1)
    found = np.concatenate([across, across[..., ::-1]])
    found.flags.writeable = False
    return found


@lru_cache(maxsize=8)
def _grid_inputs(chosen: Settings, section: Section) -> Array:
    lines = grid_lines(section.low, section.high).reshape(-1, 2)
    return engine.inputs(chosen, section.lifted(lines))


def carried_grid(state: State, twin: int, on: Plane) -> Array:
    """Where the hidden layer puts the input grid: lines (lines, samples, 2)."""
    section = selectors.section(state, twin)
    x = _grid_inputs(selectors.settings(state, twin), section)
    h = analysis.hidden_values(selectors.net(state, twin), selectors.params(state, twin), x)
    return on.at(h).reshape(grid_lines(section.low, section.high).shape)


def carried(state: State, twin: int, on: Plane, at: Array) -> Array:
    """Where the hidden layer puts points (..., 2) of the input plane, or whole ones: (..., 2)."""
    return on.at(hidden_at(state, twin, at.reshape(-1, at.shape[-1]))).reshape(*at.shape[:-1], 2)


class Turn(NamedTuple):
    """How the hidden plane lies to the input plane: turned, or turned over."""

    middle: Array  # (2,), what it turns around
    back: Array  # (2, 2), orthogonal: what turns it back

    def at(self, u: Array, share: float) -> Array:
        """Points u (..., 2) turned back (share 0), as they are (1), or on the way."""
        return (u - self.middle) @ self.back @ _partly(self.back.T, share) + self.middle


def turn(x: Array, u: Array) -> Turn:
    """The turn between points x (n, 2) and where they land, u (n, 2): orthogonal Procrustes."""
    middle = u.mean(axis=0)
    left, _, right = np.linalg.svd((x - x.mean(axis=0)).T @ (u - middle))
    return Turn(middle, (left @ right).T)


def _partly(turned: Array, share: float) -> Array:
    """A share of a rotation, or of turning over by a mirror line: orthogonal only at its ends."""
    if np.linalg.det(turned) > 0:
        angle = share * np.arctan2(turned[0, 1], turned[0, 0])
        return np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    values, axes = np.linalg.eigh(turned)
    return np.asarray(axes @ np.diag(1 + share * (values - 1)) @ axes.T, dtype=np.float64)


def on_the_way(x: Array, u: Array, turned: Turn, share: float) -> Array:
    """Points from x to u (..., 2): first the fold alone, then the turn that puts its axes right.

    Straight from x to u a plane that lands turned over would shrink to a line half-way.
    """
    if share <= FOLDED:
        return x + share / FOLDED * (turned.at(u, 0.0) - x)
    return turned.at(u, (share - FOLDED) / (1 - FOLDED))


def window_on_the_way(start: Window, end: Window, share: float) -> Window:
    """The window between two: it is the end's from the end of the fold on."""
    moved = min(1.0, share / FOLDED)
    return Window(*(a + moved * (b - a) for a, b in zip(start, end, strict=True)))


def holding(window: Window, points: Array) -> Window:
    """A window, larger where that is needed to hold points (n, 2) with some room around them."""
    finite = points[np.isfinite(points).all(axis=1)]
    if not len(finite):
        return window
    room = AROUND * window.side
    low = np.minimum((window.left, window.low), finite.min(axis=0) - room)
    high = np.maximum((window.left + window.side, window.low + window.side), finite.max(axis=0) + room)
    side = float((high - low).max())
    left, bottom = ((low + high - side) / 2).tolist()
    return Window(left, bottom, side)


def answers_on(state: State, twin: int, on: Plane, u: Array) -> Array:
    """What the readout answers (n, outputs) at places u (n, 2) of a plane."""
    problem, at = engine.problem(selectors.settings(state, twin)), selectors.params(state, twin)
    sums = on.hidden(u) @ at.weights[-1].T + at.biases[-1]
    values = np.asarray(problem.network.activations[-1].value(sums), dtype=np.float64)
    return np.asarray(problem.loss.shown(values), dtype=np.float64)


def fold(state: State, twin: int, chosen: Units | None = None) -> Fold:
    """Today's fold of a twin with a hidden layer."""
    on = plane(state, twin, chosen)
    points = carried(state, twin, on, sampled(selectors.settings(state, twin)).x)
    window = window_around(points)
    probe = carried(state, twin, on, np.array([selectors.probe(state)]))[0]
    together = landed_together(points, TOGETHER * window.side) if selectors.on_corners(state, twin) else ()
    return Fold(on, window, points, together, probe, _half(state, twin, on))


def window_around(points: Array) -> Window:
    """A square with room around points (n, 2); it moves and grows in steps: mostly it stands still."""
    if not len(points):
        return Window(-LEAST / 2, -LEAST / 2, LEAST)
    lowest, highest = points.min(axis=0), points.max(axis=0)
    extent = max(LEAST, float((highest - lowest).max()))
    step = 2.0 ** np.floor(np.log2(extent)) / 4
    side = float(np.ceil(ROOM * extent / step) * step)
    left, low = np.rint(((lowest + highest) / 2 - side / 2) / step) * step
    return Window(float(left), float(low), side)


def landed_together(points: Array, near: float) -> Groups:
    """Groups of two or more of a few points (n, 2), each nearer than that to another one of its group."""
    distance = np.linalg.norm(points[:, None] - points[None], axis=-1)
    linked = distance < near
    for _ in range(len(points)):
        linked = linked @ linked
    groups = {tuple(np.flatnonzero(row).tolist()) for row in linked}
    return tuple(sorted(group for group in groups if len(group) > 1))


@lru_cache(maxsize=8)
def _threshold(chosen: Settings) -> float | None:
    """The output's sum at which the shown answer is half-way between the classes; None where it never is."""
    problem = engine.problem(chosen)
    sums = np.linspace(-20, 20, 4001)
    answers = problem.loss.shown(problem.network.activations[-1].value(sums[:, None]))[:, 0]
    shown = answers - judging.threshold(chosen)[0]
    exact = np.flatnonzero(shown == 0)
    if len(exact):
        return float(sums[exact[0]])
    crossed = np.flatnonzero(shown[:-1] * shown[1:] < 0)
    if not len(crossed):
        return None
    i = crossed[0]
    return float(sums[i] - shown[i] * (sums[i + 1] - sums[i]) / (shown[i + 1] - shown[i]))


def _half(state: State, twin: int, on: Plane) -> tuple[float, float, float] | None:
    if selectors.kind(state, twin) != "classes":  # several classes have several lines, numbers none
        return None
    threshold = _threshold(selectors.settings(state, twin))
    at = selectors.params(state, twin)
    weight, bias = at.weights[-1][0], at.biases[-1][0]
    across, up = on.scales * (on.axes @ weight)
    if threshold is None or not (across or up):
        return None
    return float(across), float(up), float(on.origin @ weight + bias - threshold)


def nearest_input(state: State, twin: int, on: Plane, u: tuple[float, float]) -> tuple[float, float]:
    """The point of the input plane that lands nearest to u; of several the one nearest to the probe."""
    grid = selectors.plane(state, FINE)
    away = np.linalg.norm(carried(state, twin, on, grid) - u, axis=1)
    low, high = selectors.box(state)
    near = away < away.min() + 1e-3 * (high - low)
    moved = np.where(near, np.linalg.norm(grid - selectors.place(state), axis=1), np.inf)
    x, y = grid[int(moved.argmin())]
    return float(x), float(y)
