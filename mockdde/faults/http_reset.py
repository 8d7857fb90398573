"""http_reset: a TCP reset in place of an answer, or within it."""

from __future__ import annotations

from typing import ClassVar

from mockdde import wire
from mockdde.chance import Chance
from mockdde.records import dataclass, replace
from mockdde.wire import Answer, Asked, Memory, RestFault

__all__ = ["FAULT", "HttpReset"]


@dataclass(frozen=True, slots=True)
class HttpReset(RestFault):
    """On the wire: a TCP reset before a byte is answered; with ``after`` the headers, which promise
    the whole body, so many bytes of it at most, and then the reset, to which what the client has
    not read yet may be lost.

    A good client uses nothing of such an answer, and asks again a little later.
    """

    NAME: ClassVar[str] = "http_reset"
    after: int = 0

    def __post_init__(self) -> None:
        wire.check_range("after", self.after, 0, 1 << 30)

    def answer(self, answer: Answer, asked: Asked, chance: Chance, memory: Memory) -> Answer:  # noqa: ARG002
        """A part of the body at most."""
        if not self.after:
            return replace(answer, silent=True, cut=wire.Reset)
        promised = len(answer.body) if answer.length is None else answer.length
        return replace(answer, body=answer.body[: self.after], length=promised, cut=wire.Reset)


FAULT = HttpReset
