"""What an export tells of a twin: its inputs, its layers, and how its outputs are shown."""

from typing import NamedTuple

from netviz.core.activation import Activation
from netviz.core.drawn import HINGE, Knots
from netviz.core.features import PLAIN
from netviz.core.network import Array, Network, Params
from netviz.session import engine, selectors
from netviz.session.fields import Settings
from netviz.session.fitting import coordinates, is_table
from netviz.session.state import State, UnitId

SHOWN = {"bce": "sigmoid", "cross_entropy": "softmax"}  # what makes probabilities of a logit loss's outputs
SOME_POINTS = 4  # that a program is tried on


class Bend(NamedTuple):
    """What follows a layer's sums, as values that other languages can spell."""

    name: str  # of ACTIVATIONS
    dial: float = 1.0  # (1 - dial) z + dial phi(z)
    knots: Knots = HINGE  # of a drawn activation

    @property
    def plain(self) -> bool:
        """Whether its name alone says all of it."""
        return self.dial == 1 and self.name != "drawn"


class Layer(NamedTuple):
    """One layer: phi(weights x + biases)."""

    weights: Array  # (n_out, n_in)
    biases: Array  # (n_out,)
    bend: Bend
    activation: Activation  # the trainer's, which is the same function


class Model(NamedTuple):
    """A twin at a step, ready to be written down in another language."""

    coordinates: int  # of a point: what predict takes
    features: tuple[str, ...]  # what the first layer sees of a point: names of FEATURES
    layers: tuple[Layer, ...]
    shown: str  # "sigmoid" or "softmax" make probabilities of the outputs; empty: they are shown as they are
    title: str  # one line for a person
    units: tuple[tuple[str, ...], ...]  # the units' names as the screen has them, the inputs first
    points: Array  # (n, coordinates): training points, to try it on

    @property
    def sees_points(self) -> bool:
        """Whether the first layer sees a point's coordinates as they are."""
        return self.features == PLAIN[: self.coordinates]

    @property
    def named(self) -> bool:
        """Whether names alone say all of its activations."""
        return all(layer.bend.plain for layer in self.layers)

    @property
    def network(self) -> Network:
        """The network's shape, for `core`."""
        sizes = (len(self.features), *(len(layer.biases) for layer in self.layers))
        return Network(sizes, tuple(layer.activation for layer in self.layers))

    @property
    def params(self) -> Params:
        """Its parameters, for `core`."""
        return Params.from_layers([one.weights for one in self.layers], [one.biases for one in self.layers])


def model(state: State, twin: int) -> Model:
    """A twin as it stands in a state; ValueError if there is no such twin."""
    if not 0 <= twin < len(state.frame.states):
        raise ValueError(f"no twin {twin}; there are {len(state.frame.states)}, counted from 0")
    settings, at = selectors.settings(state, twin), selectors.params(state, twin)
    rows = engine.network(settings).activations
    found = coordinates(settings)
    return Model(
        coordinates=found,
        features=settings.features,
        layers=tuple(map(Layer, at.weights, at.biases, _bends(settings, rows), rows)),
        shown=SHOWN.get(engine.loss_name(settings), ""),
        title=f"{selectors.twin_name(state, twin)}, step {state.step}, by netviz{_scaling(settings)}",
        units=_unit_names(state, twin),
        points=engine.points(settings).x[:SOME_POINTS, :found],
    )


def _scaling(settings: Settings) -> str:
    """How a table's inputs are scaled before the first layer; numbers alone, for names may hold anything."""
    if not is_table(settings) or settings.csv is None:
        return ""
    (middle, spread), count = settings.csv.scale, len(settings.csv.inputs)
    means, spreads = ([float(f"{value:.9g}") for value in values[:count]] for values in (middle, spread))
    return f"; inputs are (column - mean) / spread, means {means}, spreads {spreads}"


def _bends(settings: Settings, rows: tuple[Activation, ...]) -> list[Bend]:
    names = [row.name.partition("@")[0] for row in rows]  # relu@0.5 is half a ReLU
    dials = [1.0 if name == row.name else settings.dial for name, row in zip(names, rows, strict=True)]
    curves = (*(settings.curve for _ in settings.hidden), HINGE)
    return list(map(Bend, names, dials, curves))


def _unit_names(state: State, twin: int) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(selectors.unit_name(state, UnitId(twin, layer, i)) for i in range(size))
        for layer, size in enumerate(selectors.net(state, twin).sizes)
    )
