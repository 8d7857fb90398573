"""http_dribble: a body that comes piece by piece."""

from __future__ import annotations

from typing import ClassVar

from mockdde import wire
from mockdde.chance import Chance
from mockdde.faults import _http
from mockdde.records import dataclass, replace
from mockdde.wire import Answer, Asked, Memory, RestFault

__all__ = ["FAULT", "HttpDribble"]


@dataclass(frozen=True, slots=True)
class HttpDribble(RestFault):
    """On the wire: the headers and the first piece of the body at once, the other pieces evenly
    over ``ms`` milliseconds; the Content-Length is right. What has no body comes as ever.

    A good client reads until it has all of the Content-Length, and bounds how long that may take.
    """

    NAME: ClassVar[str] = "http_dribble"
    pieces: int = 10
    ms: int = 1000

    def __post_init__(self) -> None:
        wire.check_range("pieces", self.pieces, 2, 100_000)
        wire.check_range("ms", self.ms, 0, 3_600_000)

    def wants(self, asked: Asked, answer: Answer, memory: Memory) -> bool:  # noqa: ARG002
        """Whether there is a body."""
        return _http.has_body(answer)

    def answer(self, answer: Answer, asked: Asked, chance: Chance, memory: Memory) -> Answer:  # noqa: ARG002
        """In pieces, with the time between the first and the last."""
        return replace(answer, pieces=self.pieces, spread=self.ms / 1000)


FAULT = HttpDribble
