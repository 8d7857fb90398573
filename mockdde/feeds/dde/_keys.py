"""Keys that many DDE packets share: where and when, whose ball, which stroke."""

from __future__ import annotations

from typing import Any, NamedTuple

import orjson

from mockdde.books import Books
from mockdde.feeds import Packet
from mockdde.feeds.dde._parts import player
from mockdde.golf import Group
from mockdde.log import Event
from mockdde.moments import iso_millis
from mockdde.strokenumbers import StrokeNumbers

__all__ = ["Keys", "Outing", "Place", "turned_id"]

# groupId is another one from here on (quirk group-id); 149 is the step of the real sample.
_TURN = 10
_GROUP_ID_STEP = 149


class Place(NamedTuple):
    """A hole of a team: what is the same in all packets of it."""

    course: str  # courseId
    hole: Packet  # groupId and groupNo, as far as there are any, holeNo and holeOrder
    group: Packet  # groupId alone
    no: int  # the hole's number on its course
    course_key: str  # courseId as it stands in JSON, between other keys
    hole_keys: str  # and the keys of the hole


class Outing:
    """A team's round, or a match: the subject of one stream."""

    __slots__ = ("path", "places", "seq", "turned")

    def __init__(self, path: str) -> None:
        self.path = path
        self.seq = 0  # the last seqNum
        self.turned = False
        self.places: dict[tuple[int, int], Place] = {}  # by team and order

    def reach(self, order: int) -> None:
        """Something is said of a hole."""
        if order >= _TURN and not self.turned:
            # And a correction of an earlier hole does not turn it back.
            self.turned = True
            self.places.clear()


class Keys:
    """What a packet is put together from."""

    def __init__(self, books: Books) -> None:
        tournament = books.tournament
        self._rounds = tournament.rounds
        self._matches = books.matches.all
        self._teams = tournament.teams
        self.numbers = StrokeNumbers(tournament)
        quirks = tournament.quirks
        self._changes = quirks["group-id"] == "changes"
        self._groups = quirks["match-group-id"] == "present"
        self._players: dict[int, orjson.Fragment] = {}  # by id
        self.player_keys: dict[int, str] = {}  # player and playerId as they stand in JSON
        for each in (each for team in tournament.teams.values() for each in team.players):
            encoded = orjson.dumps(player(each))
            self._players[each.id] = orjson.Fragment(encoded)
            self.player_keys[each.id] = f'"player":{encoded.decode()},"playerId":{each.id}'

    def place(self, event: Event, outing: Outing) -> Place:
        """Where an event of an outing is."""
        return outing.places.get((event.team, event.order)) or self._place(event, outing)

    def _place(self, event: Event, outing: Outing) -> Place:
        """The first packet of a hole."""
        facts = self._rounds[event.round, event.team]
        # Of a match its own: whoever plays off twice is in two groups of one round.
        group = self._matches[event.match].group if event.match else facts.group
        keys: Packet = {}
        if self._groups or not event.match:
            turned = outing.turned and self._changes  # it is not the same all through a round
            keys["groupId"] = turned_id(group) if turned else group.id
        hole: Packet = dict(keys)
        if not event.match:
            hole["groupNo"] = group.no
        hole["holeNo"] = no = facts.holes[event.order - 1].no
        hole["holeOrder"] = event.order
        course = str(facts.course.id)
        course_key, hole_keys = (
            orjson.dumps(each)[1:-1].decode() for each in ({"courseId": course}, hole)
        )
        place = Place(course, hole, keys, no, course_key, hole_keys)
        outing.places[event.team, event.order] = place
        return place

    def common(self, event: Event, kind: str, place: Place) -> Packet:
        """Where and when; in alphabetical order."""
        return {
            "courseId": place.course,
            "eventElementType": kind,
            **place.hole,
            "roundNo": event.round,
            "seqNum": 0,
            "teamNo": event.team,
            "timestamp": iso_millis(event.at),
            "timestampReceived": iso_millis(event.received),
        }

    def stroke(self, event: Event, kind: str, place: Place, stroke: int, ball: int) -> Packet:
        """Where and when, whose ball and which stroke; what belongs between is put there later."""
        return self.common(event, kind, place) | {
            "player": self.player(event.player),
            "playerId": event.player,
            "provisionalIndex": ball,
            "strokeNo": self.numbers.of(event, stroke, ball),
        }

    def player(self, number: int) -> Any:
        """The player of a stroke, by id."""
        return self._players[number]

    def players(self, team: int) -> list[Any]:
        """All players of a team."""
        return [self.player(each.id) for each in self._teams[team].players]


def turned_id(group: Group) -> int:
    """groupId from the turn on."""
    return group.id + _GROUP_ID_STEP
