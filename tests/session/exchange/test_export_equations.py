"""Equations of networks: the right numbers, in LaTeX that can be read, and in plain text."""

import re

import pytest
from latex2mathml.converter import convert

from netviz.core.features import FEATURES
from netviz.session.exchange.export_equations import SEEN
from tests.session.exported import CASES, CURVE, standing, written

HAND = 'weights={"weights": [[[0.5, -0.25], [1, 1e-5]], [[2, -3]]], "biases": [[0.1, -1], [-0.0]]}'


def latex(*values: str, twin: int = 0) -> str:
    return written("latex", standing(*values), twin).decode()


@pytest.mark.parametrize("values", CASES, ids=" ".join)
def test_latex_can_be_read(values):
    text = latex(*values)
    assert text.startswith("% With")
    body = text.partition("\n")[2]
    assert convert(body.removeprefix("\\[\n").removesuffix("\\]\n")).startswith("<math")
    assert text.isascii()
    assert body.count("{") == body.count("}")
    assert body.count(r"\left(") == body.count(r"\right)")
    assert re.findall(r"begin{(\w+)}", body).count("array") == body.count(r"\end{array}")


def test_latex_has_a_line_for_each_layer_and_the_activation():
    lines = latex(HAND).splitlines()[3:-2]
    column, matrix = r"\left(\begin{array}{r} ", r"\left(\begin{array}{rr} "
    end = r" \end{array}\right)"
    assert lines == [
        rf"\mathbf{{x}} &= {column}x_{{1}} \\ x_{{2}}{end} \\",
        rf"\mathbf{{h}} &= \varphi\left({matrix}0.5 & -0.25 \\ 1 & 1 \cdot 10^{{-5}}{end} \mathbf{{x}}"
        rf" + {column}0.1 \\ -1{end}\right) \\",
        rf"\hat{{y}} &= {matrix}2 & -3{end} \mathbf{{h}} \\",
        r"\varphi(z) &= \max(0, z)",
    ]


def test_an_affine_network_ends_with_the_one_layer_it_equals():
    last = latex(HAND, twin=1).splitlines()[-3]  # 2 (0.5, -0.25) - 3 (1, 1e-5); 2 * 0.1 + 3
    matrix = r"\left(\begin{array}{rr} -2 & -0.5 \end{array}\right)"
    assert last == rf"\hat{{y}} &= {matrix} \mathbf{{x}} + 3.2 \quad \text{{(one layer)}}"


@pytest.mark.parametrize(
    ("values", "part"),
    [
        (("loss=bce",), r"\hat{y} &= \frac{1}{1 + e^{-z}}"),
        (("dataset=blobs:3", "loss=cross_entropy"), r"\sum_{j} e^{z_j}"),
        (("hidden=2,2", "activation=tanh,sin"), r"\varphi_{2}(z) &= \sin(z)"),
        (("hidden=2,2",), r"\mathbf{h}^{(2)} &= \varphi\left("),
        (("dial=0.25",), r"\varphi(z) &= 0.75 z + 0.25\left(\max(0, z)\right)"),
        (("output_activation=tanh",), r"\hat{y} &= \varphi_{2}\left("),
        ((CURVE, "activation=drawn"), r"\varphi(z) &= -3 - 2 z + 2.8 \max(0, z + 1) + 0.4 \max(0, z - 0.5)"),
        ((CURVE, "activation=drawn", "dial=0.5"), r"\varphi(z) &= 0.5 z + 0.5 \left(-3 - 2 z"),
        (("activation=drawn", "curve=[[-1,0],[1,0]]"), r"\varphi(z) &= 0"),
        (("activation=drawn",), r"\varphi(z) &= \max(0, z)"),
        (("features=xy,cos_x",), r"x_{1} x_{2} \\ \cos x_{1}"),
    ],
)
def test_latex_says_the_rest(values, part):
    assert part in latex(*values)


def test_a_single_layer_is_not_collapsed():
    assert "one layer" not in latex("hidden=")


def test_text_has_an_equation_for_each_unit():
    lines = written("text", standing(HAND)).decode().splitlines()
    assert lines[1:] == [
        "h₁ = ReLU(0.5000 x₁ − 0.2500 x₂ + 0.1000)",
        "h₂ = ReLU(1.0000 x₁ + 0.0000 x₂ − 1.0000)",
        "ŷ = 2.0000 h₁ − 3.0000 h₂ + 0.0000",
    ]
    assert lines[0] == "With ReLU, step 0, by netviz:"


def test_text_of_an_affine_network_ends_with_one_layer():
    lines = written("text", standing(HAND), 1).decode().splitlines()
    assert lines[-2:] == ["As one layer:", "ŷ = −2.0000 x₁ − 0.5000 x₂ + 3.2000"]


@pytest.mark.parametrize(
    ("values", "line"),
    [
        (("loss=bce",), "ŷ = sigmoid(z)"),
        (("dataset=blobs:3", "loss=cross_entropy"), "ŷ = softmax(z)"),
        (("activation=drawn",), "drawn: straight from point to point of (−2, 0), (0, 0), (2, 2)"),
    ],
)
def test_text_says_the_rest(values, line):
    assert line in written("text", standing(*values)).decode().splitlines()


def test_every_feature_has_its_letters():
    assert set(SEEN) == set(FEATURES)
