"""The payload of a live event: what was said, in the words of the pages of event types (§6).

It is put together from JSON that is encoded already: a player and a hole are the same in many.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Final, NamedTuple, TypeAlias

import orjson

from mockdde import log
from mockdde.feeds import Packet
from mockdde.feeds.live._ids import Ids, urn
from mockdde.feeds.live._people import player
from mockdde.golf import Lie
from mockdde.log import Event
from mockdde.moments import encoded_millis, iso_millis
from mockdde.records import dataclass
from mockdde.world import Tournament

__all__ = ["STROKES", "HoleScore", "Payloads", "Pieces", "Said", "ball_lie", "type_of"]

_TYPES: Final[dict[type, str]] = {
    log.RoundStarted: "SportEventStarted",
    log.RoundFinished: "SportEventEnded",
    log.HoleStarted: "HoleStarted",
    log.HoleFinished: "HoleEnded",
    log.AddressingBall: "StrokePreparation",
    log.HitBall: "StrokeExecuted",
    log.BallHoled: "BallHoled",
    log.BallDrop: "BallDropped",
    log.Penalty: "Penalty",
    # No page that was read has these: they are the DDE feed's words.
    log.ProvisionalBallSelected: "ProvisionalBallSelected",
    log.ConnectionState: "ConnectionStateChanged",
    log.RefereeCalled: "RefereeCalled",
    log.TglHammerThrown: "TglHammerThrown",
}
# What is of a stroke: all of these have its number, and the player.
STROKES: Final = frozenset({log.AddressingBall, log.HitBall, log.LieReport, log.BallHoled})
_TIME: Final = b'{"event_time":"'
_PLAYER: Final = b'"player":'
Pieces: TypeAlias = tuple[bytes, ...]  # JSON when they are joined
_STARTED: Final = (
    "event_time",
    "course_id",
    "sr_group_id",
    "group_number",
    "hole_number",
    "hole_sequence",
    "round_number",
    "team_id",
)
_ENDINGS: Final = {  # end_reason, of finishReason
    "BallHoled": "BALL_HOLED",
    "Disqualified": "DISQUALIFIED",
    "HoleConceded": "HOLE_CONCEDED",
    "HoleWon": "HOLE_WON",
    "LossOfHole": "HOLE_LOST",
    "Retired": "RESIGNED",
    "Withdrawn": "WITHDRAWN",
}
_PENALTIES: Final = {
    "OutOfBounds": "OUT_OF_BOUNDS",
    "ProvisionalBall": "PROVISIONAL_BALL",
    "WaterHazard": "WATER_HAZARD",
    "Grounding": "GROUNDING",
}
# zone, of surfaceTypeCode: the words of its tables in capitals; no page has the values.
_ZONES: Final = {
    "OFW": "FAIRWAY",
    "OGR": "GREEN",
    "OIR": "INTERMEDIATE_ROUGH",
    "ORO": "ROUGH",
    "OST": "FAIRWAY_BUNKER",
    "OGS": "GREENSIDE_BUNKER",
    "OCO": "FRINGE",
    "ONA": "NATIVE_AREA",
    "OTO": "TREES",
    "OBU": "BUSHES",
    "ODS": "DESERT",
    "OWA": "WATER",
    "OTH": "OTHER",
    "OCA": "CART_PATH",
    "ODO": "DIRT",
    "OTF": "OTHER_FAIRWAY",
    "OOB": "OUT_OF_BOUNDS",
    "OWB": "WASTE_BUNKER",
    "OUK": "UNKNOWN",
    "OTB": "TEE_BOX",
    "OPT": "PATH",
    "ORK": "ROCK_OUTLINE",
    "OWL": "WALL",
}


class HoleScore(NamedTuple):
    """Of a hole that has ended; ``so_far`` is to par, of all holes up to it in order of play."""

    par: int
    strokes: int
    over: int  # what it adds to the score to par; nothing where it was not holed
    so_far: int


@dataclass(slots=True, eq=False)
class Said:
    """A live event as it stands: what the log said of it last."""

    origin: int  # the id of the event that said it first
    event: Event  # with the moment of its first version
    team: int  # whom it is about; of what is about a match each side has one
    number: int = 0  # stroke_number
    score: HoleScore | None = None  # of a hole that has ended
    lie: log.LieReport | None = None  # where lies are part of the stroke
    gives_up: bool = False  # the match, on this hole


def type_of(what: log.What) -> str:
    """The last word of an event's type."""
    if (found := _TYPES.get(type(what))) is not None:
        return found
    if isinstance(what, log.LieReport):
        return "DetailedLie" if what.detailed else "ApproximateLie"
    assert isinstance(what, log.Suspension), "all others are in the table"
    return "SportEventResumed" if what.resumed else "SportEventSuspended"


