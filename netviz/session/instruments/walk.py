"""The walk through one training step, moment by moment: forward, the loss, backward, the update."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from netviz.core.backprop import LayerSlopes, backward
from netviz.core.batches import Indices
from netviz.core.network import Array, Params, layer_values
from netviz.core.problems import Problem
from netviz.session import engine, selectors
from netviz.session.instruments.inside import Inside, Point, focus, inside, place_text, plain, state_text
from netviz.session.kinds import number_text
from netviz.session.state import State, UnitId
from netviz.session.text import shown, signed

MOST_ROWS = 9  # all numbers of 2-2-1; of larger networks the largest are shown
ONE_BY_ONE = 4  # up to so many products are walked through one at a time
BIAS = -1  # the source of a bias's edge
ON_POINT = 1e-6  # a probe nearer than this to a training point is on it
WORKINGS = {"mse": "({} − {})²", "half_mse": "½ ({} − {})²"}

OUTPUT_SLOPE = (
    "The slope says how fast the loss grows with ŷ. Times what came in, it is the gradient at that weight."
)
HIDDEN_SLOPE = (
    "A unit's slope: what comes back through its weights, times its activation's slope. Times what came in: "
    "the gradient."
)


class Row(NamedTuple):
    """One line of arithmetic."""

    label: str  # "x₁ × weight"
    working: str  # "1 × −0.94"
    result: str  # "−0.94"
    size: float = 0.0  # of the number, to find the largest


class EdgeText(NamedTuple):
    """What to write at a weight: layer l leads from the units of layer l to those of l + 1."""

    layer: int
    to: int
    source: int  # BIAS for the bias of `to`
    text: str


class Moment(NamedTuple):
    """One moment of the walk, in words and numbers."""

    phase: str  # product sum bias activation forward loss backward mean update stuck
    layer: int  # of the units it is about
    title: str
    text: str  # one sentence
    rows: tuple[Row, ...]
    at: Point  # the training point that is walked through
    units: tuple[UnitId, ...]  # what to light up
    edges: tuple[EdgeText, ...] = ()


class Highlight(NamedTuple):
    """What the canvas shows of the walk."""

    twin: int
    phase: str
    layer: int
    at: Point  # the training point
    units: tuple[UnitId, ...]
    edges: tuple[EdgeText, ...]


class _Step(NamedTuple):
    """Everything that the moments of one step are made from."""

    state: State
    unit: UnitId
    at: Point
    problem: Problem
    point: int  # the point that is walked through, by its index
    batch: Indices  # the indices of all points of the step


@lru_cache(maxsize=4)  # the canvases and the panel of a large network would each take a third of a second
@np.errstate(all="ignore")  # numbers out of range are told as they are
def moments(state: State, twin: int | None = None) -> tuple[Moment, ...]:
    """One training step of a twin, at one point of its batch; none where nothing is learned any more.

    The unit that is walked through is the selected one, or the first behind the inputs.
    """
    chosen = focus(state)
    unit = chosen if twin is None else UnitId(twin, chosen.layer, chosen.index)
    unit = unit if unit.layer else UnitId(unit.twin, 1, 0)
    problem = engine.problem(selectors.settings(state, unit.twin))
    if state.frame.states[unit.twin].stopped or not len(problem.batch_at(state.step)):
        return ()
    step = _step(state, unit, problem)
    return (*_inside(step), *_forward(step), _loss(step), *_back(step))


def moment(state: State) -> Moment | None:
    """The moment that is shown; None when there is no walk, and while training goes on."""
    if state.walk is None or state.playing:
        return None
    found = moments(state)
    return found[min(max(state.walk, 0), len(found) - 1)] if found else None


def highlight(state: State) -> Highlight | None:
    """What the canvas lights up at this moment of the walk."""
    found = moment(state)
    if found is None:
        return None
    return Highlight(found.units[0].twin, found.phase, found.layer, found.at, found.units, found.edges)


def _step(state: State, unit: UnitId, problem: Problem) -> _Step:
    points = engine.points(state.experiment.base).x
    batch = problem.batch_at(state.step)
    near = np.flatnonzero(np.abs(points[batch] - selectors.probe(state)).max(axis=1) < ON_POINT)
    index = int(batch[near[0] if len(near) else 0])
    return _Step(state, unit, tuple(points[index].tolist()), problem, index, batch)


# ------------------------------------------------------------------------------------- inside the unit
def _inside(step: _Step) -> list[Moment]:
    """Product by product, the sum, the bias, the activation."""
    found = inside(step.state, step.unit, step.at)
    rows = term_rows(found)
    few = len(rows) <= ONE_BY_ONE
    stops = range(1, len(rows) + 1) if few else [len(rows)]
    told = [
        _unit_moment(
            found, step.at, "product", "Each input times its weight.", rows[:stop], stop - 1 if few else None
        )
        for stop in stops
    ]
    together = (*rows, Row("together", "", shown(found.products)))
    plus = (*rows, Row("bias", "", signed(found.bias)))
    total = Row("sum z", "", shown(found.sum))
    after = Row(state_text(found), _after(found), shown(found.value))
    return [
        *told,
        _unit_moment(found, step.at, "sum", "The products add up.", together),
        _unit_moment(found, step.at, "bias", "Plus the bias: the sum z.", (*plus, total), BIAS),
        _unit_moment(found, step.at, "activation", "After the sum, the activation.", (*plus, total, after)),
    ]


def _unit_moment(
    found: Inside, at: Point, phase: str, text: str, rows: tuple[Row, ...], source: int | None = None
) -> Moment:
    """A moment inside the unit; `source` is the one input that it is about."""
    layer, index = found.unit.layer, found.unit.index
    if phase in ("product", "bias"):
        sources = range(len(found.terms)) if source is None else [source]
        texts = {i: shown(found.bias if i == BIAS else found.terms[i].product) for i in sources}
        edges = tuple(EdgeText(layer - 1, index, i, text) for i, text in texts.items())
    else:
        edges = ()
    return Moment(
        phase, layer, f"Inside {found.name} at {place_text(at)}", text, rows, at, (found.unit,), edges
    )


def term_rows(found: Inside, most: int = MOST_ROWS - 1) -> tuple[Row, ...]:
    """Each input times its weight; of many the largest first, the rest together: and 8 more: +0.12."""
    rows = [
        Row(f"{t.name} × weight", f"{plain(t.value)} × {shown(t.weight)}", shown(t.product), abs(t.product))
        for t in found.terms
    ]
    if len(rows) <= most:
        return tuple(rows)
    order = sorted(range(len(rows)), key=lambda i: -rows[i].size)
    rest = sum(found.terms[i].product for i in order[most - 1 :])
    return (*(rows[i] for i in order[: most - 1]), Row(f"and {len(rows) - most + 1} more", "", signed(rest)))


# ------------------------------------------------------------------------------------- forward
def _forward(step: _Step) -> list[Moment]:
    """Every layer's units, from the sums to the values."""
    depth = len(step.problem.network.activations)
    return [_forward_moment(step, layer, depth) for layer in range(1, depth + 1)]


