"""How late the kit itself is: a loop that is held up sees what a client does too late."""

from __future__ import annotations

import asyncio
from array import array

from mockdde.kit.evidence import Lag

__all__ = ["BUDGET", "Sampler"]

# Timers of clients are seconds of the wire: the faster that runs, the less a machine may be late.
BUDGET = 2.0  # seconds of the wire; of what is later nobody can say when it happened
_TICK = 0.01


class Sampler:
    """Looks every ten milliseconds how late it is, while its task runs."""

    def __init__(self) -> None:
        self._late = array("d")
        self._task = asyncio.create_task(self._look())

    async def _look(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + _TICK
            await asyncio.sleep(_TICK)
            self._late.append(max(0.0, loop.time() - due))

    async def stop(self, wire_speed: float) -> Lag:
        """What it has seen, in wire time."""
        self._task.cancel()
        await asyncio.wait([self._task])
        late = sorted(self._late) or [0.0]
        p99 = late[min(len(late) - 1, len(late) * 99 // 100)]
        seen = [round(each * wire_speed, 6) for each in (p99, late[-1])]
        return Lag(seen[0], seen[1], BUDGET)