def ball_lie(lie: Lie, distance_hit: float, to_pin: float) -> Packet:
    """``ball_lie``; all in metres."""
    point = lie.point
    return {
        "coordinates": {"x": point.x, "y": point.y, "z": point.z},
        "distance_hit": distance_hit,
        "distance_to_pin": to_pin,
        "zone": _ZONES[lie.surface],
    }


class Payloads:
    """Of one tournament, encoded."""

    def __init__(self, tournament: Tournament, ids: Ids) -> None:
        quirks = tournament.quirks
        self._ids, self._rounds = ids, tournament.rounds
        self._teams = tournament.teams
        self._places: dict[tuple[int, int, int], bytes] = {}  # by round, team and order
        self._players: dict[int, bytes] = {}  # by id
        self._started_ids = quirks["live-started-ids"] == "present"
        self._on_course = quirks["live-hole-sequence"] == "course"
        self._gives_up = quirks["live-match-conceded"]
        fairway = f"{quirks['live-fairway-wood']}_WOOD"
        clubs = {"CDR": "DRIVER", "CFW": fairway, "CIR": "IRON", "CUK": "UNKNOWN"}
        self._clubs = {key: b'"club_type":"%b",' % word.encode() for key, word in clubs.items()}
        self._rests: dict[type, Callable[[Said, Any], Packet]] = {
            log.HoleFinished: self._ended,
            log.ProvisionalBallSelected: self._selected,
            log.BallDrop: _dropped,
            log.Penalty: _penalty,
            log.ConnectionState: _connected,
            log.TglHammerThrown: _thrown,
        }

    def of(self, said: Said) -> bytes:
        """The payload."""
        return b"".join(self.pieces(said))

    def pieces(self, said: Said) -> Pieces:
        """What is to be joined to the payload."""
        event = said.event
        kind = type(event.what)
        if kind in STROKES:
            return self.of_stroke(event, said.number, said.lie)
        if kind is log.RoundStarted:
            return (self._started(said),)
        rest = self._rests.get(kind)
        more = b"}" if rest is None else b",%b" % orjson.dumps(rest(said, event.what))[1:]
        return (_TIME, encoded_millis(event.at), self._place(event, said.team), more)

    def of_stroke(self, event: Event, number: int, lie: log.LieReport | None = None) -> Pieces:
        """Those of what is in ``STROKES``, and most events are.

        ``number`` is the stroke's; ``lie`` where it ended, if that is part of it.
        """
        what: Any = event.what
        club, ends = b"", b"}"
        if isinstance(what, log.AddressingBall):
            club = self._clubs[what.club]
        elif isinstance(what, log.LieReport):
            lie = what
        if lie is not None:
            keys = ball_lie(lie.lie, lie.shot_distance, lie.to_pin)
            ends = b',"ball_lie":%b}' % orjson.dumps(keys)
        place = self._places.get((event.round, event.team, event.order))
        if place is None:
            place = self._place(event, event.team)
        player = self._players.get(event.player) or self._player(event)
        numbers = _numbers(number, what.provisional)
        return (_TIME, encoded_millis(event.at), place, numbers, club, _PLAYER, player, ends)

    def _place(self, event: Event, of_team: int) -> bytes:
        """Whose hole it is, and where, encoded once: it stands behind the moment."""
        key = (event.round, of_team, event.order)
        if (place := self._places.get(key)) is None:
            place = self._places[key] = b'",' + orjson.dumps(self._hole(event, of_team))[1:-1]
        return place

    def _hole(self, event: Event, of_team: int) -> Packet:
        facts = self._rounds[event.round, of_team]
        hole, team = facts.holes[event.order - 1].no, self._ids.team(of_team)
        group: Packet = {}
        if not event.match:
            group = {"sr_group_id": self._ids.group(facts.group), "group_number": facts.group.no}
        return {
            "team_id": team,
            "sr_team_id": urn("competitor", team),
            **group,
            "hole_number": hole,
            "hole_sequence": hole if self._on_course else event.order,
            "course_id": facts.course.id,
            "sr_course_id": urn("venue", facts.course.id),
            "round_number": event.round,
        }

    def _player(self, event: Event) -> bytes:
        """Whose ball it is, encoded once."""
        for each in self._teams[event.team].players:
            self._players[each.id] = orjson.dumps(player(each, gender="last"))
        return self._players[event.player]

    def _started(self, said: Said) -> bytes:
        """With the keys of the sample, in its order."""
        event = said.event
        payload = {"event_time": iso_millis(event.at), **self._hole(event, said.team)}
        keys = [*_STARTED, *(("sr_team_id", "sr_course_id") if self._started_ids else ())]
        players = [player(each, gender="first") for each in self._teams[said.team].players]
        return orjson.dumps(
            {key: payload[key] for key in keys if key in payload} | {"players": players}
        )

    def _ended(self, said: Said, what: log.HoleFinished) -> Packet:
        assert said.score is not None, "a hole that ended has a score"
        score = said.score
        ended = _ENDINGS[what.reason]
        if ended == "HOLE_CONCEDED" and said.gives_up:
            ended = self._gives_up
        return {
            "end_reason": ended,
            "score": {
                "hole_par": score.par,
                "hole_strokes": score.strokes,
                "sport_event_score_to_par": score.so_far,
            },
        }

    def _selected(self, said: Said, what: log.ProvisionalBallSelected) -> Packet:
        event = said.event
        keys: Packet = {
            "stroke_number": said.number,
            "provisional_number": what.chosen,
            "penalty_strokes": what.penalty,
            "provisional_result": what.result,
            "player": orjson.Fragment(self._players.get(event.player) or self._player(event)),
        }
        if what.lie is not None:
            keys["ball_lie"] = ball_lie(what.lie, what.shot_distance, what.to_pin)
        return keys


@cache
def _numbers(stroke: int, provisional: int) -> bytes:
    """The keys of a stroke that are behind its place."""
    return b',"stroke_number":%d,"provisional_number":%d,' % (stroke, provisional)


def _dropped(said: Said, what: log.BallDrop) -> Packet:
    return _player_ids(said) | {"ball_lie": ball_lie(what.lie, 0.0, what.to_pin)}


def _penalty(said: Said, what: log.Penalty) -> Packet:
    """What the page says of the strokes was not read; these are the DDE feed's keys."""
    keys = _player_ids(said)
    keys["penalty_strokes"] = what.strokes
    keys["penalty_type"] = "DISQUALIFICATION" if what.disqualified else "STROKES"
    if what.reason is not None:
        keys["penalty_reason"] = _PENALTIES[what.reason]
    return keys


def _connected(said: Said, what: log.ConnectionState) -> Packet:  # noqa: ARG001
    return {"state": what.state}


def _thrown(said: Said, what: log.TglHammerThrown) -> Packet:  # noqa: ARG001
    return {"accepted": what.accepted}


def _player_ids(said: Said) -> Packet:
    """Who it is, as drops and penalties say it."""
    number = said.event.player
    return {"player_id": number, "sr_player_id": urn("competitor", number)}
