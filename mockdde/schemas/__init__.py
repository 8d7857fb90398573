"""The registry of the shipped JSON Schemas, and plain sentences about what is wrong by them."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from mockdde.assets import walk
from mockdde.errors import CatalogueError, UsageError, nearest
from mockdde.schemas._documents import Documents, read_documents
from mockdde.schemas._quick import Quick, quick_verdict
from mockdde.schemas._sentences import Problem, is_told, place, problems

if TYPE_CHECKING:
    from jsonschema import ValidationError
    from jsonschema.protocols import Validator
    from referencing.jsonschema import SchemaRegistry

__all__ = [
    "Documents",
    "Problem",
    "check",
    "explain",
    "load",
    "names",
    "quick",
    "read_documents",
    "validator",
]

Wrong: TypeAlias = list[tuple[str, list[Problem]]]  # with where each stands: "line 3"


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
    checker = kind.FORMAT_CHECKER
    made: Validator = kind(_part(name), format_checker=checker, registry=_registry())
    return made


@cache
def quick(name: str) -> Quick:
    """Whether a document is certainly valid by a schema or a part of one."""
    known = {schema["$id"]: schema for schema in _shipped().values()}
    return quick_verdict(_part(name), known.__getitem__)


def explain(name: str, instance: Any) -> list[Problem]:
    """Every distinct problem of a document, in its own order; none where it is valid."""
    if quick(name)(instance):
        return []
    found = set(problems(validator(name).iter_errors(instance)))
    found = {each for each in found if not is_told(each, found)}
    return sorted(found, key=lambda each: (place(instance, each), each.message))


def check(name: str, documents: Iterable[Documents]) -> Iterator[tuple[int, Wrong]]:
    """Hold documents against a schema: how many there were, and what is wrong with which.

    Said of those that were read together, and then of the next.
    """
    valid = quick(name)
    for where, values in documents:
        doubtful = [(no, value) for no, value in values if not valid(value)]
        told = [(where.format(no), explain(name, value)) for no, value in doubtful]
        yield len(values), [(place, problems) for place, problems in told if problems]


def _part(name: str) -> dict[str, Any]:
    whole, _, part = name.partition("#")
    return {"$ref": f"{_find(whole)['$id']}#{part}"} if part else _find(whole)


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
