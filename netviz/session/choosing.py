"""Choosing a problem by hand: it brings the loss and the learning rate that suit it."""

from netviz.core.datasets import DATASETS, Dataset
from netviz.session.experiment import Experiment, check, place, with_value
from netviz.session.fitting import misfit

RATE, LOSS = "learning_rate", "loss"
SLOPES = ("sgd", "momentum", "nesterov")  # their steps are as long as the slope is steep


def chosen(experiment: Experiment, name: str) -> Experiment:
    """The experiment with another problem.

    From one kind of problem to another (corners, clouds of classes, numbers, curves) the loss and the
    learning rate change along: cross-entropy on clouds and a rate that neither creeps nor diverges. Within a
    kind they stay as they are. ValueError if there is no such problem.
    """
    before = DATASETS[experiment.base.dataset]
    changed, row = with_value(experiment, "dataset", name), DATASETS[name]
    if _sort(before) == _sort(row):
        return changed
    if _fits(suited := place(changed, LOSS, row.loss, None)):
        changed = suited
    if changed.base.optimizer in SLOPES:
        changed = place(changed, RATE, row.rate, None)
    check(changed)
    return changed


def _sort(row: Dataset) -> tuple[object, ...]:
    """What problems must share for one loss and one rate to suit them all."""
    corners = row.name == "xor" or row.name.startswith("gate")
    return row.kind, row.inputs, corners


def _fits(experiment: Experiment) -> bool:
    return all(misfit(settings) is None for settings in experiment.twins)
