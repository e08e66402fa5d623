"""Does every module import only what lies below it?

``playground`` is a house with one staircase: each layer may know those below, never those above.
The imports are read from the source, so that the answer has a file and a line.
"""

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "playground"


@dataclass(frozen=True, slots=True)
class Layer:
    """What one layer may import: layers of ours, libraries, and which of the standard library not.

    ``late`` names what may be imported inside a function only, when it is needed.
    """

    ours: frozenset[str]
    libraries: frozenset[str] = frozenset()
    not_standard: frozenset[str] = frozenset()
    late: frozenset[str] = frozenset()


def names(text: str) -> frozenset[str]:
    return frozenset(text.split())


ENGINE_MAY_NOT = names("asyncio random secrets uuid time datetime threading multiprocessing")
BELOW_THE_WINDOW = names("asyncio")
LIBRARIES_OF_THE_SCENARIO = names("pydantic pydantic_core yaml annotated_types")
ANY_LIBRARY_BUT_QT = names("rich platformdirs numpy")
QT = names("PySide6 shiboken6 pyqtgraph")

LAYERS = {
    "engine": Layer(names("engine"), names("annotated_types"), ENGINE_MAY_NOT),
    "scenario": Layer(names("scenario engine"), LIBRARIES_OF_THE_SCENARIO, BELOW_THE_WINDOW),
    "checker": Layer(names("checker scenario engine"), names("annotated_types"), BELOW_THE_WINDOW),
    "session": Layer(names("session scenario engine"), names("numpy"), BELOW_THE_WINDOW),
    "backends": Layer(names("backends scenario engine")),
    "catalogue": Layer(names("catalogue scenario engine paths")),
    "headless": Layer(names("headless checker catalogue scenario engine"), ANY_LIBRARY_BUT_QT),
    "ui": Layer(names("ui session checker scenario engine paths"), QT | names("numpy")),
    "app": Layer(
        names("app ui backends session checker catalogue scenario engine paths"),
        QT | ANY_LIBRARY_BUT_QT | names("qasync"),
    ),
    "cli": Layer(
        names("cli headless session checker catalogue scenario engine paths"),
        ANY_LIBRARY_BUT_QT,
        late=names("app ui backends"),
    ),
    "paths": Layer(names("paths")),
    "__main__": Layer(frozenset(), late=names("cli")),
    "__init__": Layer(frozenset()),
}


@dataclass(frozen=True, slots=True)
class Import:
    """One imported module, where, and whether it waits for a function to be called."""

    module: str
    line: int
    is_late: bool


def imports_of(source: str, module: str, is_package: bool) -> Iterator[Import]:
    """Every import in a source, with relative ones spelled out."""

    def walk(node: ast.AST, is_late: bool) -> Iterator[Import]:
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(alias.name, node.lineno, is_late)
        elif isinstance(node, ast.ImportFrom):
            origin = node.module or ""
            if node.level:
                parents = module.split(".") + ["__init__"] * is_package
                origin = ".".join([*parents[: -node.level], *filter(None, [origin])])
            # "from playground import paths" names a layer; deeper names do not matter.
            for alias in node.names:
                name = f"{origin}.{alias.name}" if origin == PACKAGE else origin
                yield Import(name, node.lineno, is_late)
        is_function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for child in ast.iter_child_nodes(node):
            yield from walk(child, is_late or is_function)

    return walk(ast.parse(source), False)


def refusal(layer_name: str, found: Import) -> str | None:
    """Why this layer may not import this, or None if it may."""
    layer = LAYERS[layer_name]
    root, _, rest = found.module.partition(".")
    if root == PACKAGE:
        target, allowed, late = rest.partition(".")[0], layer.ours, layer.late
        if target in ("", "__version__"):
            return None
    elif root in sys.stdlib_module_names:
        target, allowed, late = root, sys.stdlib_module_names - layer.not_standard, frozenset()
    else:
        target, allowed, late = root, layer.libraries, layer.late
    if target in allowed or (found.is_late and target in late):
        return None
    if target in late:
        return f"{layer_name} may import {found.module} inside a function only"
    return f"{layer_name} may not import {found.module}; {allowed_way(layer)}"


