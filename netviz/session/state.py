"""Everything that is shown, as one immutable value."""

from dataclasses import dataclass
from typing import NamedTuple

from netviz.session.cards import TRAIN, Card, Lesson
from netviz.session.engine import Frame, epoch_steps, start
from netviz.session.experiment import Experiment
from netviz.session.recording import History

VIEWS = {"both": "both twins", "with": "with", "without": "without"}
THEMES = {"light": "Light", "dark": "Dark", "projector": "Projector"}
FASTEST = 0.0  # the speed that means: as fast as it goes
FIRST_SPEED = 30.0  # steps a second: about 6 s to epoch 172 of the first experiment


class UnitId(NamedTuple):
    """One unit: its twin, its layer (0 the inputs) and its place in the layer."""

    twin: int
    layer: int
    index: int  # type: ignore[assignment]  # hides tuple.index, which nobody asks of a unit


class Stored(NamedTuple):
    """The file that is open, and what stands in it."""

    path: str
    experiment: Experiment
    bookmarks: tuple[int, ...] = ()


class Milestone(NamedTuple):
    """What a run has reached at `step` and had not at `since`; replay brings the two together."""

    step: int
    since: int  # -1: perhaps from the start
    twin: int
    name: str  # a row of `milestones.MILESTONES`


class Run(NamedTuple):
    """How far an experiment had been trained when another took its place."""

    playhead: int
    furthest: int
    milestones: tuple[Milestone, ...]
    settled_once: bool
    kept: tuple[Frame, History] | None  # None once it is long ago: playback trains it again


class Change(NamedTuple):
    """What undo or redo goes back to, and what was done after it."""

    experiment: Experiment
    run: Run
    label: str  # "learning rate 0.1 to 0.3"
    bookmarks: tuple[int, ...] = ()
    file: Stored | None = None
    whole: bool = False  # another document took its place


class Reading(NamedTuple):
    """Where somebody is in a lesson, and what they predicted: pairs of a card and a choice, both from 0."""

    lesson: Lesson
    card_index: int = 0
    beat_index: int = 0
    predictions: tuple[tuple[int, int], ...] = ()

    @property
    def card(self) -> Card:
        """The card that is shown."""
        return self.lesson.cards[self.card_index]

    @property
    def beat(self) -> str:
        """The card's moment: ASK, TRAIN or SHOW of `lessons`."""
        return self.card.beats[self.beat_index]

    @property
    def predicted(self) -> int | None:
        """What was predicted of this card."""
        return dict(self.predictions).get(self.card_index)

    @property
    def until(self) -> int | None:
        """The step at which the card's own training ends; None while it does not train."""
        return self.card.to if self.beat == TRAIN else None


@dataclass(frozen=True, eq=False)
class State:
    """What is on the screen: everything another panel, the file, undo or the projector needs, and no more."""

    experiment: Experiment
    frame: Frame  # its shapes always fit the experiment
    history: History
    playhead: int = 0  # the step that is asked for; the frame follows
    furthest: int = 0  # the last step that was reached: the timeline's end
    playing: bool = False
    speed: float = FIRST_SPEED  # steps a second, or FASTEST
    past: tuple[Change, ...] = ()
    future: tuple[Change, ...] = ()
    view: str = "both"
    probe: tuple[float, ...] = (1.0, 0.0)  # a coordinate each; `readings.probe` adds those that are missing
    axes: tuple[int, int] = (0, 1)  # the coordinates that the plane shows, across and up
    selected: UnitId | None = None
    opened: str | None = None  # the instrument in the column, or the tab
    filled: str | None = None  # the panel that fills the window
    apart: tuple[str, ...] = ()  # the instruments that stand in windows of their own
    log_loss: bool = False
    regions: bool = False  # the surfaces are cut into their straight pieces
    fused: float = 0.0  # how far affine twins are fused into one layer, 0 to 1
    test_points: bool = False  # they are shown on the surfaces
    discretized: bool = False  # the surfaces show which class alone, not how sure
    brush: float | None = None  # the next own point's class or number, while points are edited
    hidden_rows: tuple[str, ...] = ()  # settings that a link keeps out of sight
    walk: int | None = None  # the moment of the walk through one training step, when there is one
    side: Frame | None = None  # the side experiment that an open instrument trains along (see `sides`)
    theme: str = "light"
    text_size: int = 0  # steps up or down from the layout's own
    reduced_motion: bool = False
    settled_once: bool = False  # a run stops by itself once, at its first settling
    hints: frozenset[str] | None = None  # hints already followed; None: not a first start
    message: str = ""  # one sentence, when something was refused
    file: Stored | None = None  # the file that Save writes
    bookmarks: tuple[int, ...] = ()  # steps, ascending; beyond the run's end they wait
    milestones: tuple[Milestone, ...] = ()
    ghost: History | None = None  # the run that the last change in its middle cut short
    reading: Reading | None = None  # a lesson, while it lasts
    aside: "State | None" = None  # a person's own screen meanwhile: it comes back at the lesson's end
    presenting: bool = False  # the screen is for a hall
    black: bool = False  # and dark for a moment

    @property
    def step(self) -> int:
        """The step of the frame that is shown."""
        return self.frame.step

    @property
    def epoch(self) -> float:
        """The epoch of the frame that is shown."""
        return self.frame.step / epoch_steps(self.experiment)


def races(state: State) -> bool:
    """Whether it trains as fast as it goes: frames follow each other as fast as they can be drawn."""
    return state.playing and state.speed == FASTEST


def opening(experiment: Experiment, first_start: bool = False) -> State:
    """The state in which an experiment opens: at its start, nothing selected."""
    return State(experiment, *beginning(experiment), hints=frozenset() if first_start else None)


def beginning(experiment: Experiment) -> tuple[Frame, History]:
    """The frame at step 0, and the history with that one row."""
    frame = start(experiment)
    return frame, History(len(frame.states), frame.losses.every).extended(frame.losses)
