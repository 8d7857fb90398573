"""http_latency: an answer that is late."""

from __future__ import annotations

from typing import ClassVar

from mockdde import wire
from mockdde.chance import Chance
from mockdde.records import dataclass, replace
from mockdde.wire import Answer, Asked, Memory, RestFault

__all__ = ["FAULT", "HttpLatency"]


_LONGEST = 3_600_000  # milliseconds


@dataclass(frozen=True, slots=True)
class HttpLatency(RestFault):
    """On the wire: nothing for ``ms`` milliseconds, then the answer. ``dist`` ``uniform`` draws
    from ``ms - jitter_ms`` to ``ms + jitter_ms`` for each request.

    A good client has a timeout of its own, does not ask again while it waits, and reads its streams
    on.
    """

    NAME: ClassVar[str] = "http_latency"
    ms: int = 1000
    dist: str = "fixed"
    jitter_ms: int = 0

    def __post_init__(self) -> None:
        wire.check_choice("dist", self.dist, ("fixed", "uniform"))
        wire.check_range("ms", self.ms, 0, _LONGEST)
        wire.check_range("jitter_ms", self.jitter_ms, 0, self.ms)
        if self.jitter_ms and self.dist == "fixed":
            raise ValueError("jitter_ms belongs to dist: uniform")

    def answer(self, answer: Answer, asked: Asked, chance: Chance, memory: Memory) -> Answer:  # noqa: ARG002
        """So much later than other faults have it already."""
        ms: float = self.ms
        if self.jitter_ms:
            ms = chance.whole(self.ms - self.jitter_ms, self.ms + self.jitter_ms)
        return replace(answer, delay=answer.delay + ms / 1000)


FAULT = HttpLatency
