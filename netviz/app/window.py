"""The window: puts panels where the layout says, hands them the State and their actions to the store."""

from collections.abc import Collection, Iterator
from typing import cast

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QMenu, QWidget

from netviz.app import menu
from netviz.app.apart import Apart
from netviz.app.bars.bottombar import BottomBar
from netviz.app.bars.column import Back, Doors
from netviz.app.bars.gap import Difference, Message
from netviz.app.bars.hinting import show_hint
from netviz.app.bars.hints import Bubble
from netviz.app.bars.lane import Canvas, LaneHeader, align
from netviz.app.bars.scroll import Scroll
from netviz.app.bars.tabs import TabStrip
from netviz.app.bars.topbar import TopBar
from netviz.app.commands import commands
from netviz.app.dialogs import KeySheet
from netviz.app.documents.opening import Documents
from netviz.app.documents.workspace import Workspace
from netviz.app.following import Following
from netviz.app.hall.presenting import Presenter
from netviz.app.hall.stage import LAYOUT, Staged, arrange_stage, stage_em, staged
from netviz.app.hall.words import parts
from netviz.app.keys import by_key, key_name
from netviz.app.layouts import SMALLEST, Shown, arrange, layout_of, over
from netviz.app.looks import Looks
from netviz.app.painting import Painting
from netviz.app.pictures.figures import Figures
from netviz.app.turns import Turns
from netviz.session import selectors
from netviz.session.actions import FillWindow, OpenPanel
from netviz.session.each import each
from netviz.session.state import State, races
from netviz.session.store import Store
from netviz.views.canvas.legend import Legend
from netviz.views.panel import Panel, Place
from netviz.views.registry import place, places
from netviz.views.theme import THEMES, Look, presented

LANE = ("network", "surface")
FIRST = {name: name for name in (*LANE, "timeline")}  # panels that are there at the first paint
FRAMES = ("foot", "column", "card", "sheet", "rule")
FILLABLE = ("loss", "table", "instrument")  # where a double click fills the window
INSIDE = "neuron"  # what opens at a click on a unit
LESSON = "lesson"  # the panel whose place is at the left


