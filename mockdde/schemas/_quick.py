"""The quick verdict: jsonschema-rs, where it is installed, says which documents are valid.

It takes a hundredth of jsonschema's time. Of what it does not take jsonschema has the last word,
and the words for what is wrong; so the verdict is the same with jsonschema-rs and without it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeAlias

__all__ = ["Quick", "quick_verdict"]

Quick: TypeAlias = Callable[[Any], bool]

_TEXTS: Final = frozenset({"const", "default", "enum", "examples"})  # they hold no schemas
_NAMED: Final = frozenset({"$defs", "dependentSchemas", "properties"})  # by words of their own
# jsonschema-rs takes the year 0 and leap seconds, and jsonschema does not.
_FORMATS: Final = {"date": "^0{0,3}[1-9]", "date-time": "^0{0,3}[1-9].*:[0-9]{2}:[0-5]"}


def quick_verdict(schema: dict[str, Any], find: Callable[[str], dict[str, Any]]) -> Quick:
    """Whether a document is certainly valid; ``find`` has the schemas that it refers to, by $id."""
    try:
        import jsonschema_rs  # noqa: PLC0415
    except ImportError:
        return _uncertain
    valid: Quick = jsonschema_rs.Draft202012Validator(
        _agreeing(schema), validate_formats=True, retriever=lambda uri: _agreeing(find(uri))
    ).is_valid

    def quick(document: Any) -> bool:
        try:
            return valid(document)
        except ValueError:  # half a surrogate pair, a key that is no text, too deep
            return False

    return quick


def _uncertain(_: Any) -> bool:
    return False


def _agreeing(schema: Any) -> Any:
    """A schema by which jsonschema-rs takes nothing that jsonschema refuses."""
    if isinstance(schema, list):
        return [_agreeing(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    fresh = {key: _under(key, each) for key, each in schema.items()}
    if form := _FORMATS.get(schema.get("format", "")):
        fresh["allOf"] = [*fresh.get("allOf", ()), {"pattern": form}]
    return fresh


def _under(keyword: str, value: Any) -> Any:
    if keyword in _TEXTS:
        return value
    if keyword == "pattern":
        return _line(value)
    if keyword == "patternProperties":
        return {_line(key): _agreeing(each) for key, each in value.items()}
    if keyword in _NAMED:
        return {key: _agreeing(each) for key, each in value.items()}
    return _agreeing(value)


def _line(pattern: str) -> str:
    """Python's $ also stands before a last line feed, which decides where a match is forbidden."""
    return f"{pattern[:-1]}\n?$" if pattern.endswith("$") else pattern
