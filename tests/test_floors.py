"""The architecture is a table: a module imports only from its own floor or below."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

import mockdde

# A module, or a package with all that is in it; the longest that fits counts.
FLOORS = {
    "__init__": 0,
    "records": 0,
    "errors": 0,
    "assets": 0,
    "catalogue": 0,
    "baseline": 1,
    "decimals": 1,
    "golf": 1,
    "matchplay": 1,
    "log": 1,
    "schemas": 1,
    "quirks": 1,
    "chance": 1,
    "frames": 1,
    "moments": 1,
    "names": 1,
    "scenario": 2,
    "story": 2,
    "scorer": 2,
    "cards": 2,
    "shots": 2,
    "figures": 2,
    "layouts": 2,
    "lines": 2,
    "standing": 2,
    "strokenumbers": 2,
    "books": 2,
    "matchbook": 2,
    "matchtables": 2,
    "matchtotals": 2,
    "roundnames": 2,
    "teambook": 2,
    "telling": 2,
    "feeds": 2,
    "fixtures": 2,
    "idmap": 2,
    "faults": 2,
    "wire": 2,
    "world": 2,
    "broadcast": 2,
    "describe": 2,
    "tokens": 2,
    "kit": 2,
    "tape": 3,
    "latest": 3,
    "multiplexer": 3,
    "subscriber": 3,
    "session": 3,
    "deadlines": 3,
    "outlet": 3,
    "watch": 3,
    "way": 3,
    "rules": 3,
    "chaos": 3,
    "reception": 3,
    "resume": 3,
    "answers": 3,
    "kept": 3,
    "playclock": 3,
    "journal": 3,
    "snapshot": 3,
    "documents": 3,
    "aims": 3,
    "show": 3,
    "shows": 3,
    "conductor": 3,
    "engine": 3,
    "meddling": 3,
    "clock": 4,
    "listening": 4,
    "printer": 4,
    "tls": 4,
    "dashboard": 4,
    "display": 4,
    "connection": 4,
    "tap": 4,
    "streams": 4,
    "paths": 4,
    "rest": 4,
    "fanout": 4,
    "ear": 4,
    "reader": 3,
    "timer": 4,
    "outages": 4,
    "port": 4,
    "clerk": 4,
    "server": 4,
    "control": 4,
    "_page": 4,
    "frontpage": 4,
    "issuer": 4,
    "serve": 4,
    "recorder": 4,
    "runner": 4,
    "double": 4,
    "kitdisplay": 5,
    "judging": 5,
    "conform": 5,
    "lists": 5,
    "tokencli": 5,
    "cli": 5,
    "ctl": 5,
    "_tables": 5,
    "remote": 5,
    "__main__": 5,
    "pytest_plugin": 5,
}
PURE = 3  # the highest floor without a loop, a socket, wall time or chance of its own
SHELL_ONLY = {"aiohttp", "asyncio", "concurrent", "multiprocessing", "secrets", "select",
              "selectors", "socket", "subprocess", "threading", "time"}  # fmt: skip
OUTSIDE = {"datetime.datetime.now", "datetime.datetime.utcnow", "datetime.datetime.today",
           "datetime.date.today", "os.urandom", "uuid.uuid1", "uuid.uuid4"}  # fmt: skip

LONGEST_MODULE, LONGEST_FUNCTION = 400, 40  # lines
LONG_MODULES = {
    "names": "data: the pinned table of names",
}
LONG_FUNCTIONS: dict[str, str] = {}  # "module.function": the reason

HOME = Path(mockdde.__file__).parent


def sources() -> dict[str, Path]:
    """Every module of the package by its name inside it: ``errors``, ``feeds.round``."""
    found = {}
    for path in sorted(HOME.rglob("*.py")):
        parts = path.relative_to(HOME).with_suffix("").parts
        if parts[0] == "_data":  # shipped files, not modules
            continue
        package = len(parts) > 1 and parts[-1] == "__init__"
        found[".".join(parts[:-1] if package else parts)] = path
    return found


MODULES = sources()


def entry(module: str) -> str | None:
    """The entry of the table that speaks for a module."""
    fitting = [name for name in FLOORS if module == name or module.startswith(f"{name}.")]
    return max(fitting, key=len, default=None)


@dataclass(frozen=True, slots=True)
class Source:
    """A module's text as far as the rules look at it."""

    tree: ast.Module
    origins: dict[str, str]  # a name as used here: the dotted name it stands for
    imports: tuple[tuple[int, str], ...]  # line, dotted name; function-level ones too


