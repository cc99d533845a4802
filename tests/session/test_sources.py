"""What EXPERIMENT can name, and what --set makes of it."""

import io
import json
import re
import sys

import pytest

from netviz.session.document import Document
from netviz.session.files import encode
from netviz.session.links import link
from netviz.session.sources import asked, document_from, experiment_from
from tests.session.made import XOR, edited, experiment

WEIGHTS = json.dumps({"weights": [[[1, 1], [1, 1], [0, 0]], [[1, -2, 0]]], "biases": [[0, -1, 0], [0]]})


class Standard:
    """Standard input that holds some bytes."""

    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


def test_a_preset_a_file_and_standard_input_name_an_experiment(tmp_path, monkeypatch):
    chosen = edited(XOR, (5, "learning_rate", 0.3, None))
    path = tmp_path / "mine.netviz"
    path.write_bytes(encode(Document(chosen)))
    monkeypatch.setattr(sys, "stdin", Standard(encode(Document(chosen))))
    assert [experiment_from(name) for name in ("xor", str(path), "-")] == [XOR, chosen, chosen]


@pytest.mark.parametrize("text", [link(Document(XOR)), "#activation=tanh&networkShape=2&seed=0.5"])
def test_a_link_comes_through_standard_input_as_another_program_prints_it(text, monkeypatch):
    monkeypatch.setattr(sys, "stdin", Standard(f"{text}\n".encode()))
    assert experiment_from("-") == experiment_from(text)


def test_settings_make_another_experiment_without_what_was_on_the_screen(tmp_path):
    path = tmp_path / "mine.netviz"
    path.write_bytes(encode(Document(XOR, (), (("regions", True),))))
    assert asked(str(path)).view == (("regions", True),)
    assert asked(str(path), ["learning_rate=0.3"]).view == ()


@pytest.mark.parametrize(
    ("values", "twins"),
    [
        (["learning_rate=0.3"], [("relu", 0.3, (2,)), ("identity", 0.3, (2,))]),
        (["activation=tanh"], [("tanh", 0.1, (2,)), ("identity", 0.1, (2,))]),
        (["twins[1].activation=sin"], [("relu", 0.1, (2,)), ("sin", 0.1, (2,))]),
        (["twins[0].learning_rate=1", "learning_rate=0.3"], [("relu", 0.3, (2,)), ("identity", 0.3, (2,))]),
        (
            ["hidden=2,3", "activation=relu,tanh"],
            [(("relu", "tanh"), 0.1, (2, 3)), ("identity", 0.1, (2, 3))],
        ),
        (
            ["activation=relu,tanh", "hidden=2,3"],
            [(("relu", "tanh"), 0.1, (2, 3)), ("identity", 0.1, (2, 3))],
        ),
        (["hidden="], [("relu", 0.1, ()), ("identity", 0.1, ())]),
    ],
)
def test_settings_are_judged_together(values, twins):
    found = experiment_from("xor", values).twins
    assert [(twin.activation, twin.learning_rate, twin.hidden) for twin in found] == twins


@pytest.mark.parametrize("values", [[f"weights={WEIGHTS}", "hidden=3"], ["hidden=3", f"weights={WEIGHTS}"]])
def test_given_weights_beat_what_would_clear_them_in_the_same_command(values):
    assert all(
        twin.weights is not None and twin.hidden == (3,) for twin in experiment_from("xor", values).twins
    )


@pytest.mark.parametrize("value", ["hidden=2", "seed=36", "initializer=uniform", "features=x,y"])
def test_a_new_start_clears_the_presets_weights(value):
    assert experiment_from("xor", [value]).base.weights is None


def test_edits_of_a_file_stay(tmp_path):
    path = tmp_path / "mine.netviz"
    path.write_bytes(encode(Document(edited(XOR, (5, "learning_rate", 0.3, None)))))
    assert len(experiment_from(str(path), ["seed=3"]).edits) == 1


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (["learning_rate=fast"], "--set: key 'learning_rate': expected a number above 0, got \"fast\""),
        (["twins[0].l1=-1"], "--set: key 'twins[0].l1': expected a number of at least 0, got \"-1\""),
        (["twins[2].l1=1"], "--set: key 'twins[2].l1': no such twin; there are 2"),
        (["learning_rate"], "--set: key 'learning_rate': expected KEY=VALUE"),
        (
            ["activation=relu,tanh"],
            "key 'activation': expected one, or one for each of 1 hidden layers, got 2",
        ),
        (
            [f"weights={WEIGHTS}"],
            "key 'weights': expected 2 x 2 and 1 x 2 weights (to x from), and a bias each",
        ),
        (
            ["twins[0].learning_rate=1e999"],
            "--set: key 'twins[0].learning_rate': expected a number above 0, got \"1e999\"",
        ),
    ],
)
def test_a_wrong_setting_is_refused_with_its_key(values, sentence):
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        experiment_from("xor", values)


@pytest.mark.parametrize("key", ["", "speed", "twins[0]", "twins[0].", "twins[100].l1", "twins[x].l1"])
def test_an_unknown_key_names_the_known_ones(key):
    with pytest.raises(ValueError, match=r"^--set: key '.*': no such setting; there are dataset, "):
        experiment_from("xor", [f"{key}=1"])


def test_a_name_that_leads_nowhere_says_what_there_is(tmp_path, monkeypatch):
    with pytest.raises(ValueError, match=r"^and: no such preset or file; there are xor"):
        experiment_from("and")
    with pytest.raises(OSError, match="missing"):
        experiment_from(str(tmp_path / "missing.netviz"))
    monkeypatch.setattr(sys, "stdin", Standard(b"{}"))
    with pytest.raises(ValueError, match=r"^standard input: not a netviz file$"):
        experiment_from("-")
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(ValueError, match=r"^standard input is closed$"):
        experiment_from("-")


def test_a_file_may_have_any_name(tmp_path):
    path = tmp_path / "mine.json"
    path.write_bytes(encode(Document(experiment())))
    assert experiment_from(str(path)) == experiment()


def test_a_desktop_names_a_file_by_its_url(tmp_path):
    path = tmp_path / "my own.netviz"
    path.write_bytes(encode(Document(XOR)))
    assert "%20" in path.as_uri()
    assert document_from(path.as_uri()) == (Document(XOR), str(path))


@pytest.mark.parametrize("name", ["a.csv", "a.netviz", "a.netviz-session"])
def test_a_pipe_is_no_file_whatever_its_name_says(pipe, name):
    with pytest.raises((OSError, ValueError), match=r"is no file|no such preset or file"):
        document_from(str(pipe(name)))


def test_a_folder_is_said_to_be_one(tmp_path):
    with pytest.raises(IsADirectoryError):
        document_from(str(tmp_path.rename(tmp_path.with_suffix(".netviz"))))
