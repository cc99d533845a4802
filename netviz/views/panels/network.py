"""A twin's network: every unit with its own response over the plane, every weight by its sign and size."""

from collections.abc import Callable
from functools import partial

import numpy as np
from PySide6.QtCore import QRect
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout

from netviz.core.network import Array, Array32, Network, Params
from netviz.session import selectors as say
from netviz.session.actions import Select
from netviz.session.engine import input_labels
from netviz.session.fitting import is_table
from netviz.session.instruments import collapsing
from netviz.session.state import State, UnitId, races
from netviz.session.text import shown, signed
from netviz.views.canvas import surfaces
from netviz.views.canvas.contour import contour
from netviz.views.canvas.editing import EditableView
from netviz.views.canvas.fusing import Fusing
from netviz.views.canvas.gestures import race
from netviz.views.canvas.hands import Hands
from netviz.views.canvas.items import CORNER, DIM, NUMBER, Picture, UnitShow
from netviz.views.canvas.layout import Plan, Tile, plan
from netviz.views.canvas.one_layer import fused_plan
from netviz.views.canvas.scene import NetworkScene, Place
from netviz.views.canvas.surfaces import Responses
from netviz.views.panel import Panel
from netviz.views.panel import Place as PanelPlace
from netviz.views.theme import Look

MOST_TOLD = 4  # hidden units that a sentence still tells one by one
EXACT = 4  # decimals behind the shown two
Placing = Callable[[tuple[int, ...], float, float, float, bool], Plan]
HOW = "Drag its number up or down, turn the wheel over it, or double-click to type."


def input_text(value: float) -> str:
    """An input as short as it is: 1, 0.35."""
    return shown(value, 0) if value == round(value) else shown(value)


