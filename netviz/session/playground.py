"""Links to TensorFlow Playground: opened as an experiment, and written where Playground can express one."""

import re
from fractions import Fraction
from math import floor, isfinite
from random import random
from typing import Any, NamedTuple

from netviz.core.datasets import DATASETS
from netviz.core.optimizers import Constants
from netviz.core.playground_data import CLASSIFIED, VALUED
from netviz.core.points import training_count
from netviz.session.document import USUAL, VIEW, Document, told
from netviz.session.experiment import Experiment
from netviz.session.fields import FIELDS, Field, Settings
from netviz.session.kinds import PLAYGROUND, Value, playground_text
from netviz.session.text import in_sentence

HOME = "https://playground.tensorflow.org/"
LINK = re.compile(
    r"([a-z]+://[^#]*|playground\.[^#]*|)#.*=.*|([a-z]+://)?playground\.tensorflow\.org/?#?", re.IGNORECASE
)
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
SAFE = re.compile(r"[\w.~!$()*+,;:@/?%-]+", re.ASCII)  # what every browser leaves as it is behind the #
NEVER = 1_000_000  # a batch larger than Playground's data: no step ever learns

ACTIVATION = {"tanh": "tanh", "relu": "relu", "sigmoid": "sigmoid", "linear": "identity"}
PENALTY = {"none": "", "L1": "l1", "L2": "l2"}
CLASSES = {"circle": "circle", "xor": "quadrant_xor", "gauss": "gauss", "spiral": "spiral"}
VALUES = {"reg-plane": "plane", "reg-gauss": "multi_gauss"}
PROBLEM = {"classification": CLASSES, "regression": VALUES}
INPUTS = {
    "x": "x", "y": "y", "xSquared": "x2", "ySquared": "y2", "xTimesY": "xy", "sinX": "sin_x", "sinY": "sin_y",
}  # fmt: skip
ON = ("x", "y")  # the inputs of a link that names none
CONTROLS = {
    "activation": "activation", "regularization": "l2", "regularizationRate": "l2", "problem": "dataset",
    "dataset": "dataset", "regDataset": "dataset", "learningRate": "learning_rate", "batchSize": "batch_size",
    "noise": "noise", "percTrainData": "train_fraction", "numHiddenLayers": "hidden",
    "networkShape": "hidden", "seed": "seed", "initZero": "initializer",
}  # fmt: skip
MOST_NOISE = 80.0  # percent; above it Playground takes USUAL_NOISE
USUAL_NOISE = 50.0
SAID = (  # what a link can say, and with which values `_reason` knows
    "dataset", "points", "noise", "train_fraction", "features", "hidden", "activation", "output_activation",
    "loss", "optimizer", "learning_rate", "batch_size", "l1", "l2", "initializer", "seed",
)  # fmt: skip
# Other settings that change no number of such a run.
UNUSED = ("data_seed", *Constants._fields, "curve", "stop_loss", "stop_epochs", "stop_stalled")


class Opened(NamedTuple):
    """What a link asks for."""

    experiment: Experiment
    hidden: frozenset[str] = frozenset()  # settings (keys of FIELDS), or Playground's own names of controls
    discretize: bool = False
    test_points: bool = False  # they are shown


def document(link: str) -> Document:
    """What a link asks for, the screen included; ValueError says what is wrong with it."""
    found = opened(link)
    view: dict[str, Value] = {
        "test_points": found.test_points,
        "discretized": found.discretize,
        "hidden_rows": tuple(sorted(found.hidden & FIELDS.keys())),
    }
    return Document(found.experiment, (), told(USUAL | view, VIEW))


def is_link(text: str) -> bool:
    """Whether a text is a link to Playground, on any host, or the part behind its #."""
    return LINK.fullmatch(text.strip()) is not None


