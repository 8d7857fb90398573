"""The packets of an event: of a team's round, or of a match, whose keys are others (dde-events)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from mockdde import log
from mockdde.books import Books
from mockdde.cards import Cards
from mockdde.feeds import Packet
from mockdde.feeds.dde._keys import Keys
from mockdde.feeds.dde._parts import ball_lie, drop_lie, estimated_lie
from mockdde.feeds.dde._shapes import Shaper
from mockdde.golf import to_par
from mockdde.log import Event
from mockdde.matchbook import MatchBook
from mockdde.moments import iso_millis
from mockdde.scenario.model import Correct

__all__ = ["Packets"]


class Packets:
    """The fold: seqNum counts per stream, all else comes from the event and the books."""

    def __init__(self, books: Books) -> None:
        tournament = books.tournament
        self._books = books
        self._quirks = tournament.quirks
        self._shape = Shaper(tournament.quirks)
        self._pga = tournament.tour == "PGA tour"
        self._european = tournament.tour == "European Tour"
        self._seq: dict[str, int] = {}
        self._keys = Keys(books)
        self._in_two = self._quirks["two-stroke-penalty"] == "two-packets"
        # A Correction names no seqNum, so nobody could tell which of two packets it is about.
        self._corrected = {
            (each.after.match, each.after.round, each.after.team, each.what.hole, each.what.stroke)
            for each in tournament.scenario.report
            if isinstance(each.what, Correct) and each.what.kind == "Penalty"
        }

    def has(self, path: str) -> bool:
        """Whether a stream has begun."""
        return path in self._seq

    def of(self, event: Event, path: str) -> Iterator[tuple[str, Packet]]:
        """The packets an event adds to its stream, after the books took it in."""
        self._keys.apply(event)
        for packet in self._render(event):
            if "seqNum" in packet:
                packet["seqNum"] = self._seq[path] = self._seq.get(path, 0) + 1
            yield path, self._shape(packet)

    @staticmethod
    def mark(packet: Packet) -> tuple[int | None, str]:
        """A packet's seqNum, if it has one, and its type."""
        return packet.get("seqNum"), str(packet.get("eventElementType"))

    # ── packets ───────────────────────────────────────────────────────────────────────────────

    def _render(self, event: Event) -> Iterator[Packet]:
        match event.what:
            case log.HitBall(conceded=True) if self._quirks["gimme"] == "holed":
                return
            case log.AddressingBall() | log.HitBall() | log.BallHoled():
                yield self._stroke(event, event.what)
            case log.LieReport():
                yield self._lie(event, event.what)
            case log.Penalty():
                yield from self._penalty(event, event.what)
            case log.BallDrop():
                yield from self._drop(event, event.what)
            case log.ProvisionalBallSelected():
                yield self._selected(event, event.what)
            case log.Correction():
                yield from self._correction(event, event.what)
            case log.HoleScore():
                yield self._hole_score(event)
            case _:
                yield from self._aside(event)

    def _aside(self, event: Event) -> Iterator[Packet]:
        """What is about no stroke."""
        match event.what:
            case log.Mode(begins):
                yield self._mode(event, begins)
            case log.ConnectionState(state):
                yield _connection(event, state)
            case log.TglHammerThrown(accepted):
                if accepted or self._quirks["hammer-declined"] == "packet":
                    yield self._hammer(event, accepted)
            case log.RefereeCalled():
                yield self._referee(event)
            case _:
                yield from self._status(event)

    def _status(self, event: Event) -> Iterator[Packet]:
        match event.what:
            case log.MatchConceded():
                return  # no packet is known that says so
            case log.Suspension() if self._quirks["suspension"] == "none":
                return
            case log.RoundStarted() if self._quirks["first-connection-state"] == "Connected":
                yield _connection(event, "Connected")
        for teams in self._subjects(event):
            about = replace(event, team=teams[0])
            common = self._keys.common(about, "RoundStatusUpdate") | self._state(about, teams)
            if len(teams) > 1 and self._quirks["match-team"] == "absent":
                del common["teamNo"]
            if common["state"] == "RoundOfficial" and self._quirks["official-received"] == "absent":
                del common["timestampReceived"]
            yield _ordered(common)

    def _subjects(self, event: Event) -> list[tuple[int, ...]]:
        """The teams that a status is about, for each packet that says it."""
        if not event.match or isinstance(event.what, log.HoleFinished):
            return [(event.team,)]
        first, second = self._books.matches.all[event.match].teams
        each = self._quirks["match-status"] == "team"
        return [(first,), (second,)] if each else [(first, second)]

    def _state(self, event: Event, teams: tuple[int, ...]) -> Packet:
        match event.what:
            case log.RoundStarted():
                return {
                    "matchType": "Matchplay" if event.match else "Strokeplay",
                    "players": [each for team in teams for each in self._keys.players(team)],
                    "state": "RoundStarted",
                }
            case log.HoleFinished(reason):
                return {
                    "finishReason": self._reason(event, reason),
                    "score": self._score(event),
                    "scorePending": self._quirks["score-pending"] == "true",
                    "state": "HoleFinished",
                }
            case log.Suspension(resumed):
                return {"state": self._quirks["suspension"] if resumed else "Suspended"}
        return {"state": type(event.what).__name__}

    def _reason(self, event: Event, reason: str) -> str:
        """finishReason: who retires is Withdrawn there, and a match has words of its own."""
        match reason:
            case "Retired":
                return "Withdrawn"
            case "LossOfHole":
                return self._quirks["lost-hole"]
            case "HoleConceded" if self._books.matches.all[event.match].gives_up(event):
                return self._quirks["match-conceded"]
        return reason

    def _stroke(
        self, event: Event, what: log.AddressingBall | log.HitBall | log.BallHoled
    ) -> Packet:
        common = self._keys.stroke(event, type(what).__name__, what.stroke, what.provisional)
        if isinstance(what, log.AddressingBall):
            common["clubTypeCode"] = what.club
        else:
            holed = isinstance(what, log.BallHoled)
            common["score"] = self._score(event, replayed=not holed, holed=holed)
        if isinstance(what, log.BallHoled) or (
            isinstance(what, log.HitBall) and self._quirks["hit-assessed"] == "present"
        ):
            common["strokesAssessed"] = 1
        return _ordered(common)

    def _lie(self, event: Event, what: log.LieReport) -> Packet:
        kind = _lie_kind(what)
        common = self._keys.stroke(event, kind, what.stroke, what.provisional)
        common["ballLie"] = self._lie_keys(what)
        common["strokesAssessed"] = 1
        if not what.detailed:
            del common["roundNo"]  # its table has none
        return _ordered(common)

    def _lie_keys(self, what: log.LieReport) -> Packet:
        if what.detailed:
            return ball_lie(what.lie, what.shot_distance, what.to_pin)
        return estimated_lie(what, self._quirks, pga=self._pga)

    def _penalty(self, event: Event, what: log.Penalty) -> Iterator[Packet]:
        if self._is_unsaid(what):
            return
        parts = [what.strokes]
        if what.strokes == 2 and self._in_two and not self._is_corrected(event, what):
            parts = [1, 1]
        missing = what.strokes
        for strokes in parts:
            missing -= strokes
            common = self._keys.stroke(
                event, "Penalty", self._keys.after(what.stroke), what.provisional
            )
            del common["timestampReceived"]  # its table has none
            common["score"] = self._score(event, replayed=True, short_of=missing)
            common |= self._penalty_keys(what, strokes)
            yield _ordered(common)

    def _is_corrected(self, event: Event, what: log.Penalty) -> bool:
        # A scenario says which match, or whose round.
        whose = (event.match, 0, 0) if event.match else (0, event.round, event.team)
        return (*whose, self._keys.hole_no(event), what.stroke) in self._corrected

    def _is_unsaid(self, what: log.Correctable) -> bool:
        """A disqualification as a Penalty has a word of the European Tour's only: penaltyType."""
        return isinstance(what, log.Penalty) and what.disqualified and not self._european

    def _penalty_keys(self, what: log.Penalty, strokes: int) -> Packet:
        counts = self._quirks["penalty-assessed"] == "count"
        keys: Packet = {"strokesAssessed": strokes if counts else 0}
        if self._european:
            keys["penaltyStrokes"] = strokes
            keys["penaltyType"] = "Disqualification" if what.disqualified else "Strokes"
            if what.reason is not None:
                keys["penaltyReason"] = what.reason
        return keys

    def _drop(self, event: Event, what: log.BallDrop) -> Iterator[Packet]:
        stroke = self._keys.after(what.stroke)
        common = self._keys.stroke(event, "BallDrop", stroke, what.provisional)
        common |= {"ballLie": self._drop_keys(what), "dropType": what.drop, "strokesAssessed": 0}
        yield _ordered(common)
        if self._quirks["lie-after-drop"] == "detailed":
            lie = self._keys.stroke(event, "DetailedLie", stroke, what.provisional)
            lie["ballLie"] = ball_lie(what.lie, 0.0, what.to_pin)
            lie["strokesAssessed"] = 0
            yield _ordered(lie)

    def _drop_keys(self, what: log.BallDrop) -> Packet:
        zones = self._pga and self._quirks["zone-probabilities"] == "ball-drop"
        return drop_lie(what.lie, what.to_pin, zones=zones)

    def _selected(self, event: Event, what: log.ProvisionalBallSelected) -> Packet:
        common = self._keys.common(event, "ProvisionalBallSelected")
        alone = self._quirks["provisional-result"] == "ball"
        del common["roundNo"], common["timestampReceived"]  # its table has neither
        if what.lie is not None:
            common["ballLie"] = ball_lie(what.lie, what.shot_distance, what.to_pin)
        return _ordered(
            common
            | {
                "penaltyStrokes": what.penalty,
                "player": self._keys.player(event),
                "provisionalIndex": what.chosen,
                "provisionalResult": 1 + what.penalty if alone else what.result,
                "strokeNo": self._keys.number(event, what.stroke, what.chosen),
            }
        )

    def _correction(self, event: Event, what: log.Correction) -> Iterator[Packet]:
        content = what.content
        if self._is_unsaid(content):
            return
        common = self._keys.common(event, "Correction")
        for key in ("groupNo", "holeNo", "holeOrder", "teamNo"):
            common.pop(key, None)  # a match has no groupNo
        stroke = content.stroke
        keys: Packet
        match content:
            case log.LieReport():
                kind = _lie_kind(content)
                keys = {"ballLie": self._lie_keys(content), "strokesAssessed": 1}
            case log.Penalty():
                kind, stroke = "Penalty", self._keys.after(stroke)
                keys = self._penalty_keys(content, content.strokes)
                if self._quirks["correction-score"] == "present":
                    keys["score"] = self._score(event)
            case log.BallDrop():
                kind, stroke = "BallDrop", self._keys.after(stroke)
                keys = {"ballLie": self._drop_keys(content), "dropType": content.drop}
                keys["strokesAssessed"] = 0
        stroke = self._keys.number(event, stroke, content.provisional)
        keys |= {"provisionalIndex": content.provisional, "strokeNo": stroke}
        common["corrections"] = _ordered(keys)
        common["eventCorrectedIdentifier"] = {
            "eventElementType": kind,
            "holeNo": self._keys.hole_no(event),
            "holeOrder": event.order,
            "playerId": event.player,
            "strokeNo": stroke,
            "teamNo": event.team,
        }
        yield _ordered(common)

    def _hole_score(self, event: Event) -> Packet:
        score = self._score(event)
        del score["currentHolePar"]  # the sample has only what changed
        # The order of the 2025 sample, which is not alphabetical.
        return {
            "seqNum": 0,
            **self._keys.group_id(event),
            "roundNo": event.round,
            "timestamp": iso_millis(event.at),
            "corrections": {"score": score},
            "eventCorrectedIdentifier": {
                "holeNo": self._keys.hole_no(event),
                "playerId": str(event.player),
            },
            "eventElementType": "HoleScoreUpdate",
            "timestampReceived": iso_millis(event.received),
        }

    def _mode(self, event: Event, begins: bool) -> Packet:
        unnamed = bool(event.match) and self._quirks["match-team"] == "absent"
        return {
            "eventElementType": "ModeChange",
            "mode": "BeginHoleCorrection" if begins else "EndHoleCorrection",
            "seqNum": 0,
            **({} if unnamed else {"teamNo": event.team}),
            "timestamp": iso_millis(event.at),
            "timestampReceived": iso_millis(event.received),
        }

    def _hammer(self, event: Event, accepted: bool) -> Packet:
        common = self._keys.common(event, "TglHammerThrown")
        common.pop("groupNo", None)
        head = {key: common.pop(key) for key in ("courseId", "eventElementType")}
        return {**head, "accepted": accepted, **_ordered(common)}  # the order of the sample

    def _referee(self, event: Event) -> Packet:
        common = self._keys.common(event, "RefereeCalled")
        common.pop("groupNo", None)  # as in the only other packet of this kind, the hammer
        if self._quirks["referee-keys"] == "bare":
            bare = ("eventElementType", "seqNum", "timestamp", "timestampReceived")
            common = {key: common[key] for key in bare}
        return _ordered(common)

    # ── scores ────────────────────────────────────────────────────────────────────────────────

    def _score(
        self, event: Event, *, replayed: bool = False, holed: bool = False, short_of: int = 0
    ) -> Packet:
        """The score now; ``replayed``: a hole sent again may show the one it had before."""
        cards: Cards | MatchBook = self._books.cards
        if event.match:
            cards = self._books.matches.all[event.match]
        score = cards.score(event)
        yet = holed and self._quirks["to-par-moves"] == "HoleFinished"
        before = score.hole_to_par if yet else 0
        if replayed and self._quirks["score-in-correction"] == "stale":
            frozen = cards.frozen(event)
            score, short_of = (frozen, 0) if frozen else (score, short_of)
        overall = score.overall_to_par
        if event.match and self._quirks["match-to-par"] == "tournament":
            overall += self._books.matches.to_par(event.team, but=event.match)
        return {
            "currentHolePar": score.par,
            "currentHoleStrokes": score.strokes - short_of,
            "currentRoundScoreToPar": to_par(score.round_to_par - before),
            "overallScoreToPar": to_par(overall - before),
        }


def _connection(event: Event, state: str) -> Packet:
    return {
        "timestamp": iso_millis(event.at),
        "eventElementType": "ConnectionStateChanged",
        "state": state,
    }


def _lie_kind(what: log.LieReport) -> str:
    return "DetailedLie" if what.detailed else "ApproximateLie"


def _ordered(packet: Mapping[str, Any]) -> Packet:
    """Keys in alphabetical order, as in the real samples."""
    return dict(sorted(packet.items()))
