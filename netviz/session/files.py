"""Documents as files: JSON in, one sentence about what is wrong with it, JSON out."""

import errno
import json
import math
import os
import stat
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NoReturn

import msgspec

from netviz.core.tables import Table
from netviz.session.document import RECORDING, VIEW, Document, Told, misplaced, told
from netviz.session.document import USUAL as USUAL_STATE
from netviz.session.experiment import MOST_EDITS, Experiment, LiveEdit, check
from netviz.session.fields import FIELDS, Settings, field_of
from netviz.session.kinds import Value, refusal
from netviz.session.parameters import parameter
from netviz.session.plain import plain
from netviz.session.tables.values import told_table

FORMAT, VERSION = "netviz", 2
MALFORMED = "JSON is malformed: "  # what msgspec begins with, after which it says what and where
LARGEST = 8 * 2**20  # bytes
LARGEST_SESSION = 256 * 2**20  # of one that we keep ourselves, with whatever a person opened
TOP_KEYS = ("format", "version", "experiment", "recording", "view")
KEPT = 40  # characters of a file's name in that of a temporary one: there is room for no more
_POSIX = os.name == "posix"
EDIT_KEYS = {"step", "twin", "key", "value"}
MOST_TWINS = 2
MOST_DIGITS = 400  # of a whole number; more are beyond every range


class FileError(ValueError):
    """A file that cannot be opened; its text is the sentence to show."""


def encode(document: Document) -> bytes:
    """The document as the text of a `.netviz` file."""
    value = {
        "format": FORMAT,
        "version": VERSION,
        "experiment": _told_experiment(document.experiment),
        "recording": dict(document.recording),
        "view": dict(document.view),
    }
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"


def _told_experiment(experiment: Experiment) -> dict[str, Any]:
    usual = Settings()
    shared = {key: getattr(experiment.base, key) for key in FIELDS}
    changed = {key: _told(key, value) for key, value in shared.items() if value != getattr(usual, key)}
    twins = [{key: _told(key, value) for key, value in own} for own in experiment.own]
    edits = [edit._asdict() for edit in experiment.edits]
    return changed | {"twins": twins, "edits": edits}


def _told(key: str, value: Value) -> Value:
    if isinstance(value, Table):
        return told_table(value)
    return dict(zip(("weights", "biases"), value, strict=True)) if key == "weights" and value else value


def decode(data: bytes, most: int = LARGEST) -> Document:
    """Read a `.netviz` file's bytes whole, at most so many; FileError says what is wrong and where."""
    if len(data) > most:
        raise FileError(f"larger than {most // 2**20} MiB")
    try:
        value = _json(data)
    except (ValueError, RecursionError) as error:
        raise FileError(f"not JSON: {str(error).removeprefix(MALFORMED)}") from None
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise FileError("not a netviz file")
    return _document(_migrated(value))


def _json(data: bytes) -> Any:
    """The value of JSON; ValueError or RecursionError if it is none.

    A number beyond the range of floats becomes infinite, so that the key it stands at can be named.
    """
    try:
        return msgspec.json.decode(data)
    except msgspec.ValidationError:
        return json.loads(data, parse_int=_whole, parse_constant=_no_number)


def _whole(digits: str) -> int | float:
    return int(digits) if len(digits) < MOST_DIGITS else math.inf


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _migrated(value: dict[str, Any]) -> dict[str, Any]:
    """The same file as this version writes it."""
    version = value.get("version")
    if type(version) is not int or (version not in MIGRATIONS and version != VERSION):  # neither true nor 1.0
        raise _error("version", refusal(f"{min(MIGRATIONS)} to {VERSION}, which this netviz reads", version))
    while version != VERSION:
        value = MIGRATIONS[version](value) | {"version": version + 1}
        version += 1
    return value


def _with_recording_and_view(value: dict[str, Any]) -> dict[str, Any]:
    """Version 1 kept the experiment alone: it opens at step 0, with the screen as usual."""
    return value | {"recording": {}, "view": {}}


MIGRATIONS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {  # from each older version to the next
    1: _with_recording_and_view,
}


def _document(value: dict[str, Any]) -> Document:
    _refuse_others(value, TOP_KEYS, "")
    experiment = experiment_in(value.get("experiment"))
    recording = _of_state(value.get("recording", {}), RECORDING, "recording")
    document = Document(experiment, recording, _of_state(value.get("view", {}), VIEW, "view"))
    wrong = misplaced(document)
    if wrong:
        raise _error(*wrong)
    return document


def _of_state(values: Any, table: Mapping[str, Callable[[Value], Value]], where: str) -> Told:
    if not isinstance(values, dict):
        raise _error(where, refusal("an object", values))
    _refuse_others(values, table, f"{where}.")
    checked = USUAL_STATE | {key: _passed(table[key], values[key], f"{where}.{key}") for key in values}
    return told(checked, table)


