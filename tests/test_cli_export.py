"""`netviz export`, as other programs and people call it."""

import io
import os
import subprocess
import sys

import pytest

from netviz import cli
from netviz.session.exchange.export import FORMATS
from tests.session.exported import standing, written

LINK = "#activation=tanh&networkShape=2&seed=0.5"


def run(*words: str, **options) -> subprocess.CompletedProcess:
    """A fresh process, as a shell starts it."""
    command = [sys.executable, "-m", "netviz", "export", *words]
    return subprocess.run(command, capture_output=True, timeout=60, check=False, **options)


def asked(name: str) -> list[str]:
    return ["export", LINK if name == "playground" else "xor", "--as", name]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_goes_to_a_pipe(name, capfdbinary):
    assert cli.main(asked(name)) == 0
    out, err = capfdbinary.readouterr()
    assert len(out) > 10
    assert err == b""


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_goes_to_a_file_of_the_same_bytes(name, tmp_path, capfdbinary):
    path = tmp_path / f"mine{FORMATS[name].suffix}"
    assert cli.main([*asked(name), "-o", str(path)]) == 0
    assert capfdbinary.readouterr() == (b"", b"")
    for words in (asked(name), [*asked(name), "-o", "-"]):
        assert cli.main(words) == 0
        assert capfdbinary.readouterr().out == path.read_bytes()


def test_step_set_and_twin_are_heard(capfdbinary):
    words = [
        "export",
        "xor",
        "--set",
        "seed=3",
        "--set",
        "hidden=3",
        "--step",
        "40",
        "--twin",
        "1",
        "--as",
        "numpy",
    ]
    assert cli.main(words) == 0
    assert capfdbinary.readouterr().out == written("numpy", standing("hidden=3", step=40), 1)


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "playground"])
def test_export_imports_no_qt(name, tmp_path):
    code = (
        "import sys; from netviz import cli\n"
        "status = cli.main(sys.argv[1:])\n"
        "bad = [m for m in sys.modules if m.split('.')[0] in ('PySide6', 'shiboken6', 'onnx')]\n"
        "sys.exit(repr(bad) if bad else status)"
    )
    command = [sys.executable, "-c", code, "export", "xor", "--as", name, "-o", str(tmp_path / "mine")]
    done = subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_program_is_utf_8_whatever_the_locale():
    done = run(
        "xor", "--as", "numpy", "--set", "activation=tanh", env=os.environ | {"PYTHONIOENCODING": "ascii"}
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "−1" in done.stdout.decode()


def terminal(monkeypatch) -> io.StringIO:
    screen = io.StringIO()
    monkeypatch.setattr(screen, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdout", screen)
    return screen


def test_text_is_shown_on_a_terminal(monkeypatch):
    screen = terminal(monkeypatch)
    assert cli.main(["export", "xor", "--as", "text"]) == 0
    assert screen.getvalue().startswith("With ReLU, step 0, by netviz:\n")


@pytest.mark.parametrize("name", ["onnx", "npz", "safetensors"])
def test_bytes_are_kept_off_a_terminal(name, monkeypatch, capsys):
    screen = terminal(monkeypatch)
    assert cli.main(["export", "xor", "--as", name]) == 2
    assert screen.getvalue() == ""
    assert capsys.readouterr().err == f"netviz: --as {name} is nothing for a terminal: name a file with -o\n"


def test_without_any_stdout_nothing_fails(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    assert [cli.main(["export", "xor", "--as", name]) for name in ("numpy", "onnx")] == [0, 0]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("xor",), "the following arguments are required: --as"),
        (("xor", "--as", "c++"), "argument --as: expected one of numpy, pytorch, keras, onnx, latex"),
        (("and", "--as", "numpy"), "and: no such preset or file; there are xor"),
        (("xor", "--as", "numpy", "--twin", "2"), "no twin 2; there are 2, counted from 0"),
        (("xor", "--as", "playground"), "Playground cannot express this: "),
        (("xor", "--as", "numpy", "--step", "-1"), 'argument --step: expected a whole number, got "-1"'),
        (
            ("xor", "--as", "csv", "--step", "1", "--set", "activation=step"),
            "A network with step cannot be trained",
        ),
        (("xor", "--as", "numpy", "-o", "missing/a.py"), "missing"),
    ],
)
def test_a_wrong_request_costs_one_line(words, sentence, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert cli.main(["export", *words]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("netviz: ")
    assert sentence in captured.err
    assert captured.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_run_that_diverges_is_written_and_told(capfdbinary):
    assert cli.main(["export", "xor", "--set", "learning_rate=1e9", "--step", "99", "--as", "csv"]) == 1
    out, err = capfdbinary.readouterr()
    assert out.startswith(b"step,epoch,with_train_loss")
    assert err == b"netviz: twins[0] left the range of numbers; lower its learning rate\n"


@pytest.mark.parametrize("name", ["npz", "safetensors", "onnx"])
def test_weights_go_out_and_come_back(name, tmp_path, capsys):
    path = tmp_path / f"mine.{name}"
    assert cli.main(["export", "xor", "--step", "172", "--as", name, "-o", str(path)]) == 0
    assert cli.main(["train", str(path), "--steps", "0"]) == 0
    assert capsys.readouterr().out.startswith("epoch 0: with (relu) loss 0.000999, ")


def test_broken_weights_cost_one_line(tmp_path, capsys):
    path = tmp_path / "bad.npz"
    path.write_bytes(b"PK")
    assert cli.main(["train", str(path)]) == 2
    assert capsys.readouterr().err == f"netviz: {path}: not an .npz file\n"


def test_a_full_disk_is_told_in_one_line():
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-m", "netviz", "export", "xor", "--as", "onnx"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (1, b"netviz: no space left on device\n")
