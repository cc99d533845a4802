"""The canvas's menus: whatever hands can do there, in words, for keyboards and screen readers too."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtWidgets import QMenu, QWidget

from netviz.core.features import FEATURES
from netviz.session import building, selectors
from netviz.session.actions import Action, OpenPanel, SetField
from netviz.session.experiment import sizes
from netviz.session.parameters import BIAS, Parameter
from netviz.session.state import State, UnitId
from netviz.session.text import signed
from netviz.views.canvas.editing import Target
from netviz.views.theme import Look


class Entry(NamedTuple):
    """A line of a menu: its words, and the actions it sends, a number to type, or a menu of its own."""

    words: str
    does: "tuple[Action, ...] | Parameter | Sequence[Entry]" = ()
    ticked: bool | None = None


RULE = Entry("")


def entries(state: State, twin: int, target: Target) -> list[Entry]:
    """What can be done where the menu is asked for; what it is called stands first."""
    if target.number is not None:
        return _of_number(state, twin, target.number)
    if target.badge is not None:
        return activations(state, twin, target.badge)
    if target.unit is not None:
        return [*_of_unit(state, twin, *target.unit), RULE, *_of_network(state, twin)]
    return _of_network(state, twin)


def _of_number(state: State, twin: int, at: Parameter) -> list[Entry]:
    name, value = building.name_of(state, twin, at), building.value_of(state, twin, at)
    if at.source == BIAS and not selectors.settings(state, twin).bias:
        return [Entry(f"{name}: the biases are off"), _biases(state, twin)]
    held = building.is_frozen(state, twin, (at.key,))
    return [
        Entry(f"{name} = {signed(value)}"), Entry("Set to…", at), Entry("Set to 0", (_set(state, twin, at),)),
        *_freezing(state, twin, "Frozen", (at.key,), held, "\tF"),
    ]  # fmt: skip


def _set(state: State, twin: int, at: Parameter) -> Action:
    return building.set_number(state, twin, at, 0.0)


def _freezing(
    state: State, twin: int, words: str, names: building.Names, held: bool, key: str = ""
) -> list[Entry]:
    """A tick for this network, and where there are two, one for both."""
    found = [Entry(f"{words}{key}", (building.freeze(state, twin, names),), held)]
    others = [one for one in range(len(state.frame.states)) if one != twin]
    shape = sizes(state.experiment.twins[twin])
    alike = all(sizes(settings) == shape for settings in state.experiment.twins)
    if others and alike:
        both = held and all(building.is_frozen(state, one, names) for one in others)
        wrong = [one for one in (twin, *others) if building.is_frozen(state, one, names) == both]
        made = [building.freeze(state, one, names) for one in wrong]
        actions = tuple(one._replace(same_gesture=bool(i)) for i, one in enumerate(made))
        found.append(Entry(f"{words} in both networks", actions, both))
    return found


def _of_unit(state: State, twin: int, layer: int, index: int) -> list[Entry]:
    name = selectors.unit_name(state, UnitId(twin, layer, index))
    if layer == 0:
        feature = selectors.settings(state, twin).features[index]
        return [Entry(f"Remove the input {name}", (building.switch_input(state, twin, feature),))]
    shape = sizes(selectors.settings(state, twin))
    names = building.incoming(state, twin, layer, index)
    whole = (f"layer[{layer - 1}]",)
    into = [Parameter(layer - 1, index, source) for source in range(shape[layer - 1])]
    bias = [Parameter(layer - 1, index, BIAS)] if selectors.settings(state, twin).bias else []
    numbers = [Entry(f"{building.name_of(state, twin, at)}…", at) for at in (*into, *bias)]
    frozen = [
        *_freezing(state, twin, name, names, building.is_frozen(state, twin, names), "\tF"),
        *_freezing(state, twin, "Its layer", whole, building.is_frozen(state, twin, whole)),
    ]
    found = [
        Entry(f"Numbers of {name}", numbers),
        Entry("Frozen", frozen),
    ]
    return found if layer == len(shape) - 1 else [*found, RULE, *_of_layer(state, twin, layer)]


def _of_layer(state: State, twin: int, layer: int) -> list[Entry]:
    return [
        Entry("Add a unit\tInsert", (building.add_unit(state, twin, layer),)),
        Entry("Remove a unit\tDelete", (building.add_unit(state, twin, layer, -1),)),
        Entry("Add a layer in front", (building.add_layer(state, twin, layer),)),
        Entry("Add a layer behind", (building.add_layer(state, twin, layer + 1),)),
        Entry("Remove this layer", (building.remove_layer(state, twin, layer),)),
        Entry("Activation", activations(state, twin, layer)),
    ]


def activations(state: State, twin: int, layer: int) -> list[Entry]:
    """All activations for one layer; where there are several layers, for all of them on top."""
    now, table = building.activations(state, twin), building.offered_activations()

    def offered(only: int | None) -> list[Entry]:
        return [
            Entry(
                label, (building.set_activation(state, twin, name, only),),
                set(now) == {name} if only is None else now[only - 1] == name,
            )
            for name, label in table.items()
        ]  # fmt: skip

    if len(now) == 1:
        return offered(None)
    return [Entry("All layers", offered(None)), RULE, *offered(layer)]


def inputs(state: State, twin: int) -> list[Entry]:
    """All inputs that this problem offers, ticked where they are on."""
    return [
        Entry(building.INPUTS_TOLD),
        *(
            Entry(FEATURES[name].label, (building.switch_input(state, twin, name),), on)
            for name, on in building.offered_inputs(state, twin).items()
        ),
    ]


def _biases(state: State, twin: int) -> Entry:
    on = selectors.settings(state, twin).bias
    return Entry("Biases", (SetField("bias", not on, twin),), on)


def _of_network(state: State, twin: int) -> list[Entry]:
    """What is about the whole network."""
    found = [Entry("Inputs", inputs(state, twin)), _biases(state, twin)]
    if not building.activations(state, twin):
        found.insert(0, Entry("Add a layer", (building.add_layer(state, twin, 1),)))
    if selectors.settings(state, twin).frozen:
        found.append(Entry("Let go of all that is frozen", (SetField("frozen", (), twin),)))
    return [*found, Entry("Histograms of the weights\tH", (OpenPanel("weights"),))]


def menu(
    parent: QWidget,
    look: Look,
    rows: Sequence[Entry],
    send: Callable[[Action], object],
    type_in: Callable[[Parameter], object],
) -> QMenu:
    """A menu of these entries; it is gone when it closes."""
    made = QMenu(parent)
    made.setToolTipsVisible(True)
    _fill(made, look, rows, send, type_in)
    return made


def _fill(
    made: QMenu,
    look: Look,
    rows: Sequence[Entry],
    send: Callable[[Action], object],
    type_in: Callable[[Parameter], object],
) -> None:
    made.setFont(look.font())
    for words, does, ticked in rows:
        if not words:
            made.addSeparator()
        elif isinstance(does, Parameter):
            made.addAction(words).triggered.connect(lambda _=False, at=does: type_in(at))
        elif does and all(isinstance(one, Entry) for one in does):
            inner = made.addMenu(words)
            _fill(inner, look, [one for one in does if isinstance(one, Entry)], send, type_in)
        else:
            line = made.addAction(words)
            line.setEnabled(bool(does))
            line.setCheckable(ticked is not None)
            line.setChecked(bool(ticked))
            line.triggered.connect(lambda _=False, actions=does: [send(one) for one in actions])
