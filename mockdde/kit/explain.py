"""What a broken requirement looks like to a person: where, what was expected, what was seen."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from mockdde.kit.mentions import mentioned
from mockdde.kit.requirements import Requirement
from mockdde.records import dataclass

if TYPE_CHECKING:
    from jsonschema import ValidationError

__all__ = ["Finding", "findings"]

_LONGEST: Final = 240  # characters of what was seen
_DIFFERS: Final = ("seen", "actual", "got", "has")  # what a difference calls what the client has
_NAMES: Final = ("connection", "request", "number", "name", "claim")
_PLACES: Final = ("path", "stream", "url")
_BOUNDS: Final = {"minimum": "at least", "maximum": "at most", "exclusiveMinimum": "more than",
                  "exclusiveMaximum": "less than", "multipleOf": "a multiple of"}  # fmt: skip
_UNITS: Final = {"Length": "characters", "Items": "of these", "Properties": "keys",
                 "Contains": "of these"}  # fmt: skip
_KINDS: Final = {"object": "an object", "array": "a list", "string": "a text", "null": "null",
                 "boolean": "true or false", "integer": "a whole number",
                 "number": "a number"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """Where evidence breaks a requirement: a JSON pointer, what was seen there, what is right.

    ``where`` is the place in words, for whoever has not learnt the evidence by heart.
    """

    path: str
    seen: str
    expected: str
    where: str = ""


def findings(requirement: Requirement, evidence: Mapping[str, Any]) -> tuple[Finding, ...]:
    """All places, each once; none where the requirement is met."""
    found: dict[Finding, None] = {}
    for error in _decisive(requirement.errors(dict(evidence))):
        for path, instance, expected in _places(requirement, error):
            where = _where(evidence, path)
            found[_finding(evidence, path, instance, expected, where)] = None
    return tuple(found)


def _decisive(errors: Iterable[ValidationError]) -> Iterator[ValidationError]:
    """One error where none of several alternatives fits, instead of all that is wrong with each."""
    told = set()
    for error in errors:
        top = each = error
        while each.parent is not None:
            each = each.parent  # type: ignore[assignment]
            if each.validator in ("anyOf", "oneOf"):
                top = each
        if id(top) not in told:
            told.add(id(top))
            yield top


def _places(
    requirement: Requirement, error: ValidationError
) -> Iterator[tuple[tuple[str | int, ...], Any, str]]:
    """The location, the value there, and what was expected; the items of a list that are wrong."""
    path, value = tuple(error.absolute_path), error.instance
    definitions = requirement.schema.get("$defs", {})
    unwanted = _unwanted(error)
    if isinstance(value, list) and unwanted is not None:
        fits = _validator(requirement, unwanted)
        expected = _stated(error.schema) or _stated(unwanted) or requirement.title
        for place, each in enumerate(value):
            if fits.is_valid(each):
                yield (*path, place), mentioned(each, unwanted, definitions), expected
        return
    yield path, mentioned(value, error.schema, definitions), _expected(requirement, error)


def _unwanted(error: ValidationError) -> Any:
    """The schema that no item of a list may fit, or no more than so many."""
    schema: Any = error.schema
    if error.validator == "maxContains":
        return schema["contains"]
    if (error.validator, error.validator_value) in (("items", False), ("maxItems", 0)):
        return True
    if error.validator == "not" and isinstance(error.validator_value, dict):
        return error.validator_value.get("contains")
    return None


def _validator(requirement: Requirement, schema: Any) -> Any:
    from jsonschema import Draft202012Validator  # noqa: PLC0415  (it takes long to import)

    definitions = requirement.schema.get("$defs", {})
    return Draft202012Validator({"$defs": definitions, "allOf": [schema]})


def _expected(requirement: Requirement, error: ValidationError) -> str:
    stated = _stated(error.schema)
    if stated:
        return stated
    alternatives = [_phrase(each) for each in error.context or ()]
    if alternatives and all(alternatives):
        return ", or ".join(dict.fromkeys(alternatives))
    return _phrase(error) or requirement.title


def _stated(schema: Any) -> str:
    """What the author of a part of a requirement has written beside it."""
    if not isinstance(schema, dict) or "$id" in schema:
        return ""
    return str(schema.get("description") or schema.get("title") or "")


def _phrase(error: ValidationError) -> str:
    """What a keyword asks for; empty where it takes the requirement's own words to say so."""
    keyword, wanted = str(error.validator), error.validator_value
    found = ""
    match keyword, wanted:
        case "const", _:
            found = _short(wanted)
        case "enum", list():
            found = ", or ".join(_short(each) for each in wanted)
        case "type", list():
            found = " or ".join(_KINDS[str(each)] for each in wanted)
        case "type", _:
            found = _KINDS[str(wanted)]
        case "required", list():
            here: Any = error.instance
            missing = [str(each) for each in wanted if each not in here]
            found = f"{' and '.join(missing)} to be there"
        case _ if keyword in _BOUNDS:
            found = f"{_BOUNDS[keyword]} {wanted}"
        case (("minItems" | "minContains" | "minLength" | "minProperties"), _):
            found = f"at least {wanted} {_UNITS[keyword[3:]]}"
        case (("maxItems" | "maxLength" | "maxProperties"), _):
            found = f"at most {wanted} {_UNITS[keyword[3:]]}"
        case _:
            pass
    return found


