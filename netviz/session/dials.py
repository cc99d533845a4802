"""The nonlinearity dial: what the first twin learns from the same start at several of its settings."""

import math
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

import numpy as np

from netviz.core.activation import Activation
from netviz.core.network import Params
from netviz.core.problems import loss_of
from netviz.core.stalls import stall
from netviz.session import judging
from netviz.session.engine import Frame, epoch_steps, hidden_activations, problem
from netviz.session.fields import Settings

MARKS = {"learned": "tick", "cannot": "bar", "did_not_find": "loop", "stopped": "broken", "on_the_way": ""}
TOLD = {
    "learned": "all answers are right",
    "cannot": "it cannot",
    "did_not_find": "it did not find it",
    "stopped": "its numbers left the range",
    "on_the_way": "it is on the way",
}


class Copy(NamedTuple):
    """What the twin has become at one setting of its dial."""

    settings: Settings
    params: Params
    loss: float
    kind: str  # a key of MARKS and TOLD


def whole(settings: Settings) -> tuple[Activation, ...]:
    """The hidden layers' activations, wherever the dial stands."""
    return hidden_activations(replace(settings, dial=1.0))


def bending(settings: Settings) -> int | None:
    """The first hidden layer, counted from 0, that has something to dial; None if all are straight lines."""
    return next((layer for layer, row in enumerate(whole(settings)) if not row.affine), None)


def label(settings: Settings) -> str:
    """The activation as people say it, wherever its dial stands: ReLU."""
    return ", ".join(dict.fromkeys(row.label for row in whole(settings))) or "no hidden layer"


def copies(frame: Frame) -> tuple[Copy, ...]:
    """What stands in a frame of the side experiment (see `sides`), from dial 0 to dial 1."""
    return tuple(copy(frame, number) for number in range(len(frame.states)))


@np.errstate(all="ignore")
def copy(frame: Frame, number: int) -> Copy:
    """One of them."""
    settings = frame.experiment.twins_at(frame.step)[number]
    params, stopped = frame.states[number].params, frame.states[number].stopped
    what = problem(settings)
    loss = loss_of(what, params)
    if stopped or not math.isfinite(loss):
        return Copy(settings, params, loss, "stopped")
    if judging.learned(settings, params):
        return Copy(settings, params, loss, "learned")
    found = stall(what.network, params, what.x, what.y, what.loss, judging.goal(settings))
    kind = "on_the_way" if found is None else "cannot" if found.kind == "cannot" else "did_not_find"
    return Copy(settings, params, loss, kind)


def told(found: tuple[Copy, ...]) -> str:
    """At 0 % it cannot; from 25 % on all answers are right."""
    if {copy.kind for copy in found} == {"on_the_way"}:
        return "All of them are on the way."
    parts, end = [], found[-1].settings.dial
    for kind, same in groupby(found, key=lambda copy: copy.kind):
        dials = [copy.settings.dial for copy in same]
        low, high = percent(dials[0]), percent(dials[-1])
        several = f"from {low} on" if dials[-1] == end else f"from {low} to {high}"
        parts.append(f"{several if len(dials) > 1 else f'at {low}'} {TOLD[kind]}")
    sentence = "; ".join(parts)
    return f"{sentence[:1].upper()}{sentence[1:]}."


def percent(dial: float) -> str:
    """A dial as people read it: 25 %."""
    return f"{100 * dial:.0f} %"


def epoch(frame: Frame) -> int:
    """The epoch that a side experiment has reached."""
    return frame.step // epoch_steps(frame.experiment)
