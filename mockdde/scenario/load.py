"""Scenario files into scenarios: every mistake is one sentence with file, line and column."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from mockdde import assets
from mockdde.errors import Mark, ScenarioError, UsageError, nearest
from mockdde.scenario.build import build
from mockdde.scenario.compiled import read_shipped
from mockdde.scenario.model import Scenario
from mockdde.scenario.source import Source

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["load_file", "load_shipped", "load_text", "open_scenario", "shipped"]


def shipped() -> Iterator[tuple[str, Traversable]]:
    """The scenarios that come with mockdde: ("penalty/free-drop", file), sorted by name."""
    return assets.walk("scenarios", ".yaml")


def open_scenario(name: str) -> Scenario:
    """A scenario by its path (``-`` is stdin) or by the name of a shipped one.

    UsageError where there is none.
    """
    file = assets.find("scenarios", f"{name}.yaml")
    if file is not None:
        return load_shipped(name, file)
    if name == "-":
        return load_bytes(sys.stdin.buffer.read(), "stdin")
    path = FilePath(name)
    try:
        path.stat()
    except FileNotFoundError:
        pass
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"{name[:60]!r} cannot be read: {reason}") from None
    if path.is_dir():
        raise UsageError(f"{name} is a folder; name a scenario in it")
    if path.exists():
        return load_file(path)
    if path.suffix in (".yaml", ".yml") or path.is_absolute():
        raise UsageError(f"there is no file {name}")
    clause = nearest(name, dict(shipped()))
    raise UsageError(f"there is no scenario {name!r}, neither shipped nor a file{clause}")


def load_shipped(name: str, file: Traversable) -> Scenario:
    """A scenario that comes with mockdde; a test has checked its shape, so it is not done again."""
    return build(read_shipped(file, f"{name}.yaml"), name)


def load_file(path: FilePath) -> Scenario:
    """A scenario from a file of the user's."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from None
    return load_bytes(data, str(path))


def load_bytes(data: bytes, name: str) -> Scenario:
    """A scenario from YAML in UTF-8. ScenarioError at the first mistake."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        mark = Mark(name, line, column)
        raise ScenarioError(mark, "this is not UTF-8; save the file as UTF-8") from None
    return load_text(text, name)


def load_text(text: str, name: str) -> Scenario:
    """A scenario from YAML; ``name`` stands in the marks. ScenarioError at the first mistake."""
    from mockdde.scenario.yamltext import read_yaml  # noqa: PLC0415  (see ``compiled``)

    source = read_yaml(text, name)
    _check_shape(source)
    return build(source, name.removesuffix(".yaml"))


def _check_shape(source: Source) -> None:
    """Hold the values against schemas/kit/scenario. ScenarioError with all that is wrong."""
    # The schemas load jsonschema, which takes longer than reading a dozen scenarios.
    from mockdde import schemas  # noqa: PLC0415

    problems = schemas.explain("kit/scenario", source.value)
    marked = [(source.key_mark(problem.location), problem.message) for problem in problems]
    marked.sort(key=lambda each: (each[0].line, each[0].column))
    if marked:
        more = [ScenarioError(mark, message) for mark, message in marked[1:]]
        raise ScenarioError(*marked[0], more)
