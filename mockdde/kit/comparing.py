"""What is different in two state documents; what a document leaves out is not compared.

A map of streams, rounds, matches or holes that is there at all is taken to be whole: a hole of
which something is expected and that is not in it is missing. A hole that nobody expects is a
difference where it has strokes or a winner, because a client may well begin with empty ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

__all__ = ["Difference", "agrees", "apart", "compare", "covered"]

# What two runs may well end with otherwise: sockets come and go, and so do messages without number.
_OF_THE_WIRE = ("transport", "trusted", "source_link")


class Difference(NamedTuple):
    """Where two documents differ; ``aspect`` is what ``covered`` calls it.

    Of a part that is missing, and of one that nobody expects, the one or the other is None.
    """

    path: tuple[str, ...]
    aspect: str
    expected: Any
    seen: Any

    @property
    def pointer(self) -> str:
        """The path as a JSON pointer."""
        return "".join(f"/{each.replace('~', '~0').replace('/', '~1')}" for each in self.path)


def agrees(document: Mapping[str, Any], expected: Mapping[str, Any]) -> bool:
    """Whether a document says nothing but what is expected.

    The id of a CloudEvent may be another one: who has asked REST has applied what has none.
    """
    return all(
        each.aspect == "streams.last_applied" and isinstance(each.expected, str)
        for each in compare(document, expected)
    )


def compare(document: Mapping[str, Any], expected: Mapping[str, Any]) -> Iterator[Difference]:
    """All differences of what both speak of."""
    if "streams" in document:
        yield from _streams(document["streams"], expected.get("streams", {}))
    if "rounds" in document:
        yield from _rounds(document["rounds"], expected.get("rounds", {}))
    if "matches" in document:
        yield from _matches(document["matches"], expected.get("matches", {}))


def apart(document: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[Difference]:
    """What two runs of the same case have come to otherwise, whatever is said of the wire."""
    yield from compare(_offline(document), _offline(other))


def _offline(document: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(document)
    if "streams" in document:
        found["streams"] = {
            path: {key: value for key, value in of.items() if _is_kept(key, value)}
            for path, of in document["streams"].items()
        }
    return found


def _is_kept(key: str, value: object) -> bool:
    return key not in _OF_THE_WIRE and not (key == "last_applied" and isinstance(value, str))


def covered(document: Mapping[str, Any]) -> set[str]:
    """The parts that a document has, such as holes.strokes."""
    rounds, matches = document.get("rounds", {}).values(), document.get("matches", {}).values()
    return {
        *_keys("streams", document.get("streams", {}).values()),
        *_keys("rounds", rounds),
        *_keys("holes", *(of.get("holes", {}).values() for of in rounds)),
        *_keys("matches", matches),
        *_keys("matches.holes", *(of.get("holes", {}).values() for of in matches)),
    }


def _keys(aspect: str, *parts: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    keys: set[str] = set()
    return (f"{aspect}.{key}" for key in keys.union(*(each for of in parts for each in of)))


# ── parts ─────────────────────────────────────────────────────────────────────────────────────


def _fields(
    path: tuple[str, ...], aspect: str, seen: Mapping[str, Any], expected: Mapping[str, Any]
) -> Iterator[Difference]:
    for key, value in expected.items():
        if key in seen and not isinstance(value, dict) and not _same(seen[key], value):
            yield Difference((*path, key), f"{aspect}.{key}", value, seen[key])


def _same(seen: object, expected: object) -> bool:
    if isinstance(expected, int) and isinstance(seen, str):  # a seqNum as text
        return seen == str(expected)
    return seen == expected


def _streams(seen: Mapping[str, Any], expected: Mapping[str, Any]) -> Iterator[Difference]:
    for name, of in expected.items():
        path = ("streams", name)
        if name in seen:
            yield from _fields(path, "streams", seen[name], of)
        elif of.get("last_applied") is not None:
            yield Difference(path, "streams", of, None)


def _rounds(seen: Mapping[str, Any], expected: Mapping[str, Any]) -> Iterator[Difference]:
    for key, of in expected.items():
        path = ("rounds", key)
        if key not in seen:
            if any(map(_is_played, of.get("holes", {}).values())):
                yield Difference(path, "rounds", of, None)
            continue
        yield from _fields(path, "rounds", seen[key], of)
        if "holes" in seen[key]:
            yield from _holes((*path, "holes"), seen[key]["holes"], of.get("holes", {}))


def _is_played(hole: Mapping[str, Any]) -> bool:
    return bool(hole.get("strokes") or hole.get("holed"))


def _holes(
    path: tuple[str, ...], seen: Mapping[str, Any], expected: Mapping[str, Any]
) -> Iterator[Difference]:
    for order, hole in expected.items():
        if order in seen:
            yield from _fields((*path, order), "holes", seen[order], hole)
        elif _is_played(hole):
            yield Difference((*path, order), "holes", hole, None)
    for order in seen.keys() - expected.keys():
        if _is_played(seen[order]):
            yield Difference((*path, order), "holes", None, seen[order])


def _matches(seen: Mapping[str, Any], expected: Mapping[str, Any]) -> Iterator[Difference]:
    for key, of in expected.items():
        path = ("matches", key)
        if key not in seen:
            if any(map(_is_decided, of["holes"].values())):
                yield Difference(path, "matches", of, None)
            continue
        yield from _fields(path, "matches", seen[key], of)
        if "holes" in seen[key]:
            yield from _match_holes((*path, "holes"), seen[key]["holes"], of["holes"])


def _is_decided(hole: Mapping[str, Any]) -> bool:
    said = hole.get("strokes", {})
    return hole.get("winner") is not None or any(each is not None for each in said.values())


def _match_holes(
    path: tuple[str, ...], seen: Mapping[str, Any], expected: Mapping[str, Any]
) -> Iterator[Difference]:
    for order, hole in expected.items():
        if order not in seen:
            if _is_decided(hole):
                yield Difference((*path, order), "matches.holes", hole, None)
            continue
        yield from _fields((*path, order), "matches.holes", seen[order], hole)
        of = seen[order].get("strokes")
        for team, strokes in hole.get("strokes", {}).items() if of is not None else ():
            if of.get(team) != strokes:
                where = (*path, order, "strokes", team)
                yield Difference(where, "matches.holes.strokes", strokes, of.get(team))
    for order in seen.keys() - expected.keys():
        if _is_decided(seen[order]):
            yield Difference((*path, order), "matches.holes", None, seen[order])
