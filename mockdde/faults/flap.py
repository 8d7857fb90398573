"""flap: the connection comes and goes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from mockdde import wire
from mockdde.chance import Chance
from mockdde.faults import _connection
from mockdde.records import dataclass
from mockdde.wire import (
    Asked,
    Context,
    Effect,
    Handshake,
    HandshakeFault,
    Memory,
    StreamFault,
    Thing,
)

__all__ = ["FAULT", "Flap"]

_HOW: dict[str, type[wire.Reset | wire.Fin]] = {"reset": wire.Reset, "fin": wire.Fin}
_MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Flap(StreamFault, HandshakeFault):
    """On the wire: the connection is up for ``up_ms``, then ends with a RST or a FIN (``how``); for
    ``down_ms`` every handshake for the stream ends in a RST. The next connection is up for
    ``up_ms``, and so on, ``cycles`` times, or for ever with 0. All connections to the stream are up
    and down together.

    A good client connects again each time, with a pause that grows until a connection has held for
    a while, and loses nothing.
    """

    NAME: ClassVar[str] = "flap"
    up_ms: int = 5000
    down_ms: int = 2000
    cycles: int = 3
    how: str = "reset"

    def __post_init__(self) -> None:
        _connection.check_ms("up_ms", self.up_ms)
        _connection.check_ms("down_ms", self.down_ms)
        wire.check_range("cycles", self.cycles, 0, _MOST)
        wire.check_choice("how", self.how, _HOW)

    def begin(self, context: Context) -> Effect:
        """The first time that it is up."""
        memory = context.memory
        if not memory.get("left"):
            memory["left"] = self.cycles or wire.FOREVER
        return self._up(context)

    def again(self, context: Context) -> Effect | None:
        """The next time, while there is one."""
        return self._up(context) if context.memory.get("left") else None

    def wants(self, asked: Asked, memory: Memory) -> bool:
        """Whether it is down."""
        return bool(asked.wire < memory.get("down", 0.0))

    def handshake(self, asked: Asked, chance: Chance, memory: Memory) -> Handshake:  # noqa: ARG002
        """Down."""
        return Handshake(reset=True)

    def _up(self, context: Context) -> Effect:
        memory = context.memory
        if memory.get("cut", context.now) <= context.now:
            memory["cut"] = context.now + self.up_ms / 1000
        return _Up(memory, _HOW[self.how](), self.down_ms / 1000)


class _Up(Effect):
    def __init__(self, memory: Memory, ending: wire.Ending, down: float) -> None:
        self._memory, self._ending, self._down = memory, ending, down
        self.wake = self._cut = memory["cut"]

    def woken(self, now: float) -> Iterable[Thing]:
        self.over = True
        if self._memory.get("cut") == self._cut:  # of all that are up the first one
            del self._memory["cut"]
            self._memory["left"] = max(0, self._memory["left"] - 1)
            self._memory["down"] = now + self._down
        return (self._ending,)

    def end(self, now: float) -> Iterable[Thing]:  # noqa: ARG002
        self._memory["left"] = 0
        return ()


FAULT = Flap
