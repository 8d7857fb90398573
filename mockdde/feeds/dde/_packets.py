"""The packets of an event: of a team's round, or of a match, whose keys are others (dde-events)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import orjson

from mockdde import log
from mockdde.books import Books
from mockdde.feeds import Packet, Sent, StreamFeed
from mockdde.feeds.dde._keys import Keys, Outing, Place
from mockdde.feeds.dde._parts import Estimates, ball_lie, drop_lie
from mockdde.feeds.dde._shapes import Shaper
from mockdde.feeds.dde._strokes import Strokes
from mockdde.feeds.dde._tally import Tally
from mockdde.log import Event
from mockdde.moments import iso_millis
from mockdde.records import replace
from mockdde.scenario.model import Correct

__all__ = ["Packets"]


class Packets:
    """The fold: seqNum counts per stream, all else comes from the event and the books."""

    def __init__(self, books: Books, feed: StreamFeed) -> None:
        tournament = books.tournament
        self._books, self._feed = books, feed
        self._quirks = quirks = tournament.quirks
        self._shape = Shaper(quirks)
        self._pga = tournament.tour == "PGA tour"
        self._european = tournament.tour == "European Tour"
        self._keys = keys = Keys(books)
        self._numbers = keys.numbers
        tally, estimates = Tally(books), Estimates(quirks, pga=self._pga)
        self._score = tally.of
        self._strokes = strokes = Strokes(quirks, keys, tally, estimates)
        self._in_two = quirks["two-stroke-penalty"] == "two-packets"
        # A Correction names no seqNum, so nobody could tell which of two packets it is about.
        self._corrected = {
            (each.after.match, each.after.round, each.after.team, each.what.hole, each.what.stroke)
            for each in tournament.scenario.report
            if isinstance(each.what, Correct) and each.what.kind == "Penalty"
        }
        self._writes = dict(strokes.writes)
        if not tournament.is_match_play:
            self._writes[log.HoleStarted] = strokes.hole_started
        self._renders: dict[type, Callable[[Event, Any, Outing], Iterable[Packet]]] = {
            log.Penalty: self._penalty,
            log.BallDrop: self._drop,
            log.ProvisionalBallSelected: self._selected,
            log.Correction: self._correction,
            log.HoleScore: self._hole_score,
            log.Mode: self._mode,
            log.ConnectionState: _connection,
            log.TglHammerThrown: self._hammer,
            log.RefereeCalled: self._referee,
            log.MatchConceded: _nothing,
            log.Suspension: self._status if quirks["suspension"] != "none" else _nothing,
        }

    def of(self, event: Event, outing: Outing) -> list[Sent]:
        """The packets an event adds to its stream, after the books took it in."""
        if not outing.turned:
            outing.reach(event.order)
        what = event.what
        write = self._writes.get(type(what))
        if write is None:
            self._numbers.apply(event)
            render = self._renders.get(type(what), self._status)
            return [self._packed(each, outing) for each in render(event, what, outing)]
        written = write(event, what, outing)
        if written is None:
            return []
        kind, text = written
        outing.seq = seq = outing.seq + 1
        payload = text.encode() if self._shape.is_newest else self._shaped(text.encode())
        return [Sent(outing.path, payload, seq, kind, self._feed)]

    def _packed(self, packet: Packet, outing: Outing) -> Sent:
        seq = None
        if "seqNum" in packet:
            outing.seq = packet["seqNum"] = seq = outing.seq + 1
        payload = self._shaped(orjson.dumps(packet))
        return Sent(outing.path, payload, seq, packet["eventElementType"], self._feed)

    def _shaped(self, payload: bytes) -> bytes:
        """As the quirks ask for it."""
        if self._shape.is_newest:
            return payload
        return orjson.dumps(self._shape(orjson.loads(payload)))

    # ── packets ───────────────────────────────────────────────────────────────────────────────

    def _status(self, event: Event, what: log.OfTeam, outing: Outing) -> Iterable[Packet]:
        first = self._quirks["first-connection-state"] == "Connected"
        if isinstance(what, log.RoundStarted) and first:
            yield from _connection(event, log.ConnectionState("Connected"), outing)
        for teams in self._subjects(event):
            about = event if teams[0] == event.team else replace(event, team=teams[0])
            common = self._keys.common(
                about, "RoundStatusUpdate", self._keys.place(about, outing)
            ) | self._state(about, teams)
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

    def _penalty(self, event: Event, what: log.Penalty, outing: Outing) -> Iterable[Packet]:
        if self._is_unsaid(what):
            return
        place, parts = self._keys.place(event, outing), [what.strokes]
        if what.strokes == 2 and self._in_two and not self._is_corrected(event, what, place):
            parts = [1, 1]
        missing = what.strokes
        for strokes in parts:
            missing -= strokes
            stroke = self._numbers.after(what.stroke)
            common = self._keys.stroke(event, "Penalty", place, stroke, what.provisional)
            del common["timestampReceived"]  # its table has none
            common["score"] = self._score(event, replayed=True, short_of=missing)
            common |= self._penalty_keys(what, strokes)
            yield _ordered(common)

    def _is_corrected(self, event: Event, what: log.Penalty, place: Place) -> bool:
        # A scenario says which match, or whose round.
        whose = (event.match, 0, 0) if event.match else (0, event.round, event.team)
        return (*whose, place.no, what.stroke) in self._corrected

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

    def _drop(self, event: Event, what: log.BallDrop, outing: Outing) -> Iterable[Packet]:
        place, stroke = self._keys.place(event, outing), self._numbers.after(what.stroke)
        common = self._keys.stroke(event, "BallDrop", place, stroke, what.provisional)
        common |= {"ballLie": self._drop_keys(what), "dropType": what.drop, "strokesAssessed": 0}
        yield _ordered(common)
        if self._quirks["lie-after-drop"] == "detailed":
            lie = self._keys.stroke(event, "DetailedLie", place, stroke, what.provisional)
            lie["ballLie"] = ball_lie(what.lie, 0.0, what.to_pin)
            lie["strokesAssessed"] = 0
            yield _ordered(lie)

    def _drop_keys(self, what: log.BallDrop) -> Packet:
        zones = self._pga and self._quirks["zone-probabilities"] == "ball-drop"
        return drop_lie(what.lie, what.to_pin, zones=zones)

    def _selected(
        self, event: Event, what: log.ProvisionalBallSelected, outing: Outing
    ) -> Iterable[Packet]:
        place = self._keys.place(event, outing)
        common = self._keys.common(event, "ProvisionalBallSelected", place)
        alone = self._quirks["provisional-result"] == "ball"
        del common["roundNo"], common["timestampReceived"]  # its table has neither
        if what.lie is not None:
            common["ballLie"] = ball_lie(what.lie, what.shot_distance, what.to_pin)
        keys = {
            "penaltyStrokes": what.penalty,
            "player": self._keys.player(event.player),
            "provisionalIndex": what.chosen,
            "provisionalResult": 1 + what.penalty if alone else what.result,
            "strokeNo": self._numbers.of(event, what.stroke, what.chosen),
        }
        return (_ordered(common | keys),)

    def _correction(self, event: Event, what: log.Correction, outing: Outing) -> Iterable[Packet]:
        content = what.content
        if self._is_unsaid(content):
            return
        place = self._keys.place(event, outing)
        common = self._keys.common(event, "Correction", place)
        for key in ("groupNo", "holeNo", "holeOrder", "teamNo"):
            common.pop(key, None)  # a match has no groupNo
        stroke = content.stroke
        keys: Packet
        match content:
            case log.LieReport():
                kind = "DetailedLie" if content.detailed else "ApproximateLie"
                keys = {"ballLie": self._strokes.ball_lie(content), "strokesAssessed": 1}
            case log.Penalty():
                kind, stroke = "Penalty", self._numbers.after(stroke)
                keys = self._penalty_keys(content, content.strokes)
                if self._quirks["correction-score"] == "present":
                    keys["score"] = self._score(event)
            case log.BallDrop():
                kind, stroke = "BallDrop", self._numbers.after(stroke)
                keys = {"ballLie": self._drop_keys(content), "dropType": content.drop}
                keys["strokesAssessed"] = 0
        stroke = self._numbers.of(event, stroke, content.provisional)
        keys |= {"provisionalIndex": content.provisional, "strokeNo": stroke}
        common["corrections"] = _ordered(keys)
        common["eventCorrectedIdentifier"] = {
            "eventElementType": kind,
            "holeNo": place.no,
            "holeOrder": event.order,
            "playerId": event.player,
            "strokeNo": stroke,
            "teamNo": event.team,
        }
        yield _ordered(common)

    def _hole_score(
        self,
        event: Event,
        what: log.HoleScore,  # noqa: ARG002
        outing: Outing,
    ) -> Iterable[Packet]:
        place, score = self._keys.place(event, outing), self._score(event)
        del score["currentHolePar"]  # the sample has only what changed
        # The order of the 2025 sample, which is not alphabetical.
        packet = {
            "seqNum": 0,
            **place.group,
            "roundNo": event.round,
            "timestamp": iso_millis(event.at),
            "corrections": {"score": score},
            "eventCorrectedIdentifier": {
                "holeNo": place.no,
                "playerId": str(event.player),
            },
            "eventElementType": "HoleScoreUpdate",
            "timestampReceived": iso_millis(event.received),
        }
        return (packet,)

    def _mode(
        self,
        event: Event,
        what: log.Mode,
        outing: Outing,  # noqa: ARG002
    ) -> Iterable[Packet]:
        unnamed = bool(event.match) and self._quirks["match-team"] == "absent"
        packet = {
            "eventElementType": "ModeChange",
            "mode": "BeginHoleCorrection" if what.begins else "EndHoleCorrection",
            "seqNum": 0,
            **({} if unnamed else {"teamNo": event.team}),
            "timestamp": iso_millis(event.at),
            "timestampReceived": iso_millis(event.received),
        }
        return (packet,)

    def _hammer(self, event: Event, what: log.TglHammerThrown, outing: Outing) -> Iterable[Packet]:
        if not what.accepted and self._quirks["hammer-declined"] != "packet":
            return ()
        place = self._keys.place(event, outing)
        common = self._keys.common(event, "TglHammerThrown", place)
        common.pop("groupNo", None)
        head = {key: common.pop(key) for key in ("courseId", "eventElementType")}
        # The order of the sample.
        return ({**head, "accepted": what.accepted, **_ordered(common)},)

    def _referee(
        self,
        event: Event,
        what: log.RefereeCalled,  # noqa: ARG002
        outing: Outing,
    ) -> Iterable[Packet]:
        place = self._keys.place(event, outing)
        common = self._keys.common(event, "RefereeCalled", place)
        common.pop("groupNo", None)  # as in the only other packet of this kind, the hammer
        if self._quirks["referee-keys"] == "bare":
            bare = ("eventElementType", "seqNum", "timestamp", "timestampReceived")
            common = {key: common[key] for key in bare}
        return (_ordered(common),)


def _connection(
    event: Event,
    what: log.ConnectionState,
    outing: Outing,  # noqa: ARG001
) -> Iterable[Packet]:
    packet = {
        "timestamp": iso_millis(event.at),
        "eventElementType": "ConnectionStateChanged",
        "state": what.state,
    }
    return (packet,)


def _nothing(event: Event, what: log.OfTeam, outing: Outing) -> Iterable[Packet]:  # noqa: ARG001
    """No packet is known that says so."""
    return ()


def _ordered(packet: Mapping[str, Any]) -> Packet:
    """Keys in alphabetical order, as in the real samples."""
    return dict(sorted(packet.items()))
