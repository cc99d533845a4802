"""Playground's links: the same numbers as the plain oracle, and there and back again."""

import json
from dataclasses import replace
from math import floor

import numpy as np
import pytest

from netviz import cli
from netviz.core.points import training_count
from netviz.session import engine, selectors
from netviz.session.actions import NewStart
from netviz.session.experiment import Experiment, check, with_edit
from netviz.session.fields import FIELDS, Settings
from netviz.session.instruments.walk import moments
from netviz.session.kinds import parse
from netviz.session.playground import is_link, link, opened
from netviz.session.presets import PRESETS
from netviz.session.runs import state_at
from netviz.session.state import opening
from netviz.session.store import reduce
from tests import playground_oracle as oracle

EPOCHS = (0, 1, 10, 50)
SMALL = "percTrainData=10"  # so that the oracle is quick
LINKS = (
    "seed=0.66230",
    *(f"dataset={name}&noise=25&{SMALL}" for name in ("circle", "xor", "gauss", "spiral")),
    f"dataset=gauss&noise=70&{SMALL}",
    f"dataset=circle&noise=81&{SMALL}",
    f"dataset=xor&noise=-5&{SMALL}",
    *(f"problem=regression&regDataset={name}&noise=15&percTrainData=5" for name in oracle.VALUES),
    *(f"activation={name}&dataset=xor&{SMALL}" for name in ("relu", "tanh", "sigmoid", "linear")),
    *(f"activation={name}&problem=regression&percTrainData=4" for name in ("relu", "sigmoid", "linear")),
    *(f"regularization={kind}&regularizationRate=0.03&{SMALL}" for kind in ("none", "L1", "L2")),
    f"regularization=L1&regularizationRate=0.3&dataset=gauss&{SMALL}",  # many a weight dies
    *(f"batchSize={size}&{SMALL}" for size in (1, 7, 10, 30, 50, 51, 600, 0, 2.5, -7)),
    "batchSize=30&problem=regression&percTrainData=4&regularization=L1&regularizationRate=0.01",
    f"initZero=true&{SMALL}",
    f"initZero=true&activation=sigmoid&networkShape=3&{SMALL}",
    *(f"x=false&y=false&{name}=true&{SMALL}" for name in oracle.FEATURES),
    "&".join(f"{name}=true" for name in oracle.FEATURES) + f"&{SMALL}",
    f"x_hide=true&sinX=true&sinY=true&sinX_hide=true&{SMALL}",
    f"x_hide=yes&learningRate_hide=true&{SMALL}",
    f"networkShape=&{SMALL}",
    f"networkShape=8,8,8,8,8,8&dataset=spiral&{SMALL}",
    f"networkShape=1&learningRate=0.3&{SMALL}",
    f"activation=step&regularization=L3&dataset=moons&problem=both&regDataset=hill&{SMALL}",  # all unknown
    f"learningRate=&noise=&batchSize=&{SMALL}",  # empty ones are missing
    f"noise=10&noise=20&noise=30&{SMALL}&cosX=true&tutorial=x&&=&lonely",
    "percTrainData=29", "percTrainData=0.2", "percTrainData=33.3",
)  # fmt: skip


def seeded(text: str, number: int = 0) -> str:
    return f"#{text}" if "seed=" in text else f"#seed=0.{12345 + number}&{text}"


@pytest.mark.parametrize("text", [seeded(text, i) for i, text in enumerate(LINKS)])
def test_a_link_runs_as_it_does_in_playground(text: str):
    expected, experiment = oracle.run(text, EPOCHS), opened(text).experiment
    settings = experiment.twins[0]
    points = engine.points(settings)
    for x, y, wanted in (
        (points.x, points.y, expected.train),
        (points.test_x, points.test_y, expected.test),
    ):
        assert np.column_stack([x, y]) == pytest.approx(np.array(wanted).reshape(-1, 3), abs=1e-12)
    for mine, its in zip(engine.start_params(settings).weights, expected.weights, strict=True):
        assert mine.tolist() == its
    steps = engine.epoch_steps(experiment)
    states = [state_at(experiment, epoch * steps) for epoch in EPOCHS]
    found = [(selectors.loss(state, 0), selectors.test_loss(state, 0)) for state in states]
    assert found[0] == pytest.approx(expected.losses[0], abs=1e-9)
    assert np.array(found) == pytest.approx(np.array(expected.losses), abs=1e-6)


