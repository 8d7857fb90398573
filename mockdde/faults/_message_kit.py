"""What the faults of messages share: a packet out of its envelope, changed, numbered anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

import orjson

from mockdde.faults import EVERYWHERE
from mockdde.records import dataclass, replace
from mockdde.wire import Effect, Message, Thing

__all__ = [
    "Change",
    "Inserting",
    "Keys",
    "Opened",
    "Renumbering",
    "Rewriting",
    "Taking",
    "changed",
    "found",
    "is_live",
    "is_of_events",
    "is_of_state",
    "opened",
    "put",
]

Keys: TypeAlias = dict[str, Any]  # a packet
Change: TypeAlias = Callable[[Keys], Keys | None]  # None where it is not one that can be changed

_EVENTS = ("round/", "matchdetails/", "match/")


def is_of_events(name: str) -> bool:
    """Whether a stream has an event in each packet; others have documents, or envelopes."""
    return name.startswith(_EVENTS)


def is_of_state(name: str) -> bool:
    """Whether a stream has a whole document in each packet."""
    return name != EVERYWHERE and not is_of_events(name)


def is_live(keys: Keys) -> bool:
    """Whether a packet is one of the live dialect: a CloudEvent."""
    return isinstance(keys.get("data"), dict) and "specversion" in keys


def found(keys: Keys, path: Sequence[str]) -> Any:
    """What is at a path of keys; None where nothing is."""
    value: Any = keys
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def put(keys: Keys, path: Sequence[str], value: object) -> Keys:
    """Keys with another value at a path."""
    first, *rest = path
    return keys | {first: put(keys[first], rest, value) if rest else value}


@dataclass(frozen=True, slots=True)
class Opened:
    """A packet, out of the multiplexer's envelope where it is in one."""

    keys: Keys
    envelope: Keys | None = None

    @property
    def stream(self) -> tuple[str, ...]:
        """What tells its stream from others on the same socket."""
        envelope = self.envelope
        return () if envelope is None else (envelope["eventId"], envelope["feedType"])

    @property
    def seq(self) -> int | None:
        """Its seqNum, where it has one."""
        seq = self.keys.get("seqNum")
        return seq if isinstance(seq, int) else None

    def sealed(self, keys: Keys, **envelope: str) -> bytes:
        """Another packet in the same envelope, some of whose keys are others."""
        if self.envelope is None:
            return orjson.dumps(keys)
        return orjson.dumps({**self.envelope, **envelope, "message": keys})


def opened(payload: bytes) -> Opened:
    """A packet as it is sent; what another fault has broken has no keys."""
    try:
        packet = orjson.loads(payload)
    except orjson.JSONDecodeError:
        return Opened({})
    inner = packet.get("message")
    return Opened(inner, packet) if isinstance(inner, dict) else Opened(packet)


def changed(message: Message, change: Change) -> Message | None:
    """A packet changed; None where it cannot be."""
    packet = opened(message.payload)
    keys = change(packet.keys) if packet.keys else None
    return None if keys is None else replace(message, payload=packet.sealed(keys))


class Taking(Effect):
    """Takes the next ``count`` packets, with 0 all; ``instead`` says what is sent instead."""

    def __init__(
        self, count: int, instead: Callable[[Message], Iterable[Thing]] | None = None
    ) -> None:
        """Without ``instead`` nothing is."""
        self._left, self._instead = count, instead

    def packet(self, message: Message, now: float) -> Iterable[Thing]:  # noqa: ARG002
        """What is sent instead."""
        self._left -= 1
        self.over = self._left == 0
        return () if self._instead is None else self._instead(message)


class Rewriting(Effect):
    """Changes the next ``count`` packets that can be changed; with 0 all of them."""

    def __init__(self, count: int, change: Callable[[Message], Message | None]) -> None:
        self._left, self._change = count, change

    def packet(self, message: Message, now: float) -> Iterable[Thing]:  # noqa: ARG002
        """The packet, changed where it can be."""
        made = self._change(message)
        if made is None:
            return (message,)
        self._left -= 1
        self.over = self._left == 0
        return (made,)


class Renumbering(Effect):
    """The seqNum of the first numbered packet's stream moves on by ``by(seqNum)``, its first."""

    def __init__(self, by: Callable[[int], int]) -> None:
        self._first = by
        self._by: int | None = None
        self._stream: tuple[str, ...] = ()

    def packet(self, message: Message, now: float) -> Iterable[Thing]:  # noqa: ARG002
        """The packet with another number."""
        packet = opened(message.payload)
        if packet.seq is None:
            return (message,)
        if self._by is None:
            self._by, self._stream = self._first(packet.seq), packet.stream
        if packet.stream != self._stream:
            return (message,)
        keys = packet.keys | {"seqNum": packet.seq + self._by}
        return (replace(message, payload=packet.sealed(keys)),)


class Inserting(Effect):
    """Packets behind the first one that ``make`` can make some of, numbered on.

    The numbers of all that follow in its stream move up; live ones have none.
    """

    def __init__(self, make: Callable[[Keys], list[Keys] | None]) -> None:
        self._make = make
        self._rest: Renumbering | None = None
        self._stream: tuple[str, ...] = ()

    def packet(self, message: Message, now: float) -> Iterable[Thing]:
        """The packet with what comes behind it, or with the number that it has then."""
        packet = opened(message.payload)
        if self._rest is not None:
            return self._rest.packet(message, now) if packet.stream == self._stream else (message,)
        made = self._make(packet.keys)
        if made is not None and is_live(packet.keys):
            self.over = True
            return (message, *(replace(message, payload=packet.sealed(each)) for each in made))
        if made is None or packet.seq is None:
            return (message,)
        self._stream, self._rest = packet.stream, Renumbering(lambda _: len(made))
        numbered = [each | {"seqNum": seq} for seq, each in enumerate(made, packet.seq + 1)]
        return (message, *(replace(message, payload=packet.sealed(each)) for each in numbered))
