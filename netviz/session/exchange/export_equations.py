"""A network as equations: LaTeX for a page, plain text for everywhere else."""

from netviz.core import analysis
from netviz.core.network import Array
from netviz.session.exchange.export_model import Bend, Layer, Model
from netviz.session.exchange.export_spellings import hinges
from netviz.session.instruments.collapsing import as_sum
from netviz.session.kinds import number_text
from netviz.session.text import signed

INPUTS = r"\mathbf{x}"
DIGITS = 3  # of each number in LaTeX
DECIMALS = 4  # of each number in plain text
SHOWN = {"sigmoid": r"\frac{1}{1 + e^{-z}}", "softmax": r"\frac{e^{z_i}}{\sum_{j} e^{z_j}}"}
SEEN = {  # a table's third column is x_{3}
    "x": "x_{1}",
    "y": "x_{2}",
    "x2": "x_{1}^{2}",
    "y2": "x_{2}^{2}",
    "xy": "x_{1} x_{2}",
    "sin_x": r"\sin x_{1}",
    "sin_y": r"\sin x_{2}",
    "cos_x": r"\cos x_{1}",
    "cos_y": r"\cos x_{2}",
}


# ------------------------------------------------------------------------------------- LaTeX
def latex(model: Model) -> str:
    """An equation a layer, the activations, and the one layer that an affine network equals."""
    inputs = rf"{INPUTS} &= {_column([SEEN.get(name, f'x_{{{name[1:]}}}') for name in model.features])}"
    names, bends = _layer_names(model), _phis(model)
    layers, before = [], INPUTS
    for layer, name in zip(model.layers, names, strict=True):
        layers.append(f"{name} &= {_after(bends.get(layer.bend, ''), _product(layer, before))}")
        before = name
    functions = [f"{bends[bend]}(z) &= {formula}" for bend, formula in _formulas(model).items()]
    shown = [rf"\hat{{y}} &= {SHOWN[model.shown]}"] if model.shown else []
    lines = " \\\\\n".join([inputs, *layers, *shown, *functions, *_one_layer(model, before)])
    return f"% {model.title}; needs amsmath\n\\[\n\\begin{{aligned}}\n{lines}\n\\end{{aligned}}\n\\]\n"


def _layer_names(model: Model) -> list[str]:
    """Name h, or h^(1), h^(2); the last is z where probabilities are made of it, else the answer."""
    hidden = range(1, len(model.layers))
    several = len(hidden) > 1
    names = [rf"\mathbf{{h}}^{{({i})}}" if several else r"\mathbf{h}" for i in hidden]
    return [*names, "z" if model.shown else r"\hat{y}"]


def _formulas(model: Model) -> dict[Bend, str]:
    """Each activation but the identity with its formula in z."""
    return {layer.bend: _formula(layer) for layer in model.layers if layer.bend.name != "identity"}


def _formula(layer: Layer) -> str:
    if layer.bend.name != "drawn":
        return layer.activation.formula
    found = hinges(layer.bend.knots)
    start = found.value - found.slope * found.start
    pieces = [(c, f" \\max(0, {_sum([(1.0, 'z'), (-z, '')])})") for z, c in found.changes]
    drawn = _sum([(start, ""), (found.slope, " z"), *pieces])
    if layer.bend.dial == 1:
        return drawn
    return rf"{_number(1 - layer.bend.dial)} z + {_number(layer.bend.dial)} \left({drawn}\right)"


def _phis(model: Model) -> dict[Bend, str]:
    found = list(_formulas(model))
    return {bend: rf"\varphi_{{{i}}}" if len(found) > 1 else r"\varphi" for i, bend in enumerate(found, 1)}


def _after(phi: str, product: str) -> str:
    return rf"{phi}\left({product}\right)" if phi else product


def _product(layer: Layer, inputs: str) -> str:
    product = f"{_matrix(layer.weights)} {inputs}"
    if len(layer.biases) == 1:
        return _sum([(1.0, product), (float(layer.biases[0]), "")])
    return f"{product} + {_column([_number(bias) for bias in layer.biases.tolist()])}"


