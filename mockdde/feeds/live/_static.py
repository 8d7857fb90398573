"""What several static documents of the live dialect share (live-data-golf-api §8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mockdde import log
from mockdde.books import Books
from mockdde.feeds import is_of, play_of
from mockdde.feeds._asked import absent, find
from mockdde.feeds.live._ids import Ids, urn
from mockdde.feeds.live._people import listed
from mockdde.log import Event
from mockdde.quirks import Quirks
from mockdde.teambook import TeamBook

__all__ = ["Pending", "find_of_play", "team"]


class Pending:
    """A fold: the entries that await verification, whose names are not told until then."""

    def __init__(self, world: Sequence[Books]) -> None:
        self._teams = {
            books: {no for no, team in books.teams.items() if team.pending} for books in world
        }

    def apply(self, books: Books, event: Event) -> bool:
        """Take in an event; whether it verified an entry."""
        what, pending = event.what, self._teams[books]
        if not isinstance(what, log.Verified) or what.team not in pending:
            return False
        pending.discard(what.team)
        return True


def find_of_play(
    world: Sequence[Books], params: Mapping[str, int], quirks: Quirks, feed: Any
) -> Books | None:
    """The books of a tournament that a feed is of; None where it is of the other play, and what
    it has is empty (quirk live-other-play). RequestError where there is none.
    """
    books = find(world, params["tournament"], quirks)
    tournament = books.tournament
    if is_of(feed, play_of(tournament)):
        return books
    if tournament.quirks["live-other-play"] == "empty":
        return None
    message = f"tournament {tournament.id} is {play_of(tournament)} play; {feed.INSTEAD}"
    raise absent(quirks, message)


def team(book: TeamBook, ids: Ids) -> dict[str, Any]:
    """A team with its players."""
    number = ids.team(book.team.no)
    known = not book.pending
    return {
        "team_id": number,
        "sr_team_id": urn("competitor", number),
        "players": [listed(each, known=known) for each in book.team.players],
    }
