"""Hole statistics: how each hole was played by the field, by round and over all rounds."""

from __future__ import annotations

from operator import add, sub
from typing import Any, ClassVar

import orjson

from mockdde.books import Books
from mockdde.feeds import StateFeed
from mockdde.feeds.dde._statistics import OfTournament
from mockdde.lines import HoleLine
from mockdde.moments import iso_millis

__all__ = ["FEED", "HoleStatistics"]

_COUNTS = (
    "birdies", "bogeys", "doubleBogeysOrWorse", "eaglesOrBetter", "fairwaysHit", "greensHit",
    "measured", "pars", "putts", "strokes", "threePutts", "timesPlayed",
)  # fmt: skip
_NOTHING = [0] * len(_COUNTS)
_HIDDEN = ("measured", "putts", "strokes")  # what averages are made of
_MEASURED = ("fairwaysHit", "greensHit", "threePutts")  # and averagePutts
_SCORES = ("eaglesOrBetter", "birdies", "pars", "bogeys", "doubleBogeysOrWorse")  # from -2 on


class HoleStatistics(OfTournament):
    """The fold: the holes that somebody has finished, each course's by themselves."""

    NAME: ClassVar[str] = "dde/holestats"
    PATH: ClassVar[str] = "/golf/tournaments/{tournament}/holestats"
    KIND: ClassVar[str] = "state"
    ABOUT: ClassVar[str] = "How each hole was played by the field, by round and over all rounds."
    FEED_TYPE: ClassVar[str] = "holestats"
    PLAY: ClassVar[str] = "stroke"

    def __init__(self, books: Books) -> None:
        super().__init__(books)
        quirks = self.quirks
        self._teams = books.teams
        self._courses = {course.id: place for place, course in enumerate(self.tournament.courses)}
        named = quirks["hole-course"]
        self._named = named == "always" or (named == "several" and len(self._courses) > 1)
        self._keyed = quirks["statistic-rounds"] == "keyed"
        self._whole = quirks["averages"] == "integer"
        self._from_tee = quirks["greens-hit"] == "tee-shot"
        self._driven = quirks["driven-green"] == "hit"
        self._zero = quirks["unmeasured"] == "zero"
        # By course and hole, by round (0: all of them): numbers as in _COUNTS.
        self._sums: dict[tuple[int, int], dict[int, list[int]]] = {}
        self._pars: dict[tuple[int, int], int] = {}
        self._blocks: dict[tuple[int, int], dict[int, bytes]] = {}  # encoded, as _sums
        self._encoded: dict[tuple[int, int], bytes] = {}

    def counts(self, line: HoleLine) -> bool:  # noqa: ARG002
        """Every hole is played once more."""
        return True

    def count(
        self, hole: tuple[int, int, int], before: HoleLine | None, after: HoleLine | None
    ) -> bool:
        """Take one line out of its hole and put the other in."""
        round_no, team, _ = hole
        course = self._courses[self._teams[team].rounds[round_no].course.id]
        of = after or before
        if of is None:
            return False
        adds = _NOTHING if after is None else self._adds(after)
        if before is not None:
            adds = list(map(sub, adds, self._adds(before)))
            if adds == _NOTHING:
                return False
        key = (course, of.hole.no)
        if key not in self._sums:
            self._sums[key], self._blocks[key] = {}, {}
            self._sums = dict(sorted(self._sums.items()))
            self._encoded = {each: self._encoded.get(each, b"") for each in self._sums}
        self._pars[key] = of.hole.par
        self._encoded[key] = b""
        for level in (round_no, 0):
            self._blocks[key].pop(level, None)
            sums = self._sums[key].get(level, _NOTHING)
            self._sums[key][level] = list(map(add, sums, adds))
        return True

    def _adds(self, line: HoleLine) -> list[int]:
        adds = dict.fromkeys(_COUNTS, 0)
        adds[_SCORES[min(max(line.over, -2), 2) + 2]] = 1
        adds["timesPlayed"], adds["strokes"] = 1, line.strokes
        if (of := line.figures) is not None:
            adds["measured"], adds["putts"] = 1, of.putts
            adds["threePutts"] = int(of.putts >= 3)
            adds["greensHit"] = int(of.tee in ("OGR", "") if self._from_tee else of.gir)
            adds["fairwaysHit"] = int(of.fairway(or_green=self._driven) or False)
        return list(adds.values())

    def document(self, path: str, seq: int, sent: int) -> bytes:  # noqa: ARG002
        """The document as it is now."""
        self.settle()
        encoded = self._encoded
        for key, each in encoded.items():
            if not each:
                encoded[key] = self._hole(key)
        return b'{"holeStats":[%s],"seqNum":%d,"timestamp":"%s","tournamentId":%d}' % (
            b",".join(filter(None, encoded.values())),
            seq,
            iso_millis(sent).encode(),
            self.tournament.id,
        )

    def _hole(self, key: tuple[int, int]) -> bytes:
        """One hole of one course; nothing where nobody has finished it any more."""
        levels = sorted(level for level, sums in self._sums[key].items() if any(sums))
        if not levels:
            return b""
        total, *rounds = (self._block(key, level) for level in levels)
        return b'{%s"holeNumber":%d,"parNumber":%d,"rounds":%s,"total":%s}' % (
            self._course(key[0]),
            key[1],
            self._pars[key],
            (b"{%s}" if self._keyed else b"[%s]") % b",".join(rounds),
            (b"[%s]" if self.quirks["hole-total"] == "array" else b"%s") % total,
        )

    def _course(self, place: int) -> bytes:
        """Which course a hole is on, where that is told (quirk hole-course)."""
        if not self._named:
            return b""
        course = self.tournament.courses[place].id
        form = b'"courseId":"%d",' if self.quirks["course-id"] == "string" else b'"courseId":%d,'
        return form % course

    def _block(self, key: tuple[int, int], level: int) -> bytes:
        """The statistics of a hole in a round (0: in all), as they stand in the document."""
        found = self._blocks[key].get(level)
        if found is None:
            of = dict(zip(_COUNTS, self._sums[key][level], strict=True))
            shown: dict[str, Any] = {name: of[name] for name in _COUNTS if name not in _HIDDEN}
            if not of["measured"]:
                shown |= dict.fromkeys(_MEASURED, 0 if self._zero else None)
            shown["averagePutts"] = self._average(of["putts"], of["measured"])
            shown["scoringAverage"] = self._average(of["strokes"], of["timesPlayed"])
            if level and not self._keyed:
                shown[self.quirks["statistic-round-key"]] = level
            found = orjson.dumps(dict(sorted(shown.items())))
            if level and self._keyed:
                found = b'"%d":%s' % (level, found)
            self._blocks[key][level] = found
        return found

    def _average(self, total: int, count: int) -> float | None:
        if not count:
            return 0 if self._zero else None
        return round(total / count) if self._whole else round(total / count, 3)


FEED: type[StateFeed] = HoleStatistics
