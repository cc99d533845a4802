"""What a person can want, each as a frozen value; `reduce` in `store` says what becomes of it."""

from typing import NamedTuple

from netviz.core.own import Own
from netviz.session.cards import Lesson
from netviz.session.document import Document
from netviz.session.engine import Frame
from netviz.session.experiment import Experiment
from netviz.session.kinds import Value
from netviz.session.state import Stored, UnitId


class Train(NamedTuple):
    """Train on."""


class Pause(NamedTuple):
    """Stop training where it is."""


class Step(NamedTuple):
    """Go some steps on (trained where needed) or back."""

    steps: int = 1


class Scrub(NamedTuple):
    """Show a step of the run."""

    step: int


class ToEnd(NamedTuple):
    """Show the furthest step of the run."""


class Reset(NamedTuple):
    """Back to step 0 of the same start, forgetting the run."""


class NewStart(NamedTuple):
    """Another seed: other starting weights."""


class SetField(NamedTuple):
    """Change a setting, of one twin or of the experiment."""

    key: str
    value: Value
    twin: int | None = None
    same_gesture: bool = False  # goes on with the change before it: one undo takes both back


class Choose(NamedTuple):
    """Choose a problem, and along with it the loss and the learning rate that suit another kind."""

    name: str


class SetTarget(NamedTuple):
    """Change what a corner should be: another gate."""

    corner: int  # in the order 00, 01, 10, 11
    target: int  # 0 or 1


class Open(NamedTuple):
    """Open an experiment that is in no file; the one before can be had back by undo."""

    experiment: Experiment
    label: str = "open"


class OpenDocument(NamedTuple):
    """Open a document as it was left; the experiment before can be had back by undo."""

    document: Document
    file: Stored | None = None  # the file it came from, and what stands in there
    label: str = "open"


class Saved(NamedTuple):
    """A document stands in a file now."""

    file: Stored


class Bookmark(NamedTuple):
    """Put a bookmark at the step that is shown, or take it away."""


class ToMark(NamedTuple):
    """Show the next event or bookmark of the run, or the one before."""

    direction: int = 1


class Tell(NamedTuple):
    """Show a sentence."""

    sentence: str


class Undo(NamedTuple):
    """Take the last change back."""


class Redo(NamedTuple):
    """Make the change again."""


class SetSpeed(NamedTuple):
    """Steps a second, or FASTEST."""

    speed: float


class SetView(NamedTuple):
    """Show both twins, or one: a key of VIEWS."""

    view: str


class MoveProbe(NamedTuple):
    """Put the probe point somewhere in the plane, or on a point with all its coordinates."""

    x: float
    y: float
    whole: tuple[float, ...] = ()  # where the plane shows but two of them


class SetAxes(NamedTuple):
    """Let the plane show two other coordinates."""

    across: int  # from 0
    up: int


class Select(NamedTuple):
    """Select a unit for the other panels, or none."""

    unit: UnitId | None


class OpenPanel(NamedTuple):
    """Open an instrument in its place, or close it."""

    name: str | None


class FillWindow(NamedTuple):
    """Let a panel fill the window, or end that."""

    name: str | None


class MoveApart(NamedTuple):
    """Give an instrument a window of its own, for a second screen."""

    name: str


class MoveBack(NamedTuple):
    """Bring an instrument back from its own window into its place."""

    name: str


class Escape(NamedTuple):
    """One level back: message, filled window, open instrument, selection."""


class SetRegions(NamedTuple):
    """Cut the surfaces into the regions of their straight pieces."""

    on: bool


class SetFused(NamedTuple):
    """Fuse the layers of affine twins into one, a share of the way."""

    share: float  # 0 to 1
    since: float | None = None  # goes on from this share: where another has taken its place, nothing changes


class SetTestPoints(NamedTuple):
    """Show the test points on the surfaces."""

    on: bool


class SetDiscretized(NamedTuple):
    """Show on the surfaces which class alone, not how sure."""

    on: bool


class EditPoints(NamedTuple):
    """Let the surfaces' points be put, dragged and erased; at the first change they become own points."""

    on: bool


class SetBrush(NamedTuple):
    """Which class, from 0, or which number the next own point has."""

    brush: float


class SetOwn(NamedTuple):
    """Change the own points."""

    points: Own
    label: str  # for undo: "add a point"
    same_gesture: bool = False


class ShowHidden(NamedTuple):
    """Bring the settings back that a link keeps out of sight."""


class Walk(NamedTuple):
    """Show one moment of the walk through a training step (see `walk`), or leave it."""

    moment: int | None


class SetLogLoss(NamedTuple):
    """Show the loss on a logarithmic scale."""

    on: bool


class SetTheme(NamedTuple):
    """Change the theme: a key of THEMES."""

    theme: str


class SetTextSize(NamedTuple):
    """Larger or smaller text, in steps from the layout's own size."""

    size: int


class SetReducedMotion(NamedTuple):
    """Show end states instead of motion."""

    on: bool


class StartLesson(NamedTuple):
    """Begin a lesson; a person's own screen is put aside until its end."""

    lesson: Lesson
    card: int = 0


class ToCard(NamedTuple):
    """Show a card of the lesson, from 0, as it begins: also the one that is shown already."""

    card: int


class Turn(NamedTuple):
    """Go one beat of the lesson on, or one back: from card to card."""

    direction: int = 1


class Predict(NamedTuple):
    """Predict what the card will show: a choice of its question, from 0."""

    choice: int


class LeaveLesson(NamedTuple):
    """End the lesson; a person's own screen comes back."""


class Present(NamedTuple):
    """Show the lesson, or the two networks, for a hall; or end that."""

    on: bool


class SetBlack(NamedTuple):
    """While presenting, turn the screen black, or back."""

    on: bool


class FrameArrived(NamedTuple):
    """The worker's answer."""

    frame: Frame


class Failed(NamedTuple):
    """Something could not be done; the sentence says what."""

    sentence: str


Action = (
    Train | Pause | Step | Scrub | ToEnd | ToMark | Bookmark | Reset | NewStart | SetField | SetTarget
    | Choose | Open | OpenDocument | Saved | Undo | Redo | SetSpeed | SetView | MoveProbe | Select | OpenPanel
    | FillWindow | MoveApart | MoveBack | Escape | SetAxes | SetRegions | SetTestPoints | SetDiscretized
    | SetFused | EditPoints | SetBrush | SetOwn | ShowHidden | Walk | SetLogLoss
    | StartLesson | ToCard | Turn | Predict | LeaveLesson | Present | SetBlack
    | SetTheme | SetTextSize | SetReducedMotion | FrameArrived | Failed | Tell
)  # fmt: skip