class NetworkPanel(Panel):
    """The canvas of one twin."""

    def __init__(self, twin: int = 0) -> None:
        super().__init__(twin)
        self._look: Look | None = None
        self._state: State | None = None
        self._built: tuple[object, ...] = ()
        self._scene: NetworkScene | None = None
        self._given: tuple[Array32, list[Picture]] | None = None  # the inputs' pictures, and of what
        self._fusing: Fusing | None = None
        self._share = 0.0  # how far its layers are fused
        self._quick = False  # the picture that is there was one of a race
        self._header = 0
        self.view = EditableView()
        self.hands = Hands(self.view, twin)
        self.hands.acted.connect(self.acted)
        self.view.setAccessibleName(f"Network {say.side(twin)}")
        self.view.pointed.connect(self._on_view_pointed)
        self.view.zoomed.connect(self._on_view_zoomed)
        self.view.walked.connect(self._ring)
        self.view.chosen.connect(self._on_view_chosen)
        self.view.asked.connect(self._on_view_asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)

    def set_look(self, look: Look) -> None:
        """Take on a theme, a text size and a layout."""
        self._look = look
        self._rebuild()

    def set_header_height(self, height: int) -> None:
        """Keep a strip at the top clear for the lane's header."""
        self._header = height
        self.view.set_header(height)
        self._rebuild()

    def show_state(self, old: State | None, new: State) -> None:
        """Show the twin's numbers at the playhead and the probe."""
        self._state = new
        if old is None or old.selected != new.selected:
            self._ring()
        race(self.view, races(new))
        quick = surfaces.side_of(new, self.twin) < surfaces.SIDE
        fresh = old is None or not _same_numbers(old, new) or quick != self._quick
        self._quick = quick
        before, self._share = self._share, collapsing.share(new, self.twin)
        moved = self._share != before
        rebuilt = (fresh or moved) and self._rebuild()
        walks = self.hands.show_state(new)
        if walks or (fresh and not rebuilt):
            self._draw()
        if moved and not rebuilt:
            self._fuse()
        if self._scene is not None:
            self._scene.keep_still(new.playing, races(new))
        news = fresh or old is None or old.playing or (moved and self._share in (0, 1))
        if news and not new.playing:  # a screen reader needs no film
            self.view.setAccessibleDescription(self.sentence(new))

    def sentence(self, state: State) -> str:
        """With ReLU at x₁ = 1, x₂ = 0: h₁ = 0.00, h₂ = 0.88, so ŷ = 0.99."""
        inputs, *hidden, output = say.values_at(state, self.twin, say.probe(state))
        name = partial(self._name, state)
        given = ", ".join(f"{name(0, i)} = {input_text(value)}" for i, value in enumerate(inputs))
        units = [(layer, i, v) for layer, values in enumerate(hidden, 1) for i, v in enumerate(values)]
        told = [f"{name(layer, i)} = {shown(v)}" for layer, i, v in units[:MOST_TOLD]]
        if collapsing.share(state, self.twin) == 1:
            told, units = [collapsing.acts_as(state, self.twin)], units[:1]
        middle = ", ".join([*told, "so "]) if 0 < len(units) <= MOST_TOLD else ""
        return f"{say.twin_name(state, self.twin)} at {given}: {middle}ŷ = {shown(float(output[0]))}."

    def unit_rect(self, unit: UnitId) -> QRect:
        """Where a unit's tile is seen in this panel; empty if it has none."""
        return self.view.unit_box((unit.layer, unit.index)).toRect().translated(self.view.pos())

    def hideEvent(self, event: QHideEvent) -> None:
        """What is under way ends here: out of sight it would not notice that somebody else takes hold."""
        self.hands.glide.finish()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rebuild()

    # ------------------------------------------------------------------------------------------ drawing
    def _name(self, state: State, layer: int, index: int) -> str:
        return say.unit_name(state, UnitId(self.twin, layer, index))

    def _rebuild(self) -> bool:
        """Build the scene anew where shape, size, look or badges have changed; say whether it was."""
        if self._look is None or self._state is None or self.height() <= self._header + 1:
            return False
        look, state = self._look, self._state
        network = say.net(state, self.twin)
        biases = say.settings(state, self.twin).bias
        inputs = input_labels(say.settings(state, self.twin))
        fused = self._share == 1
        if fused:
            biases = collapsing.has_bias(state, self.twin)
        wanted = (look, network, inputs, biases, self.width(), self.height(), self._header, fused)
        if wanted == self._built:
            return False
        self._built = wanted
        places = self._plan(network, look, fused_plan if fused else plan)
        if not biases:
            places = places._replace(biases=(None,) * len(places.biases))
        names = [self._name(state, tile.layer, tile.unit) for tile in places.tiles]
        columns = is_table(say.settings(state, self.twin))
        scene = NetworkScene(places, names, look, columns)
        scene.wear(network.activations, self.twin)
        self._scene, self._given = scene, None
        for unit in scene.units:
            unit.dot.setVisible(biases and unit.tile.layer > 0)
        self.hands.show_scene(scene, look, state)
        self._fusing = None
        self._draw()
        self._fuse()
        self._ring()
        return True

    def _plan(self, network: Network, look: Look, place: Placing) -> Plan:
        height = float(self.height() - self._header)
        em = max(look.em, look.text_floor / NUMBER)  # where numbers are at their floor, they need more room
        return place(network.sizes, float(self.width()), height, em, look.layout == "compact")

    def _fuse(self) -> None:
        """Have the layers of an affine twin as far on their way into one as the state says."""
        state, look, scene, extras = self._state, self._look, self._scene, self.view.extras
        if state is None or look is None or scene is None or extras is None:
            return
        if self._share and self._fusing is None:
            end = self._plan(say.net(state, self.twin), look, fused_plan)
            self._fusing = Fusing(scene, end, float(self.width()), look, extras)
        if self._fusing is not None:
            self._fusing.show(self._share, collapsing.acts_as(state, self.twin) if self._share else "")

    def _seen(self, state: State) -> Params:
        """The weights and biases that are on the canvas: the twin's own, or those of its one layer."""
        if self._share < 1:
            return say.params(state, self.twin)
        one = collapsing.one_layer(state, self.twin)
        return Params.from_layers([one.weight], [one.bias])

    def _draw(self) -> None:
        """Set this frame's pictures, pens and words."""
        if self._state is None or self._scene is None:
            return
        state, params = self._state, say.params(self._state, self.twin)
        answers = surfaces.answers(state, self.twin)
        values = say.values_at(state, self.twin, self.hands.at or say.probe(state))
        pictures = self._pictures(answers, surfaces.constant(answers, state, self.twin) is not None)
        biases = [(0.0,) * len(values[0]), *(layer.tolist() for layer in params.biases)]
        seen = self._seen(state)
        biases[-1] = seen.biases[-1].tolist()
        kinks = [(), *(activation.kinks or () for activation in say.net(state, self.twin).activations)]
        units = []
        for item, picture in zip(self._scene.units, pictures, strict=True):
            layer, index = item.tile.layer, item.tile.unit
            fold, words = tuple[Array, ...](), ""
            if kinks[layer] and self._has_fold(layer):
                fold = _folds(answers, params, layer, index, kinks[layer])
            if item.tile.tier.value:
                value = float(values[layer][index])
                words = shown(value) if layer else input_text(value)
            units.append(UnitShow(picture, words, biases[layer][index], fold))
        weights = np.concatenate([matrix.ravel() for matrix in seen.weights])
        self._scene.show(units, weights)

    def _has_fold(self, layer: int) -> bool:
        """Hidden tiles large enough for a line show where they bend."""
        layers = self._scene.plan.layers if self._scene else ()
        return 0 < layer < len(layers) - 1 and layers[layer][0].tier.name

    def _pictures(self, answers: Responses, undecided: bool) -> list[Picture | None]:
        """Every unit's response as a picture, dimmed where it is not looked at; None where undecided."""
        assert self._scene is not None
        assert self._look is not None
        bright = {(u.tile.layer, u.tile.unit): u.bright for u in self._scene.units}
        whole, dim = all(bright.values()), surfaces.dimmed_lut(self._look.theme.background, DIM)
        found: list[Picture | None] = []
        layers = self._scene.built.layers
        for tiles in layers:
            if tiles is layers[-1] and undecided:
                return [*found, *([None] * len(tiles))]
            full = self._tiles(answers, tiles[0])
            faint = full if whole else self._tiles(answers, tiles[0], dim)
            found += [(full if bright[one.layer, one.unit] else faint)[one.unit] for one in tiles]
        return found

    def _tiles(self, answers: Responses, tile: Tile, lut: surfaces.Colors | None = None) -> list[Picture]:
        """The pictures of a tile's layer; what the inputs look like never changes."""
        layer, values = tile.layer, answers.layers[tile.layer]
        if layer == 0 and lut is None and self._given is not None and self._given[0] is values:
            return self._given[1]
        grain = surfaces.grain(tile.box.width, self.view.resolution, values.shape[-1])
        colored = surfaces.pixels
        if layer == len(answers.layers) - 1 and self._state is not None:
            colored = partial(surfaces.output_pixels, say.settings(self._state, self.twin))
        found = surfaces.tiles(colored(surfaces.sampled(values, grain), lut), CORNER)
        pictures = [Picture(one, grain.cell) for one in found]
        if layer == 0 and lut is None:
            self._given = values, pictures
        return pictures

    def _ring(self) -> None:
        if self._state is not None and self._scene is not None:
            unit = self._state.selected
            mine = (unit.layer, unit.index) if unit is not None and unit.twin == self.twin else None
            self._scene.ring(mine, self.view.focused)

    # ------------------------------------------------------------------------------------------ gestures
    def _on_view_pointed(self, unit: Place | None) -> None:
        self._draw()

    def _on_view_zoomed(self) -> None:
        self._given = None
        self._draw()

    def _on_view_chosen(self, unit: Place) -> None:
        self.acted.emit(Select(UnitId(self.twin, *unit)))

    def _on_view_asked(self, unit: Place | None, edge: int | None) -> None:
        """Tell the exact numbers of what the mouse rests on."""
        exact, hint = self.told(unit, edge), f"\n{HOW}" if edge is not None and self.view.editable else ""
        self.view.tell(f"{exact}{hint}")

    def told(self, unit: Place | None, edge: int | None) -> str:
        """The exact numbers of a unit or of an edge; empty for neither."""
        if self._state is None or self._scene is None:
            return ""
        state, seen = self._state, self._seen(self._state)
        if edge is not None:
            line = self._scene.plan.edges[edge]
            weight = float(seen.weights[line.layer][line.target, line.source])
            end = line.layer + line.over
            ends = self._name(state, line.layer, line.source), self._name(state, end, line.target)
            return f"{ends[0]} to {ends[1]}: weight {signed(weight, EXACT)}"
        if unit is None:
            return ""
        layer, index = unit
        value = float(say.values_at(state, self.twin, say.probe(state))[layer][index])
        if layer == 0:
            return f"{self._name(state, layer, index)} = {shown(value, EXACT)}"
        total = float(say.sums_at(state, self.twin, say.probe(state))[layer][index])
        bias = float(seen.biases[0 if self._share == 1 else layer - 1][index])
        words = f"sum {signed(total, EXACT)}, bias {signed(bias, EXACT)} in it"
        return f"{self._name(state, layer, index)} = {shown(value, EXACT)} ({words})"


def _same_numbers(old: State, new: State) -> bool:
    """Whether nothing has changed that the canvas draws."""
    return (
        old.frame is new.frame
        and old.experiment is new.experiment
        and old.probe == new.probe
        and old.axes == new.axes
    )


def _folds(
    answers: Responses, params: Params, layer: int, index: int, kinks: tuple[float, ...]
) -> tuple[Array, ...]:
    """The lines on which a unit bends: where its sum is a kink of its activation."""
    total = surfaces.sums(answers, params, layer, index)
    return tuple(line for kink in kinks for line in contour(total, kink))


PANEL = PanelPlace("Network", "lane", 1, "", NetworkPanel, "Network")
