"""A twin's answers over the whole plane: where it says 0, where 1, and what it says at the points."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout

from netviz.core.network import Array, Array32
from netviz.core.own import Own
from netviz.session import judging
from netviz.session import selectors as say
from netviz.session.actions import SetOwn
from netviz.session.fields import Settings
from netviz.session.instruments import pieces
from netviz.session.probing import SNAP, corner_distance, pulled
from netviz.session.putting import points_in_hand
from netviz.session.state import State, races
from netviz.session.table_words import axis_words, class_name
from netviz.session.text import joined, shown
from netviz.views.canvas import surfaces
from netviz.views.canvas.contour import contour
from netviz.views.canvas.gestures import race
from netviz.views.canvas.items import DIM
from netviz.views.canvas.plane import CURVE_AXES, MANY, PLANE_AXES, Mark, PlaneScene, Shown
from netviz.views.canvas.plane_view import PlaneView
from netviz.views.drawing.crowd import crowd
from netviz.views.panel import Panel, Place
from netviz.views.theme import Look

STEP = 0.05  # of a corner's distance from the next, an arrow key's move
FINE = 101  # points a side for the contour
FEW_UNITS = 8  # in all: so few bend the surface in few and sharp places
REACH = 0.045  # of the same: a hand takes hold of a point no further away
CUT = 1e3  # a curve's line goes no further


class SurfacePanel(Panel):
    """The decision surface of one twin."""

    def __init__(self, twin: int = 0) -> None:
        super().__init__(twin)
        self._look: Look | None = None
        self._state: State | None = None
        self._built: tuple[object, ...] = ()
        self.view = PlaneView()
        self.view.setAccessibleName(f"Surface {say.side(twin)}")
        self.view.pulled.connect(self._on_view_pulled)
        self.view.pointed.connect(self._on_view_pointed)
        self.view.pressed.connect(self._on_view_pressed)
        self.view.erased.connect(self._on_view_erased)
        self.view.deleted.connect(self._on_view_deleted)
        self._quick = (False, True)  # the picture that is there was one of a race, its pieces may be counted
        self._pointed: tuple[float, float] | None = None  # where the mouse is, in the unit square
        self._held: int | None = None  # the own point that a hand holds, or held last
        self._goes_on = False  # the next move belongs to the gesture that has begun
        self.view.pushed.connect(self._on_view_pushed)
        self.setFocusProxy(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)

    def set_look(self, look: Look) -> None:
        """Take on a theme, a text size and a layout."""
        self._look = look
        self._rebuild()

    def show_state(self, old: State | None, new: State) -> None:
        """Show the twin's answers at the playhead."""
        self._state = new
        race(self.view, races(new))
        quick = surfaces.side_of(new, self.twin) < surfaces.SIDE, pieces.quick(new, self.twin)
        fresh = old is None or not _same(old, new) or quick != self._quick
        self._quick = quick
        if fresh and not self._rebuild():
            self._draw()
        if fresh:
            self._tell_piece()
        if not new.playing and (fresh or old is None or old.playing):  # a screen reader needs no film
            self.view.setAccessibleDescription(self.sentence(new))

    def sentence(self, state: State) -> str:
        """With ReLU answers 0.05 at 00, 0.97 at 01, 0.99 at 10 and 0.00 at 11; at the probe 0.99."""
        answers = say.outputs(state, self.twin)
        name = say.twin_name(state, self.twin)
        at_probe = f"at the probe {self._at_probe(state)}"
        same = say.constant(state, self.twin)
        if same is not None:
            return f"{name} answers {shown(same)} everywhere."
        if say.kind(state, self.twin) == "numbers":
            share = 100 * max(0.0, say.explained(state, self.twin))
            return f"{name} explains {share:.0f} % of the variation of {len(answers)} points; {at_probe}."
        if not say.on_corners(state):
            right = say.answers(state, self.twin).count("right")
            return f"{name} has {right} of {len(answers)} points right; {at_probe}."
        told = [f"{shown(float(a))} at {c}" for a, c in zip(answers, say.corner_names(state), strict=True)]
        return f"{name} answers {joined(told)}; {at_probe}."

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rebuild()

    # ------------------------------------------------------------------------------------------ drawing
    def _rebuild(self) -> bool:
        """Build the scene anew where size or look has changed, and draw it; say whether it was."""
        if self._look is None or self._state is None or min(self.width(), self.height()) < 2:
            return False
        curve, table = say.is_curve(self._state, self.twin), axis_words(self._state)
        axes = table or (CURVE_AXES if curve else PLANE_AXES)
        wanted = (self._look, axes, self.width(), self.height())
        if wanted == self._built:
            return False
        self._built = wanted
        side = min(self.width(), self.height())
        box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        self.view.setGeometry(self.rect())
        self.view.look_at(PlaneScene(box, self._look, axes, self.twin, curve))
        self._draw()
        return True

    def _draw(self) -> None:
        if self._state is not None and self.view.plane is not None:
            self.view.plane.show(self._shown(self._state))

    def _shown(self, state: State) -> Shown:
        settings = say.settings(state, self.twin)
        low, high = say.box(state)
        answers = surfaces.answers(state, self.twin)
        same, stopped = surfaces.constant(answers, state, self.twin), state.frame.states[self.twin].stopped
        picture, borders, curve = None, tuple[Array, ...](), tuple[Array, ...]()
        if say.is_curve(state, self.twin):
            curve = (_curve(answers.output[0], low, high),)
        elif same is None:
            picture, borders = self._picture(state, settings, answers, stopped)
        marks = self._marks(state, low, high)
        probe = _square(self._probe_place(state), low, high)
        on_point = any((mark.x, mark.y) == probe for mark in marks)
        hint = "Drag me" if self.twin == 0 and say.hint(state) == "probe" else ""
        answer = "" if on_point else self._at_probe(state)
        outlines = self._pieces(state, low, high) if state.regions and not curve else ()
        points = () if marks else crowd(settings, state.test_points, say.axes(state))
        banner = self._banner(same, stopped)
        return Shown(picture, borders, marks, probe, answer, banner, hint, outlines, points, curve)

    def _picture(
        self, state: State, settings: Settings, answers: surfaces.Responses, stopped: bool
    ) -> tuple[QPixmap, tuple[Array, ...]]:
        """The answers as colours, and the lines between what is answered."""
        points = FINE if sum(settings.hidden) <= FEW_UNITS else surfaces.COARSE
        kind = say.kind(state, self.twin)
        if kind == "many":
            shares = answers.layers[-1]
            borders = surfaces.class_borders(surfaces.coarse(shares))
            return surfaces.class_pixmap(shares, state.discretized), borders
        values = surfaces.as_answers(answers.output[None], judging.ends(settings))
        if state.discretized:
            values = np.sign(values)
        (picture,) = surfaces.pixmaps(values, self._stopped_lut() if stopped else None)
        if kind == "numbers":
            return picture, ()
        return picture, contour(surfaces.coarse(answers.output, points), say.threshold(state, self.twin)[0])

    def _probe_place(self, state: State) -> tuple[float, float]:
        """Where the probe is in the plane; over one input it rides on the curve."""
        if not say.is_curve(state, self.twin):
            return say.place(state)
        low, high = say.box(state)
        y = float(say.output_at(state, self.twin, [say.probe(state)])[0])
        return say.place(state)[0], min(high, max(low, y if np.isfinite(y) else low))

    def _pieces(self, state: State, low: float, high: float) -> tuple[Array, ...]:
        """The closed outlines of the straight pieces, in the unit square."""
        outlines = pieces.region_outlines(state, self.twin)
        closed = (np.vstack([corners, corners[:1]]) for corners in outlines)
        return tuple((corners - (low, high)) * (1, -1) / (high - low) for corners in closed)

    def _stopped_lut(self) -> surfaces.Colors | None:
        return surfaces.dimmed_lut(self._look.theme.background, DIM / 2) if self._look else None

    def _banner(self, same: float | None, stopped: bool) -> str:
        """What is said across the surface: that it is the same everywhere, or the last before it stopped."""
        if stopped:
            return "The last before it stopped"
        if same is None:
            return ""
        short = self._look is not None and self._look.layout != "wide"
        return f"{'½' if short else shown(same)} everywhere"

    def _marks(self, state: State, low: float, high: float) -> tuple[Mark, ...]:
        data = say.seen(state, self.twin)
        if data.kind != "classes" or len(data.x) > MANY:
            return ()
        answers = say.outputs(state, self.twin)
        rows = zip(data.x.tolist(), say.targets(state).tolist(), answers.tolist(), strict=True)
        return tuple(
            Mark(*_square((x, y), low, high), target, shown(answer)) for (x, y), target, answer in rows
        )

    def _at_probe(self, state: State) -> str:
        """The answer at the probe; of several classes the one that is ahead, and its share."""
        found = say.values_at(state, self.twin, say.probe(state))[-1]
        if len(found) == 1:
            return shown(float(found[0]))
        ahead = class_name(say.settings(state, self.twin), int(found.argmax()))
        return f"{ahead}: {shown(float(found.max()))}"

    # ------------------------------------------------------------------------------------------ gestures
    def _on_view_pointed(self, at: tuple[float, float] | None) -> None:
        self._pointed = at
        self._tell_piece()

    def _tell_piece(self) -> None:
        """With the straight pieces shown, the tip says what the network is on the one under the mouse."""
        state, words = self._state, ""
        if state is not None and state.regions and self._pointed is not None:
            found = pieces.cut_now(state, self.twin)
            words = pieces.told_at(found, *self._in_plane(*self._pointed)) if found else ""
        if words != self.view.toolTip():  # Qt tells everybody even of the same one
            self.view.setToolTip(words)

    def _on_view_pulled(self, x: float, y: float) -> None:
        if self._state is None:
            return
        if not say.editing(self._state):
            self._pull(*self._in_plane(x, y), SNAP)
        elif self._held is not None and self._held < len(self._own()):
            moved = list(self._own())
            moved[self._held] = (*self._in_plane(x, y), moved[self._held][2])
            self._put(moved, "move a point", goes_on=self._goes_on)
            self._goes_on = True

    def _on_view_pressed(self, x: float, y: float) -> None:
        """Take the probe there; or take hold of an own point, of a new one where there is none."""
        if self._state is None or not say.editing(self._state):
            self._on_view_pulled(x, y)
            return
        own = self._own()
        self._held = self._nearest(x, y)
        self._goes_on = self._held is None  # a new point's drag belongs to its coming
        if self._held is None:
            self._held = len(own)
            self._put([*own, (*self._in_plane(x, y), self._state.brush or 0.0)], "add a point")

    def _on_view_erased(self, x: float, y: float) -> None:
        if self._state is not None and say.editing(self._state):
            self._held = self._nearest(x, y)
            self._on_view_deleted()

    def _on_view_deleted(self) -> None:
        """Erase the point that was held last."""
        if self._state is None or not say.editing(self._state) or self._held is None:
            return
        own, gone = self._own(), self._held
        self._held = None
        if gone < len(own):
            self._put([*own[:gone], *own[gone + 1 :]], "erase a point")

    def _own(self) -> Own:
        assert self._state is not None
        return points_in_hand(say.settings(self._state, self.twin))

    def _in_plane(self, x: float, y: float) -> tuple[float, float]:
        """A place in the unit square (y upwards) as a point of the plane."""
        assert self._state is not None
        low, high = say.box(self._state)
        return round(low + x * (high - low), 3), round(low + y * (high - low), 3)

    def _nearest(self, x: float, y: float) -> int | None:
        """The own point under a hand."""
        assert self._state is not None
        own = np.array(self._own()).reshape(-1, 3)
        away = np.hypot(*(own[:, :2] - self._in_plane(x, y)).T) / corner_distance(self._state)
        return int(away.argmin()) if len(own) and away.min() <= REACH else None

    def _put(self, points: Sequence[tuple[float, float, float]], label: str, goes_on: bool = False) -> None:
        if tuple(points) != self._own():
            self.acted.emit(SetOwn(tuple(points), label, goes_on))

    def _on_view_pushed(self, dx: int, dy: int, by_corners: bool) -> None:
        """Move by a step, or on to the next coordinate that a training point has."""
        if self._state is None:
            return
        x, y = say.place(self._state)
        if by_corners:
            points = say.seen(self._state, self.twin).x
            x, y = _next(points[:, 0], x, dx), _next(points[:, 1], y, dy)
        else:
            step = STEP * corner_distance(self._state)
            x, y = x + dx * step, y + dy * step
        self._pull(x, y, STEP / 4)

    def _pull(self, x: float, y: float, snap: float) -> None:
        """Ask for the probe at a point of the plane, or on the training point beside it."""
        assert self._state is not None
        move = pulled(self._state, x, y, self.twin, snap)
        if move is not None:
            self.acted.emit(move)


