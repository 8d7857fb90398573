"""YAML text as plain values, each with the mark of where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TypeAlias

import yaml

from mockdde.errors import Mark, ScenarioError

__all__ = ["Path", "Source", "read_yaml"]

Path: TypeAlias = tuple[str | int, ...]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WHOLE = re.compile(r"[-+]?\d+")
_DECIMAL = re.compile(r"[-+]?\d+\.\d*(?:[eE][-+]?\d+)?")
# YAML 1.1 would also read on, off, yes and no as booleans; `on` is a key of the wire section.
_WORDS = {"true": True, "True": True, "false": False, "False": False, "null": None, "~": None, "": None}


@dataclass(slots=True)
class Source:
    """The values of one file, and the marks of every value and key by their path."""

    name: str
    value: object = None
    values: dict[Path, Mark] = field(default_factory=dict)
    keys: dict[Path, Mark] = field(default_factory=dict)

    def mark(self, path: Path) -> Mark:
        """Where the value at ``path`` stands, or the nearest value around it."""
        while path not in self.values:
            path = path[:-1]
        return self.values[path]

    def key_mark(self, path: Path) -> Mark:
        """Where the key at the end of ``path`` stands."""
        return self.keys.get(path) or self.mark(path)


def read_yaml(text: str, name: str) -> Source:
    """Read one YAML document. ScenarioError where it is no YAML, or says a key twice."""
    source = Source(name)
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        spot = error.problem_mark or error.context_mark
        mark = Mark(name, spot.line + 1, spot.column + 1) if spot else Mark(name, 1, 1)
        said = " ".join(part for part in (error.context, error.problem) if part)
        raise ScenarioError(mark, f"this is not YAML: {said}") from None
    except yaml.YAMLError as error:
        said = str(error).splitlines()[0]
        raise ScenarioError(Mark(name, 1, 1), f"this is not YAML: {said}") from None
    except RecursionError:
        raise ScenarioError(Mark(name, 1, 1), "this is nested too deeply to be a scenario") from None
    if node is None:
        raise ScenarioError(Mark(name, 1, 1), "the file is empty; a scenario has at least a title")
    source.value = _value(node, (), source, ())
    return source


def _value(node: yaml.Node, path: Path, source: Source, above: tuple[int, ...]) -> object:
    mark = Mark(source.name, node.start_mark.line + 1, node.start_mark.column + 1)
    source.values[path] = mark
    if id(node) in above:
        raise ScenarioError(mark, "this alias contains itself; write the value out")
    if len(above) > 50 or len(source.values) > 200_000:
        raise ScenarioError(mark, "this is nested too deeply to be a scenario")
    inner = (*above, id(node))
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, source, inner)
    if isinstance(node, yaml.SequenceNode):
        return [_value(each, (*path, at), source, inner) for at, each in enumerate(node.value)]
    return _scalar(node)


def _mapping(
    node: yaml.MappingNode, path: Path, source: Source, above: tuple[int, ...]
) -> dict[str, object]:
    values: dict[str, object] = {}
    for key_node, value_node in node.value:
        mark = Mark(source.name, key_node.start_mark.line + 1, key_node.start_mark.column + 1)
        if not isinstance(key_node, yaml.ScalarNode):
            raise ScenarioError(mark, "a key is a word, not a list or a mapping")
        key = str(key_node.value)
        if key in values:
            first = source.keys[(*path, key)]
            raise ScenarioError(
                mark, f"{key} is said twice, first on line {first.line}; keep one of the two"
            )
        source.keys[(*path, key)] = mark
        values[key] = _value(value_node, (*path, key), source, above)
    return values


def _scalar(node: yaml.Node) -> object:
    text = str(node.value)
    if getattr(node, "style", None):  # quoted or a block; plain is None or ""
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return int(text) if len(text) < 20 else text
    if _DECIMAL.fullmatch(text):
        return float(text)
    return text
