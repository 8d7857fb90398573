"""rate_limit: so many requests in a window of time, and no more."""

from __future__ import annotations

import math
from collections import deque
from typing import ClassVar

from mockdde import wire
from mockdde.chance import Chance
from mockdde.faults import _http
from mockdde.records import dataclass, replace
from mockdde.wire import Answer, Asked, Memory, RestFault

__all__ = ["FAULT", "RateLimit"]


_LONGEST = 3_600_000  # milliseconds
_CLIENTS = 1024  # addresses that are remembered


@dataclass(frozen=True, slots=True)
class RateLimit(RestFault):
    """On the wire: ``limit`` requests of a client's address in any ``window_ms`` are answered, for
    all that ``on`` names together; the others get ``status`` and Retry-After, the seconds until one
    would be answered, or ``retry_after`` where that is given. What was refused does not count.

    A good client stays below the documented limit, 5 requests a second, and waits as long as
    Retry-After says.
    """

    NAME: ClassVar[str] = "rate_limit"
    TIMES: ClassVar[int] = 0
    SHARED: ClassVar[bool] = True
    limit: int = 5
    window_ms: int = 1000
    status: int = 429
    retry_after: int = 0

    def __post_init__(self) -> None:
        wire.check_range("limit", self.limit, 0, 1_000_000)
        wire.check_range("window_ms", self.window_ms, 1, _LONGEST)
        wire.check_range("status", self.status, 400, 599)
        wire.check_range("retry_after", self.retry_after, 0, _LONGEST)

    def wants(self, asked: Asked, answer: Answer, memory: Memory) -> bool:  # noqa: ARG002
        """Whether the window is full; where not, the request is one more in it."""
        if asked.address not in memory and len(memory) >= _CLIENTS:
            del memory[next(iter(memory))]
        times: deque[float] = memory.setdefault(asked.address, deque())
        while times and asked.wire - times[0] >= self.window_ms / 1000:
            times.popleft()
        if len(times) >= self.limit:
            return True
        times.append(asked.wire)
        return False

    def answer(self, answer: Answer, asked: Asked, chance: Chance, memory: Memory) -> Answer:  # noqa: ARG002
        """The refusal."""
        times = memory[asked.address]
        left = (times[0] if times else asked.wire) + self.window_ms / 1000 - asked.wire
        message = f"more than {self.limit} requests in {self.window_ms} ms"
        headers = {"Retry-After": str(self.retry_after or max(1, math.ceil(left)))}
        body = _http.error(self.status, message)
        return replace(answer, status=self.status, headers=headers, body=body)


FAULT = RateLimit
