"""What is trained: an immutable value with its twins, its settings and the edits made along the way."""

import re
import sys
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from netviz.session.fields import FIELDS, Settings, field_of
from netviz.session.fitting import brought, misfit, sizes
from netviz.session.kinds import Value
from netviz.session.parameters import BIAS, Parameter, misplaced, parameter
from netviz.session.starts import with_number

__all__ = [
    "FOREVER", "TWIN_KEY", "Experiment", "LiveEdit", "check", "common_steps", "differences", "place", "sizes",
    "with_edit", "with_value",
]  # fmt: skip

Own = tuple[tuple[str, Value], ...]  # what one twin has for itself, in the order of FIELDS
FOREVER = sys.maxsize
MOST_EDITS = 10_000
RESTARTS = ("hidden", "features", "initializer", "seed")  # setting one of these clears given weights
BRINGING = ("csv", "dataset", "loss", "hidden", "features", "seed")  # setting one changes others along
TWIN_KEY = re.compile(r"twins\[(\d{1,2})\]\.(.+)", re.DOTALL)


class LiveEdit(NamedTuple):
    """A setting changed in the middle of a run, which holds from `step` on; or a weight or bias set there."""

    step: int
    twin: int | None  # None: the first twin, and those that have no value of their own; for a number all
    key: str
    value: Value


@dataclass(frozen=True)
class Experiment:
    """What is trained. The first twin's settings are `base` with its own; so are the others'."""

    base: Settings = field(default_factory=Settings)
    own: tuple[Own, ...] = ((), (("activation", "identity"),))
    edits: tuple[LiveEdit, ...] = ()

    @cached_property
    def twins(self) -> tuple[Settings, ...]:
        """Each twin's settings at the start."""
        return tuple(replace(self.base, **dict(own)) for own in self.own)

    def twins_at(self, step: int) -> tuple[Settings, ...]:
        """Each twin's settings for the step that follows `step`."""
        return self.at(step).twins

    def at(self, step: int) -> "Experiment":
        """The experiment as its edits up to `step` have made it; it has none itself."""
        return self.stages[bisect_right(self.edits, step, key=lambda edit: edit.step)]

    @cached_property
    def stages(self) -> tuple["Experiment", ...]:
        """What the edits make of it, one after the other; the first stage is the start."""
        stages = [replace(self, edits=()) if self.edits else self]
        for edit in self.edits:
            number = parameter(edit.key) is not None  # it changes where the twins stand, not their settings
            stages.append(stages[-1] if number else place(stages[-1], edit.key, edit.value, edit.twin))
        return tuple(stages)

    def __hash__(self) -> int:
        """Hash once: every look-up of a prepared trainer asks for it."""
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.base, self.own, self.edits))


def with_value(experiment: Experiment, key: str, value: Value, twin: int | None = None) -> Experiment:
    """Set one setting from the start on; ValueError says what is wrong with it.

    Without a twin it changes the first one and every twin that has no value of its own.
    """
    changed = place(experiment, key, field_of(key).kind.check(value), twin)
    check(changed)
    return changed


def with_edit(
    experiment: Experiment, step: int, key: str, value: Value, twin: int | None = None
) -> Experiment:
    """Set a live setting from `step` on; edits that came later are given up."""
    if step == 0:
        return with_value(replace(experiment, edits=()), key, value, twin)
    edit = LiveEdit(step, twin, key, field_of(key).kind.check(value))
    kept = (e for e in experiment.edits if e.step < step or (e.step == step and e[1:3] != edit[1:3]))
    changed = replace(experiment, edits=(*kept, edit))
    if len(changed.edits) > MOST_EDITS:
        raise ValueError(f"a run has at most {MOST_EDITS:,} changes on its way; Reset makes room for more")
    _check_twin(experiment, twin)
    check(changed.at(step))
    wrong = _wrong_number(changed, key, twin)
    if wrong:
        raise ValueError(wrong)
    return changed


def compared(experiment: Experiment) -> Experiment:
    """The experiment beside its twin without activation, where it has only one."""
    return replace(experiment, own=(experiment.own[0], (("activation", "identity"),)))


