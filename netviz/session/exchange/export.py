"""Everything a network can be written down as: FORMATS is the table, each row a function of a State."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from netviz.session.exchange import export_code, export_equations, export_numbers
from netviz.session.exchange.export_model import Model, model
from netviz.session.exchange.export_onnx import onnx_file
from netviz.session.playground import link
from netviz.session.state import State

Write = Callable[[State, int], Iterable[bytes]]  # (state, twin): the file, piece by piece


class Format(NamedTuple):
    """One format: its name in commands, what it is for people, its files' ending, and how it is written."""

    name: str
    label: str
    suffix: str
    write: Write
    binary: bool = False  # nothing for a terminal


def _text(make: Callable[[Model], str]) -> Write:
    return lambda state, twin: [make(model(state, twin)).encode()]


def _file(make: Callable[[Model], bytes]) -> Write:
    return lambda state, twin: [make(model(state, twin))]


def _playground(state: State, twin: int) -> Iterable[bytes]:
    """The link starts at step 0, wherever the state stands."""
    return [f"{link(state.experiment, twin)}\n".encode()]


_ROWS = (
    Format("numpy", "Python with NumPy", ".py", _text(export_code.numpy_code)),
    Format("pytorch", "Python with PyTorch", ".py", _text(export_code.pytorch_code)),
    Format("keras", "Python with Keras", ".py", _text(export_code.keras_code)),
    Format("onnx", "ONNX model", ".onnx", _file(onnx_file), binary=True),
    Format("latex", "LaTeX equations", ".tex", _text(export_equations.latex)),
    Format("text", "equations as text", ".txt", _text(export_equations.plain)),
    Format("csv", "history of the run", ".csv", lambda state, twin: export_numbers.history(state)),
    Format("weights", "weights as JSON", ".json", _text(export_numbers.weights_json)),
    Format(
        "weights_csv", "weights as CSV", ".csv",
        lambda state, twin: export_numbers.weights_csv(model(state, twin)),
    ),
    Format("npz", "weights for NumPy", ".npz", _file(export_numbers.npz), binary=True),
    Format(
        "safetensors", "weights for PyTorch", ".safetensors", _file(export_numbers.safetensors), binary=True
    ),
    Format("playground", "TensorFlow Playground link", ".txt", _playground),
)  # fmt: skip

FORMATS = {row.name: row for row in _ROWS}
