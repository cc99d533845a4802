"""Weights from elsewhere: what is broken or hostile costs one sentence, and no more."""

import contextlib
import pickle
import zipfile

import numpy as np
import onnx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netviz.session.exchange.imports import READERS, parameters_from
from netviz.session.sources import experiment_from
from tests.session.exported import standing, written
from tests.session.weight_files import (
    B0,
    B1,
    GEMM,
    LAYERS,
    W0,
    W1,
    bomb,
    graph,
    headed,
    node,
    npy,
    npz,
    opened,
    packed,
    safetensors,
    tensor,
    twofold,
)  # fmt: skip

FORMATS = ("npz", "safetensors", "onnx")


def refused(tmp_path, name: str, data: bytes) -> str:
    with pytest.raises(ValueError) as error:  # noqa: PT011 (the caller looks at the sentence)
        opened(tmp_path, name, data)
    sentence = str(error.value)
    assert sentence.startswith(f"{tmp_path / name}: ")
    assert "\n" not in sentence
    assert len(sentence) < len(str(tmp_path)) + 300
    return sentence.removeprefix(f"{tmp_path / name}: ")


OUTSIDE = "array 'a0': its numbers lie outside the file"
STRANGE = "expected an activation that netviz has, got"
CONSTANT = "constant 'W0': expected a matrix or a row of floats"
HUGE = np.zeros((17, 2))


SHAPE = b"{'descr': '<f8', 'fortran_order': False, 'shape': (%b), }\n"
EXPECTED = "expected a matrix and a row of biases for each layer"
COMPLETE = "a shape that does not fit its numbers"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "not an .npz file"),
        (b"PK\x03\x04", "not an .npz file"),
        (npz(**LAYERS)[:200], "not an .npz file"),
        (npz(**LAYERS).replace(b"\x93NUMPY", b"\x93NUMPX"), "not an .npz file"),  # its checksum is wrong
        (packed(zipfile.ZIP_LZMA), "expected an .npz file that is packed as NumPy packs it"),
        (packed(zipfile.ZIP_BZIP2), "expected an .npz file that is packed as NumPy packs it"),
        (bomb(), "more arrays than a plain network has"),
        (npz(**{f"a{i}": B0 for i in range(70)}), "more arrays than a plain network has"),
        (npy((SHAPE % b"1,").replace(b"<f8", b"|O"), pickle.dumps([1])), "expected arrays of floats"),
        (npy(b"__import__('os').system('exit 1')\n"), "expected arrays of floats"),
        (npy(b"{" * 5000 + b"\n"), "expected arrays of floats"),
        (npy(SHAPE % b"9999999999, 9999999999"), COMPLETE),
        (npy(SHAPE % b"0, 9999999999999999999"), COMPLETE),
        (npy(SHAPE % b"1, 1, 1", b"\0" * 8, b"\x02\x00"), COMPLETE),
        (npz(), "expected 1 to 9 layers of weights, got 0"),
        (npz(W0=W0), EXPECTED),
        (npz(W0=W0, b0=B0, c0=B0), EXPECTED),
        (npz(hidden=W0, bias=B0), EXPECTED),
        (npz(W0=W0, b0=np.float64(1)), EXPECTED),
        (npz(W0=np.array([["a"]]), b0=B0), "array 'W0': expected floats"),
        (npz(**{f"W{i}": np.ones((1, 1)) for i in range(10)}, **{f"b{i}": np.ones(1) for i in range(10)}),
         "expected 1 to 9 layers of weights, got 10"),
        (npz(**LAYERS | {"W0": W0.T}), "layer 1: expected 3 x 3 weights (to x from), got 2 x 3"),
        (npz(**LAYERS | {"W1": W1[:, :2]}), "layer 2: expected 1 x 3 weights (to x from), got 1 x 2"),
        (npz(**LAYERS | {"b1": np.array([np.nan])}), "layer 2: expected finite numbers"),
        (npz(**LAYERS | {"W0": W0 * np.inf}), "layer 1: expected finite numbers"),
        (npz(W0=HUGE, b0=HUGE[:, 0], W1=HUGE[:, :1].T, b1=B1), "key 'hidden': expected a whole number"),
        (npz(W0=W0, b0=B0), "expected 2 inputs and 1 output, got 2 and 3"),
        (npz(W0=np.ones((1, 5)), b0=B1), "expected 2 inputs and 1 output, got 5 and 1"),
        (npz(**LAYERS, features=np.array(["x", "pickle"])), "key 'features': expected one of x, y"),
        (npz(**LAYERS, features=np.array(["x"])), "key 'weights': expected 3 x 1 and 1 x 3 weights"),
        (npz(**LAYERS, activations=np.array(["relu", "eval"])), "key 'output_activation': expected one of"),
        (npz(**LAYERS, activations=np.array(["eval", "relu"])), "key 'activation': expected one of identity"),
        (npz(**LAYERS, activations=np.array(["relu"])), "expected 2 activations, got 1"),
    ],
)  # fmt: skip
def test_a_broken_npz_is_refused_in_a_sentence(tmp_path, data, sentence):
    assert refused(tmp_path, "bad.npz", data).startswith(sentence)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "not a safetensors file"),
        (b"\xff" * 8, "not a safetensors file"),
        (headed(b"{"), "not a safetensors file"),
        (headed(b"[" * 20000), "not a safetensors file"),
        (headed([1]), "not a safetensors file"),
        (headed(b"\xff"), "not a safetensors file"),
        (tensor("F32", (-1,), (0, 4), 4), "not a safetensors file"),
        (tensor("F32", (1.5,), (0, 4), 4), "not a safetensors file"),
        (tensor("F32", (1,), (0, 8), 4), OUTSIDE),
        (tensor("F32", (1,), (-4, 0), 4), OUTSIDE),
        (tensor("F32", (9**18, 9,), (0, 4), 4), COMPLETE),
        (tensor("I64", (1,), (0, 8), 8), "array 'a0': expected floats, got I64"),
        (safetensors({f"a{i}": B0 for i in range(70)}), "more arrays than a plain network has"),
        (safetensors(LAYERS, told={"activations": "eval,relu"}), "key 'activation': expected one of"),
    ],
)  # fmt: skip
def test_a_broken_safetensors_is_refused_in_a_sentence(tmp_path, data, sentence):
    assert refused(tmp_path, "bad.safetensors", data).startswith(sentence)


