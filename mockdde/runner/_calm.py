"""Keeping the loop free: heavy work beside it, and no more cases at once than a machine bears."""

from __future__ import annotations

import asyncio
import sys
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final, ParamSpec, TypeVar

__all__ = ["Calm", "apart"]

_CALM = 0.05  # real seconds that the loop may be late where another case begins

P = ParamSpec("P")
T = TypeVar("T")

# One thread: whoever computes there keeps the loop waiting for Python's lock, and two do it longer.
_POOL: Final = ThreadPoolExecutor(1, "mockdde-kit")
_SWITCH: Final = 0.001  # seconds until that lock is handed on
_TICK: Final = 0.02
_LOOKS: Final = 25  # ticks that are remembered
_MOST: Final = 3.0  # seconds that a case waits until it begins all the same


async def apart(function: Callable[P, T], *args: P.args, **more: P.kwargs) -> T:
    """What a function answers that takes long, while the loop goes on."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_POOL, partial(function, *args, **more))


class Calm:
    """Knows how late the loop has been of late."""

    def __init__(self) -> None:
        self._late: deque[float] = deque([0.0], maxlen=_LOOKS)
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Calm:
        self._switch = sys.getswitchinterval()
        sys.setswitchinterval(_SWITCH)
        self._task = asyncio.create_task(self._look())
        return self

    async def __aexit__(self, *_: object) -> None:
        sys.setswitchinterval(self._switch)
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def _look(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + _TICK
            await asyncio.sleep(_TICK)
            self._late.append(max(0.0, loop.time() - due))

    async def wait(self) -> None:
        """Until one more case will not make those that run late, or it has waited long enough."""
        for _ in range(round(_MOST / _TICK)):
            if max(self._late) < _CALM:
                return
            await asyncio.sleep(_TICK)
