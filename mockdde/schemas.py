"""The registry of the shipped JSON Schemas, and plain sentences about what is wrong by them."""

from __future__ import annotations

import copy
import json
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeAlias, cast

from mockdde.assets import walk
from mockdde.errors import CatalogueError, DocumentError, Mark, UsageError, nearest

if TYPE_CHECKING:
    from jsonschema import ValidationError
    from jsonschema.protocols import Validator
    from referencing.jsonschema import SchemaRegistry

__all__ = ["Problem", "explain", "load", "names", "read_documents", "validator"]

Location: TypeAlias = tuple[str | int, ...]

PLAYED: Final = frozenset({"t", "stream", "packet"})  # the keys of a line of ``mockdde play``
LONGEST: Final = 60  # characters of a document's own text in a sentence


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a document, in a sentence, and the keys and indices that lead to it."""

    location: Location
    message: str

    @property
    def path(self) -> str:
        """The location as people write it: ``players[0].id``; empty for the document itself."""
        return _path(self.location)


def names() -> list[str]:
    """The names of all shipped schemas, such as ``dde/events`` and ``dde/events.strict``."""
    return list(_shipped())


def load(name: str) -> dict[str, Any]:
    """A copy of one schema."""
    return copy.deepcopy(_find(name))


@cache
def validator(name: str) -> Validator:
    """A validator that checks formats and knows every shipped schema by its ``$id``."""
    # Importing jsonschema takes longer than anything else a command does before it works.
    from jsonschema import Draft202012Validator, validators  # noqa: PLC0415

    extend: Any = validators.extend
    kind = extend(Draft202012Validator, {"properties": _properties})
    # Its own checker knows date-time only where rfc3339-validator is installed.
    made: Validator = kind(_find(name), format_checker=kind.FORMAT_CHECKER, registry=_registry())
    return made


def explain(name: str, instance: Any) -> list[Problem]:
    """Every distinct problem of a document, in its own order; none where it is valid."""
    errors = validator(name).iter_errors(instance)
    return sorted(set(_problems(errors)), key=lambda each: (_place(instance, each), each.message))


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


# Of several errors at one place the first of these is the fault and the others follow from it.
_DECISIVE: Final = ("type", "const", "enum", "pattern", "format")
_KINDS: Final = ("type", "const", "enum")
_BOUNDS: Final = {"minimum": "at least", "maximum": "at most", "exclusiveMinimum": "more than",
                  "exclusiveMaximum": "less than", "multipleOf": "a multiple of"}  # fmt: skip
# By what follows min or max: minLength, maxItems …
_UNITS: Final = {"Length": "character", "Items": "item", "Properties": "key"}
_NAMES: Final = {dict: "object", list: "array", str: "string", bool: "boolean", int: "integer",
                 float: "number"}  # fmt: skip


def _problems(errors: Iterable[ValidationError]) -> Iterator[Problem]:
    places: dict[Location, list[ValidationError]] = {}
    for error in errors:
        places.setdefault(tuple(error.absolute_path), []).append(error)
    for together in places.values():
        first = min(together, key=_rank)
        for error in [first] if _rank(first) < len(_DECISIVE) else together:
            yield from _tell(error)


def _rank(error: ValidationError) -> int:
    decisive = error.validator in _DECISIVE and "propertyNames" not in error.schema_path
    return _DECISIVE.index(str(error.validator)) if decisive else len(_DECISIVE)


def _tell(error: ValidationError) -> Iterator[Problem]:
    at = tuple(error.absolute_path)
    if "propertyNames" in error.schema_path:  # the instance is a key, the place is its object's
        clause = nearest(_text(error.instance), _words(error))
        yield Problem(at, f"{_text(error.instance)} is not a known key{clause}")
    elif error.validator == "additionalProperties":
        for key, clause in _strangers(error).items():
            yield Problem((*at, key), f"{_text(key)} is not a known key{clause}")
    elif error.validator in ("required", "dependentRequired"):
        yield from (Problem(at, sentence) for sentence in _missing(error))
    elif error.validator in ("anyOf", "oneOf"):
        yield from _no_branch(error)
    else:
        yield Problem(at, f"{_label(at)} {_verdict(error)}")


def _verdict(error: ValidationError) -> str:
    """What a value is, and what was expected of it."""
    keyword, value = str(error.validator), cast("Any", error.instance)
    found = f"is {_shown(value)}"
    if keyword == "type":
        return _not_of(value, _types(error))
    if keyword in ("const", "enum"):
        return found + nearest(_text(value), _words(error))
    if keyword in ("pattern", "format"):
        return f"{found}{_wrong_form(error)}"
    if keyword in _BOUNDS:
        return f"{found}; expected {_BOUNDS[keyword]} {error.validator_value}"
    if unit := _UNITS.get(keyword[3:]):
        count, bound = len(value), "at least" if keyword.startswith("min") else "at most"
        units = f"{count or 'no'} {unit}{'' if count == 1 else 's'}"
        return f"has {units}; expected {bound} {error.validator_value}"
    if keyword == "not" and error.validator_value == {}:
        return "must not be here"
    return f"{found}, which {keyword} of the schema refuses"


def _wrong_form(error: ValidationError) -> str:
    schema, wanted = cast("Any", error.schema), str(error.validator_value)
    if error.validator == "format" and "pattern" in schema:  # which is kept, or it were the fault
        return f", which is no real {wanted}"
    form = str(schema.get("title") or schema.get("description") or f"text of the form {wanted}")
    like = "".join(f", like {each}" for each in schema.get("examples", ())[:1])
    return f"; expected {form.rstrip('.')}{like}"


def _missing(error: ValidationError) -> Iterator[str]:
    wanted, here = cast("Any", error.validator_value), cast("Any", error.instance)
    if error.validator == "dependentRequired":
        pairs = [(key, f"; it goes with {by}") for by in wanted if by in here for key in wanted[by]]
    else:
        twins = {str(key).casefold(): f"; {_text(key)} is there instead" for key in here}
        pairs = [(key, twins.get(key.casefold(), "")) for key in wanted]
    misspelt = _strangers(error).values()
    for key, remark in pairs:
        # A key that is there in another spelling is told once, as the unknown key that it is.
        if key not in here and f"; did you mean {key}?" not in misspelt:
            yield f"the key {key} is missing{remark}"


def _strangers(error: ValidationError) -> dict[str, str]:
    """The keys that a closed schema does not know, each with the clause that names the nearest."""
    schema, keys = cast("Any", error.schema), cast("Any", error.instance)
    if schema.get("additionalProperties") is not False:
        return {}
    legal, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
    return {
        key: nearest(_text(key), legal)
        for key in keys
        if key not in legal and not any(re.search(pattern, str(key)) for pattern in patterns)
    }


def _no_branch(error: ValidationError) -> Iterator[Problem]:
    """AnyOf and oneOf: what the branches want in common, or else the faults in the nearest one."""
    at, value = tuple(error.absolute_path), cast("Any", error.instance)
    branches: dict[object, list[ValidationError]] = {}
    for child in error.context or ():
        branches.setdefault(child.schema_path[0], []).append(child)
    here = [[child for child in branch if not child.path] for branch in branches.values()]
    kinds = [[child for child in branch if child.validator in _KINDS] for branch in here]
    if not branches:  # of oneOf, where more than one fits
        forms: list[dict[str, Any]] = cast("Any", error.validator_value)
        rivals = [key for form in forms for key in form.get("required", ()) if key in value]
        several = f"only one of the keys {_alternatives(rivals)} can be there" if rivals else ""
        yield Problem(at, several or f"{_label(at)} fits more than one form")
    elif all(child.validator == "required" and not child.path for child in error.context or ()):
        wanted: list[list[str]] = [cast("Any", branch[0].validator_value) for branch in here]
        keys = [" and ".join(key for key in each if key not in value) for each in wanted]
        yield Problem(at, f"one of the keys {_alternatives(keys)} is missing")
    elif all(kinds):
        words = [word for branch in kinds for child in branch for word in _words(child)]
        types = [kind for branch in kinds for child in branch for kind in _types(child)]
        clause = f"is {_shown(value)}{nearest(_text(value), [*words, *types])}"
        yield Problem(at, f"{_label(at)} {clause if words else _not_of(value, types)}")
    else:
        nearest_branch = min(branches.values(), key=_distance)
        yield from _problems(nearest_branch)


def _distance(branch: list[ValidationError]) -> tuple[bool, int, int]:
    """How far a document is from a branch: of another kind, told apart by a word, at fault."""
    another_kind = any(error.validator in _KINDS and not error.path for error in branch)
    return another_kind, sum(error.validator == "const" for error in branch), len(branch)


def _not_of(value: object, types: Iterable[str]) -> str:
    kind = _an(_NAMES.get(type(value), type(value).__name__))
    stated = value is None or _shown(value) == kind
    return f"is {_shown(value)}{'' if stated else f', {kind}'}; expected {_alternatives(types)}"


def _types(error: ValidationError) -> list[str]:
    value: Any = error.validator_value
    types = [value] if isinstance(value, str) else value
    return [_an(each) for each in types] if error.validator == "type" else []


def _words(error: ValidationError) -> list[str]:
    value: Any = error.validator_value
    legal = {"enum": value, "const": [value]}.get(str(error.validator), [])
    return [_text(each) for each in legal]


def _an(name: str) -> str:
    return name if name == "null" else f"{'an' if name[0] in 'aio' else 'a'} {name}"


def _alternatives(words: Iterable[str]) -> str:
    *most, last = dict.fromkeys(words)
    return f"{', '.join(most)} or {last}" if most else last


def _shown(value: object) -> str:
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "an array"
    return _text(json.dumps(value, ensure_ascii=False, default=str))


def _text(value: object) -> str:
    """A word of a document, short, with everything escaped that a terminal would act on."""
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    text = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def _label(location: Location) -> str:
    keys = [at for at, step in enumerate(location) if isinstance(step, str)]
    return _path(location[keys[-1] if keys else 0 :]) or "the document"


def _path(location: Location) -> str:
    return "".join(
        f".{step}" if re.fullmatch(r"[A-Za-z_$][\w$-]*", str(step)) else f"[{_shown(step)}]"
        for step in location
    ).removeprefix(".")


def _place(document: Any, problem: Problem) -> list[int]:
    """Where a problem stands in its document, for sorting."""
    indices: list[int] = []
    for step in problem.location:
        indices.append(list(document).index(step) if isinstance(document, dict) else int(step))
        document = document[step]
    return indices


def read_documents(text: bytes, name: str, *, whole: bool = False) -> Iterator[tuple[str, object]]:
    """The documents in a file, each with its place: a JSON value, an array of them, or one a line.

    Lines of ``mockdde play`` are unwrapped; with ``whole`` neither they nor arrays are taken apart.
    DocumentError, with line and column, where it is no JSON.
    """
    for where, value in _values(_decoded(text, name), name, whole=whole):
        played = isinstance(value, dict) and value.keys() == PLAYED and not whole
        yield where, value["packet"] if played else value


def _values(text: str, name: str, *, whole: bool) -> Iterator[tuple[str, Any]]:
    # Not splitlines(): inside a JSON string U+2028 and its like end no line.
    lines = [(no, line) for no, line in enumerate(text.split("\n"), 1) if line.strip(" \t\r")]
    if not lines:
        raise DocumentError(f"{name} is empty; expected JSON, or one JSON value a line")
    if len(lines) > 1 and _is_json(lines[0][1]):
        for no, line in lines:
            yield f"line {no}", _parsed(line, name, no)
        return
    value = _parsed(text, name, 1)
    if isinstance(value, list) and not whole:
        yield from ((f"packet {no}", each) for no, each in enumerate(value, 1))
    else:
        yield "the document", value


def _decoded(text: bytes, name: str) -> str:
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8")
        mark = _mark(name, before, len(before), 1)
        raise DocumentError(f"{mark}: this is not UTF-8; save the file as UTF-8") from None


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _parsed(text: str, name: str, first_line: int) -> object:
    try:
        return json.loads(
            text, object_pairs_hook=_object, parse_constant=_refuse, parse_float=_finite
        )
    except json.JSONDecodeError as error:
        at, sentence = error.pos, f"this is not JSON: {error.msg[:1].lower()}{error.msg[1:]}"
    except RecursionError:
        at, sentence = 0, "this is nested too deeply to be read"
    except ValueError:
        at, sentence = _refusal(text)
    raise DocumentError(f"{_mark(name, text, at, first_line)}: {sentence}")


def _mark(name: str, text: str, at: int, first_line: int) -> Mark:
    return Mark(name, first_line + text.count("\n", 0, at), at - text.rfind("\n", 0, at))


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    value = dict(pairs)
    return value if len(value) == len(pairs) else _refuse("a key that is there twice")


def _finite(digits: str) -> float:
    value = float(digits)
    return value if math.isfinite(value) else _refuse(digits)


def _refuse(what: str) -> NoReturn:
    raise ValueError(what)


# A string, with a colon if it is a key; a brace; a number or a bare word.
_TOKEN: Final = re.compile(r'("(?:[^"\\]|\\.)*")(\s*:)?|([{}])|([-\w][-+.\w]*)')


def _refusal(text: str) -> tuple[int, str]:
    """Where and why a text is refused that Python's own reader would take."""
    objects: list[set[str]] = []
    for token in _TOKEN.finditer(text):
        string, colon, brace, word = token.groups()
        if brace == "{":
            objects.append(set())
        elif brace:
            objects.pop()
        elif colon:
            key = json.loads(string)
            if key in objects[-1]:
                return token.start(), f"the key {_text(key)} is there twice in one object"
            objects[-1].add(key)
        elif word in {"NaN", "Infinity", "-Infinity"}:
            return token.start(), f"{word} is not JSON; expected a number or null"
        elif word and word[-1].isdigit() and not math.isfinite(float(word)):
            return token.start(), f"{_text(word)} is too large a number to be read"
    return 0, "this cannot be read"
