"""The documents in a file, and plain sentences about what keeps it from being read."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import Any, Final, NoReturn

from mockdde.errors import DocumentError, Mark
from mockdde.schemas._sentences import escaped

__all__ = ["read_documents"]

PLAYED: Final = frozenset({"t", "stream", "packet"})  # the keys of a line of ``mockdde play``


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
                return token.start(), f"the key {escaped(key)} is there twice in one object"
            objects[-1].add(key)
        elif word in {"NaN", "Infinity", "-Infinity"}:
            return token.start(), f"{word} is not JSON; expected a number or null"
        elif word and word[-1].isdigit() and not math.isfinite(float(word)):
            return token.start(), f"{escaped(word)} is too large a number to be read"
    return 0, "this cannot be read"
