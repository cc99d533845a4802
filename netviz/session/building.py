"""What hands change of a network on its canvas: numbers, what is frozen, its shape, inputs, activations."""

from collections.abc import Iterable
from itertools import pairwise

from netviz.core.activations import ACTIVATIONS
from netviz.session import selectors
from netviz.session.actions import Action, SetField, Tell
from netviz.session.experiment import sizes
from netviz.session.fields import MAX_LAYERS, MAX_UNITS
from netviz.session.fitting import offered
from netviz.session.parameters import BIAS, Parameter, mask, toggled, unit_names
from netviz.session.state import State, UnitId

FIRST_SIZE = 2  # units of the first hidden layer that is added
INPUTS_TOLD = "The other place where nonlinearity can sit."
LIMITS = f"A network has 0 to {MAX_LAYERS} hidden layers of 1 to {MAX_UNITS} units."
LAST_INPUT = "A network needs at least one input."
Names = tuple[str, ...]


def value_of(state: State, twin: int, at: Parameter) -> float:
    """The number as it is now."""
    return float(selectors.params(state, twin).layers[at.layer][at.to, at.source])


def name_of(state: State, twin: int, at: Parameter) -> str:
    """What the number is called: Weight x₁→h₁, Bias h₁."""
    to = selectors.unit_name(state, UnitId(twin, at.layer + 1, at.to))
    if at.source == BIAS:
        return f"Bias {to}"
    return f"Weight {selectors.unit_name(state, UnitId(twin, at.layer, at.source))}→{to}"


def set_number(state: State, twin: int, at: Parameter, value: float, same_gesture: bool = False) -> SetField:
    """Set a weight or a bias: at the start in both twins, where these start alike, later in this one."""
    shared = state.playhead == 0 and len(state.frame.states) > 1 and selectors.same_start(state)
    return SetField(at.key, value, None if shared else twin, same_gesture)


# ------------------------------------------------------------------------------------- frozen
def frozen(state: State, twin: int) -> frozenset[Parameter]:
    """The numbers that training leaves as they are because a person froze them."""
    settings = selectors.settings(state, twin)
    if not settings.frozen:
        return frozenset()
    shape = sizes(settings)
    every = [
        Parameter(layer, to, source)
        for layer, (n_in, n_out) in enumerate(pairwise(shape))
        for to in range(n_out)
        for source in (*range(n_in), BIAS)
    ]
    held = mask(settings.frozen, shape).tolist()
    return frozenset(at for at, still in zip(every, held, strict=True) if still)


def is_frozen(state: State, twin: int, names: Iterable[str]) -> bool:
    """Whether all these numbers are frozen."""
    settings = selectors.settings(state, twin)
    wanted = mask(names, sizes(settings))
    return bool(mask(settings.frozen, sizes(settings))[wanted].all())


def freeze(state: State, twin: int, names: Iterable[str]) -> SetField:
    """Freeze these numbers, or let go of them where all are frozen."""
    settings = selectors.settings(state, twin)
    return SetField("frozen", toggled(settings.frozen, names, sizes(settings)), twin)


def incoming(state: State, twin: int, layer: int, index: int) -> Names:
    """The names of all that comes into a unit: its weights and its bias."""
    return unit_names(layer - 1, index, sizes(selectors.settings(state, twin)))


# ------------------------------------------------------------------------------------- shape
def _shape(state: State, twin: int) -> tuple[int, ...]:
    return selectors.settings(state, twin).hidden


def _owner(state: State, twin: int, key: str) -> int | None:
    """Whose setting it is: everybody's, unless the twin has one of its own."""
    return twin if key in dict(state.experiment.own[twin]) else None


def _reshaped(state: State, twin: int, hidden: tuple[int, ...]) -> Action:
    fits = len(hidden) <= MAX_LAYERS and all(1 <= size <= MAX_UNITS for size in hidden)
    return SetField("hidden", hidden, _owner(state, twin, "hidden")) if fits else Tell(LIMITS)


def add_unit(state: State, twin: int, layer: int, more: int = 1) -> Action:
    """One unit more, or fewer, in a hidden layer (1 the first); a layer's last unit goes with its layer."""
    hidden = _shape(state, twin)
    if not 1 <= layer <= len(hidden):
        return Tell(LIMITS)
    size = hidden[layer - 1] + more
    return _reshaped(state, twin, (*hidden[: layer - 1], *([size] if size else []), *hidden[layer:]))


def add_layer(state: State, twin: int, before: int) -> Action:
    """A hidden layer more, in front of layer `before` (1 the first hidden one), as large as its neighbour."""
    hidden = _shape(state, twin)
    size = hidden[max(0, before - 2)] if hidden else FIRST_SIZE
    return _reshaped(state, twin, (*hidden[: before - 1], size, *hidden[before - 1 :]))


def remove_layer(state: State, twin: int, layer: int) -> Action:
    """A hidden layer less."""
    hidden = _shape(state, twin)
    return _reshaped(state, twin, (*hidden[: layer - 1], *hidden[layer:]))


# ------------------------------------------------------------------------------------- inputs and activations
def offered_inputs(state: State, twin: int) -> dict[str, bool]:
    """The inputs that this problem offers, and whether they are switched on."""
    settings = selectors.settings(state, twin)
    return {name: name in settings.features for name in offered(settings)}


def switch_input(state: State, twin: int, name: str) -> Action:
    """Switch an input on or off; one stays."""
    now = selectors.settings(state, twin).features
    chosen = tuple(one for one in now if one != name) if name in now else (*now, name)
    return SetField("features", chosen, _owner(state, twin, "features")) if chosen else Tell(LAST_INPUT)


def activations(state: State, twin: int) -> Names:
    """The activation of each hidden layer."""
    settings = selectors.settings(state, twin)
    names = settings.activation
    return (names,) * len(settings.hidden) if isinstance(names, str) else names


def offered_activations() -> dict[str, str]:
    """The activations by name, with their labels."""
    return {name: row.label for name, row in ACTIVATIONS.items()}


def set_activation(state: State, twin: int, name: str, layer: int | None = None) -> Action:
    """Give one hidden layer (1 the first) an activation, or all of them."""
    now = activations(state, twin)
    if layer is None:
        return SetField("activation", name, twin)
    chosen = (*now[: layer - 1], name, *now[layer:])
    return SetField("activation", chosen if len(set(chosen)) > 1 else name, twin)