def _same(old: State, new: State) -> bool:
    """Whether nothing has changed that a surface shows."""
    same_run = old.frame is new.frame and old.experiment is new.experiment
    same_marks = old.probe == new.probe and old.axes == new.axes and old.regions == new.regions
    same_marks &= old.test_points == new.test_points and old.discretized == new.discretized
    return same_run and same_marks and say.hint(old) == say.hint(new)


def _curve(values: Array32, low: float, high: float) -> Array:
    """What is answered over one input (n,), as a line in the unit square; far outside it is cut off."""
    y = (high - np.clip(np.nan_to_num(values), -CUT, CUT)) / (high - low)
    return np.column_stack([np.linspace(0, 1, len(values)), y])


def _square(point: tuple[float, float], low: float, high: float) -> tuple[float, float]:
    """A point of the plane in the unit square, y downwards."""
    return (point[0] - low) / (high - low), (high - point[1]) / (high - low)


def _next(coordinates: Array, at: float, direction: int) -> float:
    """The next coordinate in a direction; the same where there is none."""
    if direction == 0:
        return at
    ahead = coordinates[(coordinates - at) * direction > 0]
    return float(ahead[np.abs(ahead - at).argmin()]) if len(ahead) else at


PANEL = Place("Surface", "lane", 2, "", SurfacePanel)
