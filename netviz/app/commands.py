"""Every command with its keys, one row each: the More menu, the keys and the key sheet are made from it."""

from collections.abc import Callable, Mapping
from typing import NamedTuple, Protocol, cast

from PySide6.QtWidgets import QWidget

from netviz.app.bars.bottombar import speed_words
from netviz.app.bars.column import APART, APART_TIP, movable
from netviz.session import actions as act
from netviz.session import selectors
from netviz.session.actions import Action
from netviz.session.cards import Lesson
from netviz.session.experiment import compared
from netviz.session.lessons.reading import lessons
from netviz.session.presets import PRESETS, Preset
from netviz.session.state import FASTEST, THEMES, VIEWS, State
from netviz.session.store import Store
from netviz.session.text import in_sentence
from netviz.views.controls.motion import Motion
from netviz.views.panel import FOLD, OPEN_TABLE, SAVE_POINTS, Place

SPEEDS = (1, 3, 10, 30, 100, 300, 1000, FASTEST)
MOVED = ("fold", "collapse")  # the instruments with something that moves
RECENT_FILES, RECOVER = "Recent files", "Recover"
MENUS = (  # of More, and headings of the key sheet
    "File", "Edit", "Run", "View", "Look inside", "Lessons", "Examples", "Picture", RECOVER, "Help",
)  # fmt: skip
WITHIN = {RECENT_FILES: "File", "Speed": "Run", "Show": "View", "Theme": "View"}  # menus in menus


class Files(Protocol):
    """What commands need of the window's documents."""

    def ask_open(self) -> None:
        """Let a file be chosen, and open it."""

    def ask_open_table(self) -> None:
        """Let a CSV file be chosen, and offer its columns."""

    def ask_save_table(self) -> None:
        """Let a file be chosen, and save the problem's points in it."""

    def save(self) -> None:
        """Save in the file that is open."""

    def ask_save(self) -> None:
        """Let a file be chosen, and save in it."""

    def share(self) -> None:
        """Open the sheet with the experiment's links."""

    def open_copied_link(self) -> None:
        """Open the experiment of the link on the clipboard."""


class Figures(Protocol):
    """What commands need of the window's pictures."""

    def copy(self) -> None:
        """Put a picture on the clipboard."""

    def ask_picture(self) -> None:
        """Let a file be chosen, and draw into it."""

    def copy_slide(self, theme: str) -> None:
        """Put a picture for a slide on the clipboard, in a theme of its own."""

    def ask_film(self) -> None:
        """Open the sheet that makes a film."""

    def ask_export(self) -> None:
        """Let a file and a format be chosen, and write the network into it."""

    def copy_equations(self) -> None:
        """Put the network's equations on the clipboard."""


class Shell(Protocol):
    """What commands need of the window."""

    store: Store

    @property
    def documents(self) -> Files:
        """Files, opened and saved."""

    @property
    def figures(self) -> Figures:
        """Pictures and films of what is on the screen."""

    def window(self) -> QWidget:
        """The top-level window."""

    def focus_probe(self) -> None:
        """Give the keys to the probe."""

    def switch_full_screen(self) -> None:
        """To full screen and back."""

    def show_keys(self) -> None:
        """Open the key sheet."""

    def show_more(self) -> None:
        """Open the More menu."""

    def leave(self) -> None:
        """Close the window."""


class Command(NamedTuple):
    """One thing a person can do."""

    group: str
    label: str
    keys: tuple[str, ...]  # as Qt writes them; the first is shown
    run: Callable[[Shell], object]
    told: Callable[[State], str] | None = None  # its label, where the state has a say in it
    checked: Callable[[State], bool] | None = None  # for one of several choices
    repeats: bool = False  # a held key goes on
    shown: Callable[[State], bool] | None = None  # whether it leads anywhere now
    tip: str = ""


def _send(action: Action) -> Callable[[Shell], object]:
    return lambda shell: shell.store.dispatch(action)


def _slide(theme: str) -> Callable[[Shell], object]:
    return lambda shell: shell.figures.copy_slide(theme)


def _train_or_pause(shell: Shell) -> None:
    shell.store.dispatch(act.Pause() if shell.store.state.playing else act.Train())


