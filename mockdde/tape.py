"""A tape: one stream's packets as ready WebSocket frames; whoever reads it holds a position."""

from __future__ import annotations

from array import array
from bisect import bisect_right

from mockdde.frames import payload_of, text_frame

__all__ = ["Tape"]

_BLOCK = 256  # frames; a full block is joined once and shared by all who catch up
_PIECE = 64 * 1024  # bytes of several frames that are handed out at once


class Tape:
    """Append-only. Positions count frames from 0; reading at one never changes the tape."""

    oldest = 0  # all can be read for ever

    def __init__(self, path: str) -> None:
        self.path = path
        self.readers = 0  # how many connections have it open
        self.ended = False  # no frame will be added any more
        self._blocks: list[tuple[bytes, array[int]]] = []  # joined frames, and where each begins
        self._open: list[bytes] = []
        self._seqs: list[int] = []  # position after each packet that has a seqNum, in order

    def __len__(self) -> int:
        return len(self._blocks) * _BLOCK + len(self._open)

    def append(self, payload: bytes, seq: int | None) -> None:
        """Add a packet at the end."""
        self._open.append(text_frame(payload))
        if seq is not None:
            self._seqs.append(len(self))
            assert seq == len(self._seqs), "seqNum counts from 1 without a gap"
        if len(self._open) == _BLOCK:
            starts = array("L", [0])
            for frame in self._open:
                starts.append(starts[-1] + len(frame))
            self._blocks.append((b"".join(self._open), starts))
            self._open = []

    def after(self, seq: int) -> int | None:
        """The position after the packet with this seqNum; None before it was sent."""
        return self._seqs[seq - 1] if seq <= len(self._seqs) else None

    def slice(self, start: int, stop: int) -> tuple[bytes | memoryview, int]:
        """Frames from ``start`` on, as many as lie together, and the position after them.

        At most a block and about 64 KiB, so that nobody is handed a whole tape at once.
        """
        block, offset = divmod(start, _BLOCK)
        count = min(stop - block * _BLOCK, _BLOCK)
        if block < len(self._blocks):
            joined, starts = self._blocks[block]
            room = bisect_right(starts, starts[offset] + _PIECE) - 1
            count = max(offset + 1, min(count, room))
            end = block * _BLOCK + count
            if offset == 0 and count == _BLOCK:
                return joined, end
            return memoryview(joined)[starts[offset] : starts[count]], end
        size = len(self._open[offset])
        last = offset + 1
        while last < count and size + len(self._open[last]) <= _PIECE:
            size += len(self._open[last])
            last += 1
        end = block * _BLOCK + last
        return self._open[offset] if last == offset + 1 else b"".join(self._open[offset:last]), end

    def payloads(self) -> list[bytes]:
        """All packets so far, without their frames' headers."""
        return [self.at(place) for place in range(len(self))]

    def at(self, place: int) -> bytes:
        """The packet at a position, without its frame's header."""
        block, offset = divmod(place, _BLOCK)
        if block == len(self._blocks):
            return payload_of(self._open[offset])
        joined, starts = self._blocks[block]
        return payload_of(joined[starts[offset] : starts[offset + 1]])
