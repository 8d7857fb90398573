"""degrade: answers that come later and later."""

from __future__ import annotations

from typing import ClassVar

from mockdde import wire
from mockdde.chance import Chance
from mockdde.records import dataclass, replace
from mockdde.wire import Answer, Asked, Memory, RestFault

__all__ = ["FAULT", "Degrade"]


@dataclass(frozen=True, slots=True)
class Degrade(RestFault):
    """On the wire: each answer is late, for all that ``on`` names together: the first by nothing,
    later ones by more, evenly up to ``max_ms`` at ``ramp_ms`` after the first, and so from then on.

    A good client notices that it waits, asks less often, and has one request under way at most.
    """

    NAME: ClassVar[str] = "degrade"
    TIMES: ClassVar[int] = 0
    SHARED: ClassVar[bool] = True
    ramp_ms: int = 60_000
    max_ms: int = 5000

    def __post_init__(self) -> None:
        wire.check_range("ramp_ms", self.ramp_ms, 1, 86_400_000)
        wire.check_range("max_ms", self.max_ms, 1, 3_600_000)

    def answer(self, answer: Answer, asked: Asked, chance: Chance, memory: Memory) -> Answer:  # noqa: ARG002
        """As late as the time since the first one says."""
        since = asked.wire - memory.setdefault("since", asked.wire)
        late = self.max_ms / 1000 * min(1.0, since * 1000 / self.ramp_ms)
        return replace(answer, delay=answer.delay + late)


FAULT = Degrade
