"""Documents held against their schemas by the quick verdict, which can look at all of them."""

from __future__ import annotations

from functools import cache
from types import SimpleNamespace

import orjson
import pytest

from mockdde import schemas

__all__ = ["check", "explain", "quick"]

explain = schemas.explain


@cache
def quick(name):
    """``is_valid``; tests/test_quick_verdict.py holds it against jsonschema."""
    return SimpleNamespace(is_valid=schemas.quick(name))


def check(name, payload):
    """Hold a document against its strict schema; what is wrong with it in sentences."""
    document = orjson.loads(payload)
    found = schemas.explain(f"{name}.strict", document)
    if found:
        pytest.fail(f"{name}: {[f'{each.path}: {each.message}' for each in found[:3]]}")