# ------------------------------------------------------------------------------------- opening
def opened(link: str) -> Opened:
    """The experiment of a link, and what of the screen it asks for; ValueError says what is wrong with it."""
    said = _said(link.strip())
    numbers = _choice(said, "problem", PROBLEM) is VALUES
    dataset = _choice(said, "regDataset", VALUES) if numbers else _choice(said, "dataset", CLASSES)
    count = VALUED if numbers else CLASSIFIED
    penalty = _choice(said, "regularization", PENALTY)
    values: dict[str, tuple[str, Value]] = {
        "dataset": ("dataset", dataset),
        "points": ("points", count),
        "noise": ("noise", _noise(_number(said, "noise", 0.0))),
        "train_fraction": ("percTrainData", _share(_number(said, "percTrainData", 50.0), count)),
        "features": ("inputs", _inputs(said)),
        "hidden": ("networkShape", _shape(said)),
        "activation": ("activation", _choice(said, "activation", ACTIVATION)),
        "output_activation": ("problem", "identity" if numbers else "tanh"),
        "loss": ("problem", "half_mse"),
        "learning_rate": ("learningRate", _number(said, "learningRate", 0.03)),
        "batch_size": ("batchSize", _batch_size(_number(said, "batchSize", 10.0))),
        "initializer": ("initZero", "zeros" if _switch(said, "initZero") else "playground"),
        "seed": ("seed", PLAYGROUND + (said.get("seed") or f"{random():.5f}")),
    }
    if penalty:
        values[penalty] = ("regularizationRate", _number(said, "regularizationRate", 0.0))
    settings = Settings(**{key: _checked(key, *value) for key, value in values.items()})
    hidden = (key.removesuffix("_hide") for key in said if _hides(said, key.removesuffix("_hide")))
    return Opened(
        Experiment(settings, ((),)), frozenset(CONTROLS.get(name, name) for name in hidden),
        _switch(said, "discretize"), _switch(said, "showTestData"),
    )  # fmt: skip


def _said(link: str) -> dict[str, str]:
    """The link's keys, the last of two counting; an empty value is a missing key, but for the shape."""
    parts = (part.split("=") for part in link.partition("#")[2].split("&"))
    said = {key: value[0] if value else None for key, *value in parts}
    return {
        key: value
        for key, value in said.items()
        if value is not None and (value.strip() or key == "networkShape")
    }


def _choice(said: dict[str, str], key: str, table: dict[str, Any]) -> Any:
    """What a name stands for; the table's first row for one that it does not have."""
    return table.get(said.get(key, ""), next(iter(table.values())))


def _switch(said: dict[str, str], key: str, usual: bool = False) -> bool:
    return said[key] != "false" if key in said else usual


def _hides(said: dict[str, str], name: str) -> bool:
    return said.get(f"{name}_hide") == "true"


def _number(said: dict[str, str], key: str, usual: float) -> float:
    return _read(key, said[key]) if key in said else usual


def _read(key: str, text: str) -> float:
    number = float(text) if NUMBER.fullmatch(text.strip()) else float("inf")
    if not isfinite(number):
        raise ValueError(f"Playground link: '{key}': expected a number, got {text[:60]}")
    return number


def _checked(key: str, name: str, value: Value) -> Value:
    """A value that our own setting takes; ValueError names what the link calls it."""
    try:
        return FIELDS[key].kind.check(value)
    except ValueError as error:
        raise ValueError(f"Playground link: '{name}': {error}") from None


def _noise(percent: float) -> float:
    return USUAL_NOISE if percent > MOST_NOISE else max(0.0, percent)


def _share(percent: float, count: int) -> float:
    """The share of training points, of any percentage: JavaScript cuts lists as Python does."""
    first = len(range(count)[: floor(max(-count, min(count, count * percent / 100)))])
    share = percent / 100
    return share if 0 <= share <= 1 and training_count(count, share) == first else first / count


def _batch_size(size: float) -> int:
    """The points between two updates, which come after every multiple of any number."""
    return min(abs(Fraction(size).numerator) or NEVER, NEVER)


def _inputs(said: dict[str, str]) -> tuple[str, ...]:
    chosen = tuple(
        INPUTS[name] for name in INPUTS if _switch(said, name, name in ON) and not _hides(said, name)
    )
    if not chosen:
        raise ValueError("Playground link: it has no input at all, so there is nothing to learn from")
    return chosen


def _shape(said: dict[str, str]) -> tuple[float, ...]:
    text = said.get("networkShape", "4,2").strip()
    sizes = [_read("networkShape", part) for part in text.split(",")] if text else []
    return tuple(int(size) if size.is_integer() else size for size in sizes)


