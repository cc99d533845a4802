"""Programs that netviz writes: they run, say what they are, and answer as netviz does."""

import ast
import subprocess
import sys

import numpy as np
import pytest

from netviz.core.activations import ACTIVATIONS
from netviz.core.features import FEATURES
from netviz.session.exchange.export_spellings import KERAS, NUMPY, SEEN, TORCH, hinges
from tests.session.exported import CASES, CURVE, answers, places, standing, written

LANGUAGES = ("numpy", "pytorch", "keras")
IMPORTS = {
    "numpy": {"numpy"},
    "pytorch": {"torch"},
    "keras": {"keras", "numpy"},
}


def run(source: bytes) -> dict:
    """The names that a program defines; it is no one's main program."""
    names = {"__name__": "exported"}
    exec(compile(source, "exported", "exec"), names)
    return names


def assigned(tree: ast.Module, name: str) -> ast.expr:
    """What a program puts into a name at its top."""
    found = [node.value for node in tree.body if isinstance(node, ast.Assign) and node.targets[0].id == name]
    return found[0]


@pytest.mark.parametrize("values", CASES, ids=" ".join)
def test_numpy_answers_as_netviz_does(values):
    state = standing(*values)
    x = places(state)
    assert run(written("numpy", state))["predict"](x) == pytest.approx(answers(state, x), abs=1e-12)


@pytest.mark.parametrize("twin", [0, 1])
def test_numpy_answers_as_each_twin_after_training(twin):
    state = standing("hidden=3", step=50)
    x = places(state)
    assert run(written("numpy", state, twin))["predict"](x) == pytest.approx(
        answers(state, x, twin), abs=1e-12
    )


def test_numpy_keeps_every_bit_of_the_weights():
    state = standing(step=7)
    found, at = run(written("numpy", state)), state.frame.states[0].params
    for layer in range(2):
        assert np.array_equal(found["WEIGHTS"][layer], at.weights[layer])
        assert np.array_equal(found["BIASES"][layer], at.biases[layer])


def test_a_numpy_program_runs_alone_and_prints_its_answers(tmp_path):
    program = tmp_path / "network.py"
    program.write_bytes(written("numpy", standing("hidden=", "weights=[[[[1,2]]],[[0.5]]]")))
    command = [sys.executable, "-I", "-W", "error", str(program)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert np.array(ast.literal_eval(",".join(done.stdout.split()))).ravel().tolist() == [0.5, 2.5, 1.5, 3.5]


def test_big_sums_neither_warn_nor_overflow():
    state = standing("loss=bce", "activation=sigmoid", "hidden=1", "weights=[[[[9,9]],[[9]]],[[0],[0]]]")
    predict = run(written("numpy", state))["predict"]
    assert predict([[-1e3, -1e3], [1e3, 1e3]]).ravel() == pytest.approx([0.5, 1 / (1 + np.exp(-9))])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("values", CASES, ids=" ".join)
def test_a_program_is_whole(values, language):
    source = written(language, standing(*values))
    tree = ast.parse(source)
    nodes = list(ast.walk(tree))
    imported = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    assert imported == IMPORTS[language]
    functions = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
    assert len(functions) == len(set(functions))
    used = {node.id for node in nodes if isinstance(node, ast.Name)}
    assert set(functions) <= used | {"predict"}
    assert "predict" in functions
    assert "netviz" in ast.get_docstring(tree)
    assert b"{" not in source.replace(b"({", b"")


def test_pytorchs_state_holds_the_weights():
    state = standing("hidden=3,2")
    source = ast.parse(written("pytorch", state))
    call = next(
        n
        for n in ast.walk(source)
        if isinstance(n, ast.Call) and ast.unparse(n.func) == "model.load_state_dict"
    )
    loaded = {
        key.value: ast.literal_eval(value.args[0])
        for key, value in zip(call.args[0].keys, call.args[0].values, strict=True)
    }
    at = state.frame.states[0].params
    expected = {f"{2 * i}.weight": w.tolist() for i, w in enumerate(at.weights)}
    expected |= {f"{2 * i}.bias": b.tolist() for i, b in enumerate(at.biases)}
    assert loaded == expected
    layers = [ast.unparse(layer) for layer in assigned(source, "model").func.value.args]
    assert layers == [
        "nn.Linear(2, 3)", "nn.ReLU()", "nn.Linear(3, 2)", "nn.ReLU()", "nn.Linear(2, 1)", "nn.Identity()",
    ]  # fmt: skip


def test_kerass_layers_hold_the_weights():
    state = standing("hidden=3", "activation=sin")
    source = ast.parse(written("keras", state))
    layers = [ast.unparse(layer) for layer in assigned(source, "model").args[0].elts]
    assert layers == [
        "keras.Input((2,), dtype='float64')",
        "layers.Dense(3, activation=sin, dtype='float64')",
        "layers.Dense(1, activation='linear', dtype='float64')",
    ]
    at = state.frame.states[0].params
    expected = [(w.tolist(), b.tolist()) for w, b in zip(at.weights, at.biases, strict=True)]
    assert ast.literal_eval(assigned(source, "PARAMETERS")) == expected


@pytest.mark.parametrize("language", [NUMPY, TORCH, KERAS])
def test_every_activation_is_spelled_once(language):
    own, bodies = set(language.own), set(language.bodies) - {"softmax"}
    assert own | bodies == set(ACTIVATIONS) - {"drawn"}
    assert not own & bodies


def test_every_feature_is_spelled():
    assert set(SEEN) == set(FEATURES)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ((), b"gives the outputs (n, 1)"),
        (("loss=bce",), b"gives probabilities (n, 1), the sigmoid of the outputs"),
        (
            ("dataset=blobs:3", "loss=cross_entropy"),
            b"gives probabilities (n, 3), the softmax of the outputs",
        ),
        (("dataset=sine",), b"takes points x (n, 1)"),
    ],
)
def test_a_program_says_what_it_takes_and_gives(values, words):
    assert all(words in written(language, standing(*values)) for language in LANGUAGES)


def test_a_drawn_activation_is_a_sum_of_hinges():
    knots = ((-2.0, 1.0), (-1.0, -1.0), (0.5, 0.2), (2.0, 2.0))
    start, value, slope, changes = hinges(knots)
    assert (start, value, slope) == (-2.0, 1.0, -2.0)
    assert changes == ((-1.0, pytest.approx(2.8)), (0.5, pytest.approx(0.4)))  # slopes -2, 0.8, 1.2


def test_two_drawn_activations_have_two_names():
    source = written("numpy", standing(CURVE, "activation=drawn", "output_activation=drawn"))
    assert b"ACTIVATIONS = [drawn, drawn_1]" in source
