"""http_truncate: a body that ends before its Content-Length."""

from __future__ import annotations

from typing import ClassVar

from mockdde import wire
from mockdde.chance import Chance
from mockdde.faults import _http
from mockdde.records import dataclass, replace
from mockdde.wire import Answer, Asked, Memory, RestFault

__all__ = ["FAULT", "HttpTruncate"]


@dataclass(frozen=True, slots=True)
class HttpTruncate(RestFault):
    """On the wire: headers that promise the whole body, this fraction of it, and the TCP close.
    What has no body is no occasion.

    A good client holds the Content-Length against what it got, and uses nothing of it; a half list
    may be valid JSON by chance.
    """

    NAME: ClassVar[str] = "http_truncate"
    fraction: float = 0.5

    def __post_init__(self) -> None:
        if not 0 <= self.fraction < 1:
            raise ValueError(f"fraction is {self.fraction:g}; it can be 0 up to, but not, 1")

    def wants(self, asked: Asked, answer: Answer, memory: Memory) -> bool:  # noqa: ARG002
        """Whether there is a body."""
        return _http.has_body(answer)

    def answer(self, answer: Answer, asked: Asked, chance: Chance, memory: Memory) -> Answer:  # noqa: ARG002
        """The beginning of the body."""
        promised = len(answer.body) if answer.length is None else answer.length
        body = answer.body[: int(len(answer.body) * self.fraction)]
        return replace(answer, body=body, length=promised, cut=answer.cut or wire.Fin)


FAULT = HttpTruncate
