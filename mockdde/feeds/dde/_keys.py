"""Keys that many DDE packets share: where and when, whose ball, which stroke."""

from __future__ import annotations

from mockdde.books import Books
from mockdde.feeds import Packet
from mockdde.feeds.dde._parts import player
from mockdde.golf import Group
from mockdde.log import Event
from mockdde.moments import iso_millis
from mockdde.strokenumbers import StrokeNumbers

__all__ = ["Keys", "turned_id"]

# groupId is another one from here on (quirk group-id); 149 is the step of the real sample.
_TURN = 10
_GROUP_ID_STEP = 149


class Keys:
    """A fold too: ``apply`` each event before its packets are made."""

    def __init__(self, books: Books) -> None:
        tournament = books.tournament
        self._rounds = tournament.rounds
        self._matches = books.matches.all
        self._teams = tournament.teams
        self._numbers = StrokeNumbers(tournament)
        quirks = tournament.quirks
        self._changes = quirks["group-id"] == "changes"
        self._next_after_penalty = quirks["penalty-stroke"] == "next"
        self._groups = quirks["match-group-id"] == "present"
        self._turned: set[tuple[int, int, int]] = set()
        self._players = {
            each.id: player(each) for team in tournament.teams.values() for each in team.players
        }

    def apply(self, event: Event) -> None:
        """Take in one event."""
        if self._changes and event.order >= _TURN:
            # And a correction of an earlier hole does not turn it back.
            self._turned.add(_whose(event))
        self._numbers.apply(event)

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
        return self._numbers.of(event, stroke, ball)

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
        group = self._group(event)
        return {"groupId": turned_id(group) if turned else group.id}

    def player(self, event: Event) -> Packet:
        """The player of a stroke."""
        return dict(self._players[event.player])

    def players(self, team: int) -> list[Packet]:
        """All players of a team."""
        return [dict(self._players[each.id]) for each in self._teams[team].players]

    def _group(self, event: Event) -> Group:
        """Of a match its own: whoever plays off twice is in two groups of one round."""
        if event.match:
            return self._matches[event.match].group
        return self._rounds[event.round, event.team].group


def _whose(event: Event) -> tuple[int, int, int]:
    """Tells apart the rounds, or matches, that have a stream each."""
    return (0, 0, event.match) if event.match else (event.round, event.team, 0)


def turned_id(group: Group) -> int:
    """groupId from the turn on."""
    return group.id + _GROUP_ID_STEP
