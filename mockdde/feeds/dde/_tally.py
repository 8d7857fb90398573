"""``score`` of DDE packets: that of the hole, the round and the tournament, at the moment."""

from __future__ import annotations

from mockdde.books import Books
from mockdde.cards import Cards
from mockdde.feeds import Packet
from mockdde.golf import to_par
from mockdde.log import Event
from mockdde.matchbook import MatchBook

__all__ = ["Tally"]


class Tally:
    """Reads the books, which have taken in the event."""

    def __init__(self, books: Books) -> None:
        quirks = books.tournament.quirks
        self._books = books
        self._ends_hole = quirks["to-par-moves"] == "HoleFinished"
        self._shows_old = quirks["score-in-correction"] == "stale"
        self._of_tournament = quirks["match-to-par"] == "tournament"

    def of(
        self, event: Event, *, replayed: bool = False, holed: bool = False, short_of: int = 0
    ) -> Packet:
        """The score now; ``replayed``: a hole sent again may show the one it had before."""
        books = self._books
        cards: Cards | MatchBook = books.matches.all[event.match] if event.match else books.cards
        score = cards.score(event)
        before = score.hole_to_par if holed and self._ends_hole else 0
        if replayed and self._shows_old and (frozen := cards.frozen(event)):
            score, short_of = frozen, 0
        overall = score.overall_to_par
        if event.match and self._of_tournament:
            overall += books.matches.to_par(event.team, but=event.match)
        return {
            "currentHolePar": score.par,
            "currentHoleStrokes": score.strokes - short_of,
            "currentRoundScoreToPar": to_par(score.round_to_par - before),
            "overallScoreToPar": to_par(overall - before),
        }