def place(experiment: Experiment, key: str, value: Value, twin: int | None) -> Experiment:
    """Put a checked value in its place, with what it brings along; see `with_value` and `fitting`."""
    _check_twin(experiment, twin)
    at = parameter(key)
    if at is not None:
        return _with_start(experiment, at, value, twin)
    values = {key: value} | ({"weights": None} if key in RESTARTS else {})
    own = list(experiment.own)
    changed = 0 if twin is None else twin
    others = {k: v for k, v in own[changed] if k not in values}
    own[changed] = _sorted_own(others if twin is None else others | values)
    base = replace(experiment.base, **values) if twin is None else experiment.base
    placed = replace(experiment, base=base, own=tuple(own))
    return _fitting(placed, experiment, key) if key in BRINGING else placed


def _check_twin(experiment: Experiment, twin: int | None) -> None:
    if twin is not None and not 0 <= twin < len(experiment.own):
        raise ValueError(f"no such twin; there are {len(experiment.own)}")


def _with_start(experiment: Experiment, at: Parameter, value: float, twin: int | None) -> Experiment:
    """Set one number of the start, of one twin or of all; equal starts stay the twins' shared one."""
    check(experiment)
    wrong = _wrong_number(experiment, at.key, twin)
    if wrong:
        raise ValueError(wrong)
    changed = range(len(experiment.own)) if twin is None else (twin,)
    starts = {one: with_number(experiment.twins[one], at, value) for one in changed}
    if twin is None and len(set(starts.values())) == 1:
        own = tuple(tuple(pair for pair in values if pair[0] != "weights") for values in experiment.own)
        return replace(experiment, base=replace(experiment.base, weights=starts[0]), own=own)
    for one, weights in starts.items():
        experiment = place(experiment, "weights", weights, one)
    return experiment


def _wrong_number(experiment: Experiment, key: str, twin: int | None) -> str:
    """What is wrong with a single number for the twins it is set in; empty for what is none."""
    at, asked = parameter(key), experiment.twins if twin is None else (experiment.twins[twin],)
    if at is None:
        return ""
    if at.source == BIAS and not all(settings.bias for settings in asked):
        return "the biases are switched off"
    return next((wrong for settings in asked if (wrong := misplaced(key, sizes(settings)))), "")


def _fitting(changed: Experiment, before: Experiment, key: str) -> Experiment:
    """The experiment with what a new problem or loss brings along, in what the twins share and have."""
    base = replace(changed.base, **brought(changed.base, before.base, key))
    own = []
    for values, old in zip(changed.own, before.twins, strict=True):
        more = brought(replace(base, **dict(values)), old, key)
        own.append(_sorted_own(dict(values) | more))
    return replace(changed, base=base, own=tuple(own))


def _sorted_own(values: dict[str, Value]) -> Own:
    return tuple((key, values[key]) for key in FIELDS if key in values)


def check(experiment: Experiment) -> None:
    """What only several settings together can say, at every stage of the run; ValueError names the key."""
    for i, stage in enumerate(experiment.stages):
        edit = f"edits[{i - 1}]: " if i else ""
        for twin, settings in enumerate(stage.twins):
            found = misfit(settings)
            if found:
                key = f"{f'twins[{twin}].' if twin else ''}{found[0]}"
                raise ValueError(f"{edit}key '{key}': {found[1]}")
    for i, one in enumerate(experiment.edits):
        wrong = _wrong_number(experiment, one.key, one.twin)
        if wrong:
            raise ValueError(f"edits[{i}]: key '{one.key}': {wrong}")


def common_steps(a: Experiment, b: Experiment) -> int:
    """How many steps of `a` and `b` are the same: 0 a restart, FOREVER the same experiment."""
    if a.twins != b.twins or (a.edits + b.edits and a.own != b.own):
        return 0
    for one, other in zip(a.edits, b.edits, strict=False):
        if one != other:
            return min(one.step, other.step)
    longer = a.edits if len(a.edits) > len(b.edits) else b.edits
    rest = longer[min(len(a.edits), len(b.edits)) :]
    return rest[0].step if rest else FOREVER


def differences(experiment: Experiment) -> tuple[str, ...]:
    """The keys in which the twins differ, in the order of FIELDS."""
    first = experiment.twins[0]
    return tuple(
        key for key in FIELDS if any(getattr(twin, key) != getattr(first, key) for twin in experiment.twins)
    )
