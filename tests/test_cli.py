"""The commands, as other programs and people call them."""

import io
import json
import os
import subprocess
import sys

import pytest

from netviz import __version__, cli
from netviz.session.document import Document
from netviz.session.files import encode
from netviz.session.presets import PRESETS
from tests.session.made import edited, experiment

XOR = PRESETS["xor"].experiment


def run(*words: str, code: str = "", **options) -> subprocess.CompletedProcess:
    """A fresh process, as a shell starts it."""
    command = [sys.executable, *(["-c", code] if code else ["-m", "netviz"]), *words]
    return subprocess.run(command, capture_output=True, timeout=60, check=False, **options)


def told(capsys, *words: str) -> tuple[int, list, str]:
    """The exit status, the lines of stdout as JSON, and stderr."""
    status = cli.main([*words, "--json"])
    captured = capsys.readouterr()
    return status, [json.loads(line) for line in captured.out.splitlines()], captured.err


def test_train_tells_the_start_and_the_end(capsys):
    status, lines, err = told(capsys, "train", "xor", "--epochs", "1000")
    assert (status, err, [line["step"] for line in lines]) == (0, "", [0, 1000])
    assert "final" not in lines[0]
    relu, identity = lines[-1]["twins"]
    assert lines[-1]["final"] is True
    assert (relu["name"], identity["name"]) == ("with", "without")
    assert relu["train_loss"] < 1e-3
    assert relu["outputs"] == pytest.approx([0, 1, 1, 0], abs=0.05)
    assert identity["train_loss"] == pytest.approx(0.25, abs=1e-6)
    assert abs(identity["bend"]) < 1e-12
    assert identity["collapsed"]["max_residual"] < 1e-12
    assert set(relu) == {
        "name", "activation", "train_loss", "test_loss", "accuracy", "parameters", "outputs", "affine_floor",
        "readout_floor", "bend", "collapsed", "stall",
    }  # fmt: skip


def test_decay_is_a_setting_like_the_rest(capsys):
    _, lines, _ = told(capsys, "train", "xor", "--epochs", "1000", "--set", "decay=0.1")
    slowed, _ = lines[-1]["twins"]
    _, lines, _ = told(capsys, "train", "xor", "--epochs", "1000", "--set", "decay=0")
    usual, _ = lines[-1]["twins"]
    assert usual["train_loss"] < 1e-3 < slowed["train_loss"]  # its rate has fallen to 0.1 / 101