def _one_layer(model: Model, name: str) -> list[str]:
    """The collapsed map of an affine network that has hidden layers, up to the output's sum."""
    one = _collapsed(model)
    if one is None:
        return []
    phi = _phis(model).get(one.bend, "")
    return [rf"{name} &= {_after(phi, _product(one, INPUTS))} \quad \text{{(one layer)}}"]


def _collapsed(model: Model) -> Layer | None:
    """The one layer that the network equals; None if it bends, or is one layer already."""
    if len(model.layers) == 1 or not analysis.is_affine(model.network):
        return None
    one = analysis.collapse(model.network, model.params)
    return model.layers[-1]._replace(weights=one.weight, biases=one.bias)


def _matrix(matrix: Array) -> str:
    rows = r" \\ ".join(" & ".join(_number(value) for value in row) for row in matrix.tolist())
    return rf"\left(\begin{{array}}{{{'r' * matrix.shape[1]}}} {rows} \end{{array}}\right)"


def _column(entries: list[str]) -> str:
    rows = r" \\ ".join(entries)
    return rf"\left(\begin{{array}}{{r}} {rows} \end{{array}}\right)"


def _number(value: float) -> str:
    """Three digits that count: 0.0711, -1.2 · 10^-5, never -0."""
    mantissa, _, power = f"{value:.{DIGITS}g}".partition("e")
    text = rf"{mantissa} \cdot 10^{{{int(power)}}}" if power else mantissa
    return "0" if float(mantissa) == 0 else text


def _sum(terms: list[tuple[float, str]]) -> str:
    """Factors and what they stand before, added up; what is 0 is left out, and a factor 1."""
    text = ""
    for factor, rest in terms:
        size = _number(abs(factor))
        if size != "0":
            sign = "-" if factor < 0 else "+" if text else ""
            text += f" {sign} " if text else sign
            text += rest.strip() if size == "1" and rest else f"{size}{rest}"
    return text or "0"


# ------------------------------------------------------------------------------------- plain text
def plain(model: Model) -> str:
    """An equation a unit, as one types it: h₁ = ReLU(0.5 x₁ − 0.25 x₂ + 0.1)."""
    names, lines = model.units[0], [f"{model.title}:"]
    for units, layer in zip(_named(model), model.layers, strict=True):
        for unit, weights, bias in zip(units, layer.weights.tolist(), layer.biases.tolist(), strict=True):
            lines.append(f"{unit} = {_applied(layer, _affine(weights, bias, names))}")
        names = units
    if model.shown:
        lines.append(f"ŷ = {model.shown}(z)")
    lines += [_drawn(layer) for layer in model.layers if layer.bend.name == "drawn"]
    one = _collapsed(model)
    if one:
        lines.append("As one layer:")
        sums = [
            _affine(w, b, model.units[0])
            for w, b in zip(one.weights.tolist(), one.biases.tolist(), strict=True)
        ]
        lines += [f"{unit} = {_applied(one, text)}" for unit, text in zip(names, sums, strict=True)]
    return "".join(f"{line}\n" for line in dict.fromkeys(lines))


def _named(model: Model) -> list[tuple[str, ...]]:
    """The units' names behind the inputs; z for a sum that probabilities are made of."""
    *hidden, last = model.units[1:]
    return [*hidden, tuple(name.replace("ŷ", "z") for name in last) if model.shown else last]


def _affine(weights: list[float], bias: float, names: tuple[str, ...]) -> str:
    terms = [f"{signed(w, DECIMALS)} {name}" for w, name in zip(weights, names, strict=True)]
    return as_sum([*terms, signed(bias, DECIMALS)])


def _applied(layer: Layer, text: str) -> str:
    return text if layer.bend.name == "identity" else f"{layer.activation.label}({text})"


def _drawn(layer: Layer) -> str:
    knots = ", ".join(f"({number_text(z)}, {number_text(a)})" for z, a in layer.bend.knots)
    return f"drawn: straight from point to point of {knots}"