def _passed(check: Callable[[Value], Value], value: Any, key: str) -> Value:
    try:
        return check(value)
    except ValueError as error:
        raise _error(key, error) from None


def read(path: Path, most: int = LARGEST) -> Document:
    """The document in a file; FileError says what is wrong with it, OSError that it cannot be read."""
    with plain(path).open("rb") as file:
        return decode(file.read(most + 1), most)


def writable(document: Document) -> bytes:
    """The document as a file that opens everywhere; FileError where it is too large for one."""
    data = encode(document)
    if len(data) > LARGEST:
        table = document.experiment.base.csv
        what = f", for {table.name} holds {len(table.values):,} rows" if table else ""
        raise FileError(
            f"it would be larger than {LARGEST // 2**20} MiB{what}: its points can be saved as CSV"
        )
    return data


def _refuse_others(value: dict[str, Any], known: Any, where: str) -> None:
    for key in value:
        if key not in known:
            raise _error(f"{where}{key}", ValueError("not known"))


def experiment_in(value: Any) -> Experiment:
    """The experiment in the layout of a file's `experiment`; FileError names the key that is wrong."""
    if not isinstance(value, dict):
        raise _error("experiment", refusal("an object", value))
    twins, edits = value.get("twins", [{}]), value.get("edits", [])
    if not isinstance(twins, list) or not 1 <= len(twins) <= MOST_TWINS:
        raise _error("twins", refusal(f"a list of 1 to {MOST_TWINS} twins", twins))
    if not isinstance(edits, list) or len(edits) > MOST_EDITS:
        raise _error("edits", refusal(f"a list of at most {MOST_EDITS:,} edits", edits))
    base = Settings(**_checked({k: v for k, v in value.items() if k not in ("twins", "edits")}, ""))
    own = tuple(tuple(_checked(twin, f"twins[{i}].").items()) for i, twin in enumerate(twins))
    steps = [0]
    made = tuple(_edit(edit, steps, len(own), f"edits[{i}]") for i, edit in enumerate(edits))
    experiment = Experiment(base, own, made)
    try:
        check(experiment)
    except ValueError as error:
        raise FileError(str(error)) from None
    return experiment


def _checked(values: Any, where: str) -> dict[str, Value]:
    if not isinstance(values, dict):
        raise _error(where.rstrip("."), refusal("an object", values))
    _refuse_others(values, FIELDS, where)
    return {key: _one(key, values[key], where) for key in FIELDS if key in values}


def _one(key: str, value: Any, where: str) -> Value:
    return _passed(field_of(key).kind.check, value, f"{where}{key}")


def _edit(edit: Any, steps: list[int], twins: int, where: str) -> LiveEdit:
    """One live edit; `steps` grows by its step, which must not come before the last one."""
    if not isinstance(edit, dict) or set(edit) != EDIT_KEYS:
        raise _error(where, refusal(f"an object with {', '.join(sorted(EDIT_KEYS))}", edit))
    step, twin, key = edit["step"], edit["twin"], edit["key"]
    first = max(1, steps[-1])
    if type(step) is not int or not first <= step < 2**53:
        raise _error(f"{where}.step", refusal(f"a whole number of at least {first}", step))
    if twin is not None and (type(twin) is not int or not 0 <= twin < twins):
        raise _error(f"{where}.twin", refusal(f"null or a twin's number below {twins}", twin))
    if not isinstance(key, str) or not (parameter(key) or (key in FIELDS and FIELDS[key].live)):
        raise _error(f"{where}.key", refusal("a setting that can change in a run", key))
    steps.append(step)
    return LiveEdit(step, twin, key, _one(key, edit["value"], f"{where}."))


def _error(key: str, error: ValueError) -> FileError:
    return FileError(f"key '{key[:80]}': {error}")


def write_atomically(path: Path, data: bytes) -> None:
    """Put data in the place of a file: either the old bytes stand there or all the new ones.

    A temporary file in the same folder, flushed to the disk, then renamed over the old one; keeps its mode
    and follows links. What is no file, such as /dev/null or a pipe, is written to and stays what it is.
    OSError, which names the file that was wanted, where that cannot be done.
    """
    try:
        _put(_followed(path), data)
    except OSError as error:
        error.filename, error.filename2 = str(path), None  # not the temporary file's name
        raise


def _followed(path: Path) -> Path:
    """Where links lead; OSError where they lead in a circle, or where no file can have such a name."""
    try:
        end = Path(os.path.realpath(path))
    except ValueError:  # NUL, or half of a pair of surrogates
        raise OSError(errno.EINVAL, "no file can have this name") from None
    if end.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    return end


def _put(path: Path, data: bytes) -> None:
    if path.exists() and not path.is_file() and not path.is_dir():
        path.write_bytes(data)
        return
    temporary = path.with_name(f".{path.name[:KEPT]}.{os.urandom(4).hex()}")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            temporary.chmod(stat.S_IMODE(path.stat().st_mode))
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    if _POSIX:  # elsewhere a folder cannot be opened
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