def parse(text: str, module: str, *, package: bool) -> Source:
    tree = ast.parse(text)
    origins: dict[str, str] = {}
    imports: list[tuple[int, str]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                imports.append((node.lineno, alias.name))
                origins[alias.asname or alias.name.split(".")[0]] = (
                    alias.name if alias.asname else alias.name.split(".")[0]
                )
        elif isinstance(node, ast.ImportFrom):
            origin = _absolute(node, module, package=package)
            for alias in node.names:
                imports.append((node.lineno, f"{origin}.{alias.name}"))
                origins[alias.asname or alias.name] = f"{origin}.{alias.name}"
        elif isinstance(node, ast.Call) and _called_by_text(node):
            imports.append((node.lineno, str(node.args[0].value)))  # type: ignore[attr-defined]
    return Source(tree, origins, tuple(imports))


def _absolute(node: ast.ImportFrom, module: str, *, package: bool) -> str:
    if not node.level:
        return node.module or ""
    here = ["mockdde", *module.split(".")] if module != "__init__" else ["mockdde"]
    up = node.level - (1 if package else 0)
    return ".".join([*here[: len(here) - up], *filter(None, [node.module])])


def _called_by_text(node: ast.Call) -> bool:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else None
    name = node.func.id if isinstance(node.func, ast.Name) else name
    constant = node.args and isinstance(node.args[0], ast.Constant)
    return bool(constant) and name in {"import_module", "__import__"}


@cache
def source(module: str) -> Source:
    path = MODULES[module]
    return parse(path.read_text("utf-8"), module, package=path.name == "__init__.py")


def imported_modules(source: Source) -> Iterator[tuple[int, str]]:
    """The modules of mockdde that are imported, by their name inside it, with the line."""
    for line, dotted in source.imports:
        if dotted.split(".")[0] != "mockdde":
            continue
        name = dotted.removeprefix("mockdde").removeprefix(".")
        while name and name not in MODULES:  # the last words are names in a module
            name = name.rpartition(".")[0]
        yield line, name or "__init__"


def too_high(module: str, source: Source) -> list[str]:
    """Imports that reach above a module's own floor."""
    floor = FLOORS[entry(module) or ""]
    return [
        f"mockdde.{module} (floor {floor}), line {line}: imports mockdde.{name} "
        f"(floor {FLOORS[entry(name) or '']})"
        for line, name in imported_modules(source)
        if entry(name) and FLOORS[entry(name) or ""] > floor
    ]


def impure(module: str, source: Source) -> list[str]:
    """Where a module takes time, chance or the network from outside instead of as an argument."""
    found = [
        (line, f"imports {dotted}")
        for line, dotted in source.imports
        if dotted.split(".")[0] in SHELL_ONLY or _global_chance(dotted)
    ]
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Name | ast.Attribute):
            dotted = _dotted(node, source.origins)
            if dotted in OUTSIDE or _global_chance(dotted):
                found.append((node.lineno, f"uses {dotted}"))
        elif isinstance(node, ast.Call) and not (node.args or node.keywords):
            if _dotted(node.func, source.origins) == "random.Random":
                found.append((node.lineno, "random.Random() has no seed"))
    return [f"mockdde.{module}, line {line}: {what}" for line, what in found]


def _global_chance(dotted: str | None) -> bool:
    owner, _, name = (dotted or "").partition(".")
    return owner == "random" and name.split(".")[0] not in {"", "Random"}


def _dotted(node: ast.AST, origins: dict[str, str]) -> str | None:
    if isinstance(node, ast.Name):
        return origins.get(node.id)
    if isinstance(node, ast.Attribute):
        owner = _dotted(node.value, origins)
        return f"{owner}.{node.attr}" if owner else None
    return None


@pytest.mark.parametrize("module", MODULES)
def test_every_module_has_a_floor(module):
    assert entry(module), (
        f"mockdde.{module} has no floor: say in FLOORS of tests/test_floors.py where it lives"
    )


