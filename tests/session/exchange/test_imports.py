"""Weights from elsewhere: what other programs write opens."""

import io

import numpy as np
import pytest

from netviz.core.activations import ACTIVATIONS
from netviz.session import engine
from tests.session.exported import standing, written
from tests.session.weight_files import B0, B1, GEMM, LAYERS, W0, W1, graph, node, npz, opened, safetensors

FORMATS = ("npz", "safetensors", "onnx")


def flat(experiment) -> list[float]:
    return engine.start_params(experiment.base).flat.tolist()


@pytest.mark.parametrize("activation", [name for name in ACTIVATIONS if name != "drawn"])
@pytest.mark.parametrize("form", FORMATS)
def test_what_netviz_writes_opens_again(tmp_path, form, activation):
    state = standing("hidden=3,2", f"activation={activation},tanh", "output_activation=sigmoid")
    again = opened(tmp_path, f"mine.{form}", written(form, state))
    near = 1e-7 if form == "onnx" else 0.0  # single precision
    assert flat(again) == pytest.approx(state.frame.states[0].params.flat.tolist(), abs=near)
    named = activation if activation == "tanh" else (activation, "tanh")
    found = (again.base.hidden, again.base.activation, again.base.output_activation)
    assert found == ((3, 2), named, "sigmoid")
    assert again.twins[1].activation == "identity"


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("values", [("hidden=",), ("hidden=16,16,16,16,16,16,16,16",)])
def test_the_smallest_and_the_largest_open_again(tmp_path, form, values):
    state = standing(*values)
    again = opened(tmp_path, f"mine.{form}", written(form, state))
    assert again.base.hidden == state.experiment.base.hidden


@pytest.mark.parametrize("form", ["npz", "safetensors"])
def test_features_come_back(tmp_path, form):
    state = standing("features=x,y,xy", "hidden=2")
    assert opened(tmp_path, f"mine.{form}", written(form, state)).base.features == ("x", "y", "xy")


@pytest.mark.parametrize(
    "arrays",
    [
        LAYERS,
        {"0.weight": W0, "0.bias": B0, "2.weight": W1, "2.bias": B1},
        {"net.10.bias": B1, "net.2.weight": W0, "net.10.weight": W1, "net.2.bias": B0},
        {"weights.0": W0, "biases.0": B0, "weights.1": W1, "biases.1": B1},
        {"fc1.weight": W0, "fc1.bias": B0, "fc2.weight": W1, "fc2.bias": B1},
    ],
)
def test_layers_stand_in_the_order_of_their_numbers(tmp_path, arrays):
    for name, data in (("a.npz", npz(**arrays)), ("a.safetensors", safetensors(arrays))):
        found = opened(tmp_path, name, data).base
        assert (found.hidden, found.activation) == ((3,), "relu")
        assert found.weights == (
            (((1, 2), (3, 4), (5, 6)), ((1, -2, 3),)), ((7, 8, 9), (4,)),
        )  # fmt: skip


@pytest.mark.parametrize("dtype", ["F64", "F32", "F16"])
def test_all_floats_are_read(tmp_path, dtype):
    assert opened(tmp_path, "a.safetensors", safetensors(LAYERS, dtype=dtype)).base.hidden == (3,)
    arrays = {
        name: array.astype(f">{dtype.replace('F', 'f')[0]}{int(dtype[1:]) // 8}")
        for name, array in LAYERS.items()
    }
    assert opened(tmp_path, "a.npz", npz(**arrays)).base.weights[1] == ((7, 8, 9), (4,))


def test_arrays_by_column_are_turned(tmp_path):
    assert opened(tmp_path, "a.npz", npz(**LAYERS | {"W0": np.asfortranarray(W0)})).base.weights[0][0][0] == (
        1,
        2,
    )


def test_a_compressed_archive_opens(tmp_path):
    data = io.BytesIO()
    np.savez_compressed(data, **LAYERS)
    assert opened(tmp_path, "a.npz", data.getvalue()).base.hidden == (3,)


def test_one_input_is_x(tmp_path):
    assert opened(tmp_path, "a.npz", npz(W0=W0[:, :1], b0=B0, W1=W1, b1=B1)).base.features == ("x",)


@pytest.mark.parametrize(
    ("nodes", "options"),
    [
        (GEMM, {}),
        (GEMM, {"dtype": "<f8"}),
        (GEMM, {"raw": False}),
        (GEMM, {"inputs": ("x", "W0", "b0")}),  # older exporters name constants among the inputs
        ([node("Gemm", "x V0 b0", "z"), *GEMM[1:]], {"constants": LAYERS | {"V0": W0.T}}),
        (
            [node("MatMul", "x V0", "s"), node("Add", "s b0", "z"), *GEMM[1:]],
            {"constants": LAYERS | {"V0": W0.T}},
        ),
        (
            [node("MatMul", "x V0", "s"), node("Add", "b0 s", "z"), *GEMM[1:]],
            {"constants": LAYERS | {"V0": W0.T}},
        ),
        ([node("Gemm", "x W0 b0", "z", transB=1, alpha=1.0, beta=1.0), *GEMM[1:]], {}),
    ],
)
def test_chains_of_layers_open_however_they_are_written(tmp_path, nodes, options):
    found = opened(tmp_path, "a.onnx", graph(nodes, **options)).base
    assert (found.hidden, found.activation, found.output_activation) == (
        (3,),
        "relu",
        "identity",
    )
    assert found.weights == ((((1, 2), (3, 4), (5, 6)), ((1, -2, 3),)), ((7, 8, 9), (4,)))


@pytest.mark.parametrize(
    ("nodes", "biases"),
    [([node("MatMul", "x V", "y")], (0,)), ([node("Gemm", "x V", "y")], (0,))],
)
def test_a_layer_without_biases_has_zeros(tmp_path, nodes, biases):
    found = opened(tmp_path, "a.onnx", graph(nodes, constants={"V": np.array([[2.0], [3]])})).base
    assert found.weights == ((((2, 3),),), (biases,))


@pytest.mark.parametrize(
    ("behind", "name"),
    [
        ([node("Identity", "z", "h")], "identity"),
        ([node("LeakyRelu", "z", "h")], "leaky_relu"),
        ([node("Elu", "z", "h")], "elu"),
        ([node("Sigmoid", "z", "s"), node("Mul", "z s", "h")], "silu"),
        ([node("Softplus", "z", "h")], "softplus"),
        ([node("Gelu", "z", "h", approximate="tanh")], "gelu"),
        ([node("Cast", "z", "c", to=11), node("Relu", "c", "r"), node("Cast", "r", "h", to=1)], "relu"),
    ],
)
def test_an_activation_is_known_by_its_nodes(tmp_path, behind, name):
    assert opened(tmp_path, "a.onnx", graph([GEMM[0], *behind, GEMM[2]])).base.activation == name
