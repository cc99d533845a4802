"""XOR by hand: nine numbers to be set by a person, and Goodfellow's way to set them, step by step."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from netviz.core.network import Array
from netviz.core.stalls import GOAL
from netviz.session import selectors
from netviz.session.experiment import sizes
from netviz.session.instruments.proofs import plain, proof
from netviz.session.kinds import Value
from netviz.session.state import State, UnitId
from netviz.session.text import shown

Nine = tuple[float, ...]  # unit by unit, h₁, h₂, ŷ: the weights of what comes in, then the bias
MOST, SNAP = 2.0, 0.05  # the sliders' ends and steps
ENOUGH = 20  # tries, after which the proof is offered
NETWORK = (2, 2, 1)


class Lesson(NamedTuple):
    """One step of the shown solution: what to say, and all nine numbers after it."""

    text: str
    numbers: Nine


# Deep Learning, section 6.1: W = [[1, 1], [1, 1]], c = (0, −1), w = (1, −2), b = 0.
LESSONS = (
    Lesson("Both hidden units add the inputs: weights 1, biases 0.", (1, 1, 0, 1, 1, 0, 0, 0, 0)),
    Lesson("h₂ starts one later: its bias is −1.", (1, 1, 0, 1, 1, -1, 0, 0, 0)),
    Lesson("The output takes h₁ once. Only 11 is wrong: it answers 2.", (1, 1, 0, 1, 1, -1, 1, 0, 0)),
    Lesson("It takes h₂ off twice: 0, 1, 1, 0, exactly.", (1, 1, 0, 1, 1, -1, 1, -2, 0)),
)
SOURCE = "Goodfellow et al., Deep Learning, 6.1."


def fits(state: State) -> bool:
    """Whether there are nine numbers to set: two inputs, two hidden units, one output, on the corners."""
    twins = state.experiment.twins
    return selectors.on_corners(state) and all(
        sizes(twin) == NETWORK and twin.features == ("x", "y") for twin in twins
    )


def numbers(state: State, twin: int) -> Nine:
    """A twin's nine numbers."""
    return tuple(selectors.params(state, twin).flat.tolist())


def as_weights(nine: Nine) -> Value:
    """The nine numbers as the setting `weights` has them: ((weights, ...), (biases, ...))."""
    rows: Array = np.array(nine).reshape(3, 3)
    hidden, output = rows[:2], rows[2:]
    weights, biases = (hidden[:, :2], output[:, :2]), (hidden[:, 2], output[:, 2])
    matrices = tuple(tuple(map(tuple, one.tolist())) for one in weights)
    return matrices, tuple(tuple(one.tolist()) for one in biases)


def names(state: State, twin: int) -> tuple[str, ...]:
    """What the nine numbers are called: x₁→h₁, ..., bias ŷ."""
    found = []
    for layer, index in ((1, 0), (1, 1), (2, 0)):
        unit = selectors.unit_name(state, UnitId(twin, layer, index))
        below = [selectors.unit_name(state, UnitId(twin, layer - 1, i)) for i in range(2)]
        found += [*(f"{name}→{unit}" for name in below), f"bias\u2009{unit}"]
    return tuple(found)


def first_choice(state: State) -> int:
    """The twin to begin with: the one that cannot, where it is shown."""
    shown_twins = selectors.visible_twins(state)
    return next((twin for twin in shown_twins if selectors.is_affine(state, twin)), shown_twins[0])


def impossible(state: State, twin: int) -> bool:
    """Whether nine numbers cannot put all four answers on the right side: flat, and no line separates."""
    found = proof(state)
    return selectors.is_affine(state, twin) and found is not None and found.kind == "none"


def tries(state: State) -> int:
    """How often the starting numbers were changed; a whole drag is one try."""
    starts = [change.experiment.base.weights for change in state.past] + [state.experiment.base.weights]
    return sum(before != after for before, after in pairwise(starts))


def can_show(state: State, twin: int) -> bool:
    """Whether the shown solution solves it: XOR, with ReLU and nothing else that bends."""
    settings = selectors.settings(state, twin)
    relu = (settings.activation, settings.dial) == ("relu", 1.0) and plain(state, twin)
    return relu and selectors.targets(state, twin).tolist() == [0, 1, 1, 0]


def lesson(nine: Nine) -> int | None:
    """Which step of the shown solution stands there now, if one does."""
    return next((i for i, step in enumerate(LESSONS) if step.numbers == nine), None)


def lit(state: State, twin: int) -> int:
    """How many of the four lamps are lit: answers on the right side of one half."""
    return selectors.answers(state, twin).count("right")


def told(state: State, twin: int) -> str:
    """What there is to do, and how far it has come."""
    score, loss = lit(state, twin), selectors.loss(state, twin)
    if not selectors.is_affine(state, twin):
        bends = f"h₁ and h₂ bend ({selectors.activation_label(state, twin)})"
        if loss < GOAL:
            return f"Done: all four lamps are lit and the loss is below {GOAL:g}. {bends}."
        return f"{bends}: light all four lamps. {score} of 4 lit, loss {shown(loss, 3)}."
    if impossible(state, twin):
        return f"Light all four lamps without a bend. {score} of 4 lit, loss {shown(loss, 3)}."
    done = "Done: " if score == 4 else "No bend needed here: light all four lamps. "
    return f"{done}{score} of 4 lit, loss {shown(loss, 3)}."
