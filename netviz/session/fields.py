"""Every setting, one row each: settings panel, command line, files, undo and help are made from it."""

from dataclasses import Field as DataclassField
from dataclasses import dataclass, field, fields
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

from netviz.core.activations import ACTIVATIONS
from netviz.core.datasets import DATASETS
from netviz.core.drawn import HINGE, MOST_KNOTS, Knots, drawn
from netviz.core.features import INPUTS
from netviz.core.initializers import INITIALIZERS
from netviz.core.losses import LOSSES
from netviz.core.optimizers import OPTIMIZERS, USUAL
from netviz.core.own import Own
from netviz.core.tables import Table
from netviz.session.kinds import (
    Choice,
    Kind,
    Number,
    OneOrMore,
    Seed,
    Several,
    Sizes,
    Switch,
    Tested,
    Value,
    Whole,
    refusal,
)
from netviz.session.parameters import check_names, names_label, parameter
from netviz.session.tables.values import check_table, table_label

MOST_OWN, MOST_COORDINATE = 100_000, 1e6
LARGEST = 1e100  # of a weight or bias set by hand: products of three stay numbers
MAX_LAYERS, MAX_UNITS = 8, 16
SEED = 2**63 - 1  # the largest
BELOW_1 = 0.9999  # a mean that keeps all of the old never learns of anything new
RATES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0)
PENALTIES = (0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)


class Field(NamedTuple):
    """What people and programs know of a setting."""

    key: str
    label: str
    default: Value
    kind: Kind
    help: str
    group: str  # its heading in All settings
    shared: bool  # the same for all twins
    live: bool  # can change in the middle of a run, keeping the weights


def setting(
    default: Value,
    label: str,
    kind: Kind,
    about: str,
    group: str,
    *,
    shared: bool = False,
    live: bool = False,
) -> Any:
    """Declare one setting of `Settings`."""
    row = (label, default, kind, about, group, shared, live)
    return field(default=default, metadata={"row": row})


def check_weights(value: Value) -> Value:
    """Explicit starting parameters as in `--json`, or None: ((weights, ...), (biases, ...))."""
    if value is None:
        return None
    if isinstance(value, dict):
        if set(value) != {"weights", "biases"}:
            raise refusal('an object with "weights" and "biases"', sorted(value))
        value = (value["weights"], value["biases"])
    number = Number()
    try:
        weights, biases = value
        checked_weights = tuple(tuple(tuple(number.check(w) for w in row) for row in m) for m in weights)
        checked_biases = tuple(tuple(number.check(b) for b in layer) for layer in biases)
    except (TypeError, ValueError):
        raise refusal("weights[layer][to][from] and biases[layer][unit], all numbers", value) from None
    return checked_weights, checked_biases


def check_curve(value: Value) -> Knots:
    """The points of a drawn activation: [[z, value], ...], from left to right."""
    number, expected = Number(), f"2 to {MOST_KNOTS} points [z, value], each further right than the last"
    try:
        knots = tuple((number.check(z), number.check(a)) for z, a in value)
        drawn(knots)
    except (TypeError, ValueError):
        raise refusal(expected, value) from None
    if len(knots) > MOST_KNOTS:
        raise refusal(expected, value)
    return knots


def check_own(value: Value) -> Own:
    """A person's own points: [[x1, x2, class or number], ...]."""
    number = Number(-MOST_COORDINATE, MOST_COORDINATE)
    try:
        points = tuple((number.check(x), number.check(y), number.check(what)) for x, y, what in value)
    except (TypeError, ValueError):
        raise refusal("a list of points [x1, x2, class or number]", value) from None
    if len(points) > MOST_OWN:
        raise refusal(f"at most {MOST_OWN:,} points", f"{len(points):,}")
    return points


def _weights_label(value: Value) -> str:
    return "drawn from the seed" if value is None else "given"


