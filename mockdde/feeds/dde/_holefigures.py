"""holeStatistics: the holes of one team by round, each encoded once; distances in metres."""

from __future__ import annotations

from typing import Any

import orjson

from mockdde.feeds.dde._statistics import encoded_players
from mockdde.lines import HoleLine
from mockdde.quirks import Quirks
from mockdde.teambook import TeamBook

__all__ = ["TeamHoles"]


class TeamHoles:
    """A team's finished holes whose lies are measured, in the order they were played."""

    def __init__(self, book: TeamBook, quirks: Quirks) -> None:
        self._book, self._pending = book, book.pending
        self._players = encoded_players(book.team, pending=book.pending)
        self._team = book.team.no
        self._inner = quirks["player-rounds-key"].encode()
        self._keyed = quirks["statistic-rounds"] == "keyed"
        self._round_key = quirks["statistic-round-key"].encode()
        self._no_drive = quirks["par-three-drive"]
        self._driven = quirks["driven-green"] == "hit"
        self._always_holed = quirks["hole-out-distance"] == "distance"
        # By round and order; a line is encoded when somebody asks.
        self._rounds: dict[int, dict[int, bytes | HoleLine]] = {}
        self._encoded: dict[int, bytes] = {}  # rounds

    def count(
        self, hole: tuple[int, int, int], before: HoleLine | None, after: HoleLine | None
    ) -> bool:
        """Put a hole in its place; whether it is another one there now."""
        round_no, _, order = hole
        had = before is not None and before.has_figures
        if after is None or not after.has_figures:
            if not had:
                return False
            del self._rounds[round_no][order]
        else:
            holes = self._rounds.setdefault(round_no, {})
            if had and self._of(holes[order]) == self._of(after):
                return False
            holes[order] = after
        self._encoded.pop(round_no, None)
        return True

    def _of(self, hole: bytes | HoleLine) -> bytes:
        """A hole, encoded."""
        return hole if isinstance(hole, bytes) else orjson.dumps(self._hole(hole))

    def meet(self) -> bool:
        """Look at the players; whether they are called otherwise now."""
        if self._book.pending == self._pending:
            return False
        self._pending = self._book.pending
        self._players = encoded_players(self._book.team, pending=self._pending)
        return True

    def encoded(self) -> bytes:
        """``players``, ``teamId`` and the holes by round: one object."""
        return b"{%s}" % self.members()

    def members(self) -> bytes:
        """The members of that object."""
        rounds = b",".join(self._round(no) for no in sorted(self._rounds) if self._rounds[no])
        brackets = b"{%s}" if self._keyed else b"[%s]"
        return b'"players":%s,"teamId":%d,"%s":%s' % (
            self._players,
            self._team,
            self._inner,
            brackets % rounds,
        )

    def _round(self, no: int) -> bytes:
        found = self._encoded.get(no)
        if found is None:
            encoded = {order: self._of(hole) for order, hole in self._rounds[no].items()}
            self._rounds[no].update(encoded)
            holes = b",".join(of for _, of in sorted(encoded.items()))
            if self._keyed:
                found = b'"%d":{"holeStatistics":[%s]}' % (no, holes)
            else:
                found = b'{"holeStatistics":[%s],"%s":%d}' % (holes, self._round_key, no)
            self._encoded[no] = found
        return found

    def _hole(self, line: HoleLine) -> dict[str, Any]:
        of = line.figures
        assert of is not None, "the caller has looked"
        holed = None if of.holed_out and not self._always_holed else of.holed_from / 10
        keys: dict[str, Any] = {
            "bunker": of.bunker,
            "drivingDistance": None if of.drive is None else of.drive / 10,
            "fairway": of.fairway(or_green=self._driven),
            "gir": of.gir,
            "holeNo": line.hole.no,
            "holedPuttDistance": holed,
            "putts": of.putts,
            "rough": of.rough,
        }
        if of.drive is None and self._no_drive == "absent":
            del keys["drivingDistance"], keys["fairway"]
        return keys
