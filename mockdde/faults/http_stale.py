"""http_stale: answers of some time ago."""

from __future__ import annotations

from typing import ClassVar

from mockdde import wire
from mockdde.chance import Chance
from mockdde.faults import _http
from mockdde.records import dataclass, replace
from mockdde.wire import Answer, Asked, Memory, RestFault

__all__ = ["FAULT", "HttpStale"]


_URLS = 256  # answers that are remembered of a document; a query may be anything


@dataclass(frozen=True, slots=True)
class HttpStale(RestFault):
    """On the wire: the request that is the trigger is answered as ever, and for ``ms`` milliseconds
    its URL goes on to answer those bytes, as a cache before the platform would; after that as ever.
    Each URL for itself. Errors are no occasion, and pass.

    A good client takes a stream's word over that of an older document, and does not go back.
    """

    NAME: ClassVar[str] = "http_stale"
    TIMES: ClassVar[int] = 0
    ms: int = 10_000

    def __post_init__(self) -> None:
        wire.check_range("ms", self.ms, 1, 86_400_000)

    def wants(self, asked: Asked, answer: Answer, memory: Memory) -> bool:
        """Whether it is a document, and of a URL that does not answer as ever again."""
        if not _http.is_document(answer):
            return False
        if asked.query not in memory:
            return len(memory) < _URLS
        since, _ = memory[asked.query]
        return bool(asked.wire - since < self.ms / 1000)

    def answer(self, answer: Answer, asked: Asked, chance: Chance, memory: Memory) -> Answer:  # noqa: ARG002
        """What its URL answered then."""
        _, body = memory.setdefault(asked.query, (asked.wire, answer.body))
        return replace(answer, body=body)


FAULT = HttpStale
