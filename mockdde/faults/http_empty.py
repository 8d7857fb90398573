"""http_empty: an answer with nothing in it, or no answer."""

from __future__ import annotations

from typing import ClassVar

from mockdde import wire
from mockdde.chance import Chance
from mockdde.records import dataclass, replace
from mockdde.wire import Answer, Asked, Memory, RestFault

__all__ = ["FAULT", "HttpEmpty"]


@dataclass(frozen=True, slots=True)
class HttpEmpty(RestFault):
    """On the wire: with ``what: response`` the TCP close without a byte; with ``what: body`` the
    status and the headers as ever, Content-Length 0.

    A good client takes neither for an empty list: it keeps what it holds, and asks again.
    """

    NAME: ClassVar[str] = "http_empty"
    what: str = "response"

    def __post_init__(self) -> None:
        wire.check_choice("what", self.what, ("response", "body"))

    def answer(self, answer: Answer, asked: Asked, chance: Chance, memory: Memory) -> Answer:  # noqa: ARG002
        """Nothing, of one kind or the other."""
        if self.what == "body":
            return replace(answer, body=b"", length=None)
        return replace(answer, silent=True)


FAULT = HttpEmpty