def _finding(
    evidence: Mapping[str, Any],
    path: tuple[str | int, ...],
    value: Any,
    expected: str,
    where: str,
) -> Finding:
    pointer = "".join(f"/{_escaped(each)}" for each in path)
    whole = _at(evidence, path)
    has = next((each for each in _DIFFERS if isinstance(whole, dict) and each in whole), None)
    if has and "expected" in whole:  # a difference between two states says all of this itself
        value = whole
        place = _pretty(str(value["path"])) if "path" in value else where
        context = _context(evidence, path)
        return Finding(pointer, _short(value[has]), _short(value["expected"]), context + place)
    seen = _short(value)
    if isinstance(value, list) and expected.endswith(_UNITS["Items"]):
        seen = f"{len(value)}: {seen}"
    return Finding(pointer, seen, expected, where)


def _at(evidence: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        evidence = evidence[step]
    return evidence


def _pretty(pointer: str) -> str:
    """A JSON pointer for people: ``rounds > 99999/1/12 > to_par``."""
    steps = pointer.removeprefix("/").split("/")
    return " > ".join(each.replace("~1", "/").replace("~0", "~") for each in steps)


def _context(evidence: Mapping[str, Any], path: tuple[str | int, ...]) -> str:
    """Which states differ, where it is not what was held in the end and what the story has."""
    match path:
        case ("state", "checkpoints", int(place), *_):
            return f"at the checkpoint {evidence['state']['checkpoints'][place]['name']}: "
        case ("state", "clean", *_):
            return "beside the run without faults: "
    return ""


def _where(evidence: Any, path: tuple[str | int, ...]) -> str:
    """``connection 2 to /golf/…/12: first.what`` for a location."""
    said: list[str] = []
    keys: list[str] = []
    value = evidence
    for step in path:
        try:
            value = value[step]
        except (LookupError, TypeError):
            break  # what was expected is not there
        if isinstance(step, int):
            of = _single(keys.pop()) if keys else "item"
            said.append(f"{'.'.join([*keys, ''])}{of} {_named(value, step)}")
            keys = []
        elif step != "conduct" or said:
            keys.append(str(step))
    return ": ".join([*said, ".".join(keys)] if keys else said)


def _single(plural: str) -> str:
    return plural.removesuffix("es" if plural.endswith("sses") else "s")


def _named(value: Any, place: int) -> str:
    """An item of a list by what it is called, and by what it belongs to."""
    of = value if isinstance(value, dict) else {}
    name = next((of[each] for each in _NAMES if isinstance(of.get(each), int | str)), place + 1)
    to = next((of[each] for each in _PLACES if isinstance(of.get(each), str)), "")
    return f"{name} of {to}" if to else str(name)


def _escaped(token: object) -> str:
    return str(token).replace("~", "~0").replace("/", "~1")


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"
