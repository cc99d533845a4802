"""The names of a network's single numbers: w[1][0][2] a weight, b[0][1] a bias, layer[1] all of a layer."""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from netviz.core.network import layer_views
from netviz.session.kinds import Value, refusal

MOST_TOLD = 3  # names, above which a count says enough
Sizes = tuple[int, ...]
Mask = npt.NDArray[np.bool_]  # over Params.flat
BIAS = -1  # the source of a bias: the last column of a layer's matrix
_INDEX = r"\[(0|[1-9]\d?)\]"
_NAME = re.compile(f"w{_INDEX * 3}|b{_INDEX * 2}", re.ASCII)
_LAYER = re.compile(f"layer{_INDEX}", re.ASCII)


class Parameter(NamedTuple):
    """A weight, from unit `source` of layer `layer` to unit `to` of the next, or that unit's bias."""

    layer: int
    to: int
    source: int  # BIAS for a bias

    @property
    def key(self) -> str:
        """Its name: w[layer][to][source] or b[layer][to]."""
        at = f"[{self.layer}][{self.to}]"
        return f"b{at}" if self.source == BIAS else f"w{at}[{self.source}]"


def parameter(key: str) -> Parameter | None:
    """The number of that name; None if it is not the name of one."""
    found = _NAME.fullmatch(key)
    if found is None:
        return None
    indices = [int(index) for index in found.groups() if index is not None]
    return Parameter(indices[0], indices[1], indices[2] if len(indices) == 3 else BIAS)


def misplaced(key: str, sizes: Sizes) -> str:
    """What is wrong with a name for a network of these layer sizes; empty if it has that number or layer."""
    layer, found = _LAYER.fullmatch(key), parameter(key)
    if layer is not None:
        fits = int(layer[1]) < len(sizes) - 1
    else:
        fits = found is not None and found.layer < len(sizes) - 1 and found.to < sizes[found.layer + 1]
        fits = fits and found is not None and found.source < sizes[found.layer]
    shape = "-".join(map(str, sizes))
    return "" if fits else f"expected a number of a {shape} network, got {key}"


def check_names(value: Value) -> tuple[str, ...]:
    """Names of numbers and layers, once each and in order; ValueError says what was expected."""
    names = [name.strip() for name in value.split(",") if name.strip()] if isinstance(value, str) else value
    if not isinstance(names, list | tuple) or not all(isinstance(name, str) for name in names):
        raise refusal("a list such as w[1][0][2], b[0][1], layer[1]", value)
    for name in names:
        if parameter(name) is None and not _LAYER.fullmatch(name):
            raise refusal("a list such as w[1][0][2], b[0][1], layer[1]", value)
    return tuple(sorted(set(names), key=_order))


def _order(name: str) -> tuple[int, str]:
    return int(name[name.index("[") + 1 : name.index("]")]), name


def names_label(names: tuple[str, ...]) -> str:
    """The names as a person reads them."""
    if len(names) > MOST_TOLD:
        return f"{len(names)} numbers"
    return ", ".join(names) if names else "nothing"


def mask(names: Iterable[str], sizes: Sizes) -> Mask:
    """Which numbers of a network of these sizes are meant."""
    flat = np.zeros(sum(n_out * (n_in + 1) for n_in, n_out in pairwise(sizes)))
    layers = layer_views(sizes, flat)
    for name in names:
        found = parameter(name)
        if found is None:
            layers[int(name[6:-1])][...] = 1.0
        else:
            layers[found.layer][found.to, found.source] = 1.0
    return flat.astype(bool)


def names_of(marked: Mask, sizes: Sizes) -> tuple[str, ...]:
    """The shortest list of names that means these numbers."""
    names = list[str]()
    for layer, matrix in enumerate(layer_views(sizes, marked.astype(float))):
        last = matrix.shape[1] - 1
        each = [Parameter(layer, to, BIAS if i == last else i) for to, i in np.argwhere(matrix).tolist()]
        names += [f"layer[{layer}]"] if matrix.all() else [one.key for one in each]
    return check_names(names)


def unit_names(layer: int, to: int, sizes: Sizes) -> tuple[str, ...]:
    """Everything that comes into unit `to` behind layer `layer` of units: its weights and its bias."""
    return tuple(Parameter(layer, to, source).key for source in (*range(sizes[layer]), BIAS))


def toggled(names: tuple[str, ...], these: Iterable[str], sizes: Sizes) -> tuple[str, ...]:
    """The names with these added, or without them where all of them are meant already."""
    old, more = mask(names, sizes), mask(these, sizes)
    return names_of(old & ~more if (old & more)[more].all() else old | more, sizes)
