"""Side experiments: what an open instrument trains along with the twins, to the same step."""

from dataclasses import replace
from functools import lru_cache

from netviz.session.engine import Frame, Request, advance, start
from netviz.session.experiment import Experiment
from netviz.session.state import State

DIALS = (0.0, 0.25, 0.5, 0.75, 1.0)


def side_experiment(state: State) -> Experiment | None:
    """The experiment that the open instrument asks for beside the main one, if it asks for any."""
    return _dials(state.experiment.at(0)) if "dial" in (state.opened, state.filled, *state.apart) else None


@lru_cache(maxsize=4)
def _dials(experiment: Experiment) -> Experiment:
    """The first twin once for each setting of the nonlinearity dial."""
    first = dict(experiment.own[0])
    own = tuple(tuple(sorted((first | {"dial": dial}).items())) for dial in DIALS)
    return replace(experiment, own=own)


def side_request(state: State, seconds: float) -> Request | None:
    """What is still to be trained of the side experiment, for it to stand at the step that is shown."""
    wanted = side_experiment(state)
    if wanted is None:
        return None
    side = state.side if state.side and state.side.experiment == wanted else None
    if side and side.step == state.step:
        return None
    begin = side if side and side.step < state.step else start(wanted)
    return Request(wanted, begin.states, until=state.step, seconds=seconds)


def side_frame(state: State) -> Frame | None:
    """What the dials have learned: trained along where the dial is open, trained here in a picture of it.

    None while the first answer is under way.
    """
    wanted = _dials(state.experiment.at(0))
    if side_experiment(state) is None:
        return _trained(wanted, state.step)
    return state.side if state.side and state.side.experiment == wanted else None


@lru_cache(maxsize=2)
def _trained(wanted: Experiment, step: int) -> Frame:
    return advance(Request(wanted, start(wanted).states, until=step))
