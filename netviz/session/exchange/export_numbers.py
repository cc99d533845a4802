"""A run and its weights as plain numbers: CSV, JSON, and the array files of NumPy and PyTorch."""

import csv
import io
import json
import math
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

import numpy as np

from netviz.core.problems import TrainState
from netviz.session import engine, judging, selectors
from netviz.session.exchange.export_model import Model
from netviz.session.fields import Settings
from netviz.session.state import State

COLUMNS = ("train_loss", "test_loss", "accuracy")


def history(state: State) -> Iterator[bytes]:
    """A row at the start, at every epoch and at the state's own step, with each twin's numbers.

    The run is trained once more, a row at a time, so that it may be as long as it likes. It ends where the
    last twin left the range of numbers.
    """
    experiment, steps = state.experiment, engine.epoch_steps(state.experiment)
    sides = [selectors.side(twin).replace(" ", "_") for twin in range(len(experiment.own))]
    yield _csv_row(["step", "epoch", *(f"{side}_{column}" for side in sides for column in COLUMNS)])
    frame = engine.start(experiment)
    while True:
        step, chosen = frame.step, experiment.twins_at(frame.step)
        numbers = [_numbers(*one) for one in zip(chosen, frame.states, strict=True)]
        yield _csv_row([step, step / steps if step % steps else step // steps, *chain(*numbers)])
        if step >= state.step or all(twin.stopped for twin in frame.states):
            return
        until = min(state.step, (step // steps + 1) * steps)
        frame = engine.advance(engine.Request(experiment, frame.states, until))


def _numbers(chosen: Settings, at: TrainState) -> tuple[float | None, ...]:
    """A twin's COLUMNS, None where there is no such number."""
    losses = judging.loss(chosen, at.params), judging.test_loss(chosen, at.params)
    known = (one if one is not None and math.isfinite(one) else None for one in losses)
    return *known, judging.accuracy(chosen, at.params)


def weights_json(model: Model) -> str:
    """One object as `--set weights=` reads it: weights[l][i][j] leads from unit j to unit i behind it."""
    weights = [layer.weights.tolist() for layer in model.layers]
    biases = [layer.biases.tolist() for layer in model.layers]
    return json.dumps({"weights": weights, "biases": biases}) + "\n"


def weights_csv(model: Model) -> Iterator[bytes]:
    """A row for each number: layer (1 the first), to, from (empty for a bias), value; units count from 1."""
    yield _csv_row(["layer", "to", "from", "value"])
    for number, layer in enumerate(model.layers, 1):
        for to, (weights, bias) in enumerate(
            zip(layer.weights.tolist(), layer.biases.tolist(), strict=True), 1
        ):
            for source, value in enumerate(weights, 1):
                yield _csv_row([number, to, source, value])
            yield _csv_row([number, to, None, bias])


def _csv_row(cells: Iterable[Any]) -> bytes:
    """One line; None is an empty cell."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue().encode()


def npz(model: Model) -> bytes:
    """W0, b0, W1, ... for numpy.load; features and, where names say all, activations as texts."""
    arrays: dict[str, Any] = {"features": np.array(model.features)}
    for i, layer in enumerate(model.layers):
        arrays |= {f"W{i}": layer.weights, f"b{i}": layer.biases}
    if model.named:
        arrays["activations"] = np.array([layer.bend.name for layer in model.layers])
    data = io.BytesIO()
    np.savez(data, **arrays)
    return data.getvalue()


def safetensors(model: Model) -> bytes:
    """The state_dict of the exported PyTorch model, in its own format: a JSON header, then the numbers."""
    told = {"features": ",".join(model.features)}
    if model.named:
        told["activations"] = ",".join(layer.bend.name for layer in model.layers)
    header: dict[str, Any] = {"__metadata__": told}
    parts, end = [], 0
    for i, layer in enumerate(model.layers):  # every second module is linear
        for name, array in ((f"{2 * i}.weight", layer.weights), (f"{2 * i}.bias", layer.biases)):
            parts.append(array.astype("<f8").tobytes())
            start, end = end, end + len(parts[-1])
            header[name] = {"dtype": "F64", "shape": list(array.shape), "data_offsets": [start, end]}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    return b"".join([len(text).to_bytes(8, "little"), text, *parts])
