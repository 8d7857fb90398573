"""The packets of strokes and holes, which are most of all: each written at once, its keys in order.

What is the same in many, a hole and a player, is encoded once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import orjson

from mockdde import log
from mockdde.feeds import Packet
from mockdde.feeds.dde._keys import Keys, Outing
from mockdde.feeds.dde._parts import Estimates, ball_lie
from mockdde.feeds.dde._tally import Tally
from mockdde.log import Event
from mockdde.moments import iso_millis
from mockdde.quirks import Quirks

__all__ = ["Strokes", "Written"]

# A packet's type and its JSON; it has the seqNum that is next in its outing.
Written: TypeAlias = tuple[str, str]


class Strokes:
    """AddressingBall, HitBall, BallHoled and both lies; a hole that begins in stroke play."""

    def __init__(self, quirks: Quirks, keys: Keys, tally: Tally, estimates: Estimates) -> None:
        self._keys, self._tally, self._estimates = keys, tally, estimates
        self._number = keys.numbers.of
        self._is_unsaid = quirks["gimme"] == "holed"  # the putt that is conceded
        self._assessed = '"strokesAssessed":1,' if quirks["hit-assessed"] == "present" else ""
        self.writes: dict[type, Callable[[Event, Any, Outing], Written | None]] = {
            log.AddressingBall: self._addressing,
            log.HitBall: self._hit,
            log.BallHoled: self._holed,
            log.LieReport: self._lie,
        }

    def _addressing(self, event: Event, what: log.AddressingBall, outing: Outing) -> Written:
        place, ball = self._keys.place(event, outing), what.provisional
        return "AddressingBall", (
            f'{{"clubTypeCode":"{what.club}",{place.course_key},'
            f'"eventElementType":"AddressingBall",{place.hole_keys},'
            f'{self._keys.player_keys[event.player]},"provisionalIndex":{ball},'
            f'"roundNo":{event.round},"seqNum":{outing.seq + 1},'
            f'"strokeNo":{self._number(event, what.stroke, ball)},{_ending(event)}'
        )

    def _hit(self, event: Event, what: log.HitBall, outing: Outing) -> Written | None:
        if what.conceded and self._is_unsaid:
            return None
        place, ball = self._keys.place(event, outing), what.provisional
        return "HitBall", (
            f'{{{place.course_key},"eventElementType":"HitBall",{place.hole_keys},'
            f'{self._keys.player_keys[event.player]},"provisionalIndex":{ball},'
            f'"roundNo":{event.round},"score":{self._tally.encoded(event, replayed=True)},'
            f'"seqNum":{outing.seq + 1},"strokeNo":{self._number(event, what.stroke, ball)},'
            f"{self._assessed}{_ending(event)}"
        )

    def _holed(self, event: Event, what: log.BallHoled, outing: Outing) -> Written:
        place, ball = self._keys.place(event, outing), what.provisional
        return "BallHoled", (
            f'{{{place.course_key},"eventElementType":"BallHoled",{place.hole_keys},'
            f'{self._keys.player_keys[event.player]},"provisionalIndex":{ball},'
            f'"roundNo":{event.round},"score":{self._tally.encoded(event, holed=True)},'
            f'"seqNum":{outing.seq + 1},"strokeNo":{self._number(event, what.stroke, ball)},'
            f'"strokesAssessed":1,{_ending(event)}'
        )

    def _lie(self, event: Event, what: log.LieReport, outing: Outing) -> Written:
        """DetailedLie, or ApproximateLie, whose table has no roundNo."""
        place, ball = self._keys.place(event, outing), what.provisional
        kind, of_round = "ApproximateLie", ""
        if what.detailed:
            kind, of_round = "DetailedLie", f'"roundNo":{event.round},'
        return kind, (
            f'{{"ballLie":{orjson.dumps(self.ball_lie(what)).decode()},{place.course_key},'
            f'"eventElementType":"{kind}",{place.hole_keys},'
            f'{self._keys.player_keys[event.player]},"provisionalIndex":{ball},{of_round}'
            f'"seqNum":{outing.seq + 1},"strokeNo":{self._number(event, what.stroke, ball)},'
            f'"strokesAssessed":1,{_ending(event)}'
        )

    def hole_started(self, event: Event, what: log.HoleStarted, outing: Outing) -> Written:  # noqa: ARG002
        """RoundStatusUpdate of a hole that begins in stroke play."""
        place = self._keys.place(event, outing)
        return "RoundStatusUpdate", (
            f'{{{place.course_key},"eventElementType":"RoundStatusUpdate",{place.hole_keys},'
            f'"roundNo":{event.round},"seqNum":{outing.seq + 1},"state":"HoleStarted",'
            f"{_ending(event)}"
        )

    def ball_lie(self, what: log.LieReport) -> Packet:
        """Where a ball came to rest, measured or estimated."""
        if what.detailed:
            return ball_lie(what.lie, what.shot_distance, what.to_pin)
        return self._estimates.of(what)


def _ending(event: Event) -> str:
    """The keys that are last in all of them."""
    at, received = iso_millis(event.at), iso_millis(event.received)
    return f'"teamNo":{event.team},"timestamp":"{at}","timestampReceived":"{received}"}}'
