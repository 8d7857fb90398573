"""What of a value a JSON Schema speaks of: the rest of it is nothing to those who read a report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

__all__ = ["mentioned"]

_LISTS: Final = ("allOf", "anyOf", "oneOf")
_SCHEMAS: Final = ("not", "if", "then", "else")
_ITEMS: Final = ("items", "contains")
_DEFINITIONS: Final = "#/$defs/"
_DEEPEST: Final = 20  # a schema may refer to itself


def mentioned(value: Any, schema: Any, definitions: Mapping[str, Any]) -> Any:
    """The value without keys that are not in the schema; whole where it names none of them."""
    return _part(value, [schema], definitions, 0)


def _part(value: Any, schemas: list[Any], definitions: Mapping[str, Any], depth: int) -> Any:
    every = [each for schema in schemas for each in _spread(schema, definitions, depth)]
    if isinstance(value, list):
        inner = [each[key] for each in every for key in _ITEMS if key in each]
        return [_part(each, inner, definitions, depth + 1) for each in value] if inner else value
    if not isinstance(value, dict):
        return value
    names = {key for each in every for key in (*each.get("properties", ()), *_keys(each))}
    kept = {
        key: _part(each, _under(every, key), definitions, depth + 1)
        for key, each in value.items()
        if key in names
    }
    return kept or value


def _keys(schema: Mapping[str, Any]) -> list[str]:
    return [each for each in schema.get("required", ()) if isinstance(each, str)]


def _under(schemas: list[Mapping[str, Any]], key: str) -> list[Any]:
    return [each["properties"][key] for each in schemas if key in each.get("properties", ())]


def _spread(schema: Any, definitions: Mapping[str, Any], depth: int) -> Iterator[Mapping[str, Any]]:
    """A schema, and all that are said of the same value in it."""
    if not isinstance(schema, dict) or depth > _DEEPEST:
        return
    yield schema
    inner = [schema[key] for key in _SCHEMAS if key in schema]
    inner += [each for key in _LISTS for each in schema.get(key, ())]
    reference = str(schema.get("$ref", ""))
    if reference.startswith(_DEFINITIONS):
        inner.append(definitions.get(reference.removeprefix(_DEFINITIONS)))
    for each in inner:
        yield from _spread(each, definitions, depth + 1)
