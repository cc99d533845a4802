"""Experiments and states that the session's tests share."""

from hypothesis import strategies as st

from netviz.core.activations import ACTIVATIONS
from netviz.session.experiment import Experiment, LiveEdit, check, with_edit
from netviz.session.fields import FIELDS, Settings
from netviz.session.kinds import Choice, Number, OneOrMore, Seed, Several, Sizes, Switch, Tested, Whole
from netviz.session.presets import PRESETS
from netviz.session.runs import state_at
from netviz.session.state import State

XOR = PRESETS["xor"].experiment
IDENTITY = (("activation", "identity"),)


def experiment(own=((), IDENTITY), **base) -> Experiment:
    """Drawn from the seed, two hidden ReLU units beside identity, unless said otherwise."""
    return Experiment(Settings(**base), own)


def trained(step: int, **base) -> State:
    return state_at(experiment(**base), step)


def edited(start: Experiment, *edits: tuple) -> Experiment:
    for step, key, value, twin in edits:
        start = with_edit(start, step, key, value, twin)
    return start


NUMBERS = st.floats(-1e6, 1e6, allow_nan=False)


def values(kind) -> st.SearchStrategy:
    """All that a kind of setting may hold."""
    match kind:
        case Number(low, high, above, _):
            return st.floats(max(low, -1e6), min(high, 1e6), exclude_min=above).map(lambda x: x + 0.0)
        case Whole(low, high):
            return st.integers(low, high)
        case Seed(high):
            return st.integers(0, high) | st.text(max_size=8).map(lambda text: f"playground:{text}")
        case Switch():
            return st.booleans()
        case Choice(table, _):
            return st.sampled_from(sorted(table))
        case OneOrMore(item):
            return values(item)
        case Several(item):
            return st.sets(values(item), min_size=1).map(lambda names: kind.check(sorted(names)))
        case Sizes(layers, units):
            return st.lists(st.integers(1, units), max_size=layers).map(tuple)
        case Tested():
            return st.just(kind.check(())) if kind is FIELDS["frozen"].kind else st.just(None)
    raise AssertionError(kind)


def settings_of(keys) -> st.SearchStrategy:
    drawn = {key: values(FIELDS[key].kind) for key in keys if key not in ("curve", "own", "weights")}
    return st.fixed_dictionaries({}, optional=drawn)


def _own(chosen: dict) -> tuple:
    return tuple((key, chosen[key]) for key in FIELDS if key in chosen)


LIVE = [key for key, row in FIELDS.items() if row.live and key != "curve"]
EDITS = st.lists(
    st.tuples(st.integers(1, 10**6), st.sampled_from([None, 0]), st.sampled_from(LIVE)).flatmap(
        lambda where: values(FIELDS[where[2]].kind).map(lambda value: LiveEdit(*where, value))
    ),
    max_size=4,
)


def _fits(experiment: Experiment) -> bool:
    try:
        check(experiment)
    except ValueError:
        return False
    return True


EXPERIMENTS = st.builds(
    lambda base, own, edits: Experiment(
        Settings(**base), tuple(_own(each) for each in own), tuple(sorted(edits, key=lambda edit: edit.step))
    ),
    settings_of(FIELDS),
    st.lists(settings_of(FIELDS), min_size=1, max_size=2),
    EDITS,
).filter(_fits)
TRAINABLE = [name for name, row in ACTIVATIONS.items() if row.trainable]
