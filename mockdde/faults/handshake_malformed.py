"""handshake_malformed: a handshake is answered wrongly."""

from __future__ import annotations

from typing import ClassVar

from mockdde import wire
from mockdde.chance import Chance
from mockdde.faults import _connection
from mockdde.records import dataclass
from mockdde.wire import Asked, Handshake, HandshakeFault, Memory

__all__ = ["FAULT", "WHATS", "HandshakeMalformed"]

_PHRASE = "Switching Protocols"
_OTHER_KEY = "dGhlIHNhbXBsZSBub25jZQ=="  # of RFC 6455 §1.3
_ALERT = b"\x15\x03\x03\x00\x02\x02\x16"  # TLS 1.2: a fatal alert, record overflow
_MISSING = {
    "no_accept": "Sec-WebSocket-Accept",
    "no_upgrade": "Upgrade",
    "no_connection": "Connection",
}
_UNASKED = {
    "subprotocol": {"Sec-WebSocket-Protocol": "unasked.example"},
    "extension": {"Sec-WebSocket-Extensions": "x-unasked"},
}
WHATS = ("accept_key", *_MISSING, "http10", *_UNASKED, "truncated", "garbage")


@dataclass(frozen=True, slots=True)
class HandshakeMalformed(HandshakeFault):
    """On the wire: a 101 that RFC 6455 does not allow, then a FIN. ``what`` is wrong with it:

    ``accept_key``     Sec-WebSocket-Accept is that of another key
    ``no_accept``      there is none
    ``no_upgrade``     Upgrade is missing
    ``no_connection``  Connection is missing
    ``http10``         it is of HTTP/1.0
    ``subprotocol``    it names a subprotocol that nobody asked for
    ``extension``      it names an extension that nobody asked for
    ``truncated``      it ends within the headers
    ``garbage``        it is no HTTP at all, but what a port of TLS would say

    A good client says that the handshake failed, and tries again as after any failure.
    """

    NAME: ClassVar[str] = "handshake_malformed"
    what: str = "accept_key"

    def __post_init__(self) -> None:
        wire.check_choice("what", self.what, WHATS)

    def handshake(self, asked: Asked, chance: Chance, memory: Memory) -> Handshake:  # noqa: ARG002
        """The bytes."""
        return Handshake(raw=_answer(self.what, asked.key))


def _answer(what: str, key: str) -> bytes:
    if what == "garbage":
        return _ALERT
    headers = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Accept": _connection.accept(_OTHER_KEY if what == "accept_key" else key),
    }
    if (missing := _MISSING.get(what)) is not None:
        del headers[missing]
    headers |= _UNASKED.get(what, {})
    answer = _connection.head(f"HTTP/{'1.0' if what == 'http10' else '1.1'} 101 {_PHRASE}", headers)
    return answer.removesuffix(b"\r\n\r\n") if what == "truncated" else answer


FAULT = HandshakeMalformed