@pytest.mark.parametrize("name", FLOORS)
def test_every_floor_has_its_module(name):
    assert name in MODULES, f"FLOORS names {name!r}, but there is no mockdde.{name}"


@pytest.mark.parametrize("module", [name for name in MODULES if entry(name)])
def test_a_module_imports_only_from_its_own_floor_or_below(module):
    assert too_high(module, source(module)) == []


@pytest.mark.parametrize(
    "module", [name for name in MODULES if FLOORS.get(entry(name) or "", PURE + 1) <= PURE]
)
def test_the_core_has_no_loop_no_socket_no_wall_time_and_no_chance_of_its_own(module):
    assert impure(module, source(module)) == []


@pytest.mark.parametrize("module", MODULES)
def test_a_module_can_be_held_in_the_head(module):
    lines = len(MODULES[module].read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST_MODULE or module in LONG_MODULES, f"mockdde.{module} has {lines} lines"


@pytest.mark.parametrize("module", MODULES)
def test_a_function_can_be_seen_at_once(module):
    functions = [
        node
        for node in ast.walk(source(module).tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    long = [
        f"mockdde.{module}.{node.name} has {lines} lines"
        for node in functions
        if (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
        and f"{module}.{node.name}" not in LONG_FUNCTIONS
    ]
    assert long == []


def test_every_exemption_has_a_reason_and_is_still_needed():
    for module, reason in LONG_MODULES.items():
        assert reason.strip()
        assert len(MODULES[module].read_text(encoding="utf-8").splitlines()) > LONGEST_MODULE
    for name, reason in LONG_FUNCTIONS.items():
        assert reason.strip()
        module, _, function = name.rpartition(".")
        lines = [
            (node.end_lineno or node.lineno) - node.lineno + 1
            for node in ast.walk(source(module).tree)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == function
        ]
        assert max(lines, default=0) > LONGEST_FUNCTION, f"{name} is short enough by now"


# The rules themselves, tried on code that breaks them: a guard that never barks guards nothing.


@pytest.mark.parametrize(
    "text",
    [
        "import asyncio",
        "import aiohttp.web",
        "from time import monotonic",
        "def late():\n    import socket",
        "import importlib\nimportlib.import_module('threading')",
        "from datetime import datetime\ndatetime.now()",
        "import datetime as dt\ndt.datetime.utcnow()",
        "import datetime\ndatetime.date.today()",
        "from datetime import datetime\nread = datetime.now",
        "import random\nrandom.random()",
        "import random as chance\nchance.shuffle([])",
        "from random import choice",
        "import random\nrandom.Random()",
        "from random import Random\nRandom()",
        "from random import SystemRandom",
        "import uuid\nuuid.uuid4()",
    ],
)
def test_an_impure_text_is_found_out(text):
    assert impure("engine", parse(text, "engine", package=False))


@pytest.mark.parametrize(
    "text",
    [
        "import random\nrng = random.Random(7)\nrng.random()",
        "from random import Random\ndef roll(rng: Random): return rng.choice([1])",
        "from datetime import datetime, time\ndatetime.fromisoformat('2025-02-20')",
        "def run(engine): return engine.clock.now()",
        "import uuid\nuuid.uuid5(uuid.NAMESPACE_URL, 'a')",
    ],
)
def test_a_pure_text_is_left_in_peace(text):
    assert impure("engine", parse(text, "engine", package=False)) == []


@pytest.mark.parametrize(
    ("text", "module", "package"),
    [
        ("import mockdde.names", "errors", False),
        ("from mockdde import names", "errors", False),
        ("from mockdde.names import last_names", "errors", False),
        ("def late():\n    from mockdde.names import last_names", "errors", False),
        ("from .names import last_names", "errors", False),
        ("from . import names", "__init__", True),
        ("from importlib import import_module\nimport_module('mockdde.names')", "errors", False),
    ],
)
def test_an_import_from_above_is_found_out(text, module, package):
    assert too_high(module, parse(text, module, package=package))


def test_an_import_from_below_is_left_in_peace():
    text = "from mockdde import __version__\nfrom mockdde.errors import nearest"
    assert too_high("names", parse(text, "names", package=False)) == []
