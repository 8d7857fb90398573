"""Documents held against their strict schemas by jsonschema-rs, which can look at all of them."""

from __future__ import annotations

from functools import cache

import jsonschema_rs
import orjson
import pytest

from mockdde import schemas

__all__ = ["check", "explain", "quick"]


@cache
def registry():
    """Every shipped schema."""
    every = [(schema["$id"], schema) for schema in map(schemas.load, schemas.names())]
    return jsonschema_rs.Registry(every)


@cache
def quick(name):
    """A validator of jsonschema-rs that knows every shipped schema and checks formats."""
    return jsonschema_rs.validator_for(
        schemas.load(name), registry=registry(), validate_formats=True
    )


def explain(name, document):
    """What is wrong with a document, as schemas.explain says it; nothing where it is valid."""
    return [] if quick(name).is_valid(document) else schemas.explain(name, document)


def check(name, payload):
    """Hold a document against its strict schema; what is wrong with it in sentences."""
    document = orjson.loads(payload)
    if not quick(f"{name}.strict").is_valid(document):
        found = schemas.explain(f"{name}.strict", document)
        pytest.fail(f"{name}: {[f'{each.path}: {each.message}' for each in found[:3]]}")