class Window(QWidget):
    """All of netviz that is seen. It keeps nothing of the session: that is the store's."""

    def __init__(self, store: Store, workspace: Workspace | None = None) -> None:
        """Show a store's state; `complete` makes what the first paint does not need."""
        super().__init__()
        self.store = store
        self.documents = Documents(self, store, workspace, lambda: self._look)
        self.figures = Figures(self, store, lambda: self._look)
        self._places: dict[str, Place] = {name: place(name) for name in FIRST}
        self._commands, self._looks = commands({}), Looks(self)
        self._plan: object = None
        self._unaligned = False  # headers since the last layout
        self._rects: dict[str, QRect] = {}
        self._shown: dict[str, Following] = {}
        self._turns, self.painting = Turns(LANE), Painting(self, LANE)
        self.painting.took.connect(self._turns.spend)
        self._more = QMenu(self)
        self._complete = False
        self.hall = "projector"  # the theme of presenting: light, thick and dark-lined
        self.apart = Apart(self, self, workspace.remembered if workspace else None)
        self.presenter = Presenter(self, self)
        self._make_parts()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.setFocus()  # not Train: the first Tab goes there
        self.setAutoFillBackground(True)
        self.setMinimumSize(SMALLEST)
        store.subscribe(self._on_store_changed)

    # ------------------------------------------------------------------------------ its parts
    def _make_parts(self) -> None:
        self._parts: dict[str, QWidget] = {}
        for name in FRAMES:
            self._add(name, QFrame()).setObjectName(name)
        self._top = TopBar()
        self._top.more.connect(self.show_more)
        self._add("top", self._top)
        for twin in range(len(self.store.state.frame.states)):
            self._make_lane(twin)
        self._add("sentence", Difference())
        self._add("legend", Legend())
        self._tabs = TabStrip()
        self._tabs.set_places(self._places)
        self._add("tabs", self._tabs)
        self._add("bottom", BottomBar(self._places["timeline"].make(0)))
        self._add("message", Message())
        self._add("back", Back())
        self._scroll = Scroll(self)
        for name, part in parts().items():
            self._add(name, part)
        self._bubble = Bubble(self)

    @property
    def _look(self) -> Look:
        return self._looks.now

    def _make_lane(self, twin: int) -> None:
        for name in LANE:
            self._add(f"{name} {twin}", self._places[name].make(twin))
        self._add(f"bar {twin}", QFrame())
        self._add(f"header {twin}", LaneHeader(twin))

    def _add(self, name: str, part: QWidget) -> QWidget:
        part.setParent(self)
        if isinstance(part, TopBar | TabStrip | Message):
            part.setObjectName(name)
            part.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        if isinstance(part, Panel):
            part.acted.connect(self.store.dispatch)
            part.commanded.connect(self._command)
            self._shown[name] = Following(part)
        self._parts[name] = part
        return part

    def complete(self) -> None:
        """Make the rest, once the first paint is through: instruments, doors, tabs and their keys."""
        self._complete = True
        self._places = dict(places())
        self._commands = commands(self._places)
        self._tabs.set_places(self._places)
        self._add("doors", Doors({name: row for name, row in self._places.items() if row.door}))
        self._plan = None
        self._show(self.store.state)

    def _part(self, name: str) -> QWidget:
        """The widget of a slot; instruments are made when they are first needed."""
        owner = self._owner(name)
        if owner not in self._parts:
            self._add(owner, self._places[owner].make(0))
        return self._parts[owner]

    def _owner(self, slot: str) -> str:
        """Which panel fills a slot of the layout."""
        state = self.store.state
        if slot == "page":
            return state.filled or state.opened or ""
        if slot == "strip":
            return INSIDE
        if slot in ("loss", "table"):
            return next(name for name, row in self._places.items() if row.where == slot)
        return slot

    # ------------------------------------------------------------------------------ the State
    def _on_store_changed(self, old: State, new: State) -> None:
        self.presenter.follow(new)
        turn = self._turns.of(self._parts, old, new)
        self._show(new, turn.waiting.union(turn.rounds))
        beside = old.side is not new.side and old.step == new.step  # it is not on the lanes
        lanes = self._parts if races(new) and not beside else {}
        self.painting.begin({name: self._showing(name) for name in turn.rounds}, lanes)
        begins = new.reading is not None and old.reading is None and not (new.presenting or self._beside(new))
        if begins and new.opened != LESSON:
            self.store.dispatch(OpenPanel(LESSON))  # there is no room for the card but in its tab
        chosen = new.selected is not None and new.selected != old.selected
        inside = INSIDE in self._places and INSIDE not in new.apart
        if chosen and not new.opened and self._look.layout == "wide" and inside:
            self.store.dispatch(OpenPanel(INSIDE))  # elsewhere it would take the network's place

    def _show(self, state: State, waiting: Collection[str] = ()) -> None:
        self.apart.bring_back(state)
        each(lambda step: step(state, waiting), (self._lay_out, self._show_parts, self._show_rest))

    def _show_parts(self, state: State, waiting: Collection[str]) -> None:
        owners = [self._owner(slot) for slot in self._rects]
        each(lambda name: self._show_part(name, state), [name for name in owners if name not in waiting])

    def _showing(self, name: str) -> Iterator[None]:
        """Let a panel take in what is there by now, portion by portion, where it is seen."""
        if name in self.apart.windows or name in map(self._owner, self._rects):
            self._look_at_header(name, self.store.state)
            yield from self._shown[name].portions(self.store.state)

    def _show_part(self, name: str, state: State) -> None:
        self._part(name)
        if name in self._shown:  # what is no panel shows nothing of it
            self._look_at_header(name, state)
            self._shown[name].show(state)

    def _look_at_header(self, name: str, state: State) -> None:
        """Have headers aligned whose names may change."""
        last = self._shown[name].state
        self._unaligned |= isinstance(self._parts[name], LaneHeader) and (
            last is None or last.experiment.at(last.step) is not state.experiment.at(state.step)
        )

    def _show_rest(self, state: State, waiting: Collection[str]) -> None:
        if self._unaligned:
            self._unaligned = False
            align([part for slot in self._rects if isinstance(part := self._parts.get(slot), LaneHeader)])
        self.setWindowTitle(selectors.title(state))
        self._show_hint(state)
        if self._complete:
            self.apart.follow(state, self._places, self.windowTitle(), waiting)

    def lend(self, name: str) -> Following:
        """Give an instrument away, for a window of its own."""
        self._plan = None
        self._scroll.release()
        self._part(name)
        return self._shown[name]

    def regain(self, name: str) -> None:
        """Take an instrument back; its place shows it once it is opened."""
        shown = self._shown[name]
        shown.panel.setParent(self)
        shown.forget()
        self._looks.forget(name)
        self._plan = None

    def _show_hint(self, state: State) -> None:
        show_hint(self._bubble, state, self._look, self._rects, self._parts)

    # ------------------------------------------------------------------------------ the layout
    def _lay_out(self, state: State, _: Collection[str]) -> None:
        """Put everything in its place, when anything about places has changed."""
        page = self._page(state)
        for twin in range(len(state.frame.states)):
            if f"network {twin}" not in self._parts:
                self._make_lane(twin)
        plan = (self.size(), state.theme, state.text_size, state.view, len(state.frame.states), page,
                state.opened, state.filled, bool(state.message), self._complete,
                self._staged(state), state.reading is not None, state.black)  # fmt: skip
        if plan == self._plan:
            return
        self._plan, self._unaligned = plan, True
        on_stage = self._staged(state)
        if on_stage is not None:
            self._stage(on_stage)
            return
        em, layout = layout_of(self.width(), self.height(), state.theme, state.text_size)
        beside = self._beside(state)
        above, layout = beside and layout == "tabs", "tabs" if beside else layout
        self._tabs.leave_out(LESSON if beside else None)
        self._take_look(Look(THEMES[state.theme], em, layout))
        doors = sum(row.door for row in self._places.values()) if self._complete else 0
        filled = state.filled in self._places and self._complete
        shown = Shown(selectors.visible_twins(state), page, filled, bool(state.message), doors, beside, above)
        self._rects = arrange(self.size(), em, layout, shown)
        if not self._complete:
            self._rects = {name: rect for name, rect in self._rects.items() if name in self._parts}
        self._place_parts(filled)

    def _staged(self, state: State) -> Staged | None:
        """What a hall is shown; None while nobody presents."""
        return staged(state, bool(self._page(state))) if state.presenting and self._complete else None

    def _stage(self, shown: Staged) -> None:
        """Lay out what a hall is shown."""
        em = stage_em(self.width(), self.height())
        self._take_look(Look(presented(THEMES[self.hall]), em, LAYOUT))
        self._rects = arrange_stage(self.size(), em, shown)
        self._scroll.release()
        if self.store.state.black:
            self._rects["black"] = self.rect()
            self._parts["black"].raise_()
        self._place_parts(filled=False)

    def _page(self, state: State) -> str:
        """Where the opened panel lives; "" where the layout as it is shows it."""
        row = self._places.get(state.opened or "")
        elsewhere = (LESSON,) if (state.reading if state.presenting else self._beside(state)) else ()
        return "" if row is None or row.where in ("lane", "bottom", *elsewhere) else row.where

    def _beside(self, state: State) -> bool:
        """Whether the lesson's card, or the list, stands beside the lanes, or the card over them."""
        em, layout = layout_of(self.width(), self.height(), state.theme, state.text_size)
        wide, reads = layout == "wide", state.reading is not None
        room = (reads or state.opened == LESSON) if wide else reads and over(layout, self.height(), em)
        return self._complete and room

    def _place_parts(self, filled: bool) -> None:
        visible = {self._owner(slot) for slot in self._rects}
        if self._scroll.widget() is not self._parts.get(self._owner("page")) or "page" not in self._rects:
            self._scroll.release()
        for name, part in self._parts.items():
            if name not in visible and name not in self.apart.windows:
                part.hide()
        each(lambda slot: self._place_part(slot, self._part(slot), filled), self._rects)

    def _place_part(self, slot: str, part: QWidget, filled: bool) -> None:
        look = self._looks.at(slot, self._rects, filled)
        if self._looks.dress(self._owner(slot), part, look) and self._owner(slot) in self._shown:
            self._shown[self._owner(slot)].forget()
        if slot == "page" and look.layout != LAYOUT:
            self._scroll.stand(part, self._rects[slot], look)
            return
        part.setGeometry(self._rects[slot])
        part.show()
        if slot.startswith("network"):
            header = self._rects.get(slot.replace("network", "header"), QRect())
            cast(Canvas, part).set_header_height(header.intersected(self._rects[slot]).height())

    def _take_look(self, look: Look) -> None:
        self._looks.take(look)
        self._bubble.set_look(look)

    # ------------------------------------------------------------------------------ what a person does
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key that no focused control used is a command's."""
        row = by_key(self._commands).get(key_name(event))
        if row is None or (event.isAutoRepeat() and not row.repeats):
            super().keyPressEvent(event)
        else:
            row.run(self)

    def _command(self, label: str) -> None:
        next(row for row in self._commands if row.label == label).run(self)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click on an instrument lets it fill the window, another one ends that.

        It comes here because nothing under the mouse has used it; a filter would be asked at every paint.
        """
        name = self._fillable_at(event.position().toPoint())
        if name:
            self.store.dispatch(FillWindow(None if self.store.state.filled else name))
        else:
            super().mouseDoubleClickEvent(event)

    def _fillable_at(self, at: QPoint) -> str:
        """The instrument at a point; "" where there is none."""
        owners = (self._owner(slot) for slot, rect in self._rects.items() if rect.contains(at))
        rows = ((name, self._places.get(name)) for name in owners)
        return next((name for name, row in rows if row is not None and row.where in FILLABLE), "")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file or one link may be dropped anywhere."""
        if self.documents.takes(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open it."""
        dropped = self.documents.takes(event.mimeData())
        if dropped:
            event.acceptProposedAction()
            self.documents.open_dropped(dropped)

    def focus_probe(self) -> None:
        """Give the keys to the probe of the first surface."""
        name = f"surface {selectors.visible_twins(self.store.state)[0]}"
        self._parts[name].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def switch_full_screen(self) -> None:
        """To full screen and back."""
        self.window().setWindowState(self.window().windowState() ^ Qt.WindowState.WindowFullScreen)

    def leave(self) -> None:
        """Close the window that this is in."""
        self.window().close()

    def show_more(self) -> None:
        """Open the menu of all commands under its button."""
        menu.fill(self._more, self.documents.rows(self._commands), self, self._look, self._top.left)
        at = self._top.more_button
        corner = at.mapToGlobal(QPoint(at.width() - self._more.sizeHint().width(), at.height()))
        self._more.popup(corner)

    def show_keys(self) -> None:
        """Open the key sheet."""
        KeySheet(self, self._commands, self._look).show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show(self.store.state)

    def showEvent(self, event: QShowEvent) -> None:
        """What is pointed at has its place only now."""
        super().showEvent(event)
        self._show_hint(self.store.state)
