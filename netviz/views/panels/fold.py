"""The last hidden layer as a plane: how a bend lays the input plane so that one straight line separates."""

import math
from collections.abc import Iterator
from functools import partial
from time import perf_counter
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel

from netviz.session import selectors
from netviz.session.instruments import fold_words, folding
from netviz.session.instruments.folding import Fold
from netviz.session.instruments.stuck import usable
from netviz.session.probing import pulled
from netviz.session.state import State, races
from netviz.views.controls.choice import Choice
from netviz.views.controls.motion import Motion
from netviz.views.drawing.sheet import NARROW, SPLIT, WIDE, fitted
from netviz.views.fold import hidden_plane
from netviz.views.fold.balance import balanced
from netviz.views.fold.fold_reading import legend_of, plane_show
from netviz.views.fold.hidden_plane import HALL, HiddenPlane, PlaneShow
from netviz.views.fold.plane_row import GAP, PlaneRow
from netviz.views.fold.planes_view import PlanesView
from netviz.views.panel import MOVING, Panel, Place
from netviz.views.theme import LABEL, TITLE, Look, dress

TITLE_TEXT = "Fold"
MAIN, WAYS_APART = "Main direction and answer", "The two main directions"
LEGEND_COSTS = 0.1  # of the planes' height, that the legend may take at most
ROW = 2.1  # em
WIDE_SHAPE = 1.6  # a panel this much wider than high has room for the inputs beside the twins
HALL_SHAPES = (1.25, 2.4)  # in a hall, beside one twin and beside two
UNLED_SHAPE = 2.4  # and where no lesson leads: title, slider and words take their height
SEEN = ("frame", "experiment", "view", "probe", "axes", "reduced_motion", "playing")  # what it looks at
SAID = 0.5  # seconds between two sentences in a race: nobody reads faster
LEAST_PLANES = 9.0  # em: below this height the planes' sentences leave


class Key(NamedTuple):
    """What the scene was built for."""

    look: Look
    size: tuple[int, int]
    twins: tuple[int, ...]
    with_inputs: bool
    menus: bool
    still: bool  # both ends are there at once, and nothing to move
    legend: str  # "" where there is no line between classes, or a lesson says what there is to say

    @property
    def parts(self) -> list[int | None]:
        """Whose plane stands where, from the left: a twin's, or for None that of the inputs."""
        return [*([None] * self.with_inputs), *self.twins]

    @property
    def planes(self) -> int:
        """How many there are."""
        return len(self.parts)