@pytest.mark.parametrize(
    ("words", "steps"),
    [
        ((), [0, 1000]),
        (("--steps", "7"), [0, 7]),
        (("--steps", "0"), [0, 0]),
        (("--epochs", "100", "--every", "30"), [0, 30, 60, 90, 100]),
        (("--epochs", "60", "--every", "30"), [0, 30, 60]),
        (("--epochs", "3", "--set", "batch_size=1"), [0, 12]),
        (("--epochs", "4", "--every", "2", "--set", "batch_size=3"), [0, 4, 8]),
        (("--until-loss", "1e-3"), [0, 172]),
        (("--until-loss", "1e-3", "--every", "172"), [0, 172]),
        (("--until-loss", "5"), [0, 0]),
    ],
)
def test_train_tells_of_the_steps_it_was_asked_for(capsys, words, steps):
    status, lines, err = told(capsys, "train", "xor", *words)
    assert (status, err, [line["step"] for line in lines]) == (0, "", steps)
    assert [line.get("final", False) for line in lines] == [False] * (len(lines) - 1) + [True]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ("--set", "learning_rate=1e9"),
            "netviz: twins[0] left the range of numbers; lower its learning rate\n",
        ),
        (
            ("--set", "twins[1].learning_rate=1e9"),
            "netviz: twins[1] left the range of numbers; lower its learning rate\n",
        ),
        (
            ("--set", "seed=8", "--until-loss", "0.1"),
            "netviz: the loss did not fall below 0.1 in 1000 steps\n",
        ),
        (
            ("--epochs", "50", "--until-loss", "1e-3"),
            "netviz: the loss did not fall below 0.001 in 50 steps\n",
        ),
    ],
)
def test_a_run_that_fails_says_why_in_one_line(capsys, words, sentence):
    status, lines, err = told(capsys, "train", "xor", *words)
    assert (status, err) == (1, sentence)
    assert lines[-1]["final"] is True


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("sweep", "xor", "--vary", "hidden=2,3"), "sweep is not there yet"),
        (("render", "-o", "a.png", "--text-size", "9"), 'argument --text-size: expected -4 to 8, got "9"'),
        (("render", "-o", "a.png", "--text-size=-5"), 'argument --text-size: expected -4 to 8, got "-5"'),
        (("train", "and"), "and: no such preset or file; there are xor"),
        (("train", "missing.netviz"), "missing.netviz: no such file or directory"),
        (
            ("train", "xor", "--set", "learning_rate=fast"),
            "--set: key 'learning_rate': expected a number above 0, got \"fast\"",
        ),
        (
            ("train", "xor", "--set", "activation=step"),
            "A network with step cannot be trained: its slope is 0 everywhere.",
        ),
        (("train", "xor", "--set", "a\nb=1"), "--set: key 'a?b': no such setting; there are dataset"),
        (("train", "xor", "--steps", "-1"), 'argument --steps: expected a whole number, got "-1"'),
        (
            ("train", "xor", "--steps", "1" * 5000),
            f'argument --steps: expected a whole number, got "{"1" * 60}"',
        ),
        (("train", "xor", "--every", "0"), "argument --every: expected a whole number above 0, got 0"),
        (("train", "xor", "--until-loss", "0"), 'argument --until-loss: expected a number above 0, got "0"'),
        (
            ("train", "xor", "--until-loss", "low"),
            'argument --until-loss: expected a number above 0, got "low"',
        ),
        (
            ("train", "xor", "--until-loss", "inf"),
            'argument --until-loss: expected a number above 0, got "inf"',
        ),
        (
            ("train", "xor", "--steps", "1", "--epochs", "1"),
            "argument --epochs: not allowed with argument --steps",
        ),
        (("train", "xor", "more"), "unrecognized arguments: more"),
        (("train", "xor", "--step", "1"), "unrecognized arguments: --step 1"),
        (("list",), "the following arguments are required: TABLE"),
        (("list", "colours"), "argument TABLE: invalid choice: 'colours'"),
        (("render", "xor"), "the following arguments are required: -o/--output"),
        (
            ("render", "xor", "-o", "a.png", "--size", "1x1"),
            'argument --size: expected WIDTHxHEIGHT such as 1920x1080, got "1x1"',
        ),
        (("render", "and", "-o", "a.png"), "and: no such preset or file; there are xor"),
        (("and",), "and: no such preset or file; there are xor"),
        (("open", "and"), "and: no such preset or file; there are xor"),
    ],
)
def test_a_wrong_request_costs_one_line(capsys, tmp_path, monkeypatch, words, sentence):
    monkeypatch.chdir(tmp_path)
    assert cli.main(words) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"netviz: {sentence}")
    assert captured.err.count("\n") == 1


def test_a_wrong_file_is_named_with_the_keys_path(capsys, tmp_path):
    path = tmp_path / "bad.netviz"
    path.write_text(
        '{"format": "netviz", "version": 1, "experiment": {"twins": [{"learning_rate": "fast"}]}}'
    )
    assert cli.main(["train", str(path)]) == 2
    expected = f"netviz: {path}: key 'twins[0].learning_rate': expected a number above 0, got \"fast\"\n"
    assert capsys.readouterr().err == expected


def test_a_file_and_standard_input_are_trained(capsys, tmp_path, monkeypatch):
    chosen = edited(experiment(own=((),)), (3, "learning_rate", 0.5, None))
    path = tmp_path / "mine.netviz"
    path.write_bytes(encode(Document(chosen)))
    lines = told(capsys, "train", str(path), "--steps", "9")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(encode(Document(chosen)))))
    assert told(capsys, "train", "-", "--steps", "9") == lines
    assert len(lines[1][-1]["twins"]) == 1


def test_without_json_a_person_reads_sentences(capsys):
    assert cli.main(["train", "xor", "--epochs", "172"]) == 0
    assert capsys.readouterr().out == (
        "epoch 0: with (relu) loss 0.817, 50 % right; without (identity) loss 0.927, 50 % right\n"
        "epoch 172: with (relu) loss 0.000999, 100 % right; without (identity) loss 0.25, 0 % right\n"
    )


