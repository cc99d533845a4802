"""A network as a program that runs without netviz: in NumPy, PyTorch or Keras."""

from collections.abc import Iterable

from netviz.core.activations import ACTIVATIONS
from netviz.core.network import Array
from netviz.session.exchange.export_model import Bend, Model
from netviz.session.exchange.export_spellings import KERAS, NUMPY, SEEN, TORCH, Language, hinges

PROGRAM = '''"""{title}.

predict(x) takes points x (n, {coordinates}) and gives {gives}.
{note}
"""

{body}

if __name__ == "__main__":
    print(predict({points}))
'''

NUMPY_BODY = '''import numpy as np

# WEIGHTS[l][i, j] leads from unit j of layer l to unit i of the next, BIASES[l][i] is that unit's bias.
WEIGHTS = [
{weights}]
BIASES = [
{biases}]


{definitions}ACTIVATIONS = [{activations}]


def predict(x):
    """The outputs (n, {outputs}) at points x (n, {coordinates})."""
    values = {seen}
    for weights, biases, activation in zip(WEIGHTS, BIASES, ACTIVATIONS):
        values = activation(values @ weights.T + biases)
    return {shown}
'''

TORCH_BODY = '''import torch
from torch import nn


{definitions}model = nn.Sequential(
{layers}).double()

model.load_state_dict({{
{state}}})


def predict(x):
    """The outputs (n, {outputs}) at points x (n, {coordinates})."""
    x = torch.as_tensor(x, dtype=torch.float64)
    with torch.no_grad():
        return {shown}.numpy()
'''
FUNCTION = '''class Function(nn.Module):
    """A function of the sums, as a layer."""

    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, z):
        return self.function(z)


'''

KERAS_BODY = '''import keras
import numpy as np
from keras import layers, ops


{definitions}model = keras.Sequential([
    keras.Input(({inputs},), dtype="float64"),
{layers}])

# Each layer's weights, [i, j] from unit j to unit i of the next layer, and that layer's biases.
PARAMETERS = [
{parameters}]
for layer, (weights, biases) in zip(model.layers, PARAMETERS):
    layer.set_weights([np.array(weights).T, np.array(biases)])


def predict(x):
    """The outputs (n, {outputs}) at points x (n, {coordinates})."""
    x = ops.convert_to_tensor(x, dtype="float64")
    return ops.convert_to_numpy({shown})
'''


def numpy_code(model: Model) -> str:
    """A module that needs NumPy alone and defines predict(x): (n, coordinates) -> (n, outputs)."""
    names, made = _functions(NUMPY, model)
    if model.shown and f"def {model.shown}(z)" not in made:
        made += _function(model.shown, NUMPY.bodies[model.shown])
    body = NUMPY_BODY.format(
        weights=_listed(f"np.array({_rows(layer.weights)})" for layer in model.layers),
        biases=_listed(f"np.array({_row(layer.biases)})" for layer in model.layers),
        definitions=_seeing(NUMPY, model) + made,
        activations=", ".join(names),
        seen=_seen(model, "np.asarray(x, dtype=float)"),
        shown=NUMPY.shown[model.shown].format("values"),
        **_sizes(model),
    )
    return _program(model, "It needs NumPy alone.", body)


def pytorch_code(model: Model) -> str:
    """A module that fills a PyTorch `model`, an nn.Sequential, and defines the same predict(x)."""
    names, made = _functions(TORCH, model)
    lines = list[str]()
    for layer, name in zip(model.layers, names, strict=True):
        n_out, n_in = layer.weights.shape
        lines += [f"nn.Linear({n_in}, {n_out})", name]
    state = list[str]()
    for i, layer in enumerate(model.layers):  # every second module is linear
        for name, numbers in (("weight", _rows(layer.weights)), ("bias", _row(layer.biases))):
            state.append(f'"{2 * i}.{name}": torch.tensor({numbers}, dtype=torch.float64)')
    body = TORCH_BODY.format(
        definitions=(FUNCTION if "Function(" in "".join(names) else "") + _seeing(TORCH, model) + made,
        layers=_listed(lines),
        state=_listed(state),
        shown=TORCH.shown[model.shown].format(f"model({_seen(model, 'x')})"),
        **_sizes(model),
    )
    return _program(model, "The model computes in double precision; model.float() makes it single.", body)


