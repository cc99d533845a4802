"""Weights from elsewhere: plain multilayer perceptrons out of .npz, .safetensors and .onnx, never pickle."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from netviz.core.network import Array
from netviz.session.exchange.import_arrays import Found, read_npz, read_safetensors
from netviz.session.exchange.import_onnx import read_onnx
from netviz.session.experiment import Experiment, check
from netviz.session.fields import FIELDS, MAX_LAYERS
from netviz.session.files import LARGEST
from netviz.session.fitting import PLAIN_INPUTS
from netviz.session.kinds import Value
from netviz.session.presets import PRESETS

NAMES = "expected a matrix and a row of biases for each layer, named as 0.weight and 0.bias or W0 and b0"


class Weights(NamedTuple):
    """A plain multilayer perceptron, as a file has it."""

    weights: tuple[Array, ...]  # of each layer, (n_out, n_in)
    biases: tuple[Array, ...]  # of each layer, (n_out,)
    activations: tuple[str, ...] | None = (
        None  # of each layer, the output's last; None: the file does not say
    )
    features: tuple[str, ...] | None = None  # what the first layer sees; None: the file does not say


def parameters_from(path: Path) -> Weights:
    """The weights in a file; ValueError says what is wrong with it, OSError that it cannot be read."""
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise ValueError(f"larger than {LARGEST // 2**20} MiB")
    found = READERS[path.suffix](data)
    _check(found)
    return found


def experiment_of(path: Path) -> Experiment:
    """The first experiment with these weights as its start; ValueError says why netviz cannot show them."""
    found = parameters_from(path)
    inputs, outputs = found.weights[0].shape[1], len(found.biases[-1])
    features = found.features or PLAIN_INPUTS.get(inputs)
    if features is None or outputs != 1:
        raise ValueError(f"expected 2 inputs and 1 output, got {inputs} and {outputs}")
    values: dict[str, Value] = {"features": features, "hidden": [len(biases) for biases in found.biases[:-1]]}
    if found.activations:
        *hidden, values["output_activation"] = found.activations
        values |= {"activation": hidden[:1] if len(set(hidden)) == 1 else hidden} if hidden else {}
    numbers = [[array.tolist() for array in arrays] for arrays in (found.weights, found.biases)]
    checked = {key: _checked(key, value) for key, value in (values | {"weights": numbers}).items()}
    xor = PRESETS["xor"].experiment
    experiment = replace(xor, base=replace(xor.base, **checked))
    check(experiment)
    return experiment


def _checked(key: str, value: Value) -> Value:
    try:
        return FIELDS[key].kind.check(value)
    except ValueError as error:
        raise ValueError(f"key '{key}': {error}") from None


def _check(found: Weights) -> None:
    """Whether the layers fit each other; ValueError if not."""
    if not 1 <= len(found.weights) <= MAX_LAYERS + 1:
        raise ValueError(f"expected 1 to {MAX_LAYERS + 1} layers of weights, got {len(found.weights)}")
    inputs = found.weights[0].shape[-1]
    for layer, (weights, biases) in enumerate(zip(found.weights, found.biases, strict=True), 1):
        if weights.shape != (len(biases), inputs):
            shape = " x ".join(map(str, weights.shape))
            raise ValueError(
                f"layer {layer}: expected {len(biases)} x {inputs} weights (to x from), got {shape}"
            )
        if not (np.isfinite(weights).all() and np.isfinite(biases).all()):
            raise ValueError(f"layer {layer}: expected finite numbers")
        inputs = len(biases)
    if found.activations and len(found.activations) != len(found.weights):
        raise ValueError(f"expected {len(found.weights)} activations, got {len(found.activations)}")


def _named(found: Found) -> Weights:
    """The layers in the order of the numbers in their arrays' names."""
    layers: dict[tuple[int, ...], dict[int, Array]] = {}
    for name, array in found.arrays.items():
        place = tuple(map(int, re.findall(r"\d{1,9}", name)))
        layer = layers.setdefault(place, {})
        if not place or array.ndim in layer:
            raise ValueError(NAMES)
        layer[array.ndim] = array
    rows = [layers[place] for place in sorted(layers)]
    if any(row.keys() != {1, 2} for row in rows):
        raise ValueError(NAMES)
    weights, biases = (tuple(row[dimensions] for row in rows) for dimensions in (2, 1))
    return Weights(weights, biases, found.told.get("activations"), found.told.get("features"))


def _onnx(data: bytes) -> Weights:
    weights, biases, activations = zip(*read_onnx(data), strict=True)
    return Weights(weights, biases, activations)


READERS: dict[str, Callable[[bytes], Weights]] = {
    ".npz": lambda data: _named(read_npz(data, LARGEST)),
    ".safetensors": lambda data: _named(read_safetensors(data)),
    ".onnx": _onnx,
}
