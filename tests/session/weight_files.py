"""Files of weights as other programs write them, and as nobody should."""

import io
import json
import zipfile

import numpy as np
from onnx import TensorProto, helper, numpy_helper

from netviz.session.experiment import Experiment
from netviz.session.sources import experiment_from

W0, B0 = np.array([[1.0, 2], [3, 4], [5, 6]]), np.array([7.0, 8, 9])
W1, B1 = np.array([[1.0, -2, 3]]), np.array([4.0])
LAYERS = {"W0": W0, "b0": B0, "W1": W1, "b1": B1}


def npz(**arrays) -> bytes:
    data = io.BytesIO()
    np.savez(data, **arrays)
    return data.getvalue()


def safetensors(arrays: dict, *, dtype: str = "F32", told: dict | None = None) -> bytes:
    header, body = {} if told is None else {"__metadata__": told}, b""
    for name, array in arrays.items():
        numbers = array.astype({"F64": "<f8", "F32": "<f4", "F16": "<f2"}[dtype]).tobytes()
        offsets = [len(body), len(body) + len(numbers)]
        header[name] = {"dtype": dtype, "shape": list(array.shape), "data_offsets": offsets}
        body += numbers
    return headed(header, body)


def headed(header, body: bytes = b"") -> bytes:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + body


def graph(
    nodes: list, *, constants: dict = LAYERS, inputs=("x",), outputs=("y",), dtype="<f4", raw=True
) -> bytes:
    def value(name):
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, None)

    def tensor(name, array):
        if raw:
            return numpy_helper.from_array(np.asarray(array, dtype), name)
        return helper.make_tensor(name, TensorProto.FLOAT, np.shape(array), np.ravel(array).tolist())

    made = helper.make_graph(
        nodes,
        "g",
        list(map(value, inputs)),
        list(map(value, outputs)),
        [tensor(*each) for each in constants.items()],
    )
    return helper.make_model(made).SerializeToString()


def node(operation: str, inputs: str, output: str, **numbers):
    return helper.make_node(operation, inputs.split(), output.split(), **numbers)


def twofold(operation: str, inputs: str, output: str):
    """A node with two attributes of one name, a text and a whole number."""
    made = node(operation, inputs, output, kind="text")
    made.attribute.append(helper.make_attribute("kind", 1))
    return made


GEMM = [
    node("Gemm", "x W0 b0", "z", transB=1),
    node("Relu", "z", "h"),
    node("Gemm", "h W1 b1", "y", transB=1),
]


def opened(tmp_path, name: str, data: bytes) -> Experiment:
    path = tmp_path / name
    path.write_bytes(data)
    return experiment_from(str(path))


def npy(header: bytes, body: bytes = b"", version: bytes = b"\x01\x00") -> bytes:
    """An archive of one array whose header says so."""
    width = 2 if version == b"\x01\x00" else 4
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(
            "W0.npy", b"\x93NUMPY" + version + len(header).to_bytes(width, "little") + header + body
        )
    return data.getvalue()


def bomb() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("W0.npy", b"\0" * 2**24)
    return data.getvalue()


def packed(method: int) -> bytes:
    """An archive that is packed in this way, and whole."""
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(npz(**LAYERS))) as plain, zipfile.ZipFile(data, "w", method) as archive:
        for name in plain.namelist():
            archive.writestr(name, plain.read(name))
    return data.getvalue()


def tensor(dtype: str = "F32", shape: tuple = (1,), offsets: tuple = (0, 4), size: int = 4) -> bytes:
    """A safetensors file whose one array claims this."""
    entry = {"dtype": dtype, "shape": shape, "data_offsets": offsets}
    return headed({"a0": entry}, b"\0" * size)
