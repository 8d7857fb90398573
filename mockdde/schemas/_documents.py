"""The documents in a file, and plain sentences about what keeps it from being read."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any, BinaryIO, Final, NamedTuple, NoReturn

import orjson

from mockdde.errors import DocumentError, Mark, UsageError
from mockdde.schemas._sentences import escaped

__all__ = ["Documents", "read_documents"]

PLAYED: Final = frozenset({"t", "stream", "packet"})  # the keys of a line of ``mockdde play``
_BLANK: Final = b" \t\r\n"
_AT_ONCE: Final = 1 << 14  # bytes of lines that are read together
_MARK: Final = b"\xef\xbb\xbf"  # of UTF-8, before the first line
_LARGE: Final = re.compile(rb"[0-9]{19}")  # what is shorter fits into 64 bits
_UNSURE: Final = object()


class Documents(NamedTuple):
    """Documents that were read together, by their numbers."""

    where: str  # "line {}", to be filled with the number
    values: list[tuple[int, Any]]


def read_documents(file: BinaryIO, name: str, *, whole: bool = False) -> Iterator[Documents]:
    """The documents in a file: a JSON value, an array of them, or one a line.

    Lines of ``mockdde play`` are unwrapped; with ``whole`` neither they nor arrays are taken apart.
    DocumentError, with line and column, where it is no JSON.
    """
    lines = _read(file, name)
    begin, filled = _until_two(lines)
    if not filled:
        raise DocumentError(f"{name} is empty; expected JSON, or one JSON value a line")
    if len(filled) == 2 and _is_json(filled[0]):
        yield from _of_lines(chain([begin], lines), name, whole=whole)
        return
    text = b"".join(chain(begin, chain.from_iterable(lines)))
    value = _sure(text)
    if value is _UNSURE:
        value = _exact(text, name, 1)
    if isinstance(value, list) and not whole:
        yield Documents("packet {}", [(no, _unwrapped(each)) for no, each in enumerate(value, 1)])
    else:
        yield Documents("the document", [(1, value if whole else _unwrapped(value))])


def _read(file: BinaryIO, name: str) -> Iterator[list[bytes]]:
    # By line feeds alone: inside a JSON string U+2028 and its like end no line.
    try:
        while lines := file.readlines(_AT_ONCE):
            yield lines
    except OSError as error:
        raise UsageError(f"{name} cannot be read: {error.strerror}") from None


def _of_lines(batches: Iterable[list[bytes]], name: str, *, whole: bool) -> Iterator[Documents]:
    no = 0
    for lines in batches:
        values: list[tuple[int, Any]] = []
        try:
            for no, line in enumerate(lines, no + 1):  # noqa: B020
                value = _sure(line)
                if value is _UNSURE:
                    if not _is_filled(line):
                        continue
                    value = _exact(line.removesuffix(b"\n"), name, no)
                values.append((no, value if whole else _unwrapped(value)))
        except DocumentError:
            yield Documents("line {}", values)  # what can be read comes first
            raise
        yield Documents("line {}", values)


def _unwrapped(value: Any) -> Any:
    if type(value) is dict and len(value) == 3 and value.keys() == PLAYED:
        return value["packet"]
    return value


def _sure(text: bytes) -> Any:
    """What orjson reads, where it is sure that ``_exact`` would read the same, only slower.

    orjson drops all but the last of keys that are there twice, and rounds large integers. Encoded
    again the first has fewer quotes; the others have many digits.
    """
    try:
        value = orjson.loads(text)
        again = orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)
    except (orjson.JSONDecodeError, orjson.JSONEncodeError):  # the second: it is nested deeply
        return _UNSURE
    if again == text:
        return value
    alike = again.count(b'"') == text.count(b'"') and b"\\u0022" not in text
    return value if alike and not _LARGE.search(text) else _UNSURE


def _until_two(batches: Iterator[list[bytes]]) -> tuple[list[bytes], list[bytes]]:
    """All that is read until there are two lines that are not blank, and those."""
    begin: list[bytes] = []
    for lines in batches:
        begin += lines if begin else [lines[0].removeprefix(_MARK), *lines[1:]]
        filled = list(islice(filter(_is_filled, begin), 2))
        if len(filled) == 2:
            return begin, filled
    return begin, list(filter(_is_filled, begin))


def _is_filled(line: bytes) -> bool:
    return bool(line.strip(_BLANK))


def _decoded(text: bytes, name: str, first_line: int) -> str:
    try:
        return text.decode()
    except UnicodeDecodeError as error:
        before = text[: error.start].decode()
        mark = _mark(name, before, len(before), first_line)
        raise DocumentError(f"{mark}: this is not UTF-8; save the file as UTF-8") from None


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line.decode())
    except (ValueError, RecursionError):
        return False
    return True


def _exact(encoded: bytes, name: str, first_line: int) -> object:
    text = _decoded(encoded, name, first_line)
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