def allowed_way(layer: Layer) -> str:
    known = sorted(f"{PACKAGE}.{name}" for name in layer.ours) + sorted(layer.libraries)
    text = f"it may import {', '.join(known) or 'nothing of ours'} and the standard library"
    if layer.not_standard:
        text += f" without {', '.join(sorted(layer.not_standard))}"
    if layer.late:
        text += f", and inside a function {', '.join(sorted(layer.late))}"
    return text


def sources_of(layer_name: str) -> list[Path]:
    folder = ROOT / PACKAGE / layer_name
    if folder.is_dir():
        return sorted(folder.rglob("*.py"))
    return [path for path in [folder.with_suffix(".py")] if path.is_file()]


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@pytest.mark.parametrize("layer_name", LAYERS)
def test_a_layer_imports_only_what_lies_below_it(layer_name: str) -> None:
    refused = [
        f"{path.relative_to(ROOT)}:{found.line}: {reason}"
        for path in sources_of(layer_name)
        for found in imports_of(
            path.read_text(encoding="utf-8"), module_of(path), path.name == "__init__.py"
        )
        if (reason := refusal(layer_name, found))
    ]
    assert not refused, "\n" + "\n".join(refused)


def test_every_module_belongs_to_a_layer() -> None:
    entries = {path.stem for path in (ROOT / PACKAGE).iterdir() if path.suffix == ".py"}
    entries |= {path.parent.name for path in (ROOT / PACKAGE).glob("*/__init__.py")}
    assert entries <= LAYERS.keys(), "a new layer needs its row in LAYERS"


@pytest.mark.parametrize(
    ("layer_name", "source", "line"),
    [
        ("engine", "import heapq\nimport random\n", 2),
        ("engine", "from datetime import datetime\n", 1),
        ("engine", "from ..session.frame import Frame\n", 1),
        ("scenario", "from playground import ui\n", 1),
        ("session", "import pydantic\n", 1),
        ("session", "def later():\n    import asyncio.events\n", 2),
        ("ui", "import qasync\n", 1),
        ("cli", "try:\n    from PySide6 import QtCore\nfinally:\n    pass\n", 2),
        ("cli", "from playground.app import open_window\n", 1),
    ],
)
def test_an_import_from_above_is_found_with_its_line(
    layer_name: str, source: str, line: int
) -> None:
    found = imports_of(source, f"{PACKAGE}.{layer_name}.somewhere", is_package=False)
    assert [each.line for each in found if refusal(layer_name, each)] == [line]


@pytest.mark.parametrize(
    ("layer_name", "source"),
    [
        ("engine", "import heapq\nfrom annotated_types import Interval\nfrom . import ids\n"),
        ("session", "import numpy as np\nfrom playground.engine.world import World\n"),
        ("ui", "from PySide6.QtCore import QTimer\nfrom playground import __version__, paths\n"),
        ("cli", "def window():\n    from playground.app import open_window\n"),
    ],
)
def test_the_allowed_way_is_not_complained_about(layer_name: str, source: str) -> None:
    found = imports_of(source, f"{PACKAGE}.{layer_name}.somewhere", is_package=False)
    assert [each for each in found if refusal(layer_name, each)] == []


@pytest.mark.parametrize(
    ("layer_names", "forbidden"),
    [
        (["engine"], ["PySide6", "asyncio", "numpy", "pydantic", "yaml"]),
        (["session"], ["PySide6", "shiboken6", "pyqtgraph", "qasync", "asyncio"]),
        (["scenario", "checker"], ["PySide6", "shiboken6", "pyqtgraph", "qasync"]),
        (["cli", "paths", "__main__"], ["PySide6", "shiboken6", "pyqtgraph", "qasync"]),
    ],
    ids=["engine", "session", "scenario", "command"],
)
def test_what_runs_headless_loads_no_qt(layer_names: list[str], forbidden: list[str]) -> None:
    modules = [module_of(path) for name in layer_names for path in sources_of(name)]
    program = (
        "import importlib, sys\n"
        f"for name in {modules!r}: importlib.import_module(name)\n"
        f"print(*[name for name in {forbidden!r} if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.stderr, done.stdout.split()) == ("", [])
