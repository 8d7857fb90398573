"""gap: packets that are missing, with what becomes of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from mockdde import wire
from mockdde.faults._message_kit import Taking
from mockdde.records import dataclass, replace
from mockdde.wire import Context, Effect, Message, StreamFault, Thing

__all__ = ["FAULT", "Gap"]

_FATES = ("lost", "late", "reconnect")
_LOST = "lost"  # of the memory: the positions of what is lost


class _Absent(Effect):
    """What was lost is in no replay either."""

    def __init__(self, places: set[int]) -> None:
        self._places = places

    def packet(self, message: Message, now: float) -> Iterable[Thing]:  # noqa: ARG002
        """Nothing of what is lost."""
        return () if message.place in self._places else (message,)


@dataclass(frozen=True, slots=True)
class Gap(StreamFault):
    """On the wire: the packet that is the trigger and those after it, ``count`` in all, are not
    sent in their turn. Then, as ``then`` says: ``lost``: no later connection to this stream has
    them either; ``late``: each is sent ``ms`` after its turn, behind what was sent meanwhile;
    ``reconnect``: a new connection has them. Numbers stay as they are. A document of a stream of
    documents that is lost is not sent to who joins either; the next one is.

    In the live dialect nothing shows it, for there are no numbers; a new connection has them where
    it goes on after an event before them, or after none.

    A good client sees the hole, waits no longer than it can afford, then connects again; it sorts
    in what is late by its number; where the replay has the same hole it goes on without, keeps that
    it has a hole, and takes the score from a later packet or by HTTP. A live one asks REST for the
    events at the end, and takes what is late by its id and created_at.
    """

    NAME: ClassVar[str] = "gap"
    count: int = 1
    then: str = "lost"
    ms: int = 5000

    def __post_init__(self) -> None:
        wire.check_range("count", self.count, 1, 1_000_000)
        wire.check_choice("then", self.then, _FATES)
        wire.check_range("ms", self.ms, 1, 86_400_000)

    def begin(self, context: Context) -> Effect:
        """Withholds them."""
        if self.then == "late":
            return Taking(self.count, self._later)
        if self.then == "reconnect":
            return Taking(self.count)
        places: set[int] = context.memory.setdefault(_LOST, set())

        def lose(message: Message) -> Iterable[Thing]:
            if message.place is not None:
                places.add(message.place)
            return ()

        return Taking(self.count, lose)

    def again(self, context: Context) -> Effect | None:
        """Lost is lost."""
        return _Absent(context.memory[_LOST]) if _LOST in context.memory else None

    def _later(self, message: Message) -> Iterable[Thing]:
        return (replace(message, delay=message.delay + self.ms / 1000, overtaken=True),)


FAULT = Gap
