"""A source that keeps the latest document: each change replaces it, and only a few are kept."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from mockdde.frames import payload_of, text_frame

__all__ = ["KEPT", "Latest"]

KEPT = 64  # frames at most, for those who have not read them yet
_KEPT_BYTES = 8 * 1024 * 1024


class Latest:
    """Positions count the documents from 0, so the position after one is its seqNum.

    The latest is always there, and encoded when it is asked for. Those before it are there as long
    as there are readers, and not too many: whoever lags further skips to ``oldest``.
    """

    __slots__ = (
        "_bytes",
        "_count",
        "_frames",
        "_keeps",
        "_payload",
        "_render",
        "ended",
        "path",
        "readers",
    )

    def __init__(
        self, path: str, seq: int, render: Callable[[], bytes], *, keeps: bool = False
    ) -> None:
        """``seq`` documents were sent so far; ``render`` encodes the latest.

        One that ``keeps`` keeps some without readers too: a fault may send an old one.
        """
        self.path = path
        self.readers = 0  # how many connections have it open
        self.ended = False  # there is no packet after which nothing comes
        self._render = render
        self._count = seq
        self._payload: bytes | None = None  # the latest, once somebody has asked for it alone
        self._frames: deque[bytes] = deque()  # the last ones, the latest at the end
        self._bytes = 0
        self._keeps = keeps

    def __len__(self) -> int:
        return self._count

    @property
    def oldest(self) -> int:
        """The first position that can still be read."""
        return self._count - max(1, len(self._frames))

    def change(self, seq: int, *, keep: bool) -> None:
        """There is another document; ``keep`` it, with those before it, for there are readers."""
        self._count = seq
        self._payload = None
        if keep or self._keeps:
            self._hold(text_frame(self._render()))
        else:
            self.forget()

    def forget(self) -> None:
        """Nobody reads: keep nothing."""
        if self._keeps:
            return
        self._frames.clear()
        self._bytes = 0

    def hold(self) -> None:
        """Keep the latest as it is now; somebody will read it."""
        if not self._frames:
            self._hold(text_frame(self._payload or self._render()))

    def _hold(self, frame: bytes) -> None:
        self._frames.append(frame)
        self._bytes += len(frame)
        while len(self._frames) > KEPT or (self._bytes > _KEPT_BYTES and len(self._frames) > 1):
            self._bytes -= len(self._frames.popleft())

    def after(self, seq: int) -> int | None:
        """The position after the document with this seqNum; None before it was sent."""
        return seq if seq <= self._count else None

    def slice(self, start: int, stop: int) -> tuple[bytes, int]:
        """The frame at ``start``, or else at ``oldest``, and the position after it.

        Nothing where ``stop`` is before all that is kept. One at a time: they are large.
        """
        first = max(start, self.oldest)
        if first >= stop:
            return b"", stop
        self.hold()
        return self._frames[first - self.oldest], first + 1

    def at(self, place: int) -> bytes | None:
        """The document at a position, without its frame's header; None when it is gone."""
        if not self.oldest <= place < self._count:
            return None
        self.hold()
        return payload_of(self._frames[place - self.oldest])

    def payload(self) -> bytes:
        """The latest document; the same object until there is another one."""
        if self._payload is None:
            self._payload = payload_of(self._frames[-1]) if self._frames else self._render()
        return self._payload