@dataclass(frozen=True)
class Settings:
    """All settings of one twin."""

    # fmt: off
    dataset: str = setting(
        "xor", "Problem", Choice(DATASETS, "dataset"), "What is to be learned.", "Problem", shared=True
    )
    points: int = setting(
        200, "Points", Whole(10, 5000, (50, 100, 200, 500, 1000)),
        "How many points are drawn, training and test together. The corners are always four.", "Problem",
        shared=True,
    )
    noise: float = setting(
        0.0, "Noise", Number(0, 80, choices=tuple(map(float, range(0, 55, 5)))),
        "How far drawn points are from where their answer says, in percent. The corners have none.",
        "Problem", shared=True,
    )
    train_fraction: float = setting(
        0.5, "Training share", Number(0, 1, choices=(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)),
        "The share of the drawn points that are trained on; the rest test. The corners are all trained on.",
        "Problem", shared=True,
    )
    data_seed: int = setting(
        0, "Data seed", Whole(0, SEED), "Which draw of a generated problem.", "Problem", shared=True
    )
    own: Own = setting(  # noqa: RUF009 (a dataclass field like the rest)
        (), "Own points", Tested(check_own, lambda points: f"{len(points)} points"),
        "The points of the problem called own: [[x1, x2, class or number], ...].", "Problem", shared=True,
    )
    csv: Table | None = setting(  # noqa: RUF009 (a dataclass field like the rest)
        None, "Table", Tested(check_table, table_label),
        "A CSV file and its columns, the problem called csv: FILE, or FILE:COLUMN,COLUMN->TARGET.", "Problem",
        shared=True,
    )
    features: tuple[str, ...] = setting(
        ("x", "y"), "Inputs", Several(Choice(INPUTS, "feature")),
        "What the network sees of each point: the other place where nonlinearity can sit.",
        "Problem", shared=True,
    )
    hidden: tuple[int, ...] = setting(
        (2,), "Hidden units", Sizes(MAX_LAYERS, MAX_UNITS),
        "Units in each hidden layer, from the inputs on: 2, or 8, 8.", "Network", shared=True,
    )
    activation: str | tuple[str, ...] = setting(
        "relu", "Activation", OneOrMore(Choice(ACTIVATIONS, "activation")),
        "What follows each hidden sum: one for all layers, or one for each.", "Network", live=True,
    )
    dial: float = setting(
        1.0, "Nonlinearity", Number(0, 1, choices=(0.0, 0.25, 0.5, 0.75, 1.0)),
        "How much of the activation is used: 0 leaves the sum as it is, 1 is the whole activation.",
        "Network", live=True,
    )
    curve: Knots = setting(  # noqa: RUF009 (a dataclass field like the rest)
        HINGE, "Drawn curve", Tested(check_curve, lambda knots: f"{len(knots)} points"),
        "The points of the drawn activation, from left to right.", "Network", live=True,
    )
    output_activation: str = setting(
        "identity", "Output activation", Choice(ACTIVATIONS, "activation"),
        "What follows the output's sum. Linear by default, so that nothing else can bend the surface.",
        "Network",
    )
    bias: bool = setting(
        True, "Biases", Switch(),
        "Off: every sum is 0 where its inputs are. A line through 0 is linear; with a bias it is affine.",
        "Network",
    )
    frozen: tuple[str, ...] = setting(
        (), "Frozen", Tested(check_names, names_label),
        "What training leaves as it is: a list such as w[1][0][2], b[0][1], layer[1].",
        "Network", live=True,
    )
    loss: str = setting("mse", "Loss", Choice(LOSSES, "loss"), "How wrong an answer counts.", "Training")
    optimizer: str = setting(
        "sgd", "Optimizer", Choice(OPTIMIZERS, "optimizer"), "How a gradient becomes a step.", "Training"
    )
    learning_rate: float = setting(
        0.1, "Learning rate", Number(0, above=True, choices=RATES, log=True),
        "How far each step goes down the slope. Too large a rate diverges.", "Training", live=True,
    )
    decay: float = setting(
        0.0, "Decay", Number(0, choices=(0.0, 0.001, 0.01, 0.1)),
        "How fast the learning rate falls: in epoch n it is divided by 1 + decay × n. 0: it stays.",
        "Training", live=True,
    )
    momentum: float = setting(
        USUAL.momentum, "Momentum", Number(0, 1, choices=(0.0, 0.5, 0.9, 0.99)),
        "How much of the last step is kept, by momentum and Nesterov.", "Training", live=True,
    )
    rms_decay: float = setting(
        USUAL.rms_decay, "Decay of squares (RMSProp)", Number(0, BELOW_1, choices=(0.0, 0.9, 0.99, 0.999)),
        "How much RMSProp keeps of its mean of squared slopes.", "Training", live=True,
    )
    beta1: float = setting(
        USUAL.beta1, "β₁ (Adam)", Number(0, BELOW_1, choices=(0.0, 0.5, 0.9, 0.99)),
        "How much Adam keeps of its mean slope.", "Training", live=True,
    )
    beta2: float = setting(
        USUAL.beta2, "β₂ (Adam)", Number(0, BELOW_1, choices=(0.9, 0.99, 0.999)),
        "How much Adam keeps of its mean of squared slopes.", "Training", live=True,
    )
    epsilon: float = setting(
        USUAL.epsilon, "Epsilon", Number(0, above=True, choices=(1e-8, 1e-4, 0.01, 1.0)),
        "What RMSProp and Adam add to a slope's usual size before they divide by it.", "Training", live=True,
    )
    batch_size: int = setting(
        0, "Batch size", Whole(0, 1_000_000, (0, 1, 2, 4, 10, 30), "all"),
        "Points in each step; all points make an epoch one step.", "Training", shared=True,
    )
    l1: float = setting(
        0.0, "L1 penalty", Number(0, choices=PENALTIES), "Pulls every weight towards 0 by the same amount.",
        "Training", live=True,
    )
    l2: float = setting(
        0.0, "L2 penalty", Number(0, choices=PENALTIES), "Pulls every weight towards 0 in proportion to it.",
        "Training", live=True,
    )
    stop_loss: float = setting(
        0.0, "Stop at loss", Number(0, choices=(0.0, 0.1, 0.01, 0.001)),
        "Training pauses once the first twin's loss is below this. 0: it goes on.", "Training",
        shared=True, live=True,
    )
    stop_epochs: int = setting(
        0, "Stop at epoch", Whole(0, 1_000_000_000, (0, 100, 1000, 10_000), "never"),
        "Training pauses at this epoch. 0: it goes on.", "Training", shared=True, live=True,
    )
    stop_stalled: int = setting(
        0, "Stop when stalled", Whole(0, 1_000_000, (0, 100, 1000), "never"),
        "Training pauses once no loss has fallen by a hundredth in so many epochs. 0: it goes on.",
        "Training", shared=True, live=True,
    )
    initializer: str = setting(
        "uniform", "Starting weights", Choice(INITIALIZERS, "initializer"), "How the start is drawn.", "Start"
    )
    seed: int | str = setting(
        36, "Seed", Seed(SEED),
        "Which draw of the start and the batches' order; playground:0.5 draws as Playground does, data too.",
        "Start", shared=True,
    )
    weights: Any = setting(  # noqa: RUF009 (a dataclass field like the rest)
        None, "Given weights", Tested(check_weights, _weights_label),
        "An explicit start; it beats the seed.", "Start", shared=True,
    )
    # fmt: on

    def __hash__(self) -> int:
        """Hash once: every look-up of a network or its points asks for it."""
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash(tuple(getattr(self, key) for key in FIELDS))


def _row(one: "DataclassField[Any]") -> Field:
    return Field(one.name, *one.metadata["row"])


FIELDS = MappingProxyType({one.name: _row(one) for one in fields(Settings)})


def field_of(key: str) -> Field:
    """The row of a key, a single weight's or bias's too; ValueError names the keys there are."""
    found = parameter(key)
    if found is not None:
        label = "bias" if found.source < 0 else "weight"
        about = "One number of the network; set in the middle of a run it moves on from there."
        return Field(key, label, 0.0, Number(-LARGEST, LARGEST), about, "Network", shared=False, live=True)
    if key not in FIELDS:
        raise ValueError(f"no such setting; there are {', '.join(FIELDS)}")
    return FIELDS[key]
