"""What EXPERIMENT can name on the command line: a preset, a file, a link, standard input."""

import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote

from netviz.session import links
from netviz.session.document import Document
from netviz.session.exchange.imports import READERS, experiment_of
from netviz.session.experiment import TWIN_KEY, Experiment, check, place
from netviz.session.fields import field_of
from netviz.session.files import LARGEST, LARGEST_SESSION, FileError, decode
from netviz.session.kinds import Value, parse
from netviz.session.output import STANDARD
from netviz.session.parameters import parameter
from netviz.session.plain import plain
from netviz.session.playground import document as playground_document
from netviz.session.playground import is_link
from netviz.session.presets import PRESETS
from netviz.session.tables.choice import built_from, left_out_sentence
from netviz.session.tables.reading import TableError
from netviz.session.text import reason

TABLES = (".csv", ".tsv")
SESSION = ".netviz-session"  # what one netviz hands to another, however large a table it holds
FILE_URL = "file://"  # what a desktop hands over at a double click
HIDDEN = (8,)  # of an experiment that begins with a table


def experiment_from(name: str, values: Sequence[str] = ()) -> Experiment:
    """The experiment of that name with these `KEY=VALUE` settings; see `asked`."""
    return asked(name, values).experiment


def asked(name: str, values: Sequence[str] = ()) -> Document:
    """The document of that name with these `KEY=VALUE` settings, which are judged together.

    With settings of its own it is another experiment, which has no recording and no view. ValueError says
    what is wrong with the name, the file or a setting; OSError that a file cannot be read.
    """
    document, _ = document_from(name)
    if not values:
        return document
    experiment = document.experiment
    for text in sorted(values, key=_rank):
        experiment = _with(experiment, text)
    check(experiment)
    return Document(experiment)


def left_out(name: str, values: Sequence[str]) -> tuple[str, ...]:
    """What to tell of the tables that were just read by `asked`: their rows in error, a sentence each."""
    named = [name] if Path(name).suffix.lower() in TABLES else []
    named += [text.partition("=")[2] for text in values if text.startswith("csv=")]
    tables = [built_from(text) for text in named]
    return tuple(f"{one.table.name}: {left_out_sentence(one)}" for one in tables if one.left_out)


def document_from(name: str) -> tuple[Document, str | None]:
    """The document of that name, with what was on its screen, and the path of its file where it has one."""
    if name in PRESETS:
        return Document(PRESETS[name].experiment), None
    if _is_link(name):
        return _linked(name), None
    if name == STANDARD:
        return _standard_input(), None
    if name.startswith(FILE_URL):
        name = unquote(name.removeprefix(FILE_URL))
    path = Path(name)
    if path.suffix.lower() in TABLES:
        return Document(_learning(plain(path))), None
    if path.suffix in READERS and path.is_file():
        return Document(_weighed(path)), None
    if path.suffix != ".netviz" and not path.is_file():
        raise ValueError(f"{name[:80]}: no such preset or file; there are {', '.join(PRESETS)}")
    most = LARGEST_SESSION if path.suffix == SESSION else LARGEST
    with plain(path).open("rb") as file:
        document = _read(name, file.read(most + 1), most)
    return document, str(path.absolute()) if path.suffix == ".netviz" else None


def _is_link(text: str) -> bool:
    return links.is_share(text) or is_link(text)


def _linked(text: str) -> Document:
    return links.opened(text) if links.is_share(text) else playground_document(text)


def _standard_input() -> Document:
    """The file, or the link, that another program writes to ours."""
    if sys.stdin is None:
        raise ValueError("standard input is closed")
    data = sys.stdin.buffer.read(LARGEST + 1)
    text = "" if data.lstrip().startswith(b"{") else data.decode("utf-8", "replace")
    return _linked(text) if _is_link(text) else _read("standard input", data)


def _learning(path: Path) -> Experiment:
    """The first experiment with a table as its problem, and more hidden units for it."""
    try:
        table = built_from(str(path)).table
    except TableError as error:
        raise ValueError(str(error)) from None
    xor = PRESETS["xor"].experiment
    return place(place(xor, "hidden", HIDDEN, None), "csv", table, None)


def _weighed(path: Path) -> Experiment:
    try:
        return experiment_of(path)
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from None


def _read(source: str, data: bytes, most: int = LARGEST) -> Document:
    try:
        return decode(data, most)
    except FileError as error:
        raise ValueError(f"{source}: {error}") from None


def _rank(text: str) -> int:
    """What brings others along comes first; weights and numbers come last, after what would clear them."""
    key = text.partition("=")[0].rpartition(".")[2]
    if parameter(key):
        return 4
    return {"csv": 0, "dataset": 0, "loss": 1, "weights": 3, "frozen": 3}.get(key, 2)


def _with(experiment: Experiment, text: str) -> Experiment:
    key, equals, value = text.partition("=")
    found = TWIN_KEY.fullmatch(key)
    twin, name = (int(found[1]), found[2]) if found else (None, key)
    try:
        if not equals:
            raise ValueError("expected KEY=VALUE")
        return place(experiment, name, _value(name, value), twin)
    except ValueError as error:
        raise ValueError(f"--set: key '{key[:80]}': {error}") from None


def _value(key: str, text: str) -> Value:
    """A value typed as text; only here, never in a file, does text name a file of data."""
    if key != "csv":
        return parse(field_of(key).kind, text)
    try:
        return built_from(text).table
    except OSError as error:
        raise ValueError(f"{Path(str(error.filename)).name[:60]}: {reason(error)}") from None
