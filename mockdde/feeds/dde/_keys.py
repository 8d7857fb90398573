"""Keys that many DDE packets share: where and when, whose ball, which stroke."""

from __future__ import annotations

from typing import TypeAlias

from mockdde import log
from mockdde.books import Books
from mockdde.feeds import Packet
from mockdde.feeds.dde._parts import player
from mockdde.golf import Group
from mockdde.log import Event
from mockdde.moments import iso_millis

__all__ = ["Keys"]

# groupId is another one from here on (quirk group-id); 149 is the step of the real sample.
_TURN = 10
_GROUP_ID_STEP = 149

_Hole: TypeAlias = tuple[int, int, int, int]  # whose round, or match, and the order


class Keys:
    """A fold too: ``apply`` each event before its packets are made."""

    def __init__(self, books: Books) -> None:
        tournament = books.tournament
        self._rounds = tournament.rounds
        self._matches = books.matches.all
        self._teams = tournament.teams
        # In fourballs each player of a side has a ball.
        self._with_own_balls = {
            spec.no for spec in tournament.scenario.rounds if spec.play == "FOUR_BALL"
        }
        quirks = tournament.quirks
        self._changes = quirks["group-id"] == "changes"
        self._skips = quirks["stroke-and-distance"] == "skips"
        self._next_after_penalty = quirks["penalty-stroke"] == "next"
        self._next_of_ball = quirks["provisional-stroke"] == "next"
        self._groups = quirks["match-group-id"] == "present"
        self._turned: set[tuple[int, int, int]] = set()
        self._skipped: dict[_Hole, dict[int, list[int]]] = {}  # strokes, by hole and ball
        self._players = {
            each.id: player(each) for team in tournament.teams.values() for each in team.players
        }

    def apply(self, event: Event) -> None:
        """Take in one event."""
        if self._changes and event.order >= _TURN:
            # And a correction of an earlier hole does not turn it back.
            self._turned.add(_whose(event))
        hole = (*_whose(event), event.order)
        match event.what:
            case log.BallDrop(drop="StrokeAndDistance", stroke=stroke) if self._skips:
                balls = self._skipped.setdefault(hole, {})
                balls.setdefault(self._ball(event), []).append(stroke)
            case log.Mode(begins=True):
                self._skipped.pop(hole, None)

    def common(self, event: Event, kind: str) -> Packet:
        """Where and when."""
        return {
            "courseId": str(self._rounds[event.round, event.team].course.id),
            "eventElementType": kind,
            **self.group_id(event),
            **({} if event.match else {"groupNo": self._group(event).no}),
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
        balls = self._skipped.get((*_whose(event), event.order), {})
        before = sum(each < stroke for each in balls.get(self._ball(event), ()))
        return stroke + before + (ball if self._next_of_ball else 0)

    def after(self, stroke: int) -> int:
        """The stroke that a penalty or a drop belongs to."""
        return stroke + self._next_after_penalty

    def hole_no(self, event: Event) -> int:
        """The hole's number on its course."""
        holes = self._rounds[event.round, event.team].holes
        return holes[event.order - 1].no

    def group_id(self, event: Event) -> Packet:
        """groupId, which is not the same all through a round; of a match there may be none."""
        if event.match and not self._groups:
            return {}
        turned = _whose(event) in self._turned
        return {"groupId": self._group(event).id + (_GROUP_ID_STEP if turned else 0)}

    def player(self, event: Event) -> Packet:
        """The player of a stroke."""
        return dict(self._players[event.player])

    def players(self, team: int) -> list[Packet]:
        """All players of a team."""
        return [dict(self._players[each.id]) for each in self._teams[team].players]

    def _ball(self, event: Event) -> int:
        """Tells apart the balls that are played on the event's hole."""
        return event.player if event.round in self._with_own_balls else event.team

    def _group(self, event: Event) -> Group:
        """Of a match its own: whoever plays off twice is in two groups of one round."""
        if event.match:
            return self._matches[event.match].group
        return self._rounds[event.round, event.team].group


def _whose(event: Event) -> tuple[int, int, int]:
    """Tells apart the rounds, or matches, that have a stream each."""
    return (0, 0, event.match) if event.match else (event.round, event.team, 0)
