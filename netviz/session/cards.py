"""A lesson's cards as values: what each shows, asks and expects."""

from typing import Annotated, Literal, NamedTuple

from msgspec import Meta, Struct, field

from netviz.session.experiment import Experiment

MOST_CARDS = 12  # a digit and Enter leads to each, and its dots stand in one row
LONGEST_RUN = 1_000_000
WITHIN = 0.01  # how far a number may be from what a card expects, unless it says otherwise
ASK, TRAIN, SHOW = "ask", "train", "show"  # the beats of a card

Line = Annotated[str, Meta(min_length=1, max_length=90)]
Heading = Annotated[str, Meta(min_length=1, max_length=60)]
Words = Annotated[str, Meta(min_length=1, max_length=16)]
Step = Annotated[int, Meta(ge=0, le=LONGEST_RUN)]


class Question(Struct, frozen=True, forbid_unknown_fields=True):
    """What is to be predicted before the card shows it; `right` counts the choices from 1."""

    ask: Heading
    choices: Annotated[tuple[Words, ...], Meta(min_length=2, max_length=4)]
    right: Annotated[int, Meta(ge=1)]


class Expected(Struct, frozen=True, forbid_unknown_fields=True):
    """What a twin must have come to at a step; a test trains every card and looks."""

    twin: int = 0
    step: Step | None = None  # where the card ends, unless said otherwise
    within: float = WITHIN
    loss: float | None = None
    floor: float | None = None
    readout: float | None = None
    bend: float | None = None
    outputs: tuple[float, ...] | None = None
    verdict: Literal["learned", "cannot", "did_not_find", "flat", "undecided", "diverged"] | None = None


class Card(Struct, frozen=True, forbid_unknown_fields=True):
    """One screen of a lesson."""

    heading: Heading
    experiment: str  # of the lesson's own, or a preset
    second: Line | None = None
    step: Step = 0  # where it opens
    to: Step | None = None  # and how far it trains, where it does
    speed: Annotated[float, Meta(gt=0, le=100_000)] | None = None  # steps a second
    show: str | None = None  # an instrument; none: the twins' networks and surfaces
    surfaces: bool = True  # beside the instrument, when presenting
    strip: bool = False  # below it the arithmetic of the selected unit, when presenting
    view: Literal["both", "with", "without"] = "both"
    probe: tuple[float, float] = (1.0, 0.0)
    select: tuple[int, int, int] | None = None  # a unit: twin, layer, place
    regions: bool = False
    question: Question | None = None
    notes: Annotated[tuple[Line, ...], Meta(max_length=3)] = ()  # how to read the picture
    hint: Line | None = field(name="try", default=None)  # what to do with it
    next: Line | None = None  # what the next card does: "press it all into one layer"
    expect: tuple[Expected, ...] = ()

    @property
    def end(self) -> int:
        """The step at which the card has shown everything."""
        return self.step if self.to is None else self.to

    @property
    def beats(self) -> tuple[str, ...]:
        """Its moments in order: a question, the training, and what came of it."""
        asks, trains = self.question is not None, self.to is not None
        return (ASK,) * asks + (TRAIN,) * trains + (SHOW,)


class Lesson(NamedTuple):
    """A lesson with the experiment of each of its cards."""

    name: str
    title: str
    about: str
    order: int  # in the menu
    cards: tuple[Card, ...]
    experiments: tuple[Experiment, ...]  # one a card
