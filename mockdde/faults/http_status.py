"""http_status: a status instead of the document."""

from __future__ import annotations

from typing import ClassVar

from mockdde import wire
from mockdde.chance import Chance
from mockdde.faults import _http
from mockdde.records import dataclass, replace
from mockdde.wire import Answer, Asked, Memory, RestFault

__all__ = ["FAULT", "HttpStatus"]

_LONGEST_RETRY = 86_400  # seconds


@dataclass(frozen=True, slots=True)
class HttpStatus(RestFault):
    """On the wire: this status; the body as it stands here, or the platform's
    ``{"error": …, "status": …}`` where it is empty; with ``retry_after`` (seconds) that header.

    A good client takes no error for an empty document: it keeps what it holds, waits as long as
    Retry-After says or longer and longer, and asks again; with 401 and 403 it does not.
    """

    NAME: ClassVar[str] = "http_status"
    status: int = 503
    body: str = ""
    retry_after: int = 0

    def __post_init__(self) -> None:
        wire.check_range("status", self.status, 200, 599)
        wire.check_range("retry_after", self.retry_after, 0, _LONGEST_RETRY)
        if self.body and self.status in _http.BODILESS:
            raise ValueError(f"status {self.status} has no body; leave body out")

    def answer(self, answer: Answer, asked: Asked, chance: Chance, memory: Memory) -> Answer:  # noqa: ARG002
        """The status, with its headers."""
        headers = _http.retry_after(self.retry_after)
        if self.status == 401:
            headers["WWW-Authenticate"] = "Bearer"
        body = self.body.encode() or _http.error(self.status, "a fault of mockdde answers so")
        return replace(answer, status=self.status, headers=headers, body=body)


FAULT = HttpStatus
