"""What is wrong with a document by its schema, in plain sentences."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

from mockdde.errors import nearest
from mockdde.records import dataclass

if TYPE_CHECKING:
    from jsonschema import ValidationError

__all__ = ["Problem", "escaped", "is_told", "place", "problems"]

Location: TypeAlias = tuple[str | int, ...]

_NEAR: Final = 0.7  # of difflib; below it a key is another word, not a misspelling
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


# Of several errors at one place the first of these is the fault and the others follow from it.
_DECISIVE: Final = ("type", "const", "enum", "pattern", "format")
_KINDS: Final = ("type", "const", "enum")
_BOUNDS: Final = {"minimum": "at least", "maximum": "at most", "exclusiveMinimum": "more than",
                  "exclusiveMaximum": "less than", "multipleOf": "a multiple of"}  # fmt: skip
# By what follows min or max: minLength, maxItems …
_UNITS: Final = {"Length": "character", "Items": "item", "Properties": "key"}
_NAMES: Final = {dict: "object", list: "array", str: "string", bool: "boolean", int: "integer",
                 float: "number"}  # fmt: skip


def problems(errors: Iterable[ValidationError]) -> Iterator[Problem]:
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
        clause = _misspelt(error.instance, _words(error))
        yield Problem(at, f"{escaped(error.instance)} is not a known key{clause}")
    elif error.validator == "additionalProperties":
        for key, clause in _strangers(error).items():
            yield Problem((*at, key), f"{escaped(key)} is not a known key{clause}")
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
        schema = cast("Any", error.schema)
        form = ("$id" not in schema and schema.get("title")) or (
            "pattern" in schema and schema.get("description")
        )
        return _not_of(value, [str(form).rstrip(".")] if form else _types(error))
    if keyword in ("const", "enum"):
        return found + nearest(escaped(value), _words(error))
    if keyword in ("pattern", "format"):
        return f"{found}{_wrong_form(error)}"
    if keyword in _BOUNDS:
        return f"{found}; expected {_BOUNDS[keyword]} {error.validator_value}"
    if unit := _UNITS.get(keyword[3:]):
        count, bound = len(value), "at least" if keyword.startswith("min") else "at most"
        units = f"{count or 'no'} {unit}{'' if count == 1 else 's'}"
        return f"has {units}; expected {bound} {error.validator_value}"
    if keyword == "not" and error.validator_value == {}:
        why = cast("Any", error.schema).get("description")
        return f"must not be here{f': {why}' if why else ''}"
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
        twins = {str(key).casefold(): f"; {escaped(key)} is there instead" for key in here}
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
        key: _misspelt(key, legal)
        for key in keys
        if key not in legal and not any(re.search(pattern, str(key)) for pattern in patterns)
    }


def _misspelt(key: object, legal: Iterable[str]) -> str:
    """A clause naming the key that was meant; nothing where none is near: it would mislead."""
    folded = {each.casefold(): each for each in legal}
    close = difflib.get_close_matches(escaped(key).casefold(), list(folded), n=1, cutoff=_NEAR)
    return f"; did you mean {folded[close[0]]}?" if close else ""


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
        clause = f"is {_shown(value)}{nearest(escaped(value), [*words, *types])}"
        yield Problem(at, f"{_label(at)} {clause if words else _not_of(value, types)}")
    else:
        nearest_branch = min(branches.values(), key=_distance)
        yield from problems(nearest_branch)


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
    return [escaped(each) for each in legal]


def _an(name: str) -> str:
    return name if name == "null" else f"{'an' if name[0] in 'aio' else 'a'} {name}"


def _alternatives(words: Iterable[str]) -> str:
    *most, last = dict.fromkeys(words)
    return f"{', '.join(most)} or {last}" if most else last


def _shown(value: object) -> str:
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "an array"
    return escaped(json.dumps(value, ensure_ascii=False, default=str))


def escaped(value: object) -> str:
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


def is_told(missing: Problem, among: Iterable[Problem]) -> bool:
    """Whether a key is missing only because it is there misspelt, which another problem says."""
    if not missing.message.endswith(" is missing"):
        return False
    absent = missing.message.replace(",", " ").split()
    return any(
        each.location[:-1] == missing.location
        and (meant := re.search(r"; did you mean (\S+)\?$", each.message)) is not None
        and meant[1] in absent
        for each in among
    )


def place(document: Any, problem: Problem) -> list[int]:
    """Where a problem stands in its document, for sorting."""
    indices: list[int] = []
    for step in problem.location:
        indices.append(list(document).index(step) if isinstance(document, dict) else int(step))
        document = document[step]
    return indices
