"""What both descriptions share: prefixes, parameters, and schemas that stand alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from mockdde import schemas

__all__ = [
    "JSON",
    "LICENCE",
    "PARAMETERS",
    "PLAYS",
    "PREFIXES",
    "bare",
    "component",
    "copied",
    "key",
    "names_in",
]

JSON: Final = "application/json"
LICENCE: Final = "MIT"
# The same answers below each of them: for betting and media customers, and as one page prints it.
PREFIXES: Final = {"": "betting", "/media": "media", "/golf": "doubled"}
PARAMETERS: Final = {
    "dde": {
        "tournament": "The tournament's id.",
        "round": "The round's number; 401 is the first playoff after round 4.",
        "team": "The team's number, which it keeps through the tournament.",
        "match": "The match's number, which no other match of the tournament has.",
    },
    "live": {
        "tournament": "tournament_id.",
        "round": "round_id; the round's number is as good.",
        "team": "team_id, the number in the team's sr_team_id; that of the DDE feed is as good.",
        "match": "match_id, the number in sr_match_id; that of the DDE feed is as good.",
    },
}
# Tournaments in the other play have no such stream.
PLAYS: Final = {"stroke": "In stroke play only.", "match": "In match play only."}
_URN: Final = "urn:mockdde:schema:"


def names_in(path: str) -> list[str]:
    """The parameters of a path, in order."""
    found: list[str] = re.findall(r"{(\w+)}", path)
    return found


def key(feed: Any) -> str:
    """What a feed is called where each needs a name of its own; of the DDE feed a bare one."""
    return str(feed.NAME).removeprefix("dde/").replace("/", "_")


def bare(feed: Any) -> str:
    """The schema of what REST answers of a stream of the live dialect, as a ``$ref``.

    It is a part of that of its messages: the data of an event, the payload of a state.
    """
    steps = ("data",) if feed.KIND == "stream" else ("data", "payload")
    # What only adds to another part says no type.
    place = next(each for each in _places(_Place(feed.NAME), steps) if "type" in each.part)
    return f"#/components/schemas/{component(place.schema)}{place.fragment}"


class _Place(NamedTuple):
    """A place in a schema."""

    schema: str
    fragment: str = ""

    @property
    def part(self) -> dict[str, Any]:
        """What stands there."""
        part = schemas.load(self.schema)
        for step in self.fragment.split("/")[1:]:
            part = part[step]
        return part

    def led(self) -> _Place:
        """Where the ``$ref`` there leads."""
        name, _, fragment = str(self.part["$ref"]).partition("#")
        return _Place(name.removeprefix(_URN) or self.schema, fragment)


def _places(at: _Place, steps: Sequence[str]) -> Iterator[_Place]:
    """All places that speak of a property of a property … of what is there."""
    if not steps:
        yield at
    elif steps[0] in at.part.get("properties", {}):
        below = _Place(at.schema, f"{at.fragment}/properties/{steps[0]}")
        yield from _places(below, steps[1:])
    if "$ref" in at.part:
        yield from _places(at.led(), steps)


def component(name: str) -> str:
    """A schema's key among components."""
    return name.replace("/", ".")


def copied(
    names: Iterable[str], found: dict[str, Any], *, below: str = ""
) -> dict[str, dict[str, Any]]:
    """These schemas and all they refer to, by component; ``below``: where a component has it."""
    for name in names:
        key = component(name)
        if key in found:
            continue
        schema = schemas.load(name)
        # With an $id its references would count from there, and not from the document.
        del schema["$id"], schema["$schema"]
        found[key] = schema
        copied(_led(schema, f"#/components/schemas/{key}{below}", below), found, below=below)
    return found


def _led(part: Any, home: str, below: str) -> list[str]:
    """Lead every ``$ref`` within ``part`` to its place; the names of other schemas it needs."""
    needed: list[str] = []
    for key, each in part.items() if isinstance(part, dict) else enumerate(part):
        if key == "$ref" and isinstance(each, str):
            name, _, fragment = each.removeprefix(_URN).partition("#")
            if each.startswith(_URN):
                needed.append(name)
                part[key] = f"#/components/schemas/{component(name)}{below}{fragment}"
            else:
                part[key] = home + fragment
        elif isinstance(each, dict | list):
            needed += _led(each, home, below)
    return needed
