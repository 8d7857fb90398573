"""malformed_json: messages that are no JSON document."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from mockdde import wire
from mockdde.faults._message_kit import Rewriting
from mockdde.records import dataclass, replace
from mockdde.wire import Context, Effect, Message, StreamFault

__all__ = ["FAULT", "MalformedJson"]

_CONTINUES = range(0x80, 0xC0)  # bytes of UTF-8 that begin no character


def _missing_comma(payload: bytes) -> bytes:
    at = _first_comma(payload)
    return payload[:at] + payload[at + 1 :]


def _first_comma(payload: bytes) -> int:
    """The first comma between two keys of the document itself."""
    depth, quoted, escaped = 0, False, False
    for at, byte in enumerate(payload):
        if quoted:
            escaped, quoted = byte == 0x5C and not escaped, byte != 0x22 or escaped
        elif byte == 0x22:
            quoted = True
        elif byte in b"{[":
            depth += 1
        elif byte in b"}]":
            depth -= 1
        elif byte == 0x2C and depth == 1:
            return at
    return len(payload)


def _truncated(payload: bytes) -> bytes:
    half = len(payload) // 2
    while half and payload[half] in _CONTINUES:
        half -= 1
    return payload[:half]


_HOWS: dict[str, Callable[[bytes], bytes]] = {
    "missing_comma": _missing_comma,
    "truncated": _truncated,
    "trailing": lambda payload: payload[:-1] + b"," + payload[-1:],
    "two_documents": lambda payload: payload + payload,
    "empty": lambda _: b"",
}


@dataclass(frozen=True, slots=True)
class MalformedJson(StreamFault):
    """On the wire: the packet that is the trigger and those after it, ``count`` in all (0: all as
    long as the fault lasts), are text frames that hold no JSON document, as ``how`` says.
    ``missing_comma``: the first comma between its keys is not there, as in a sample of the
    documentation; ``truncated``: only the first half is there, and ends with a whole character;
    ``trailing``: a comma stands before the last brace; ``two_documents``: it stands there twice,
    one behind the other; ``empty``: nothing. The frames are good WebSocket, the text is good UTF-8.
    A new connection has the packet as it should be.

    A good client notes it, stays connected, and treats the packet as missing: it fills the hole
    with a new connection's replay; a live one goes on after the event before it. Of two documents
    it does not count both.
    """

    NAME: ClassVar[str] = "malformed_json"
    how: str = "missing_comma"
    count: int = 1

    def __post_init__(self) -> None:
        wire.check_choice("how", self.how, _HOWS)
        wire.check_range("count", self.count, 0, 1_000_000)

    def fits(self, context: Context, message: Message | None) -> bool:  # noqa: ARG002
        """Any packet."""
        return message is not None

    def begin(self, context: Context) -> Effect:  # noqa: ARG002
        """Breaks them."""
        return Rewriting(self.count, self._broken)

    def _broken(self, message: Message) -> Message:
        return replace(message, payload=_HOWS[self.how](message.payload))


FAULT = MalformedJson
