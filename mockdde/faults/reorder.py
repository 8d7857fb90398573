"""reorder: packets that come in another order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from mockdde import wire
from mockdde.chance import Chance
from mockdde.records import dataclass
from mockdde.wire import Context, Effect, Message, StreamFault, Thing

__all__ = ["FAULT", "Reorder"]

_MODES = ("swap", "shuffle", "late")


class _Holding(Effect):
    """Holds packets until there are enough of them, but none for longer than ``wait``."""

    def __init__(self, fault: Reorder, chance: Chance) -> None:
        self._fault, self._chance = fault, chance
        self._left = fault.count
        self._held: list[Message] = []

    def packet(self, message: Message, now: float) -> Iterable[Thing]:
        """It is held; where it is the last of its window, all of them come."""
        if not self._held:
            self.wake = now + self._fault.ms / 1000
        self._held.append(message)
        self.holds = True
        full = len(self._held) == self._fault.size
        # Of those that are late only the first is held; the others pass it.
        passes = self._fault.mode == "late" and len(self._held) > 1
        return [*((message,) if passes else ()), *(self._done() if full else ())]

    def woken(self, now: float) -> Iterable[Thing]:  # noqa: ARG002
        """Nothing more came in time."""
        return self._done()

    def end(self, now: float) -> Iterable[Thing]:  # noqa: ARG002
        """What it still holds."""
        return self._done()

    def _done(self) -> list[Message]:
        held, self._held, self.wake, self.holds = self._held, [], None, False
        self._left -= 1
        self.over = self._left == 0
        return self._fault.ordered(held, self._chance)


@dataclass(frozen=True, slots=True)
class Reorder(StreamFault):
    """On the wire: the packet that is the trigger is the first of a window, and its packets come
    in another order. ``swap``: ``window`` packets are held, and come in pairs, each pair the wrong
    way round (2 1 4 3); ``shuffle``: ``window`` packets are held and come in any order but their
    own; ``late``: the first is held and comes behind the ``by`` packets after it. What is held for
    ``ms`` because nothing more comes is sent then: pairs as far as there are any, the rest as it
    is. The stream goes on in order; ``count`` windows follow one another (0: as long as the fault
    lasts). No packet is missing and none comes twice. Heartbeats do not wait.

    A good client applies packets in the order of their numbers: it waits a moment for the one that
    is missing before it thinks of a new connection. Of two documents it keeps the one with the
    higher number. Of two versions of a live event, or state, it keeps the one with the later
    created_at, and takes an UPDATE or DELETE that comes before its ADD.
    """

    NAME: ClassVar[str] = "reorder"
    window: int = 2
    mode: str = "swap"
    by: int = 1
    ms: int = 2000
    count: int = 1

    def __post_init__(self) -> None:
        wire.check_range("window", self.window, 2, 1000)
        wire.check_choice("mode", self.mode, _MODES)
        wire.check_range("by", self.by, 1, 1000)
        wire.check_range("ms", self.ms, 1, 86_400_000)
        wire.check_range("count", self.count, 0, 1_000_000)

    @property
    def size(self) -> int:
        """The packets of a window."""
        return self.by + 1 if self.mode == "late" else self.window

    def ordered(self, held: list[Message], chance: Chance) -> list[Message]:
        """What is held, in the order in which it comes."""
        if self.mode == "late":
            return held[:1]  # the others have passed it
        if self.mode == "swap":
            pairs = [held[at : at + 2][::-1] for at in range(0, len(held), 2)]
            return [each for pair in pairs for each in pair]
        left, shuffled = [*held], []
        while left:
            shuffled.append(left.pop(chance.whole(0, len(left) - 1)))
        # A turn by one is in no case the order of before.
        return shuffled if shuffled != held else held[1:] + held[:1]

    def begin(self, context: Context) -> Effect:
        """Holds them."""
        return _Holding(self, context.chance)


FAULT = Reorder
