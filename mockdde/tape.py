"""A tape: one stream's packets as ready WebSocket frames; whoever reads it holds a position."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate, pairwise

from mockdde.frames import payload_of, text_frame

__all__ = ["PIECE", "Tape"]

_BLOCK = 512  # frames; a full block is joined once and shared by all who catch up
PIECE = 256 * 1024  # bytes of several frames that are handed out at once


class Tape:
    """Append-only. Positions count frames from 0; reading at one never changes the tape."""

    oldest = 0  # all can be read for ever

    def __init__(self, path: str) -> None:
        self.path = path
        self.readers = 0  # how many connections have it open
        self.ended = False  # no frame will be added any more
        self._blocks: list[tuple[bytes, array[int]]] = []  # joined frames, and where each begins
        self._open: list[bytes] = []
        # What of these was handed out last, for many catch up together: from where to where it was
        # asked for, the bytes, and the place after them.
        self._joined: tuple[int, int, bytes, int] = (0, 0, b"", 0)
        self._seqs = array("L")  # position after each packet that has a seqNum, in order

    def __len__(self) -> int:
        return len(self._blocks) * _BLOCK + len(self._open)

    def append(self, payload: bytes, seq: int | None) -> None:
        """Add a packet at the end."""
        frames = self._open
        frames.append(text_frame(payload))
        if seq is not None:
            self._seqs.append(len(self._blocks) * _BLOCK + len(frames))
            assert seq == len(self._seqs), "seqNum counts from 1 without a gap"
        if len(frames) == _BLOCK:
            starts = array("L", accumulate(map(len, frames), initial=0))
            self._blocks.append((b"".join(frames), starts))
            self._open = []

    def after(self, seq: int) -> int | None:
        """The position after the packet with this seqNum; None before it was sent."""
        return self._seqs[seq - 1] if seq <= len(self._seqs) else None

    def slice(self, start: int, stop: int) -> tuple[bytes | memoryview, int]:
        """Frames from ``start`` on, as many as lie together, and the position after them.

        At most a block and about 256 KiB, so that nobody is handed a whole tape at once.
        """
        block, offset = divmod(start, _BLOCK)
        count = min(stop - block * _BLOCK, _BLOCK)
        if block < len(self._blocks):
            joined, starts = self._blocks[block]
            room = bisect_right(starts, starts[offset] + PIECE) - 1
            count = max(offset + 1, min(count, room))
            end = block * _BLOCK + count
            if offset == 0 and count == _BLOCK:
                return joined, end
            return memoryview(joined)[starts[offset] : starts[count]], end
        if count == offset + 1:
            return self._open[offset], start + 1
        if self._joined[:2] != (start, stop):
            self._joined = start, stop, *self._join(offset, count)
        return self._joined[2], block * _BLOCK + self._joined[3]

    def _join(self, offset: int, count: int) -> tuple[bytes, int]:
        """Frames that are not in a block yet, together, and the place in it after them."""
        size = len(self._open[offset])
        last = offset + 1
        while last < count and size + len(self._open[last]) <= PIECE:
            size += len(self._open[last])
            last += 1
        return b"".join(self._open[offset:last]), last

    def payloads(self) -> list[bytes]:
        """All packets so far, without their frames' headers."""
        return [self.at(place) for place in range(len(self))]

    def pieces(self) -> Iterator[tuple[bytes, int, int]]:
        """Where each packet's frame is: some bytes, where it begins there and where it ends."""
        for joined, starts in self._blocks:
            for start, end in pairwise(starts):
                yield joined, start, end
        for frame in self._open:
            yield frame, 0, len(frame)

    def at(self, place: int) -> bytes:
        """The packet at a position, without its frame's header."""
        block, offset = divmod(place, _BLOCK)
        if block == len(self._blocks):
            return payload_of(self._open[offset])
        joined, starts = self._blocks[block]
        return payload_of(joined[starts[offset] : starts[offset + 1]])
