"""ONNX files: whole by ONNX's own checker, and onnxruntime answers as netviz does."""

import numpy as np
import onnx
import onnxruntime
import pytest

from netviz.core.activations import ACTIVATIONS
from netviz.core.features import FEATURES
from netviz.session.exchange.export_onnx import SEEN, WRITTEN
from tests.session.exported import CASES, answers, places, standing, written

NEAR = 1e-6  # of answers of any size; but a step may jump at a sum that is 0 but for its last bit


def run(data: bytes, x: np.ndarray) -> np.ndarray:
    session = onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"])
    return session.run(["y"], {"x": x.astype(np.float32)})[0]


@pytest.mark.parametrize("values", CASES, ids=" ".join)
def test_onnxruntime_answers_as_netviz_does(values):
    state = standing(*values)
    x = places(state)
    truth = answers(state, x)
    assert np.abs(run(written("onnx", state), x) - truth).max() < NEAR


def test_large_answers_of_a_deep_network_are_right_to_a_millionth_too():
    state = standing(f"hidden={','.join(8 * ['16'])}", "activation=elu")
    x = places(state)
    truth = answers(state, x)
    assert np.abs(truth).max() > 100  # in single precision their last digit would be 1e-5
    assert np.abs(run(written("onnx", state), x) - truth).max() < NEAR


def test_it_takes_points_in_single_and_answers_in_double_precision():
    session = onnxruntime.InferenceSession(written("onnx", standing()), providers=["CPUExecutionProvider"])
    (x,), (y,) = session.get_inputs(), session.get_outputs()
    assert (x.name, x.type, x.shape) == ("x", "tensor(float)", ["batch", 2])
    assert (y.name, y.type, y.shape) == ("y", "tensor(double)", ["batch", 1])


@pytest.mark.parametrize("twin", [0, 1])
def test_onnxruntime_answers_as_each_trained_twin_to_a_millionth(twin):
    state = standing("seed=36", step=172)
    x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=np.float64)
    assert run(written("onnx", state, twin), x) == pytest.approx(answers(state, x, twin), abs=1e-6)


@pytest.mark.parametrize("values", CASES, ids=" ".join)
def test_the_checker_finds_nothing(values):
    model = onnx.load_from_string(written("onnx", standing(*values)))
    onnx.checker.check_model(model, full_check=True)
    assert (model.producer_name, model.ir_version, model.opset_import[0].version) == ("netviz", 8, 13)


def test_the_graph_is_one_of_layers_with_names():
    model = onnx.load_from_string(written("onnx", standing("hidden=3,2", "activation=relu,tanh")))
    assert [node.op_type for node in model.graph.node] == ["Cast", "Gemm", "Relu", "Gemm", "Tanh", "Gemm"]
    assert [list(each.dims) for each in model.graph.initializer] == [[3, 2], [3], [2, 3], [2], [1, 2], [1]]
    assert {each.name for each in model.graph.initializer} >= {"layer1.weight", "layer3.bias"}
    assert [node.name for node in model.graph.node][1:3] == ["layer1.gemm1", "layer1.relu2"]


def test_every_activation_and_feature_is_written():
    assert set(WRITTEN) == set(ACTIVATIONS) - {"drawn"}
    assert set(SEEN) == set(FEATURES)
