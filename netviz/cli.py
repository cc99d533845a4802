"""The command line: COMMANDS is its table; results go to stdout, messages to stderr."""

import argparse
import io
import json
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from netviz import __version__
from netviz.arguments import counting, positive, size, steps, text_steps, whole
from netviz.interrupts import at_once

if TYPE_CHECKING:
    from netviz.session.document import Document
    from netviz.session.runs import Limits

DONE, FAILED, WRONG = 0, 1, 2
USUAL_EPOCHS = 1000
LONGEST_WAIT = 1_000_000  # epochs that --until-loss waits where no limit is given and nothing has stalled
BAR = 40  # characters
EXPERIMENT_HELP = (
    "a preset's name (default xor), a .netviz file, a link, a file of weights, or - for standard input"
)


class Refusal(Exception):
    """A wrong request; its text is the sentence to print."""


class Command(NamedTuple):
    """One command: its name, what it does, its arguments, and the function that runs it."""

    name: str
    help: str
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


class Parser(argparse.ArgumentParser):
    """Refuses with one line."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the request."""
        raise Refusal(message)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status: 0 done, 1 the run failed, 2 the request was wrong."""
    words = list(sys.argv[1:] if argv is None else argv)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal that has no ½ still gets an answer
    try:
        arguments = _parser().parse_args(_with_command(words))
        status: int = arguments.run(arguments)
        if sys.stdout is not None:
            sys.stdout.flush()
        return status
    except Refusal as refusal:
        _complain(str(refusal))
        return WRONG
    except KeyboardInterrupt:
        return FAILED
    except BrokenPipeError:  # whoever read our output has seen enough
        _write_nowhere()
        return DONE
    except OSError as error:  # a full disk behind stdout
        _write_nowhere()
        _complain(_sentence(error))
        return FAILED


def _complain(sentence: str) -> None:
    """One line, whatever the request was made of."""
    line = "".join(c if c.isprintable() else "?" for c in sentence)
    print(f"netviz: {line}", file=sys.stderr)


def _write_nowhere() -> None:
    """So that Python does not fail again when it flushes stdout at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _with_command(words: list[str]) -> list[str]:
    """`netviz FILE` and `netviz` alone open the window."""
    if words[:1] == ["sweep"]:
        raise Refusal("sweep is not there yet")  # rather than to look for a file of that name
    named = words and (words[0] in {command.name for command in COMMANDS} or words[0] in GLOBAL_OPTIONS)
    return words if named else ["open", *words]


