"""The leaderboard: one document a tournament, sent whole whenever anything on it changes.

Keys stand in the order of the documentation's tables: where there is a sample of such a document
(hole by hole), its order of keys is that of its tables, so these tables follow packets too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, ClassVar

import orjson

from mockdde.books import Books, Change
from mockdde.feeds import StateFeed
from mockdde.feeds._boardrows import BoardRows
from mockdde.feeds.dde._scores import Displays, players
from mockdde.golf import STATUSES, is_playoff
from mockdde.log import Event
from mockdde.moments import iso_at_venue, iso_millis
from mockdde.standing import Place
from mockdde.teambook import TeamBook, TeamRoundBook

__all__ = ["FEED", "Leaderboard"]


class Leaderboard:
    """The rendering of the books. Each row is kept encoded; only what changes is encoded again."""

    ABOUT: ClassVar[str] = "Who stands where, with the scores of all rounds."
    FEED_TYPE: ClassVar[str] = "leaderboard"
    PLAY: ClassVar[str] = "stroke"

    NAME: ClassVar[str] = "dde/leaderboard"
    PATH: ClassVar[str] = "/golf/tournaments/{tournament}/leaderboard"
    KIND: ClassVar[str] = "state"
    hears_all = False

    def __init__(self, books: Books) -> None:
        tournament = books.tournament
        self._books = books
        self._quirks = tournament.quirks
        self._displays = Displays(tournament.quirks)
        self._path = self.PATH.format(tournament=tournament.id)
        self._keys = orjson.dumps({"tournamentId": tournament.id})[1:-1]
        chosen = tournament.quirks["total-score"]
        by_hole = chosen == "hole" or (chosen == "by-tour" and tournament.tour == "PGA tour")
        self._totals_by_round = not by_hole
        self._says_status = tournament.quirks["out-position"] == "status"
        self._finished = "F" if tournament.quirks["finished-round"] == "F" else None
        self._players: dict[tuple[int, bool], orjson.Fragment] = {}  # and whether it is pending
        self._hides_alternates = books.tournament.quirks["alternates"] == "absent"
        self._turns: tuple[object, ...] = ()
        self._facts: tuple[object, ...] = ()
        self._tail = b""
        self._turn_rounds()
        self._rows = BoardRows(
            books,
            self._body,
            self._place,
            by_round=self._totals_by_round,
            says_finished=self._finished is not None,
        )

    def streams(self) -> Iterator[str]:
        """The one path."""
        return iter((self._path,))

    def unknown(self, params: Mapping[str, int]) -> str | None:  # noqa: ARG002
        """Every tournament has a leaderboard."""
        return None

    def apply(self, event: Event, change: Change) -> Iterable[str]:  # noqa: ARG002
        """The path, if anything but timestamp and seqNum is different now."""
        if not change.board:
            return ()
        changed = self._turn_rounds()
        changed |= self._rows.apply(change)
        return (self._path,) if changed else ()

    def document(self, path: str, seq: int, sent: int) -> bytes:  # noqa: ARG002
        """The document as it is now, encoded."""
        keys = b'],%b,"timestamp":"%b","seqNum":%d,' % (self._keys, iso_millis(sent).encode(), seq)
        rows = self._rows.encoded()
        if self._hides_alternates:  # they stand below all others
            del rows[sum(each.status != "Alternate" for each in self._books.teams.values()) :]
        rows[0] = b'{"standings":[' + rows[0]
        rows[-1] += keys + self._tail
        return b",".join(rows)  # one join: a copy of so many bytes takes as long as all the rest

    # ── rows ──────────────────────────────────────────────────────────────────────────────────

    def _place(self, place: Place) -> bytes:
        """The one key that moves without the team's doing, and the end of the row."""
        team, order, value, tied = place
        if self._says_status and (book := self._books.teams[team]).is_out:
            return _position(order, value, tied, STATUSES[book.status])
        return _position(order, value, tied)

    def _body(self, team: TeamBook) -> bytes:
        """A team's row up to its position."""
        now = self._books.round_of(team)
        displays = self._displays
        through = displays.holes(now.through if now else 0)
        if self._finished and now and now.complete:
            through["displayValue"] = self._finished
        today = displays.to_par(now.to_par if now else 0, played=bool(now and now.lines))
        row = {
            "players": self._names(team),
            "holesThrough": through,
            "roundInfo": self._rounds(team),
            "toParToday": today,
            "totalScore": self._total(team),
            "status": STATUSES[team.status],
            "currentRound": now.round if now else next(iter(self._books.specs)),
            "teamNo": team.team.no,
            "toPar": displays.to_par(team.to_par, played=team.begun),
        }
        return orjson.dumps(row)[:-1] + b',"position":'

    def _names(self, team: TeamBook) -> orjson.Fragment:
        key = (team.team.no, team.pending)
        if key not in self._players:
            self._players[key] = orjson.Fragment(orjson.dumps(players(team)))
        return self._players[key]

    def _total(self, team: TeamBook) -> dict[str, Any]:
        if not self._totals_by_round:
            return self._displays.strokes(team.strokes, played=team.begun)
        whole = team.whole_rounds
        return self._displays.strokes(whole or 0, played=whole is not None)

    def _rounds(self, team: TeamBook) -> dict[str, Any]:
        """``roundInfo``."""
        found: dict[str, Any] = {}
        if self._quirks["undrawn-round"] == "null":
            found = {str(no): None for no in self._books.specs}
        so_far = 0
        for no, book in team.rounds.items():
            so_far += 0 if is_playoff(no) else book.to_par
            found[str(no)] = self._round(book, so_far)
        return found

    def _round(self, book: TeamRoundBook, so_far: int) -> dict[str, Any]:
        """A value of ``roundInfo``; ``so_far`` is the tournament to par, up to this round."""
        played = bool(book.lines)
        over = so_far if self._quirks["round-to-par"] == "tournament" else book.to_par
        info: dict[str, Any] = {
            "score": self._displays.strokes(book.strokes, played=played),
            "toPar": self._displays.to_par(over, played=played),
            "teeTime": self._tee_time(book.group.tee_time),
            "startHole": book.group.tee,
        }
        if book.position is not None or self._quirks["round-finished"] == "null":
            position, tied = book.position or (None, None)
            info["roundFinishedPosition"], info["roundFinishedIsTied"] = position, tied
        return info

    def _tee_time(self, moment: int) -> str:
        if self._quirks["tee-time-zone"] == "utc":
            return iso_millis(moment)
        return iso_at_venue(moment, self._books.tournament.utc_offset)

    # ── the tournament's keys ─────────────────────────────────────────────────────────────────

    def _turn_rounds(self) -> bool:
        """Whether what stands behind seqNum is different now."""
        books, before = self._books, self._turns
        self._turns = books.turns()
        if self._turns == before:
            return False
        facts = (
            books.current_round,
            books.is_cut_round,
            self._cut(),
            books.status,
            books.overnight,
            *[each.status for each in books.rounds.values()],
        )
        if facts == self._facts:
            return False
        self._facts, self._tail = facts, self._round_keys()
        return True

    def _round_keys(self) -> bytes:
        """What stands behind seqNum, with the last brace."""
        books = self._books
        suspended = books.status == "Suspended"
        keys = {
            "currentRound": {
                "number": books.current_round,
                "name": self._round_name(books.current_round),
                self._quirks["cutline-key"]: {"cut": self._cut(), "required": books.is_cut_round},
            },
            "roundStatuses": [
                {"number": each.no, "status": each.status} for each in books.rounds.values()
            ],
            "tournamentStatus": self._quirks["suspended-word"] if suspended else books.status,
            "isPlaySuspendedOvernight": books.overnight,
        }
        return orjson.dumps(keys)[1:]

    def _round_name(self, no: int) -> str:
        if is_playoff(no):
            return f"Round for Playoff #{no % 100}"
        return f"Round{' ' if self._quirks['round-names'] == 'spaced' else ''}{no}"

    def _cut(self) -> int | None:
        books = self._books
        if books.is_cut_round or self._quirks["no-cut"] == "null":
            return books.cut
        if self._quirks["no-cut"] == "zero":
            return 0
        return next(reversed(books.cuts.values()), None)


@lru_cache(maxsize=65_536)  # a field of 156 comes to some ten thousand
def _position(order: int, value: int, tied: bool, word: str = "") -> bytes:
    """``position``, with the brace that ends the row."""
    keys = {
        "order": order,
        "value": value,
        "format": "tied" if tied else "absolute",
        "displayValue": word or ("T" if tied else "") + str(value),
    }
    return orjson.dumps(keys) + b"}"


FEED: type[StateFeed] = Leaderboard