@pytest.mark.parametrize("percent", ["100", "150", "0", "-10", "-100", "-1e300"])
def test_any_percentage_cuts_the_points_as_playground_does(percent: str):
    text = f"#seed=0.5&percTrainData={percent}&batchSize=250"
    points = engine.points(opened(text).experiment.twins[0])
    every = oracle.data(oracle.DEFAULTS, oracle.generator("0.5"))
    cut = max(-500, floor(500 * max(-1000.0, float(percent)) / 100))  # 150 %: 750, of 500
    assert np.column_stack([points.x, points.y]).ravel() == pytest.approx(np.ravel(every[:cut]), abs=1e-12)
    assert len(points.x) + len(points.test_x) == 500


@pytest.mark.parametrize("count", [500, 1200])
def test_every_percentage_trains_on_the_points_that_playground_takes(count: int):
    problem = "classification" if count == 500 else "regression"
    for percent in (*range(101), 0.1, 33.3, 57.7, 99.99, 28.999999999):
        settings = opened(f"#seed=a&problem={problem}&percTrainData={percent}").experiment.twins[0]
        wanted = floor(count * percent / 100)
        assert training_count(settings.points, settings.train_fraction) == wanted
        again = opened(link(Experiment(settings, ((),)))).experiment.twins[0]
        assert training_count(again.points, again.train_fraction) == wanted


def told(capsys, *words: str) -> tuple[int, list[dict], str]:
    status = cli.main([*words, "--json"])
    captured = capsys.readouterr()
    return status, [json.loads(line) for line in captured.out.splitlines()], captured.err


def test_the_command_tells_both_losses_at_every_epoch(capsys):
    text = "https://playground.tensorflow.org/#seed=0.5&dataset=xor&batchSize=30&percTrainData=40"
    status, lines, _ = told(capsys, "train", text, "--epochs", "5", "--every", "1")
    assert status == 0
    assert [line["epoch"] for line in lines] == [0, 1, 2, 3, 4, 5]
    assert [line["step"] for line in lines] == [0, 6, 12, 18, 24, 30]  # 200 points: 6 batches, 20 points wait
    found = [(line["twins"][0]["train_loss"], line["twins"][0]["test_loss"]) for line in lines]
    assert np.array(found) == pytest.approx(np.array(oracle.run(text, range(6)).losses), abs=1e-9)


def test_a_batch_larger_than_the_data_never_learns(capsys):
    status, lines, _ = told(capsys, "train", "#seed=0.5&batchSize=0", "--epochs", "10", "--every", "1")
    assert status == 0
    assert [line["epoch"] for line in lines] == list(range(11))
    assert len({line["twins"][0]["train_loss"] for line in lines}) == 1
    assert moments(opening(opened("#seed=0.5&batchSize=0").experiment)) == ()


@pytest.mark.parametrize("text", ["", "&problem=regression", "&activation=linear&problem=regression"])
def test_without_training_points_there_is_no_loss(capsys, text: str):
    link = f"#seed=0.5&percTrainData=0{text}"
    status, lines, _ = told(capsys, "train", link, "--epochs", "2", "--every", "1")
    assert status == 0
    assert [line["twins"][0]["train_loss"] for line in lines] == [None] * 3
    assert len({line["twins"][0]["test_loss"] for line in lines}) == 1
    assert lines[-1]["twins"][0]["affine_floor"] is None


