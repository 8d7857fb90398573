"""``score`` of DDE packets: that of the hole, the round and the tournament, at the moment."""

from __future__ import annotations

from mockdde.books import Books
from mockdde.cards import Cards, Score
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

    def of(self, event: Event, *, replayed: bool = False, short_of: int = 0) -> Packet:
        """The score now; ``replayed``: a hole sent again may show the one it had before."""
        score, overall, is_old = self._now(event, replayed=replayed)
        return {
            "currentHolePar": score.par,
            "currentHoleStrokes": score.strokes - (0 if is_old else short_of),
            "currentRoundScoreToPar": to_par(score.round_to_par),
            "overallScoreToPar": to_par(overall),
        }

    def encoded(self, event: Event, *, replayed: bool = False, holed: bool = False) -> str:
        """The same as JSON; ``holed``: the ball was holed just now."""
        score, overall, _ = self._now(event, replayed=replayed)
        before = score.hole_to_par if holed and self._ends_hole else 0
        return (
            f'{{"currentHolePar":{score.par},"currentHoleStrokes":{score.strokes},'
            f'"currentRoundScoreToPar":"{to_par(score.round_to_par - before)}",'
            f'"overallScoreToPar":"{to_par(overall - before)}"}}'
        )

    def _now(self, event: Event, *, replayed: bool) -> tuple[Score, int, bool]:
        """The score, that of the tournament, and whether it is the one the hole had before."""
        books = self._books
        cards: Cards | MatchBook = books.matches.all[event.match] if event.match else books.cards
        frozen = cards.frozen(event) if replayed and self._shows_old else None
        score = cards.score(event) if frozen is None else frozen
        overall = score.overall_to_par
        if event.match and self._of_tournament:
            overall += books.matches.to_par(event.team, but=event.match)
        return score, overall, frozen is not None