def _larger(by: int) -> Callable[[Shell], object]:
    return lambda shell: shell.store.dispatch(act.SetTextSize(shell.store.state.text_size + by))


def _compare(shell: Shell) -> None:
    shell.store.dispatch(act.Open(compared(shell.store.state.experiment), "compare with identity"))


def _edit_points(shell: Shell) -> None:
    shell.store.dispatch(act.EditPoints(not selectors.editing(shell.store.state)))


def _example(row: Preset) -> Callable[[Shell], object]:
    return _send(act.Open(row.experiment, in_sentence(row.label)))


def _bookmark_label(state: State) -> str:
    return "Remove the bookmark" if state.playhead in state.bookmarks else "Bookmark this step"


def _regions(shell: Shell) -> None:
    shell.store.dispatch(act.SetRegions(not shell.store.state.regions))


def _open(name: str) -> Callable[[Shell], object]:
    """Open a panel, or close it where it is open."""
    return lambda shell: shell.store.dispatch(
        act.OpenPanel(None if shell.store.state.opened == name else name)
    )


VIEW_KEYS = {"with": "W", "without": "O", "both": "T"}


def _apart(shell: Shell) -> None:
    """Move the open instrument into its own window, or the last one back."""
    state = shell.store.state
    name = movable(state)
    if name is not None:
        shell.store.dispatch(act.MoveApart(name))
    elif state.apart:
        shell.store.dispatch(act.MoveBack(state.apart[-1]))


def _present(shell: Shell) -> None:
    shell.store.dispatch(act.Present(not shell.store.state.presenting))


def _play(shell: Shell) -> None:
    """Let what the open instrument moves, a fold or a fusion, run to its other end."""
    for motion in shell.window().findChildren(Motion):
        if cast(QWidget, motion.parentWidget()).isVisible():
            motion.run()


def _lessons(shell: Shell) -> None:
    """Back to the lesson's card as it begins; without a lesson open or close the list."""
    state = shell.store.state
    closes = state.reading is None and state.opened == "lesson"
    shell.store.dispatch(
        act.ToCard(state.reading.card_index) if state.reading else act.OpenPanel(None if closes else "lesson")
    )


def _lesson(row: Lesson) -> Command:
    return Command("Lessons", row.title, (), _send(act.StartLesson(row)), tip=row.about)


def _choice(group: str, label: str, key: str, value: object, action: Action) -> Command:
    """One of several values of the state's field `key`; the present one is ticked."""
    keys = (VIEW_KEYS[str(value)],) if key == "view" else ()
    return Command(
        group, label, keys, _send(action), checked=lambda state: bool(getattr(state, key) == value),
        shown=lambda state: key != "view" or len(state.frame.states) > 1,  # one network: nothing to choose
    )  # fmt: skip