def test_a_run_replays_the_same_wherever_it_is_cut():
    experiment = opened(f"#seed=0.5&batchSize=7&{SMALL}&regularization=L1&regularizationRate=0.1").experiment
    whole = state_at(experiment, 50).frame.states  # 7 updates an epoch, one point carried over
    frame = engine.start(experiment)
    for step in (3, 7, 8, 20, 50):
        frame = engine.advance(engine.Request(experiment, frame.states, until=step))
    assert np.array_equal(frame.states[0].params.flat, whole[0].params.flat)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("#learningRate=fast", "Playground link: 'learningRate': expected a number, got fast"),
        ("#noise=1_0", "Playground link: 'noise': expected a number, got 1_0"),
        ("#batchSize=1e999", "Playground link: 'batchSize': expected a number, got 1e999"),
        ("#networkShape=4,,2", "Playground link: 'networkShape': expected a number, got "),
        ("#networkShape=17", "Playground link: 'networkShape': expected a whole number from 1 to 16, got 17"),
        (
            "#networkShape=2.5",
            "Playground link: 'networkShape': expected a whole number from 1 to 16, got 2.5",
        ),
        (
            "#networkShape=1,1,1,1,1,1,1,1,1",
            "Playground link: 'networkShape': expected up to 8 hidden layers, such as 8,8, got [1, 1, 1, ",
        ),
        ("#learningRate=0", "Playground link: 'learningRate': expected a number above 0, got 0.0"),
        (
            "#regularization=L1&regularizationRate=-1",
            "Playground link: 'regularizationRate': expected a number of at least 0, got -1.0",
        ),
        (
            "#x=false&y_hide=true",
            "Playground link: it has no input at all, so there is nothing to learn from",
        ),
    ],
)
def test_a_link_that_cannot_be_trained_is_refused_with_a_sentence(capsys, text: str, sentence: str):
    status, lines, err = told(capsys, "train", text)
    assert (status, lines) == (2, [])
    assert err.startswith(f"netviz: {sentence}")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "yes"),
    [
        ("https://playground.tensorflow.org/#activation=tanh", True),
        ("http://localhost:5000/#seed=1", True),
        ("playground.tensorflow.org/#seed=1", True),
        ("https://playground.tensorflow.org/", True),
        ("  #activation=relu\n", True),
        ("xor", False),
        ("#1.netviz", False),
        ("playground.netviz", False),
        ("a#b=c.netviz", False),
    ],
)
def test_a_link_is_known_by_its_form(text: str, yes: bool):
    assert is_link(text) is yes


def test_a_link_without_a_seed_gets_one_of_five_decimals_that_is_shown():
    seeds = {opened("#seed=&noise=5").experiment.base.seed for _ in range(9)}
    assert len(seeds) > 1
    assert all(len(seed) == len("playground:0.12345") for seed in seeds)
    assert opened("#seed=0.50").experiment.base.seed == "playground:0.50"


def test_a_link_says_what_the_screen_hides_and_shows():
    asked = opened(
        "#seed=1&learningRate_hide=true&playButton_hide=true&noise_hide=1&discretize=0&showTestData=no"
    )
    assert asked.hidden == {"learning_rate", "playButton"}
    assert asked.discretize
    assert asked.test_points
    plain = opened("#seed=1&discretize=false")
    assert (plain.hidden, plain.discretize, plain.test_points) == (frozenset(), False, False)


@pytest.mark.parametrize("text", [seeded(text, i) for i, text in enumerate(LINKS)])
def test_an_opened_link_is_written_as_one_that_opens_the_same(text: str):
    experiment = opened(text).experiment
    assert opened(link(experiment)).experiment == experiment


def playground(**changed) -> Experiment:
    return Experiment(replace(opened("#seed=0.5").experiment.base, **changed), ((),))


def test_all_points_at_once_are_a_batch_of_that_size():
    assert "&batchSize=250&" in link(playground(batch_size=0))
    assert engine.epoch_steps(playground(batch_size=0)) == 1


