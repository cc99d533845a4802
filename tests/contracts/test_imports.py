"""What the contracts cannot say: which outside modules a layer may name, and may load once it runs."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "netviz"
WINDOW = {"PySide6", "shiboken6", "ziamath"}
# The modules outside the standard library that a layer may name, and what must not be loaded once it is.
LAYERS = {
    "core": ({"numpy", "netviz.core"}, {"msgspec", *WINDOW}),
    "paths": (set(), {"numpy", "msgspec", *WINDOW}),
    "interrupts": (set(), {"numpy", "msgspec", *WINDOW}),
    "session": ({"numpy", "msgspec", "netviz.core", "netviz.session", "netviz.paths"}, WINDOW),
    "worker": (
        {"numpy", "PySide6.QtCore", "netviz.core", "netviz.session", "netviz.paths"},
        {"PySide6.QtGui", "PySide6.QtWidgets", "ziamath"},
    ),
    "cli": ({"numpy", "msgspec", "netviz"}, WINDOW),
    "__main__": ({"netviz"}, WINDOW),
}


def files() -> Iterator[tuple[str, Path]]:
    """Yield each file of LAYERS with its layer's name."""
    for layer in LAYERS:
        path = PACKAGE / layer
        found = sorted(path.rglob("*.py")) if path.is_dir() else [path.with_suffix(".py")]
        yield from ((layer, file) for file in found)


def dotted(file: Path) -> str:
    parts = file.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(file: Path) -> Iterator[str]:
    """Yield the dotted name of every import in a file, those inside functions included."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize(("layer", "file"), [pytest.param(*row, id=dotted(row[1])) for row in files()])
def test_a_file_names_only_what_its_layer_may_know(layer, file):
    allowed = LAYERS[layer][0] | set(sys.stdlib_module_names)
    strangers = {
        name
        for name in imported(file)
        if not any(name == known or name.startswith(f"{known}.") for known in allowed)
    }
    assert not strangers


@pytest.mark.parametrize(("layer", "file"), [pytest.param(*row, id=dotted(row[1])) for row in files()])
def test_a_module_loads_only_what_its_layer_may_know(layer, file):
    code = f"import sys, {dotted(file)}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not LAYERS[layer][1] & set(done.stdout.split())