def _parser() -> Parser:
    about = "See why neural networks need an activation function."
    parser = Parser(prog="netviz", description=about, allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"netviz {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        about = command.help
        sub = commands.add_parser(command.name, help=about, description=about, allow_abbrev=False)
        command.arguments(sub)
        sub.set_defaults(run=command.run)
    return parser


def _experiment_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("experiment", nargs="?", default="xor", metavar="EXPERIMENT", help=EXPERIMENT_HELP)
    parser.add_argument(
        "--set", action="append", default=[], metavar="KEY=VALUE", dest="values",
        help="change a setting, such as hidden=8,8 or twins[1].activation=tanh",
    )  # fmt: skip


def _open_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("experiment", nargs="?", metavar="EXPERIMENT", help=EXPERIMENT_HELP)


def _train_arguments(parser: argparse.ArgumentParser) -> None:
    _experiment_arguments(parser)
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--steps", type=whole, metavar="N", help="parameter updates")
    length.add_argument("--epochs", type=whole, metavar="N", help="passes over the points (default 1000)")
    parser.add_argument(
        "--until-loss", type=positive, metavar="X",
        help="stop when the first twin's loss is below X; it fails if that stalls before",
    )  # fmt: skip
    parser.add_argument("--every", type=counting, metavar="EPOCHS", help="report every so many epochs")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def _render_arguments(parser: argparse.ArgumentParser) -> None:
    _experiment_arguments(parser)
    when = parser.add_mutually_exclusive_group()
    when.add_argument("--step", type=whole, default=0, metavar="N", help="the step to show (default 0)")
    when.add_argument("--steps", type=steps, metavar="A:B", help="a film from step A to step B")
    parser.add_argument("--every", type=counting, default=1, metavar="N", help="of a film, each Nth step")
    parser.add_argument(
        "--fps", type=positive, default=30.0, metavar="N", help="of a film, frames a second (default 30)"
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--panel", metavar="NAME", help="one panel: see netviz list panels")
    what.add_argument("--window", action="store_true", help="the whole window (default)")
    what.add_argument(
        "--card", metavar="LESSON:CARD", help="a lesson's card as it is presented, such as why:6"
    )
    parser.add_argument("--twin", type=whole, default=0, metavar="N", help="whose panel (default 0)")
    parser.add_argument(
        "--size", type=size, metavar="WxH", help="in pixels (default 1920x1080, of a film 1280x720)"
    )
    parser.add_argument(
        "--theme", metavar="THEME", help="light (default), dark or projector (default of a card)"
    )
    parser.add_argument(
        "--text-size", type=text_steps, default=0, metavar="N", help="text so many steps larger, or smaller"
    )
    parser.add_argument(
        "-o", "--output", required=True, metavar="FILE",
        help="a .png or .svg file, or - for PNG on standard output; a film as .gif, .apng, .webp or .mp4; "
        "a lesson's card, or with --card LESSON all of them, as .pdf",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="of a film, one JSON object a frame")


def _export_arguments(parser: argparse.ArgumentParser) -> None:
    _experiment_arguments(parser)
    parser.add_argument("--step", type=whole, default=0, metavar="N", help="train so far first (default 0)")
    parser.add_argument(
        "--as", required=True, metavar="FORMAT", dest="format",
        help="numpy, pytorch, keras, onnx, latex, csv, playground or another of netviz list formats",
    )  # fmt: skip
    parser.add_argument("--twin", type=whole, default=0, metavar="N", help="which network (default 0)")
    parser.add_argument(
        "-o", "--output", default="-", metavar="FILE", help="default: -, which is standard output"
    )


def _list_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("table", choices=sorted(TABLES), metavar="TABLE", help=", ".join(TABLES))
    parser.add_argument("--json", action="store_true", help="one array of objects")


def _doctor_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one object")


def _open(arguments: argparse.Namespace) -> int:
    document, path = _document(arguments.experiment) if arguments.experiment else (None, None)
    with at_once():  # until there is a window to be closed in order
        from netviz.app.main import run

        return run(document, path)


def _train(arguments: argparse.Namespace) -> int:
    from netviz.session import engine, report, runs

    experiment = _asked(arguments).experiment
    limits = _limits(arguments, engine.epoch_steps(experiment))
    tell = json.dumps if arguments.json else report.sentence
    try:
        for state in runs.run(experiment, limits):
            _show_progress(state.step / max(1, limits.steps))
            due = limits.every and state.step % limits.every == 0 and not runs.ended(state, limits)
            if state.step == 0 or due:
                print(tell(report.line(state)), flush=True)
    except ValueError as error:
        raise Refusal(str(error)) from None
    _show_progress(1)
    print(tell(report.final(state)))
    return _told(runs.failure(state, limits))


def _limits(arguments: argparse.Namespace, steps: int) -> "Limits":
    """When the run ends, `steps` to an epoch."""
    from netviz.session.runs import Limits

    epochs = arguments.epochs
    if epochs is None:
        epochs = USUAL_EPOCHS if arguments.until_loss is None else LONGEST_WAIT
    most = epochs * steps if arguments.steps is None else arguments.steps
    return Limits(most, arguments.until_loss, arguments.every and arguments.every * steps)


def _show_progress(share: float) -> None:
    """A bar, where somebody watches."""
    if sys.stderr is not None and sys.stderr.isatty():
        bar = f"[{'#' * round(share * BAR):{BAR}}]" if share < 1 else " " * (BAR + 2)
        print(f"\r{bar}\r", end="", file=sys.stderr, flush=True)


def _render(arguments: argparse.Namespace) -> int:
    from netviz.app.render import Spoiled, render

    try:
        return render(_asked(arguments), arguments, _show_progress)
    except Spoiled as error:
        _complain(str(error))
        return FAILED
    except (ValueError, OSError) as error:
        raise Refusal(_sentence(error)) from None
    finally:
        _show_progress(1)


def _export(arguments: argparse.Namespace) -> int:
    from netviz.session import runs
    from netviz.session.exchange.export import FORMATS
    from netviz.session.output import STANDARD, on_terminal, send

    row = FORMATS.get(arguments.format)
    if row is None:
        expected = f"expected one of {', '.join(FORMATS)}"
        raise Refusal(f"argument --as: {expected}, got {json.dumps(arguments.format[:60])}")
    if row.binary and arguments.output == STANDARD and on_terminal():
        raise Refusal(f"--as {row.name} is nothing for a terminal: name a file with -o")
    experiment, limits = _asked(arguments).experiment, runs.Limits(arguments.step)
    try:
        for state in runs.run(experiment, limits):
            _show_progress(state.step / max(1, limits.steps))
        _show_progress(1)
        send(row.write(state, arguments.twin), arguments.output)
    except ValueError as error:
        raise Refusal(str(error)) from None
    except OSError as error:
        if arguments.output == STANDARD:  # a full disk, or a reader who has seen enough
            raise
        raise Refusal(_sentence(error)) from None
    return _told(runs.failure(state, limits))


def _told(failure: str) -> int:
    """The exit status of a run that failed for that reason, or did not."""
    if failure:
        _complain(failure)
    return FAILED if failure else DONE


def _document(name: str) -> tuple[Any, str | None]:
    """What the window is to open, and the file that it came from."""
    from netviz.session.sources import document_from

    try:
        return document_from(name)
    except (ValueError, OSError) as error:
        raise Refusal(_sentence(error)) from None


def _asked(arguments: argparse.Namespace) -> "Document":
    """What the arguments name, with their settings."""
    from netviz.session.sources import asked, left_out

    try:
        document = asked(arguments.experiment, arguments.values)
        for sentence in left_out(arguments.experiment, arguments.values):
            _complain(sentence)
        return document
    except (ValueError, OSError) as error:
        raise Refusal(_sentence(error)) from None


def _sentence(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror.lower()}" if error.filename else error.strerror.lower()
    told = str(error)
    return told.partition("\n")[0] if isinstance(error, OSError) else told  # ffmpeg's has its whole command


def _list(arguments: argparse.Namespace) -> int:
    rows = TABLES[arguments.table]()
    if arguments.json:
        print(json.dumps(rows))
    for row in [] if arguments.json else rows:
        told = (str(row[key]) for key in ("label", "reason", "title", "about") if key in row)
        print("  ".join([f"{row['name']:18}", *told]).rstrip())
    return DONE


def _rows(module: str, table: str, *keys: str) -> Callable[[], list[dict[str, Any]]]:
    """A table of the program as plain values; its module is imported when it is asked for."""

    def read() -> list[dict[str, Any]]:
        from importlib import import_module

        rows = getattr(import_module(f"netviz.{module}"), table)
        return [{"name": name} | {key: getattr(row, key) for key in keys} for name, row in rows.items()]

    return read


def _fields() -> list[dict[str, Any]]:
    from netviz.session.fields import FIELDS

    keys = ("label", "default", "shared", "live", "help")
    return [{"name": name} | {key: getattr(row, key) for key in keys} for name, row in FIELDS.items()]


def _panels() -> list[dict[str, Any]]:
    from netviz.views.registry import panel_names

    return [{"name": name} for name in panel_names()]


def _lessons() -> list[dict[str, Any]]:
    from netviz.session.lessons.reading import lessons

    try:
        return [
            {"name": name, "title": row.title, "cards": len(row.cards), "about": row.about}
            for name, row in lessons().items()
        ]
    except (ValueError, OSError) as error:
        raise Refusal(_sentence(error)) from None


def _doctor(arguments: argparse.Namespace) -> int:
    from netviz.app.doctor import examine

    return examine(arguments.json)


TABLES: dict[str, Callable[[], list[dict[str, Any]]]] = {
    "presets": _rows("session.presets", "PRESETS", "label", "reason"),
    "fields": _fields,
    "activations": _rows("core.activations", "ACTIVATIONS", "label", "formula", "character", "trainable"),
    "losses": _rows("core.losses", "LOSSES", "label", "formula"),
    "optimizers": _rows("core.optimizers", "OPTIMIZERS", "label", "formula"),
    "initializers": _rows("core.initializers", "INITIALIZERS", "label"),
    "datasets": _rows("core.datasets", "DATASETS", "label"),
    "features": _rows("core.features", "FEATURES", "label"),
    "panels": _panels,
    "formats": _rows("session.exchange.export", "FORMATS", "label"),
    "lessons": _lessons,
}

COMMANDS = (
    Command("open", "Open the window (what netviz alone does).", _open_arguments, _open),
    Command("train", "Train without a window and report.", _train_arguments, _train),
    Command("render", "Draw the window or a panel as a picture or a film.", _render_arguments, _render),
    Command("export", "Write the network or its history for other programs.", _export_arguments, _export),
    Command("list", "List what there is to choose from.", _list_arguments, _list),
    Command("doctor", "Say what is wrong here and how to mend it.", _doctor_arguments, _doctor),
)

GLOBAL_OPTIONS = ("-h", "--help", "--version")
