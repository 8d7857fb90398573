"""Words for how far a tournament and its rounds are (live-data-golf-api §8, §13.7)."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from mockdde.books import Books, RoundBook
from mockdde.quirks import Quirks

__all__ = ["TOURNAMENT_STATUSES", "Page", "round_status", "tournament_status"]

# Which document says it; both leaderboards have a sample, a tournament has none of a round's end.
Page: TypeAlias = Literal["tournament", "stroke-play-leaderboard", "match-play-leaderboard"]

_SUSPENDED: Final = "Suspended"
# Nothing of a scenario leads to CANCELED and MAINTENANCE.
TOURNAMENT_STATUSES: Final = (
    "NOT_STARTED",
    "IN_PROGRESS",
    "INTERRUPTED",
    "CANCELED",
    "ENDED",
    "CONFIRMED",
    "MAINTENANCE",
    "SUSPENDED",
)
_TOURNAMENT: Final = {
    "NotStarted": "NOT_STARTED",
    "InProgress": "IN_PROGRESS",
    "PlayComplete": "ENDED",
    "Official": "CONFIRMED",
}
# No list of a round's words was read: those of a match, and once it is over no other when it is
# official, for the rounds before the current one are official and have the same word as any.
_ROUND: Final = {
    "NotStarted": "NOT_STARTED",
    "GroupingsOfficial": "NOT_STARTED",
    "InProgress": "IN_PROGRESS",
}


def tournament_status(books: Books) -> str:
    """``status`` of a tournament, ``tournament_status`` of a leaderboard."""
    if books.status == _SUSPENDED:
        return books.tournament.quirks["live-suspended"]
    return _TOURNAMENT[books.status]


def round_status(book: RoundBook, quirks: Quirks, page: Page) -> str:
    """``status`` of a round, in the words of a page."""
    if book.status == _SUSPENDED:
        return quirks["live-suspended"]
    return _ROUND.get(book.status) or _ended(quirks, page)


def _ended(quirks: Quirks, page: Page) -> str:
    chosen = quirks["live-round-ended"]
    if chosen == "by-page":
        return "COMPLETED" if page == "stroke-play-leaderboard" else "ENDED"
    return chosen