def _forward_moment(step: _Step, layer: int, depth: int) -> Moment:
    units = _units(step, layer)
    rows = []
    for unit in units:
        found = inside(step.state, unit, step.at)
        rows.append(Row(found.name, _after(found), shown(found.value), abs(found.value)))
    text = (
        "The last layer's value is the answer." if layer == depth else "All units of the layer do the same."
    )
    return Moment(
        "forward", layer, f"Forward: {_layer_name(layer, depth)}", text, _largest(rows), step.at, units
    )


def _after(found: Inside) -> str:
    """What makes the value of the sum: ReLU of −0.83."""
    label = found.activation.label
    return f"the sum {shown(found.sum)} itself" if label == "identity" else f"{label} of {shown(found.sum)}"


def _units(step: _Step, layer: int) -> tuple[UnitId, ...]:
    return tuple(UnitId(step.unit.twin, layer, i) for i in range(step.problem.network.sizes[layer]))


def _layer_name(layer: int, depth: int) -> str:
    if layer == depth:
        return "the answer"
    return f"hidden layer {layer}" if depth > 2 else "the hidden layer"


def _largest(rows: list[Row], first: tuple[Row, ...] = ()) -> tuple[Row, ...]:
    """The rows if they fit, else the largest of them and how many are left out."""
    room = MOST_ROWS - len(first)
    if len(rows) <= room:
        return (*first, *rows)
    kept = sorted(rows, key=lambda row: -row.size)[: room - 1]
    return (*first, *kept, Row(f"and {len(rows) - len(kept)} smaller ones", "", ""))