# ------------------------------------------------------------------------------------- writing
def link(experiment: Experiment, twin: int = 0) -> str:
    """The link that opens a twin of an experiment in Playground; ValueError says why there is none."""
    if not 0 <= twin < len(experiment.twins):
        raise ValueError(f"no such twin; there are {len(experiment.twins)}")
    settings = experiment.twins[twin]
    reason = _reason(settings) or ("settings were changed on the way" if experiment.edits else "")
    if reason:
        raise ValueError(f"Playground cannot express this: {reason}")
    return f"{HOME}#{'&'.join(f'{key}={value}' for key, value in _words(settings).items())}"


def _words(settings: Settings) -> dict[str, str]:
    """The link's keys and values."""
    numbers = settings.dataset in VALUES.values()
    penalty = "l1" if settings.l1 else "l2" if settings.l2 else ""
    count = training_count(settings.points, settings.train_fraction)
    return {
        "activation": _name(ACTIVATION, _activation(settings)),
        "regularization": _name(PENALTY, penalty),
        "regularizationRate": _text(settings.l1 or settings.l2),
        "batchSize": str(settings.batch_size or count),
        "regDataset" if numbers else "dataset": _name(VALUES if numbers else CLASSES, settings.dataset),
        "learningRate": _text(settings.learning_rate),
        "noise": _text(settings.noise),
        "networkShape": ",".join(map(str, settings.hidden)),
        "seed": playground_text(settings.seed),
        "percTrainData": _percent(settings, count),
        **{name: str(key in settings.features).lower() for name, key in INPUTS.items()},
        "problem": "regression" if numbers else "classification",
        "initZero": str(settings.initializer == "zeros").lower(),
    }


def _percent(settings: Settings, count: int) -> str:
    """The shortest percentage that trains on so many points."""
    share = 100 * settings.train_fraction
    tried = [*(round(share, digits) for digits in (0, 1, 2, 6)), 100 * count / settings.points]
    return _text(next(one for one in tried if floor(settings.points * one / 100) == count))


def _activation(settings: Settings) -> str:
    """The one behind every hidden layer; without any, Playground's usual one does."""
    names = {settings.activation} if isinstance(settings.activation, str) else set(settings.activation)
    known = len(names) == 1 and names <= set(ACTIVATION.values())
    return names.pop() if known else "" if settings.hidden else "tanh"


def _name(table: dict[str, str], value: str) -> str:
    return next(name for name, ours in table.items() if ours == value)


def _text(number: float) -> str:
    return repr(number).removesuffix(".0")


def _reason(settings: Settings) -> str:
    """Why Playground cannot express these settings; empty where it can."""
    known = dict.fromkeys([*CLASSES.values(), *VALUES.values()])
    if settings.dataset not in known:
        return f"it has no data called {DATASETS[settings.dataset].label}"
    numbers, start = settings.dataset in VALUES.values(), settings.initializer
    count, output = (VALUED, "identity") if numbers else (CLASSIFIED, "tanh")
    wrong = {
        f"it always draws {count} points": settings.points != count,
        "it has no such inputs": not set(settings.features) <= set(INPUTS.values()),
        "its hidden activation is one of tanh, ReLU, sigmoid and linear": (
            _activation(settings) not in ACTIVATION.values()
        ),
        f"its output activation is {FIELDS['output_activation'].kind.show(output)} here": (
            settings.output_activation != output
        ),
        "all its units have biases, and all of it learns": not settings.bias or bool(settings.frozen),
        "its loss is half the mean squared error": settings.loss != "half_mse",
        "its optimizer is gradient descent": settings.optimizer != "sgd",
        "its penalty is L1 or L2, not both": bool(settings.l1 and settings.l2),
        "its starting weights are its own or all zero": start not in ("playground", "zeros"),
        f"its seed is a text, such as {PLAYGROUND}0.5": isinstance(settings.seed, int),
        "a link cannot hold this seed": not SAFE.fullmatch(playground_text(settings.seed)),
    }
    found = next((reason for reason, is_wrong in wrong.items() if is_wrong), "")
    return found or next((f"it has no setting for {in_sentence(row.label)}" for row in _others(settings)), "")


def _others(settings: Settings) -> list[Field]:
    """The settings that a link has no word for and that change a number."""
    others = (row for key, row in FIELDS.items() if key not in SAID + UNUSED)
    return [row for row in others if getattr(settings, row.key) != row.default]
