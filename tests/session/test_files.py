"""Documents as files: whole and exact, or one sentence about what is wrong."""

import json
import random
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from netviz.session.document import RECORDING, VIEW, Document, document_of, opened
from netviz.session.experiment import Experiment, check
from netviz.session.fields import FIELDS, Settings
from netviz.session.files import LARGEST, FileError, decode, encode
from netviz.session.state import UnitId
from tests.session.made import EXPERIMENTS, IDENTITY, XOR, edited, experiment

EDITED = edited(XOR, (40, "learning_rate", 0.3, None), (60, "activation", "tanh", 1))
DOCUMENT = Document(
    EDITED,
    (("furthest", 120), ("speed", 0.0), ("bookmarks", (40, 60))),
    (("playhead", 100), ("view", "with"), ("probe", (0.5, -1.25)), ("selected", UnitId(0, 1, 1)),
     ("opened", "neuron"), ("filled", "loss"), ("log_loss", True), ("regions", True)),
)  # fmt: skip
VERSION_1 = Path(__file__).parents[1] / "fixtures" / "version-1.netviz"


def file(**others) -> bytes:
    return json.dumps({"format": "netviz", "version": 2, "experiment": {}} | others).encode()


def told(**experiment) -> bytes:
    return file(experiment=experiment)


def refusal(data: bytes) -> str:
    with pytest.raises(FileError) as refused:
        decode(data)
    return str(refused.value)


@given(EXPERIMENTS)
@hypothesis_settings(max_examples=150, deadline=None)
def test_what_is_written_is_read(chosen):
    try:
        check(chosen)
    except ValueError:
        assume(False)  # a curve has one input
    assert decode(encode(Document(chosen))).experiment == chosen


@pytest.mark.parametrize(
    "chosen",
    [
        XOR,
        EDITED,
        experiment(own=((),)),
        edited(experiment(decay=0.01, own=((), (("decay", 0.0),))), (40, "decay", 0.1, 1)),
        experiment(hidden=(2, 2), activation=("relu", "tanh"), curve=((0.0, 0.0), (1.0, 0.1))),
        experiment(own=((), (*IDENTITY, ("weights", XOR.base.weights)))),
        experiment(own=((), (*IDENTITY, ("weights", None))), weights=XOR.base.weights),
    ],
)
def test_weights_edits_and_layers_are_written_and_read(chosen):
    assert decode(encode(Document(chosen))).experiment == chosen


def test_the_whole_document_is_written_and_read():
    assert decode(encode(DOCUMENT)) == DOCUMENT
    assert document_of(opened(DOCUMENT)) == DOCUMENT


def test_a_file_of_version_1_opens_at_its_start_with_the_screen_as_usual():
    assert decode(VERSION_1.read_bytes()) == Document(EDITED)
    assert json.loads(encode(decode(VERSION_1.read_bytes())))["version"] == 2


def test_what_is_as_usual_is_not_written():
    assert json.loads(encode(Document(XOR)))["view"] == json.loads(encode(Document(XOR)))["recording"] == {}


def test_a_file_reads_as_the_contract_says():
    document = Document(EDITED, (("furthest", 90), ("bookmarks", (60,))), (("selected", UnitId(0, 1, 1)),))
    assert json.loads(encode(document)) == {
        "format": "netviz",
        "version": 2,
        "experiment": {
            "weights": dict(
                zip(("weights", "biases"), json.loads(json.dumps(XOR.base.weights)), strict=True)
            ),
            "twins": [{}, {"activation": "identity"}],
            "edits": [
                {"step": 40, "twin": None, "key": "learning_rate", "value": 0.3},
                {"step": 60, "twin": 1, "key": "activation", "value": "tanh"},
            ],
        },
        "recording": {"furthest": 90, "bookmarks": [60]},
        "view": {"selected": [0, 1, 1]},
    }