def _loss(step: _Step) -> Moment:
    """How wrong the answer at this point is."""
    problem, i = step.problem, step.point
    raw = layer_values(problem.network, _params(step), problem.x[[i]])[-1][1]
    own = int(problem.y[i].argmax())  # of several classes the point's own
    answer, target = float(problem.loss.shown(raw)[0, own]), float(problem.y[i, own])
    value = float(problem.loss.value(raw, problem.y[[i]]))
    working = WORKINGS.get(problem.loss.name, problem.loss.label).format(shown(answer), plain(target))
    layer = len(problem.network.activations)
    answered = selectors.unit_name(step.state, UnitId(step.unit.twin, layer, own))
    rows = (
        Row(f"answer {answered}", "", shown(answer)),
        Row("target", "", plain(target)),
        Row("loss", working, fine(value)),
    )
    title = f"How wrong at {place_text(step.at)}?"
    return Moment(
        "loss",
        layer,
        title,
        "The answer beside its target: the loss at this one point.",
        rows,
        step.at,
        _units(step, layer),
    )


# ------------------------------------------------------------------------------------- backward
def _back(step: _Step) -> list[Moment]:
    """The gradient layer by layer at the point, its mean over the step's points, and the update."""
    problem, batch = step.problem, step.batch
    stuck = [row.label for row in problem.network.activations if not row.trainable]
    if stuck:
        text = f"No way back: {stuck[0]} has slope 0 everywhere, so nothing can be learned through it."
        return [Moment("stuck", step.unit.layer, "Backward", text, (), step.at, (step.unit,))]
    here = _slopes(step, np.array([step.point]))
    depth = len(here)
    found = [_backward_moment(step, layer, here) for layer in range(depth, 0, -1)]
    gradients = [row.gradient for row in _slopes(step, batch)]
    if len(batch) > 1:
        found.append(_mean(step, gradients))
    return [*found, _update(step, gradients)]


def _params(step: _Step) -> Params:
    return selectors.params(step.state, step.unit.twin)


def _slopes(step: _Step, which: Indices) -> tuple[LayerSlopes, ...]:
    problem = step.problem
    return backward(problem.network, _params(step), problem.x[which], problem.y[which], problem.loss)


def _backward_moment(step: _Step, layer: int, here: tuple[LayerSlopes, ...]) -> Moment:
    """The gradient at each weight that leads into a layer: the slope at its unit times what came in."""
    units, deltas, gradient = (
        _units(step, layer),
        here[layer - 1].deltas[0].tolist(),
        here[layer - 1].gradient,
    )
    values = (*selectors.values_at(step.state, step.unit.twin, step.at)[layer - 1].tolist(), 1.0)
    heads = tuple(
        Row(f"slope at {selectors.unit_name(step.state, unit)}", working, fine(delta))
        for unit, working, delta in zip(units, _chain(step, layer, here), deltas, strict=True)
    )
    rows = [
        Row(_weight_name(step, layer, to, i), f"{fine(deltas[to])} × {plain(values[i])}", fine(g), abs(g))
        for to, i, g in _entries(gradient)
    ]
    few = heads if len(heads) < MOST_ROWS // 2 else ()
    title = f"Backward: {_layer_name(layer, len(here))}"
    text = OUTPUT_SLOPE if layer == len(here) else HIDDEN_SLOPE
    edges = _edge_texts(layer, gradient)
    return Moment("backward", layer, title, text, _largest(rows, few), step.at, units, edges)


