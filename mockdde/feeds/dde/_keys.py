"""Keys that many DDE packets share: where and when, whose ball, which stroke."""

from __future__ import annotations

from mockdde import log
from mockdde.feeds import Packet
from mockdde.feeds.dde._parts import player
from mockdde.golf import TeamRound
from mockdde.log import Event
from mockdde.moments import iso_millis
from mockdde.world import Tournament

__all__ = ["Keys"]

# groupId is another one from here on (quirk group-id); 149 is the step of the real sample.
_TURN = 10
_GROUP_ID_STEP = 149


class Keys:
    """A fold too: ``apply`` each event before its packets are made."""

    def __init__(self, tournament: Tournament) -> None:
        self._rounds = tournament.rounds
        quirks = tournament.quirks
        self._changes = quirks["group-id"] == "changes"
        self._skips = quirks["stroke-and-distance"] == "skips"
        self._next_after_penalty = quirks["penalty-stroke"] == "next"
        self._next_of_ball = quirks["provisional-stroke"] == "next"
        self._turned: set[tuple[int, int]] = set()
        self._skipped: dict[tuple[int, int, int], list[int]] = {}  # strokes, by hole
        self._players = {
            each.id: player(each) for team in tournament.teams.values() for each in team.players
        }

    def apply(self, event: Event) -> None:
        """Take in one event."""
        if self._changes and event.order >= _TURN:
            # And a correction of an earlier hole does not turn it back.
            self._turned.add((event.round, event.team))
        hole = (event.round, event.team, event.order)
        match event.what:
            case log.BallDrop(drop="StrokeAndDistance", stroke=stroke) if self._skips:
                self._skipped.setdefault(hole, []).append(stroke)
            case log.Mode(begins=True):
                self._skipped.pop(hole, None)

    def common(self, event: Event, kind: str) -> Packet:
        """Where and when."""
        facts = self._round(event)
        return {
            "courseId": str(facts.course.id),
            "eventElementType": kind,
            "groupId": self.group_id(event),
            "groupNo": facts.group.no,
            "holeNo": self.hole_no(event),
            "holeOrder": event.order,
            "roundNo": event.round,
            "seqNum": 0,
            "teamNo": event.team,
            "timestamp": iso_millis(event.at),
            "timestampReceived": iso_millis(event.received),
        }

    def stroke(self, event: Event, kind: str, stroke: int, ball: int) -> Packet:
        """Where and when, whose ball and which stroke."""
        return self.common(event, kind) | {
            "player": self.player(event),
            "playerId": event.player,
            "provisionalIndex": ball,
            "strokeNo": self.number(event, stroke, ball),
        }

    def number(self, event: Event, stroke: int, ball: int) -> int:
        """strokeNo, as quirks have it of provisional balls and of stroke and distance."""
        skipped = self._skipped.get((event.round, event.team, event.order), ())
        before = sum(each < stroke for each in skipped)
        return stroke + before + (ball if self._next_of_ball else 0)

    def after(self, stroke: int) -> int:
        """The stroke that a penalty or a drop belongs to."""
        return stroke + self._next_after_penalty

    def hole_no(self, event: Event) -> int:
        """The hole's number on its course."""
        return self._round(event).holes[event.order - 1].no

    def group_id(self, event: Event) -> int:
        """groupId, which is not the same all through a round."""
        turned = (event.round, event.team) in self._turned
        return self._round(event).group.id + (_GROUP_ID_STEP if turned else 0)

    def player(self, event: Event) -> Packet:
        """The player of a stroke."""
        return dict(self._players[event.player])

    def players(self, event: Event) -> list[Packet]:
        """All players of the team."""
        return [dict(self._players[each.id]) for each in self._round(event).team.players]

    def _round(self, event: Event) -> TeamRound:
        return self._rounds[event.round, event.team]