CHAIN = "expected a chain of layers"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "not an ONNX file"),
        (b"\x08", "it ends too early"),
        (b"\xff" * 20, "it ends too early"),
        (b"\x3a\x7f", "it ends too early"),
        (b"\x3b\x00", "not Protocol Buffers"),
        (b"\x38\x01", "not an ONNX file"),
        (pickle.dumps([1, 2]), "not "),
        (graph(GEMM[:1], outputs=("z", "x")), "expected one input, one output"),
        (graph(GEMM, inputs=("x", "u")), "expected one input, one output"),
        (graph([node("Split", "x", "a b")]), "expected one input, one output"),
        (graph([]), "expected to begin with a layer"),
        (graph([node("Relu", "x", "y")]), "expected to begin with a layer"),
        (graph([node("Gemm", "x u b0", "y")]), "expected to begin with a layer"),
        (graph([node("Gemm", "u W0 b0", "y", transB=1)]), CHAIN),
        (graph([GEMM[0], node("Gemm", "x W1 b1", "y", transB=1)]), CHAIN),
        (graph(GEMM[:2]), f"{CHAIN} that ends in the output"),
        (graph([node("Gemm", "x W0 b0", "y", transB=1, alpha=2.0)]), "expected layers without factors"),
        (graph([node("Gemm", "x W0 u", "y", transB=1)]), "expected biases that are constants"),
        (graph([node("MatMul", "x W0", "s"), node("Add", "s u", "y")]), "expected biases that are"),
        (graph([GEMM[0], node("Tan", "z", "y")]), f"{STRANGE} Tan"),
        (graph([GEMM[0], node("LeakyRelu", "z", "y", alpha=0.2)]), f"{STRANGE} LeakyRelu"),
        (graph([GEMM[0], node("Relu", "x", "y")]), f"{STRANGE} Relu"),
        (graph([GEMM[0], node("Gelu", "z", "y", approximate="none")]), f"{STRANGE} Gelu"),
        (graph([GEMM[0], node("Shape", "z", "y", other=[1, 2])]), f"{STRANGE} Shape"),
        (graph([GEMM[0], node("Cast", "z", "y", to=7)]), f"{STRANGE} Cast"),
        (graph([node("Cast", "", "z", to=1), GEMM[0]]), CHAIN),
        (graph([GEMM[0], node("Split", "z", "y", kind="text")]), f"{STRANGE} Split"),
        (graph(GEMM, constants={name: array.astype(np.int64) for name, array in LAYERS.items()}, dtype="<i4"),
         CONSTANT),
        (graph(GEMM, constants=LAYERS | {"W0": np.ones((1, 1, 1))}), CONSTANT),
        (graph(GEMM, constants=LAYERS | {"W0": W0 * np.nan}), "layer 1: expected finite numbers"),
        (graph([node("MatMul", "x W0", "y")], constants=LAYERS | {"W0": np.array(3.0)}),
         "expected a matrix in each layer"),
        (graph([GEMM[0], node("Mul", "z c", "y")], constants=LAYERS | {"c": np.array([1e300])}, dtype="<f8"),
         f"{STRANGE} Mul"),
        (graph([GEMM[0], twofold("Split", "z", "y")]), f"{STRANGE} Split"),
        (graph([node("Relu", "x", f"v{i}") for i in range(2100)]), "too many operations for a plain network"),
    ],
)  # fmt: skip
def test_a_broken_onnx_is_refused_in_a_sentence(tmp_path, data, sentence):
    assert refused(tmp_path, "bad.onnx", data).startswith(sentence)


