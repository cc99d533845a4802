"""What only several settings together can say: whether they fit, and what one brings along."""

from dataclasses import replace
from itertools import pairwise

from netviz.core.datasets import DATASETS
from netviz.core.features import FEATURES, PLAIN
from netviz.core.losses import LOSSES
from netviz.core.playground_data import DRAWS
from netviz.session.fields import Settings
from netviz.session.kinds import Value
from netviz.session.parameters import misplaced

PLAIN_INPUTS = {1: ("x",), 2: ("x", "y")}  # features by the number of coordinates that a problem shows
FEW_ROWS, MANY_ROWS = 20, 2000  # of a table: too few to test on; too many to learn from all at once
TRAINED, BATCH = 0.8, 1000  # the share of a table's rows that train, and how many of many make a step
OF_X = ("x", "x2", "sin_x", "cos_x")  # the features of a curve, whose other coordinate is the answer


def sizes(settings: Settings) -> tuple[int, ...]:
    """Units in each layer: inputs, hidden layers, outputs."""
    return (len(settings.features), *settings.hidden, DATASETS[settings.dataset].outputs)


def is_table(settings: Settings) -> bool:
    """Whether the problem is a table of one's own."""
    return settings.dataset.startswith("csv")


def coordinates(settings: Settings) -> int:
    """How many coordinates a network may see of a point."""
    if is_table(settings) and settings.csv is not None:
        return len(settings.csv.inputs)
    return DATASETS[settings.dataset].inputs


def offered(settings: Settings) -> tuple[str, ...]:
    """The features that the problem has."""
    count = coordinates(settings)
    return OF_X if count == 1 else (*FEATURES, *PLAIN[2:count])


def brought(settings: Settings, before: Settings, key: str) -> dict[str, Value]:
    """What must change along with `key` for a twin's settings to fit together.

    Another problem brings its inputs, and its loss where the one there does not fit; a seed of Playground's
    brings the loss there; a loss that takes the sum itself brings a linear output; other layers take on their
    neighbours' activations; given weights and what is frozen go where they no longer fit.
    """
    found = _brought_by_table(settings, before) if key == "csv" else {}
    given, settings = settings, replace(settings, **found)
    row, count = DATASETS[settings.dataset], coordinates(settings)
    if count != coordinates(before) or (key == "csv" and settings.csv != before.csv):
        found["features"] = PLAIN[:count]
    if key in ("dataset", "csv") and (_wrong_loss(settings) or _meant_for_many(settings)):
        found["loss"] = "mse" if _wrong_loss(replace(settings, loss=row.loss)) else row.loss
    if key == "seed" and _as_in_playground(settings) and _wrong_loss(settings):
        found["loss"] = "half_mse"
    if key == "hidden" and isinstance(settings.activation, tuple):
        found["activation"] = along(settings.activation, before.hidden, settings.hidden)
    if LOSSES[found.get("loss", settings.loss)].logits:
        found["output_activation"] = "identity"
    if _wrong_weights(replace(settings, **found)):
        found["weights"] = None
    if _wrong_frozen(replace(settings, **found)):
        found["frozen"] = ()
    return {name: value for name, value in found.items() if getattr(given, name) != value}


def _brought_by_table(settings: Settings, before: Settings) -> dict[str, Value]:
    """A table is the problem from now on: some of its rows test, and many are learned from in batches."""
    table = settings.csv
    if table is None:
        return {"dataset": "xor"} if is_table(settings) else {}
    found: dict[str, Value] = {"dataset": table.dataset, "loss": DATASETS[table.dataset].loss}
    if not is_table(before) or before.csv is None or len(before.csv.values) != len(table.values):
        found["train_fraction"] = 1.0 if len(table.values) < FEW_ROWS else TRAINED
        found["batch_size"] = BATCH if len(table.values) > MANY_ROWS else 0
    return found


