"""fragment: one message in several frames."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import ClassVar

from mockdde import wire
from mockdde.faults._bytes_frames import is_whole
from mockdde.frames import CONTINUATION, PING, frame, payload_of
from mockdde.records import dataclass
from mockdde.wire import Context, Effect, Message, Piece, StreamFault

__all__ = ["FAULT", "Fragment"]

_MOST = 1000
_LONGEST = 60_000  # milliseconds
_BETWEEN = frame(PING, b"between")


@dataclass(frozen=True, slots=True)
class Fragment(StreamFault):
    """On the wire: from now on every message in ``parts`` frames (RFC 6455 §5.4), as near to equal
    as may be: text and then continuations, of which the last has FIN set; ``gap_ms`` between two,
    and a ping before each but the first (``ping_between``). Where the text has characters of
    several bytes, one of them is cut in two.

    A good client answers the pings, and decodes the text once all of it is there.
    """

    NAME: ClassVar[str] = "fragment"
    parts: int = 3
    gap_ms: int = 0
    ping_between: bool = True

    def __post_init__(self) -> None:
        wire.check_range("parts", self.parts, 2, _MOST)
        wire.check_range("gap_ms", self.gap_ms, 0, _LONGEST)

    def begin(self, context: Context) -> Effect:  # noqa: ARG002
        """Cuts each message."""
        return _Fragments(self)


class _Fragments(Effect):
    def __init__(self, fault: Fragment) -> None:
        self._fault = fault

    def frames(self, message: Message, pieces: list[Piece]) -> list[Piece]:  # noqa: ARG002
        """Those that are a message are cut."""
        return [
            out
            for piece in pieces
            for out in (
                self._cut(piece.delay, piece.data)
                if isinstance(piece.data, bytes) and piece.data and is_whole(piece.data)
                else (piece,)
            )
        ]

    def _cut(self, delay: float, data: bytes) -> Iterator[Piece]:
        opcode, reserved = data[0] & 0x0F, data[0] >> 4 & 0x07
        payload = payload_of(data)
        for start, stop in pairwise(_cuts(payload, self._fault.parts)):
            if start:
                opcode, reserved, delay = CONTINUATION, 0, self._fault.gap_ms / 1000
                if self._fault.ping_between:
                    yield Piece(delay, _BETWEEN)
                    delay = 0.0
            part, final = payload[start:stop], stop == len(payload)
            yield Piece(delay, frame(opcode, part, final=final, reserved=reserved))


def _cuts(payload: bytes, parts: int) -> list[int]:
    """From 0 to the end; each part has a byte at least, and one cut is within a character."""
    size = len(payload)
    cuts = sorted({size * part // parts for part in range(parts + 1)})
    inner = cuts[1:-1]
    within = next((at for at, byte in enumerate(payload) if byte & 0xC0 == 0x80), None)
    if inner and within is not None:
        inner.remove(min(inner, key=lambda cut: abs(cut - within)))
        inner.append(within)
    return sorted({0, *inner, size})


FAULT = Fragment