def test_a_constant_whose_shape_lies_is_refused(tmp_path):
    model = onnx.load_from_string(graph(GEMM))
    model.graph.initializer[0].dims[0] = 2**62
    sentence = "constant 'W0': its shape does not fit its numbers"
    assert refused(tmp_path, "bad.onnx", model.SerializeToString()) == sentence


def test_numbers_in_another_file_are_refused(tmp_path):
    model = onnx.load_from_string(graph(GEMM))
    model.graph.initializer[0].data_location = onnx.TensorProto.EXTERNAL
    assert (
        refused(tmp_path, "bad.onnx", model.SerializeToString())
        == "constant 'W0': its numbers are in another file"
    )


@pytest.mark.parametrize("suffix", READERS)
def test_a_large_file_is_not_read(tmp_path, suffix):
    assert refused(tmp_path, f"bad{suffix}", b"\0" * (8 * 2**20 + 1)) == "larger than 8 MiB"


def test_a_file_that_is_not_there_is_an_os_error(tmp_path):
    with pytest.raises(OSError, match="missing"):
        parameters_from(tmp_path / "missing.npz")


def test_a_missing_weight_file_is_no_preset():
    with pytest.raises(ValueError, match=r"no such preset or file"):
        experiment_from("missing.npz")


@pytest.mark.parametrize("form", FORMATS)
def test_no_damage_costs_more_than_a_sentence(tmp_path, form):
    # any byte replaced: it opens, or a sentence says why not
    data = written(form, standing("hidden=2"))
    path = tmp_path / f"bad.{form}"
    for place in range(0, len(data), 3):
        for byte in (0, 0x7F, 0xFF):
            path.write_bytes(data[:place] + bytes([byte]) + data[place + 1 :])
            _open_or_refuse(path)


def _open_or_refuse(path) -> None:
    with contextlib.suppress(ValueError):
        parameters_from(path)


@given(data=st.binary(max_size=300), suffix=st.sampled_from(sorted(READERS)))
def test_noise_costs_one_sentence(tmp_path_factory, data, suffix):
    path = tmp_path_factory.mktemp("noise") / f"noise{suffix}"
    path.write_bytes(data)
    with pytest.raises(ValueError, match=r"^[^\n]+$"):
        parameters_from(path)