def along(names: tuple[str, ...], old: tuple[int, ...], new: tuple[int, ...]) -> str | tuple[str, ...]:
    """One activation for each new layer: its own where it was there, else that of the layer before it."""
    if len(new) == len(old) or not new or len(names) != len(old):
        return names[0] if not new else names
    pairs = enumerate(zip(old, new, strict=False))
    same = next((i for i, (a, b) in pairs if a != b), min(len(old), len(new)))
    gone = max(0, len(old) - len(new))
    more = (names[max(0, same - 1)],) * max(0, len(new) - len(old))
    left = (*names[:same], *more, *names[same + gone :])
    return left[0] if len(left) == 1 else left


def misfit(settings: Settings) -> tuple[str, str] | None:
    """The key of a setting that does not fit the others, and what was expected; None where all fit."""
    wrong = {
        "csv": _wrong_table(settings),
        "features": _wrong_features(settings),
        "activation": _wrong_activation(settings),
        "loss": _wrong_loss(settings),
        "output_activation": _wrong_output(settings),
        "weights": _wrong_weights(settings),
        "frozen": _wrong_frozen(settings),
    }
    return next(((key, sentence) for key, sentence in wrong.items() if sentence), None)


def _wrong_table(settings: Settings) -> str:
    if not is_table(settings) or (settings.csv and settings.csv.dataset == settings.dataset):
        return ""
    fits = f", which is of {settings.csv.dataset}" if settings.csv else ": there is none"
    return f"expected a table for {settings.dataset}{fits}"


def _wrong_features(settings: Settings) -> str:
    known, count = offered(settings), coordinates(settings)
    if set(settings.features) <= set(known):
        return ""
    why = "a curve has one input" if count == 1 else f"there are {count} coordinates"
    return f"expected some of {', '.join(known)}, as {why}"


def _wrong_activation(settings: Settings) -> str:
    names, layers = settings.activation, len(settings.hidden)
    if isinstance(names, str) or len(names) == layers:
        return ""
    return f"expected one, or one for each of {layers} hidden layers, got {len(names)}"


def _wrong_loss(settings: Settings) -> str:
    row, loss = DATASETS[settings.dataset], LOSSES[settings.loss]
    if loss.name == "bce" and row.kind != "classes":
        return f"expected another loss, as {loss.label} needs two classes"
    if loss.logits and row.kind == "numbers":
        return f"expected another loss, as {loss.label} needs classes"
    if loss.logits and _as_in_playground(settings):
        return f"expected another loss, as {loss.label} needs answers of 0 and 1, not −1 and 1"
    return ""


def _meant_for_many(settings: Settings) -> bool:
    """Whether the loss, which fits, is the one of a problem with more classes."""
    return settings.loss == "cross_entropy" and DATASETS[settings.dataset].kind == "classes"


def _as_in_playground(settings: Settings) -> bool:
    """Whether the data are TensorFlow Playground's, whose classes are −1 and 1."""
    return isinstance(settings.seed, str) and settings.dataset in DRAWS


def _wrong_output(settings: Settings) -> str:
    loss = LOSSES[settings.loss]
    fits = not loss.logits or settings.output_activation == "identity"
    return "" if fits else f"expected identity, as {loss.label} takes the sum itself"


def _wrong_weights(settings: Settings) -> str:
    wanted = [(n_out, n_in) for n_in, n_out in pairwise(sizes(settings))]
    if settings.weights is None or _shapes(settings.weights) == wanted:
        return ""
    shapes = " and ".join(f"{rows} x {columns}" for rows, columns in wanted)
    return f"expected {shapes} weights (to x from), and a bias each"


def _wrong_frozen(settings: Settings) -> str:
    wrong = (misplaced(name, sizes(settings)) for name in settings.frozen)
    return next((sentence for sentence in wrong if sentence), "")


def _shapes(weights: Value) -> list[tuple[int, int]]:
    shapes = []
    for matrix, biases in zip(*weights, strict=False):
        widths = {len(row) for row in matrix}
        shapes.append((len(matrix), widths.pop() if len(widths) == 1 and len(matrix) == len(biases) else -1))
    return shapes if len(weights[0]) == len(weights[1]) else []