def _chain(step: _Step, layer: int, here: tuple[LayerSlopes, ...]) -> list[str]:
    """How the slope at each unit of a layer comes about: what comes back, times its activation's slope."""
    if layer == len(here):
        return [""] * step.problem.network.sizes[layer]
    back = (here[layer].deltas @ _params(step).weights[layer])[0].tolist()
    sums = selectors.sums_at(step.state, step.unit.twin, step.at)[layer]
    slopes = step.problem.network.activations[layer - 1].slope(sums).tolist()
    return [f"{fine(one)} × {plain(slope)}" for one, slope in zip(back, slopes, strict=True)]


def _mean(step: _Step, gradients: list[Array]) -> Moment:
    rows: list[Row] = []
    edges: list[EdgeText] = []
    for layer, gradient in enumerate(gradients, 1):
        rows += [
            Row(_weight_name(step, layer, to, i), "", fine(g), abs(g)) for to, i, g in _entries(gradient)
        ]
        edges += _edge_texts(layer, gradient)
    text = f"The same at all {len(step.batch)} points of the step; their mean is the gradient."
    units = _units(step, len(gradients))
    return Moment("mean", len(gradients), "The gradient", text, _largest(rows), step.at, units, tuple(edges))


def _update(step: _Step, gradients: list[Array]) -> Moment:
    """What "Do this step" does to every number: it is the trainer's own step."""
    state, twin, problem = step.state, step.unit.twin, step.problem
    after = engine.advance(engine.Request(state.experiment, state.frame.states, until=state.step + 1))
    before, new = _params(step).layers, after.states[twin].params.layers
    plainly = problem.optimizer.name == "sgd" and not (problem.l1 or problem.l2)
    decimals = _decimals(max(float(np.abs(b - a).max()) for a, b in zip(before, new, strict=True)))
    rate = number_text(problem.rate_at(state.step))
    rows: list[Row] = []
    edges: list[EdgeText] = []
    for layer, (old, now, gradient) in enumerate(zip(before, new, gradients, strict=True), 1):
        for to, source, w in _entries(now):
            was, g = float(old[to, source]), float(gradient[to, source])
            minus, by = ("+" if g < 0 else "−"), shown(abs(g), decimals)
            working = f"{shown(was, decimals)} {minus} {rate} × {by}"
            rows.append(
                Row(
                    _weight_name(step, layer, to, source),
                    working if plainly else f"{shown(was, decimals)} →",
                    shown(w, decimals),
                    abs(w - was),
                )
            )
            place = BIAS if source == old.shape[1] - 1 else source
            edges.append(EdgeText(layer - 1, to, place, shown(w, decimals)))
    rule = "Every number moves against its gradient, times the learning rate."
    text = (
        rule if plainly else f"{problem.optimizer.label} makes the change of every number from its gradient."
    )
    units = _units(step, len(gradients))
    return Moment("update", len(gradients), "The update", text, _largest(rows), step.at, units, tuple(edges))


def _entries(matrix: Array) -> list[tuple[int, int, float]]:
    """The entries of a layer's matrix (n_out, n_in + 1): to, source, value."""
    return [(to, source, float(matrix[to, source])) for to, source in np.ndindex(*matrix.shape)]


def _edge_texts(layer: int, matrix: Array) -> tuple[EdgeText, ...]:
    last = matrix.shape[1] - 1
    return tuple(
        EdgeText(layer - 1, to, BIAS if source == last else source, fine(value))
        for to, source, value in _entries(matrix)
    )


def _weight_name(step: _Step, layer: int, to: int, source: int) -> str:
    """A number's name: x₁ to h₁; bias of h₁."""
    twin = step.unit.twin
    target = selectors.unit_name(step.state, UnitId(twin, layer, to))
    if source == step.problem.network.sizes[layer - 1]:
        return f"bias of {target}"
    return f"{selectors.unit_name(step.state, UnitId(twin, layer - 1, source))} → {target}"


def fine(value: float) -> str:
    """A small number with two digits that count: 0.0031, −0.25, 0.00."""
    return shown(value, _decimals(abs(value)))


def _decimals(size: float) -> int:
    """How many decimals show two digits of a number of this size: from 2 to 8."""
    return 2 if not 5e-9 <= size < 1 else min(8, max(2, 1 - int(np.floor(np.log10(size)))))
