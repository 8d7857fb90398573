"""One connection to a stream: what it may do next, and what it is owed."""

from __future__ import annotations

import enum
from collections import deque
from typing import Final, Protocol

from mockdde.wire import Close, Ending

__all__ = ["LEGAL", "Act", "Heard", "OwnWay", "Source", "State", "Subscriber"]


class State(enum.Enum):
    """Where a connection is in its life."""

    CONNECTED = "connected"  # waiting for the token
    STREAMING = "streaming"
    CLOSING = "closing"  # a close frame is due; nothing else is sent


class Heard(enum.Enum):
    """What can come from a client."""

    GOOD = "a token that is good"
    BAD = "a token that is not"
    OTHER = "a first message of another form"
    SILENCE = "no message in time"


class Act(enum.Enum):
    """What the server does about it."""

    ACCEPT = "accept"
    REFUSE = "refuse the token"
    REFUSE_FORM = "refuse the message"
    EXPIRE = "close for want of a token"
    IGNORE = "ignore it, and note it"


# All that is legal. After the token whatever a client sends is ignored (dde-events §1.1).
LEGAL: Final[dict[tuple[State, Heard], tuple[State, Act]]] = {
    (State.CONNECTED, Heard.GOOD): (State.STREAMING, Act.ACCEPT),
    (State.CONNECTED, Heard.BAD): (State.CLOSING, Act.REFUSE),
    (State.CONNECTED, Heard.OTHER): (State.CLOSING, Act.REFUSE_FORM),
    (State.CONNECTED, Heard.SILENCE): (State.CLOSING, Act.EXPIRE),
    (State.STREAMING, Heard.GOOD): (State.STREAMING, Act.IGNORE),
    (State.STREAMING, Heard.BAD): (State.STREAMING, Act.IGNORE),
    (State.STREAMING, Heard.OTHER): (State.STREAMING, Act.IGNORE),
    (State.CLOSING, Heard.GOOD): (State.CLOSING, Act.IGNORE),
    (State.CLOSING, Heard.BAD): (State.CLOSING, Act.IGNORE),
    (State.CLOSING, Heard.OTHER): (State.CLOSING, Act.IGNORE),
}


class Source(Protocol):
    """Frames in order: a tape, the latest documents of a stream, or all streams together."""

    readers: int  # how many connections have it open

    @property
    def path(self) -> str:
        """Where it is served."""
        ...

    @property
    def ended(self) -> bool:
        """Whether no frame will be added any more."""
        ...

    @property
    def oldest(self) -> int:
        """The first position that can still be read."""
        ...

    def __len__(self) -> int: ...

    def after(self, seq: int) -> int | None:
        """The position after the packet with this seqNum; None before it was sent."""
        ...

    def at(self, place: int) -> bytes | None:
        """What is at a position, without its frame's header; None where it is gone."""
        ...

    def slice(self, start: int, stop: int) -> tuple[bytes | memoryview, int]:
        """Some frames from ``start`` on, none beyond ``stop``, and the position after them."""
        ...


class OwnWay(Protocol):
    """What a struck connection is sent, in place of the source's frames."""

    ending: Ending | None

    def take(self) -> bytes | None:
        """The next bytes that are due."""
        ...


class Subscriber:
    """A cursor on a source, and the frames of its own that go in between."""

    __slots__ = (
        "_final",
        "beaten",
        "close",
        "cursor",
        "deadline",
        "dialect",
        "id",
        "owes",
        "path",
        "skipped",
        "source",
        "state",
        "way",
    )

    def __init__(self, number: int, path: str, source: Source, dialect: str = "dde") -> None:
        self.id = number
        self.dialect = dialect
        self.path = path  # as the client asked for it
        self.source = source
        self.state = State.CONNECTED
        self.cursor = 0
        self.skipped = 0  # frames that were gone before it read them
        self.deadline: float | None = None  # wire time
        self.beaten = 0.0  # wire time of the last heartbeat
        self.close: tuple[int, str] | None = None  # code and reason, once all that is due is taken
        self.way: OwnWay | None = None  # where a fault may strike it
        self._final: int | None = None  # the position at which it ends
        self.owes: deque[tuple[int, bytes, str]] = (
            deque()
        )  # frames: (position before it, bytes, kind)

    def tell(self, frame: bytes, kind: str = "reply") -> None:
        """Send a frame of its own, after all that the source holds now."""
        after = len(self.source) if self.state is State.STREAMING else self.cursor
        self.owes.append((max(after, self.cursor), frame, kind))

    def skip_to(self, place: int) -> None:
        """Begin at this position."""
        self.cursor = place
        self.owes = deque((place, frame, kind) for _, frame, kind in self.owes)

    def finish(self, code: int, reason: str, at: int | None = None) -> None:
        """Close when all up to position ``at`` is taken; without one, as far as it is now."""
        if self.state is State.STREAMING:
            self._final = len(self.source) if at is None else max(at, self.cursor)
            self.owes = deque(each for each in self.owes if each[0] <= self._final)
        self.state = State.CLOSING
        self.close = (code, reason)

    @property
    def ending(self) -> Ending | None:
        """How the connection is to end, once ``take`` has nothing more."""
        if self.way is not None:
            return self.way.ending
        return None if self.close is None else Close(*self.close)

    def take(self) -> bytes | memoryview | None:
        """The next bytes to write, whole frames; None when all that is due is taken."""
        return self._next(all_together=True)[0] if self.way is None else self.way.take()

    def pull(self) -> tuple[bytes, str, int | None] | None:
        """The next frame, its kind where it is its own, and its position where it is the source's.

        For its own way only: others take.
        """
        data, kind, place = self._next(all_together=False)
        return None if data is None else (bytes(data), kind, place)

    def _next(self, *, all_together: bool) -> tuple[bytes | memoryview | None, str, int | None]:
        while True:
            if self.owes and self.owes[0][0] <= self.cursor:
                _, frame, kind = self.owes.popleft()
                return frame, kind, None
            stop = self._stop()
            if self.cursor >= stop:
                return None, "", None
            begin = min(max(self.cursor, self.source.oldest), stop)
            self.skipped += begin - self.cursor
            self.cursor = begin
            if begin < stop:
                last = stop if all_together else begin + 1
                data, self.cursor = self.source.slice(begin, last)
                if data:
                    return data, "", begin

    def _stop(self) -> int:
        end = len(self.source) if self.state is State.STREAMING else self._final
        if end is None:
            return self.cursor
        return min(self.owes[0][0], end) if self.owes else end
