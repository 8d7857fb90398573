"""What programs send: JSON or YAML of one value, and an entry of ``wire`` that comes alone."""

from __future__ import annotations

import json
from typing import Any

from mockdde.errors import Mark, ScenarioError
from mockdde.scenario.envelope import fault
from mockdde.scenario.model import FaultSpec, Trigger
from mockdde.scenario.part import Part
from mockdde.scenario.source import Source
from mockdde.scenario.yamltext import read_yaml

__all__ = ["read_entry", "read_json"]


class _TwiceError(ValueError):
    """A key is there twice."""


def read_json(text: str, name: str) -> Source:
    """Read one JSON document, with marks. ScenarioError where it is none, or says a key twice."""
    try:
        value = json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        said = error.msg[:1].lower() + error.msg[1:]
        mark = Mark(name, error.lineno, error.colno)
        raise ScenarioError(mark, f"this is not JSON: {said}") from None
    except RecursionError:
        raise ScenarioError(Mark(name, 1, 1), "this is nested too deeply") from None
    except ValueError as error:
        raise ScenarioError(Mark(name, 1, 1), f"this is not JSON: {error}") from None
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        half = ascii(error.object[error.start])[1:-1]
        raise ScenarioError(
            Mark(name, 1, 1), f"this is not JSON: half a character, {half}"
        ) from None
    try:
        source = read_yaml(text, name)  # JSON is YAML, but for tabs; and YAML has marks
    except ScenarioError:
        source = read_yaml(json.dumps(value), name)
    source.value = value
    return source


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        twice = next(key for at, (key, _) in enumerate(pairs) if key in dict(pairs[:at]))
        raise _TwiceError(f"the key {twice!r} is there twice; keep one of the two")
    return values


def _refuse(word: str) -> float:
    raise ValueError(f"it has no {word}")


def read_entry(source: Source) -> tuple[FaultSpec, int | None]:
    """An entry of ``wire``, and the ``tournament`` that it may name besides.

    Without ``at`` it strikes now. ScenarioError at the first mistake.
    """
    # The schemas load jsonschema, which takes longer than all else here.
    from mockdde import schemas  # noqa: PLC0415

    mark = source.mark(())
    if not isinstance(source.value, dict):
        message = "this is no fault; write one such as {on: round/1/team/12, close: {}}"
        raise ScenarioError(mark, message)
    values = dict(source.value)
    tournament = values.pop("tournament", None)
    if tournament is not None and (not isinstance(tournament, int) or isinstance(tournament, bool)):
        message = f"tournament is {tournament!r}; it must be a tournament's id"
        raise ScenarioError(source.mark(("tournament",)), message)
    problems = schemas.explain("kit/scenario#/$defs/wire", values)
    if problems:
        marked = [(source.key_mark(each.location), each.message) for each in problems]
        raise ScenarioError(*min(marked, key=lambda each: (each[0].line, each[0].column)))
    return fault(Part(source, (), values), without_at=Trigger("now")), tournament