def test_what_a_file_leaves_out_is_as_usual():
    assert decode(file()) == Document(Experiment(Settings(), ((),)))
    assert decode(file(recording={}, view={"probe": [1, 0]})) == decode(file())


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (
            told(twins=[{"learning_rate": "fast"}]),
            "key 'twins[0].learning_rate': expected a number above 0, got \"fast\"",
        ),
        (told(learning_rate=0), "key 'learning_rate': expected a number above 0, got 0"),
        (told(speed=1), "key 'speed': not known"),
        (told(twins=[{}, {"speed": 1}]), "key 'twins[1].speed': not known"),
        (told(twins=[]), "key 'twins': expected a list of 1 to 2 twins, got []"),
        (told(twins={}), "key 'twins': expected a list of 1 to 2 twins, got {}"),
        (told(twins=[3]), "key 'twins[0]': expected an object, got 3"),
        (told(edits={}), "key 'edits': expected a list of at most 10,000 edits, got {}"),
        (told(edits=[{}]), "key 'edits[0]': expected an object with key, step, twin, value, got {}"),
        (
            told(hidden=[3, 3], activation=["relu"] * 3),
            "key 'activation': expected one, or one for each of 2 hidden layers, got 3",
        ),
        (
            told(twins=[{}, {"weights": {"weights": [[[1, 1]]], "biases": [[0]]}}]),
            "key 'twins[1].weights': expected 2 x 2 and 1 x 2 weights (to x from), and a bias each",
        ),
        (file(experiment=[]), "key 'experiment': expected an object, got []"),
        (file(name="x"), "key 'name': not known"),
        (
            file(view={"playhead": -1}),
            "key 'view.playhead': expected a whole number from 0 to 1000000000, got -1",
        ),
        (
            file(view={"playhead": 2.0}),
            "key 'view.playhead': expected a whole number from 0 to 1000000000, got 2.0",
        ),
        (file(view={"view": "all"}), "key 'view.view': expected one of both, with, without, got \"all\""),
        (
            file(view={"view": ["with"]}),
            "key 'view.view': expected one of both, with, without, got [\"with\"]",
        ),
        (file(view={"probe": [1]}), "key 'view.probe': expected a point [x, y], got [1]"),
        (file(view={"probe": 1}), "key 'view.probe': expected a point [x, y], got 1"),
        (file(view={"probe": [1, True]}), "key 'view.probe': expected a number, got true"),
        (
            file(view={"selected": [0, 1]}),
            "key 'view.selected': expected null or a unit [twin, layer, place], got [0, 1]",
        ),
        (
            file(view={"selected": [0, 1, False]}),
            "key 'view.selected': expected null or a unit [twin, layer, place], got [0, 1, false]",
        ),
        (
            file(view={"selected": [1, 1, 0]}),
            "key 'view.selected': expected a unit of the network, got [1, 1, 0]",
        ),
        (
            file(view={"selected": [0, 3, 0]}),
            "key 'view.selected': expected a unit of the network, got [0, 3, 0]",
        ),
        (
            file(view={"selected": [0, 1, -1]}),
            "key 'view.selected': expected a unit of the network, got [0, 1, -1]",
        ),
        (
            file(view={"opened": "../loss"}),
            "key 'view.opened': expected null or a panel's name, got \"../loss\"",
        ),
        (file(view={"filled": 3}), "key 'view.filled': expected null or a panel's name, got 3"),
        (file(view={"log_loss": 1}), "key 'view.log_loss': expected true or false, got 1"),
        (file(view={"zoom": 1}), "key 'view.zoom': not known"),
        (file(recording={"step": 1}), "key 'recording.step': not known"),
        (file(recording={"speed": -1}), "key 'recording.speed': expected a number from 0 to 1e+06, got -1"),
        (
            file(recording={"bookmarks": 3}),
            "key 'recording.bookmarks': expected a list of at most 1,000 steps, got 3",
        ),
        (
            file(recording={"bookmarks": [1.5]}),
            "key 'recording.bookmarks': expected a whole number from 0 to 1000000000, got 1.5",
        ),
        (file(view=3), "key 'view': expected an object, got 3"),
        (file(recording=[]), "key 'recording': expected an object, got []"),
        (file(version=3), "key 'version': expected 1 to 2, which this netviz reads, got 3"),
        (file(version=True), "key 'version': expected 1 to 2, which this netviz reads, got true"),
        (file(version=1.0), "key 'version': expected 1 to 2, which this netviz reads, got 1.0"),
        (
            told(learning_rate=1).replace(b": 1}", b": 1e999}"),
            "key 'learning_rate': expected a number above 0, got Infinity",
        ),
        (
            told(twins=[{"learning_rate": 1}]).replace(b": 1}", b": " + b"9" * 5000 + b"}"),
            "key 'twins[0].learning_rate': expected a number above 0, got Infinity",
        ),
        (
            told(weights={"weights": [[[1]]], "biases": [[0]]}).replace(b"[[[1]]]", b"[[[-1e999]]]"),
            "key 'weights': expected weights[layer][to][from] and biases[layer][unit], all numbers, "
            "got [[[[-Infinity]]], [[0]]]",
        ),
        (b'{"format": 1e999, "version": NaN}', "not JSON: NaN is no number"),
        (b'{"format": "netviz"}', "key 'version': expected 1 to 2, which this netviz reads, got null"),
        (b"{}", "not a netviz file"),
        (b"[]", "not a netviz file"),
        (b"3", "not a netviz file"),
        (file()[:-1], "not JSON: Input data was truncated"),
        (b"", "not JSON: Input data was truncated"),
        (b" " * (LARGEST + 1), "larger than 8 MiB"),
    ],
)
def test_a_wrong_file_costs_one_sentence_with_the_keys_path(data, sentence):
    assert refusal(data) == sentence


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"step": 0}, "key 'edits[1].step': expected a whole number of at least 5, got 0"),
        ({"step": 4}, "key 'edits[1].step': expected a whole number of at least 5, got 4"),
        ({"step": True}, "key 'edits[1].step': expected a whole number of at least 5, got true"),
        (
            {"step": 2**60},
            "key 'edits[1].step': expected a whole number of at least 5, got 1152921504606846976",
        ),
        ({"twin": 1}, "key 'edits[1].twin': expected null or a twin's number below 1, got 1"),
        ({"twin": False}, "key 'edits[1].twin': expected null or a twin's number below 1, got false"),
        (
            {"key": "hidden"},
            "key 'edits[1].key': expected a setting that can change in a run, got \"hidden\"",
        ),
        ({"key": []}, "key 'edits[1].key': expected a setting that can change in a run, got []"),
        ({"value": "slow"}, "key 'edits[1].learning_rate': expected a number above 0, got \"slow\""),
        (
            {"key": "activation", "value": ["relu", "relu"]},
            "edits[1]: key 'activation': expected one, or one for each of 1 hidden layers, got 2",
        ),
    ],
)
def test_a_wrong_edit_is_named(change, sentence):
    good = {"step": 5, "twin": None, "key": "learning_rate", "value": 0.3}
    assert refusal(told(edits=[good, good | change])) == sentence


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xfe{}",
        b'{"format": "\xff"}',
        b"[" * 100_000,
        b'{"a":' * 5000,
        b"NaN",
        b'"\\ud800"',
        told(learning_rate=1).replace(b": 1}", b": NaN}"),
        told(learning_rate=1).replace(b": 1}", b": " + b"9" * 400 + b"}"),
        b'{"a": 1e999, "b": ' + b"[" * 100_000,
        told(seed=1).replace(b": 1}", b": " + b"9" * 5000 + b"}"),
        told(seed=1).replace(b": 1}", b": " + b"[" * 600 + b"]" * 600 + b"}"),
        told(weights={"weights": [[[10**400]]], "biases": [[0]]}),
        told(curve=[[10**400, 1], [2, 3]]),
        told(**{"x" * 5000: 1}),
        file(version="1" * 5000),
    ],
)
def test_what_cannot_be_meant_is_refused_and_told_shortly(data):
    assert len(refusal(data)) < 250


