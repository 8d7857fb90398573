"""The registry of the shipped JSON Schemas, and plain sentences about what is wrong by them."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from mockdde.assets import walk
from mockdde.errors import CatalogueError, UsageError, nearest
from mockdde.schemas._documents import read_documents
from mockdde.schemas._sentences import Problem, is_told, place, problems

if TYPE_CHECKING:
    from jsonschema import ValidationError
    from jsonschema.protocols import Validator
    from referencing.jsonschema import SchemaRegistry

__all__ = ["Problem", "explain", "load", "names", "read_documents", "validator"]


def names() -> list[str]:
    """The names of all shipped schemas, such as ``dde/events`` and ``dde/events.strict``."""
    return list(_shipped())


def load(name: str) -> dict[str, Any]:
    """A copy of one schema."""
    return copy.deepcopy(_find(name))


@cache
def validator(name: str) -> Validator:
    """A validator that checks formats and knows every shipped schema by its ``$id``.

    ``kit/scenario#/$defs/wire`` is a part of a schema.
    """
    # Importing jsonschema takes longer than anything else a command does before it works.
    from jsonschema import Draft202012Validator, validators  # noqa: PLC0415

    extend: Any = validators.extend
    kind = extend(Draft202012Validator, {"properties": _properties})
    # Its own checker knows date-time only where rfc3339-validator is installed.
    whole, _, part = name.partition("#")
    schema = {"$ref": f"{_find(whole)['$id']}#{part}"} if part else _find(whole)
    made: Validator = kind(schema, format_checker=kind.FORMAT_CHECKER, registry=_registry())
    return made


def explain(name: str, instance: Any) -> list[Problem]:
    """Every distinct problem of a document, in its own order; none where it is valid."""
    found = set(problems(validator(name).iter_errors(instance)))
    found = {each for each in found if not is_told(each, found)}
    return sorted(found, key=lambda each: (place(instance, each), each.message))


@cache
def _shipped() -> dict[str, dict[str, Any]]:
    schemas: dict[str, dict[str, Any]] = {}
    owners: dict[str, str] = {}
    for name, file in walk("schemas", ".schema.json"):
        schema: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        identity = str(schema.get("$id"))
        if identity in owners:
            raise CatalogueError(f"{owners[identity]} and {name} have one $id: {identity}")
        schemas[name], owners[identity] = schema, name
    return schemas


def _find(name: str) -> dict[str, Any]:
    schemas = _shipped()
    if name not in schemas:
        raise UsageError(f"there is no schema {name}{nearest(name, schemas)}")
    return schemas[name]


@cache
def _registry() -> SchemaRegistry:
    from referencing import Registry, Resource  # noqa: PLC0415

    return Registry().with_resources(
        (str(schema.get("$id")), Resource.from_contents(schema)) for schema in _shipped().values()
    )


def _properties(validator: Any, properties: Any, value: Any, _: Any) -> Iterator[ValidationError]:
    for key in properties.keys() & value if isinstance(value, dict) else ():
        # Of a schema that is false jsonschema does not tell the place; of one that says so it does.
        schema = {"not": {}} if properties[key] is False else properties[key]
        yield from validator.descend(value[key], schema, path=key, schema_path=key)
