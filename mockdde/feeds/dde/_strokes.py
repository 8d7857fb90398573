"""The packets of a stroke, which are most of all: each put together once, its keys in order."""

from __future__ import annotations

from mockdde import log
from mockdde.feeds import Packet
from mockdde.feeds.dde._keys import Keys, Outing
from mockdde.feeds.dde._parts import Estimates, ball_lie
from mockdde.feeds.dde._tally import Tally
from mockdde.log import Event
from mockdde.moments import iso_millis
from mockdde.quirks import Quirks

__all__ = ["Strokes"]


class Strokes:
    """AddressingBall, HitBall, BallHoled and both lies.

    A third of the time of a packet is the making of its keys, so they are written out here, and
    nowhere put together from what others share.
    """

    def __init__(self, quirks: Quirks, keys: Keys, tally: Tally, estimates: Estimates) -> None:
        self._keys, self._tally, self._estimates = keys, tally, estimates
        self._number = keys.numbers.of
        self._is_unsaid = quirks["gimme"] == "holed"  # the putt that is conceded
        self._assesses = quirks["hit-assessed"] == "present"

    def addressing(
        self, event: Event, what: log.AddressingBall, outing: Outing
    ) -> tuple[Packet, ...]:
        """AddressingBall."""
        place, ball = self._keys.place(event, outing), what.provisional
        return (
            {
                "clubTypeCode": what.club,
                "courseId": place.course,
                "eventElementType": "AddressingBall",
                **place.hole,
                "player": self._keys.player(event.player),
                "playerId": event.player,
                "provisionalIndex": ball,
                "roundNo": event.round,
                "seqNum": 0,
                "strokeNo": self._number(event, what.stroke, ball),
                "teamNo": event.team,
                "timestamp": iso_millis(event.at),
                "timestampReceived": iso_millis(event.received),
            },
        )

    def hit(self, event: Event, what: log.HitBall, outing: Outing) -> tuple[Packet, ...]:
        """HitBall."""
        if what.conceded and self._is_unsaid:
            return ()
        place, ball = self._keys.place(event, outing), what.provisional
        packet: Packet = {
            "courseId": place.course,
            "eventElementType": "HitBall",
            **place.hole,
            "player": self._keys.player(event.player),
            "playerId": event.player,
            "provisionalIndex": ball,
            "roundNo": event.round,
            "score": self._tally.of(event, replayed=True),
            "seqNum": 0,
            "strokeNo": self._number(event, what.stroke, ball),
        }
        if self._assesses:
            packet["strokesAssessed"] = 1
        packet["teamNo"] = event.team
        packet["timestamp"] = iso_millis(event.at)
        packet["timestampReceived"] = iso_millis(event.received)
        return (packet,)

    def holed(self, event: Event, what: log.BallHoled, outing: Outing) -> tuple[Packet, ...]:
        """BallHoled."""
        place, ball = self._keys.place(event, outing), what.provisional
        return (
            {
                "courseId": place.course,
                "eventElementType": "BallHoled",
                **place.hole,
                "player": self._keys.player(event.player),
                "playerId": event.player,
                "provisionalIndex": ball,
                "roundNo": event.round,
                "score": self._tally.of(event, holed=True),
                "seqNum": 0,
                "strokeNo": self._number(event, what.stroke, ball),
                "strokesAssessed": 1,
                "teamNo": event.team,
                "timestamp": iso_millis(event.at),
                "timestampReceived": iso_millis(event.received),
            },
        )

    def lie(self, event: Event, what: log.LieReport, outing: Outing) -> tuple[Packet, ...]:
        """DetailedLie, or ApproximateLie, whose table has no roundNo."""
        place, ball, detailed = self._keys.place(event, outing), what.provisional, what.detailed
        packet: Packet = {
            "ballLie": self.ball_lie(what),
            "courseId": place.course,
            "eventElementType": "DetailedLie" if detailed else "ApproximateLie",
            **place.hole,
            "player": self._keys.player(event.player),
            "playerId": event.player,
            "provisionalIndex": ball,
        }
        if detailed:
            packet["roundNo"] = event.round
        packet["seqNum"] = 0
        packet["strokeNo"] = self._number(event, what.stroke, ball)
        packet["strokesAssessed"] = 1
        packet["teamNo"] = event.team
        packet["timestamp"] = iso_millis(event.at)
        packet["timestampReceived"] = iso_millis(event.received)
        return (packet,)

    def ball_lie(self, what: log.LieReport) -> Packet:
        """Where a ball came to rest, measured or estimated."""
        if what.detailed:
            return ball_lie(what.lie, what.shot_distance, what.to_pin)
        return self._estimates.of(what)
