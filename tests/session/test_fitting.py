"""Settings that fit together: what a problem and a loss bring along, and what is refused in one sentence."""

import pytest

from netviz.core.datasets import DATASETS
from netviz.core.losses import LOSSES
from netviz.session import report
from netviz.session.actions import SetField, Undo
from netviz.session.experiment import check, place, sizes, with_value
from netviz.session.fields import Settings
from netviz.session.fitting import misfit
from netviz.session.presets import PRESETS
from netviz.session.runs import state_at
from netviz.session.sources import experiment_from
from netviz.session.state import opening
from netviz.session.store import reduce
from tests.session.made import IDENTITY, XOR, experiment

FITTING = {
    "classes": {"mse", "half_mse", "bce", "cross_entropy"},
    "many": {"mse", "half_mse", "cross_entropy"},
    "numbers": {"mse", "half_mse"},
}


@pytest.mark.parametrize("name", ["xor", "circle", "blobs:5", "plane", "sine"])
@pytest.mark.parametrize("loss", LOSSES)
def test_a_loss_fits_the_kind_of_problem(name, loss):
    features = ("x",) if DATASETS[name].inputs == 1 else ("x", "y")
    found = misfit(Settings(dataset=name, loss=loss, features=features))
    assert (found is None) == (loss in FITTING[DATASETS[name].kind])


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        (
            {"dataset": "blobs", "loss": "bce"},
            "key 'loss': expected another loss, as binary cross-entropy needs two classes",
        ),
        (
            {"dataset": "plane", "loss": "cross_entropy"},
            "key 'loss': expected another loss, as cross-entropy needs classes",
        ),
        (
            {"loss": "bce", "output_activation": "tanh"},
            "key 'output_activation': expected identity, as binary cross-entropy takes the sum itself",
        ),
        (
            {"dataset": "circle", "loss": "bce", "seed": "playground:1"},
            "key 'loss': expected another loss, as binary cross-entropy needs answers of 0 and 1, "
            "not −1 and 1",
        ),
        (
            {"dataset": "sine"},
            "key 'features': expected some of x, x2, sin_x, cos_x, as a curve has one input",
        ),
    ],
)
def test_what_does_not_fit_is_refused_in_one_sentence(settings, sentence):
    with pytest.raises(ValueError, match=f"^{sentence}$"):
        check(experiment(**settings))


def test_layers_end_in_as_many_outputs_as_there_are_classes():
    assert sizes(Settings(dataset="blobs:6", hidden=(8, 4))) == (2, 8, 4, 6)
    assert sizes(Settings(dataset="cubic", features=("x", "x2"))) == (2, 2, 1)


ALONG = [  # before, the new problem, and what it brings
    ({"dataset": "circle", "loss": "bce"}, "blobs:4", {"loss": "cross_entropy"}),
    ({"dataset": "blobs", "loss": "cross_entropy"}, "moons", {"loss": "bce"}),
    ({"dataset": "blobs", "loss": "cross_entropy"}, "xor", {"loss": "mse"}),
    ({"dataset": "circle", "loss": "bce"}, "sine", {"loss": "mse", "features": ("x",)}),
    ({"dataset": "sine", "features": ("x", "x2")}, "cubic", {"features": ("x", "x2")}),
    ({"dataset": "sine", "features": ("x", "x2")}, "plane", {"features": ("x", "y")}),
    ({"dataset": "circle", "loss": "bce"}, "gate:0001", {"loss": "bce"}),
    ({"dataset": "blobs", "loss": "cross_entropy", "seed": "playground:1"}, "circle", {"loss": "mse"}),
    ({"dataset": "circle", "loss": "cross_entropy"}, "moons", {"loss": "bce"}),
    ({"output_activation": "tanh"}, "blobs", {"loss": "mse", "output_activation": "tanh"}),
]


@pytest.mark.parametrize(("before", "dataset", "brought"), ALONG)
def test_a_problem_brings_along_what_it_needs(before, dataset, brought):
    changed = with_value(experiment(**before), "dataset", dataset).base
    assert {key: getattr(changed, key) for key in brought} == brought


def test_a_seed_of_playgrounds_brings_the_loss_that_fits_its_data():
    circle = experiment(dataset="circle", loss="bce")
    assert with_value(circle, "seed", "playground:0.66230").base.loss == "half_mse"
    assert with_value(circle, "seed", 7).base.loss == "bce"
    assert with_value(experiment(loss="bce"), "seed", "playground:0.5").base.loss == "bce"  # corners stay


def test_cross_entropy_of_two_classes_is_the_binary_one():
    two = [experiment(dataset="circle", hidden=(3,), loss=loss) for loss in ("bce", "cross_entropy")]
    binary, softmax = (state_at(one, 20) for one in two)
    assert report.final(binary) == report.final(softmax)
    assert binary.history.at(20)[0] < binary.history.at(0)[0]


def test_a_loss_of_sums_brings_a_linear_output():
    bent = experiment(output_activation="tanh")
    assert with_value(bent, "loss", "bce").base.output_activation == "identity"
    assert with_value(bent, "loss", "half_mse").base.output_activation == "tanh"


def test_given_weights_go_where_they_no_longer_fit():
    assert with_value(XOR, "dataset", "circle").base.weights == XOR.base.weights
    assert with_value(XOR, "dataset", "blobs").base.weights is None
    assert with_value(XOR, "dataset", "sine").base.weights is None


def test_what_a_twin_has_of_its_own_is_brought_along_too():
    own = (("loss", "bce"), ("weights", XOR.base.weights))
    changed = with_value(experiment(own=((), (*IDENTITY, *own))), "dataset", "blobs:4")
    assert [twin.loss for twin in changed.twins] == ["mse", "cross_entropy"]
    assert changed.own[1] == (*IDENTITY, ("loss", "cross_entropy"), ("weights", None))
    assert place(experiment(), "loss", "bce", 1).own[1] == (*IDENTITY, ("loss", "bce"))


def test_one_undo_takes_a_problem_back_with_all_that_it_brought():
    before = opening(PRESETS["circle"].experiment)
    after = reduce(before, SetField("dataset", "blobs:4"))
    assert (after.experiment.base.loss, after.message) == ("cross_entropy", "")
    assert after.past[-1].label == "problem Circle to 4 blobs"
    assert reduce(after, Undo()).experiment == before.experiment


def test_settings_of_one_command_are_judged_together_in_any_order():
    one, other = (
        experiment_from("xor", values)
        for values in (
            ["features=x,x2", "loss=mse", "dataset=sine"],
            ["dataset=sine", "loss=mse", "features=x,x2"],
        )
    )
    assert one == other
    assert one.base.features == ("x", "x2")
    with pytest.raises(ValueError, match="takes the sum itself"):
        experiment_from("xor", ["output_activation=tanh", "loss=bce"])
