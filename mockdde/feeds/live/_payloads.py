"""The payload of a live event: what was said, in the words of the pages of event types (§6)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

import orjson

from mockdde import log
from mockdde.feeds import Packet
from mockdde.feeds.live._ids import Ids, urn
from mockdde.feeds.live._people import player
from mockdde.golf import Lie
from mockdde.log import Event
from mockdde.moments import iso_millis
from mockdde.records import dataclass
from mockdde.world import Tournament

__all__ = ["HoleScore", "Payloads", "Said", "ball_lie", "type_of"]

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
    if isinstance(what, log.LieReport):
        return "DetailedLie" if what.detailed else "ApproximateLie"
    if isinstance(what, log.Suspension):
        return "SportEventResumed" if what.resumed else "SportEventSuspended"
    return _TYPES[type(what)]


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
    """Of one tournament."""

    def __init__(self, tournament: Tournament, ids: Ids) -> None:
        quirks = tournament.quirks
        self._ids, self._rounds = ids, tournament.rounds
        self._teams = tournament.teams
        self._places: dict[tuple[int, int, int], Packet] = {}  # by round, team and order
        self._players: dict[int, orjson.Fragment] = {}  # by id
        self._started_ids = quirks["live-started-ids"] == "present"
        self._on_course = quirks["live-hole-sequence"] == "course"
        self._gives_up = quirks["live-match-conceded"]
        fairway = f"{quirks['live-fairway-wood']}_WOOD"
        self._clubs = {"CDR": "DRIVER", "CFW": fairway, "CIR": "IRON", "CUK": "UNKNOWN"}

        self._fills: dict[type, Callable[[Packet, Said, Any], None]] = {
            log.RoundStarted: self._started,
            log.HoleFinished: self._ended,
            log.AddressingBall: self._prepared,
            log.HitBall: self._stroke,
            log.BallHoled: self._stroke,
            log.LieReport: self._stroke,
            log.ProvisionalBallSelected: self._selected,
            log.BallDrop: self._dropped,
            log.Penalty: self._penalty,
            log.ConnectionState: self._connected,
            log.TglHammerThrown: self._thrown,
        }

    def of(self, said: Said) -> Packet:
        """The payload."""
        event = said.event
        key = (event.round, said.team, event.order)
        if (place := self._places.get(key)) is None:
            place = self._places[key] = self._place(event, said.team)
        payload = {"event_time": iso_millis(event.at), **place}
        fill = self._fills.get(type(event.what))
        if fill is not None:
            fill(payload, said, event.what)
        return payload

    def _place(self, event: Event, of_team: int) -> Packet:
        """Whose hole it is, and where."""
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

    def _player(self, event: Event) -> orjson.Fragment:
        """Whose ball it is, encoded once."""
        if event.player not in self._players:
            for each in self._teams[event.team].players:
                keys = player(each, gender="last")
                self._players[each.id] = orjson.Fragment(orjson.dumps(keys))
        return self._players[event.player]

    def _started(self, payload: Packet, said: Said, what: log.RoundStarted) -> None:  # noqa: ARG002
        """With the keys of the sample, in its order."""
        keys = [*_STARTED, *(("sr_team_id", "sr_course_id") if self._started_ids else ())]
        common = {key: payload[key] for key in keys if key in payload}
        payload.clear()
        payload.update(common)
        payload["players"] = [
            player(each, gender="first") for each in self._teams[said.team].players
        ]

    def _ended(self, payload: Packet, said: Said, what: log.HoleFinished) -> None:
        assert said.score is not None, "a hole that ended has a score"
        score = said.score
        ended = _ENDINGS[what.reason]
        if ended == "HOLE_CONCEDED" and said.gives_up:
            ended = self._gives_up
        payload["end_reason"] = ended
        payload["score"] = {
            "hole_par": score.par,
            "hole_strokes": score.strokes,
            "sport_event_score_to_par": score.so_far,
        }

    def _prepared(self, payload: Packet, said: Said, what: log.AddressingBall) -> None:
        payload["stroke_number"] = said.number
        payload["provisional_number"] = what.provisional
        payload["club_type"] = self._clubs[what.club]
        payload["player"] = self._player(said.event)

    def _stroke(
        self, payload: Packet, said: Said, what: log.HitBall | log.BallHoled | log.LieReport
    ) -> None:
        payload["stroke_number"] = said.number
        payload["provisional_number"] = what.provisional
        payload["player"] = self._player(said.event)
        lie = what if isinstance(what, log.LieReport) else said.lie
        if lie is not None:
            payload["ball_lie"] = ball_lie(lie.lie, lie.shot_distance, lie.to_pin)

    def _selected(self, payload: Packet, said: Said, what: log.ProvisionalBallSelected) -> None:
        payload["stroke_number"] = said.number
        payload["provisional_number"] = what.chosen
        payload["penalty_strokes"] = what.penalty
        payload["provisional_result"] = what.result
        payload["player"] = self._player(said.event)
        if what.lie is not None:
            payload["ball_lie"] = ball_lie(what.lie, what.shot_distance, what.to_pin)

    def _dropped(self, payload: Packet, said: Said, what: log.BallDrop) -> None:
        payload.update(_player_ids(said))
        payload["ball_lie"] = ball_lie(what.lie, 0.0, what.to_pin)

    def _penalty(self, payload: Packet, said: Said, what: log.Penalty) -> None:
        """What the page says of the strokes was not read; these are the DDE feed's keys."""
        payload.update(_player_ids(said))
        payload["penalty_strokes"] = what.strokes
        payload["penalty_type"] = "DISQUALIFICATION" if what.disqualified else "STROKES"
        if what.reason is not None:
            payload["penalty_reason"] = _PENALTIES[what.reason]

    @staticmethod
    def _connected(payload: Packet, said: Said, what: log.ConnectionState) -> None:  # noqa: ARG004
        payload["state"] = what.state

    @staticmethod
    def _thrown(payload: Packet, said: Said, what: log.TglHammerThrown) -> None:  # noqa: ARG004
        payload["accepted"] = what.accepted


def _player_ids(said: Said) -> Packet:
    """Who it is, as drops and penalties say it."""
    number = said.event.player
    return {"player_id": number, "sr_player_id": urn("competitor", number)}