def test_what_does_not_matter_does_not_stand_in_the_way():
    assert "activation=tanh&" in link(playground(hidden=(), activation="sin"))
    assert "activation=relu&" in link(playground(activation=("relu", "relu")))
    assert link(playground(momentum=0.5, data_seed=4, stop_epochs=7)) == link(playground())


@pytest.mark.parametrize(
    ("experiment", "reason"),
    [
        (PRESETS["xor"].experiment, "it has no data called XOR"),
        (playground(points=200), "it always draws 500 points"),
        (playground(features=("x", "cos_x")), "it has no such inputs"),
        (playground(activation="gelu"), "its hidden activation is one of tanh, ReLU, sigmoid and linear"),
        (
            playground(activation=("relu", "tanh")),
            "its hidden activation is one of tanh, ReLU, sigmoid and linear",
        ),
        (playground(output_activation="identity"), "its output activation is tanh here"),
        (playground(dataset="plane", points=1200), "its output activation is identity here"),
        (playground(loss="mse"), "its loss is half the mean squared error"),
        (playground(optimizer="adam"), "its optimizer is gradient descent"),
        (playground(l1=0.1, l2=0.1), "its penalty is L1 or L2, not both"),
        (playground(initializer="uniform"), "its starting weights are its own or all zero"),
        (playground(seed=3), "its seed is a text, such as playground:0.5"),
        (playground(seed="playground:a&b"), "a link cannot hold this seed"),
        (playground(seed="playground:"), "a link cannot hold this seed"),
        (playground(dial=0.5), "it has no setting for nonlinearity"),
        (playground(decay=0.01), "it has no setting for decay"),
        (with_edit(playground(), 9, "learning_rate", 0.1), "settings were changed on the way"),
    ],
)
def test_what_playground_cannot_express_is_refused_with_the_reason(experiment: Experiment, reason: str):
    with pytest.raises(ValueError, match=f"^Playground cannot express this: {reason}$"):
        link(experiment)


def test_a_twin_that_is_not_there_has_no_link():
    with pytest.raises(ValueError, match=r"^no such twin; there are 1$"):
        link(playground(), 1)


def test_a_new_start_draws_the_next_seed_as_playground_does():
    state = reduce(opening(playground()), NewStart())
    assert state.experiment.base.seed == f"playground:{oracle.generator('0.5')():.5f}"


def test_a_seed_of_playground_starts_any_experiment():
    settings = Settings(seed="playground:0.5", hidden=(3,), initializer="uniform")
    random = oracle.generator("0.5")  # corners and moons draw nothing from its stream
    drawn = [2 * random() - 1 for _ in range(6)]
    for dataset in ("xor", "moons"):
        start = engine.start_params(replace(settings, dataset=dataset))
        assert start.weights[0].ravel() == pytest.approx(drawn, abs=1e-12)
    moons = replace(settings, dataset="moons")
    assert np.array_equal(engine.points(moons).x, engine.points(replace(moons, seed=1)).x)


@pytest.mark.parametrize("typed", ["playground:0.50", "playground:", "playground:日本", "7"])
def test_a_seed_is_shown_as_it_is_typed(typed: str):
    kind = FIELDS["seed"].kind
    assert kind.show(parse(kind, typed)) == typed


@pytest.mark.parametrize("wrong", ["0.5", "Playground:1", "playground:\ud83d", -1, 2**63, True, None, 1.5])
def test_any_other_seed_is_refused(wrong):
    expected = f"^expected a whole number from 0 to {2**63 - 1}, or playground:TEXT, got "
    with pytest.raises(ValueError, match=expected):
        FIELDS["seed"].kind.check(wrong)


def test_playgrounds_answers_are_not_for_cross_entropy():
    expected = (
        r"^key 'loss': expected another loss, as binary cross-entropy needs answers of 0 and 1, not −1 and 1$"
    )
    with pytest.raises(ValueError, match=expected):
        check(playground(loss="bce", output_activation="identity"))
    check(playground(loss="bce", output_activation="identity", dataset="moons"))
