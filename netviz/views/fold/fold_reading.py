"""What a plane of the fold shows of a State: the inputs, the way, or where the hidden layer puts them."""

from collections.abc import Callable

import numpy as np
from PySide6.QtGui import QPixmap

from netviz.core.network import Array
from netviz.core.points import Points
from netviz.session import engine, judging, selectors
from netviz.session.instruments import fold_words, folding
from netviz.session.instruments.folding import CELLS, Fold, Window
from netviz.session.instruments.inside import NO_BREAK
from netviz.session.sections import axis_names
from netviz.session.state import State, races
from netviz.session.table_words import unit
from netviz.session.text import fraction, joined
from netviz.views.canvas import surfaces
from netviz.views.canvas.contour import contour
from netviz.views.drawing import crowd
from netviz.views.fold.cloth import Cloth
from netviz.views.fold.hidden_plane import MANY, PlaneShow

PICTURE, PATCHES, CONTOUR_STEP = 64, 24, 3  # samples a side of a hidden plane, squares of the cloth
EDGE = (0, CELLS, CELLS + 1, 2 * CELLS + 1)  # the outermost of the grid's lines
LINE = f"Dashed line: the answer is exactly{NO_BREAK}{{}}."
BORDERS = "Dashed lines: another class comes to be ahead."
BAND = "Thick band: the edge of all inputs."
Moved = Callable[[Array], Array]  # points of the input plane to where they are shown


def plane_show(state: State, twin: int, found: Fold, share: float, inputs: bool = False) -> PlaneShow:
    """A twin's plane, a share of the way from the inputs to the hidden layer; `inputs` is the one beside."""
    low, high = selectors.box(state)
    start, data = Window(low, low, high - low), selectors.seen(state, twin)

    turned = folding.turn(data.x, found.points) if 0 < share < 1 else None

    def moved(at: Array) -> Array:
        landed = folding.carried(state, twin, found.plane, at) if share else at
        return landed if turned is None else folding.on_the_way(at, landed, turned, share)

    groups = found.groups if share == 1.0 else ()
    points, probe = _points(data.x, found.points, turned, share), moved(np.array(selectors.place(state)))
    window = folding.window_on_the_way(start, found.window, share)
    if 0 < share < 1:
        window = folding.holding(window, np.vstack([points, probe]))
    chosen, looks = selectors.settings(state, twin), look_of(state, twin, data)
    return PlaneShow(
        heading=_heading(state, twin, inputs, share, found),
        axes=axis_names(chosen, selectors.axes(state))
        if share == 0
        else found.plane.labels
        if share == 1
        else (),
        window=window,
        picture=_picture(state, twin, found, share),
        cloth=_cloth(state, twin, moved) if 0 < share < 1 else None,
        mesh=folding.carried_grid(state, twin, found.plane)
        if share == 1
        else moved(folding.grid_lines(low, high)),
        outermost=EDGE if share else (),
        half=_half(state, twin, found) if share == 1 else _moved_contour(state, twin, moved),
        points=points,
        targets=looks[0],
        looks=looks[1],
        digits=digits_of(state, twin, data),
        names=_names(state, twin, groups),
        probe=probe,
        moving=0 < share < 1 or races(state),
    )


def legend_of(state: State, twin: int) -> str:
    """What the lines and the band are; "" where numbers are asked for, which no line parts."""
    kind = selectors.kind(state, twin)
    if kind == "numbers":
        return ""
    line = BORDERS if kind == "many" else LINE.format(fraction(selectors.threshold(state, twin)[0]))
    return f"{line}\n\n{BAND}"


def look_of(state: State, twin: int, data: Points) -> tuple[tuple[int, ...], dict[int, tuple[str, str]]]:
    """The number of each point's look, and each look's shape and colour: the same as on the surface."""
    numbers, looks = crowd.looks(data, data.y, selectors.is_curve(state, twin))
    return tuple(numbers.tolist()), looks


def digits_of(state: State, twin: int, data: Points) -> tuple[str, ...]:
    """The target on each of a few points of two classes; () for marks without words."""
    if data.kind != "classes" or len(data.x) > MANY:
        return ()
    pair = [unit(target) for target in data.targets]
    return tuple(pair[number] for number in look_of(state, twin, data)[0])


def _points(x: Array, landed: Array, turned: folding.Turn | None, share: float) -> Array:
    """Where the points (n, 2) are: of more coordinates the plane has two, the hidden layer sees all."""
    if share == 0:
        return x
    return landed if turned is None else folding.on_the_way(x, landed, turned, share)


