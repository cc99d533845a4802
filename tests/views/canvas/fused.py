"""What stands on a canvas, and what it should be once an affine twin's layers are one."""

from netviz.core import analysis
from netviz.core.analysis import AffineMap
from netviz.session import selectors
from netviz.session.state import State
from netviz.session.text import signed
from netviz.views.panels.network import NetworkPanel


def written(panel: NetworkPanel) -> list[str]:
    """The weights and the biases that stand on the canvas."""
    edges = [edge.pill.text.text() for edge in panel._scene.edges if edge.pill.frame.isVisible()]
    return [*edges, *(unit.bias.text() for unit in panel._scene.units if unit.bias.isVisible())]


def one_layer(state: State) -> AffineMap:
    """Core's one layer of the twin without an activation, in today's frame."""
    return analysis.collapse(selectors.net(state, 1), selectors.params(state, 1))


def numbers(one: AffineMap) -> list[str]:
    """Its weights and biases, as they are written."""
    return [signed(value) for value in (*one.weight.ravel(), *one.bias)]
