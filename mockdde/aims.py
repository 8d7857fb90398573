"""Where play is to go: a time, or what is to be sent; read from a word and held against a show."""

from __future__ import annotations

import re
from typing import Protocol

from mockdde import log
from mockdde.broadcast import Broadcast, Step, name_of
from mockdde.errors import RequestError, nearest
from mockdde.log import Event
from mockdde.moments import HOUR, iso_millis, parse_duration, parse_moment
from mockdde.records import dataclass
from mockdde.tape import Tape
from mockdde.world import Tournament

__all__ = ["Aim", "aim", "moment_of"]

_FORMS = (
    "2h30m (after the first packet), 2025-02-20T09:12:00Z,"
    " round/1/team/12:seq=14 or round/1/team/12:hole=11"
)
_SENT = re.compile(r"([^:\s]+):(seq|hole)=([0-9]{1,9})")
_ROUND = re.compile(r"round/([0-9]+)/team/([0-9]+)")
_MATCH = re.compile(r"matchdetails/([0-9]+)")
_LONGEST = 366 * 24 * HOUR  # no tournament is that long


@dataclass(frozen=True, slots=True)
class Aim:
    """A moment of play, or the packet or the hole of a stream whose sending is awaited.

    Messages of the live dialect have no numbers: ``seq`` is their place in the stream, from 1.
    """

    word: str  # as it was said
    moment: int | None = None  # milliseconds since 1970
    path: str = ""
    seq: int = 0
    hole: int = 0

    def hit(self, step: Step, tournament: Tournament) -> bool:
        """Whether this step sends what is awaited."""
        if self.hole:
            return self.starts(step.event, tournament) and any(
                sent.stream == self.path for sent in step.packets
            )
        return any(sent.stream == self.path and sent.seq == self.seq for sent in step.all)

    def starts(self, event: Event, tournament: Tournament) -> bool:
        """Whether an event is the beginning of the hole of the stream."""
        if not isinstance(event.what, log.HoleStarted):
            return False
        of = tournament.rounds[event.round, event.team]
        name = f"matchdetails/{event.match}"
        if not event.match:
            name = f"round/{event.round}/team/{event.team}"
        return self.path.endswith(f"/{name}") and of.holes[event.order - 1].no == self.hole


class _Shown(Protocol):
    """What is played, and what it has sent by now."""

    tournament: Tournament
    broadcast: Broadcast
    tapes: dict[str, Tape]

    def rouse(self, path: str) -> object:
        """A stream that sleeps sends nothing; this one shall not sleep."""


def aim(word: str, shown: _Shown, now: float) -> Aim:
    """Where a word aims in a show that is at the moment ``now`` of play.

    RequestError: 400 where it says nothing, 404 where nothing is called so, 409 where it is past.
    """
    tournament = shown.tournament
    if (duration := parse_duration(word)) is not None:
        return _at(word, min(duration, _LONGEST + 1) + tournament.begins, tournament, now)
    if (moment := parse_moment(word)) is not None:
        return _at(word, moment, tournament, now)
    found = _SENT.fullmatch(word)
    if found is None:
        raise RequestError(400, f"{word[:60]!r} is no place in play; it can be {_FORMS}")
    name, what, number = found[1], found[2], int(found[3])
    broadcast = shown.broadcast
    paths = {broadcast.name(path): path for path in (*broadcast.streams, *broadcast.state_streams)}
    if name not in paths:
        where = f"tournament {tournament.id} has no stream {name}"
        raise RequestError(404, where + nearest(name, paths))
    if what == "hole":
        return _at_hole(Aim(word, path=paths[name], hole=number), name, shown)
    return _at_seq(Aim(word, path=paths[name], seq=number), name, shown)


def _at(word: str, moment: int, tournament: Tournament, now: float) -> Aim:
    if moment < now:
        at = iso_millis(int(now))
        message = f"tournament {tournament.id} is at {at} already, and {word} is before that"
        raise RequestError(409, f"{message}; play goes forward only")
    if moment > tournament.begins + _LONGEST:
        begins = iso_millis(tournament.begins)
        message = f"{word} is more than a year after tournament {tournament.id} begins ({begins})"
        raise RequestError(400, message)
    return Aim(word, moment)


def _at_seq(aimed: Aim, name: str, shown: _Shown) -> Aim:
    what = "seqNum" if name_of(aimed.path).dialect == "dde" else "message"
    if not aimed.seq:
        raise RequestError(400, f"{aimed.word}: {what} counts from 1")
    shown.rouse(aimed.path)
    tape, broadcast = shown.tapes.get(aimed.path), shown.broadcast
    sent = tape is not None and tape.after(aimed.seq) is not None
    if aimed.path in broadcast.state_streams and broadcast.events:
        sent = broadcast.seq(aimed.path) >= aimed.seq
    if sent:
        message = f"{name} has sent {what} {aimed.seq} already"
        raise RequestError(409, f"{message}; play goes forward only")
    _check_ended(aimed, name, shown)
    return aimed


def _at_hole(aimed: Aim, name: str, shown: _Shown) -> Aim:
    tournament = shown.tournament
    scenario, of_team = tournament.scenario, _ROUND.fullmatch(name)
    if of_team is None and not _MATCH.fullmatch(name):
        kinds = "round/1/team/12:hole=11 or matchdetails/3:hole=5"
        raise RequestError(400, f"{name} is of no hole; write {kinds}")
    specs = [each for each in scenario.rounds if of_team is None or each.no == int(of_team[1])]
    holes = [each for spec in specs for each in spec.holes]
    if not holes and scenario.playoff is not None:
        holes = [*scenario.playoff.holes]
    if aimed.hole not in holes:
        raise RequestError(404, f"{name} has no hole {aimed.hole}{nearest(aimed.hole, holes)}")
    for place in range(shown.broadcast.events):
        event = tournament.log.at(place)
        if event is not None and aimed.starts(event, tournament):
            message = f"{name} has begun hole {aimed.hole} already"
            raise RequestError(409, f"{message}; play goes forward only")
    _check_ended(aimed, name, shown)
    return aimed


def _check_ended(aimed: Aim, name: str, shown: _Shown) -> None:
    tape = shown.tapes.get(aimed.path)
    if tape is not None and tape.ended:
        raise RequestError(409, f"{name} has ended after {len(tape)} packets")


def moment_of(aimed: Aim, tournament: Tournament) -> int | None:
    """When what is awaited will be sent; None where it never is. It is played to find out."""
    broadcast = Broadcast(tournament)
    broadcast.rouse(broadcast.name(aimed.path))
    while broadcast.next_due is not None:
        step = broadcast.advance()
        if aimed.hit(step, tournament):
            return step.event.due
        if aimed.path in step.ended:
            break
    return None