DAMAGE = [b"", b"0", b"-", b"e9", b"[", b"]", b"{", b'"', b",", b"null", b"true", b"\xff", b"9" * 30]


def read_or_refused(data: bytes) -> bool:
    """Whether it is read; then it is whole: it can be written and read again, and it opens."""
    refused = []
    try:
        found = decode(data)
    except FileError as error:
        refused.append(str(error))
    assert all(len(sentence) < 600 for sentence in refused)
    if not refused:
        assert decode(encode(found)) == found
        assert found.experiment.stages[-1].twins
    return not refused


def test_thousands_of_damaged_files_are_read_or_refused():
    good, chance = encode(DOCUMENT), random.Random(1)
    reads = 0
    for _ in range(20_000):
        data = bytearray(good)
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(data))
            data[at : at + chance.choice([0, 1, 1, 8])] = chance.choice(DAMAGE)
        reads += read_or_refused(bytes(data))
    assert reads > 500


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=4,
)
KEYS = {
    "experiment": [*FIELDS, "twins", "edits"],
    "recording": list(RECORDING),
    "view": list(VIEW),
}


@given(st.fixed_dictionaries({
    part: st.dictionaries(st.sampled_from(keys), JSON, max_size=3) for part, keys in KEYS.items()
}))  # fmt: skip
@hypothesis_settings(max_examples=500, deadline=None)
def test_any_value_at_any_key_is_read_or_refused(parts):
    read_or_refused(json.dumps({"format": "netviz", "version": 2} | parts).encode())
