"""YAML text as plain values, each with the mark of where it stands."""

from __future__ import annotations

import math
import re

import yaml

from mockdde.errors import Mark, ScenarioError
from mockdde.scenario.source import Path, Place, Source

__all__ = ["read_yaml"]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WHOLE = re.compile(r"-?[0-9]{1,400}")  # +0 is text: a quirk has it for its choice
_DECIMAL = re.compile(r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
# YAML 1.1 would also read on, off, yes and no as booleans; `on` is a key of the wire section.
_WORDS = {"true": True, "True": True, "false": False, "False": False}
# What the library says, and what a person should hear.
_MEANT = {
    "but found another document": "a second document begins here; a file is one scenario",
    "mapping values are not allowed in this context": (
        "this is not YAML: a colon cannot stand here; quote the text that has it, or indent the key"
    ),
}
_NOTHING = ("null", "~", "")
_LINES = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_DEEPEST = 50  # levels of lists and mappings
_MOST = 200_000  # values, which aliases of aliases soon are
_TOO_DEEP = "this is nested too deeply to be a scenario"
# A pattern that takes long to compile, and only for a mistake.
_FORBIDDEN = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"


def read_yaml(text: str, name: str) -> Source:
    """Read one YAML document. ScenarioError where it is no YAML, or says a key twice."""
    source = Source(name)
    text = text.removeprefix("\ufeff")  # the mark that some editors put before UTF-8
    try:
        _measure(text, name)
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        spot = error.problem_mark or error.context_mark
        mark = Mark(name, spot.line + 1, spot.column + 1) if spot else Mark(name, 1, 1)
        said = _line(error.problem or error.context or "")
        if _at(text, mark) == "\t":
            said = "a tab stands where only spaces can"
        raise ScenarioError(mark, _MEANT.get(said) or f"this is not YAML: {said}") from None
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        mark, character = _unreadable(text, name)
        message = f"this is not YAML: {character or _line(str(error))}"
        raise ScenarioError(mark, message) from None
    if node is None:
        raise ScenarioError(Mark(name, 1, 1), "the file is empty; a scenario has at least a title")
    source.value = _value(node, (), source, ())
    return source


def _measure(text: str, name: str) -> None:
    """Refuse what is nested too deeply: the composer written in C would overflow its stack."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            start = event.start_mark
            line, column = (start.line, start.column) if start else (0, 0)
            raise ScenarioError(Mark(name, line + 1, column + 1), _TOO_DEEP)


def _unreadable(text: str, name: str) -> tuple[Mark, str]:
    """The first character that no YAML has, and where it stands."""
    found = re.search(_FORBIDDEN, text)
    if found is None:
        return Mark(name, 1, 1), ""
    before = text[: found.start()]
    mark = Mark(name, before.count("\n") + 1, found.start() - before.rfind("\n"))
    return mark, f"it has the character U+{ord(found.group()):04X}, which no YAML has"


def _at(text: str, mark: Mark) -> str:
    """The character at a mark, or nothing at the end."""
    line = [*_LINES.split(text), *[""] * mark.line][mark.line - 1]
    return line[mark.column - 1 : mark.column]


def _line(said: str) -> str:
    return " ".join(said.split())


def _value(node: yaml.Node, path: Path, source: Source, above: tuple[int, ...]) -> object:
    place = source.values[path] = _place(node)
    mark = Mark(source.name, *place)
    if id(node) in above:
        raise ScenarioError(mark, "this alias contains itself; write the value out")
    if len(above) > _DEEPEST:
        raise ScenarioError(mark, _TOO_DEEP)
    if len(source.values) > _MOST:
        raise ScenarioError(mark, f"up to here there are {_MOST} values; no scenario is so large")
    inner = (*above, id(node))
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, source, inner)
    if isinstance(node, yaml.SequenceNode):
        return [_value(each, (*path, at), source, inner) for at, each in enumerate(node.value)]
    return _scalar(node)


def _place(node: yaml.Node) -> Place:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _mapping(
    node: yaml.MappingNode, path: Path, source: Source, above: tuple[int, ...]
) -> dict[str, object]:
    values: dict[str, object] = {}
    for key_node, value_node in node.value:
        place = _place(key_node)
        mark = Mark(source.name, *place)
        if not isinstance(key_node, yaml.ScalarNode):
            raise ScenarioError(mark, "a key is a word, not a list or a mapping")
        key = str(key_node.value)
        if key == "<<":
            raise ScenarioError(mark, "<< merges nothing here; write the keys out")
        if not key.strip():
            raise ScenarioError(mark, "a key is blank; write its name before the colon")
        if key in values:
            first = source.keys[(*path, key)]
            message = f"the key {key!r} is there twice, first on line {first[0]}"
            raise ScenarioError(mark, f"{message}; keep one of the two")
        source.keys[(*path, key)] = place
        values[key] = _value(value_node, (*path, key), source, above)
    return values


def _scalar(node: yaml.Node) -> object:
    text = str(node.value)
    if getattr(node, "style", None):  # quoted or a block; plain is None or ""
        return text
    if text in _NOTHING:
        return None
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        number = float(text)
        if math.isfinite(number):
            # 3.0 is a whole number by JSON Schema, so it has to be one in Python too.
            return int(number) if number.is_integer() and abs(number) < 1e15 else number
    return text