def _heading(state: State, twin: int, inputs: bool, share: float, found: Fold) -> tuple[str, ...]:
    reduced = state.reduced_motion
    if inputs:
        return ("Inputs, before", "before") if reduced else ("Inputs",)
    shape = fold_words.shape(state, twin, found) if share == 1 else "inputs" if share == 0 else "on the way"
    side = selectors.side(twin).capitalize()
    name = side if selectors.is_affine(state, twin) else f"With {selectors.activation_label(state, twin)}"
    after = ", after" if reduced else ""
    brief = shape.removeprefix("still ").removesuffix(" here").removesuffix(" to an L")
    return f"{name}: {shape}{after}", f"{side}: {shape}", f"{shape}{after}", shape, brief


def _picture(state: State, twin: int, found: Fold, share: float) -> QPixmap | None:
    """The answers over the input plane or the hidden one; on the way the cloth shows them."""
    if 0 < share < 1:
        return None
    chosen = selectors.settings(state, twin)
    if share == 0:
        found_at = surfaces.responses(chosen, selectors.params(state, twin), selectors.section(state, twin))
        return surfaces.picture(chosen, found_at.layers[-1])
    return surfaces.picture(chosen, _answers_in(state, twin, found))


def _answers_in(state: State, twin: int, found: Fold) -> Array:
    """The answers (outputs, rows, columns) over the window of the hidden plane."""
    left, low, side = found.window
    axis = np.linspace(0, side, PICTURE)
    u = np.stack(np.meshgrid(left + axis, low + axis[::-1]), axis=-1).reshape(-1, 2)
    return folding.answers_on(state, twin, found.plane, u).T.reshape(-1, PICTURE, PICTURE)


def _cloth(state: State, twin: int, moved: Moved) -> Cloth:
    """The input plane cut into squares, each in the colour of its answer."""
    low, high = selectors.box(state)
    axis = np.linspace(low, high, PATCHES + 1)
    middle = (axis[1:] + axis[:-1]) / 2
    centres = np.stack(np.meshgrid(middle, middle), axis=-1).reshape(-1, 2)
    chosen = selectors.settings(state, twin)
    x = engine.inputs(chosen, selectors.lifted(state, centres))
    answers = judging.answers_at(chosen, selectors.params(state, twin), x).T.reshape(-1, PATCHES, PATCHES)
    corners = moved(np.stack(np.meshgrid(axis, axis), axis=-1))
    return Cloth(corners, surfaces.answer_colors(chosen, answers))


def _moved_contour(state: State, twin: int, moved: Moved) -> tuple[Array, ...]:
    return tuple(moved(line) for line in _contour(state, twin))


def _contour(state: State, twin: int) -> tuple[Array, ...]:
    """Lines of the input plane on which a twin's answer changes from one class to another."""
    if selectors.kind(state, twin) == "numbers" or selectors.constant(state, twin) is not None:
        return ()
    low, high = selectors.box(state)
    chosen, at = selectors.settings(state, twin), selectors.params(state, twin)
    every = surfaces.responses(chosen, at, selectors.section(state, twin)).layers[-1]
    answers = every[:, ::-CONTOUR_STEP, ::CONTOUR_STEP]
    if selectors.kind(state, twin) == "many":
        lines = surfaces.class_borders(answers)
    else:
        lines = contour(answers[0], selectors.threshold(state, twin)[0])
    return tuple(low + line * (high - low) for line in lines)


def _half(state: State, twin: int, found: Fold) -> tuple[Array, ...]:
    """The readout's line across the window, as one piece; where all inputs lie on it, their band shows it.

    Of several classes, all the lines between two that are ahead.
    """
    if selectors.kind(state, twin) == "many":
        left, low, side = found.window
        lines = surfaces.class_borders(_answers_in(state, twin, found)[:, ::-1])
        return tuple((left, low) + line * side for line in lines)
    if found.half is None or selectors.constant(state, twin) is not None:
        return ()
    a, b, c = found.half
    left, low, side = found.window
    middle = np.array([left + side / 2, low + side / 2])
    normal = np.array([a, b])
    foot = middle - normal * (normal @ middle + c) / (normal @ normal)
    along = np.array([-b, a]) / np.hypot(a, b) * 2 * side
    return (np.stack([foot - along, foot + along]),) if np.abs(foot - middle).max() < side else ()


def _names(state: State, twin: int, groups: folding.Groups) -> tuple[tuple[tuple[int, ...], str], ...]:
    """The corners' names; those that land together are named together."""
    if not selectors.on_corners(state, twin):
        return ()
    names = selectors.corner_names(state, twin)
    alone = [(i,) for i in range(len(names)) if not any(i in group for group in groups)]
    return tuple((group, joined([names[i] for i in group])) for group in sorted([*groups, *alone]))