@pytest.mark.parametrize("table", cli.TABLES)
def test_every_table_is_an_array_of_named_rows(capsys, table):
    status, (rows,), err = told(capsys, "list", table)
    assert (status, err) == (0, "")
    names = [row["name"] for row in rows]
    assert len(set(names)) == len(names)
    assert cli.main(["list", table]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == names


@pytest.mark.parametrize(
    ("table", "names"),
    [
        ("presets", {"xor"}),
        ("fields", {"hidden", "learning_rate", "weights"}),
        ("losses", {"mse", "half_mse", "bce"}),
        (
            "activations",
            {
                "identity",
                "relu",
                "leaky_relu",
                "elu",
                "softplus",
                "sigmoid",
                "tanh",
                "silu",
                "gelu",
                "sin",
                "cos",
                "gaussian",
                "step",
            },
        ),
        ("optimizers", {"sgd", "momentum", "nesterov", "rmsprop", "adam"}),
        ("features", {"x", "y", "xy"}),
        (
            "initializers",
            {"uniform", "glorot_uniform", "glorot_normal", "he_uniform", "he_normal", "playground", "zeros"},
        ),
        ("datasets", {"xor", "gate:0001"}),
        ("panels", {"network", "surface", "loss", "truth", "settings", "timeline"}),
    ],
)
def test_the_tables_hold_the_contracts_names(capsys, table, names):
    assert names <= {row["name"] for row in told(capsys, "list", table)[1][0]}


def test_help_and_version_answer(capsys):
    for words in (["--help"], ["-h"], ["train", "--help"], ["--version"]):
        with pytest.raises(SystemExit) as left:
            cli.main(words)
        assert left.value.code == 0
    out = capsys.readouterr().out
    assert out.endswith(f"netviz {__version__}\n")
    assert all(command.name in out for command in cli.COMMANDS)


@pytest.mark.parametrize(
    "words", [["train", "xor", "--steps", "3"], ["list", "panels"], ["list", "fields"], ["--help"]]
)
def test_what_needs_no_window_imports_no_qt(words):
    code = (
        "import sys; from netviz import cli\n"
        "try: cli.main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "qt = ('PySide6', 'shiboken6', 'ziamath')\n"
        "bad = [name for name in sys.modules if name.split('.')[0] in qt]\n"
        "sys.exit(repr(bad) if bad else 0)"
    )
    done = run(*words, code=code)
    assert (done.returncode, done.stderr) == (0, b"")


def test_help_needs_no_numbers():
    code = (
        "import sys; from netviz import cli\n"
        "try: cli.main(['--help'])\n"
        "except SystemExit: pass\n"
        "sys.exit('numpy' in sys.modules)"
    )
    assert run(code=code).returncode == 0


def test_a_reader_that_has_seen_enough_is_no_error():
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "netviz", "train", "xor", "--epochs", "500", "--every", "1", "--json"],
        stdout=writing,
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("words", [("train", "xor"), ("list", "fields")])
def test_a_full_disk_is_told_in_one_line(words):
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "netviz", *words],
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert (done.returncode, done.stderr) == (1, b"netviz: no space left on device\n")


def test_a_terminal_without_our_letters_still_gets_an_answer():
    done = run("list", "features", env=os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\\u2081" in done.stdout  # the index of x₁


def test_without_any_stdout_a_command_still_ends_well(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    assert cli.main(["list", "presets"]) == 0


def test_closed_standard_input_is_refused():
    done = subprocess.run(
        ["sh", "-c", f'exec "{sys.executable}" -m netviz train - <&-'],
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1


def test_an_interrupted_run_is_quiet(capsys, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "_show_progress", interrupt)
    assert cli.main(["train", "xor"]) == 1
    assert capsys.readouterr().err == ""


def test_progress_is_shown_where_somebody_watches(capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert cli.main(["train", "xor", "--steps", "5"]) == 0
    err = capsys.readouterr().err
    assert err.startswith(f"\r[{' ' * cli.BAR}]\r")
    assert err.endswith(f"\r{' ' * (cli.BAR + 2)}\r")
    assert "\n" not in err


@pytest.mark.parametrize(
    ("words", "full"),
    [([], ["open"]), (["xor"], ["open", "xor"]), (["list", "x"], ["list", "x"]), (["-h"], ["-h"])],
)
def test_the_window_is_what_netviz_alone_opens(words, full):
    assert cli._with_command(words) == full


def test_the_window_without_a_screen_costs_one_line():
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    bare = {name: value for name, value in os.environ.items() if name not in screens}
    done = run(env=bare)
    said = "netviz: there is no screen here; netviz train, render and export work without one"
    assert (done.returncode, done.stdout, done.stderr.decode().splitlines()) == (2, b"", [said])
