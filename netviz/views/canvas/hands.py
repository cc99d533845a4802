"""From hands on the canvas to actions: one drag, one turn of the wheel is one change that undo takes back."""

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu

from netviz.session import building, selectors
from netviz.session.actions import Action, SetFused, Tell, Undo
from netviz.session.fields import Settings
from netviz.session.instruments import collapsing
from netviz.session.instruments.walk import highlight
from netviz.session.kinds import Number, parse
from netviz.session.parameters import Parameter
from netviz.session.state import State
from netviz.session.text import in_sentence
from netviz.views.canvas import menus
from netviz.views.canvas.editing import EditableView, Target
from netviz.views.canvas.scene import NetworkScene, Place
from netviz.views.canvas.targets import Button
from netviz.views.canvas.walking import Walking, lit
from netviz.views.controls.motion import Glide
from netviz.views.theme import Look

FIRST = 0.01  # of the way back, gone at once


class Hands(QObject):
    """What a person does on one twin's canvas, and what the canvas shows because of it."""

    acted = Signal(object)  # an Action

    def __init__(self, view: EditableView, twin: int) -> None:
        super().__init__(view)
        self._view, self._twin = view, twin
        self._state: State | None = None
        self._scene: NetworkScene | None = None
        self._look: Look | None = None
        self._settings: Settings | None = None  # whose locks are shown
        self._held: tuple[Parameter, float] | None = None  # kept at this value while training goes on
        self._turning: tuple[Parameter, int] | None = None  # what turns, and how long `past` is then
        self._fused = False  # whether layers are on their way into one: then nothing is changed by hand
        self.walking = Walking(self)
        self.glide = Glide(self)
        self.glide.moved.connect(self._on_glide_moved)
        self._sent = 0.0  # how far the glide has fused the layers
        self.menu: QMenu | None = None
        view.reads = self._value
        view.began.connect(self._on_view_began)
        view.turned.connect(self._on_view_turned)
        view.dropped.connect(self._on_view_dropped)
        view.typed.connect(self._on_view_typed)
        view.froze.connect(self._on_view_froze)
        view.pressed.connect(self._on_view_pressed)
        view.menued.connect(self._on_view_menued)
        view.grown.connect(self._on_view_grown)

    # ------------------------------------------------------------------------------------------ showing
    def show_scene(self, scene: NetworkScene, look: Look, state: State) -> None:
        """Work on another scene."""
        self.walking.forget()
        self._scene, self._look, self._settings = scene, look, None
        self._view.resting = None
        self._view.show_network(scene, look)
        self.show_state(state)

    def show_state(self, state: State) -> bool:
        """Take on a state; say whether the walk dims or brightens anything now."""
        old, self._state = self._state, state
        settings, fused = selectors.settings(state, self._twin), collapsing.share(state, self._twin) > 0
        if (settings is not self._settings or fused != self._fused) and self._view.extras is not None:
            self._settings = settings
            self._view.extras.lock(frozenset() if fused else building.frozen(state, self._twin))
        if fused and not self._fused:
            self._view.let_go()
        self._fused = fused
        if state.fused != self._sent:  # somebody else has hold of it
            self.glide.stop()
        self._view.editable = not fused and not state.frame.states[self._twin].stopped
        if self._held is not None and state.playing and (old is None or old.frame is not state.frame):
            self._send(*self._held)
        return (state.walk is not None or self.walking.now is not None) and self._walk(state)

    def _walk(self, state: State) -> bool:
        """Show the moment of the walk, and let it pulse when it is another one."""
        found = highlight(state)
        now = found if found is not None and found.twin == self._twin else None
        if now == self.walking.now or self._scene is None or self._look is None:
            return False
        self.walking.show(self._scene, self._look, now, pulse=not state.reduced_motion)
        self._view.resting = lit(self._scene.plan, now) if now else None
        return True

    @property
    def at(self) -> tuple[float, ...] | None:
        """The point that the walk goes through."""
        return self.walking.now.at if self.walking.now else None

    # ------------------------------------------------------------------------------------------ numbers
    def _value(self, number: Parameter) -> float:
        return building.value_of(self._state, self._twin, number) if self._state else 0.0

    def _goes_on(self, number: Parameter) -> bool:
        """Whether the last change that undo knows is of this number in this gesture."""
        state = self._state
        if state is None or not state.past or self._turning != (number, len(state.past)):
            return False
        return state.past[-1].label.startswith(in_sentence(building.name_of(state, self._twin, number)))

    def _send(self, number: Parameter, value: float) -> None:
        state = self._state
        if state is None:
            return
        same = self._goes_on(number)
        self._turning = number, len(state.past) + (not same)
        self.acted.emit(building.set_number(state, self._twin, number, value, same))

    def _on_view_began(self) -> None:
        self._turning = None

    def _on_view_turned(self, number: Parameter, value: float) -> None:
        """While training goes on, the number in the hand is set once a frame: faster would stop training."""
        if self._state is not None and self._state.playing and self._view.dragging:
            self._held = number, value
        else:
            self._send(number, value)

    def _on_view_dropped(self, back: bool) -> None:
        held, self._held = self._held, None
        if back and self._turning is not None and self._goes_on(self._turning[0]):
            self.acted.emit(Undo())
        elif held is not None and not back:
            self._send(*held)
        self._turning = None

    def _on_view_typed(self, number: Parameter, text: str) -> None:
        self._turning = None
        try:
            value = parse(Number(), text.strip().replace("−", "-").replace(",", "."))
        except ValueError as wrong:
            name = building.name_of(self._state, self._twin, number) if self._state else ""
            self.acted.emit(Tell(f"{name}: {wrong}."))
            return
        self._send(number, value)

    # ------------------------------------------------------------------------------------------ the rest
    def _on_view_froze(self, target: Target) -> None:
        state = self._state
        if state is None:
            return
        if target.number is not None:
            self.acted.emit(building.freeze(state, self._twin, (target.number.key,)))
            return
        chosen = state.selected
        mine = (chosen.layer, chosen.index) if chosen and chosen.twin == self._twin else None
        unit = target.unit or mine
        if unit is not None and unit[0]:
            names = building.incoming(state, self._twin, *unit)
            self.acted.emit(building.freeze(state, self._twin, names))

    def _on_view_pressed(self, button: Button) -> None:
        state = self._state
        if state is None:
            return
        if button.kind == "unfuse":
            start = max(0.0, state.fused - FIRST)  # a slider that runs sees at once that it is not alone
            self._sent = state.fused
            self.glide.run(start, 0.0, state.reduced_motion)
        elif button.kind == "inputs":
            corner = self._view.to_screen(button.box)
            self._open(menus.inputs(state, self._twin), corner)
        elif button.kind == "layer":
            self.acted.emit(building.add_layer(state, self._twin, button.layer))
        else:
            more = 1 if button.kind == "add" else -1
            self.acted.emit(building.add_unit(state, self._twin, button.layer, more))

    def _on_glide_moved(self, share: float) -> None:
        since, self._sent = self._sent, share
        self.acted.emit(SetFused(share, since))

    def _on_view_grown(self, unit: Place, more: int) -> None:
        state = self._state
        if state is None:
            return
        features = selectors.settings(state, self._twin).features
        if unit[0] == 0:
            if more < 0:
                self.acted.emit(building.switch_input(state, self._twin, features[unit[1]]))
        else:
            self.acted.emit(building.add_unit(state, self._twin, unit[0], more))

    def _on_view_menued(self, target: Target, where: QPoint) -> None:
        if self._state is not None and self._fused:
            self._open([menus.Entry("Unfuse", (SetFused(0.0),))], where)
        elif self._state is not None:
            self._open(menus.entries(self._state, self._twin, target), where)

    def _open(self, rows: list[menus.Entry], where: QPoint) -> None:
        if self._look is None:
            return
        if self.menu is not None:
            self.menu.deleteLater()
        self.menu = menus.menu(self._view, self._look, rows, self._act, self._view.type)
        self.menu.popup(where)

    def _act(self, action: Action) -> None:
        self.acted.emit(action)