COMMANDS: tuple[Command, ...] = (
    Command(
        "Run", "Train or pause", ("Space",), _train_or_pause, lambda s: "Pause" if s.playing else "Train"
    ),
    Command("Run", "One step on", ("Right",), _send(act.Step()), repeats=True),
    Command("Run", "One step back", ("Left",), _send(act.Step(-1)), repeats=True),
    Command("Run", "To the start of the run", ("Home",), _send(act.Scrub(0))),
    Command("Run", "To the end of the run", ("End",), _send(act.ToEnd())),
    Command("Run", "To the next mark", ("Ctrl+Right",), _send(act.ToMark())),
    Command("Run", "To the mark before", ("Ctrl+Left",), _send(act.ToMark(-1))),
    Command("Run", "Bookmark this step", ("B",), _send(act.Bookmark()), _bookmark_label),
    Command("Run", "Reset to the same start", ("Ctrl+R",), _send(act.Reset())),
    Command("Run", "New start", ("N",), _send(act.NewStart())),
    *(_choice("Speed", speed_words(speed), "speed", speed, act.SetSpeed(speed)) for speed in SPEEDS),
    Command("File", "Open…", ("Ctrl+O",), lambda shell: shell.documents.ask_open()),
    Command("File", "Save", ("Ctrl+S",), lambda shell: shell.documents.save()),
    Command("File", "Save as…", ("Ctrl+Shift+S",), lambda shell: shell.documents.ask_save()),
    Command("File", OPEN_TABLE, ("Ctrl+T",), lambda shell: shell.documents.ask_open_table()),
    Command("File", SAVE_POINTS, (), lambda shell: shell.documents.ask_save_table()),
    Command("File", "Export…", ("Ctrl+E",), lambda shell: shell.figures.ask_export()),
    Command("File", "Share…", ("Ctrl+L",), lambda shell: shell.documents.share()),
    Command("File", "Open a copied link", ("Ctrl+V",), lambda shell: shell.documents.open_copied_link()),
    Command("File", "Copy equations", (), lambda shell: shell.figures.copy_equations()),
    Command("Picture", "Copy picture", ("Ctrl+Shift+C",), lambda shell: shell.figures.copy()),
    *(Command("Picture", f"Copy as a slide, {name}", (), _slide(name)) for name in THEMES),
    Command("Picture", "Save picture…", (), lambda shell: shell.figures.ask_picture()),
    Command("Picture", "Save film…", (), lambda shell: shell.figures.ask_film()),
    Command("Edit", "Undo", ("Ctrl+Z",), _send(act.Undo()), selectors.undo_label),
    Command("Edit", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), _send(act.Redo()), selectors.redo_label),
    Command("Edit", "Compare with identity", (), _compare, shown=lambda state: len(state.frame.states) == 1),
    Command("Edit", "Edit points", ("E",), _edit_points, checked=selectors.editing),
    *(Command("Examples", row.label, (), _example(row), tip=row.reason) for row in PRESETS.values()),
    *(_choice("Show", f"Show {text}", "view", name, act.SetView(name)) for name, text in VIEWS.items()),
    *(_choice("Theme", text, "theme", name, act.SetTheme(name)) for name, text in THEMES.items()),
    Command("View", "Larger text", ("+", "="), _larger(1), repeats=True),
    Command("View", "Smaller text", ("-",), _larger(-1), repeats=True),
    Command("View", "Straight pieces of the surfaces", ("R",), _regions, checked=lambda state: state.regions),
    Command(
        "View",
        APART,
        ("F6",),
        _apart,
        lambda s: APART if movable(s) or not s.apart else "Back into the window",
        shown=lambda state: bool(movable(state) or state.apart),
        tip=APART_TIP,
    ),
    Command("View", FOLD, ("U",), _play, shown=lambda state: state.opened in MOVED),
    Command("View", "Present", ("F5",), _present, checked=lambda state: state.presenting),
    Command("View", "Full screen", ("F11",), lambda shell: shell.switch_full_screen()),
    Command("View", "Move the probe with the arrow keys", ("P",), lambda shell: shell.focus_probe()),
    Command("Help", "All commands", ("Ctrl+M",), lambda shell: shell.show_more()),
    Command("Help", "Keys", ("F1",), lambda shell: shell.show_keys()),
    Command("View", "One level back", ("Esc",), _send(act.Escape())),
    Command("File", "Quit", ("Ctrl+Q",), lambda shell: shell.leave()),
)


def _reads(state: State) -> bool:
    return state.reading is not None


ALL, LEAVE = "All lessons", "Leave the lesson"
LESSONS = (
    Command("Lessons", ALL, ("L",), _lessons, lambda state: "Back to the card" if state.reading else ALL),
    Command("Lessons", "Next in the lesson", ("PgDown",), _send(act.Turn()), shown=_reads),
    Command("Lessons", "Back in the lesson", ("PgUp",), _send(act.Turn(-1)), shown=_reads),
    Command("Lessons", LEAVE, (), _send(act.LeaveLesson()), shown=_reads),
)


def commands(places: Mapping[str, Place]) -> tuple[Command, ...]:
    """All commands, in the order of their menus."""
    opens = [
        Command("Look inside", row.title, (row.key,) if row.key else (), _open(name), tip=row.about)
        for name, row in places.items()
        if row.key or row.where == "instrument"
    ]
    taught = [_lesson(row) for row in lessons().values()] if places else []
    return tuple(sorted((*COMMANDS, *taught, *LESSONS, *opens), key=lambda row: MENUS.index(menu_of(row))))


def menu_of(row: Command) -> str:
    """In which menu of More a command stands."""
    return WITHIN.get(row.group, row.group)