def keras_code(model: Model) -> str:
    """A module that fills a Keras `model`, a keras.Sequential, and defines the same predict(x)."""
    names, made = _functions(KERAS, model)
    body = KERAS_BODY.format(
        definitions=_seeing(KERAS, model) + made,
        inputs=len(model.features),
        layers=_listed(
            f'layers.Dense({len(layer.biases)}, activation={name}, dtype="float64")'
            for layer, name in zip(model.layers, names, strict=True)
        ),
        parameters=_listed(f"({_rows(layer.weights)}, {_row(layer.biases)})" for layer in model.layers),
        shown=KERAS.shown[model.shown].format(f"model({_seen(model, 'x')})"),
        **_sizes(model),
    )
    note = "It computes in double precision on TensorFlow; on its other backends Keras multiplies in single."
    return _program(model, note, body)


def _program(model: Model, note: str, body: str) -> str:
    outputs = _sizes(model)["outputs"]
    asked = f"the outputs (n, {outputs})"
    return PROGRAM.format(
        title=model.title,
        coordinates=model.coordinates,
        gives=f"probabilities (n, {outputs}), the {model.shown} of the outputs" if model.shown else asked,
        note=note,
        body=body,
        points=_rows(model.points),
    )


def _sizes(model: Model) -> dict[str, int]:
    return {"outputs": len(model.layers[-1].biases), "coordinates": model.coordinates}


def _seen(model: Model, points: str) -> str:
    return points if model.sees_points else f"features({points})"


def _seeing(language: Language, model: Model) -> str:
    """The function that turns points into what the first layer sees; none where that is the points."""
    if model.sees_points:
        return ""
    stack = {"np": "np.stack([{}], axis=1)", "torch": "torch.stack([{}], dim=1)"}
    seen = ", ".join(SEEN.get(name, f"x{name[1:]}").format(language.library) for name in model.features)
    first = "".join(f"    x{i + 1} = x[:, {i}]\n" for i in range(model.coordinates))
    result = stack.get(language.library, "ops.stack([{}], axis=1)").format(seen)
    told = f'"""What the network sees of points x (n, {model.coordinates})."""'
    return f"def features(x):\n    {told}\n{first}    return {result}\n\n\n"


def _functions(language: Language, model: Model) -> tuple[list[str], str]:
    """How each layer's activation stands in the network, and the functions they need, each once."""
    bends = [layer.bend for layer in model.layers]
    curves = list(dict.fromkeys(bend.knots for bend in bends))
    named = {knots: f"drawn_{i}" if i else "drawn" for i, knots in enumerate(curves)}
    spelled = {bend: _spelled(language, bend, named[bend.knots]) for bend in bends}
    made = dict.fromkeys(text for _, texts in spelled.values() for text in texts)
    return [spelled[bend][0] for bend in bends], "".join(made)


def _spelled(language: Language, bend: Bend, drawn: str) -> tuple[str, list[str]]:
    """How an activation stands in the network, and the functions it needs; `drawn` names a drawn one."""
    name, own = bend.name, language.own.get(bend.name)
    if name == "drawn":
        name, made = drawn, [_drawn(language, bend, drawn)]
    else:
        made = [] if own else [_function(name, language.bodies[name], ACTIVATIONS[bend.name].character)]
    if bend.dial == 1:
        return own or language.placed.format(name), made
    at_z = language.called.format(own=own, name=name) if own else f"{name}(z)"
    mixed = _function(f"partly_{name}", f"{1 - bend.dial!r} * z + {bend.dial!r} * {at_z}")
    return language.placed.format(f"partly_{name}"), [*made, mixed]


def _function(name: str, body: str, told: str = "") -> str:
    docstring = f'    """{told}"""\n' if told else ""
    return f"def {name}(z):\n{docstring}    return {body}\n\n\n"


def _drawn(language: Language, bend: Bend, name: str) -> str:
    found = hinges(bend.knots)
    return (
        f'def {name}(z):\n    """{ACTIVATIONS[bend.name].character}"""\n'
        f"    value = {found.value!r} + {found.slope!r} * (z - {found.start!r})\n"
        f"    for place, change in {list(found.changes)!r}:  # of the slope\n"
        f"        value = value + change * {language.hinge.format('z - place')}\n"
        f"    return value\n\n\n"
    )


def _listed(entries: Iterable[str]) -> str:
    return "".join(f"    {entry},\n" for entry in entries)


def _rows(matrix: Array) -> str:
    """A matrix as text, every number to the last bit; long ones a row a line."""
    rows = [_row(row) for row in matrix]
    short = ", ".join(rows)
    return f"[{short}]" if len(short) < 80 else "[\n" + "".join(f"        {row},\n" for row in rows) + "    ]"


def _row(numbers: Array) -> str:
    return f"[{', '.join(map(repr, numbers.tolist()))}]"
