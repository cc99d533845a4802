"""What other programs and people may rely on, line for line, by the command line alone."""

import json
import subprocess
import sys

import numpy as np
import pytest

from netviz import cli

CORNERS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
ANSWERS = np.array([0.0, 1, 1, 0])
GOODFELLOW = 'weights={"weights":[[[1,1],[1,1]],[[1,-2]]],"biases":[[0,-1],[0]]}'
ONE_COS = 'weights={"weights":[[[3.141592653589793,3.141592653589793]],[[-0.5]]],"biases":[[0],[0.5]]}'
DEFINED = {
    "identity": lambda z: z,
    "relu": lambda z: np.maximum(z, 0),
    "leaky_relu": lambda z: np.where(z > 0, z, 0.01 * z),
    "elu": lambda z: np.where(z > 0, z, np.expm1(np.minimum(z, 0))),
    "softplus": lambda z: np.log1p(np.exp(z)),
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
    "silu": lambda z: z / (1 + np.exp(-z)),
    "gelu": lambda z: 0.5 * z * (1 + np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z**3))),
    "sin": np.sin,
    "cos": np.cos,
    "gaussian": lambda z: np.exp(-z * z),
}


@pytest.fixture
def train(capsys):
    """Call `netviz train --json`; gives the lines, their exit status checked."""

    def call(*words, sets=(), status=0):
        pairs = [word for pair in sets for word in ("--set", pair)]
        assert cli.main(["train", *words, *pairs, "--json"]) == status
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return call


def forward(parameters, phi):
    """The outputs at the corners, by the definition."""
    values, last = CORNERS, len(parameters["weights"]) - 1
    for i, (w, b) in enumerate(zip(parameters["weights"], parameters["biases"], strict=True)):
        values = values @ np.transpose(w) + b
        values = values if i == last else phi(values)
    return values[:, 0]


@pytest.mark.parametrize("name", DEFINED)
def test_every_printed_loss_is_a_fresh_forward_pass_through_the_activation_as_defined(train, name):
    twin = train("xor", "--steps", "20", sets=[f"activation={name}", "hidden=3", "seed=5"])[-1]["twins"][0]
    outputs = forward(twin["parameters"], DEFINED[name])
    assert twin["outputs"] == pytest.approx(outputs, abs=1e-12)
    assert twin["train_loss"] == pytest.approx(np.mean((outputs - ANSWERS) ** 2), abs=1e-13)


def stepped(name, w, g, kept, step):
    """One update of all parameters by the optimizer as the contract defines it; `kept` is its memory."""
    rate, m = 0.1, 0.9
    if name == "sgd":
        return w - rate * g, kept
    if name in ("momentum", "nesterov"):
        v = m * kept[0] + g
        return w - rate * (v if name == "momentum" else g + m * v), (v, kept[1])
    if name == "rmsprop":
        s = 0.99 * kept[1] + 0.01 * g * g
        return w - rate * g / (np.sqrt(s) + 1e-8), (kept[0], s)
    v, s = 0.9 * kept[0] + 0.1 * g, 0.999 * kept[1] + 0.001 * g * g
    return w - rate * (v / (1 - 0.9**step)) / (np.sqrt(s / (1 - 0.999**step)) + 1e-8), (v, s)


def flat(parameters):
    return np.concatenate([np.ravel(part) for part in (*parameters["weights"], *parameters["biases"])])


def slope(at):
    """The gradient of the mean squared error of a 2-2-1 tanh network at its flat parameters."""
    w1, w2, b1, b2 = at[:4].reshape(2, 2), at[4:6], at[6:8], at[8]
    hidden = np.tanh(CORNERS @ w1.T + b1)
    miss = 2 * (hidden @ w2 + b2 - ANSWERS) / 4
    below = miss[:, None] * w2 * (1 - hidden**2)
    return np.concatenate([(below.T @ CORNERS).ravel(), miss @ hidden, below.sum(0), [miss.sum()]])


@pytest.mark.parametrize("name", ["sgd", "momentum", "nesterov", "rmsprop", "adam"])
def test_every_optimizer_is_the_one_that_is_defined(train, name):
    sets = ["activation=tanh", f"optimizer={name}"]
    first, last = (
        flat(train("xor", "--steps", n, sets=sets)[-1]["twins"][0]["parameters"]) for n in ("0", "7")
    )
    kept = np.zeros(9), np.zeros(9)
    for step in range(1, 8):
        first, kept = stepped(name, first, slope(first), kept, step)
    assert last == pytest.approx(first, abs=1e-12)


@pytest.mark.parametrize(("seed", "hidden"), [(36, (2,)), (7, (3, 2))])
def test_uniform_draws_layer_by_layer_weights_then_biases(train, seed, hidden):
    sizes, chance = (2, *hidden, 1), np.random.default_rng(seed)
    sets = [f"seed={seed}", f"hidden={','.join(map(str, hidden))}"]
    found = train("xor", "--steps", "0", sets=sets)[-1]["twins"][0]["parameters"]
    for n_in, n_out, w, b in zip(sizes, sizes[1:], found["weights"], found["biases"], strict=False):
        assert np.array_equal(w, chance.uniform(-1, 1, (n_out, n_in)))
        assert np.array_equal(b, chance.uniform(-1, 1, n_out))