class FoldPanel(Panel):
    """Each visible twin's plane, from the inputs to its hidden layer and back."""

    lowest = (17.0, 15.0)
    pace = MOVING

    def __init__(self, twin: int = 0) -> None:
        super().__init__(twin)
        self.base: Look | None = None
        self.state: State | None = None
        self.key: Key | None = None
        self.planes: list[tuple[int | None, HiddenPlane]] = []
        self.shows, self.said = 0, 0.0  # how often, and when last in words
        self.now: dict[int, PlaneShow] = {}  # what each plane shows, by its place in the row
        self.folds: dict[int, tuple[object, Fold]] = {}
        self._card: tuple[str, int] | None = None  # of a lesson
        self._folded: set[tuple[str, int]] = set()  # cards whose plane was seen folding
        self.held: int | None = None  # the plane that is pulled at
        self.title, self.words = QLabel(TITLE_TEXT, self), QLabel(self)
        self.legend, self.beside = QLabel(self), False  # it stands right of the planes
        for label in (self.words, self.legend):
            label.setWordWrap(True)
        self.motion = Motion("Fold", "Unfold", "From the inputs to the hidden layer")
        self.motion.setParent(self)
        self.motion.set_share(1.0)
        self.motion.moved.connect(self._on_motion_moved)
        self.menus = (Choice("Across"), Choice("Up"))
        for menu in self.menus:
            menu.setParent(self)
            menu.chosen.connect(self._on_menu_chosen)
        self.view = PlanesView()
        self.view.setParent(self)
        self.view.pulled.connect(self._on_view_pulled)

    # ---------------------------------------------------------------------------------- the panel
    def set_look(self, look: Look) -> None:
        self.base = look
        self.key = None
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show()

    def show_state(self, old: State | None, new: State) -> None:
        if self._take(old, new):
            self._show()

    def showing(self, old: State | None, new: State) -> Iterator[None]:
        if self._take(old, new):
            yield from self._pieces(training=True)

    def _take(self, old: State | None, new: State) -> bool:
        """Take a state over; whether anything that is seen here has changed."""
        self.state = new
        self._follow_lesson(new)
        return old is None or any(getattr(old, name) is not getattr(new, name) for name in SEEN)

    def _follow_lesson(self, state: State) -> None:
        """Each card begins folded; after a prediction the plane folds before one's eyes, once."""
        reading = state.reading
        card = (reading.lesson.name, reading.card_index) if reading else None
        if card is None or card == self._card:
            self._card = card
            return
        self._card = card
        self.motion.reduced = state.reduced_motion
        self.motion.set_share(1.0)
        watched = self.isVisible()  # a picture stands still
        if reading and reading.predicted is not None and watched and card not in self._folded:
            self._folded.add(card)
            self.motion.set_share(0.0)
            self.motion.run()

    def sentence(self, state: State) -> str:
        return " ".join(self._lines(state))

    def _lines(self, state: State) -> list[str]:
        """What is said of the twins."""
        folds = {twin: self._fold(state, twin) for twin in _with_plane(state)}
        twins = selectors.visible_twins(state)
        average = any(self._chosen(folding.units(state, twin)) is not None for twin in twins)
        return fold_words.said(state, folds, average)

    def _fold(self, state: State, twin: int) -> Fold:
        """Today's fold, found once for each frame and place of the probe."""
        chosen = self._chosen(folding.units(state, twin))
        about = (selectors.params(state, twin), state.experiment, state.probe, state.axes, chosen)
        if twin not in self.folds or self.folds[twin][0] != about:
            self.folds[twin] = about, folding.fold(state, twin, chosen)
        return self.folds[twin][1]

    def _chosen(self, units: int) -> folding.Units | None:
        """The two units that the menus name; None for the only ones or the main directions."""
        first, second = self.menus[0].index - 1, self.menus[1].index
        return (first, second) if units > 2 and 0 <= first < units and 0 <= second < units else None

    # ---------------------------------------------------------------------------------- layout
    def _show(self) -> None:
        """Lay out anew where that is needed, and show the state."""
        for _ in self._pieces():
            pass

    def _pieces(self, training: bool = False) -> Iterator[None]:
        """The same; in between something else may be shown, and then the rest of this is not."""
        state, base = self.state, self.base
        if state is None or base is None or min(self.width(), self.height()) < 20:
            return
        look, wide, shown = self._look_for(base), self._wide, _with_plane(state)
        most = max((folding.units(state, twin) for twin in shown), default=0)
        legend = legend_of(state, shown[0]) if shown and (wide or not self._in_hall) else ""
        self._fill_menus(state, shown, most)
        with_inputs = bool(shown) and (wide or state.reduced_motion)
        still = with_inputs and state.reduced_motion
        key = Key(look, (self.width(), self.height()), shown, with_inputs, most > 2, still, legend)
        self.motion.reduced = state.reduced_motion
        self.shows += 1
        quiet = training and races(state) and key == self.key and perf_counter() - self.said < SAID
        pieces = [] if quiet else [partial(self._say, state, key)]
        pieces += [partial(self._read, state, key, number) for number in range(key.planes)]
        pieces += [partial(self._show_plane, number) for number in range(key.planes)]
        self.view.race(training and key == self.key)
        shows, planes = self.shows, self.planes
        for piece in pieces:
            piece()
            if self.planes is planes:  # nobody should see new ones before they have anything to show
                yield
            if self.shows != shows:
                return

    def _say(self, state: State, key: Key) -> None:
        """Write what is said of the twins, and give them their badges; new words may need another layout."""
        self.said = perf_counter()
        lines = self._lines(state)
        words = "\n".join(lines)
        if key != self.key or words != self.words.text():
            self.words.setText(words)
            self.setAccessibleName(" ".join(lines))
            self._lay(key)
        for twin, plane in self.planes:
            if twin is not None:
                plane.wear(selectors.net(state, twin).activations[-2])

    def _read(self, state: State, key: Key, number: int) -> None:
        """Find what a plane is to show: a twin's, or for None that of the inputs beside them."""
        twin = self.planes[number][0]
        share = 0.0 if twin is None else 1.0 if key.still else self.motion.share
        of = key.twins[0] if twin is None else twin
        self.now[number] = plane_show(state, of, self._fold(state, of), share, twin is None)

    def _show_plane(self, number: int) -> None:
        """Show it, once all are known: their headings have one form."""
        level = max(plane.level(self.now[i].heading) for i, (_, plane) in enumerate(self.planes))
        plane = self.planes[number][1]
        plane.show(self.now[number], level)
        self.view.refresh(plane.outer)

    def _look_for(self, base: Look) -> Look:
        """In a hall the text is large already, and the room is the planes'."""
        if base.layout != HALL:
            shape = WIDE if self.width() >= SPLIT * base.em else NARROW
            grown = fitted(base, self.width(), self.height(), shape)
            planes = 1 + (len(selectors.visible_twins(self.state)) if self.state else 0)
            return balanced(grown, base.em, self.width(), self.height(), planes) if self._wide else grown
        return base if self._in_hall else base._replace(layout="tabs")  # axes above: as wide as the page

    @property
    def _in_hall(self) -> bool:
        """Whether the planes alone are shown: a lesson says the words."""
        reads = self.state is not None and self.state.reading is not None
        return reads and self.base is not None and self.base.layout == HALL

    @property
    def _wide(self) -> bool:
        """Whether there is room for the inputs beside the twins."""
        state, base = self.state, self.base
        if state is None or base is None:
            return False
        if base.layout != HALL:
            return self.width() >= max(SPLIT * base.em, WIDE_SHAPE * self.height())
        shape = HALL_SHAPES[len(selectors.visible_twins(state)) - 1] if self._in_hall else UNLED_SHAPE
        return self.width() >= shape * self.height()

    def _lay(self, key: Key) -> None:
        """Place the controls, the planes and, right below them where they are not wide, the words."""
        look, (width, height) = key.look, key.size
        em, rebuilt = look.em, key != self.key
        self.key = key
        for one in (self.title, self.motion, self.words):
            one.setVisible(not self._in_hall)
        if self._in_hall:
            self.view.setVisible(bool(key.twins))
            view = QRectF(0, look.px(0.4), width, height - look.px(0.4))
            self.beside = self._fits_beside(key, width, view.height())
            self._put_view(key, view, rebuilt)
            return
        dress(self.title, look, "text", TITLE, 700)
        dress(self.legend, look, "second", LABEL)
        dress(self.words, look, "text" if key.twins else "second", self._words_size)
        row, left = look.px(ROW), look.px(3.6)
        self.title.setGeometry(0, 0, look.px(3.2), row)
        self.motion.set_look(look)
        self.motion.setVisible(bool(key.twins) and not key.still)
        limit = width - left if width < SPLIT * em else look.px(22)
        self.motion.setGeometry(left, 0, limit, row)
        top = row + look.px(0.3)
        if key.menus:
            top = self._lay_menus(key, left + limit, top)
        high = self.words.heightForWidth(width)
        room = height - top - high - look.px(0.4)
        if not self._wide or (self.base is not None and self.base.layout == HALL):
            count = max(1, key.planes)
            room = min(room, round(hidden_plane.highest(look, (width - (count - 1) * GAP * em) / count)))
        fits = room >= LEAST_PLANES * em or not key.twins
        self.words.setVisible(fits)
        room = room if fits else height - top
        shares = (1.0,) if self._wide else (1.0, 1.0 - LEGEND_COSTS / 2)
        share = next((one for one in shares if self._fits_beside(key, width, one * room)), 0.0)
        self.beside, room = share > 0, round(room * (share or 1.0))
        line = self._legend_line(key) if self._wide and fits and not self.beside else 0
        room -= line if line <= LEGEND_COSTS * room else 0
        view = QRectF(0, top, width, room if key.twins else 0)
        self.view.setVisible(bool(key.twins))
        middle = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop if key.twins else middle)
        below = int(view.bottom()) + look.px(0.4)
        self.words.setGeometry(0, below, width, high + 2 if key.twins else int((height - below) * 0.7))
        self._put_view(key, view, rebuilt)
        if not self.beside:
            line, end = self._legend_line(key), below + high
            self.legend.setGeometry(0, end, width, line)
            self.legend.setVisible(fits and 0 < line <= height - end + look.px(0.2))

    def _legend_line(self, key: Key) -> int:
        """How high the legend is under the words, px; its text is ready for that."""
        self.legend.setText(key.legend.replace("\n\n", " "))
        return self.legend.heightForWidth(key.size[0]) if key.legend else 0

    def _row(self, key: Key) -> PlaneRow:
        return PlaneRow(key.look, key.planes, key.with_inputs and self._wide)

    def _fits_beside(self, key: Key, width: float, height: float) -> bool:
        """Whether the legend, if there is one, has room right of the planes."""
        return bool(key.legend) and self._row(key).has_legend(width, height)

    @property
    def _words_size(self) -> float:
        """The size of what is said, em."""
        return 1.0 if self._wide or (self.base is not None and self.base.layout == HALL) else LABEL

    def _put_view(self, key: Key, view: QRectF, rebuilt: bool) -> None:
        if rebuilt or view.toRect() != self.view.geometry():
            self.view.setGeometry(view.toRect())
            edge = math.ceil(key.look.line) if self._in_hall else 0
            self._build(key, QRectF(0, 0, view.width() - edge, view.height()))

    def _lay_menus(self, key: Key, right: int, top: int) -> int:
        """Put the menus beside the slider where there is room, else in a row of their own; the new top."""
        look, row = key.look, key.look.px(ROW)
        beside = key.size[0] - right >= look.px(18)
        x, y = (right + look.px(1), 0) if beside else (0, top)
        for menu, ems in zip(self.menus, (15.5 if self.menus[0].index == 0 else 4.6, 4.6), strict=True):
            menu.set_look(look)
            menu.setGeometry(x, y, look.px(ems), row)
            x += look.px(ems + 0.5)
        return top if beside else top + row + look.px(0.2)

    def _fill_menus(self, state: State, shown: tuple[int, ...], most: int) -> None:
        labels = folding.unit_labels(state, shown[0]) if most > 2 else ()
        main = WAYS_APART if shown and selectors.kind(state, shown[0]) == "many" else MAIN
        self.menus[0].offer([main, *labels] if labels else [])
        self.menus[1].offer(labels, 1)
        self.menus[0].setVisible(most > 2 and not self._in_hall)
        self.menus[1].setVisible(most > 2 and self.menus[0].index > 0 and not self._in_hall)

    def _build(self, key: Key, box: QRectF) -> None:
        """Make the planes, and place the legend beside them."""
        row = self._row(key)
        beside = row.legend(box.width(), box.height()) if self.beside else 0.0
        self.planes = self.view.build(row, key.parts, box, beside)
        self.legend.setVisible(self.beside)
        if self.beside:
            self.legend.setText(key.legend)
            box = self.planes[-1][1].box.translated(0, self.view.y())
            em = key.look.em
            width = round(beside - em)
            self.legend.setGeometry(round(box.right() + em), round(box.top()), width, round(box.height()))
            self.legend.raise_()

    # ---------------------------------------------------------------------------------- hands
    def _on_motion_moved(self, share: float) -> None:
        self._show()

    def _on_menu_chosen(self, index: int) -> None:
        across, up = self.menus
        if up.index == across.index - 1:  # the same unit twice is no plane
            up.choose((up.index + 1) % len(up.entries))
            return
        self.key = None
        self._show()

    def _on_view_pulled(self, at: QPointF, first: bool) -> None:
        """Move the probe, in the input plane or to the input that lands there."""
        if first and self._in_hall and self.view.arrow.contains(at):
            self.motion.run()
        if first:
            self.held = next((i for i, (_, plane) in enumerate(self.planes) if plane.box.contains(at)), None)
        state = self.state
        if self.held is None or state is None or self.held >= len(self.planes):
            return
        twin, plane = self.planes[self.held]
        share = 0.0 if twin is None else self.motion.share
        x, y = plane.point_at(at)
        if twin is not None and share > 0.5:
            x, y = folding.nearest_input(state, twin, self._fold(state, twin).plane, (x, y))
        move = pulled(state, x, y, twin or 0)
        if move is not None:
            self.acted.emit(move)


def _with_plane(state: State) -> tuple[int, ...]:
    """The visible twins that have a hidden plane to be shown."""
    return tuple(t for t in selectors.visible_twins(state) if folding.units(state, t) and usable(state, t))


PANEL = Place(
    "Fold", "instrument", 42, "2", FoldPanel, "Fold", door=True,
    about="How the hidden layer lays the points so that one line separates them",
)  # fmt: skip
