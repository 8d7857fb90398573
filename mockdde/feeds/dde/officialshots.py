"""official-shots: what stands of a team's round once that is official."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from mockdde import log
from mockdde.books import Books, Change
from mockdde.errors import RequestError, nearest
from mockdde.feeds import DocumentFeed, Parameter
from mockdde.feeds._asked import absent, check_names, find
from mockdde.feeds.dde._shots import ShotKeys
from mockdde.golf import is_playoff
from mockdde.log import Event
from mockdde.quirks import Quirks
from mockdde.teambook import TeamRoundBook

__all__ = ["FEED", "OfficialShots"]


class OfficialShots:
    """One element a stroke event, in the order of their timestamps, which seqNum counts from 1.

    A hole that was sent again is there as it was sent last, and what was corrected as corrected.
    Whether the feed's own seqNum is that of the packet, with gaps, is not known: the table calls it
    an order by timestamp, and that is what this one is.
    """

    NAME: ClassVar[str] = "dde/officialshots"
    PATH: ClassVar[str] = "/golf/official-shots/tournaments/{tournament}/round/{round}/team/{team}"
    KIND: ClassVar[str] = "document"
    PLAY: ClassVar[str] = "stroke"
    ABOUT: ClassVar[str] = "The strokes of a team's round, once that is official."
    QUERY: ClassVar[tuple[Parameter, ...]] = ()

    def __init__(self, world: Sequence[Books], quirks: Quirks) -> None:
        self._world = world
        self._quirks = quirks

    def apply(self, books: Books, event: Event, change: Change) -> bool:
        """Take in an event; true when a round is official, or who plays it is another one."""
        if books.tournament.is_match_play:  # it has none
            return False
        if not change.team:
            return bool(change.draw)
        hole = change.hole
        corrected = hole is not None and books.teams[hole[1]].rounds[hole[0]].official
        return corrected or isinstance(event.what, log.RoundOfficial)

    def document(self, params: Mapping[str, int], query: Mapping[str, str]) -> list[dict[str, Any]]:
        """The strokes. RequestError where there is no such round, or it is not official yet."""
        check_names(query, self.QUERY, self._quirks)
        books = find(self._world, params["tournament"], self._quirks)
        book = _round(books, params["round"], params["team"])
        if book is not None and book.official:
            return list(_elements(books, book, params["team"]))
        answer = books.tournament.quirks["shots-before-official"]
        if answer != "array":
            where = f"round {params['round']} of team {params['team']}"
            message = f"{where} in tournament {books.tournament.id} is not official yet"
            raise RequestError(int(answer), message)
        return []


def _round(books: Books, no: int, team: int) -> TeamRoundBook | None:
    """A team's round; None before it is drawn. RequestError where there never is one."""
    tournament, quirks = books.tournament, books.tournament.quirks
    where = f"tournament {tournament.id}"
    if tournament.is_match_play:  # a team may play several matches of a round
        message = f"{where} is match play; official shots are of stroke play"
        raise absent(quirks, message)
    if no not in books.rounds:
        raise absent(quirks, f"{where} has no round {no}{nearest(no, books.rounds)}")
    if team not in books.teams:
        raise absent(quirks, f"{where} has no team {team}{nearest(team, books.teams)}")
    book = books.teams[team].rounds.get(no)
    if book is None and books.rounds[no].groups:
        raise absent(quirks, f"team {team} does not play round {no} of {where}")
    return book


def _elements(books: Books, book: TeamRoundBook, team: int) -> Iterator[dict[str, Any]]:
    keys = ShotKeys(books, book.round)
    earlier = _to_par_before(books, book, team)
    to_par, adds = 0, not is_playoff(book.round)  # a playoff adds nothing to the overall score
    found: list[tuple[int, dict[str, Any]]] = []
    for order, shots in sorted(books.shots.of(book.round, team).items()):
        line = book.lines.get(order)
        before = (earlier + to_par if adds else earlier, to_par)
        found += keys.of_hole(shots, book.holes[order - 1], line, before)
        to_par += line.over if line is not None else 0
    found.sort(key=lambda each: each[0])
    for number, (_, element) in enumerate(found, 1):
        yield element | {"seqNum": number}


def _to_par_before(books: Books, book: TeamRoundBook, team: int) -> int:
    """To par of all rounds before this one; playoffs add nothing to it."""
    total = 0
    own = books.teams[team].rounds
    for no in books.rounds:  # in the order of play
        if no == book.round:
            break
        total += own[no].to_par if no in own and not is_playoff(no) else 0
    return total


FEED: type[DocumentFeed] = OfficialShots