@pytest.mark.parametrize(
    ("seed", "activation", "epochs"),
    [(36, "relu", 172), (23, "relu", 200), (39, "relu", 205),
     (36, "tanh", 341), (23, "tanh", 401), (39, "tanh", 541)],
)  # fmt: skip
def test_curated_starts_learn_in_so_many_epochs(train, seed, activation, epochs):
    sets = [f"seed={seed}", f"activation={activation}"]
    assert train("xor", "--until-loss", "1e-3", sets=sets)[-1]["step"] == epochs


@pytest.mark.parametrize(
    ("seed", "level", "merged"),
    [(8, 1 / 4, 0), (11, 1 / 4, 0), (1, 1 / 6, 3), (2, 1 / 6, 3), (19, 1 / 8, 2)],
)
def test_stalls_are_named(train, seed, level, merged):
    twin = train("xor", "--epochs", "20000", sets=[f"seed={seed}"])[-1]["twins"][0]
    assert twin["train_loss"] == pytest.approx(level, abs=1e-3)
    assert twin["readout_floor"] == pytest.approx(twin["train_loss"], abs=1e-3)
    assert sum(map(len, twin["stall"]["merged"])) == merged
    said = "no longer tells" if merged else "no unit bends between these points"
    assert said in twin["stall"]["sentence"]
    train("xor", "--until-loss", "1e-3", sets=[f"seed={seed}"], status=1)


@pytest.mark.parametrize("number", range(16))
def test_every_gate_has_its_floor(train, number):
    y = [int(digit) for digit in f"{number:04b}"]
    bend = y[0] + y[3] - y[1] - y[2]
    relu, identity = train("xor", "--steps", "0", sets=[f"dataset=gate:{number:04b}"])[-1]["twins"]
    assert relu["affine_floor"] == pytest.approx(bend * bend / 16, abs=1e-12)
    assert identity["readout_floor"] == pytest.approx(identity["affine_floor"], abs=1e-9)


@pytest.mark.parametrize("order", [[GOODFELLOW, "seed=3"], ["seed=3", GOODFELLOW], ["hidden=2", GOODFELLOW]])
def test_given_weights_beat_the_rest_and_goodfellows_are_exact(train, order):
    relu, identity = train("xor", "--steps", "0", sets=order)[-1]["twins"]
    assert (relu["outputs"], relu["train_loss"]) == ([0, 1, 1, 0], 0)
    assert (identity["outputs"], identity["train_loss"]) == ([2, 1, 1, 0], 1)


def test_one_cosine_is_exact(train):
    twin = train("xor", "--steps", "0", sets=["hidden=1", "activation=cos", ONE_COS])[-1]["twins"][0]
    assert twin["outputs"] == pytest.approx([0, 1, 1, 0], abs=1e-15)


@pytest.mark.parametrize("loss", ["mse", "half_mse", "bce", "cross_entropy"])
def test_every_loss_trains_the_corners_and_none_includes_the_penalty(train, loss):
    twin = train("xor", "--steps", "5", sets=[f"loss={loss}", "l2=0.5"])[-1]["twins"][0]
    z = forward(twin["parameters"], DEFINED["relu"])
    p = 1 / (1 + np.exp(-z))
    logits = loss in ("bce", "cross_entropy")
    squares = np.mean((z - ANSWERS) ** 2) / (2 if loss == "half_mse" else 1)
    entropy = -np.mean(ANSWERS * np.log(p) + (1 - ANSWERS) * np.log(1 - p))
    assert twin["train_loss"] == pytest.approx(entropy if logits else squares, abs=1e-13)
    assert twin["outputs"] == pytest.approx(p if logits else z, abs=1e-12)


def test_outputs_are_64_at_most_and_what_is_absent_is_null(train):
    twin = train("circle", "--steps", "2", sets=["points=500"])[-1]["twins"][0]
    assert len(twin["outputs"]) == 64
    assert twin["bend"] is None
    assert twin["test_loss"] is not None
    assert train("xor", "--steps", "0")[-1]["twins"][0]["test_loss"] is None


def test_a_playground_link_is_one_twin_and_goes_out_as_it_came_in(train, capsys):
    link = "https://playground.tensorflow.org/#activation=relu&networkShape=4,2&seed=0.66230"
    lines = train(link, "--epochs", "3", "--every", "1")
    assert [len(line["twins"]) for line in lines] == [1, 1, 1, 1]
    assert cli.main(["export", link, "--as", "playground"]) == 0
    assert train(capsys.readouterr().out.strip(), "--epochs", "3", "--every", "1") == lines


def test_python_m_netviz_is_the_same_program(train):
    command = [sys.executable, "-m", "netviz", "train", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert [json.loads(line) for line in done.stdout.splitlines()] == train("xor")
