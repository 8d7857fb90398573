"""Team Round Details: every event of one team's round, a packet each (dde-events, all sections)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from mockdde import log
from mockdde.books import Books
from mockdde.cards import Cards, Score
from mockdde.errors import nearest
from mockdde.feeds import Packet, StreamFeed
from mockdde.feeds.dde._keys import Keys
from mockdde.feeds.dde._parts import ball_lie, drop_lie, estimated_lie
from mockdde.feeds.dde._shapes import Shaper
from mockdde.golf import to_par
from mockdde.log import Event
from mockdde.moments import iso_millis
from mockdde.scenario.model import Correct

__all__ = ["FEED", "RoundEvents"]

_PLAYOFFS = 8  # rounds of a playoff that a stream can be named of before it is played


class RoundEvents:
    """The fold: seqNum counts per stream, all else comes from the event and the scorecards."""

    ABOUT: ClassVar[str] = "Every event of one team's round, a packet each."
    FEED_TYPE: ClassVar[str] = "rounddetails"
    PLAY: ClassVar[str] = "stroke"

    NAME: ClassVar[str] = "dde/events"
    PATH: ClassVar[str] = "/golf/tournaments/{tournament}/round/{round}/team/{team}"
    KIND: ClassVar[str] = "stream"

    def __init__(self, books: Books) -> None:
        self._books = books
        self._tournament = tournament = books.tournament
        self._quirks = tournament.quirks
        self._shape = Shaper(tournament.quirks)
        self._pga = tournament.tour == "PGA tour"
        self._european = tournament.tour == "European Tour"
        self._seq: dict[tuple[int, int], int] = {}
        self._paths: dict[tuple[int, int], str] = {}
        self._keys = Keys(tournament)
        self._in_two = self._quirks["two-stroke-penalty"] == "two-packets"
        # A Correction names no seqNum, so nobody could tell which of two packets it is about.
        self._corrected = {
            (each.after.round, each.after.team, each.what.hole, each.what.stroke)
            for each in tournament.scenario.report
            if isinstance(each.what, Correct) and each.what.kind == "Penalty"
        }

    def _path(self, round_no: int, team: int) -> str:
        key = (round_no, team)
        if key not in self._paths:
            self._paths[key] = self.PATH.format(
                tournament=self._tournament.id, round=round_no, team=team
            )
        return self._paths[key]

    def streams(self) -> Iterator[str]:
        """The paths of all streams that there may be: a team may miss the cut, or a playoff."""
        return (self._path(no, team) for no in self._numbers() for team in self._tournament.teams)

    def _numbers(self) -> list[int]:
        """The rounds there may be."""
        scenario = self._tournament.scenario
        numbers = [spec.no for spec in scenario.rounds]
        if scenario.playoff is None:
            return numbers
        each = self._quirks["playoff-rounds"] == "each-hole"
        first = numbers[-1] * 100 + 1
        return [*numbers, *range(first, first + (_PLAYOFFS if each else 1))]

    def unknown(self, params: Mapping[str, int]) -> str | None:
        """Why there is no stream at these numbers; None where there may be one."""
        round_no, team = params["round"], params["team"]
        where = f"tournament {self._tournament.id}"
        if round_no not in (rounds := self._numbers()):
            return f"{where} has no round {round_no}{nearest(round_no, rounds)}"
        teams = list(self._tournament.teams)
        of_round = self._books.rounds.get(round_no)
        if of_round is not None and of_round.groups:  # drawn; the team may have missed the cut
            teams = [no for group in of_round.groups for no in group.teams]
        if team not in teams and (round_no, team) not in self._seq:
            return f"{where} has no team {team} in round {round_no}{nearest(team, teams)}"
        return None

    def ended(self, event: Event) -> str | None:
        """RoundOfficial is the last packet of its stream."""
        if isinstance(event.what, log.RoundOfficial):
            return self._path(event.round, event.team)
        return None

    def apply(self, event: Event) -> Iterator[tuple[str, Packet]]:
        """The packets an event adds to its team's stream."""
        cards = self._books.cards
        key = (event.round, event.team)
        path = self._path(*key)
        self._keys.apply(event)
        for packet in self._render(event, cards):
            if "seqNum" in packet:
                packet["seqNum"] = self._seq[key] = self._seq.get(key, 0) + 1
            yield path, self._shape(packet)

    # ── packets ───────────────────────────────────────────────────────────────────────────────

    def _render(self, event: Event, cards: Cards) -> Iterator[Packet]:
        match event.what:
            case log.AddressingBall() | log.HitBall() | log.BallHoled():
                yield self._stroke(event, event.what, cards)
            case log.LieReport():
                yield self._lie(event, event.what)
            case log.Penalty():
                yield from self._penalty(event, event.what, cards)
            case log.BallDrop():
                yield from self._drop(event, event.what)
            case log.ProvisionalBallSelected():
                yield self._selected(event, event.what)
            case log.Correction():
                yield from self._correction(event, event.what, cards)
            case log.HoleScore():
                yield self._hole_score(event, cards)
            case _:
                yield from self._aside(event, cards)

    def _aside(self, event: Event, cards: Cards) -> Iterator[Packet]:
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
                yield from self._status(event, cards)

    def _status(self, event: Event, cards: Cards) -> Iterator[Packet]:
        common = self._keys.common(event, "RoundStatusUpdate")
        match event.what:
            case log.RoundStarted():
                if self._quirks["first-connection-state"] == "Connected":
                    yield _connection(event, "Connected")
                common["matchType"] = "Strokeplay"
                common["players"] = self._keys.players(event)
                common["state"] = "RoundStarted"
            case log.HoleStarted():
                common["state"] = "HoleStarted"
            case log.HoleFinished(reason):
                # Its table has three words; who retires is Withdrawn there.
                common["finishReason"] = "Withdrawn" if reason == "Retired" else reason
                common["score"] = self._score(event, cards)
                common["scorePending"] = self._quirks["score-pending"] == "true"
                common["state"] = "HoleFinished"
            case log.RoundFinished():
                common["state"] = "RoundFinished"
            case log.RoundOfficial():
                common["state"] = "RoundOfficial"
                if self._quirks["official-received"] == "absent":
                    del common["timestampReceived"]
            case log.Suspension(resumed):
                resumption = self._quirks["suspension"]
                if resumption == "none":
                    return
                common["state"] = resumption if resumed else "Suspended"
        yield _ordered(common)

    def _stroke(
        self, event: Event, what: log.AddressingBall | log.HitBall | log.BallHoled, cards: Cards
    ) -> Packet:
        common = self._keys.stroke(event, type(what).__name__, what.stroke, what.provisional)
        if isinstance(what, log.AddressingBall):
            common["clubTypeCode"] = what.club
        else:
            holed = isinstance(what, log.BallHoled)
            common["score"] = self._score(event, cards, replayed=not holed, holed=holed)
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

    def _penalty(self, event: Event, what: log.Penalty, cards: Cards) -> Iterator[Packet]:
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
            common["score"] = self._score(event, cards, replayed=True, short_of=missing)
            common |= self._penalty_keys(what, strokes)
            yield _ordered(common)

    def _is_corrected(self, event: Event, what: log.Penalty) -> bool:
        hole = self._keys.hole_no(event)
        return (event.round, event.team, hole, what.stroke) in self._corrected

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

    def _correction(self, event: Event, what: log.Correction, cards: Cards) -> Iterator[Packet]:
        content = what.content
        if self._is_unsaid(content):
            return
        common = self._keys.common(event, "Correction")
        for key in ("groupNo", "holeNo", "holeOrder", "teamNo"):
            del common[key]
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
                    keys["score"] = self._score(event, cards)
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

    def _hole_score(self, event: Event, cards: Cards) -> Packet:
        score = self._score(event, cards)
        del score["currentHolePar"]  # the sample has only what changed
        # The order of the 2025 sample, which is not alphabetical.
        return {
            "seqNum": 0,
            "groupId": self._keys.group_id(event),
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
        return {
            "eventElementType": "ModeChange",
            "mode": "BeginHoleCorrection" if begins else "EndHoleCorrection",
            "seqNum": 0,
            "teamNo": event.team,
            "timestamp": iso_millis(event.at),
            "timestampReceived": iso_millis(event.received),
        }

    def _hammer(self, event: Event, accepted: bool) -> Packet:
        common = self._keys.common(event, "TglHammerThrown")
        del common["groupNo"]
        head = {key: common.pop(key) for key in ("courseId", "eventElementType")}
        return {**head, "accepted": accepted, **_ordered(common)}  # the order of the sample

    def _referee(self, event: Event) -> Packet:
        common = self._keys.common(event, "RefereeCalled")
        del common["groupNo"]  # as in the only other packet of this kind, the hammer
        if self._quirks["referee-keys"] == "bare":
            bare = ("eventElementType", "seqNum", "timestamp", "timestampReceived")
            common = {key: common[key] for key in bare}
        return _ordered(common)

    # ── scores ────────────────────────────────────────────────────────────────────────────────

    def _score(
        self,
        event: Event,
        cards: Cards,
        *,
        replayed: bool = False,
        holed: bool = False,
        short_of: int = 0,
    ) -> Packet:
        """The score now; ``replayed``: a hole sent again may show the one it had before."""
        score: Score = cards.score(event)
        yet = holed and self._quirks["to-par-moves"] == "HoleFinished"
        before = score.strokes - score.par if yet else 0
        if replayed and self._quirks["score-in-correction"] == "stale":
            frozen = cards.round(event.round, event.team).frozen.get(event.order)
            score, short_of = (frozen, 0) if frozen else (score, short_of)
        return {
            "currentHolePar": score.par,
            "currentHoleStrokes": score.strokes - short_of,
            "currentRoundScoreToPar": to_par(score.round_to_par - before),
            "overallScoreToPar": to_par(score.overall_to_par - before),
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


FEED: type[StreamFeed] = RoundEvents
