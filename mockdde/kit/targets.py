"""Targets: the streams that a client under test is to follow, and the launch contract."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from typing import Any

import orjson

from mockdde.broadcast import Broadcast, name_of
from mockdde.feeds.live._ids import Ids
from mockdde.log import RoundStarted
from mockdde.records import dataclass
from mockdde.world import Tournament

__all__ = ["UNSUPPORTED", "Served", "Target", "launch", "targets_of"]

UNSUPPORTED = 89  # the exit code of a client that does not do a case
_EVENTS = {"dde": ("round/*", "matchdetails/*"), "live": ("round/*/events", "match/*/events")}


@dataclass(frozen=True, slots=True)
class Target:
    """A stream of packets; ``rest`` is where the same is asked for by HTTP, with a token.

    Numbers are those of its dialect: of the live one, ``match`` and ``teams`` are its ids.
    """

    path: str
    rest: str
    tournament: int
    round: int | None  # its number; None of a match
    match: int | None
    teams: tuple[int, ...]

    @property
    def name(self) -> str:
        """What a scenario calls the stream."""
        return name_of(self.path).name

    def as_json(self) -> dict[str, Any]:
        """As MOCKDDE_TARGETS has it."""
        where = {"match": self.match} if self.round is None else {"round": self.round}
        return {
            "path": self.path,
            "rest": self.rest,
            "tournament": self.tournament,
            **where,
            "teams": [*self.teams],
        }


@dataclass(frozen=True, slots=True)
class Served:
    """Where a case is served; ``state_url`` is empty where no state is wanted."""

    port: int
    token: str
    state_url: str
    wire_speed: float


def targets_of(broadcast: Broadcast, dialect: str, on: Iterable[str] = ("*",)) -> list[Target]:
    """The streams of packets of a dialect whose names fit any of the patterns.

    A match that may yet be drawn has no teams, and is none of them.
    """
    names = [*on]
    found = []
    for path in broadcast.streams:
        of = name_of(path)
        fits = any(fnmatchcase(of.name, each) for each in names)
        events = any(fnmatchcase(of.name, each) for each in _EVENTS[dialect])
        if of.dialect == dialect and fits and events:
            found.append(_target(broadcast.tournament, path, of.name, dialect))
    return [each for each in found if each.teams]


def _target(tournament: Tournament, path: str, name: str, dialect: str) -> Target:
    numbers = [int(each) for each in re.findall("[0-9]+", name)]
    rest = path.replace("/stream/", "/rest/") if dialect == "live" else f"{path}?rest=true"
    ids = Ids(tournament)
    teams: tuple[int, ...]
    if not name.startswith("round/"):
        match = numbers[0]
        own = ids.match_no(match) if dialect == "live" else match
        groups = [each for of in tournament.groups.values() for each in of]
        teams = next((each.teams for each in groups if each.match == own), ())
        return Target(path, rest, tournament.id, None, match, _named(teams, ids, dialect))
    round_no = numbers[0]
    if dialect == "dde":
        teams = (numbers[1],)
    else:  # those that play: who is drawn and does not start is never said to have ended
        started = (each for each in tournament.log if isinstance(each.what, RoundStarted))
        teams = tuple(dict.fromkeys(each.team for each in started if each.round == round_no))
    return Target(path, rest, tournament.id, round_no, None, _named(teams, ids, dialect))


def _named(teams: Iterable[int], ids: Ids, dialect: str) -> tuple[int, ...]:
    return tuple(ids.team(each) if dialect == "live" else each for each in teams)


def launch(
    case: str, dialect: str, targets: Iterable[Target], seed: int, served: Served
) -> Mapping[str, str]:
    """What a client finds in its environment, and as placeholders in its command."""
    return {
        "MOCKDDE_REST_URL": f"http://127.0.0.1:{served.port}",
        "MOCKDDE_WS_URL": f"ws://127.0.0.1:{served.port}",
        "MOCKDDE_TOKEN": served.token,
        "MOCKDDE_CASE": case,
        "MOCKDDE_DIALECT": dialect,
        "MOCKDDE_TARGETS": orjson.dumps([each.as_json() for each in targets]).decode(),
        "MOCKDDE_STATE_URL": served.state_url,
        "MOCKDDE_WIRE_SPEED": repr(float(served.wire_speed)),
        "MOCKDDE_SEED": str(seed),
    }
